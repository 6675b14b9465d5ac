//! The outbox at rest: queries, nothing else.

use super::{Notice, State, Subject};
use crate::clock::Time;
use crate::db::Conn;
use crate::db::schema::{invitation, mail};
use crate::id::{AccountId, CampaignId, InterviewId, InvitationId, MailId};
use crate::staff::link::LinkPurpose;
use chrono::{DateTime, TimeDelta};
use diesel::prelude::*;

/// How long a process may be at one mail: longer than any conversation with a
/// server takes. Afterwards it is taken to have died.
pub const LEASE: TimeDelta = TimeDelta::minutes(10);

/// A mail that this process is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub id: MailId,
    pub subject: Subject,
    /// How often it was tried before.
    pub attempts: u32,
}

/// An invitation that did not go out, for HR to see: never a reminder, since to
/// whom those go says who has not taken up the offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub mail_id: MailId,
    pub name: String,
    pub email: String,
    /// Queued: it will be tried again. Failed or uncertain: only when told to.
    pub state: State,
    /// What the mail server said, or why it could not be asked.
    pub error: Option<String>,
}

pub fn queue(conn: &mut Conn, now: Time, subject: &Subject) -> QueryResult<()> {
    let (invitation, account, interview) = match subject {
        Subject::Invitation(id) | Subject::Reminder(id) => (Some(id), None, None),
        Subject::Link(_, id) => (None, Some(id), None),
        Subject::Interview(_, id) => (None, None, Some(id)),
    };
    diesel::insert_into(mail::table)
        .values((
            mail::id.eq(MailId::random()),
            mail::kind.eq(subject.kind()),
            mail::invitation_id.eq(invitation),
            mail::account_id.eq(account),
            mail::interview_id.eq(interview),
            mail::state.eq(State::Queued.as_str()),
            mail::attempts.eq(0),
            mail::not_before.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

pub(super) fn has_queued_link(conn: &mut Conn, purpose: LinkPurpose, account: &AccountId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        mail::table
            .filter(mail::account_id.eq(account))
            .filter(mail::kind.eq(purpose.as_str()))
            .filter(mail::state.eq(State::Queued.as_str())),
    ))
    .get_result(conn)
}

pub(super) fn has_queued_notice(conn: &mut Conn, notice: Notice, interview: &InterviewId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        mail::table
            .filter(mail::interview_id.eq(interview))
            .filter(mail::kind.eq(notice.as_str()))
            .filter(mail::state.eq(State::Queued.as_str())),
    ))
    .get_result(conn)
}

pub(super) fn delete_notices(conn: &mut Conn, interview: &InterviewId) -> QueryResult<()> {
    diesel::delete(mail::table.filter(mail::interview_id.eq(interview))).execute(conn).map(drop)
}

/// Takes one mail that is due, for this process alone until [`LEASE`] is over.
/// Links for people who wait to sign in come before everything else.
pub fn claim(conn: &mut Conn, now: Time) -> QueryResult<Option<Claimed>> {
    let link = first_due(conn, now, true)?;
    let Some(row) = (if link.is_some() { link } else { first_due(conn, now, false)? }) else { return Ok(None) };
    let claimed = claimed(row)?;
    diesel::update(mail::table.find(&claimed.id))
        .set((mail::state.eq(State::Sending.as_str()), mail::not_before.eq(now.plus(LEASE))))
        .execute(conn)?;
    Ok(Some(claimed))
}

/// The first of the links, or of the rest: in two questions, as each is then answered by
/// an index, however many wait. In PostgreSQL the row is ours until the transaction ends,
/// and what other processes are just taking is passed over; SQLite has one writer.
fn first_due(conn: &mut Conn, now: Time, is_link: bool) -> QueryResult<Option<Row>> {
    let due = mail::table
        .filter(mail::state.eq(State::Queued.as_str()))
        .filter(mail::not_before.le(now))
        .select((mail::id, mail::kind, mail::invitation_id, mail::account_id, mail::interview_id, mail::attempts))
        .order((mail::not_before, mail::id))
        .limit(1);
    let (links, others) = (due.filter(mail::account_id.is_not_null()), due.filter(mail::account_id.is_null()));
    match (conn, is_link) {
        (Conn::Postgres(c), true) => links.for_update().skip_locked().first(c),
        (Conn::Postgres(c), false) => others.for_update().skip_locked().first(c),
        (Conn::Sqlite(c), true) => links.first(c),
        (Conn::Sqlite(c), false) => others.first(c),
    }
    .optional()
}

type Row = (MailId, String, Option<InvitationId>, Option<AccountId>, Option<InterviewId>, i32);

fn claimed((id, kind, invitation, account, interview, attempts): Row) -> QueryResult<Claimed> {
    let subject = match (kind.as_str(), invitation, account, interview) {
        ("invitation", Some(id), None, None) => Some(Subject::Invitation(id)),
        ("reminder", Some(id), None, None) => Some(Subject::Reminder(id)),
        ("sign_in", None, Some(id), None) => Some(Subject::Link(LinkPurpose::SignIn, id)),
        ("password", None, Some(id), None) => Some(Subject::Link(LinkPurpose::Password, id)),
        (_, None, None, Some(id)) => Notice::read(&kind).map(|notice| Subject::Interview(notice, id)),
        _ => None,
    };
    let subject = subject.ok_or_else(|| broken(format!("no mail is of the kind {kind:?}")))?;
    Ok(Claimed { id, subject, attempts: u32::try_from(attempts).map_err(broken)? })
}

/// It went out (or was not needed any more). When it did is not kept. False: it
/// was not ours any more.
pub fn done(conn: &mut Conn, id: &MailId) -> QueryResult<bool> {
    let epoch = Time::new(DateTime::UNIX_EPOCH);
    let changed = diesel::update(mail::table.find(id).filter(mail::state.eq(State::Sending.as_str())))
        .set((mail::state.eq(State::Sent.as_str()), mail::not_before.eq(epoch), mail::last_error.eq(None::<String>)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Links that went out, and what was said about interviews, leave nothing behind:
/// they would pile up for ever.
pub fn delete_sent_links(conn: &mut Conn) -> QueryResult<usize> {
    let is_passing = mail::account_id.is_not_null().or(mail::interview_id.is_not_null());
    diesel::delete(mail::table.filter(is_passing).filter(mail::state.eq(State::Sent.as_str()))).execute(conn)
}

/// It did not go out: what to do with it, how often it was tried by now, and why.
pub fn put_back(
    conn: &mut Conn,
    id: &MailId,
    to: State,
    attempts: u32,
    not_before: Time,
    why: &str,
) -> QueryResult<()> {
    diesel::update(mail::table.find(id).filter(mail::state.eq(State::Sending.as_str())))
        .set((
            mail::state.eq(to.as_str()),
            mail::attempts.eq(i32::try_from(attempts).unwrap_or(i32::MAX)),
            mail::not_before.eq(not_before),
            mail::last_error.eq(why),
        ))
        .execute(conn)
        .map(drop)
}

/// What processes that died were at: their leases are over. `to` says whether it
/// can be done again or nobody knows.
pub fn recover(conn: &mut Conn, now: Time, to: State, why: Option<&str>) -> QueryResult<usize> {
    diesel::update(mail::table.filter(mail::state.eq(State::Sending.as_str())).filter(mail::not_before.le(now)))
        .set((mail::state.eq(to.as_str()), mail::not_before.eq(now), mail::last_error.eq(why)))
        .execute(conn)
}

/// A campaign's invitations that did not go out, or not for certain.
pub fn problems(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<Problem>> {
    type Row = (MailId, String, Option<String>, String, Option<String>);
    let rows: Vec<Row> = mail::table
        .inner_join(invitation::table)
        .filter(invitation::campaign_id.eq(campaign))
        .filter(mail::kind.eq("invitation"))
        .filter(mail::state.eq_any([State::Queued.as_str(), State::Failed.as_str(), State::Uncertain.as_str()]))
        .filter(mail::state.ne(State::Queued.as_str()).or(mail::last_error.is_not_null()))
        .order((invitation::name, mail::id))
        .select((mail::id, invitation::name, invitation::email, mail::state, mail::last_error))
        .load(conn)?;
    rows.into_iter()
        .map(|(mail_id, name, email, state, error)| {
            let state = State::read(&state).ok_or_else(|| broken(format!("no mail is {state:?}")))?;
            Ok(Problem { mail_id, name, email: email.unwrap_or_default(), state, error })
        })
        .collect()
}

/// How many reminders of a campaign did not go out for good.
pub fn failed_reminders(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<u64> {
    let n: i64 = mail::table
        .inner_join(invitation::table)
        .filter(invitation::campaign_id.eq(campaign))
        .filter(mail::kind.eq("reminder"))
        .filter(mail::state.eq(State::Failed.as_str()))
        .count()
        .get_result(conn)?;
    Ok(u64::try_from(n).unwrap_or(0))
}

/// How many invitations of a campaign are on their way. Not reminders: how many
/// of those there are can say who has not answered.
pub fn waiting(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<u64> {
    let n: i64 = mail::table
        .inner_join(invitation::table)
        .filter(invitation::campaign_id.eq(campaign))
        .filter(mail::kind.eq("invitation"))
        .filter(mail::state.eq_any([State::Queued.as_str(), State::Sending.as_str()]))
        .count()
        .get_result(conn)?;
    Ok(u64::try_from(n).unwrap_or(0))
}

/// Queues one of [`problems`] again. False: it is none of this campaign's.
pub fn send_again(conn: &mut Conn, now: Time, campaign: &CampaignId, id: &MailId) -> QueryResult<bool> {
    let ours = invitation::table.filter(invitation::campaign_id.eq(campaign)).select(invitation::id.nullable());
    let changed = diesel::update(
        mail::table
            .find(id)
            .filter(mail::kind.eq("invitation"))
            .filter(mail::state.eq_any([State::Failed.as_str(), State::Uncertain.as_str(), State::Queued.as_str()]))
            .filter(mail::invitation_id.eq_any(ours)),
    )
    .set((
        mail::state.eq(State::Queued.as_str()),
        mail::attempts.eq(0),
        mail::not_before.eq(now),
        mail::last_error.eq(None::<String>),
    ))
    .execute(conn)?;
    Ok(changed == 1)
}

/// A row that this code cannot have written.
fn broken(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> diesel::result::Error {
    diesel::result::Error::DeserializationError(why.into())
}
