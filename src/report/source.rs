//! What a report is made from: frozen figures and the words for their codes.

use super::template::Template;
use crate::comment::Annex;
use crate::release::Release;
use crate::survey::Survey;
use crate::workforce::Shown;

#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub release: &'a Release,
    /// The survey that it asked; with the mode as a question, if figures are split by it.
    pub survey: &'a Survey,
    /// The campaign's releases before it, first to last.
    pub earlier: &'a [Release],
    /// The latest release of the organisation's retention campaign, and its survey.
    pub stayers: Option<(&'a Release, &'a Survey)>,
    /// What was added to it of people's own words.
    pub annex: Option<&'a Annex>,
    /// The organisation's workforce, as far as it can be shown beside the release.
    pub workforce: Option<&'a Shown>,
    pub template: &'a Template,
    /// The address of the campaign's public page.
    pub about: &'a str,
}
