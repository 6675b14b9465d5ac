//! Drafts at rest: queries, nothing else.

use super::to_row;
use crate::db::Conn;
use crate::db::schema::release_draft;
use crate::id::CampaignId;
use crate::release::uptake::UptakeCounts;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error::{DeserializationError, SerializationError};

/// The campaign's draft, if it is of the release of this number.
pub(in crate::release) fn get(
    conn: &mut Conn,
    campaign: &CampaignId,
    number: u32,
) -> QueryResult<Option<(NaiveDate, UptakeCounts)>> {
    let row: Option<(NaiveDate, String)> = release_draft::table
        .find(campaign)
        .filter(release_draft::number.eq(to_row(number)))
        .select((release_draft::as_of, release_draft::uptake))
        .first(conn)
        .optional()?;
    row.map(|(as_of, uptake)| {
        Ok((as_of, serde_json::from_str(&uptake).map_err(|e| DeserializationError(Box::new(e)))?))
    })
    .transpose()
}

/// In place of the one that there was.
pub(in crate::release) fn put(
    conn: &mut Conn,
    campaign: &CampaignId,
    number: u32,
    as_of: NaiveDate,
    uptake: &UptakeCounts,
) -> QueryResult<()> {
    let uptake = serde_json::to_string(uptake).map_err(|e| SerializationError(Box::new(e)))?;
    delete(conn, campaign)?;
    diesel::insert_into(release_draft::table)
        .values((
            release_draft::campaign_id.eq(campaign),
            release_draft::number.eq(to_row(number)),
            release_draft::as_of.eq(as_of),
            release_draft::uptake.eq(uptake),
        ))
        .execute(conn)
        .map(drop)
}

pub(in crate::release) fn delete(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<()> {
    diesel::delete(release_draft::table.find(campaign)).execute(conn).map(drop)
}
