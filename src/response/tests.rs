use super::mixing::take_texts;
use super::*;
use crate::survey::{Answer, Missing};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

#[test]
fn a_text_leaves_no_trace_in_the_response_that_it_came_with() {
    let mut answers = Answers::from([
        (code("pay"), Answer::One(code("a"))),
        (code("why"), Answer::Text("Long hours".to_owned())),
        (code("more"), Answer::Missing(Missing::PreferNotToSay)),
    ]);
    let texts = take_texts(&mut answers);
    assert_eq!(texts.len(), 1);
    assert_eq!((texts[0].question.as_str(), texts[0].text.as_str()), ("why", "Long hours"));
    assert_eq!(answers.keys().map(Code::as_str).collect::<Vec<_>>(), ["more", "pay"]);
}

#[test]
fn the_stored_form_stays_as_it_is() {
    let answers = Answers::from([
        (code("a"), Answer::One(code("x"))),
        (code("b"), Answer::Many([code("x"), code("y")].into())),
        (code("c"), Answer::Rating(7)),
        (code("d"), Answer::Number(-3)),
        (code("e"), Answer::Month { year: 2026, month: 11 }),
        (code("f"), Answer::Missing(Missing::NotKnown)),
    ]);
    let stored = r#"{"a":{"one":"x"},"b":{"many":["x","y"]},"c":{"rating":7},"d":{"number":-3},"e":{"month":{"year":2026,"month":11}},"f":{"missing":"not_known"}}"#;
    assert_eq!(serde_json::to_string(&answers).unwrap(), stored);
    assert_eq!(serde_json::from_str::<Answers>(stored).unwrap(), answers);
}

#[test]
fn every_mode_is_read_back() {
    for mode in Mode::ALL {
        assert_eq!(mode.as_str().parse::<Mode>().unwrap(), mode);
    }
    assert!("Online".parse::<Mode>().is_err());
}

#[test]
fn a_misfit_does_not_say_what_the_answer_was() {
    let survey = crate::survey::parse(include_str!("../../surveys/exit.toml")).unwrap().survey;
    let misfit = check(&survey, &Answers::from([(code("main_reason"), Answer::One(code("swordfish")))])).unwrap_err();
    assert_eq!(misfit.to_string(), "the answer to main_reason does not fit the survey");
    assert!(check(&survey, &Answers::from([(code("main_reason"), Answer::One(code("pay")))])).is_ok());
}
