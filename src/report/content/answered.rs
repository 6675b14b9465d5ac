//! Who answered, and how far that speaks for the rest.

use super::words::people;
use super::{represented, uptake};
use crate::release::Release;
use crate::report::model::{Look, Section};
use crate::report::source::Source;
use crate::report::template::Part;
use crate::report::view::{self, QuestionView};

pub fn part(source: &Source, questions: &[QuestionView]) -> Section {
    let mut part = Section::new("uptake", Part::Answered.title());
    match &source.release.uptake {
        Some(found) => {
            part.write(Look::Lead, uptake::sentence(found));
            part.say(Look::Plain, caution(source.release));
            part.sections.extend(uptake::sections(found));
        }
        None => part.write(Look::Plain, super::words::hidden_note()),
    }
    part.sections.extend(represented::section(source, questions));
    part
}

/// How far the answers speak for those who did not answer.
pub fn caution(release: &Release) -> String {
    let Some(uptake) = &release.uptake else {
        return "How many did not answer is not published: take the figures as those of the people who did.".to_owned();
    };
    let silent = uptake.offered.saturating_sub(uptake.taken_up.count);
    match uptake.taken_up.percent.0 {
        1000 => "Everybody who was offered an interview answered: the figures are those of all of them.".to_owned(),
        800.. => format!(
            "All figures are of people who answered: {} did not, and {} is most of those who were asked.",
            people(silent),
            view::percent(uptake.taken_up.percent)
        ),
        _ => format!(
            "All figures are of people who answered: {} did not, and may think otherwise; the intervals allow for chance, \
             not for that.",
            people(silent)
        ),
    }
}
