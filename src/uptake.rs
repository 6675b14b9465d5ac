//! How offers were taken up, put together from what the invitations' side and the
//! interviews know: what a release says of uptake.

use crate::campaign::{Campaign, Mode};
use crate::db::Conn;
use crate::interview::{self, Tally};
use crate::invitation::{self, DeclineReason};
use crate::release::UptakeCounts;
use crate::release::uptake::{BeforeAndAfter, Held, Part, Reached};
use chrono::Days;
use diesel::QueryResult;

/// As of now.
pub fn counts(conn: &mut Conn, campaign: &Campaign) -> QueryResult<UptakeCounts> {
    let counts = invitation::uptake(conn, &campaign.id)?;
    let (offered, taken_up) = (counts.reached(), counts.taken_up);
    let tally = interview::tally(conn, &campaign.id)?;
    let held = |one: &Tally| Held { days: one.days, was_read_back: one.was_read_back, interviews: one.interviews };
    Ok(UptakeCounts {
        offered,
        taken_up,
        modes: modes(campaign),
        declined: counts.declined,
        declined_because: declined_because(conn, campaign)?,
        interviews: tally.iter().map(held).collect(),
        independent_option: independent_option(conn, campaign, offered)?,
    })
}

/// The modes that the campaign offers. How many answered in each is known to the release
/// only, which counts the answers.
fn modes(campaign: &Campaign) -> Vec<Part> {
    let taken_up = campaign.modes.iter().map(|offered| offered.mode).chain([Mode::Online]);
    taken_up.map(|mode| (mode.as_str().to_owned(), 0)).collect()
}

fn declined_because(conn: &mut Conn, campaign: &Campaign) -> QueryResult<Vec<Part>> {
    let said = invitation::decline_tally(conn, &campaign.id)?;
    let people = |reason: &DeclineReason| said.get(reason).copied().unwrap_or(0);
    Ok(DeclineReason::ALL.iter().map(|reason| (reason.as_str().to_owned(), people(reason))).collect())
}

/// None: the campaign never had the option, or had it from the start.
fn independent_option(conn: &mut Conn, campaign: &Campaign, offered: u64) -> QueryResult<Option<BeforeAndAfter>> {
    let Some(mode) = campaign.modes.iter().find(|offered| offered.mode == Mode::Independent) else { return Ok(None) };
    let Some(before) = mode.before else { return Ok(None) };
    let mut after = invitation::reached_since(conn, &campaign.id, mode.since)?;
    if before.offered + after.offered != offered {
        // On the day itself it went out to some before it was switched on: which of
        // them took it up later is not known, so the day is left out.
        let next = mode.since.checked_add_days(Days::new(1)).unwrap_or(mode.since);
        after = invitation::reached_since(conn, &campaign.id, next)?;
    }
    Ok(Some(BeforeAndAfter {
        since: mode.since,
        before: Reached { offered: before.offered, taken_up: before.taken_up },
        after: Reached { offered: after.offered, taken_up: after.taken_up },
    }))
}
