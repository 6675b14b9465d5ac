//! What an interviewer does with the cases that were offered to them.

use super::model::{Case, Channel, Details, Draft, Plan, ReadBack, State};
use super::offering::{campaign_of, last_day, last_day_of_offer, offer};
use super::seal;
use super::store::{self, Row};
use crate::campaign;
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{AccountId, InterviewId};
use crate::mail::{self, Notice};
use crate::secret::Keys;
use crate::survey::Lang;
use chrono::NaiveDate;
use diesel::QueryResult;

/// A case in an interviewer's list: nothing of whose it is before it is taken. It
/// does not print what the person wrote.
#[derive(Clone, PartialEq, Eq)]
pub struct Listed {
    pub case: Case,
    /// What the organisation and its campaign are called.
    pub organisation: String,
    pub campaign: String,
    pub channel: Channel,
    pub lang: Lang,
    pub times: String,
    pub access: String,
    pub plan: Option<Plan>,
    /// Offered: the last day on which they may take it. Taken: the last day on
    /// which it is there, and can be handed in.
    pub due_on: NaiveDate,
    /// Of a case that they have taken.
    pub name: Option<String>,
}

/// A case as its interviewer has it before them. It does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    pub case: Case,
    pub details: Details,
    pub draft: Draft,
}

impl Opened {
    /// Whether the person heard or saw what was written down: what handing in counts.
    pub fn was_read_back(&self) -> bool {
        self.draft.was_read_out || matches!(self.case.read_back, ReadBack::Confirmed | ReadBack::Corrected)
    }
}

impl std::fmt::Debug for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Listed({:?})", self.case)
    }
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened({:?})", self.case)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// Somebody else has it, it was withdrawn, or it never was theirs: whoever
    /// asks learns nothing more.
    #[error("this interview has gone to somebody else")]
    Gone,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// The cases that were offered to somebody and that they have taken, the oldest
/// first. What is over is not there, even if nobody has erased it yet.
pub fn listed(conn: &mut Conn, keys: &Keys, now: Time, by: &AccountId) -> QueryResult<Vec<Listed>> {
    let mut list = Vec::new();
    for row in store::of(conn, by)? {
        let campaign = campaign_of(conn, &row.case.campaign_id)?;
        if last_day(&campaign, row.case.asked_on) < now.date() {
            continue;
        }
        let Some(Details { request, plan, .. }) = seal::open_unless_damaged(conn, keys, &row)? else { continue };
        let is_taken = row.case.state == State::Taken;
        list.push(Listed {
            organisation: campaign::store::organisation_name(conn, &campaign.organisation_id)?,
            channel: request.channel,
            lang: request.lang,
            times: request.times,
            access: request.access,
            plan,
            due_on: match is_taken {
                true => last_day(&campaign, row.case.asked_on),
                false => last_day_of_offer(&campaign, &row.case),
            },
            name: is_taken.then_some(request.name),
            campaign: campaign.name,
            case: row.case,
        });
    }
    Ok(list)
}

/// Takes a case that is offered to them. Of two at once, one does; doing it again
/// is the same as once.
pub fn take(conn: &mut Conn, now: Time, by: &AccountId, id: &InterviewId) -> Result<(), TakeError> {
    if store::take(conn, id, by, now.date())? {
        return Ok(());
    }
    match store::get(conn, id)? {
        Some(row) if is_taken_by(&row, by) => Ok(()),
        _ => Err(TakeError::Gone),
    }
}

/// "Not me": gives a case that they were offered or have taken to another, with
/// nothing of what they entered. They never get it again.
pub fn pass(conn: &mut Conn, keys: &Keys, now: Time, by: &AccountId, id: &InterviewId) -> Result<(), TakeError> {
    let row = store::hold(conn, id)?.filter(|row| row.case.interviewer_id.as_ref() == Some(by));
    let row = row.ok_or(TakeError::Gone)?;
    store::add_pass(conn, id, by, true)?;
    let details = seal::open_details(keys, &row)?;
    Ok(offer(conn, keys, now, &row, details, None)?)
}

/// A case that they have taken, with all that is sealed in it; none: it is not theirs.
pub fn open(conn: &mut Conn, keys: &Keys, by: &AccountId, id: &InterviewId) -> QueryResult<Option<Opened>> {
    let Some(row) = store::get(conn, id)?.filter(|row| is_taken_by(row, by)) else { return Ok(None) };
    let (details, draft) = (seal::open_details(keys, &row)?, seal::open_draft(keys, &row)?);
    Ok(Some(Opened { case: row.case, details, draft }))
}

/// Keeps when and where they will talk, or that no time is agreed. Whoever is
/// reached by e-mail is told.
pub fn set_plan(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    by: &AccountId,
    id: &InterviewId,
    plan: Option<Plan>,
) -> Result<(), TakeError> {
    let row = hold_taken(conn, by, id)?.ok_or(TakeError::Gone)?;
    let mut details = seal::open_details(keys, &row)?;
    if details.plan == plan {
        return Ok(());
    }
    details.plan = plan;
    let sealed = seal::details(conn, keys, id, &details)?;
    store::set_details(conn, id, &sealed)?;
    if details.request.channel == Channel::Email {
        mail::queue_notice(conn, now, Notice::InterviewTime, id)?;
    }
    Ok(())
}

/// A case that they have taken, for this transaction alone.
pub(super) fn hold_taken(conn: &mut Conn, by: &AccountId, id: &InterviewId) -> QueryResult<Option<Row>> {
    Ok(store::hold(conn, id)?.filter(|row| is_taken_by(row, by)))
}

pub(super) fn is_taken_by(row: &Row, account: &AccountId) -> bool {
    row.case.state == State::Taken && row.case.interviewer_id.as_ref() == Some(account)
}
