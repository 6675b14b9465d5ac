//! Releases at rest. A row is written once; all that ever changes is whether
//! the report is open to the public.

pub(super) mod draft;

use super::freeze::Frozen;
use super::model::Release;
use crate::db::Conn;
use crate::db::schema::release;
use crate::id::{CampaignId, ReleaseId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A release in a list, without its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Where the public finds the report: known to nobody until it is published.
    pub id: ReleaseId,
    pub campaign_id: CampaignId,
    pub number: u32,
    pub as_of: NaiveDate,
    pub hash: String,
    pub is_public: bool,
}

type Row = (ReleaseId, CampaignId, i32, NaiveDate, String, bool);

const LISTED: (release::id, release::campaign_id, release::number, release::as_of, release::hash, release::is_public) =
    (release::id, release::campaign_id, release::number, release::as_of, release::hash, release::is_public);

/// All releases of a campaign, first to last.
pub fn list(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<Listed>> {
    let rows: Vec<Row> =
        release::table.filter(release::campaign_id.eq(campaign)).order(release::number).select(LISTED).load(conn)?;
    Ok(rows.into_iter().map(listed).collect())
}

pub fn find(conn: &mut Conn, campaign: &CampaignId, number: u32) -> QueryResult<Option<Listed>> {
    let row: Option<Row> = release::table
        .filter(release::campaign_id.eq(campaign))
        .filter(release::number.eq(to_row(number)))
        .select(LISTED)
        .first(conn)
        .optional()?;
    Ok(row.map(listed))
}

pub fn latest(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Option<Listed>> {
    let row: Option<Row> = release::table
        .filter(release::campaign_id.eq(campaign))
        .order(release::number.desc())
        .select(LISTED)
        .first(conn)
        .optional()?;
    Ok(row.map(listed))
}

/// The frozen JSON, byte for byte.
pub fn body(conn: &mut Conn, campaign: &CampaignId, number: u32) -> QueryResult<Option<String>> {
    release::table
        .filter(release::campaign_id.eq(campaign))
        .filter(release::number.eq(to_row(number)))
        .select(release::body)
        .first(conn)
        .optional()
}

/// The frozen JSON of every release of a campaign, first to last.
pub fn bodies(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<String>> {
    release::table.filter(release::campaign_id.eq(campaign)).order(release::number).select(release::body).load(conn)
}

/// A published release by the id in its public address; none if it is not public.
pub fn by_public_id(conn: &mut Conn, id: &ReleaseId) -> QueryResult<Option<Listed>> {
    let row: Option<Row> = release::table
        .filter(release::id.eq(id))
        .filter(release::is_public.eq(true))
        .select(LISTED)
        .first(conn)
        .optional()?;
    Ok(row.map(listed))
}

/// Opens the report to the public. False: there is no such release.
pub fn publish(conn: &mut Conn, campaign: &CampaignId, number: u32) -> QueryResult<bool> {
    set_public(conn, campaign, number, true)
}

/// Closes the report to the public again. False: there is no such release.
pub fn unpublish(conn: &mut Conn, campaign: &CampaignId, number: u32) -> QueryResult<bool> {
    set_public(conn, campaign, number, false)
}

/// A unique violation means that another made the release of this number first.
pub(super) fn insert(
    conn: &mut Conn,
    campaign: &CampaignId,
    made: &Release,
    frozen: &Frozen,
) -> QueryResult<ReleaseId> {
    let id = ReleaseId::random();
    diesel::insert_into(release::table)
        .values((
            release::id.eq(&id),
            release::campaign_id.eq(campaign),
            release::number.eq(to_row(made.number)),
            release::as_of.eq(made.as_of),
            release::hash.eq(&frozen.hash),
            release::previous_hash.eq(&made.previous_hash),
            release::body.eq(&frozen.body),
            release::is_public.eq(false),
        ))
        .execute(conn)?;
    Ok(id)
}

fn set_public(conn: &mut Conn, campaign: &CampaignId, number: u32, is_public: bool) -> QueryResult<bool> {
    let rows = diesel::update(
        release::table.filter(release::campaign_id.eq(campaign)).filter(release::number.eq(to_row(number))),
    )
    .set(release::is_public.eq(is_public))
    .execute(conn)?;
    Ok(rows == 1)
}

fn listed((id, campaign_id, number, as_of, hash, is_public): Row) -> Listed {
    Listed { id, campaign_id, number: u32::try_from(number).unwrap_or(0), as_of, hash, is_public }
}

/// No release has a number beyond what the column holds.
fn to_row(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
