//! Responses and comments at rest: queries, nothing else.

use super::Mode;
use crate::db::Conn;
use crate::db::schema::{comment, imported_file, response};
use crate::id::{CampaignId, CommentId, ResponseId};
use crate::survey::{Answers, Code};
use diesel::prelude::*;

/// Rows for one statement: PostgreSQL takes 65,535 values at most in one.
const BATCH: usize = 1_000;

/// A response that a release has counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The release that first counted it.
    pub release: u32,
    pub mode: Mode,
    /// Without texts: those are comments.
    pub answers: Answers,
}

/// How many responses no release has counted yet.
pub fn waiting(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<u64> {
    let waiting: i64 = response::table
        .filter(response::campaign_id.eq(campaign))
        .filter(response::release.is_null())
        .count()
        .get_result(conn)?;
    u64::try_from(waiting).map_err(broken)
}

/// Puts all that is waiting, comments too, into this release.
pub fn assign(conn: &mut Conn, campaign: &CampaignId, release: u32) -> QueryResult<()> {
    let number = i32::try_from(release).map_err(broken)?;
    // Comments first: whoever hands in between the two has their comments wait for
    // the next release, and never stand in one that has not counted their response.
    diesel::update(comment::table.filter(comment::campaign_id.eq(campaign)).filter(comment::release.is_null()))
        .set(comment::release.eq(number))
        .execute(conn)?;
    diesel::update(response::table.filter(response::campaign_id.eq(campaign)).filter(response::release.is_null()))
        .set(response::release.eq(number))
        .execute(conn)?;
    Ok(())
}

/// All that releases have counted so far, in the order of their random ids.
pub fn counted(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<Counted>> {
    let rows: Vec<(Option<i32>, String, String)> = response::table
        .filter(response::campaign_id.eq(campaign))
        .filter(response::release.is_not_null())
        .order(response::id)
        .select((response::release, response::mode, response::answers))
        .load(conn)?;
    rows.into_iter()
        .filter_map(|(release, mode, answers)| release.map(|release| (release, mode, answers)))
        .map(|(release, mode, answers)| {
            Ok(Counted {
                release: u32::try_from(release).map_err(broken)?,
                mode: mode.parse().map_err(broken)?,
                answers: from_json(&answers)?,
            })
        })
        .collect()
}

/// One text, and the question that it answers.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct NewComment {
    pub question: Code,
    pub text: String,
}

#[derive(Insertable)]
#[diesel(table_name = response)]
struct ResponseRow<'a> {
    campaign_id: &'a CampaignId,
    id: ResponseId,
    mode: &'static str,
    answers: String,
}

#[derive(Insertable)]
#[diesel(table_name = comment)]
struct CommentRow<'a> {
    campaign_id: &'a CampaignId,
    id: CommentId,
    question: &'a str,
    text: &'a str,
}

/// Inserts in the order of the new random ids, so that the order in which rows
/// come to lie says nothing about the order in which they came.
pub(super) fn insert(
    conn: &mut Conn,
    campaign: &CampaignId,
    mode: Mode,
    responses: &[Answers],
    comments: &[NewComment],
) -> QueryResult<()> {
    let mut rows = responses
        .iter()
        .map(|answers| {
            let answers = serde_json::to_string(answers).map_err(unwritable)?;
            Ok(ResponseRow { campaign_id: campaign, id: ResponseId::random(), mode: mode.as_str(), answers })
        })
        .collect::<QueryResult<Vec<_>>>()?;
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    for batch in rows.chunks(BATCH) {
        match conn {
            Conn::Postgres(c) => diesel::insert_into(response::table).values(batch).execute(c)?,
            Conn::Sqlite(c) => diesel::insert_into(response::table).values(batch).execute(c)?,
        };
    }
    let mut rows: Vec<CommentRow> = comments
        .iter()
        .map(|c| CommentRow {
            campaign_id: campaign,
            id: CommentId::random(),
            question: c.question.as_str(),
            text: &c.text,
        })
        .collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    for batch in rows.chunks(BATCH) {
        match conn {
            Conn::Postgres(c) => diesel::insert_into(comment::table).values(batch).execute(c)?,
            Conn::Sqlite(c) => diesel::insert_into(comment::table).values(batch).execute(c)?,
        };
    }
    Ok(())
}

/// Whether a file of this content has become responses of this campaign before.
pub(super) fn is_imported(conn: &mut Conn, campaign: &CampaignId, file_hash: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(imported_file::table.find((campaign, file_hash)))).get_result(conn)
}

pub(super) fn mark_imported(conn: &mut Conn, campaign: &CampaignId, file_hash: &str) -> QueryResult<()> {
    diesel::insert_into(imported_file::table)
        .values((imported_file::campaign_id.eq(campaign), imported_file::file_hash.eq(file_hash)))
        .execute(conn)
        .map(drop)
}

/// The reader's own words would quote the answers: it says only where it failed.
fn from_json(text: &str) -> QueryResult<Answers> {
    serde_json::from_str(text)
        .map_err(|e| broken(format!("a response is not in its stored form (column {})", e.column())))
}

/// A row that this code cannot have written.
fn broken(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> diesel::result::Error {
    diesel::result::Error::DeserializationError(why.into())
}

fn unwritable(why: serde_json::Error) -> diesel::result::Error {
    diesel::result::Error::SerializationError(Box::new(why))
}
