//! One cell of a CSV file as a mapping file reads it.

use super::map::{Meaning, MonthFormat, NoAnswer, Reads, Use};
use crate::survey::problem::{did_you_mean, shown};
use crate::survey::{Answer, Code, Missing, Question, QuestionKind, journey};
use std::collections::{BTreeMap, BTreeSet};

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing(NoAnswer),
    Answer(Answer),
    /// Whether an option of a multiple choice was chosen.
    Tick(Code, bool),
}

/// Why a cell cannot be read, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub message: String,
    pub hint: String,
}

/// Reads a cell, which has been trimmed. What the values say goes before what
/// is missing in every column.
pub(super) fn read(use_: &Use, question: &Question, cell: &str) -> Result<Said, Unreadable> {
    let said = match &use_.reads {
        Reads::One(values) if values.contains_key(cell) => one(values, cell),
        Reads::Tick { option, chosen, .. } if chosen.iter().any(|c| c == cell) => Ok(Said::Tick(option.clone(), true)),
        Reads::Tick { option, not_chosen, .. } if not_chosen.iter().any(|c| c == cell) => {
            Ok(Said::Tick(option.clone(), false))
        }
        _ if use_.missing.contains_key(cell) => {
            Ok(Said::Nothing(use_.missing.get(cell).copied().unwrap_or(NoAnswer::Skipped)))
        }
        Reads::One(values) => one(values, cell),
        Reads::Several { between, values } => several(values, cell.split(between.as_str())),
        Reads::Tick { chosen, not_chosen, .. } => {
            Err(not_mapped(cell, chosen.iter().chain(not_chosen).map(String::as_str)))
        }
        Reads::Rating => number(cell, u8::try_from).map(|n| Said::Answer(Answer::Rating(n))),
        Reads::Number => number(cell, Ok::<i64, ()>).map(|n| Said::Answer(Answer::Number(n))),
        Reads::Month(format) => month(*format, cell),
        Reads::Text => Ok(Said::Answer(Answer::Text(cell.to_owned()))),
    }?;
    match &said {
        Said::Answer(answer) if !journey::admits(question, answer) => Err(out_of_bounds(question, cell)),
        _ => Ok(said),
    }
}

fn one(values: &BTreeMap<String, Meaning>, cell: &str) -> Result<Said, Unreadable> {
    match values.get(cell) {
        Some(Meaning::Option(code)) => Ok(Said::Answer(Answer::One(code.clone()))),
        Some(Meaning::Missing(missing)) => Ok(Said::Nothing(NoAnswer::Missing(*missing))),
        None => Err(not_mapped(cell, values.keys().map(String::as_str))),
    }
}

/// Options win over reasons for a missing answer that stand beside them.
fn several<'a>(values: &BTreeMap<String, Meaning>, parts: impl Iterator<Item = &'a str>) -> Result<Said, Unreadable> {
    let mut chosen = BTreeSet::new();
    let mut missing: Option<Missing> = None;
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        match values.get(part) {
            Some(Meaning::Option(code)) => {
                chosen.insert(code.clone());
            }
            Some(Meaning::Missing(reason)) => missing = Some(*reason),
            None => return Err(not_mapped(part, values.keys().map(String::as_str))),
        }
    }
    Ok(match missing {
        Some(missing) if chosen.is_empty() => Said::Nothing(NoAnswer::Missing(missing)),
        _ => Said::Answer(Answer::Many(chosen)),
    })
}

fn number<T, E>(cell: &str, fits: impl Fn(i64) -> Result<T, E>) -> Result<T, Unreadable> {
    cell.parse().ok().and_then(|n| fits(n).ok()).ok_or_else(|| Unreadable {
        message: format!("{} is not a whole number that the question takes", shown(cell)),
        hint: "if it stands for no answer, add it to `missing`".to_owned(),
    })
}

fn month(format: MonthFormat, cell: &str) -> Result<Said, Unreadable> {
    match format.parse(cell) {
        Some((year, month)) => Ok(Said::Answer(Answer::Month { year, month })),
        None => {
            let name = MonthFormat::NAMES.iter().find(|(_, known)| *known == format).map_or("", |(name, _)| *name);
            Err(Unreadable {
                message: format!("{} is not a date written as {name}", shown(cell)),
                hint: "if it stands for no answer, add it to `missing`".to_owned(),
            })
        }
    }
}

fn not_mapped<'a>(cell: &str, known: impl Iterator<Item = &'a str>) -> Unreadable {
    let what = if cell.is_empty() { "an empty cell".to_owned() } else { shown(cell) };
    let near = did_you_mean(cell, known.filter(|known| !known.is_empty()));
    // The whole list would be repeated with every cell of the column.
    let hint = if near.starts_with("did") { near } else { String::new() };
    Unreadable { message: format!("the mapping file does not say what {what} means"), hint }
}

fn out_of_bounds(question: &Question, cell: &str) -> Unreadable {
    let message = match &question.kind {
        QuestionKind::Number { min, max, .. } => format!("{} is not from {min} to {max}", shown(cell)),
        QuestionKind::Rating { .. } => format!("{} is not from 0 to 10", shown(cell)),
        QuestionKind::Month { from, to } => format!("{} is not in the years {from} to {to}", shown(cell)),
        QuestionKind::Text { max_length } => {
            format!("the text has {} characters; {max_length} is the most", cell.chars().count())
        }
        QuestionKind::Multiple { .. } => EXCLUSIVE.to_owned(),
        QuestionKind::Single { .. } | QuestionKind::Scale { .. } => {
            format!("{} is not one of its options", shown(cell))
        }
    };
    Unreadable { message, hint: String::new() }
}

pub(super) const EXCLUSIVE: &str = "an option that stands alone is chosen together with others";
