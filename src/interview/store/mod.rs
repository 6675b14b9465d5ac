//! Open cases at rest: queries, nothing else. What is sealed goes in and comes out
//! as it is.

pub mod figures;

use super::model::{Case, Mode, ReadBack, State};
use crate::db::Conn;
use crate::db::schema::{interview, interview_pass};
use crate::id::{AccountId, CampaignId, InterviewId};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// A case with what is sealed in it. It does not print.
pub(super) struct Row {
    pub case: Case,
    pub details: String,
    pub draft: Option<String>,
}

#[derive(Queryable)]
struct Columns {
    id: InterviewId,
    campaign_id: CampaignId,
    _invitation_hash: String,
    mode: String,
    state: String,
    interviewer_id: Option<AccountId>,
    asked_on: NaiveDate,
    since: NaiveDate,
    details: String,
    draft: Option<String>,
    draft_version: i32,
    read_back: String,
    _read_back_hash: Option<String>,
}

impl Columns {
    fn into_row(self) -> QueryResult<Row> {
        let unknown = |column: &str| broken(format!("interview.{column} holds what it cannot hold"));
        let case = Case {
            id: self.id,
            campaign_id: self.campaign_id,
            mode: Mode::read(&self.mode).ok_or_else(|| unknown("mode"))?,
            state: State::read(&self.state).ok_or_else(|| unknown("state"))?,
            interviewer_id: self.interviewer_id,
            asked_on: self.asked_on,
            since: self.since,
            draft_version: u32::try_from(self.draft_version).map_err(broken)?,
            read_back: ReadBack::read(&self.read_back).ok_or_else(|| unknown("read_back"))?,
        };
        Ok(Row { case, details: self.details, draft: self.draft })
    }
}

fn row(found: QueryResult<Columns>) -> QueryResult<Option<Row>> {
    found.optional()?.map(Columns::into_row).transpose()
}

pub(super) fn get(conn: &mut Conn, id: &InterviewId) -> QueryResult<Option<Row>> {
    row(interview::table.find(id).first(conn))
}

/// The case as it is now, for this transaction alone until it ends: for those that
/// read something of it before they write.
pub(super) fn hold(conn: &mut Conn, id: &InterviewId) -> QueryResult<Option<Row>> {
    let nothing_new = interview::since.eq(interview::since);
    row(diesel::update(interview::table.find(id)).set(nothing_new).returning(interview::all_columns).get_result(conn))
}

pub(super) fn by_invitation(conn: &mut Conn, hash: &str) -> QueryResult<Option<Row>> {
    row(interview::table.filter(interview::invitation_hash.eq(hash)).first(conn))
}

pub(super) fn by_read_back(conn: &mut Conn, hash: &str) -> QueryResult<Option<Row>> {
    row(interview::table.filter(interview::read_back_hash.eq(hash)).first(conn))
}

/// Offered to and taken by somebody, the oldest first.
pub(super) fn of(conn: &mut Conn, account: &AccountId) -> QueryResult<Vec<Row>> {
    let rows: Vec<Columns> = interview::table
        .filter(interview::interviewer_id.eq(account))
        .order((interview::asked_on, interview::id))
        .load(conn)?;
    rows.into_iter().map(Columns::into_row).collect()
}

/// All whom a case was offered to or who have taken one.
pub(super) fn holders(conn: &mut Conn) -> QueryResult<Vec<AccountId>> {
    interview::table
        .filter(interview::interviewer_id.is_not_null())
        .select(interview::interviewer_id.assume_not_null())
        .distinct()
        .order(interview::interviewer_id.assume_not_null())
        .load(conn)
}

/// All that are open, in the order in which everybody holds them.
pub(super) fn ids(conn: &mut Conn) -> QueryResult<Vec<InterviewId>> {
    interview::table.select(interview::id).order(interview::id).load(conn)
}

/// All that are open, with the day on which each was asked for.
pub(super) fn asked(conn: &mut Conn) -> QueryResult<Vec<(InterviewId, CampaignId, NaiveDate)>> {
    interview::table
        .select((interview::id, interview::campaign_id, interview::asked_on))
        .order(interview::id)
        .load(conn)
}

/// Those that nobody has taken.
pub(super) fn not_taken(conn: &mut Conn) -> QueryResult<Vec<InterviewId>> {
    interview::table
        .filter(interview::state.ne(State::Taken.as_str()))
        .select(interview::id)
        .order(interview::id)
        .load(conn)
}

/// How many cases each has, of those who have any.
pub(super) fn open_cases(conn: &mut Conn) -> QueryResult<BTreeMap<AccountId, u64>> {
    let rows: Vec<(AccountId, i64)> = interview::table
        .filter(interview::interviewer_id.is_not_null())
        .group_by(interview::interviewer_id)
        .select((interview::interviewer_id.assume_not_null(), count_star()))
        .load(conn)?;
    rows.into_iter().map(|(id, n)| Ok((id, u64::try_from(n).map_err(broken)?))).collect()
}

/// Keeps a new case, which waits.
pub(super) fn insert(conn: &mut Conn, new: &Row, invitation_hash: &str) -> QueryResult<()> {
    let case = &new.case;
    diesel::insert_into(interview::table)
        .values((
            interview::id.eq(&case.id),
            interview::campaign_id.eq(&case.campaign_id),
            interview::invitation_hash.eq(invitation_hash),
            interview::mode.eq(case.mode.as_str()),
            interview::state.eq(State::Waiting.as_str()),
            interview::asked_on.eq(case.asked_on),
            interview::since.eq(case.since),
            interview::details.eq(&new.details),
            interview::draft_version.eq(0),
            interview::read_back.eq(ReadBack::None.as_str()),
        ))
        .execute(conn)
        .map(drop)
}

/// Offers it to somebody, or lets it wait. What an interviewer before them has
/// entered is gone.
pub(super) fn offer(
    conn: &mut Conn,
    id: &InterviewId,
    to: Option<&AccountId>,
    today: NaiveDate,
    details: &str,
) -> QueryResult<()> {
    let state = if to.is_some() { State::Offered } else { State::Waiting };
    diesel::update(interview::table.find(id))
        .set((
            interview::state.eq(state.as_str()),
            interview::interviewer_id.eq(to),
            interview::since.eq(today),
            interview::details.eq(details),
            interview::draft.eq(None::<String>),
            interview::draft_version.eq(0),
            interview::read_back.eq(ReadBack::None.as_str()),
            interview::read_back_hash.eq(None::<String>),
        ))
        .execute(conn)
        .map(drop)
}

/// False: it is not offered to them (any more).
pub(super) fn take(conn: &mut Conn, id: &InterviewId, by: &AccountId, today: NaiveDate) -> QueryResult<bool> {
    let offered = interview::table
        .find(id)
        .filter(interview::interviewer_id.eq(by))
        .filter(interview::state.eq(State::Offered.as_str()));
    let changed = diesel::update(offered)
        .set((interview::state.eq(State::Taken.as_str()), interview::since.eq(today)))
        .execute(conn)?;
    Ok(changed == 1)
}

pub(super) fn set_details(conn: &mut Conn, id: &InterviewId, details: &str) -> QueryResult<()> {
    diesel::update(interview::table.find(id)).set(interview::details.eq(details)).execute(conn).map(drop)
}

pub(super) fn set_draft(conn: &mut Conn, id: &InterviewId, draft: &str, version: u32) -> QueryResult<()> {
    let version = i32::try_from(version).map_err(broken)?;
    diesel::update(interview::table.find(id))
        .set((interview::draft.eq(draft), interview::draft_version.eq(version)))
        .execute(conn)
        .map(drop)
}

/// Both at once, as they were but for the key.
pub(super) fn set_sealed(conn: &mut Conn, id: &InterviewId, details: &str, draft: Option<&str>) -> QueryResult<()> {
    diesel::update(interview::table.find(id))
        .set((interview::details.eq(details), interview::draft.eq(draft)))
        .execute(conn)
        .map(drop)
}

/// Says how far reading back is; `hash`: of the link that is good from now on.
pub(super) fn set_read_back(conn: &mut Conn, id: &InterviewId, to: ReadBack, hash: Option<&str>) -> QueryResult<()> {
    diesel::update(interview::table.find(id))
        .set((interview::read_back.eq(to.as_str()), interview::read_back_hash.eq(hash)))
        .execute(conn)
        .map(drop)
}

/// False: it was gone already.
pub(super) fn delete(conn: &mut Conn, id: &InterviewId) -> QueryResult<bool> {
    diesel::delete(interview::table.find(id)).execute(conn).map(|gone| gone == 1)
}

/// Who had a case before, and whether they said that it is not for them.
pub(super) fn passes(conn: &mut Conn, id: &InterviewId) -> QueryResult<BTreeMap<AccountId, bool>> {
    let rows: Vec<(AccountId, bool)> = interview_pass::table
        .filter(interview_pass::interview_id.eq(id))
        .select((interview_pass::account_id, interview_pass::is_refused))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Keeps that somebody had it, for whoever [holds](hold) the case. A "not me"
/// stays one.
pub(super) fn add_pass(conn: &mut Conn, id: &InterviewId, account: &AccountId, is_refused: bool) -> QueryResult<()> {
    match passes(conn, id)?.get(account) {
        Some(false) if is_refused => diesel::update(interview_pass::table.find((id, account)))
            .set(interview_pass::is_refused.eq(true))
            .execute(conn)
            .map(drop),
        Some(_) => Ok(()),
        None => diesel::insert_into(interview_pass::table)
            .values((
                interview_pass::interview_id.eq(id),
                interview_pass::account_id.eq(account),
                interview_pass::is_refused.eq(is_refused),
            ))
            .execute(conn)
            .map(drop),
    }
}

/// A row that this code cannot have written.
fn broken(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> diesel::result::Error {
    diesel::result::Error::DeserializationError(why.into())
}
