//! Queries on spent tickets.

use crate::db::Conn;
use crate::db::schema::spent_ticket;
use crate::id::CampaignId;
use diesel::prelude::*;

/// Fails with a unique violation if it is there already.
pub(super) fn insert(conn: &mut Conn, campaign: &CampaignId, hash: &str) -> QueryResult<()> {
    diesel::insert_into(spent_ticket::table)
        .values((spent_ticket::campaign_id.eq(campaign), spent_ticket::ticket_hash.eq(hash)))
        .execute(conn)
        .map(drop)
}

pub(super) fn exists(conn: &mut Conn, campaign: &CampaignId, hash: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(spent_ticket::table.find((campaign, hash)))).get_result(conn)
}
