//! What an interviewer enters, from the first word until it is handed in.

use super::caseload::{hold_taken, is_taken_by};
use super::model::{Draft, ReadBack};
use super::offering::erase;
use super::store::{self, figures};
use super::{Opened, seal};
use crate::campaign;
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{AccountId, InterviewId};
use crate::mail;
use crate::secret::Keys;
use diesel::QueryResult;

#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Withdrawn, handed in, given to another, or never theirs.
    #[error("this interview is not open any more")]
    Gone,
    #[error("this interview was changed in another window")]
    Stale,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// What was in a case when it was handed in; nothing of it is kept.
pub type Closed = Opened;

/// Keeps what they have entered so far; returns the version that comes next. To
/// save the same again, where the answer to the first time was lost, is no harm.
///
/// Other answers than those that were read back want reading back anew: both the
/// link and the tick are taken back. What the person wants put right stays as they
/// wrote it, whatever `new` says of it.
pub fn save_draft(
    conn: &mut Conn,
    keys: &Keys,
    by: &AccountId,
    id: &InterviewId,
    base_version: u32,
    new: &Draft,
) -> Result<u32, SaveError> {
    let row = hold_taken(conn, by, id)?.ok_or(SaveError::Gone)?;
    let old = seal::open_draft(keys, &row)?;
    let has_changed = old.pages != new.pages;
    let new = Draft { correction: old.correction.clone(), ..new.clone() };
    let version = row.case.draft_version;
    if version != base_version {
        return if new == old { Ok(version) } else { Err(SaveError::Stale) };
    }
    let new = Draft { was_read_out: new.was_read_out && !(has_changed && old.was_read_out), ..new };
    let next = version.saturating_add(1);
    let sealed = seal::draft(conn, keys, id, &new)?;
    store::set_draft(conn, id, &sealed, next)?;
    if has_changed && row.case.read_back != ReadBack::None {
        store::set_read_back(conn, id, ReadBack::None, None)?;
    }
    Ok(next)
}

/// Ends an interview with what was entered, which the caller hands in within the
/// same transaction: the case is gone when that ends, and counted.
pub fn close(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    by: &AccountId,
    id: &InterviewId,
    base_version: u32,
) -> Result<Closed, SaveError> {
    let campaign_id = store::get(conn, id)?.ok_or(SaveError::Gone)?.case.campaign_id;
    // As those do who ask: the campaign first, then mails, then the case.
    campaign::store::hold(conn, &campaign_id)?;
    mail::forget_interview(conn, id)?;
    let row = hold_taken(conn, by, id)?.ok_or(SaveError::Gone)?;
    if row.case.draft_version != base_version {
        return Err(SaveError::Stale);
    }
    let (details, draft) = (seal::open_details(keys, &row)?, seal::open_draft(keys, &row)?);
    store::delete(conn, id)?;
    let closed = Closed { case: row.case, details, draft };
    let days = (now.date() - closed.case.asked_on).num_days();
    figures::count(conn, &closed.case.campaign_id, closed.case.mode, days, closed.was_read_back())?;
    Ok(closed)
}

/// Ends an interview whose person has answered otherwise: nothing is counted.
/// False: it is not theirs (any more).
pub fn end(conn: &mut Conn, by: &AccountId, id: &InterviewId) -> QueryResult<bool> {
    match store::get(conn, id)? {
        Some(row) if is_taken_by(&row, by) => erase(conn, id),
        _ => Ok(false),
    }
}
