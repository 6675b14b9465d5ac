//! From a TOML file to a [`Survey`] that makes sense, or to everything that is
//! wrong with it. One pass in the order of the file: whatever a question refers
//! to (scales, lists, questions of earlier sections) has been read before it.

mod condition;
mod fields;
mod options;
mod question;
#[cfg(test)]
mod readme;
pub mod shape;
mod survey;
#[cfg(test)]
mod tests;
mod words;

use super::Lang;
use super::codelist::{self, CodeList};
use super::model::{Choice, Code, QuestionKind, Scale, Survey, Text};
use super::problem::{Problem, Problems, did_you_mean, shown};
use fields::{At, Fields};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::{DeTable, DeValue};

/// More than anybody can answer, and what keeps a hostile file from costing much.
pub const MAX_BYTES: usize = 1 << 20;
pub const MAX_SECTIONS: usize = 50;
pub const MAX_QUESTIONS: usize = 300;
pub const MAX_OPTIONS: usize = 200;
/// Characters of a label or title, and of a help text or introduction.
pub const LABEL_LENGTH: usize = 300;
pub const PROSE_LENGTH: usize = 5_000;

/// A survey that can be published, and what could be better about it.
#[derive(Clone, Debug)]
pub struct Checked {
    pub survey: Survey,
    pub warnings: Vec<Problem>,
}

/// Reads and checks a survey file.
///
/// # Errors
/// Every problem of the file in its order, warnings included, if at least one of
/// them is an error. A file that is not TOML has its mistakes of syntax only.
pub fn parse(source: &str) -> Result<Checked, Vec<Problem>> {
    let (survey, problems) = document(source, |reader, fields| reader.survey(fields));
    match survey {
        Some(survey) if !problems.has_errors() => Ok(Checked { survey, warnings: problems.in_order(source) }),
        _ => Err(problems.in_order(source)),
    }
}

/// Reads a survey that was published: it passed the checks of its time, and checks
/// that have become stricter since do not take it away.
pub(super) fn published(source: &str) -> Result<Survey, Vec<Problem>> {
    let (survey, problems) = document(source, |reader, fields| reader.survey(fields));
    survey.ok_or_else(|| problems.in_order(source))
}

/// Reads and checks a code list that ships with the program.
pub(super) fn code_list(source: &str) -> Result<CodeList, Vec<Problem>> {
    let (list, problems) = document(source, |reader, fields| reader.code_list(fields));
    list.filter(|_| !problems.has_errors()).ok_or_else(|| problems.in_order(source))
}

/// Whoever `read`s reports an error when it returns none.
fn document<T>(source: &str, read: impl FnOnce(&mut Reader, &Fields) -> Option<T>) -> (Option<T>, Problems) {
    let mut reader = Reader::default();
    if source.len() > MAX_BYTES {
        reader.problems.error(0, "the file is larger than 1 MiB", "is this the right file?");
        return (None, reader.problems);
    }
    let (document, mistakes) = DeTable::parse_recoverable(source);
    // The first mistake of a line explains the others.
    let mut lines = BTreeSet::new();
    for mistake in &mistakes {
        let at = mistake.span().map_or(0, |span| span.start);
        if lines.insert(source.get(..at).and_then(|before| before.rfind('\n'))) {
            let hint = "this is about TOML itself: quotation marks, brackets, or a name used twice";
            reader.problems.error(at, mistake.message(), hint);
        }
    }
    let result =
        mistakes.is_empty().then(|| read(&mut reader, &Fields::new(document.get_ref(), 0, "survey"))).flatten();
    (result, reader.problems)
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Reader {
    problems: Problems,
    scales: BTreeMap<String, Shared<Scale>>,
    lists: BTreeMap<String, Shared<Vec<Choice>>>,
    /// The section of every question of the file, those to come included.
    sections_of: BTreeMap<String, usize>,
    /// The questions read; none for one with errors of its own.
    questions: BTreeMap<Code, Option<QuestionKind>>,
    is_translated: bool,
    untranslated: Vec<(usize, String)>,
}

/// A scale or list; none if it has errors of its own.
#[derive(Debug)]
struct Shared<T> {
    at: usize,
    value: Option<T>,
    is_used: bool,
}

impl Reader {
    fn only_once(&mut self, seen: &mut BTreeSet<Code>, code: Option<&At<Code>>, noun: &str) {
        let Some(code) = code else { return };
        if !seen.insert(code.value.clone()) {
            let message = format!("the code `{}` is used for an earlier {noun}", code.value);
            self.problems.error(code.at, message, format!("give each {noun} a code of its own"));
        }
    }

    /// Called for all words read.
    fn saw_words(&mut self, at: usize, key: &str, text: &Text) {
        if text.cy.is_some() {
            self.is_translated = true;
        } else {
            self.untranslated.push((at, format!("`{key}`")));
        }
    }

    fn unused(&mut self) {
        let scales = self.scales.iter().map(|(name, scale)| ("scale", name, scale.at, scale.is_used));
        let lists = self.lists.iter().map(|(name, list)| ("list", name, list.at, list.is_used));
        for (noun, name, at, is_used) in scales.chain(lists) {
            if !is_used {
                let message = format!("no question uses the {noun} {}", shown(name));
                self.problems.warning(at, message, "remove it, or name it in a question");
            }
        }
    }

    /// A file with some Welsh in it is meant to be wholly in Welsh.
    fn languages(&mut self) -> Vec<Lang> {
        if !self.is_translated {
            return vec![Lang::En];
        }
        for (at, what) in std::mem::take(&mut self.untranslated) {
            let hint = "add cy = \"...\" beside the English; until then Welsh pages show the English here";
            self.problems.warning(at, format!("{what} is not translated into Welsh"), hint);
        }
        Lang::ALL.to_vec()
    }
}
