//! The batch that the next release counts: prepared once, and then it stands, whoever
//! looks at it and however often.
//!
//! HR may see before a release what it would hide. Were that worked out anew with every
//! response that comes in, it would tell who came: a group that is hidden on Monday
//! and shown on Tuesday tells that Tuesday's only response was from it. So the first
//! look counts in what waits, as a release does, and keeps the day and the uptake with
//! it. From then on the release is made of these, until so many more wait that they
//! could be a release by themselves: then they are counted in too.

use super::chain;
use super::create::CreateError;
use super::store;
use super::uptake::UptakeCounts;
use crate::campaign::Campaign;
use crate::clock::Time;
use crate::db::{self, Conn};
use crate::id::CampaignId;
use crate::response;
use crate::secret::Keys;
use chrono::NaiveDate;
use diesel::QueryResult;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// That of the release which it becomes.
    pub number: u32,
    pub as_of: NaiveDate,
    pub uptake: UptakeCounts,
    /// How many responses have its number.
    pub batch: u64,
}

/// Prepares the next release of `campaign`: the draft that stands, with what waits
/// besides if that is enough for a release by itself; else a new one, with the uptake
/// of now. Undone as a whole when it fails. [`crate::app::App::tidy_blocking`] is for
/// whoever calls this, as after a release.
pub fn prepare(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    campaign: &Campaign,
    uptake: UptakeCounts,
) -> Result<Draft, CreateError> {
    // Whoever waits here finds what the one before has left.
    db::alone(conn, campaign.id.as_str())?;
    let earlier = chain::verified(store::bodies(conn, &campaign.id)?)?;
    let number = earlier.last().map_or(0, |release| release.number) + 1;
    let waiting = response::waiting(conn, &campaign.id)?;
    if waiting < least(campaign) {
        let draft = standing(conn, &campaign.id)?;
        return draft.filter(|draft| draft.batch >= least(campaign)).ok_or(too_few(campaign, waiting));
    }
    let counted = response::count_in(conn, keys, &campaign.id, number)?;
    if counted < least(campaign) {
        return Err(too_few(campaign, counted));
    }
    store::draft::put(conn, &campaign.id, number, now.date(), &uptake)?;
    standing(conn, &campaign.id)?.ok_or(CreateError::MadeMeanwhile)
}

/// The draft that the next release is made of, if there is one.
pub fn standing(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Option<Draft>> {
    let number = store::latest(conn, campaign)?.map_or(0, |listed| listed.number) + 1;
    let Some((as_of, uptake)) = store::draft::get(conn, campaign, number)? else { return Ok(None) };
    let batch = response::counted_first_in(conn, campaign, number)?;
    Ok(Some(Draft { number, as_of, uptake, batch }))
}

/// The draft that stands, unless the campaign's smallest group was raised above it.
pub(super) fn large_enough(conn: &mut Conn, campaign: &Campaign) -> Result<Option<Draft>, CreateError> {
    match standing(conn, &campaign.id)? {
        Some(draft) if draft.batch < least(campaign) => Err(too_few(campaign, response::waiting(conn, &campaign.id)?)),
        draft => Ok(draft),
    }
}

/// *K*: two releases differ by so many at least, and so do two previews.
fn least(campaign: &Campaign) -> u64 {
    u64::from(campaign.min_base.max(campaign.protection))
}

fn too_few(campaign: &Campaign, responses: u64) -> CreateError {
    let missing = least(campaign).saturating_sub(responses);
    CreateError::TooFew { missing: u32::try_from(missing).unwrap_or(u32::MAX) }
}
