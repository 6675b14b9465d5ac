//! The way through a survey: a function of the survey and of the answers so far.
//! Where somebody "is" is never stored.
//!
//! `ask_if` looks at questions of earlier sections only, so that a section's page
//! is known before it is shown, and one walk in the order of the survey settles
//! what is asked.

use super::answer::{Answer, Answers};
use super::model::{Code, Question, QuestionKind, Section, Survey};

/// A question that needs an answer and has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub section: Code,
    pub question: Code,
}

/// The sections that have something to ask, in order. Answers to questions that
/// are not asked (any more) have no say in it.
pub fn asked<'a>(survey: &'a Survey, answers: &Answers) -> Vec<&'a Section> {
    walk(survey, answers).0
}

/// The questions on a section's page. `answers` are pruned ones ([`prune`]): a
/// section alone cannot tell which answers no longer count.
pub fn asked_questions<'a>(section: &'a Section, answers: &Answers) -> Vec<&'a Question> {
    if section.ask_if.as_ref().is_some_and(|condition| !condition.holds(answers)) {
        return Vec::new();
    }
    let is_asked = |question: &&Question| question.ask_if.as_ref().is_none_or(|condition| condition.holds(answers));
    section.questions.iter().filter(is_asked).collect()
}

/// The section after `after`, or the first one: from the start, and when the
/// survey has no section of that code. None: time to check the answers.
pub fn next<'a>(survey: &'a Survey, answers: &Answers, after: Option<&Code>) -> Option<&'a Section> {
    let place = after.and_then(|code| place(survey, code));
    asked(survey, answers)
        .into_iter()
        .find(|section| place.is_none_or(|after| self::place(survey, &section.code).is_some_and(|here| here > after)))
}

/// The section before `before`, or the last one: from the page that follows them
/// all. None: `before` is the first.
pub fn previous<'a>(survey: &'a Survey, answers: &Answers, before: Option<&Code>) -> Option<&'a Section> {
    let place = before.and_then(|code| place(survey, code));
    asked(survey, answers)
        .into_iter()
        .rev()
        .find(|section| place.is_none_or(|before| self::place(survey, &section.code).is_some_and(|here| here < before)))
}

/// The answers that count: without those to questions that are not asked after
/// all, that the survey does not have, or that cannot be answered so.
pub fn prune(survey: &Survey, answers: &Answers) -> Answers {
    walk(survey, answers).1
}

/// What is still to be answered before the answers can be sent.
pub fn open_problems(survey: &Survey, answers: &Answers) -> Vec<Open> {
    let (sections, answers) = walk(survey, answers);
    let mut open = Vec::new();
    for section in sections {
        for question in asked_questions(section, &answers) {
            if question.is_required && !answers.contains_key(&question.code) {
                open.push(Open { section: section.code.clone(), question: question.code.clone() });
            }
        }
    }
    open
}

/// Whether a question can be answered so. Any reason for a missing answer will
/// do: pages offer one on every question, imported files have others.
pub fn admits(question: &Question, answer: &Answer) -> bool {
    let offers = |code: &Code| question.choices().iter().any(|c| c.code == *code && c.missing.is_none());
    match (answer, &question.kind) {
        (Answer::Missing(_), _) => true,
        (Answer::One(code), QuestionKind::Single { .. } | QuestionKind::Scale { .. }) => offers(code),
        (Answer::Many(codes), QuestionKind::Multiple { choices }) => {
            let exclusive = |code: &Code| choices.iter().any(|c| c.code == *code && c.is_exclusive);
            codes.iter().all(offers) && (codes.len() < 2 || !codes.iter().any(exclusive))
        }
        (Answer::Rating(n), QuestionKind::Rating { .. }) => *n <= 10,
        (Answer::Number(n), QuestionKind::Number { min, max, .. }) => (*min..=*max).contains(n),
        (Answer::Month { year, month }, QuestionKind::Month { from, to }) => {
            (*from..=*to).contains(year) && (1..=12).contains(month)
        }
        (Answer::Text(text), QuestionKind::Text { max_length }) => {
            !text.trim().is_empty() && text.chars().count() <= *max_length
        }
        _ => false,
    }
}

fn walk<'a>(survey: &'a Survey, answers: &Answers) -> (Vec<&'a Section>, Answers) {
    let mut sections = Vec::new();
    let mut counting = Answers::new();
    for section in &survey.sections {
        let questions = asked_questions(section, &counting);
        if !questions.is_empty() {
            sections.push(section);
        }
        for question in questions {
            if let Some(answer) = answers.get(&question.code)
                && admits(question, answer)
            {
                counting.insert(question.code.clone(), answer.clone());
            }
        }
    }
    (sections, counting)
}

fn place(survey: &Survey, code: &Code) -> Option<usize> {
    survey.sections.iter().position(|section| section.code == *code)
}
