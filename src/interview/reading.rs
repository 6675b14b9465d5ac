//! Reading back: the person sees what was written down, by a link that works once.

use super::TakeError;
use super::caseload::hold_taken;
use super::model::{Draft, ReadBack};
use super::seal;
use super::store::{self, Row};
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{self, AccountId, CampaignId, InterviewId};
use crate::mail::{self, Notice};
use crate::secret::{Keys, Purpose, Secret};
use crate::survey::Lang;
use diesel::QueryResult;

/// What the person sees. It does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadBackView {
    pub campaign_id: CampaignId,
    pub lang: Lang,
    /// Without the interviewer's notes.
    pub draft: Draft,
}

impl std::fmt::Debug for ReadBackView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReadBackView([secret])")
    }
}

/// Makes a new link's token, to be passed on by the interviewer; one that was made
/// before stops working.
pub fn make_read_back(
    conn: &mut Conn,
    keys: &Keys,
    by: &AccountId,
    id: &InterviewId,
) -> Result<Secret<String>, TakeError> {
    hold_taken(conn, by, id)?.ok_or(TakeError::Gone)?;
    Ok(mint(conn, keys, id)?)
}

/// Queues a link by e-mail to whoever is reached so; it is made when it is sent.
pub fn mail_read_back(conn: &mut Conn, now: Time, by: &AccountId, id: &InterviewId) -> Result<(), TakeError> {
    hold_taken(conn, by, id)?.ok_or(TakeError::Gone)?;
    Ok(mail::queue_notice(conn, now, Notice::ReadBack, id)?)
}

/// What was written down, for whoever holds the link; none if it is unknown, used,
/// or the answers are others by now. Looking changes nothing.
pub fn read_back(conn: &mut Conn, keys: &Keys, token: &str) -> QueryResult<Option<ReadBackView>> {
    let Some(row) = store::by_read_back(conn, &hash(keys, token))? else { return Ok(None) };
    let lang = seal::open_details(keys, &row)?.request.lang;
    let draft = Draft { notes: String::new(), ..seal::open_draft(keys, &row)? };
    Ok(Some(ReadBackView { campaign_id: row.case.campaign_id, lang, draft }))
}

/// They say that it is right. False: the link is not good (any more).
pub fn confirm(conn: &mut Conn, keys: &Keys, token: &str) -> QueryResult<bool> {
    match hold(conn, keys, token)? {
        Some(row) => store::set_read_back(conn, &row.case.id, ReadBack::Confirmed, None).map(|()| true),
        None => Ok(false),
    }
}

/// They say what is to be put right, for the interviewer to read. False: the link
/// is not good (any more).
pub fn correct(conn: &mut Conn, keys: &Keys, token: &str, text: &str) -> QueryResult<bool> {
    let Some(row) = hold(conn, keys, token)? else { return Ok(false) };
    let draft = Draft { correction: text.to_owned(), ..seal::open_draft(keys, &row)? };
    let id = &row.case.id;
    // The version stays: whoever is typing at this moment loses nothing.
    let sealed = seal::draft(conn, keys, id, &draft)?;
    store::set_draft(conn, id, &sealed, row.case.draft_version)?;
    store::set_read_back(conn, id, ReadBack::Corrected, None).map(|()| true)
}

/// Makes a new link of a case that the caller holds.
pub(super) fn mint(conn: &mut Conn, keys: &Keys, id: &InterviewId) -> QueryResult<Secret<String>> {
    let token = id::random();
    store::set_read_back(conn, id, ReadBack::Sent, Some(&hash(keys, &token)))?;
    Ok(Secret::new(token))
}

/// The case behind a link, for this transaction alone, if the link is still good
/// once it is.
fn hold(conn: &mut Conn, keys: &Keys, token: &str) -> QueryResult<Option<Row>> {
    let hash = hash(keys, token);
    let Some(found) = store::by_read_back(conn, &hash)? else { return Ok(None) };
    if store::hold(conn, &found.case.id)?.is_none() {
        return Ok(None);
    }
    store::by_read_back(conn, &hash)
}

fn hash(keys: &Keys, token: &str) -> String {
    keys.hash(Purpose::ReadBack, &[token.as_bytes()])
}
