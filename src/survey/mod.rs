//! Questionnaires: what is asked, in which order, of whom, and what counts as an
//! answer. Pure but for [`store`]; knows nothing of who answers.
//!
//! [`parse`] turns a file into a [`Survey`] or into everything that is wrong with
//! it, [`explain`] says so to its author, [`journey`] tells what comes next,
//! [`form`] reads a page that was sent in.

pub mod answer;
pub mod codelist;
pub mod explain;
pub mod form;
pub mod journey;
mod lang;
pub mod layout;
pub mod model;
pub(crate) mod problem;
mod read;
mod shipped;
pub mod store;

pub use answer::{Answer, Answers, Missing};
pub use lang::Lang;
pub use model::{
    Band, Choice, Clause, Code, Condition, Kind, MODE, Question, QuestionKind, Scale, Section, Survey, Text,
};
pub use problem::{Problem, Severity};
pub use read::{Checked, parse};
pub use shipped::shipped;
pub use store::{PublishError, SurveyVersion};

/// The version of a survey: SHA-256 of its source in hexadecimal. An editor or a
/// checkout that changes the ends of lines, or puts a byte order mark in front,
/// does not make another version.
pub fn hash(source: &str) -> String {
    crate::secret::sha256(normal(source).as_bytes())
}

/// The source as it is kept.
fn normal(source: &str) -> String {
    source.strip_prefix('\u{feff}').unwrap_or(source).replace("\r\n", "\n")
}

#[cfg(test)]
mod tests;
