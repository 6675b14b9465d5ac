//! A file of workforce figures: read at the edge into what cannot be wrong, every
//! problem at once.

use super::columns::{Column, Columns};
use super::{By, Counts, Measure, Number, Row, plausible, same};
use crate::sheet::{self, shortened};
use std::collections::BTreeMap;
use std::fmt;

/// More directorates and roles than the largest employer has.
pub const MAX_ROWS: usize = 5_000;
const MAX_NAME: usize = 120;

/// A file that has nothing wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub rows: Vec<Row>,
    /// What is odd, and may be right all the same.
    pub warnings: Vec<String>,
}

/// What is wrong with a line of the file, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1.
    pub line: u64,
    /// The title of the column, where it is about one.
    pub column: Option<String>,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "Line {}, column “{column}”: {}", self.line, self.message),
            None => write!(f, "Line {} {}", self.line, self.message),
        }
    }
}

/// Reads a file: all of it, or what is wrong with every cell that is.
pub fn read(bytes: &[u8]) -> Result<Upload, Vec<Problem>> {
    if sheet::is_workbook(bytes) {
        return Err(vec![of_line(1, sheet::SAVE_AS_CSV)]);
    }
    let mut lines = sheet::rows(&sheet::decode(bytes)).into_iter();
    let columns = match lines.next() {
        Some(Ok(header)) => Columns::read(&header)?,
        Some(Err(line)) => return Err(vec![of_line(line, sheet::CHECK_QUOTES)]),
        None => return Err(vec![of_line(1, "is empty: the file has no text in it")]),
    };
    if lines.len() > MAX_ROWS {
        let why = format!("begins a table of more than {MAX_ROWS} rows: add up those of one directorate and one role");
        return Err(vec![of_line(1, why)]);
    }
    let mut reader = Reader { columns, rows: Vec::new(), problems: Vec::new(), seen: BTreeMap::new() };
    for line in lines {
        match line {
            Ok(row) => reader.row(&row),
            Err(line) => reader.problems.push(of_line(line, sheet::CHECK_QUOTES)),
        }
    }
    reader.finish()
}

struct Reader {
    columns: Columns,
    /// With the lines that they stand on.
    rows: Vec<(u64, Row)>,
    problems: Vec<Problem>,
    /// On which line a directorate and a role stood.
    seen: BTreeMap<(String, String), u64>,
}

impl Reader {
    fn row(&mut self, row: &sheet::Row) {
        if row.cells.iter().skip(self.columns.width).any(|cell| !cell.trim().is_empty()) {
            let why = "has more cells than the first line has columns: put a value with a comma in it between quotes";
            return self.problems.push(of_line(row.line, why));
        }
        let before = self.problems.len();
        let mut read = Row { directorate: None, role: None, counts: Counts::default() };
        for (column, at) in self.columns.known.clone() {
            let cell = row.cells.get(at).unwrap_or_default();
            let result = match column {
                Column::By(by) => name(cell).map(|name| match by {
                    By::Directorate => read.directorate = Some(name),
                    By::Role => read.role = Some(name),
                }),
                Column::Measure(measure) => {
                    Number::read(cell, !measure.is_people()).map(|number| read.counts.set(measure, number))
                }
            };
            if let Err(message) = result {
                self.problems.push(Problem { line: row.line, column: Some(column.as_str().to_owned()), message });
            }
        }
        if self.problems.len() == before && self.is_new(row.line, &read) {
            self.derive_start(row.line, &mut read.counts);
            self.rows.push((row.line, read));
        }
    }

    fn is_new(&mut self, line: u64, row: &Row) -> bool {
        let key = |name: &Option<String>| name.as_deref().map(same).unwrap_or_default();
        match self.seen.insert((key(&row.directorate), key(&row.role)), line) {
            None => true,
            Some(before) => {
                let why = format!("is about the same as line {before}: add the two up, or leave one of them");
                self.problems.push(of_line(line, why));
                false
            }
        }
    }

    /// Those at the end, without those who came and with those who went.
    fn derive_start(&mut self, line: u64, counts: &mut Counts) {
        if self.columns.has(Measure::HeadcountStart) {
            return;
        }
        let get = |measure| counts.people(measure);
        let (Some(end), Some(starters), Some(leavers)) =
            (get(Measure::Headcount), get(Measure::Starters), get(Measure::Leavers))
        else {
            return;
        };
        match (end + leavers).checked_sub(starters) {
            Some(start) => counts.set(Measure::HeadcountStart, Number::whole(start)),
            None => {
                let why = "has more starters than people at the end and leavers together: look at the three again, or \
                           add a column “headcount_start”";
                self.problems.push(of_line(line, why));
            }
        }
    }

    fn finish(mut self) -> Result<Upload, Vec<Problem>> {
        if self.rows.is_empty() && self.problems.is_empty() {
            self.problems.push(of_line(1, "names the columns, but no line with figures follows"));
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let passed_over = self.columns.passed_over.iter();
        let mut warnings: Vec<String> =
            passed_over.map(|title| format!("The column “{title}” is passed over and not kept.")).collect();
        warnings.extend(plausible::warnings(&self.rows));
        Ok(Upload { rows: self.rows.into_iter().map(|(_, row)| row).collect(), warnings })
    }
}

/// On one line, whatever was pasted.
fn name(cell: &str) -> Result<String, String> {
    let name = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err("has no name: write Unknown where it is not known".to_owned());
    }
    if name.chars().count() > MAX_NAME {
        return Err(format!("has a name of more than {MAX_NAME} characters: shorten it"));
    }
    if name.chars().any(char::is_control) {
        return Err("has a name with characters that do not print: type it again".to_owned());
    }
    let totals = ["total", "grandtotal", "totals", "subtotal", "overall", "all", "allstaff", "cyfanswm", "sum"];
    if totals.contains(&same(&name).as_str()) {
        return Err(format!("{:?} is a total: leave the line out, Candour adds up by itself", shortened(&name)));
    }
    Ok(name)
}

fn of_line(line: u64, message: impl Into<String>) -> Problem {
    Problem { line, column: None, message: message.into() }
}
