//! One press of *Release*: prepare the batch, make the release of it, keep that.
//!
//! Making takes time: whoever must not keep others from writing for so long does each
//! step in a transaction of its own. Between them a draft stands, and what was made of
//! it is kept only if it stands as it did.

mod pass;

use super::chain::{self, BrokenChain};
use super::disclosure::Method;
use super::draft::{self, Draft};
use super::freeze::{self, Frozen};
use super::make::{Made, Terms, make_of, next};
use super::model::Release;
use super::preview::Preview;
use super::securing::Unsafe;
use super::tabulate::Tabulation;
use super::uptake::UptakeCounts;
use super::{mode, store};
use crate::campaign::{self, Campaign, keys as campaign_keys};
use crate::clock::Time;
use crate::db::{self, Conn};
use crate::secret::Keys;
use crate::survey::Survey;
use pass::Passed;
use std::borrow::Cow;

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("{missing} more {} needed before the next release", if *missing == 1 { "response is" } else { "responses are" })]
    TooFew { missing: u32 },
    #[error("somebody else was making a release at the same moment: look at it before you make the next")]
    MadeMeanwhile,
    #[error("{0}: restore the database from a backup")]
    Damaged(#[from] BrokenChain),
    #[error(transparent)]
    Unsafe(#[from] Unsafe),
    #[error(
        "release {number} counted {base} responses, and {there} of them are there: restore the database from a backup"
    )]
    Gone { number: u32, base: u64, there: u64 },
    #[error("the release cannot be written as JSON: {0}")]
    Unwritable(#[from] serde_json::Error),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// What a draft makes. Only a preview of it may be shown before it is kept.
#[derive(Clone, Debug)]
pub struct Drafted {
    draft: Draft,
    release: Release,
    /// Whether what to hide was chosen greedily somewhere.
    is_heuristic: bool,
    asked: usize,
}

impl Drafted {
    pub fn preview(&self) -> Preview {
        Preview::of(&self.release)
    }

    /// How what is hidden was chosen and audited, in words. That nothing had to be chosen
    /// is not told: then whatever is hidden is small.
    pub fn method(&self) -> String {
        let chosen = match self.is_heuristic {
            true => "in part by a heuristic, since there is much to choose from",
            false => "by an integer program, solved to the end",
        };
        format!("What is hidden was chosen {chosen}; {} numbers of people were asked for in the audit", self.asked)
    }
}

/// Counts the waiting responses, unless a draft stands, and freezes the next release of
/// `campaign`: all steps in the caller's transaction, undone as a whole when it fails.
pub fn create(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    campaign: &Campaign,
    organisation_name: &str,
    survey: &Survey,
    uptake: UptakeCounts,
) -> Result<Release, CreateError> {
    draft::prepare(conn, keys, now, campaign, uptake)?;
    match drafted(conn, keys, campaign, organisation_name, survey)? {
        Some(drafted) => keep(conn, campaign, drafted),
        None => Err(CreateError::MadeMeanwhile),
    }
}

/// The release that the standing draft makes, not kept; none: there is no draft.
/// Changes nothing, and takes its time.
pub fn drafted(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &Campaign,
    organisation_name: &str,
    survey: &Survey,
) -> Result<Option<Drafted>, CreateError> {
    let Some(draft) = draft::large_enough(conn, campaign)? else { return Ok(None) };
    let earlier = chain::verified(store::bodies(conn, &campaign.id)?)?;
    let is_by_mode = mode::is_among(&campaign.breakdowns, survey);
    let survey = if is_by_mode { Cow::Owned(mode::with_mode(survey)) } else { Cow::Borrowed(survey) };
    let Passed { counts, modes } = pass::over_all(conn, keys, campaign, &survey, is_by_mode, next(&earlier))?;
    check_all_there(&earlier, &counts)?;
    let terms = Terms {
        organisation: organisation_name.to_owned(),
        campaign: campaign.name.clone(),
        survey_version: campaign.survey_version.clone(),
        ticket_key: Some(campaign_keys::public(conn, &campaign.id)?.fingerprint()),
        as_of: draft.as_of,
        min_base: campaign.min_base,
        comment_min_base: campaign.comment_min_base,
        protection: campaign.protection,
        strict: campaign.is_strict,
        breakdowns: campaign.breakdowns.clone(),
        crossings: campaign.crossings.clone(),
        uptake: draft.uptake.clone().answered(modes.iter().map(|(mode, people)| (mode.as_str(), *people))),
    };
    let Made { release, taken, audit, .. } = make_of(terms, &survey, &earlier, &counts)?;
    let is_heuristic = taken.method == Some(Method::Heuristic);
    Ok(Some(Drafted { draft, release, is_heuristic, asked: audit.attacked.targets }))
}

/// Responses only accrue. Were one taken away, what it said would be the difference
/// between this release and one before.
fn check_all_there(earlier: &[Release], counts: &Tabulation) -> Result<(), CreateError> {
    for Release { number, base, .. } in earlier {
        let there = counts.responses.up_to(*number);
        if there != *base {
            return Err(CreateError::Gone { number: *number, base: *base, there });
        }
    }
    Ok(())
}

/// Freezes what a draft made, if it stands as it did and so does the campaign's policy.
pub fn keep(conn: &mut Conn, campaign: &Campaign, drafted: Drafted) -> Result<Release, CreateError> {
    db::alone(conn, campaign.id.as_str())?;
    let k = campaign::store::get(conn, &campaign.id)?.map(|campaign| campaign.min_base);
    if draft::standing(conn, &campaign.id)? != Some(drafted.draft) || k != Some(drafted.release.policy.min_base) {
        return Err(CreateError::MadeMeanwhile);
    }
    let Frozen { hash, body } = freeze::freeze(drafted.release.clone())?;
    let release = Release { hash: hash.clone(), ..drafted.release };
    store::insert(conn, &campaign.id, &release, &Frozen { hash, body }).map_err(|error| {
        if db::is_unique_violation(&error) { CreateError::MadeMeanwhile } else { CreateError::Database(error) }
    })?;
    store::draft::delete(conn, &campaign.id)?;
    Ok(release)
}
