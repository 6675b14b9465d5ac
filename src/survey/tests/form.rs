use super::*;
use crate::survey::form::{FormProblem, NOT_ANSWERED, Wrong, fields, missing_field, no_answer, read, read_interview};

type Read = fn(&[&Question], &[(String, String)]) -> (Answers, Vec<FormProblem>);

/// Reads one question of [`whole`] from a leaver's page.
fn sent(question: &str, given: &[(&str, &str)]) -> Result<Option<Answer>, Wrong> {
    one_of(read, question, given)
}

/// The same from an interviewer's form.
fn entered(question: &str, given: &[(&str, &str)]) -> Result<Option<Answer>, Wrong> {
    one_of(read_interview, question, given)
}

fn one_of(read: Read, question: &str, given: &[(&str, &str)]) -> Result<Option<Answer>, Wrong> {
    let survey = whole();
    let fields: Vec<(String, String)> = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let (mut answers, mut problems) = read(&[survey.question(question).unwrap()], &fields);
    match problems.pop() {
        Some(FormProblem { what, .. }) => Err(what),
        None => Ok(answers.remove(question)),
    }
}

#[test]
fn a_choice_is_one_of_the_options() {
    assert_eq!(sent("team", &[("q.team", "adults")]), Ok(Some(one("adults"))));
    assert_eq!(sent("team", &[("q.team", "adults"), ("q.team", "adults")]), Ok(Some(one("adults"))));
    assert_eq!(sent("team", &[("q.team", "adults"), ("q.team", "children")]), Err(Wrong::MoreThanOne));
    assert_eq!(sent("team", &[("q.team", "finance")]), Err(Wrong::NotAnOption));
    assert_eq!(sent("team", &[("q.team", "prefer_not_to_say")]), Ok(Some(Answer::Missing(Missing::PreferNotToSay))));
    assert_eq!(sent("supported", &[("q.supported", "agree")]), Ok(Some(one("agree"))));
    let not_applicable = Ok(Some(Answer::Missing(Missing::NotApplicable)));
    assert_eq!(sent("supported", &[("q.supported", "not_applicable")]), not_applicable);
}

#[test]
fn a_required_question_wants_an_answer() {
    assert_eq!(sent("team", &[]), Err(Wrong::Missing));
    assert_eq!(sent("team", &[("q.team", "  ")]), Err(Wrong::Missing));
    assert_eq!(sent("role", &[]), Ok(None));
}

#[test]
fn exclusive_options_stand_alone() {
    let reasons = |given: &[&str]| sent("reasons", &given.iter().map(|v| ("q.reasons", *v)).collect::<Vec<_>>());
    assert_eq!(reasons(&["workload", "pay"]), Ok(Some(many(&["pay", "workload"]))));
    assert_eq!(reasons(&["none"]), Ok(Some(many(&["none"]))));
    assert_eq!(reasons(&["none", "pay"]), Err(Wrong::ExclusiveWithOthers));
    assert_eq!(reasons(&["dont_know"]), Ok(Some(Answer::Missing(Missing::NotKnown))));
    assert_eq!(reasons(&["dont_know", "pay"]), Err(Wrong::ExclusiveWithOthers));
    assert_eq!(reasons(&["prefer_not_to_say", "pay"]), Err(Wrong::ExclusiveWithOthers));
    assert_eq!(reasons(&["prefer_not_to_say", "dont_know"]), Err(Wrong::ExclusiveWithOthers));
    assert_eq!(reasons(&["pay", "bogus"]), Err(Wrong::NotAnOption));
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let cases = |value| sent("cases", &[("q.cases", value)]);
    assert_eq!(cases(" 37 "), Ok(Some(Answer::Number(37))));
    assert_eq!(cases("0100"), Ok(Some(Answer::Number(100))));
    let large = Err(Wrong::OutOfRange { min: 0, max: 100 });
    assert!(["1,000", "1 000", "-1,234,567"].iter().all(|n| cases(n) == large));
    assert_eq!(cases("1,000"), Err(Wrong::OutOfRange { min: 0, max: 100 }));
    assert_eq!(cases("-1"), Err(Wrong::OutOfRange { min: 0, max: 100 }));
    assert_eq!(cases("99999999999999999999"), Err(Wrong::OutOfRange { min: 0, max: 100 }));
    for wrong in ["about 20", "37.5", "-", "٣", "3,5", "3 5", "1,00", "1000,000", ",5", "5,", "1,,000"] {
        assert_eq!(cases(wrong), Err(Wrong::NotANumber), "{wrong}");
    }
    assert_eq!(sent("recommend", &[("q.recommend", "10")]), Ok(Some(Answer::Rating(10))));
    assert_eq!(sent("recommend", &[("q.recommend", "11")]), Err(Wrong::NotAnOption));
}

#[test]
fn months_need_both_parts() {
    let month = |month, year| sent("leaving_date", &[("q.leaving_date.month", month), ("q.leaving_date.year", year)]);
    assert_eq!(month("03", "2026"), Ok(Some(Answer::Month { year: 2026, month: 3 })));
    assert_eq!(month("", ""), Ok(None));
    assert_eq!(month("3", ""), Err(Wrong::NotAMonth));
    assert_eq!(month("", "2026"), Err(Wrong::NotAMonth));
    assert_eq!(month("13", "2026"), Err(Wrong::NotAMonth));
    assert_eq!(month("March", "2026"), Err(Wrong::NotAMonth));
    assert_eq!(month("3", "26"), Err(Wrong::OutOfRange { min: 1970, max: 2040 }));
}

#[test]
fn texts_are_counted_as_their_writer_sees_them() {
    let why = |value: &str| sent("why", &[("q.why", value)]);
    assert_eq!(why(" Pay.\r\nAnd\u{0} pay. \n"), Ok(Some(Answer::Text("Pay.\nAnd pay.".to_owned()))));
    assert_eq!(why("a \u{202E}b 👩\u{200D}💻\u{2066}"), Ok(Some(Answer::Text("a b 👩\u{200D}💻".to_owned()))));
    let full = "ŵ\r\n".repeat(250);
    assert!(why(&full).is_ok());
    assert_eq!(why(&"ŵ".repeat(501)), Err(Wrong::TooLong { max: 500, length: 501 }));
}

#[test]
fn the_box_for_not_saying_goes_with_nothing_else() {
    let refused = Ok(Some(Answer::Missing(Missing::PreferNotToSay)));
    assert_eq!(sent("cases", &[("q.cases.missing", "prefer_not_to_say")]), refused);
    assert_eq!(sent("cases", &[("q.cases", ""), ("q.cases.missing", "prefer_not_to_say")]), refused);
    let both = [("q.cases", "3"), ("q.cases.missing", "prefer_not_to_say")];
    assert_eq!(sent("cases", &both), Err(Wrong::ExclusiveWithOthers));
    assert_eq!(sent("why", &[("q.why.missing", "because")]), Err(Wrong::NotAnOption));
}

#[test]
fn an_interviewer_keeps_refused_not_known_and_not_asked_apart_whatever_the_question() {
    for question in whole().questions() {
        for missing in NOT_ANSWERED {
            let (name, value) = no_answer(question, missing);
            let read = entered(question.code.as_str(), &[(&name, &value)]);
            assert_eq!(read, Ok(Some(Answer::Missing(missing))), "{}", question.code);
        }
        let name = missing_field(&question.code);
        assert_eq!(entered(question.code.as_str(), &[]), Ok(None), "{} may stay unasked", question.code);
        assert_eq!(entered(question.code.as_str(), &[(&name, "not_applicable")]), Err(Wrong::NotAnOption));
        let two = [(name.as_str(), "not_asked"), (name.as_str(), "not_known")];
        assert_eq!(entered(question.code.as_str(), &two), Err(Wrong::MoreThanOne));
    }
}

#[test]
fn an_answer_goes_before_not_asked_and_with_no_other_reason() {
    let cases = |missing| entered("cases", &[("q.cases", "3"), ("q.cases.missing", missing)]);
    assert_eq!(cases("not_asked"), Ok(Some(Answer::Number(3))));
    assert_eq!(cases("not_known"), Err(Wrong::ExclusiveWithOthers));
    assert_eq!(cases("prefer_not_to_say"), Err(Wrong::ExclusiveWithOthers));
    let own = [("q.reasons", "dont_know"), ("q.reasons.missing", "not_known")];
    assert_eq!(entered("reasons", &own), Ok(Some(Answer::Missing(Missing::NotKnown))));
}

#[test]
fn a_leaver_can_only_prefer_not_to_say() {
    for question in whole().questions() {
        let name = missing_field(&question.code);
        for missing in Missing::ALL.into_iter().filter(|missing| *missing != Missing::PreferNotToSay) {
            let read = sent(question.code.as_str(), &[(&name, missing.code())]);
            assert_eq!(read, Err(Wrong::NotAnOption), "{} {missing:?}", question.code);
            let (name, value) = no_answer(question, missing);
            let read = sent(question.code.as_str(), &[(&name, &value)]);
            assert_eq!(read, Err(Wrong::NotAnOption), "{} {missing:?}", question.code);
        }
    }
}

#[test]
fn every_problem_of_a_page_is_told_in_the_order_of_its_questions() {
    let survey = whole();
    let questions: Vec<&Question> = survey.sections[2].questions.iter().collect();
    let given = [("q.why", "x".repeat(501)), ("q.cases", "many".to_owned()), ("q.leaving_date.month", "3".to_owned())];
    let (answers, problems) = read(&questions, &given.map(|(name, value)| (name.to_owned(), value)));
    assert_eq!(answers, Answers::new());
    let found: Vec<&str> = problems.iter().map(|problem| problem.question.as_str()).collect();
    assert_eq!(found, ["cases", "leaving_date", "why"]);
}

proptest! {
    #[test]
    fn answers_fill_a_page_that_reads_back_as_them((survey, given) in some_answers()) {
        for question in survey.questions() {
            let Some(answer) = given.get(&question.code) else { continue };
            let (sent, problems) = read(&[question], &fields(question, answer));
            let is_offered = match answer {
                Answer::Missing(Missing::PreferNotToSay) => true,
                Answer::Missing(missing) => question.choices().iter().any(|choice| choice.missing == Some(*missing)),
                _ => true,
            };
            prop_assert_eq!(problems.is_empty(), is_offered);
            prop_assert_eq!(sent.get(&question.code), Some(answer).filter(|_| is_offered));
            let (entered, problems) = read_interview(&[question], &fields(question, answer));
            if is_offered || *answer != Answer::Missing(Missing::NotApplicable) {
                prop_assert_eq!(problems, []);
                prop_assert_eq!(entered.get(&question.code), Some(answer));
            }
        }
    }

    #[test]
    fn whatever_is_sent_becomes_answers_that_the_survey_admits(
        given in prop::collection::vec((0_usize..16, prop_oneof!["\\PC{0,12}", "-?[0-9]{1,4}", "pay|none|adults|prefer_not_to_say|dont_know"]), 0..12)
    ) {
        let survey = whole();
        let names: Vec<String> = survey
            .questions()
            .flat_map(|q| [format!("q.{}", q.code), format!("q.{}.missing", q.code), format!("q.{}.month", q.code), format!("q.{}.year", q.code)])
            .collect();
        let sent: Vec<(String, String)> =
            given.into_iter().map(|(at, value)| (names[at * 5 % names.len()].clone(), value)).collect();
        let questions: Vec<&Question> = survey.questions().collect();
        let (answers, problems) = read(&questions, &sent);
        for question in questions {
            if let Some(answer) = answers.get(&question.code) {
                prop_assert!(admits(question, answer));
                prop_assert!(problems.iter().all(|problem| problem.question != question.code));
            }
        }
    }
}
