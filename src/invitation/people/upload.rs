//! The list of people as a CSV file. Its first line names the columns: a name
//! (or first and last name), an e-mail address or the word "letter", and perhaps
//! a leaving date. Other columns are passed over and not kept.

use super::Person;
use crate::sheet::{self, Row, plain, shortened};
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
    if sheet::is_workbook(bytes) {
        return Err(vec![problem(1, sheet::SAVE_AS_CSV)]);
    }
    parse(&sheet::decode(bytes))
}

/// [`parse_csv`] of text that is decoded already, as from a form's text area.
pub fn parse(text: &str) -> Result<Vec<Person>, Vec<RowProblem>> {
    let mut rows = sheet::rows(text).into_iter();
    let columns = match rows.next() {
        Some(Ok(header)) => Columns::read(&header)?,
        Some(Err(line)) => return Err(vec![broken(line)]),
        None => return Err(vec![problem(1, "is empty: the file has no text in it")]),
    };
    let (mut people, mut problems) = (Vec::new(), Vec::new());
    for row in rows {
        match row {
            Ok(row) => match columns.person(&row) {
                Ok(person) => people.push(person),
                Err(more) => problems.extend(more),
            },
            Err(line) => problems.push(broken(line)),
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
    fn read(Row { line, cells: header }: &Row) -> Result<Columns, Vec<RowProblem>> {
        let line = *line;
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

    fn person(&self, Row { line, cells: row }: &Row) -> Result<Person, Vec<RowProblem>> {
        let line = *line;
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

fn missing(column: &str, header: &csv::StringRecord) -> String {
    let found = header.iter().map(|title| format!("“{}”", shortened(title))).collect::<Vec<_>>().join(", ");
    format!(
        "does not name a column “{column}”: the first line names the columns, as in name,email,leaving date (found: \
         {found})"
    )
}

fn broken(line: u64) -> RowProblem {
    problem(line, sheet::CHECK_QUOTES)
}

fn problem(line: u64, message: impl Into<String>) -> RowProblem {
    RowProblem { line, message: message.into() }
}
