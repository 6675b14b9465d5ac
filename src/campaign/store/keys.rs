//! Campaigns' keys at rest: queries, nothing else.

use crate::db::Conn;
use crate::db::schema::{campaign, campaign_key};
use crate::id::CampaignId;
use diesel::prelude::*;

/// What a campaign's row of keys holds; all but the public one sealed.
#[derive(Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = campaign_key)]
pub(in crate::campaign) struct KeyRow {
    pub campaign_id: CampaignId,
    pub public_key: Vec<u8>,
    pub signing_key: Vec<u8>,
    pub intake_key: Vec<u8>,
    pub responses_key: Vec<u8>,
}

pub(in crate::campaign) fn insert(conn: &mut Conn, row: KeyRow) -> QueryResult<()> {
    diesel::insert_into(campaign_key::table).values(row).execute(conn).map(drop)
}

pub(in crate::campaign) fn get(conn: &mut Conn, id: &CampaignId) -> QueryResult<KeyRow> {
    find(conn, id)?.ok_or(diesel::result::Error::NotFound)
}

pub(in crate::campaign) fn find(conn: &mut Conn, id: &CampaignId) -> QueryResult<Option<KeyRow>> {
    campaign_key::table.find(id).first(conn).optional()
}

/// Puts all that is sealed in place of what is there.
pub(in crate::campaign) fn replace(conn: &mut Conn, row: KeyRow) -> QueryResult<()> {
    let id = row.campaign_id.clone();
    diesel::update(campaign_key::table.find(id)).set(row).execute(conn).map(drop)
}

pub(in crate::campaign) fn all(conn: &mut Conn) -> QueryResult<Vec<KeyRow>> {
    campaign_key::table.order(campaign_key::campaign_id).load(conn)
}

/// Campaigns from before there were keys.
pub(in crate::campaign) fn without(conn: &mut Conn) -> QueryResult<Vec<CampaignId>> {
    let with = campaign_key::table.select(campaign_key::campaign_id);
    campaign::table.filter(campaign::id.ne_all(with)).order(campaign::id).select(campaign::id).load(conn)
}
