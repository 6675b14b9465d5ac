//! Queries on API tokens.

use super::unreadable;
use crate::db::Conn;
use crate::db::schema::api_token;
use crate::id::{ApiTokenId, CampaignId, OrganisationId};
use crate::staff::token::{ApiToken, Scopes};
use chrono::NaiveDate;
use diesel::prelude::*;

type Row =
    (ApiTokenId, OrganisationId, String, String, Option<CampaignId>, NaiveDate, Option<NaiveDate>, Option<NaiveDate>);

const ROW: (
    api_token::id,
    api_token::organisation_id,
    api_token::name,
    api_token::scope,
    api_token::campaign_id,
    api_token::created_on,
    api_token::last_day,
    api_token::used_on,
) = (
    api_token::id,
    api_token::organisation_id,
    api_token::name,
    api_token::scope,
    api_token::campaign_id,
    api_token::created_on,
    api_token::last_day,
    api_token::used_on,
);

pub(in crate::staff) fn insert(conn: &mut Conn, new: &ApiToken, hash: &str) -> QueryResult<()> {
    diesel::insert_into(api_token::table)
        .values((
            api_token::id.eq(&new.id),
            api_token::token_hash.eq(hash),
            api_token::organisation_id.eq(&new.organisation_id),
            api_token::name.eq(&new.name),
            api_token::scope.eq(new.scopes.to_string()),
            api_token::campaign_id.eq(&new.campaign_id),
            api_token::created_on.eq(new.created_on),
            api_token::last_day.eq(new.last_day),
        ))
        .execute(conn)
        .map(drop)
}

pub(in crate::staff) fn list(conn: &mut Conn, owner: &OrganisationId) -> QueryResult<Vec<ApiToken>> {
    let rows: Vec<Row> = api_token::table
        .filter(api_token::organisation_id.eq(owner))
        .order((api_token::created_on.desc(), api_token::name, api_token::id))
        .select(ROW)
        .load(conn)?;
    rows.into_iter().map(token).collect()
}

pub(in crate::staff) fn get(conn: &mut Conn, id: &ApiTokenId) -> QueryResult<Option<ApiToken>> {
    let row: Option<Row> = api_token::table.find(id).select(ROW).first(conn).optional()?;
    row.map(token).transpose()
}

pub(in crate::staff) fn by_hash(conn: &mut Conn, hash: &str) -> QueryResult<Option<ApiToken>> {
    let row: Option<Row> =
        api_token::table.filter(api_token::token_hash.eq(hash)).select(ROW).first(conn).optional()?;
    row.map(token).transpose()
}

/// False: another was quicker.
pub(in crate::staff) fn delete(conn: &mut Conn, id: &ApiTokenId) -> QueryResult<bool> {
    Ok(diesel::delete(api_token::table.find(id)).execute(conn)? == 1)
}

pub(in crate::staff) fn note_use(conn: &mut Conn, id: &ApiTokenId, today: NaiveDate) -> QueryResult<()> {
    let earlier = api_token::used_on.is_null().or(api_token::used_on.lt(today));
    diesel::update(api_token::table.find(id).filter(earlier)).set(api_token::used_on.eq(today)).execute(conn).map(drop)
}

fn token((id, organisation_id, name, scope, campaign_id, created_on, last_day, used_on): Row) -> QueryResult<ApiToken> {
    let scopes = Scopes::parse(&scope).ok_or_else(|| unreadable("api_token.scope"))?;
    Ok(ApiToken { id, organisation_id, name, scopes, campaign_id, created_on, last_day, used_on })
}
