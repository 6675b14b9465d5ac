//! One press of *Release*, in one transaction.

use super::chain::{self, BrokenChain};
use super::freeze::{self, Frozen};
use super::make::{Terms, Unsafe, make};
use super::model::Release;
use super::uptake::UptakeCounts;
use super::{mode, store};
use crate::campaign::{Campaign, keys as campaign_keys};
use crate::clock::Time;
use crate::db::{self, Conn};
use crate::response;
use crate::secret::Keys;
use crate::survey::Survey;

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("{missing} more {} needed before the next release", if *missing == 1 { "response is" } else { "responses are" })]
    TooFew { missing: u32 },
    #[error("another release was being made at the same moment: look at it before you make the next")]
    MadeMeanwhile,
    #[error("{0}: restore the database from a backup")]
    Damaged(#[from] BrokenChain),
    #[error(transparent)]
    Unsafe(#[from] Unsafe),
    #[error("the release cannot be written as JSON: {0}")]
    Unwritable(#[from] serde_json::Error),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Counts the waiting responses and freezes the next release of `campaign`.
/// Undone as a whole when it fails. The responses that wait must be as many as
/// the campaign's smallest group, so that two releases never differ by fewer.
pub fn create(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    campaign: &Campaign,
    organisation_name: &str,
    survey: &Survey,
    uptake: UptakeCounts,
) -> Result<Release, CreateError> {
    let earlier = chain::verified(store::bodies(conn, &campaign.id)?)?;
    let number = earlier.last().map_or(0, |release| release.number) + 1;
    let enough = |responses: u64| match u64::from(campaign.min_base).saturating_sub(responses) {
        0 => Ok(()),
        missing => Err(CreateError::TooFew { missing: u32::try_from(missing).unwrap_or(u32::MAX) }),
    };
    enough(response::waiting(conn, &campaign.id)?)?;
    enough(response::count_in(conn, keys, &campaign.id, number)?)?;
    let terms = Terms {
        organisation: organisation_name.to_owned(),
        campaign: campaign.name.clone(),
        survey_version: campaign.survey_version.clone(),
        ticket_key: Some(campaign_keys::public(conn, &campaign.id)?.fingerprint()),
        as_of: now.date(),
        min_base: campaign.min_base,
        comment_min_base: campaign.comment_min_base,
        protection: campaign.protection,
        strict: campaign.is_strict,
        breakdowns: campaign.breakdowns.clone(),
        crossings: campaign.crossings.clone(),
        uptake,
    };
    let counted = response::counted(conn, keys, &campaign.id)?;
    let made = if mode::is_among(&campaign.breakdowns, survey) {
        let answers = counted.into_iter().map(|one| (one.release, mode::with_answer(one.answers, one.mode)));
        make(terms, &mode::with_mode(survey), &earlier, answers)
    } else {
        make(terms, survey, &earlier, counted.into_iter().map(|one| (one.release, one.answers)))
    }?
    .release;
    let Frozen { hash, body } = freeze::freeze(made.clone())?;
    let release = Release { hash: hash.clone(), ..made };
    store::insert(conn, &campaign.id, &release, &Frozen { hash, body }).map_err(|error| {
        if db::is_unique_violation(&error) { CreateError::MadeMeanwhile } else { CreateError::Database(error) }
    })?;
    Ok(release)
}
