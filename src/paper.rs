//! A release with all that its report is made from, fetched together: the one door
//! from the database to a report, for the pages, the API and the command line.

use crate::campaign::{self, Campaign};
use crate::comment::{self, Annex};
use crate::db::Conn;
use crate::id::CampaignId;
use crate::release::freeze::Broken;
use crate::release::store::{self, Listed};
use crate::release::{Group, Release, freeze, with_mode};
use crate::report::{self, Format, PdfError, Report, Source, Template};
use crate::survey::{self, Code, Kind, Question, Survey};
use crate::template;
use crate::workforce::{self, Shown};

/// A release as it was frozen, with what is needed to show it.
#[derive(Debug)]
pub struct Paper {
    pub listed: Listed,
    body: String,
    pub release: Release,
    survey: Survey,
    /// The campaign's releases before it.
    earlier: Vec<Release>,
    stayers: Option<(Release, Survey)>,
    annex: Option<Annex>,
    workforce: Option<Shown>,
    /// How the organisation's papers look.
    pub template: Template,
}

#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("release {number} is not as it was frozen: restore the database from a backup ({broken})")]
    Damaged { number: u32, broken: Broken },
    #[error("the survey that release {number} asked is not in the database")]
    NoSurvey { number: u32 },
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

impl Paper {
    /// None: the campaign has no release of that number.
    pub fn find(conn: &mut Conn, campaign: &CampaignId, number: u32) -> Result<Option<Paper>, PaperError> {
        store::find(conn, campaign, number)?.map(|listed| Paper::load(conn, listed)).transpose()
    }

    pub fn load(conn: &mut Conn, listed: Listed) -> Result<Paper, PaperError> {
        let bodies = store::bodies(conn, &listed.campaign_id)?;
        let mut releases = Vec::new();
        for (number, body) in (1..=listed.number).zip(&bodies) {
            // A release that was tampered with is shown to nobody.
            releases.push(freeze::verify(body).map_err(|broken| PaperError::Damaged { number, broken })?);
        }
        let (Some(release), Some(body)) = (releases.pop(), bodies.into_iter().nth(releases.len())) else {
            return Err(diesel::NotFound.into());
        };
        let survey = survey_of(conn, &release)?;
        let campaign = campaign::store::get(conn, &listed.campaign_id)?.ok_or(diesel::NotFound)?;
        let stayers = stayers(conn, &campaign, &release)?;
        let annex = comment::store::annex(conn, &campaign.id, listed.number)?;
        let workforce = workforce(conn, &campaign, &release, &survey)?;
        let template = template::store::load(conn, &campaign.organisation_id)?;
        Ok(Paper { listed, body, release, survey, earlier: releases, stayers, annex, workforce, template })
    }

    /// Without the figures of another campaign beside its own: for whoever may know of
    /// this one only.
    pub fn alone(self) -> Paper {
        Paper { stayers: None, ..self }
    }

    pub fn report(&self, template: &Template, about: &str) -> Report {
        report::report(&self.source(template, about))
    }

    /// `about` is the address of the campaign's public page, `style` the site's stylesheet.
    pub fn write(&self, format: Format, template: &Template, about: &str, style: &str) -> Result<Vec<u8>, PdfError> {
        report::write(format, &self.source(template, about), &self.body, style)
    }

    /// The frozen text, byte for byte.
    pub fn frozen(&self) -> &str {
        &self.body
    }

    /// `Leavers: release 2`
    pub fn title(&self) -> String {
        format!("{}: release {}", self.release.campaign, self.release.number)
    }

    /// The questions by which its figures are split, and what they are called.
    pub fn breakdowns(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for code in self.release.tables.iter().filter_map(|table| table.breakdown.as_deref()) {
            let question = self.survey.question(code);
            if let Some(question) = question.filter(|_| !found.iter().any(|(known, _)| known == code)) {
                found.push((code.to_owned(), question.label.en.clone()));
            }
        }
        found
    }

    fn source<'a>(&'a self, template: &'a Template, about: &'a str) -> Source<'a> {
        Source {
            release: &self.release,
            survey: &self.survey,
            earlier: &self.earlier,
            stayers: self.stayers.as_ref().map(|(release, survey)| (release, survey)),
            annex: self.annex.as_ref(),
            workforce: self.workforce.as_ref(),
            template,
            about,
        }
    }
}

fn survey_of(conn: &mut Conn, release: &Release) -> Result<Survey, PaperError> {
    let survey = survey::store::load(conn, &release.survey.version)?;
    Ok(with_mode(&survey.ok_or(PaperError::NoSurvey { number: release.number })?))
}

/// Beside leavers: what those who stay said, in the latest release of a retention
/// campaign of the same organisation that was there by then.
fn stayers(conn: &mut Conn, campaign: &Campaign, release: &Release) -> Result<Option<(Release, Survey)>, PaperError> {
    if campaign.kind != Kind::Exit {
        return Ok(None);
    }
    let others = campaign::store::list(conn, &campaign.organisation_id)?;
    let mut latest: Option<Listed> = None;
    for other in others.iter().filter(|other: &&Campaign| other.kind == Kind::Retention) {
        let by_then = store::list(conn, &other.id)?.into_iter().filter(|listed| listed.as_of <= release.as_of);
        latest = latest.into_iter().chain(by_then).max_by_key(|listed| (listed.as_of, listed.number));
    }
    let Some(listed) = latest else { return Ok(None) };
    let body = store::body(conn, &listed.campaign_id, listed.number)?.ok_or(diesel::NotFound)?;
    let number = listed.number;
    let found = freeze::verify(&body).map_err(|broken| PaperError::Damaged { number, broken })?;
    let survey = survey_of(conn, &found)?;
    Ok(Some((found, survey)))
}

/// What can be shown of the workforce of the last period that was over by then.
fn workforce(
    conn: &mut Conn,
    campaign: &Campaign,
    release: &Release,
    survey: &Survey,
) -> Result<Option<Shown>, PaperError> {
    let Some(found) = workforce::store::latest(conn, &campaign.organisation_id, release.as_of)? else {
        return Ok(None);
    };
    let questions: Vec<&Question> =
        campaign.breakdowns.iter().filter_map(|code| survey.question(code.as_str())).collect();
    // Raised since, it holds for what is worked out now.
    let k = release.policy.min_base.max(campaign.min_base);
    let is_of_leavers = campaign.kind == Kind::Exit;
    Ok(Some(workforce::shown(&found, &questions, k, &|of| is_of_leavers.then(|| answered(release, of))?)))
}

/// How many answered, of all or of a question's option, as far as that is published: by
/// the question's own table, or as the base of another's group. What is as at an earlier
/// release stands beside nothing of this one.
fn answered(release: &Release, of: Option<(&Code, &Code)>) -> Option<u64> {
    let Some((question, option)) = of else { return Some(release.base) };
    let is_current = |group: &&Group| group.as_at.is_none();
    let split = release.tables.iter().filter(|table| table.breakdown.as_deref() == Some(question.as_str()));
    let groups = split.flat_map(|table| &table.groups).filter(is_current);
    let bases = groups.filter(|group| group.group.as_deref() == Some(option.as_str())).filter_map(|group| group.base);
    let own = release.tables.iter().filter(|table| table.question == question.as_str() && table.breakdown.is_none());
    let cells = own.flat_map(|table| &table.groups).filter(is_current).flat_map(|group| group.cells.iter().flatten());
    let cells = cells.filter(|cell| cell.option == option.as_str() && cell.as_at.is_none());
    bases.chain(cells.filter_map(|cell| cell.count)).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;

    #[test]
    fn a_group_is_as_large_as_its_own_question_says_and_not_as_others_that_it_passed_over() {
        let mut release = sample::release();
        let of = |release: &Release, option: &str| {
            answered(release, Some((&sample::code("directorate"), &sample::code(option))))
        };
        release.tables.retain(|table| table.breakdown.is_none() || table.question == "recommend");
        let recommend = release.tables.iter().find(|table| table.breakdown.is_some()).unwrap();
        let children = recommend.groups.iter().find(|group| group.group.as_deref() == Some("children")).unwrap();
        assert!(children.base.is_some_and(|base| base < 15), "some of them skipped it");
        assert_eq!((of(&release, "children"), of(&release, "housing")), (Some(15), None));
        assert_eq!(answered(&release, None), Some(30));
        release.tables.iter_mut().flat_map(|table| &mut table.groups).for_each(|group| group.as_at = Some(1));
        assert_eq!(of(&release, "children"), None, "those of an earlier release");
    }
}
