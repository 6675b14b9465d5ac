//! The way through a survey and the forms on it, for all answers that there can be.

mod explain;
mod form;
mod journey;

use super::journey::admits;
use super::{Answer, Answers, Code, Missing, Question, QuestionKind, Survey, parse};
use proptest::prelude::*;

fn whole() -> Survey {
    parse(include_str!("whole.toml")).unwrap().survey
}

/// [`whole`] and a survey that ships.
fn surveys() -> Vec<Survey> {
    vec![whole(), parse(include_str!("../../../surveys/exit.toml")).unwrap().survey]
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn one(text: &str) -> Answer {
    Answer::One(code(text))
}

fn many(codes: &[&str]) -> Answer {
    Answer::Many(codes.iter().map(|text| code(text)).collect())
}

fn answers(given: &[(&str, Answer)]) -> Answers {
    given.iter().map(|(question, answer)| (code(question), answer.clone())).collect()
}

/// Any answer that a page can be given.
fn an_answer(question: &Question) -> BoxedStrategy<Answer> {
    let options: Vec<Code> =
        question.choices().iter().filter(|choice| choice.missing.is_none()).map(|choice| choice.code.clone()).collect();
    let given = match question.kind.clone() {
        QuestionKind::Single { .. } | QuestionKind::Scale { .. } => {
            prop::sample::select(options).prop_map(Answer::One).boxed()
        }
        QuestionKind::Multiple { .. } => {
            let question = question.clone();
            let most = options.len();
            prop::sample::subsequence(options.clone(), 1..=most)
                .prop_map(|some| Answer::Many(some.into_iter().collect()))
                .prop_map(move |answer| match admits(&question, &answer) {
                    true => answer,
                    false => Answer::Many(options.iter().take(1).cloned().collect()),
                })
                .boxed()
        }
        QuestionKind::Rating { .. } => (0..=10_u8).prop_map(Answer::Rating).boxed(),
        QuestionKind::Number { min, max, .. } => (min..=max).prop_map(Answer::Number).boxed(),
        QuestionKind::Month { from, to } => {
            (from..=to, 1..=12_u8).prop_map(|(year, month)| Answer::Month { year, month }).boxed()
        }
        QuestionKind::Text { .. } => "[a-zŵ<&\"]([a-z \n]{0,30}[.!é])?".prop_map(Answer::Text).boxed(),
    };
    let missing = prop::sample::select(Missing::ALL.to_vec()).prop_map(Answer::Missing);
    prop_oneof![4 => given, 1 => missing].boxed()
}

/// Answers to some questions of a survey, whether they are asked or not.
fn some_answers() -> impl Strategy<Value = (Survey, Answers)> {
    prop::sample::select(surveys()).prop_flat_map(|survey| {
        let each: Vec<_> = survey
            .questions()
            .map(|question| {
                let code = question.code.clone();
                prop::option::weighted(0.8, an_answer(question)).prop_map(move |given| given.map(|a| (code.clone(), a)))
            })
            .collect();
        (Just(survey), each).prop_map(|(survey, given)| (survey, given.into_iter().flatten().collect()))
    })
}
