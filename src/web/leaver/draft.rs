//! The answers on their way: all that was filled in so far, as it was filled in,
//! sealed into the page that the leaver's browser holds. The server keeps none
//! of it.

use super::place::Place;
use crate::packed;
use crate::secret::{Keys, Purpose};
use crate::survey::form::{self, FormProblem};
use crate::survey::{Answers, Code, Section, Survey, journey};
use crate::web::Fields;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most bytes that a draft unpacks to.
const LONGEST: u64 = 1 << 20;

/// Names and values as the browser sent them, by section: half-typed and wrong
/// ones too, so that going back and forth loses nothing.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pages: BTreeMap<Code, Vec<(String, String)>>,
    /// Has been at the page of all answers: Continue leads back to it.
    pub has_checked: bool,
}

/// What the draft comes to: the answers that count, and what is wrong on the
/// pages that are asked. It does not print.
pub(super) struct Reading<'a> {
    pub answers: Answers,
    pub sections: Vec<&'a Section>,
    pub problems: BTreeMap<Code, Vec<FormProblem>>,
}

impl<'a> Reading<'a> {
    /// A section that is asked.
    pub fn section(&self, code: &str) -> Option<&'a Section> {
        self.sections.iter().copied().find(|section| section.code.as_str() == code)
    }
}

impl Draft {
    /// Takes over what a section's page sent. The whole page: what is not in it
    /// was unticked.
    pub fn put(&mut self, section: &Section, sent: &Fields) {
        let asked = section.questions.iter().map(|question| form::field(&question.code)).collect::<Vec<_>>();
        let is_ours = |name: &str| {
            asked
                .iter()
                .any(|field| name.strip_prefix(field.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('.')))
        };
        let values = sent.pairs().iter().filter(|(name, value)| is_ours(name) && !value.is_empty()).cloned();
        self.pages.insert(section.code.clone(), values.collect());
    }

    /// What was filled in on a section's page.
    pub fn page(&self, section: &Code) -> &[(String, String)] {
        self.pages.get(section).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn has_seen(&self, section: &Code) -> bool {
        self.pages.contains_key(section)
    }

    /// Reads everything, in the order of the survey: what is asked follows from
    /// the answers before it.
    pub fn read<'a>(&self, survey: &'a Survey) -> Reading<'a> {
        let mut reading = Reading { answers: Answers::new(), sections: Vec::new(), problems: BTreeMap::new() };
        for section in &survey.sections {
            let questions = journey::asked_questions(section, &reading.answers);
            if questions.is_empty() {
                continue;
            }
            let (answers, problems) = form::read(&questions, self.page(&section.code));
            reading.answers.extend(answers);
            reading.sections.push(section);
            if !problems.is_empty() {
                reading.problems.insert(section.code.clone(), problems);
            }
        }
        reading
    }

    /// Adds the pages that `other` has and this one has not.
    pub fn add_missing(&mut self, other: Draft) {
        for (section, fields) in other.pages {
            self.pages.entry(section).or_insert(fields);
        }
    }

    /// Without the values that are longer than that many bytes.
    pub fn without_longer_than(&self, longest: usize) -> Draft {
        let mut draft = self.clone();
        draft.pages.values_mut().for_each(|page| page.retain(|(_, value)| value.len() <= longest));
        draft
    }

    /// Packed and sealed, as text. Bound to the ticket and to the survey's
    /// version: it opens nowhere else.
    pub fn seal(&self, keys: &Keys, place: &Place) -> String {
        // Names and values are text: they can be written as JSON.
        let packed = packed::pack(self).unwrap_or_default();
        BASE64.encode(keys.seal(Purpose::Draft, &bound_to(place), &packed))
    }

    /// None: not one of ours, not whole, or of another ticket.
    pub fn open(keys: &Keys, place: &Place, sealed: &str) -> Option<Draft> {
        let packed = keys.open(Purpose::Draft, &bound_to(place), &BASE64.decode(sealed).ok()?)?;
        packed::unpack(&packed, LONGEST)
    }
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Draft([answers])")
    }
}

impl std::fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reading([answers])")
    }
}

fn bound_to(place: &Place) -> Vec<u8> {
    let mut bytes = place.ticket.bytes().to_vec();
    bytes.extend(place.campaign.survey_version.as_bytes());
    bytes.extend(place.campaign.id.as_str().as_bytes());
    bytes
}
