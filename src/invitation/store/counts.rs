//! How many there are of what; never who.

use super::{broken, state_of};
use crate::db::Conn;
use crate::db::schema::{decline_tally, invitation};
use crate::id::CampaignId;
use crate::invitation::{Counts, DeclineReason, Reached, State};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// How many were invited to a campaign, and what became of it.
pub fn uptake(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Counts> {
    let rows: Vec<(String, i64)> = invitation::table
        .filter(invitation::campaign_id.eq(campaign))
        .group_by(invitation::state)
        .select((invitation::state, count_star()))
        .load(conn)?;
    let unsent: i64 = invitation::table
        .filter(invitation::campaign_id.eq(campaign))
        .filter(invitation::state.eq(State::Offered.as_str()))
        .filter(invitation::times_sent.eq(0))
        .count()
        .get_result(conn)?;
    let mut counts = Counts { unsent: u64::try_from(unsent).unwrap_or(0), ..Counts::default() };
    for (state, n) in rows {
        let n = u64::try_from(n).unwrap_or(0);
        counts.offered += n;
        match state_of(&state)? {
            State::Offered => counts.outstanding += n,
            State::TakenUp => counts.taken_up += n,
            State::Declined => counts.declined += n,
        }
    }
    Ok(counts)
}

/// Of those to whom the offer first went out on `day` or later: how many, and how
/// many of them have taken it up.
pub fn reached_since(conn: &mut Conn, campaign: &CampaignId, day: NaiveDate) -> QueryResult<Reached> {
    let rows: Vec<(String, i64)> = invitation::table
        .filter(invitation::campaign_id.eq(campaign))
        .filter(invitation::first_sent_on.ge(day))
        .group_by(invitation::state)
        .select((invitation::state, count_star()))
        .load(conn)?;
    let mut reached = Reached::default();
    for (state, n) in rows {
        let n = u64::try_from(n).unwrap_or(0);
        reached.offered += n;
        if state_of(&state)? == State::TakenUp {
            reached.taken_up += n;
        }
    }
    Ok(reached)
}

/// Counts one more who declined for this reason.
pub(in crate::invitation) fn count_reason(
    conn: &mut Conn,
    campaign: &CampaignId,
    reason: DeclineReason,
) -> QueryResult<()> {
    let changed = diesel::update(decline_tally::table.find((campaign, reason.as_str())))
        .set(decline_tally::people.eq(decline_tally::people + 1))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(decline_tally::table)
            .values((
                decline_tally::campaign_id.eq(campaign),
                decline_tally::reason.eq(reason.as_str()),
                decline_tally::people.eq(1),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Why offers were declined, as often as it was said.
pub fn decline_tally(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<BTreeMap<DeclineReason, u64>> {
    let rows: Vec<(String, i32)> = decline_tally::table
        .filter(decline_tally::campaign_id.eq(campaign))
        .select((decline_tally::reason, decline_tally::people))
        .load(conn)?;
    rows.into_iter()
        .map(|(reason, people)| {
            let read = DeclineReason::read(&reason);
            let reason = read.ok_or_else(|| broken(format!("nobody declines because of {reason:?}")))?;
            Ok((reason, u64::try_from(people).map_err(broken)?))
        })
        .collect()
}
