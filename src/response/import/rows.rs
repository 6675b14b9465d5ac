//! From a CSV file's rows to people's answers: row by row.

use super::cells::{self, EXCLUSIVE, Said, Unreadable};
use super::file::{Import, Tally};
use super::map::{Encoding, Map, NoAnswer, Use};
use super::problem::{Place, Problem, Refused};
use super::text::{self, Lines};
use crate::survey::problem::{did_you_mean, shown};
use crate::survey::{Answer, Answers, Code, Question, Survey, journey};
use csv::ByteRecord;
use std::collections::{BTreeMap, BTreeSet};

const MAX_COLUMNS: usize = 2_000;
/// In bytes: longer than any text that a survey takes.
const MAX_CELL: usize = 100_000;

pub(super) struct Rows<'a> {
    map: &'a Map,
    survey: &'a Survey,
    file: &'a str,
    /// The whole file after its byte order mark.
    text: &'a [u8],
    encoding: Encoding,
    lines: Lines,
    /// In the file's order; none before the first row.
    columns: Option<Vec<Column<'a>>>,
    people: Vec<Answers>,
    empty_rows: usize,
    tallies: BTreeMap<&'a Code, Tally>,
    refused: Refused,
}

struct Column<'a> {
    name: String,
    /// None: left out.
    use_: Option<(&'a Use, &'a Question)>,
}

/// One multiple choice of one person, put together from its columns.
#[derive(Default)]
struct Ticks {
    chosen: BTreeSet<Code>,
    blank: Option<NoAnswer>,
}

impl<'a> Rows<'a> {
    pub fn new(map: &'a Map, survey: &'a Survey, file: &'a str, text: &'a [u8], encoding: Encoding) -> Self {
        let lines = Lines::of(text);
        let refused = Refused::default();
        let (people, tallies) = (Vec::new(), BTreeMap::new());
        Rows { map, survey, file, text, encoding, lines, columns: None, people, empty_rows: 0, tallies, refused }
    }

    /// How many people there are so far.
    pub fn count(&self) -> usize {
        self.people.len()
    }

    /// Where the row begins that the CSV reader takes to begin at `at`: line ends
    /// and blank lines before it are not part of it.
    pub fn begin(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
    }

    /// Takes the next row, which is the header if it is the first.
    pub fn row(&mut self, at: usize, record: &ByteRecord) {
        let line = self.line(at);
        match self.columns.take() {
            None => self.header(line, record),
            Some(columns) => {
                self.person(line, record, &columns);
                self.columns = Some(columns);
            }
        }
    }

    /// The row from `at` on goes to the end of the file in an open quotation.
    pub fn never_closed(&mut self, at: usize, record: &ByteRecord) {
        let before = record.iter().rev().skip(1).map(text::line_ends).sum::<usize>();
        let hint = "a quotation mark within a quoted text is written twice: \"\"";
        self.refuse(self.line(at) + before, Place::Line, "a quotation mark is opened and never closed", hint);
    }

    pub fn unreadable(&mut self, at: usize, error: &csv::Error) {
        self.refuse(self.line(at), Place::Line, format!("the row cannot be read: {error}"), "");
    }

    pub fn finish(mut self, file_hash: String) -> Result<Import, Refused> {
        if self.columns.is_none() {
            self.refuse(1, Place::Line, "the file is empty", "");
        } else if self.people.is_empty() && self.refused.problems.is_empty() {
            self.refuse(1, Place::Line, "there is nobody in the file: it has no rows after the first", "");
        }
        if !self.refused.problems.is_empty() {
            return Err(self.refused);
        }
        let mut tallies = self.tallies;
        let questions = self.survey.questions().filter_map(|question| tallies.remove(&question.code)).collect();
        Ok(Import { file_hash, people: self.people, empty_rows: self.empty_rows, questions })
    }

    fn header(&mut self, line: usize, record: &ByteRecord) {
        if record.len() > MAX_COLUMNS {
            let message = format!("the file has {} columns; {MAX_COLUMNS} is the most", record.len());
            self.refuse(line, Place::Line, message, "");
        }
        let names: Vec<String> =
            record.iter().map(|cell| text::decode(cell, self.encoding).unwrap_or_default().into_owned()).collect();
        self.absent_columns(&names);
        let mut seen = BTreeSet::new();
        let mut columns = Vec::new();
        for name in names {
            let column = self.map.columns.get(&name);
            if column.is_none() {
                let known = self.map.columns.keys().map(String::as_str);
                let near = did_you_mean(&name, known.filter(|known| !seen.contains(*known)));
                let hint = if near.starts_with("did") { near } else { "map it, or list it in `ignore`".to_owned() };
                let message = "the mapping file does not speak of this column";
                self.refuse(line, Place::Column(name.clone()), message, hint);
            }
            if !seen.insert(name.clone()) {
                self.refuse(line, Place::Column(name.clone()), "there are two columns of this name", "rename one");
            }
            let use_ = column.and_then(|column| column.use_.as_ref());
            let use_ = use_.and_then(|use_| Some((use_, self.survey.question(use_.question.as_str())?)));
            columns.push(Column { name, use_ });
        }
        for (_, question) in columns.iter().filter_map(|column| column.use_) {
            let none = Tally { question: question.code.clone(), answered: 0, missing: 0, skipped: 0, not_asked: 0 };
            self.tallies.insert(&question.code, none);
        }
        self.columns = Some(columns);
    }

    /// What the mapping file speaks of and the file does not have.
    fn absent_columns(&mut self, names: &[String]) {
        for (name, column) in self.map.columns.iter().filter(|(name, _)| !names.contains(name)) {
            let (line, character) = column.place;
            let near = did_you_mean(name, names.iter().map(String::as_str));
            self.refused.add(Problem {
                file: self.map.file.clone(),
                line,
                place: Place::Character(character),
                message: format!("{} has no column {}", self.file, shown(name)),
                hint: if near.starts_with("did") { near } else { String::new() },
            });
        }
    }

    fn person(&mut self, line: usize, record: &ByteRecord, columns: &[Column<'a>]) {
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            self.empty_rows += 1;
            return;
        }
        if record.len() != columns.len() {
            let message = format!("the row has {} cells, and the first row has {}", record.len(), columns.len());
            let hint = "a text that holds a separator or a line break goes in quotation marks";
            self.refuse(line, Place::Line, message, hint);
            return;
        }
        let mut answers = Answers::new();
        let mut ticks: BTreeMap<&'a Code, Ticks> = BTreeMap::new();
        let mut here = line;
        for (cell, column) in record.iter().zip(columns) {
            if let Some((use_, question)) = column.use_ {
                match self.cell(use_, question, cell) {
                    Ok(Said::Answer(answer)) => drop(answers.insert(question.code.clone(), answer)),
                    Ok(Said::Nothing(why)) if matches!(use_.reads, super::map::Reads::Tick { .. }) => {
                        ticks.entry(&question.code).or_default().blank.get_or_insert(why);
                    }
                    Ok(Said::Nothing(NoAnswer::Missing(why))) => {
                        answers.insert(question.code.clone(), Answer::Missing(why));
                    }
                    Ok(Said::Nothing(NoAnswer::Skipped)) => {}
                    Ok(Said::Tick(option, is_chosen)) => {
                        let ticks = ticks.entry(&question.code).or_default();
                        ticks.chosen.extend(is_chosen.then_some(option));
                    }
                    Err(e) => self.refuse(here, Place::Column(column.name.clone()), e.message, e.hint),
                }
            }
            here += text::line_ends(cell);
        }
        self.add_ticks(line, &mut answers, ticks);
        let kept = journey::prune(self.survey, &answers);
        self.count_in(&answers, &kept);
        self.people.push(kept);
    }

    fn cell(&self, use_: &Use, question: &Question, cell: &[u8]) -> Result<Said, Unreadable> {
        if cell.len() > MAX_CELL {
            let message = format!("the cell has {} bytes; {MAX_CELL} is the most", cell.len());
            return Err(Unreadable { message, hint: "is a quotation mark missing its partner?".to_owned() });
        }
        let Some(text) = text::decode(cell, self.encoding) else {
            let name =
                Encoding::NAMES.iter().find(|(_, known)| *known == Some(self.encoding)).map_or("", |(name, _)| *name);
            let message = format!("{} is not text in {name}", shown(&String::from_utf8_lossy(cell)));
            return Err(Unreadable { message, hint: "name the file's encoding in the mapping file".to_owned() });
        };
        cells::read(use_, question, &text)
    }

    /// Somebody who ticked anything has answered. Somebody who ticked nothing has
    /// answered if every box says so; where a box is blank, we do not know.
    fn add_ticks(&mut self, line: usize, answers: &mut Answers, ticks: BTreeMap<&'a Code, Ticks>) {
        for (code, Ticks { chosen, blank }) in ticks {
            let answer = match blank {
                Some(NoAnswer::Skipped) if chosen.is_empty() => continue,
                Some(NoAnswer::Missing(why)) if chosen.is_empty() => Answer::Missing(why),
                _ => Answer::Many(chosen),
            };
            if self.survey.question(code.as_str()).is_some_and(|question| !journey::admits(question, &answer)) {
                self.refuse(line, Place::Line, format!("{code}: {EXCLUSIVE}"), "");
            }
            answers.insert(code.clone(), answer);
        }
    }

    fn count_in(&mut self, answers: &Answers, kept: &Answers) {
        for (code, tally) in &mut self.tallies {
            let count = match (kept.get(*code), answers.contains_key(*code)) {
                (Some(Answer::Missing(_)), _) => &mut tally.missing,
                (Some(_), _) => &mut tally.answered,
                (None, true) => &mut tally.not_asked,
                (None, false) => &mut tally.skipped,
            };
            *count += 1;
        }
    }

    fn line(&self, at: usize) -> usize {
        self.lines.line(self.begin(at))
    }

    fn refuse(&mut self, line: usize, place: Place, message: impl Into<String>, hint: impl Into<String>) {
        let file = self.file.to_owned();
        self.refused.add(Problem { file, line, place, message: message.into(), hint: hint.into() });
    }
}
