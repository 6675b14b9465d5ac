//! Making a release from values: tabulate, protect, put together. Pure.

use super::audit::Audit;
use super::disclosure::Taken;
use super::model::{Policy, Release, SurveyRef};
use super::securing::{Secured, Unsafe, secure};
use super::tabulate::{Tabulation, tabulate};
use super::uptake::{UptakeCounts, uptake};
use crate::survey::{Answers, Code, Survey};
use chrono::NaiveDate;

/// What a release says of itself, and the campaign's policy on the day.
#[derive(Clone, Debug)]
pub struct Terms {
    pub organisation: String,
    pub campaign: String,
    pub survey_version: String,
    pub ticket_key: Option<String>,
    pub as_of: NaiveDate,
    pub min_base: u32,
    pub comment_min_base: u32,
    pub protection: u32,
    pub strict: bool,
    pub breakdowns: Vec<Code>,
    /// Each of two of the breakdowns.
    pub crossings: Vec<(Code, Code)>,
    pub uptake: UptakeCounts,
}

/// A release, and what it took to make it safe.
#[derive(Clone, Debug)]
pub struct Made {
    pub release: Release,
    pub taken: Taken,
    pub audit: Audit,
    /// How many audits it took.
    pub audits: usize,
}

/// The release after `earlier` (all there are, first to last). `responses` are
/// all that were ever counted, each with the number of the release that counted
/// it first, those of this release included. Not frozen yet: its hash is empty.
pub fn make(
    terms: Terms,
    survey: &Survey,
    earlier: &[Release],
    responses: impl IntoIterator<Item = (u32, Answers)>,
) -> Result<Made, Unsafe> {
    let counts = tabulate(survey, &terms.breakdowns, &terms.crossings, next(earlier), responses);
    make_of(terms, survey, earlier, &counts)
}

/// [`make`], of what was counted.
pub fn make_of(terms: Terms, survey: &Survey, earlier: &[Release], counts: &Tabulation) -> Result<Made, Unsafe> {
    let (last, number) = (earlier.last(), next(earlier));
    let policy = Policy {
        min_base: terms.min_base,
        comment_min_base: terms.comment_min_base,
        decimals: 1,
        protection: Some(terms.protection),
        strict: terms.strict,
    };
    let draft = Release {
        organisation: terms.organisation,
        campaign: terms.campaign,
        survey: SurveyRef { code: survey.code.to_string(), version: terms.survey_version },
        number,
        as_of: terms.as_of,
        previous_hash: last.map(|release| release.hash.clone()),
        hash: String::new(),
        ticket_key: terms.ticket_key,
        policy,
        uptake: None,
        base: counts.responses.up_to(number),
        tables: Vec::new(),
    };
    let Secured { tables, taken, audit, audits } = secure(counts, survey, earlier, &draft)?;
    let release = Release { tables, ..draft };
    let uptake = uptake(&terms.uptake, &release, earlier);
    Ok(Made { release: Release { uptake, ..release }, taken, audit, audits })
}

/// The number of the release after these.
pub fn next(earlier: &[Release]) -> u32 {
    earlier.last().map_or(0, |release| release.number) + 1
}
