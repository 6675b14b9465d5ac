//! What a report says: each part from a release, in the words of the survey. Nothing
//! here computes with figures that the release did not clear; what is worked out
//! (a mean, a difference) is what any reader could work out from what is printed.

mod answered;
mod brief;
pub mod changes;
pub mod comments;
mod crossing;
mod figures;
mod made;
pub mod measures;
mod over_time;
mod question;
mod questionnaire;
mod questions;
pub mod represented;
mod scale;
mod split;
pub mod stayers;
pub mod top;
mod uptake;
pub mod uptake_words;
mod words;
pub mod workforce;

use super::model::Report;
use super::source::Source;
use super::template::Part;
use super::view;
use crate::survey::Lang;

/// The whole report. Parts of which the release has nothing are not in it.
pub fn report(source: &Source) -> Report {
    let (release, template) = (source.release, source.template);
    let questions = view::questions(source, Lang::En);
    let parts = Part::ALL.into_iter().filter(|part| template.parts.contains(part)).map(|part| match part {
        Part::Brief => brief::part(source, &questions),
        Part::Answered => answered::part(source, &questions),
        Part::Questions => questions::part(&questions, release.number),
        Part::Made => made::part(source),
        Part::Comments => comments::part(source),
        Part::Stayers => stayers::part(source, &questions),
        Part::Workforce => workforce::part(source),
    });
    Report {
        title: template.title.clone().unwrap_or_else(|| release.campaign.clone()),
        organisation: release.organisation.clone(),
        subtitle: words::subtitle(release, template),
        committee: template.committee.clone(),
        date: template.date.unwrap_or(release.as_of),
        look: template.look.clone(),
        parts: parts.filter(|part| !part.is_empty()).collect(),
    }
}
