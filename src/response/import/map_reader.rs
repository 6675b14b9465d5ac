//! Reads a mapping file against the survey that it is for; reports everything
//! that is wrong with it, each at its place.

use super::map::{Column, Encoding, Map, Meaning, MonthFormat, NoAnswer, Reads, SEPARATORS, Use};
use super::problem::{Problem, Refused};
use super::text::Lines;
use crate::survey::problem::{Problems, did_you_mean, shown};
use crate::survey::{Code, Question, QuestionKind, Survey};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const MAX_BYTES: usize = 1 << 20;

/// The keys of the file, of a `[column."..."]` and of a `[multiple.CODE]`;
/// `surveys/examples/README.md` tells what each is for.
pub(super) const FILE_KEYS: [&str; 8] =
    ["survey", "encoding", "separator", "missing", "ignore", "values", "column", "multiple"];
pub(super) const COLUMN_KEYS: [&str; 5] = ["question", "values", "between", "format", "missing"];
pub(super) const MULTIPLE_KEYS: [&str; 4] = ["chosen", "not_chosen", "missing", "columns"];

pub(super) type Table<'a> = &'a DeTable<'a>;
pub(super) type Value<'a> = &'a Spanned<DeValue<'a>>;

impl Map {
    /// Reads and checks a mapping file; `file` is what it is called in messages.
    ///
    /// # Errors
    /// Every problem, in the order of the file. A file that is not TOML has its
    /// mistakes of syntax only.
    pub fn read(file: &str, source: &str, survey: &Survey) -> Result<Map, Refused> {
        let mut reader = Reader::new(survey, source);
        let (document, mistakes) = match source.len() {
            0..=MAX_BYTES => DeTable::parse_recoverable(source),
            _ => {
                reader.problems.error(0, "the mapping file is larger than 1 MiB", "is this the right file?");
                DeTable::parse_recoverable("")
            }
        };
        for mistake in &mistakes {
            reader.problems.error(mistake.span().map_or(0, |span| span.start), mistake.message(), "");
        }
        if !reader.problems.has_errors() {
            reader.file(document.get_ref());
        }
        if reader.problems.has_errors() {
            let problems = reader.problems.in_order(source);
            return Err(Refused {
                problems: problems.into_iter().map(|p| Problem::of_map(file, p)).collect(),
                more: 0,
            });
        }
        Ok(Map {
            file: file.to_owned(),
            encoding: reader.encoding,
            separator: reader.separator,
            columns: reader.columns,
        })
    }
}

pub(super) struct Reader<'a> {
    survey: &'a Survey,
    source: &'a str,
    lines: Lines,
    pub(super) problems: Problems,
    encoding: Option<Encoding>,
    separator: Option<u8>,
    columns: BTreeMap<String, Column>,
    /// What is missing in every column; those of a column come on top.
    pub(super) missing: BTreeMap<String, NoAnswer>,
    /// Shared value lists by name, and those that something uses.
    pub(super) lists: BTreeMap<&'a str, Table<'a>>,
    pub(super) used: BTreeSet<&'a str>,
    /// Questions that have a column already.
    taken: BTreeSet<Code>,
}

impl<'a> Reader<'a> {
    fn new(survey: &'a Survey, source: &'a str) -> Self {
        Reader {
            survey,
            source,
            lines: Lines::of(source.as_bytes()),
            problems: Problems::default(),
            encoding: None,
            separator: None,
            columns: BTreeMap::new(),
            missing: BTreeMap::from([(String::new(), NoAnswer::Skipped)]),
            lists: BTreeMap::new(),
            used: BTreeSet::new(),
            taken: BTreeSet::new(),
        }
    }

    fn file(&mut self, table: Table<'a>) {
        self.only_known_keys(table, &FILE_KEYS, "a mapping file");
        self.survey_code(table);
        self.encoding = self.one_of(table, "encoding", &Encoding::NAMES).flatten();
        self.separator = self.one_of(table, "separator", &SEPARATORS).flatten();
        self.missing(table).into_iter().for_each(|(value, why)| {
            self.missing.insert(value, why);
        });
        for value in table.get("ignore").map(|v| self.array(v, "ignore")).unwrap_or_default() {
            if let Some(name) = self.string(value, "ignore") {
                self.column(name, value.span().start, None);
            }
        }
        for (name, list) in self.tables(table, "values") {
            self.lists.insert(name.get_ref(), list);
        }
        for (name, fields) in self.tables(table, "column") {
            let use_ = self.single_column(name.span().start, fields);
            self.column(name.get_ref(), name.span().start, use_);
        }
        for (name, fields) in self.tables(table, "multiple") {
            self.multiple(name, fields);
        }
        for (name, _) in self.tables(table, "values") {
            if !self.used.contains(name.get_ref().as_ref()) {
                let message = format!("no column uses the value list {}", shown(name.get_ref()));
                self.problems.error(name.span().start, message, "remove it, or name it: values = \"...\"");
            }
        }
    }

    fn survey_code(&mut self, table: Table<'a>) {
        let ours = self.survey.code.as_str();
        match table.get("survey").map(|value| (self.string(value, "survey"), value.span().start)) {
            None => {
                let hint = format!("add survey = \"{ours}\" if it is for that survey");
                self.problems.error(0, "the file does not say which survey it is for", hint);
            }
            Some((Some(code), at)) if code != ours => {
                let message = format!("the file is for the survey {}, and the campaign asks `{ours}`", shown(code));
                self.problems.error(at, message, "");
            }
            Some(_) => {}
        }
    }

    /// A column may be spoken of once.
    fn column(&mut self, name: &str, at: usize, use_: Option<Use>) {
        let column = Column { place: self.lines.place(self.source, at), use_ };
        if self.columns.insert(name.trim().to_owned(), column).is_some() {
            self.problems.error(at, format!("the column {} has been spoken of before", shown(name)), "");
        }
    }

    /// A column that answers a question of its own. None: it is wrong, and that
    /// has been said.
    fn single_column(&mut self, at: usize, fields: Table<'a>) -> Option<Use> {
        self.only_known_keys(fields, &COLUMN_KEYS, "a column");
        let missing = self.missing_here(fields);
        let Some(value) = fields.get("question") else {
            self.problems.error(at, "the column has no `question`", "name a question, or list the column in `ignore`");
            return None;
        };
        let code = self.string(value, "question")?;
        let question = self.question(code, value.span().start)?;
        let reads = self.reads(question, value.span().start, fields)?;
        Some(Use { question: question.code.clone(), missing, reads })
    }

    fn reads(&mut self, question: &'a Question, at: usize, fields: Table<'a>) -> Option<Reads> {
        let between = fields.get("between").map(|value| (value, self.string(value, "between")));
        let format = self.one_of(fields, "format", &MonthFormat::NAMES);
        let is_choice = !question.choices().is_empty();
        let takes = [
            ("values", is_choice),
            ("between", matches!(question.kind, QuestionKind::Multiple { .. })),
            ("format", matches!(question.kind, QuestionKind::Month { .. })),
        ];
        for (key, takes) in takes {
            if let Some(value) = fields.get(key).filter(|_| !takes) {
                let message = format!("a {} question has no use for `{key}`", question.type_name());
                self.problems.error(value.span().start, message, "remove it");
            }
        }
        match question.kind {
            QuestionKind::Single { .. } | QuestionKind::Scale { .. } => Some(Reads::One(self.values(question, fields))),
            QuestionKind::Multiple { .. } => match between {
                Some((_, Some(between))) if !between.is_empty() => {
                    Some(Reads::Several { between: between.to_owned(), values: self.values(question, fields) })
                }
                _ => {
                    let hint = format!(
                        "say what stands between them (between = \";\"), or give each option a column of its own in \
                         [multiple.{}]",
                        question.code
                    );
                    self.problems.error(at, "one column holds several answers here", hint);
                    None
                }
            },
            QuestionKind::Rating { .. } => Some(Reads::Rating),
            QuestionKind::Number { .. } => Some(Reads::Number),
            QuestionKind::Month { .. } => match format {
                Some(format) => Some(Reads::Month(format)),
                None if fields.contains_key("format") => None,
                None => {
                    let hint = "add format = \"MM/YYYY\", or how else it is written";
                    self.problems.error(at, "the column does not say how a month is written", hint);
                    None
                }
            },
            QuestionKind::Text { .. } => Some(Reads::Text),
        }
    }

    /// Several columns that are the options of one multiple choice.
    fn multiple(&mut self, name: &'a Spanned<toml::de::DeString<'a>>, fields: Table<'a>) {
        self.only_known_keys(fields, &MULTIPLE_KEYS, "a multiple choice");
        let missing = self.missing_here(fields);
        let chosen = self.texts(name, fields, "chosen");
        let not_chosen = self.texts(name, fields, "not_chosen");
        if let Some(both) = chosen.iter().find(|value| not_chosen.contains(value)) {
            let message = format!("{} means both that an option was chosen and that it was not", shown(both));
            self.problems.error(name.span().start, message, "");
        }
        let Some(question) = self.question(name.get_ref(), name.span().start) else { return };
        if !matches!(question.kind, QuestionKind::Multiple { .. }) {
            let message =
                format!("{} is a {} question, not a multiple one", shown(name.get_ref()), question.type_name());
            self.problems.error(name.span().start, message, "");
            return;
        }
        let Some(columns) = fields.get("columns").and_then(|value| self.table(value, "columns")) else {
            let hint = "add columns = { \"Name of the column\" = \"code_of_the_option\" }";
            self.problems.error(name.span().start, "the multiple choice has no `columns`", hint);
            return;
        };
        let mut options = BTreeSet::new();
        for (column, option) in columns {
            let at = option.span().start;
            let Some(text) = self.string(option, "columns") else { continue };
            let Some(Meaning::Option(option)) = self.meaning(question, text, at) else {
                continue;
            };
            if !options.insert(option.clone()) {
                self.problems.error(at, format!("the option `{option}` has a column already"), "");
            }
            let reads = Reads::Tick { option, chosen: chosen.clone(), not_chosen: not_chosen.clone() };
            let use_ = Use { question: question.code.clone(), missing: missing.clone(), reads };
            self.column(column.get_ref(), column.span().start, Some(use_));
        }
    }

    fn question(&mut self, code: &str, at: usize) -> Option<&'a Question> {
        let Some(question) = self.survey.question(code) else {
            let hint = did_you_mean(code, self.survey.questions().map(|q| q.code.as_str()));
            self.problems.error(at, format!("the survey has no question {}", shown(code)), hint);
            return None;
        };
        if !self.taken.insert(question.code.clone()) {
            self.problems.error(at, format!("the question `{code}` has a column already"), "");
        }
        Some(question)
    }
}
