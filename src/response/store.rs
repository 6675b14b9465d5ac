//! Responses and comments at rest: queries, nothing else.

use crate::db::Conn;
use crate::db::schema::{comment, imported_file, response};
use crate::id::{CampaignId, CommentId, ResponseId};
use diesel::prelude::*;

/// Rows for one statement: PostgreSQL takes 65,535 values at most in one.
const BATCH: usize = 1_000;

#[derive(PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = response)]
pub(super) struct ResponseRow {
    pub campaign_id: CampaignId,
    pub id: ResponseId,
    pub release: Option<i32>,
    pub sealed: Vec<u8>,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = comment)]
pub(super) struct CommentRow {
    pub campaign_id: CampaignId,
    pub id: CommentId,
    pub release: Option<i32>,
    pub sealed: Vec<u8>,
}

/// How many no release has counted yet; what lies in envelopes is not here.
pub(super) fn waiting(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<i64> {
    let ours = response::table.filter(response::campaign_id.eq(campaign));
    ours.filter(response::release.is_null()).count().get_result(conn)
}

/// The next `most` that no release has counted, after the one of this id, in the order of
/// their random ids; what lies in envelopes is not here.
pub(super) fn waiting_responses(
    conn: &mut Conn,
    campaign: &CampaignId,
    after: &str,
    most: i64,
) -> QueryResult<Vec<ResponseRow>> {
    let ours = response::table.filter(response::campaign_id.eq(campaign)).filter(response::id.gt(after));
    ours.filter(response::release.is_null()).order(response::id).limit(most).load(conn)
}

/// [`waiting_responses`], of comments.
pub(super) fn waiting_comments(
    conn: &mut Conn,
    campaign: &CampaignId,
    after: &str,
    most: i64,
) -> QueryResult<Vec<CommentRow>> {
    let ours = comment::table.filter(comment::campaign_id.eq(campaign)).filter(comment::id.gt(after));
    ours.filter(comment::release.is_null()).order(comment::id).limit(most).load(conn)
}

/// Takes these away, for them to be written anew.
pub(super) fn take(
    conn: &mut Conn,
    campaign: &CampaignId,
    responses: &[(ResponseId, Vec<u8>)],
    comments: &[(CommentId, Vec<u8>)],
) -> QueryResult<()> {
    for batch in responses.chunks(BATCH) {
        let ids = batch.iter().map(|(id, _)| id);
        let ours = response::table.filter(response::campaign_id.eq(campaign));
        diesel::delete(ours.filter(response::id.eq_any(ids))).execute(conn)?;
    }
    for batch in comments.chunks(BATCH) {
        let ids = batch.iter().map(|(id, _)| id);
        let ours = comment::table.filter(comment::campaign_id.eq(campaign));
        diesel::delete(ours.filter(comment::id.eq_any(ids))).execute(conn)?;
    }
    Ok(())
}

pub(super) fn counted_first_in(conn: &mut Conn, campaign: &CampaignId, release: u32) -> QueryResult<i64> {
    let ours = response::table.filter(response::campaign_id.eq(campaign));
    ours.filter(response::release.eq(number(release)?)).count().get_result(conn)
}

/// Its id, the release that counted it first, and what is sealed.
pub(super) type CountedRow = (ResponseId, Option<i32>, Vec<u8>);

/// The next `most` that releases have counted, after the one of this id, in the order of
/// their random ids.
pub(super) fn counted(conn: &mut Conn, campaign: &CampaignId, after: &str, most: i64) -> QueryResult<Vec<CountedRow>> {
    let ours = response::table.filter(response::campaign_id.eq(campaign)).filter(response::id.gt(after));
    let counted = ours.filter(response::release.is_not_null()).order(response::id).limit(most);
    counted.select((response::id, response::release, response::sealed)).load(conn)
}

pub(super) fn counted_comments(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<CommentRow>> {
    let ours = comment::table.filter(comment::campaign_id.eq(campaign)).filter(comment::release.is_not_null());
    ours.order(comment::id).load(conn)
}

/// In the order in which they are given: that of their ids.
pub(super) fn insert(
    conn: &mut Conn,
    campaign: &CampaignId,
    release: Option<i32>,
    responses: &[(ResponseId, Vec<u8>)],
    comments: &[(CommentId, Vec<u8>)],
) -> QueryResult<()> {
    for batch in responses.chunks(BATCH) {
        let rows: Vec<ResponseRow> = batch
            .iter()
            .cloned()
            .map(|(id, sealed)| ResponseRow { campaign_id: campaign.clone(), id, release, sealed })
            .collect();
        match conn {
            Conn::Postgres(c) => diesel::insert_into(response::table).values(rows).execute(c)?,
            Conn::Sqlite(c) => diesel::insert_into(response::table).values(rows).execute(c)?,
        };
    }
    for batch in comments.chunks(BATCH) {
        let rows: Vec<CommentRow> = batch
            .iter()
            .cloned()
            .map(|(id, sealed)| CommentRow { campaign_id: campaign.clone(), id, release, sealed })
            .collect();
        match conn {
            Conn::Postgres(c) => diesel::insert_into(comment::table).values(rows).execute(c)?,
            Conn::Sqlite(c) => diesel::insert_into(comment::table).values(rows).execute(c)?,
        };
    }
    Ok(())
}

pub(super) fn responses(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<ResponseRow>> {
    response::table.filter(response::campaign_id.eq(campaign)).order(response::id).load(conn)
}

/// The next `most` after the one of this id, in the order of their ids.
pub(super) fn responses_after(
    conn: &mut Conn,
    campaign: &CampaignId,
    after: &str,
    most: i64,
) -> QueryResult<Vec<ResponseRow>> {
    let ours = response::table.filter(response::campaign_id.eq(campaign)).filter(response::id.gt(after));
    ours.order(response::id).limit(most).load(conn)
}

/// [`responses_after`], of comments.
pub(super) fn comments_after(
    conn: &mut Conn,
    campaign: &CampaignId,
    after: &str,
    most: i64,
) -> QueryResult<Vec<CommentRow>> {
    let ours = comment::table.filter(comment::campaign_id.eq(campaign)).filter(comment::id.gt(after));
    ours.order(comment::id).limit(most).load(conn)
}

pub(super) fn set_response(conn: &mut Conn, campaign: &CampaignId, id: &ResponseId, sealed: &[u8]) -> QueryResult<()> {
    diesel::update(response::table.find((campaign, id))).set(response::sealed.eq(sealed)).execute(conn).map(drop)
}

pub(super) fn comments(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<CommentRow>> {
    comment::table.filter(comment::campaign_id.eq(campaign)).order(comment::id).load(conn)
}

pub(super) fn set_comment(conn: &mut Conn, campaign: &CampaignId, id: &CommentId, sealed: &[u8]) -> QueryResult<()> {
    diesel::update(comment::table.find((campaign, id))).set(comment::sealed.eq(sealed)).execute(conn).map(drop)
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

pub(super) fn number(release: u32) -> QueryResult<i32> {
    i32::try_from(release).map_err(|e| diesel::result::Error::SerializationError(Box::new(e)))
}
