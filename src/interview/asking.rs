//! What the person does who asks for an interview, until it is handed in.

use super::model::{Channel, Details, Mode, Plan, Request, State};
use super::offering::{self, erase};
use super::seal;
use super::store::{self, Row};
use super::{Case, ReadBack};
use crate::campaign::{self, Campaign};
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{AccountId, InterviewId, InvitationId};
use crate::mail;
use crate::secret::{Keys, Purpose};
use crate::staff::interviewer::{self, Interviewer};
use crate::survey::Lang;
use diesel::QueryResult;

/// An interviewer, as those know them whom they talk to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub account_id: AccountId,
    pub name: String,
    /// Who they are.
    pub about: String,
}

/// How somebody's own case stands. It does not print its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub mode: Mode,
    pub state: State,
    pub channel: Channel,
    /// Whoever has taken it.
    pub interviewer: Option<Known>,
    pub plan: Option<Plan>,
    pub lang: Lang,
    /// Whoever asked may hold the right themselves too.
    pub is_right_out: bool,
}

/// Other words of a [`Request`]; none: as it was. It does not print.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Change {
    pub name: Option<String>,
    pub channel: Option<Channel>,
    pub reach: Option<String>,
    pub times: Option<String>,
    pub access: Option<String>,
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Change([secret])")
    }
}

/// Asks for an interview: a new case, or one in place of the open one, offered at
/// once. Whoever said of the open one that it is not for them is not asked again.
/// `right`: what the answers are handed in with.
#[expect(clippy::too_many_arguments, reason = "all of it is sealed or decides to whom it goes; none goes with another")]
pub fn ask(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    campaign: &Campaign,
    mode: Mode,
    invitation_id: &InvitationId,
    request: Request,
    right: &[u8],
) -> QueryResult<()> {
    // One at a time: of two requests at once the later one stands.
    campaign::store::hold(conn, &campaign.id)?;
    let hash = hash(keys, invitation_id);
    let (mut passes, mut is_right_out) = (Vec::new(), false);
    if let Some(old) = store::by_invitation(conn, &hash)? {
        is_right_out = seal::open_details(keys, &old)?.is_right_out;
        passes.extend(store::passes(conn, &old.case.id)?);
        erase(conn, &old.case.id)?;
    }
    let case = Case {
        id: InterviewId::random(),
        campaign_id: campaign.id.clone(),
        mode,
        state: State::Waiting,
        interviewer_id: None,
        asked_on: now.date(),
        since: now.date(),
        draft_version: 0,
        read_back: ReadBack::None,
    };
    let (invitation_id, right) = (invitation_id.clone(), right.to_vec());
    let details = Details { request, plan: None, invitation_id, right, is_right_out };
    let row = Row { details: seal::details(conn, keys, &case.id, &details)?, draft: None, case };
    store::insert(conn, &row, &hash)?;
    for (account, is_refused) in passes {
        store::add_pass(conn, &row.case.id, &account, is_refused)?;
    }
    offering::offer(conn, keys, now, &row, details, None)
}

/// Notes that whoever asked may hold the right themselves too, so that their offer
/// does not stand again when the case comes to nothing.
pub fn keep_taken_up(conn: &mut Conn, keys: &Keys, id: &InvitationId) -> QueryResult<()> {
    let Some(row) = held(conn, keys, id)? else { return Ok(()) };
    let details = Details { is_right_out: true, ..seal::open_details(keys, &row)? };
    let id = &row.case.id;
    let sealed = seal::details(conn, keys, id, &details)?;
    store::set_details(conn, id, &sealed)
}

/// What somebody sees of their own case; none: they have no open one.
pub fn standing(conn: &mut Conn, keys: &Keys, id: &InvitationId) -> QueryResult<Option<Standing>> {
    let Some(row) = store::by_invitation(conn, &hash(keys, id))? else { return Ok(None) };
    let Details { request, plan, is_right_out, .. } = seal::open_details(keys, &row)?;
    let Case { mode, state, interviewer_id, .. } = row.case;
    let interviewer = match interviewer_id.filter(|_| state == State::Taken) {
        Some(account) => interviewer::get(conn, &account)?.map(known),
        None => None,
    };
    let Request { channel, lang, .. } = request;
    Ok(Some(Standing { mode, state, channel, interviewer, plan, lang, is_right_out }))
}

/// What the answers of somebody's own case are handed in with; none: they have no open one.
pub fn right(conn: &mut Conn, keys: &Keys, id: &InvitationId) -> QueryResult<Option<Vec<u8>>> {
    let Some(row) = store::by_invitation(conn, &hash(keys, id))? else { return Ok(None) };
    Ok(Some(seal::open_details(keys, &row)?.right))
}

/// Keeps other words of what somebody asked for. False: they have no open case.
pub fn change(conn: &mut Conn, keys: &Keys, id: &InvitationId, change: Change) -> QueryResult<bool> {
    let Some(row) = held(conn, keys, id)? else { return Ok(false) };
    let mut details = seal::open_details(keys, &row)?;
    let request = &mut details.request;
    set(&mut request.name, change.name);
    set(&mut request.channel, change.channel);
    set(&mut request.reach, change.reach);
    set(&mut request.times, change.times);
    set(&mut request.access, change.access);
    let id = &row.case.id;
    let sealed = seal::details(conn, keys, id, &details)?;
    store::set_details(conn, id, &sealed).map(|()| true)
}

fn set<T>(to: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *to = new;
    }
}

/// Takes the case back, with all that they left. False: they have no open one.
pub fn withdraw(conn: &mut Conn, keys: &Keys, id: &InvitationId) -> QueryResult<bool> {
    match store::by_invitation(conn, &hash(keys, id))? {
        Some(row) => erase(conn, &row.case.id),
        None => Ok(false),
    }
}

/// [`withdraw`], which says whether whoever asked may hold the right themselves too;
/// none: they have no open case.
pub fn withdraw_right(conn: &mut Conn, keys: &Keys, id: &InvitationId) -> QueryResult<Option<bool>> {
    let Some(row) = store::by_invitation(conn, &hash(keys, id))? else { return Ok(None) };
    // Mails before the case, as everybody does who wants both.
    mail::forget_interview(conn, &row.case.id)?;
    let Some(row) = store::hold(conn, &row.case.id)? else { return Ok(None) };
    // Of a case that is damaged nobody can tell.
    let is_out = seal::open_unless_damaged(conn, keys, &row)?.is_none_or(|details| details.is_right_out);
    Ok(store::delete(conn, &row.case.id)?.then_some(is_out))
}

/// Those who might be given a case of this campaign, by name: to choose whom not
/// to be given to.
pub fn interviewers(conn: &mut Conn, campaign: &Campaign, mode: Mode) -> QueryResult<Vec<Known>> {
    let mut found = Vec::new();
    for one in interviewer::serving(conn, &campaign.organisation_id)? {
        let is_of_mode = one.is_independent() == (mode == Mode::Independent);
        let has_declared_all = interviewer::conflicts(conn, &one.account.id)?
            .iter()
            .any(|conflict| conflict.organisation_id == campaign.organisation_id && conflict.directorate.is_none());
        if is_of_mode && !has_declared_all {
            found.push(known(one));
        }
    }
    Ok(found)
}

pub(super) fn known(one: Interviewer) -> Known {
    Known { account_id: one.account.id, name: one.account.name, about: one.about }
}

fn held(conn: &mut Conn, keys: &Keys, id: &InvitationId) -> QueryResult<Option<Row>> {
    match store::by_invitation(conn, &hash(keys, id))? {
        Some(row) => store::hold(conn, &row.case.id),
        None => Ok(None),
    }
}

fn hash(keys: &Keys, id: &InvitationId) -> String {
    keys.hash(Purpose::InterviewInvitation, &[id.as_str().as_bytes()])
}
