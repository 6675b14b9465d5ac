//! A page of questions as a browser sends it in, and answers as it is filled with.
//!
//! The field `q.CODE` holds an option's code (or several), a rating, a number or a
//! text; a month has `q.CODE.month` and `q.CODE.year`. On leavers' pages "prefer
//! not to say" is one more option of choices and ratings, and a box of its own,
//! `q.CODE.missing`, beside everything else. An interviewer's form has each of
//! [`NOT_ANSWERED`] beside every question, as [`no_answer`] says.

mod typed;

use super::answer::{Answer, Answers, Missing};
use super::journey::admits;
use super::model::{Code, Question, QuestionKind};
use std::collections::BTreeSet;
use typed::{month, number, text};

/// What an interviewer keeps apart: they would not say, they did not know, it did
/// not come to that.
pub const NOT_ANSWERED: [Missing; 3] = [Missing::PreferNotToSay, Missing::NotKnown, Missing::NotAsked];

/// Stands before a reason among options: no code begins so.
const REASON: char = '-';

/// What leavers' pages offer.
const LEFT_UNSAID: [Missing; 1] = [Missing::PreferNotToSay];

/// An answer that cannot be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormProblem {
    pub question: Code,
    pub what: Wrong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The question needs an answer.
    Missing,
    NotAnOption,
    /// Several answers where one is wanted.
    MoreThanOne,
    /// "None of these" or "prefer not to say", and something else.
    ExclusiveWithOthers,
    NotANumber,
    OutOfRange {
        min: i64,
        max: i64,
    },
    NotAMonth,
    /// The text has more than `max` characters: it has `length`.
    TooLong {
        max: usize,
        length: usize,
    },
}

/// The name of a question's field.
pub fn field(question: &Code) -> String {
    format!("q.{question}")
}

pub fn month_field(question: &Code) -> String {
    format!("q.{question}.month")
}

pub fn year_field(question: &Code) -> String {
    format!("q.{question}.year")
}

/// The name of what says why there is no answer, where that is no option.
pub fn missing_field(question: &Code) -> String {
    format!("q.{question}.missing")
}

/// The field and the value by which an interviewer's form says why there is no
/// answer. Where one of several is chosen it is one more of them, so that choosing
/// it takes back what was chosen before; its value is no option's code.
pub fn no_answer(question: &Question, missing: Missing) -> (String, String) {
    match question.kind {
        QuestionKind::Single { .. } | QuestionKind::Scale { .. } | QuestionKind::Rating { .. } => {
            (field(&question.code), format!("{REASON}{}", missing.code()))
        }
        _ => (missing_field(&question.code), missing.code().to_owned()),
    }
}

/// Reads the answers to the `questions` of a leaver's page, and everything that is
/// wrong with them, in the order of the questions. Fields of other names are let be.
pub fn read(questions: &[&Question], fields: &[(String, String)]) -> (Answers, Vec<FormProblem>) {
    each(questions, |question| match answer(question, fields, &LEFT_UNSAID)? {
        None if question.is_required => Err(Wrong::Missing),
        answer => Ok(answer),
    })
}

/// [`read`] for an interviewer's form: nothing has to be asked.
pub fn read_interview(questions: &[&Question], fields: &[(String, String)]) -> (Answers, Vec<FormProblem>) {
    each(questions, |question| answer(question, fields, &NOT_ANSWERED))
}

fn each(
    questions: &[&Question],
    read: impl Fn(&Question) -> Result<Option<Answer>, Wrong>,
) -> (Answers, Vec<FormProblem>) {
    let mut answers = Answers::new();
    let mut problems = Vec::new();
    for question in questions {
        match read(question) {
            Ok(Some(answer)) => {
                answers.insert(question.code.clone(), answer);
            }
            Ok(None) => {}
            Err(what) => problems.push(FormProblem { question: question.code.clone(), what }),
        }
    }
    (answers, problems)
}

/// The fields that [`read`] turns into `answer`: to fill a page again.
pub fn fields(question: &Question, answer: &Answer) -> Vec<(String, String)> {
    let code = &question.code;
    match answer {
        Answer::One(option) => vec![(field(code), option.to_string())],
        Answer::Many(options) => options.iter().map(|option| (field(code), option.to_string())).collect(),
        Answer::Rating(n) => vec![(field(code), n.to_string())],
        Answer::Number(n) => vec![(field(code), n.to_string())],
        Answer::Month { year, month } => {
            vec![(month_field(code), month.to_string()), (year_field(code), year.to_string())]
        }
        Answer::Text(text) => vec![(field(code), text.clone())],
        Answer::Missing(missing) => {
            let option = question.choices().iter().find(|choice| choice.missing == Some(*missing));
            let is_option = !question.choices().is_empty() || matches!(question.kind, QuestionKind::Rating { .. });
            match option {
                Some(option) => vec![(field(code), option.code.to_string())],
                None if is_option && *missing == Missing::PreferNotToSay => {
                    vec![(field(code), missing.code().to_owned())]
                }
                None => vec![(missing_field(code), missing.code().to_owned())],
            }
        }
    }
}

/// `reasons`: those for which there may be no answer.
fn answer(question: &Question, fields: &[(String, String)], reasons: &[Missing]) -> Result<Option<Answer>, Wrong> {
    let values = |name: String| -> Vec<&str> {
        let of_name = fields.iter().filter(|(field, _)| *field == name);
        of_name.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect()
    };
    let given = values(field(&question.code));
    let answer = match &question.kind {
        QuestionKind::Single { .. } | QuestionKind::Scale { .. } => one(question, &given, reasons)?,
        QuestionKind::Multiple { .. } => many(question, &given)?,
        QuestionKind::Rating { .. } => rating(&given, reasons)?,
        QuestionKind::Number { min, max, .. } => number(&given, *min, *max)?.map(Answer::Number),
        QuestionKind::Month { from, to } => {
            let (months, years) = (values(month_field(&question.code)), values(year_field(&question.code)));
            month(&months, &years, *from, *to)?
        }
        QuestionKind::Text { max_length } => text(&given, *max_length)?,
    };
    let boxes = values(missing_field(&question.code));
    let missing = only(&boxes)?.map(|code| missing(code, reasons)).transpose()?;
    match (answer, missing) {
        (None, Some(missing)) => Ok(Some(Answer::Missing(missing))),
        (Some(Answer::Missing(said)), Some(missing)) if said == missing => Ok(Some(Answer::Missing(said))),
        // Whoever has an answer has asked: "not asked" was chosen before.
        (Some(answer), None | Some(Missing::NotAsked)) => Ok(Some(answer)),
        (Some(_), Some(_)) => Err(Wrong::ExclusiveWithOthers),
        (None, None) => Ok(None),
    }
}

fn one(question: &Question, given: &[&str], reasons: &[Missing]) -> Result<Option<Answer>, Wrong> {
    let Some(value) = only(given)? else { return Ok(None) };
    if let Some(reason) = value.strip_prefix(REASON) {
        return Ok(Some(Answer::Missing(missing(reason, reasons)?)));
    }
    option(question, value).map(|choice| match choice {
        Chosen::Option(code) => Some(Answer::One(code)),
        Chosen::Missing(missing) => Some(Answer::Missing(missing)),
    })
}

fn many(question: &Question, given: &[&str]) -> Result<Option<Answer>, Wrong> {
    let mut codes = BTreeSet::new();
    let mut reasons = BTreeSet::new();
    for value in given {
        match option(question, value)? {
            Chosen::Option(code) => {
                codes.insert(code);
            }
            Chosen::Missing(missing) => {
                reasons.insert(missing);
            }
        }
    }
    match (codes.is_empty(), reasons.first()) {
        (true, None) => Ok(None),
        (true, Some(missing)) if reasons.len() == 1 => Ok(Some(Answer::Missing(*missing))),
        (false, None) => {
            let answer = Answer::Many(codes);
            if admits(question, &answer) { Ok(Some(answer)) } else { Err(Wrong::ExclusiveWithOthers) }
        }
        _ => Err(Wrong::ExclusiveWithOthers),
    }
}

enum Chosen {
    Option(Code),
    Missing(Missing),
}

/// What choosing `value` means: whoever prefers not to say may, on every question.
fn option(question: &Question, value: &str) -> Result<Chosen, Wrong> {
    let found = question.choices().iter().find(|choice| choice.code.as_str() == value);
    match found {
        Some(choice) => Ok(choice.missing.map_or_else(|| Chosen::Option(choice.code.clone()), Chosen::Missing)),
        None if value == Missing::PreferNotToSay.code() => Ok(Chosen::Missing(Missing::PreferNotToSay)),
        None => Err(Wrong::NotAnOption),
    }
}

fn rating(given: &[&str], reasons: &[Missing]) -> Result<Option<Answer>, Wrong> {
    let Some(value) = only(given)? else { return Ok(None) };
    if value == Missing::PreferNotToSay.code() {
        return Ok(Some(Answer::Missing(Missing::PreferNotToSay)));
    }
    if let Some(reason) = value.strip_prefix(REASON) {
        return Ok(Some(Answer::Missing(missing(reason, reasons)?)));
    }
    match value.parse::<u8>() {
        Ok(n) if n <= 10 => Ok(Some(Answer::Rating(n))),
        _ => Err(Wrong::NotAnOption),
    }
}

fn missing(code: &str, reasons: &[Missing]) -> Result<Missing, Wrong> {
    reasons.iter().copied().find(|missing| missing.code() == code).ok_or(Wrong::NotAnOption)
}

/// The one value; the same one twice is one.
fn only<'a>(given: &[&'a str]) -> Result<Option<&'a str>, Wrong> {
    match given {
        [] => Ok(None),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Ok(Some(*first)),
        _ => Err(Wrong::MoreThanOne),
    }
}
