//! What the questionnaire's form sends, as a draft holds it.

use crate::interview::Draft;
use crate::survey::form;
use crate::survey::{Code, Question, Survey};
use crate::web::Fields;
use std::collections::BTreeMap;

/// The field with the interviewer's notes.
pub(super) const NOTES: &str = "notes";

/// `old` with all that the page sent: the whole survey, so that what is not in it
/// was unticked. Answers to questions whose condition does not hold stay too: it
/// may hold again in a moment.
pub(super) fn entered(survey: &Survey, sent: &Fields, old: Draft) -> Draft {
    let mut pages = BTreeMap::new();
    for section in &survey.sections {
        let is_ours = |name: &str| section.questions.iter().any(|question| is_of(question, name));
        let page: Vec<(String, String)> = sent
            .pairs()
            .iter()
            .filter(|(name, value)| !value.is_empty() && is_ours(name))
            .map(|(name, value)| (name.clone(), with_plain_lines(value)))
            .collect();
        if !page.is_empty() {
            pages.insert(section.code.clone(), page);
        }
    }
    Draft { pages, notes: with_plain_lines(sent.get(NOTES)), ..old }
}

/// What was entered in a section.
pub(super) fn page<'a>(draft: &'a Draft, section: &Code) -> &'a [(String, String)] {
    draft.pages.get(section).map(Vec::as_slice).unwrap_or_default()
}

/// Whether a field is one of this question's.
pub(super) fn is_of(question: &Question, name: &str) -> bool {
    let field = form::field(&question.code);
    name.strip_prefix(field.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A browser's own form ends lines in two characters, a script's in one: the same
/// text is to look the same, or it would count as changed.
fn with_plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey() -> Survey {
        crate::survey::parse(include_str!("../../survey/tests/whole.toml")).unwrap().survey
    }

    fn sent(given: &[(&str, &str)]) -> Fields {
        Fields::new(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn what_is_not_sent_was_unticked_and_what_is_no_answer_stays_out() {
        let old = Draft {
            pages: BTreeMap::from([(Code::new("work").unwrap(), vec![("q.reasons".to_owned(), "pay".to_owned())])]),
            correction: "Less".to_owned(),
            was_read_out: true,
            ..Draft::default()
        };
        let new = entered(&survey(), &sent(&[("version", "3"), ("q.team", "adults"), ("notes", "Tired")]), old);
        let sections: Vec<&str> = new.pages.keys().map(Code::as_str).collect();
        assert_eq!(sections, ["about_you"]);
        assert_eq!(page(&new, &Code::new("about_you").unwrap()), [("q.team".to_owned(), "adults".to_owned())]);
        assert_eq!((new.notes.as_str(), new.correction.as_str(), new.was_read_out), ("Tired", "Less", true));
    }

    #[test]
    fn the_same_text_is_the_same_however_lines_end() {
        let of = |text| entered(&survey(), &sent(&[("q.why", text), ("notes", text)]), Draft::default());
        assert!(of("a\r\nb") == of("a\nb"));
    }

    #[test]
    fn a_question_whose_name_begins_like_another_is_another() {
        let survey = survey();
        let why = survey.question("why").unwrap();
        assert!(is_of(why, "q.why") && is_of(why, "q.why.missing"));
        assert!(!is_of(why, "q.why_not") && !is_of(why, "why"));
    }
}
