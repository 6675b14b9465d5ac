//! Campaigns at rest: queries, nothing else.

mod crossings;
pub(super) mod keys;
mod modes;

pub(super) use modes::{modes, replace_modes};

use super::{Campaign, Crossing, OfferedMode};
use crate::db::Conn;
use crate::db::schema::{campaign, campaign_breakdown, organisation};
use crate::id::{CampaignId, OrganisationId};
use crate::survey::{Code, Kind};
use chrono::NaiveDate;
use crossings::{crossings_of, insert_crossings};
use diesel::prelude::*;
use modes::{insert_modes, modes_of};
use std::collections::BTreeMap;

/// A campaign by its id alone: for those who hold a code, a ticket or the
/// command line, and for jobs. Staff go through [`find`].
pub fn get(conn: &mut Conn, id: &CampaignId) -> QueryResult<Option<Campaign>> {
    let rows: Vec<Row> = campaign::table.find(id).load(conn)?;
    Ok(with_breakdowns(conn, rows)?.pop())
}

/// One of this organisation's; another's is not there.
pub fn find(conn: &mut Conn, organisation: &OrganisationId, id: &CampaignId) -> QueryResult<Option<Campaign>> {
    let rows: Vec<Row> = campaign::table.find(id).filter(campaign::organisation_id.eq(organisation)).load(conn)?;
    Ok(with_breakdowns(conn, rows)?.pop())
}

/// All there are: for finding the one that a ticket is good for.
pub fn ids(conn: &mut Conn) -> QueryResult<Vec<CampaignId>> {
    campaign::table.select(campaign::id).order(campaign::id).load(conn)
}

/// What the organisation is called, for those whom it asks.
pub fn organisation_name(conn: &mut Conn, id: &OrganisationId) -> QueryResult<String> {
    organisation::table.find(id).select(organisation::name).first(conn)
}

/// Those of this name (or id): one at most within an organisation, perhaps more
/// when none is named.
pub fn by_name(conn: &mut Conn, organisation: Option<&OrganisationId>, name: &str) -> QueryResult<Vec<Campaign>> {
    let mut query = campaign::table
        .filter(campaign::name.eq(name).or(campaign::id.eq(name)))
        .order((campaign::opened_on, campaign::id))
        .into_boxed();
    if let Some(organisation) = organisation {
        query = query.filter(campaign::organisation_id.eq(organisation));
    }
    let rows: Vec<Row> = query.load(conn)?;
    with_breakdowns(conn, rows)
}

/// All of an organisation's, the latest first.
pub fn list(conn: &mut Conn, organisation: &OrganisationId) -> QueryResult<Vec<Campaign>> {
    let rows: Vec<Row> = campaign::table
        .filter(campaign::organisation_id.eq(organisation))
        .order((campaign::opened_on.desc(), campaign::name))
        .load(conn)?;
    with_breakdowns(conn, rows)
}

pub(super) fn is_name_taken(conn: &mut Conn, organisation: &OrganisationId, name: &str) -> QueryResult<bool> {
    let named = campaign::table.filter(campaign::organisation_id.eq(organisation)).filter(campaign::name.eq(name));
    diesel::select(diesel::dsl::exists(named)).get_result(conn)
}

pub(super) fn insert(conn: &mut Conn, new: &Campaign) -> QueryResult<()> {
    diesel::insert_into(campaign::table)
        .values((
            campaign::id.eq(&new.id),
            campaign::organisation_id.eq(&new.organisation_id),
            campaign::survey_version.eq(&new.survey_version),
            campaign::name.eq(&new.name),
            campaign::kind.eq(kind_name(new.kind)),
            campaign::min_base.eq(small(new.min_base)),
            campaign::comment_min_base.eq(small(new.comment_min_base)),
            campaign::opened_on.eq(new.opened_on),
            campaign::closes_on.eq(new.closes_on),
            campaign::closed_on.eq(new.closed_on),
            campaign::reminder_days.eq(small(new.reminder_days)),
            campaign::reminder_limit.eq(small(new.reminder_limit)),
            campaign::offer_days.eq(small(new.offer_days)),
            campaign::contact_days.eq(small(new.contact_days)),
            campaign::protection.eq(small(new.protection)),
            campaign::is_strict.eq(new.is_strict),
        ))
        .execute(conn)?;
    insert_modes(conn, &new.id, &new.modes)?;
    for (position, question) in (0..).zip(&new.breakdowns) {
        diesel::insert_into(campaign_breakdown::table)
            .values((
                campaign_breakdown::campaign_id.eq(&new.id),
                campaign_breakdown::position.eq::<i32>(position),
                campaign_breakdown::question.eq(question.as_str()),
            ))
            .execute(conn)?;
    }
    insert_crossings(conn, &new.id, &new.crossings)
}

/// False: it is higher already, or there is no such campaign.
pub(super) fn raise(conn: &mut Conn, id: &CampaignId, min_base: u32, comment_min_base: u32) -> QueryResult<bool> {
    let changed = diesel::update(campaign::table.find(id).filter(campaign::min_base.le(small(min_base))))
        .set((campaign::min_base.eq(small(min_base)), campaign::comment_min_base.eq(small(comment_min_base))))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Lets one transaction at a time go on with this campaign, until it ends: for
/// those that look who is there before they add to them. Answers do not wait.
pub fn hold(conn: &mut Conn, id: &CampaignId) -> QueryResult<()> {
    diesel::update(campaign::table.find(id))
        .set(campaign::reminder_limit.eq(campaign::reminder_limit))
        .execute(conn)
        .map(drop)
}

/// False: it was closed already.
pub(super) fn close(conn: &mut Conn, id: &CampaignId, on: NaiveDate) -> QueryResult<bool> {
    let changed = diesel::update(campaign::table.find(id).filter(campaign::closed_on.is_null()))
        .set(campaign::closed_on.eq(on))
        .execute(conn)?;
    Ok(changed == 1)
}

#[derive(Queryable)]
struct Row {
    id: CampaignId,
    organisation_id: OrganisationId,
    survey_version: String,
    name: String,
    kind: String,
    min_base: i32,
    comment_min_base: i32,
    opened_on: NaiveDate,
    closes_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    reminder_days: i32,
    reminder_limit: i32,
    offer_days: i32,
    contact_days: i32,
    protection: i32,
    is_strict: bool,
}

fn with_breakdowns(conn: &mut Conn, rows: Vec<Row>) -> QueryResult<Vec<Campaign>> {
    let ids: Vec<&CampaignId> = rows.iter().map(|row| &row.id).collect();
    let questions: Vec<(CampaignId, String)> = campaign_breakdown::table
        .filter(campaign_breakdown::campaign_id.eq_any(ids))
        .order((campaign_breakdown::campaign_id, campaign_breakdown::position))
        .select((campaign_breakdown::campaign_id, campaign_breakdown::question))
        .load(conn)?;
    let mut by_campaign: BTreeMap<CampaignId, Vec<Code>> = BTreeMap::new();
    for (id, question) in questions {
        by_campaign.entry(id).or_default().push(Code::new(question).map_err(broken)?);
    }
    let mut parts = Parts {
        breakdowns: by_campaign,
        crossings: crossings_of(conn, rows.iter().map(|row| &row.id))?,
        modes: modes_of(conn, rows.iter().map(|row| &row.id))?,
    };
    rows.into_iter().map(|row| row.into_campaign(&mut parts)).collect()
}

/// What lies in tables of their own, by campaign.
struct Parts {
    breakdowns: BTreeMap<CampaignId, Vec<Code>>,
    crossings: BTreeMap<CampaignId, Vec<Crossing>>,
    modes: BTreeMap<CampaignId, Vec<OfferedMode>>,
}

impl Row {
    fn into_campaign(self, parts: &mut Parts) -> QueryResult<Campaign> {
        Ok(Campaign {
            modes: parts.modes.remove(&self.id).unwrap_or_default(),
            offer_days: u32::try_from(self.offer_days).map_err(broken)?,
            contact_days: u32::try_from(self.contact_days).map_err(broken)?,
            breakdowns: parts.breakdowns.remove(&self.id).unwrap_or_default(),
            crossings: parts.crossings.remove(&self.id).unwrap_or_default(),
            protection: u32::try_from(self.protection).map_err(broken)?,
            is_strict: self.is_strict,
            id: self.id,
            organisation_id: self.organisation_id,
            survey_version: self.survey_version,
            name: self.name,
            kind: [Kind::Exit, Kind::Retention]
                .into_iter()
                .find(|kind| kind_name(*kind) == self.kind)
                .ok_or_else(|| broken(format!("no kind of campaign is called {:?}", self.kind)))?,
            min_base: u32::try_from(self.min_base).map_err(broken)?,
            comment_min_base: u32::try_from(self.comment_min_base).map_err(broken)?,
            opened_on: self.opened_on,
            closes_on: self.closes_on,
            closed_on: self.closed_on,
            reminder_days: u32::try_from(self.reminder_days).map_err(broken)?,
            reminder_limit: u32::try_from(self.reminder_limit).map_err(broken)?,
        })
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Exit => "exit",
        Kind::Retention => "retention",
    }
}

/// For numbers that the checks keep under a few hundred.
fn small(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// A row that this code cannot have written.
fn broken(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> diesel::result::Error {
    diesel::result::Error::DeserializationError(why.into())
}
