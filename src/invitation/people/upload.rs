//! The list of people as a CSV file. Its first line names the columns: a name
//! (or first and last name), an e-mail address or the word "letter", and perhaps
//! a leaving date. Other columns are passed over and not kept.

use super::{Person, shortened};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;
use std::fmt;

/// More than the largest employer sends at once.
pub const MAX_ROWS: usize = 20_000;

/// What is wrong with a line of the file, counted from 1, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    pub line: u64,
    pub message: String,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {} {}", self.line, self.message)
    }
}

/// Reads a file: all of it, or what is wrong with every line that is.
pub fn parse_csv(bytes: &[u8]) -> Result<Vec<Person>, Vec<RowProblem>> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(vec![problem(1, "is not text: this is a spreadsheet; save it as “CSV UTF-8” and upload that")]);
    }
    parse(&decode(bytes))
}

/// The file as text: UTF-8 or UTF-16 if it says so or can be, else Windows-1252,
/// as spreadsheets write it. For showing an upload again, too.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_not_utf8) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// [`parse_csv`] of text that is decoded already, as from a form's text area.
pub fn parse(text: &str) -> Result<Vec<Person>, Vec<RowProblem>> {
    // One kind of line end: with two characters the reader would count lines from
    // between them, and name the line before.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let (text, lines_before, said) = separator_line(&text);
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(said.unwrap_or_else(|| likely_separator(text)))
        .from_reader(text.as_bytes())
        .into_records()
        .map(|row| row.map(|row| (row.position().map_or(1, csv::Position::line) + lines_before, row)))
        .filter(|row| !matches!(row, Ok((_, row)) if row.iter().all(|cell| cell.trim().is_empty())));
    let columns = match rows.next() {
        Some(Ok((line, header))) => Columns::read(line, &header)?,
        Some(Err(e)) => return Err(vec![broken(&e)]),
        None => return Err(vec![problem(1, "is empty: the file has no text in it")]),
    };
    let (mut people, mut problems) = (Vec::new(), Vec::new());
    for row in rows {
        match row {
            Ok((line, row)) => match columns.person(line, &row) {
                Ok(person) => people.push(person),
                Err(more) => problems.extend(more),
            },
            Err(e) => problems.push(broken(&e)),
        }
    }
    if people.len() + problems.len() > MAX_ROWS {
        problems.push(problem(1, format!("begins a list of more than {MAX_ROWS} people: upload it in parts")));
    }
    if people.is_empty() && problems.is_empty() {
        problems.push(problem(1, "names the columns, but no line with a person follows"));
    }
    if problems.is_empty() { Ok(people) } else { Err(problems) }
}

/// Which cell of a row holds what.
struct Columns {
    name: Vec<usize>,
    email: usize,
    leaving_on: Option<usize>,
    width: usize,
}

const NAME: [&str; 7] = ["name", "fullname", "employee", "employeename", "staffname", "person", "enw"];
const FIRST_NAME: [&str; 5] = ["firstname", "forename", "forenames", "firstnames", "givenname"];
const LAST_NAME: [&str; 4] = ["lastname", "surname", "familyname", "cyfenw"];
const EMAIL: [&str; 9] = [
    "email",
    "emailaddress",
    "emailorletter",
    "emailaddressorletter",
    "mail",
    "personalemail",
    "workemail",
    "ebost",
    "sendto",
];
const LEAVING_ON: [&str; 13] = [
    "leavingdate",
    "leavedate",
    "dateofleaving",
    "leaving",
    "leavingon",
    "leaveson",
    "lastday",
    "lastworkingday",
    "lastdayofservice",
    "dateleft",
    "enddate",
    "terminationdate",
    "dyddiadgadael",
];

impl Columns {
    fn read(line: u64, header: &csv::StringRecord) -> Result<Columns, Vec<RowProblem>> {
        let titles: Vec<String> = header.iter().map(plain).collect();
        let mut problems = Vec::new();
        let mut find = |what: &str, known: &[&str]| {
            let mut all = titles.iter().enumerate().filter(|(_, title)| known.contains(&title.as_str()));
            let first = all.next().map(|(at, _)| at);
            if all.next().is_some() {
                problems.push(problem(line, format!("has two columns for the {what}: leave one of them")));
            }
            first
        };
        let name = find("name", &NAME);
        let (first, last) = (find("first name", &FIRST_NAME), find("last name", &LAST_NAME));
        let email = find("e-mail address", &EMAIL);
        let leaving_on = find("leaving date", &LEAVING_ON);
        let name: Vec<usize> = match name {
            Some(name) => vec![name],
            None => first.into_iter().chain(last).collect(),
        };
        if name.is_empty() {
            problems.push(problem(line, missing("name", header)));
        }
        match email {
            Some(email) if problems.is_empty() => Ok(Columns { name, email, leaving_on, width: titles.len() }),
            Some(_) => Err(problems),
            None => {
                problems.push(problem(line, missing("email", header)));
                Err(problems)
            }
        }
    }

    fn person(&self, line: u64, row: &csv::StringRecord) -> Result<Person, Vec<RowProblem>> {
        if row.iter().skip(self.width).any(|cell| !cell.trim().is_empty()) {
            let why = "has more cells than the first line has columns: put a value with a comma in it between quotes";
            return Err(vec![problem(line, why)]);
        }
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let name = self.name.iter().map(|at| cell(*at)).collect::<Vec<_>>().join(" ");
        Person::read(&name, cell(self.email), self.leaving_on.map(cell).unwrap_or_default())
            .map_err(|problems| problems.into_iter().map(|p| problem(line, p.message)).collect())
    }
}

/// A column's title without case, spaces and punctuation: "E-mail address" and
/// "email_address" are one.
fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn missing(column: &str, header: &csv::StringRecord) -> String {
    let found = header.iter().map(|title| format!("“{}”", shortened(title))).collect::<Vec<_>>().join(", ");
    format!(
        "does not name a column “{column}”: the first line names the columns, as in name,email,leaving date (found: \
         {found})"
    )
}

/// Excel's own first line, `sep=;`, and what it says.
fn separator_line(text: &str) -> (&str, u64, Option<u8>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (rest, 1, Some(*separator)),
        _ => (text, 0, None),
    }
}

/// The separator that the first line has most of.
fn likely_separator(text: &str) -> u8 {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    let mut best = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

fn broken(error: &csv::Error) -> RowProblem {
    let line = error.position().map_or(1, csv::Position::line);
    problem(line, "cannot be read: check its quotes, and save the file as “CSV UTF-8”")
}

fn problem(line: u64, message: impl Into<String>) -> RowProblem {
    RowProblem { line, message: message.into() }
}
