//! When something is to be asked: in words for the interviewer, and as data for the
//! script, which takes away what is not to be asked. Whether it holds is
//! [`crate::survey::journey`]'s to say; the script says the same, and a test
//! compares the two.

use crate::survey::form::NOT_ANSWERED;
use crate::survey::{Clause, Code, Condition, Lang, Question, Survey};
use serde_json::json;

/// "Only if “What will you do next?” is “Agency work” or “Retirement”."
pub(super) fn in_words(survey: &Survey, condition: &Condition) -> String {
    let clauses: Vec<String> = condition.all.iter().map(|clause| clause_in_words(survey, clause)).collect();
    format!("Only if {}.", clauses.join(", and "))
}

/// For the attribute `data-if`.
pub(super) fn as_data(condition: &Condition) -> String {
    let clauses: Vec<_> = condition
        .all
        .iter()
        .map(|clause| json!({ "question": clause.question, "any": clause.any_of, "none": clause.none_of }))
        .collect();
    json!(clauses).to_string()
}

fn clause_in_words(survey: &Survey, clause: &Clause) -> String {
    let question = survey.question(clause.question.as_str());
    let label = question.map_or(clause.question.as_str(), |question| question.label.get(Lang::En));
    let list = |codes: &[Code]| {
        let labels: Vec<String> = codes.iter().map(|code| format!("“{}”", option(question, code))).collect();
        labels.join(" or ")
    };
    match (clause.any_of.as_slice(), clause.none_of.as_slice()) {
        (any, []) => format!("“{label}” is {}", list(any)),
        ([], none) => format!("“{label}” is not {}", list(none)),
        (any, none) => format!("“{label}” is {} and not {}", list(any), list(none)),
    }
}

fn option(question: Option<&Question>, code: &Code) -> String {
    let means = |choice: &&crate::survey::Choice| match choice.missing {
        Some(missing) => missing.code() == code.as_str(),
        None => choice.code == *code,
    };
    let choice = question.and_then(|question| question.choices().iter().find(means));
    let reason = || NOT_ANSWERED.into_iter().find(|missing| missing.code() == code.as_str());
    match choice {
        Some(choice) => choice.label.get(Lang::En).to_owned(),
        None => reason().map(super::sheet_question::reason_in_words).unwrap_or(code.as_str()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_reads_as_a_sentence() {
        let survey = crate::survey::parse(include_str!("../../survey/tests/whole.toml")).unwrap().survey;
        let words = |condition: &Option<Condition>| in_words(&survey, condition.as_ref().unwrap());
        let of = |question: &str| words(&survey.question(question).unwrap().ask_if);
        assert_eq!(words(&survey.sections[1].ask_if), "Only if “Your team” is “Adults” or “Children”.");
        assert_eq!(of("cases"), "Only if “Your team” is not “Elsewhere”.");
        assert_eq!(of("leaving_date"), "Only if “What played a part?” is not “I don't know”.");
        assert_eq!(of("why"), "Only if “Would you recommend us?” is “0” or “1”.");
        let data = as_data(survey.question("cases").unwrap().ask_if.as_ref().unwrap());
        assert_eq!(data, r#"[{"any":[],"none":["elsewhere"],"question":"team"}]"#);
    }
}
