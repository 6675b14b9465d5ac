//! How people answered, as one more question: so that it is counted, protected
//! and shown as any other breakdown is.

use crate::response::Mode;
use crate::survey::{Choice, Code, MODE, Question, QuestionKind, Section, Survey, Text};

/// `survey` with the question [`MODE`] behind its last, and [`Mode::ALL`] as its options,
/// for whoever counts or shows a release. A survey that was published before that code was reserved, and
/// has such a question itself, stays as it is.
pub fn with_mode(survey: &Survey) -> Survey {
    let mut survey = survey.clone();
    if let Some(code) = code(MODE).filter(|_| survey.question(MODE).is_none()) {
        survey.sections.push(section(code));
    }
    survey
}

/// Whether figures are to be split by the question that [`with_mode`] adds.
pub(super) fn is_among(breakdowns: &[Code], survey: &Survey) -> bool {
    breakdowns.iter().any(|code| code.as_str() == MODE) && survey.question(MODE).is_none()
}

fn section(code: Code) -> Section {
    let question = Question {
        code: code.clone(),
        label: text("How people answered"),
        help: None,
        prompt: None,
        is_required: false,
        is_breakdown: true,
        others: None,
        ask_if: None,
        kind: QuestionKind::Single { choices: Mode::ALL.into_iter().filter_map(choice).collect() },
    };
    Section { code, title: text("Online or in an interview"), help: None, ask_if: None, questions: vec![question] }
}

fn choice(mode: Mode) -> Option<Choice> {
    let label = match mode {
        Mode::Online => "Online",
        Mode::Independent => "With an independent interviewer",
        Mode::Hr => "With HR, or the post named for it",
        Mode::Import => "In an earlier questionnaire",
    };
    let code = code(mode.as_str())?;
    Some(Choice { code, label: text(label), is_exclusive: false, is_favourable: false, missing: None })
}

/// Always some: the names of modes are well-formed codes.
fn code(name: &str) -> Option<Code> {
    Code::new(name).ok()
}

fn text(en: &str) -> Text {
    Text { en: en.to_owned(), cy: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;

    #[test]
    fn every_mode_is_an_option_of_the_question_that_is_added() {
        let survey = with_mode(&sample::survey());
        let question = survey.question(MODE).unwrap();
        let options: Vec<&str> = question.choices().iter().map(|choice| choice.code.as_str()).collect();
        assert_eq!(options, Mode::ALL.map(Mode::as_str), "in the order in which they are counted");
        assert_eq!(survey.questions().count(), sample::survey().questions().count() + 1);
        assert_eq!(with_mode(&survey), survey, "it is added once");
    }

    #[test]
    fn a_survey_that_had_such_a_question_first_keeps_it() {
        let mut survey = sample::survey();
        survey.sections[0].questions[0].code = sample::code(MODE);
        assert_eq!(with_mode(&survey), survey);
        assert!(!is_among(&[sample::code(MODE)], &survey));
        assert!(is_among(&[sample::code(MODE)], &sample::survey()));
    }
}
