//! The modes of campaigns, in the order in which they are offered.

use super::broken;
use crate::campaign::{Before, Mode, OfferedMode};
use crate::db::Conn;
use crate::db::schema::campaign_mode;
use crate::id::CampaignId;
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeMap;

pub(in crate::campaign) fn modes(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<OfferedMode>> {
    Ok(modes_of(conn, [campaign])?.remove(campaign).unwrap_or_default())
}

/// Puts `new` in place of what the campaign had.
pub(in crate::campaign) fn replace_modes(
    conn: &mut Conn,
    campaign: &CampaignId,
    new: &[OfferedMode],
) -> QueryResult<()> {
    diesel::delete(campaign_mode::table.filter(campaign_mode::campaign_id.eq(campaign))).execute(conn)?;
    insert_modes(conn, campaign, new)
}

pub(super) fn insert_modes(conn: &mut Conn, campaign: &CampaignId, modes: &[OfferedMode]) -> QueryResult<()> {
    for (position, new) in (1..).zip(modes) {
        diesel::insert_into(campaign_mode::table)
            .values((
                campaign_mode::campaign_id.eq(campaign),
                campaign_mode::mode.eq(new.mode.as_str()),
                campaign_mode::position.eq::<i32>(position),
                campaign_mode::is_on.eq(new.is_on),
                campaign_mode::since.eq(new.since),
                campaign_mode::post.eq(&new.post),
                campaign_mode::offered_before.eq(new.before.map(|before| count(before.offered))),
                campaign_mode::taken_up_before.eq(new.before.map(|before| count(before.taken_up))),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn count(n: u64) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

pub(super) fn modes_of<'a>(
    conn: &mut Conn,
    campaigns: impl IntoIterator<Item = &'a CampaignId>,
) -> QueryResult<BTreeMap<CampaignId, Vec<OfferedMode>>> {
    let rows: Vec<Row> = campaign_mode::table
        .filter(campaign_mode::campaign_id.eq_any(campaigns))
        .order((campaign_mode::campaign_id, campaign_mode::position))
        .load(conn)?;
    let mut of: BTreeMap<CampaignId, Vec<OfferedMode>> = BTreeMap::new();
    for row in rows {
        of.entry(row.0.clone()).or_default().push(mode_from(row)?);
    }
    Ok(of)
}

type Row = (CampaignId, String, i32, bool, NaiveDate, Option<String>, Option<i32>, Option<i32>);

fn mode_from((_, mode, _, is_on, since, post, offered, taken_up): Row) -> QueryResult<OfferedMode> {
    let mode = Mode::read(&mode).ok_or_else(|| broken(format!("no mode is called {mode:?}")))?;
    let before = match (offered, taken_up) {
        (Some(offered), Some(taken_up)) => Some(Before {
            offered: u64::try_from(offered).map_err(broken)?,
            taken_up: u64::try_from(taken_up).map_err(broken)?,
        }),
        _ => None,
    };
    Ok(OfferedMode { mode, is_on, since, post, before })
}
