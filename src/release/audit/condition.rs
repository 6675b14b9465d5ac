//! Of whom a question is asked: what everybody knows who has the questionnaire.

use super::published::Published;
use crate::survey::{Clause, Survey};

/// A question that is asked only of those who chose one of some options of another. Both
/// are numbered as in [`Published::questions`], options as in their question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub question: usize,
    pub about: usize,
    pub options: Vec<usize>,
}

/// All there are, where figures of both questions are published.
pub fn conditions(published: &Published, survey: Option<&Survey>) -> Vec<Condition> {
    let position = |code: &str| published.questions.iter().position(|one| one.question.as_deref() == Some(code));
    let mut conditions = Vec::new();
    for section in survey.into_iter().flat_map(|survey| &survey.sections) {
        for question in &section.questions {
            let asked_if = section.ask_if.iter().chain(&question.ask_if);
            let Some(at) = position(question.code.as_str()) else { continue };
            for clause in asked_if.flat_map(|condition| &condition.all) {
                let about = position(clause.question.as_str());
                conditions.extend(about.and_then(|about| condition(published, at, about, clause)));
            }
        }
    }
    conditions
}

/// None: it asks of everybody, or for an answer that no figure is of.
fn condition(published: &Published, question: usize, about: usize, clause: &Clause) -> Option<Condition> {
    let options = &published.questions.get(about)?.options;
    let position = |code: &crate::survey::Code| options.iter().position(|option| option == code.as_str());
    let options: Vec<usize> = clause.any_of.iter().map(position).collect::<Option<_>>()?;
    (!options.is_empty()).then_some(Condition { question, about, options })
}
