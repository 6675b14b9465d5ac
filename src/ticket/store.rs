//! Queries on spent tickets, and on the envelopes that lie with them until they are
//! collected.

use crate::db::Conn;
use crate::db::schema::spent_ticket;
use crate::id::CampaignId;
use diesel::prelude::*;

/// Rows for one statement: PostgreSQL takes 65,535 values at most in one.
const BATCH: usize = 1_000;

/// What was handed in with a ticket, sealed.
#[derive(Clone, Debug, Queryable)]
pub struct Envelope {
    /// The keyed hash of its ticket.
    pub ticket_hash: String,
    pub sealed: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = spent_ticket)]
struct Spent<'a> {
    campaign_id: &'a CampaignId,
    ticket_hash: &'a str,
}

/// Fails with a unique violation if it is there already.
pub(super) fn insert(conn: &mut Conn, campaign: &CampaignId, hash: &str, envelope: &[u8]) -> QueryResult<()> {
    diesel::insert_into(spent_ticket::table)
        .values((
            spent_ticket::campaign_id.eq(campaign),
            spent_ticket::ticket_hash.eq(hash),
            spent_ticket::envelope.eq(envelope),
        ))
        .execute(conn)
        .map(drop)
}

pub(super) fn exists(conn: &mut Conn, campaign: &CampaignId, hash: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(spent_ticket::table.find((campaign, hash)))).get_result(conn)
}

/// How many envelopes have not been collected.
pub fn waiting(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<i64> {
    spent_ticket::table
        .filter(spent_ticket::campaign_id.eq(campaign))
        .filter(spent_ticket::envelope.is_not_null())
        .count()
        .get_result(conn)
}

/// The next `most` envelopes after the one of the ticket `after`, in the order of
/// their tickets' hashes, which tells nothing of the order in which they came.
pub fn envelopes(conn: &mut Conn, campaign: &CampaignId, after: &str, most: i64) -> QueryResult<Vec<Envelope>> {
    spent_ticket::table
        .filter(spent_ticket::campaign_id.eq(campaign))
        .filter(spent_ticket::envelope.is_not_null())
        .filter(spent_ticket::ticket_hash.gt(after))
        .order(spent_ticket::ticket_hash)
        .limit(most)
        .select((spent_ticket::ticket_hash, spent_ticket::envelope.assume_not_null()))
        .load(conn)
}

/// Takes the envelopes of these tickets away. The tickets are written anew, in the
/// order of their hashes: where a row lay, and with which others it was written, told
/// when it came.
pub fn settle(conn: &mut Conn, campaign: &CampaignId, hashes: &[String]) -> QueryResult<()> {
    let mut sorted: Vec<&str> = hashes.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    for batch in sorted.chunks(BATCH) {
        let ours = spent_ticket::table.filter(spent_ticket::campaign_id.eq(campaign));
        diesel::delete(ours.filter(spent_ticket::ticket_hash.eq_any(batch))).execute(conn)?;
    }
    for batch in sorted.chunks(BATCH) {
        let rows: Vec<Spent> = batch.iter().map(|ticket_hash| Spent { campaign_id: campaign, ticket_hash }).collect();
        match conn {
            Conn::Postgres(c) => diesel::insert_into(spent_ticket::table).values(&rows).execute(c)?,
            Conn::Sqlite(c) => diesel::insert_into(spent_ticket::table).values(&rows).execute(c)?,
        };
    }
    Ok(())
}
