//! `ask_if`: who is asked a section or a question.

use super::*;
use crate::survey::answer::Missing;
use crate::survey::model::{Clause, Condition};

const MAX_CLAUSES: usize = 20;

impl Reader {
    /// The condition of something in the section at `section`; none if it has none.
    /// Mistakes are reported, and the condition is then not to be used.
    pub(super) fn condition(&mut self, fields: &Fields, section: usize) -> Option<Condition> {
        let tables = fields.tables(self, "ask_if", "condition")?;
        let place = fields.place("ask_if");
        if tables.is_empty() {
            self.problems.error(place, "`ask_if` is empty", "leave it out to ask everybody");
        } else if tables.len() > MAX_CLAUSES {
            let message = format!("`ask_if` has {} conditions; {MAX_CLAUSES} is the most", tables.len());
            self.problems.error(place, message, "");
        }
        let clauses: Vec<Clause> =
            tables.iter().take(MAX_CLAUSES).filter_map(|table| self.clause(table, section)).collect();
        Some(Condition { all: clauses })
    }

    fn clause(&mut self, fields: &Fields, section: usize) -> Option<Clause> {
        self.only_known_keys(fields, &shape::CLAUSE);
        if !fields.has("question") {
            self.missing(fields, "question", "the code of a question of an earlier section");
        }
        let question = fields.string(self, "question");
        let (any_of, none_of) = (fields.codes(self, "any_of"), fields.codes(self, "none_of"));
        if !fields.has("any_of") && !fields.has("none_of")
            || fields.is_empty_list("any_of")
            || fields.is_empty_list("none_of")
        {
            let hint = "name the answers that it depends on: any_of = [\"...\"] or none_of = [\"...\"]";
            self.problems.error(fields.at, "the condition names no answer", hint);
        }
        let question = question?;
        let kind = self.earlier_question(question, section)?;
        let mut known = |codes: Vec<At<Code>>| -> Vec<Code> {
            codes.into_iter().filter_map(|code| self.answer_code(question.value, kind.as_ref(), code)).collect()
        };
        let (any_of, none_of) = (known(any_of), known(none_of));
        if let Some(both) = any_of.iter().find(|code| none_of.contains(code)) {
            let message = format!("`{both}` is in `any_of` and in `none_of`");
            self.problems.error(fields.at, message, "nobody can have both: keep one");
        }
        Some(Clause { question: Code::new(question.value).ok()?, any_of, none_of })
    }

    /// What the condition is about. The inner none: it has errors of its own.
    fn earlier_question(&mut self, name: At<&str>, section: usize) -> Option<Option<QuestionKind>> {
        let (message, hint) = match self.sections_of.get(name.value) {
            Some(there) if *there < section => {
                return Some(self.questions.get(name.value).cloned().flatten());
            }
            Some(there) if *there == section => (
                format!("the question {} is in the same section", shown(name.value)),
                "a section is one page: put what depends on it into a section after it".to_owned(),
            ),
            Some(_) => (
                format!("the question {} comes later", shown(name.value)),
                "only questions of earlier sections have been answered by then".to_owned(),
            ),
            None => {
                let earlier = self.sections_of.iter().filter(|(_, there)| **there < section);
                let hint = did_you_mean(name.value, earlier.map(|(code, _)| code.as_str()));
                (format!("there is no question {}", shown(name.value)), hint)
            }
        };
        self.problems.error(name.at, message, hint);
        None
    }

    /// The code as answers have it: the reason, for an option that means missing.
    fn answer_code(&mut self, question: &str, kind: Option<&QuestionKind>, code: At<Code>) -> Option<Code> {
        let Some(kind) = kind else { return Some(code.value) };
        if Missing::OF_OPTIONS.iter().any(|missing| missing.code() == code.value.as_str()) {
            return Some(code.value);
        }
        // As answers spell it: "07" is "7".
        let number = code.value.as_str().parse::<i64>().ok();
        let within = |min, max| number.filter(|n| (min..=max).contains(n)).and_then(|n| Code::new(n.to_string()).ok());
        let (found, hint) = match kind {
            QuestionKind::Single { choices }
            | QuestionKind::Multiple { choices }
            | QuestionKind::Scale { scale: Scale { points: choices, .. } } => {
                let found = choices.iter().find(|choice| choice.code == code.value);
                let found = found.map(|choice| match choice.missing {
                    Some(missing) => Code::new(missing.code()).unwrap_or_else(|_| code.value.clone()),
                    None => choice.code.clone(),
                });
                (found, did_you_mean(code.value.as_str(), choices.iter().map(|choice| choice.code.as_str())))
            }
            QuestionKind::Rating { .. } => (within(0, 10), "write a rating, \"0\" to \"10\"".to_owned()),
            QuestionKind::Number { min, max, .. } => {
                (within(*min, *max), format!("write a number from {min} to {max} in quotation marks"))
            }
            QuestionKind::Month { .. } | QuestionKind::Text { .. } => {
                (None, "months and texts have no codes; ask about a question with options".to_owned())
            }
        };
        if found.is_none() {
            let message = format!("the question {} has no answer `{}`", shown(question), code.value);
            self.problems.error(code.at, message, hint);
        }
        found
    }
}
