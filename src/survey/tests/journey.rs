use super::*;
use crate::survey::journey::{Open, asked, asked_questions, next, open_problems, previous, prune};

fn codes_of(sections: Vec<&crate::survey::Section>) -> Vec<&str> {
    sections.into_iter().map(|section| section.code.as_str()).collect()
}

#[test]
fn sections_follow_earlier_answers() {
    let survey = whole();
    assert_eq!(codes_of(asked(&survey, &Answers::new())), ["about_you", "more"]);
    assert_eq!(codes_of(asked(&survey, &answers(&[("team", one("adults"))]))), ["about_you", "work", "more"]);
    assert_eq!(codes_of(asked(&survey, &answers(&[("team", one("elsewhere"))]))), ["about_you", "more"]);
    let refused = answers(&[("team", Answer::Missing(Missing::PreferNotToSay))]);
    assert_eq!(codes_of(asked(&survey, &refused)), ["about_you", "more"]);
}

#[test]
fn changing_an_answer_drops_what_hangs_on_it() {
    let survey = whole();
    let mut given = answers(&[
        ("team", one("adults")),
        ("reasons", many(&["pay"])),
        ("recommend", Answer::Rating(1)),
        ("cases", Answer::Number(20)),
        ("why", Answer::Text("Pay".to_owned())),
    ]);
    assert_eq!(prune(&survey, &given), given);
    given.insert(code("team"), one("elsewhere"));
    assert_eq!(prune(&survey, &given), answers(&[("team", one("elsewhere"))]));
}

#[test]
fn what_the_survey_has_no_place_for_is_dropped() {
    let given = answers(&[
        ("team", one("finance")),
        ("role", Answer::Text("boss".to_owned())),
        ("shoe_size", Answer::Number(43)),
        ("cases", Answer::Number(101)),
    ]);
    assert_eq!(prune(&whole(), &given), Answers::new());
}

#[test]
fn what_is_required_is_open_until_it_is_answered() {
    let survey = whole();
    let open = |section, question| Open { section: code(section), question: code(question) };
    assert_eq!(open_problems(&survey, &Answers::new()), [open("about_you", "team")]);
    let unhappy = answers(&[("team", one("adults")), ("recommend", Answer::Rating(0))]);
    assert_eq!(open_problems(&survey, &unhappy), [open("work", "reasons"), open("more", "why")]);
    let refused = Answer::Missing(Missing::PreferNotToSay);
    let silent = answers(&[("team", one("adults")), ("reasons", refused.clone()), ("recommend", refused)]);
    assert_eq!(open_problems(&survey, &silent), []);
}

#[test]
fn a_section_that_is_not_there_leads_to_the_start() {
    let survey = whole();
    let first = next(&survey, &Answers::new(), Some(&code("gone"))).unwrap();
    assert_eq!(first.code.as_str(), "about_you");
    // From a section that is no longer asked it goes on where it stood.
    let after = next(&survey, &answers(&[("team", one("elsewhere"))]), Some(&code("work"))).unwrap();
    assert_eq!(after.code.as_str(), "more");
}

#[test]
fn no_reason_for_a_missing_answer_is_in_a_base() {
    for question in whole().questions() {
        for missing in Missing::ALL {
            assert_eq!(question.counts_in(&Answer::Missing(missing)), None, "{} {missing:?}", question.code);
        }
    }
}

#[test]
fn a_question_that_was_not_asked_decides_nothing() {
    let not_asked = Answer::Missing(Missing::NotAsked);
    assert!(!not_asked.has(&code("not_asked")), "a survey may have an option of that code");
    let prefixed = answers(&[("team", not_asked.clone())]);
    assert_eq!(asked(&whole(), &prefixed), asked(&whole(), &Answers::new()));
}

proptest! {
    #[test]
    fn pruned_answers_belong_to_questions_that_are_asked((survey, given) in some_answers()) {
        let pruned = prune(&survey, &given);
        let sections = asked(&survey, &given);
        let questions: Vec<&Code> =
            sections.iter().flat_map(|section| asked_questions(section, &pruned)).map(|question| &question.code).collect();
        for (question, answer) in &pruned {
            prop_assert!(questions.contains(&question), "{question} is not asked");
            prop_assert_eq!(given.get(question), Some(answer));
        }
        // And nothing that was asked is lost.
        for question in questions {
            prop_assert_eq!(pruned.get(question), given.get(question));
        }
        prop_assert_eq!(&prune(&survey, &pruned), &pruned);
        prop_assert_eq!(asked(&survey, &pruned), sections);
    }

    #[test]
    fn going_on_and_back_passes_every_section_that_is_asked((survey, given) in some_answers()) {
        let sections = asked(&survey, &given);
        let onwards: Vec<_> = std::iter::successors(next(&survey, &given, None), |s| next(&survey, &given, Some(&s.code))).collect();
        prop_assert_eq!(&onwards, &sections);
        let mut back: Vec<_> =
            std::iter::successors(previous(&survey, &given, None), |s| previous(&survey, &given, Some(&s.code))).collect();
        back.reverse();
        prop_assert_eq!(&back, &sections);
    }

    #[test]
    fn whoever_prefers_not_to_say_gets_to_the_end((survey, mut given) in some_answers()) {
        for _ in 0..=survey.sections.len() {
            for open in open_problems(&survey, &given) {
                prop_assert!(!given.contains_key(&open.question));
                given.insert(open.question, Answer::Missing(Missing::PreferNotToSay));
            }
        }
        prop_assert_eq!(open_problems(&survey, &given), []);
    }
}
