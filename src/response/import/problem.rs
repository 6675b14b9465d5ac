//! What is wrong with a mapping file or with a CSV file, and where.

use crate::survey;
use std::fmt;

/// One thing that is wrong. Lines count from 1 and are the file's own, whatever
/// line breaks its cells hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    pub line: usize,
    pub place: Place,
    pub message: String,
    /// What to do about it; empty where the message says it all.
    pub hint: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The line as a whole.
    Line,
    /// A character of the line, counted from 1.
    Character(usize),
    /// The CSV file's column of this name.
    Column(String),
}

impl Problem {
    pub(super) fn of_map(file: &str, problem: survey::Problem) -> Problem {
        Problem {
            file: file.to_owned(),
            line: problem.line,
            place: Place::Character(problem.column),
            message: problem.message,
            hint: problem.hint,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.file, self.line)?;
        match &self.place {
            Place::Line => write!(f, " {}", self.message)?,
            Place::Character(at) => write!(f, "{at}: {}", self.message)?,
            Place::Column(name) => write!(f, " column {name:?}: {}", self.message)?,
        }
        if self.hint.is_empty() { Ok(()) } else { write!(f, "\n  {}", self.hint) }
    }
}

/// Why nothing was imported.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Refused {
    /// Never empty.
    pub problems: Vec<Problem>,
    /// How many more there are than anybody would read.
    pub more: usize,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        match self.more {
            0 => write!(f, "Nothing was imported."),
            more => write!(f, "... and {more} more problems. Nothing was imported."),
        }
    }
}

impl Refused {
    const ENOUGH: usize = 10_000;

    pub(super) fn add(&mut self, problem: Problem) {
        if self.problems.len() < Self::ENOUGH {
            self.problems.push(problem);
        } else {
            self.more += 1;
        }
    }
}
