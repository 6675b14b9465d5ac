//! An organisation's staff over a period, in numbers: how many there were, came,
//! left and stayed, what was vacant. HR uploads them ([`read()`]), a report sets them
//! beside the survey's figures ([`shown()`]). They are about a workforce and not about
//! anybody's answers, and nothing here knows of invitations or responses.

mod columns;
mod fold;
mod keep;
mod measure;
mod nested;
mod number;
mod plausible;
mod rates;
mod read;
mod shown;
pub mod store;
mod table;
#[cfg(test)]
mod tests;

pub use columns::template;
pub use fold::{Folded, Group, fold};
pub use keep::{KeepError, PeriodError, keep, read_period};
pub use measure::{Counts, Measure};
pub use number::Number;
pub use rates::{Kind, Rate};
pub use read::{MAX_ROWS, Problem, Upload, read};
pub use shown::{Answered, Line, Shown, Split, shown};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What an organisation uploaded of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workforce {
    pub period: Period,
    /// In the order of the file.
    pub rows: Vec<Row>,
}

/// `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Those of one directorate and one role, as far as the file tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub directorate: Option<String>,
    pub role: Option<String>,
    pub counts: Counts,
}

/// By what a workforce is split: one of them at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    Directorate,
    Role,
}

impl By {
    pub const ALL: [By; 2] = [By::Directorate, By::Role];

    /// Its column in the file, and the code of the question that it is usually like.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Directorate => "directorate",
            By::Role => "role",
        }
    }
}

impl Workforce {
    /// Everybody.
    pub fn total(&self) -> Counts {
        self.rows.iter().map(|row| &row.counts).collect()
    }

    /// Each group's name, in the order of the file, and which rows are of it; none
    /// where the file does not tell them apart.
    pub fn groups(&self, by: By) -> Vec<(String, Vec<usize>)> {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(name) = row.name(by) else { continue };
            match groups.iter_mut().find(|(known, _)| is_same(known, name)) {
                Some((_, rows)) => rows.push(at),
                None => groups.push((name.to_owned(), vec![at])),
            }
        }
        groups
    }

    /// The sum of some rows.
    pub fn sum(&self, rows: &[usize]) -> Counts {
        rows.iter().filter_map(|at| self.rows.get(*at)).map(|row| &row.counts).collect()
    }
}

impl Row {
    pub fn name(&self, by: By) -> Option<&str> {
        match by {
            By::Directorate => self.directorate.as_deref(),
            By::Role => self.role.as_deref(),
        }
    }
}

/// Whether two names are one, however they are spaced and written: "Children’s
/// Services" is "children's services".
fn is_same(one: &str, other: &str) -> bool {
    same(one) == same(other)
}

fn same(name: &str) -> String {
    match crate::sheet::plain(name) {
        // Nothing but punctuation: that is all there is to go by.
        plain if plain.is_empty() => name.trim().to_owned(),
        plain => plain,
    }
}
