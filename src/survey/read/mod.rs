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
#[cfg(test)]
mod tests;

use super::codelist::{self, CodeList};
use super::model::{Choice, Code, Kind, Lang, QuestionKind, Scale, Section, Survey, Text};
use super::problem::{Problem, Problems, Severity, did_you_mean, shown};
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
    let (survey, warnings) = with_document(source, |reader, fields| reader.survey(fields))?;
    Ok(Checked { survey, warnings })
}

/// Reads and checks a code list that ships with the program.
pub(super) fn code_list(source: &str) -> Result<CodeList, Vec<Problem>> {
    with_document(source, |reader, fields| reader.code_list(fields)).map(|(list, _)| list)
}

fn with_document<T>(
    source: &str,
    read: impl FnOnce(&mut Reader, &Fields) -> Option<T>,
) -> Result<(T, Vec<Problem>), Vec<Problem>> {
    let mut reader = Reader::default();
    if source.len() > MAX_BYTES {
        reader.problems.error(0, "the file is larger than 1 MiB", "is this the right file?");
        return Err(reader.problems.in_order(source));
    }
    let (document, mistakes) = DeTable::parse_recoverable(source);
    if !mistakes.is_empty() {
        // The first mistake of a line explains the others.
        let mut lines = BTreeSet::new();
        for mistake in mistakes {
            let at = mistake.span().map_or(0, |span| span.start);
            let line_start = source.get(..at).and_then(|before| before.rfind('\n'));
            if !lines.insert(line_start) {
                continue;
            }
            let hint = "this is about TOML itself: quotation marks, brackets, or a name used twice";
            reader.problems.error(at, mistake.message(), hint);
        }
        return Err(reader.problems.in_order(source));
    }
    let result = read(&mut reader, &Fields::new(document.get_ref(), 0, "survey"));
    let has_errors = reader.problems.has_errors();
    let problems = reader.problems.in_order(source);
    match result {
        Some(value) if !has_errors => Ok((value, problems)),
        _ if has_errors => Err(problems),
        // Whoever returned none did not say why: refuse all the same.
        _ => Err(vec![Problem {
            line: 1,
            column: 1,
            severity: Severity::Error,
            message: "the file cannot be read".to_owned(),
            hint: String::new(),
        }]),
    }
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
    fn survey(&mut self, fields: &Fields) -> Option<Survey> {
        self.only_known_keys(fields, &shape::SURVEY);
        let code = fields.code(self, "code");
        let kind = self.kind(fields);
        let minutes = fields.required_integer(self, "minutes", 1..=60);
        let title = fields.label(self, "title");
        let introduction = fields.words(self, "introduction", PROSE_LENGTH);
        self.scales(fields);
        self.lists(fields);
        let sections = self.sections(fields);
        self.unused();
        let languages = self.languages();
        Some(Survey {
            code: code?.value,
            kind: kind?,
            title: title?,
            introduction,
            minutes: u32::try_from(minutes?.value).ok()?,
            languages,
            sections: sections?,
        })
    }

    fn code_list(&mut self, fields: &Fields) -> Option<CodeList> {
        self.only_known_keys(fields, &shape::CODE_LIST);
        let mut text = |key| {
            if !fields.has(key) {
                self.missing(fields, key, "a text");
            }
            fields.string(self, key)
        };
        let (name, source) = (text("name"), text("source"));
        let title = fields.label(self, "title");
        let options = self.options(fields, "options", &shape::OPTION);
        Some(CodeList {
            name: name?.value.to_owned(),
            title: title?,
            source: source?.value.to_owned(),
            options: options?,
        })
    }

    fn kind(&mut self, fields: &Fields) -> Option<Kind> {
        if !fields.has("kind") {
            self.missing(fields, "kind", "\"exit\" for leavers, \"retention\" for those who stay");
        }
        let kind = fields.string(self, "kind")?;
        match kind.value {
            "exit" => Some(Kind::Exit),
            "retention" => Some(Kind::Retention),
            other => {
                let hint = did_you_mean(other, ["exit", "retention"]);
                self.problems.error(kind.at, format!("there is no kind {}", shown(other)), hint);
                None
            }
        }
    }

    fn sections(&mut self, survey: &Fields) -> Option<Vec<Section>> {
        let Some(tables) = survey.tables(self, "section", "section") else {
            if !survey.has("section") {
                self.missing(survey, "section", "write [[section]] on a line of its own, and its questions below it");
            }
            return None;
        };
        if tables.len() > MAX_SECTIONS {
            let message = format!("there are {} sections; {MAX_SECTIONS} is the most", tables.len());
            self.problems.error(survey.place("section"), message, "");
            return None;
        }
        let count = self.note_where_questions_are(&tables);
        if count > MAX_QUESTIONS {
            let message = format!("there are {count} questions; {MAX_QUESTIONS} is the most");
            self.problems.error(survey.place("section"), message, "");
            return None;
        }
        if tables.is_empty() {
            self.problems.error(survey.place("section"), "the survey asks nothing", "add a section with a question");
        }
        let mut codes = BTreeSet::new();
        let sections = tables.iter().enumerate().map(|(index, fields)| self.section(fields, index, &mut codes));
        let sections: Vec<Option<Section>> = sections.collect();
        sections.into_iter().collect()
    }

    /// So that a condition can tell a question that comes too late from one that
    /// does not exist. Returns how many questions there are.
    fn note_where_questions_are(&mut self, sections: &[Fields]) -> usize {
        let mut count = 0;
        for (index, section) in sections.iter().enumerate() {
            let Some(At { value: DeValue::Array(questions), .. }) = section.get("question") else { continue };
            count += questions.len();
            for question in questions.iter() {
                let code = question.get_ref().as_table().and_then(|table| table.get("code"));
                if let Some(code) = code.and_then(|code| code.get_ref().as_str()) {
                    self.sections_of.entry(code.to_owned()).or_insert(index);
                }
            }
        }
        count
    }

    fn section(&mut self, fields: &Fields, index: usize, codes: &mut BTreeSet<Code>) -> Option<Section> {
        self.only_known_keys(fields, &shape::SECTION);
        let code = fields.code(self, "code");
        self.only_once(codes, code.as_ref(), "section");
        let title = fields.label(self, "title");
        let help = fields.words(self, "help", PROSE_LENGTH);
        let ask_if = self.condition(fields, index);
        let questions = match fields.tables(self, "question", "question") {
            Some(tables) if !tables.is_empty() => {
                let questions = tables.iter().map(|question| self.question(question, index));
                questions.collect::<Vec<_>>().into_iter().collect()
            }
            _ => {
                if !matches!(fields.get("question"), Some(At { value, .. }) if !value.is_array()) {
                    let hint = "write [[section.question]] on a line of its own, and the question below it";
                    self.problems.error(fields.at, format!("{} asks nothing", fields.what), hint);
                }
                None
            }
        };
        Some(Section { code: code?.value, title: title?, help, ask_if, questions: questions? })
    }

    fn only_once(&mut self, seen: &mut BTreeSet<Code>, code: Option<&At<Code>>, noun: &str) {
        let Some(code) = code else { return };
        if !seen.insert(code.value.clone()) {
            let message = format!("the code `{}` is used for an earlier {noun}", code.value);
            self.problems.error(code.at, message, format!("give each {noun} a code of its own"));
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

    /// Called for all words read.
    fn saw_words(&mut self, at: usize, key: &str, text: &Text) {
        if text.cy.is_some() {
            self.is_translated = true;
        } else {
            self.untranslated.push((at, format!("`{key}`")));
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
