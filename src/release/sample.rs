//! A small survey for the tests of releases and reports.

use crate::release::make::{Terms, make};
use crate::release::model::{Policy, Release, SurveyRef};
use crate::release::uptake::{BeforeAndAfter, Held, Reached, UptakeCounts};
use crate::survey::{
    Answer, Answers, Band, Choice, Code, Kind, Lang, Question, QuestionKind, Scale, Section, Survey, Text,
};

pub fn survey() -> Survey {
    let questions = vec![
        Question {
            is_breakdown: true,
            others: Some(text("Other directorates")),
            ..question("directorate", "Directorate", QuestionKind::Single { choices: directorates() })
        },
        question(
            "reasons",
            "Why are you leaving?",
            QuestionKind::Multiple {
                choices: vec![
                    choice("pay", "Pay and conditions"),
                    choice("workload", "Workload"),
                    choice("career", "=Career"),
                ],
            },
        ),
        question("morale", "Morale was good <here>", QuestionKind::Scale { scale: agreement() }),
        question(
            "recommend",
            "Would you recommend us?",
            QuestionKind::Rating { low: text("Never"), high: text("Always"), favourable: Some(8) },
        ),
        question(
            "years",
            "Years with us",
            QuestionKind::Number {
                unit: text("years"),
                min: 0,
                max: 60,
                bands: vec![band("under_5", "Under 5", 0, 4), band("from_5", "5 or more", 5, 60)],
            },
        ),
        question("more", "Anything else?", QuestionKind::Text { max_length: 2000 }),
    ];
    Survey {
        code: code("exit"),
        kind: Kind::Exit,
        title: text("Why you are leaving"),
        introduction: None,
        minutes: 8,
        languages: vec![Lang::En],
        sections: vec![Section { code: code("leaving"), title: text("Leaving"), help: None, ask_if: None, questions }],
    }
}

/// The first release, of nobody.
pub fn empty_release() -> Release {
    Release {
        organisation: "Borsetshire County Council".to_owned(),
        campaign: "Leavers".to_owned(),
        survey: SurveyRef { code: "exit".to_owned(), version: "abc".to_owned() },
        number: 1,
        as_of: chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day"),
        previous_hash: None,
        hash: String::new(),
        ticket_key: None,
        policy: Policy { min_base: 5, comment_min_base: 10, decimals: 1, protection: Some(5), strict: false },
        uptake: None,
        base: 0,
        tables: Vec::new(),
    }
}

/// A release of thirty: twelve in adults' services, fifteen in children's, three
/// (too few to show, so adults' are hidden with them) in housing.
pub fn release() -> Release {
    make(terms(), &survey(), &[], (0..30).map(|n| (1, answers(n)))).expect("a safe release").release
}

pub fn terms() -> Terms {
    Terms {
        organisation: "Borsetshire County Council".to_owned(),
        campaign: "Leavers".to_owned(),
        survey_version: "abc".to_owned(),
        ticket_key: Some("58ab 1c77 03e9 d2f4 a610 4b8e 97cc 2f35".to_owned()),
        as_of: chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day"),
        min_base: 5,
        comment_min_base: 10,
        protection: 5,
        strict: false,
        breakdowns: vec![code("directorate")],
        crossings: Vec::new(),
        uptake: uptake(),
    }
}

/// Two said that they do not trust it, and three had other reasons: too few to show.
fn uptake() -> UptakeCounts {
    let part = |(name, people): (&str, u64)| (name.to_owned(), people);
    let reasons = [("no_time", 6), ("not_anonymous", 2), ("nothing_changes", 6), ("said_already", 0), ("other", 3)];
    let held = |days, was_read_back, interviews| Held { days, was_read_back, interviews };
    UptakeCounts {
        offered: 75,
        taken_up: 30,
        modes: [("online", 19), ("independent", 11), ("hr", 0)].map(part).to_vec(),
        declined: 24,
        declined_because: reasons.map(part).to_vec(),
        interviews: vec![held(2, false, 5), held(6, true, 4), held(15, true, 2)],
        independent_option: Some(BeforeAndAfter {
            since: chrono::NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day"),
            before: Reached { offered: 30, taken_up: 9 },
            after: Reached { offered: 45, taken_up: 22 },
        }),
    }
}

/// What the n-th person of [`release`] answered.
fn answers(n: u64) -> Answers {
    let directorate = match n {
        0..12 => "adults",
        12..27 => "children",
        _ => "housing",
    };
    let pick = |options: [&str; 3]| code(options[usize::try_from(n % 3).expect("small")]);
    let reasons = [(n.is_multiple_of(2), "pay"), (n.is_multiple_of(3), "workload"), (n.is_multiple_of(5), "career")];
    let chosen = reasons.into_iter().filter(|(is_chosen, _)| *is_chosen).map(|(_, reason)| code(reason));
    let mut answers = Answers::from([
        (code("directorate"), Answer::One(code(directorate))),
        (code("reasons"), Answer::Many(chosen.collect())),
        (code("morale"), Answer::One(pick(["agree", "neither", "disagree"]))),
        (code("years"), Answer::Number(i64::try_from(n % 10).expect("small"))),
    ]);
    if !n.is_multiple_of(4) {
        answers.insert(code("recommend"), Answer::Rating(u8::try_from(n % 11).expect("small")));
    }
    answers
}

pub fn code(text: &str) -> Code {
    Code::new(text).expect("a code")
}

fn directorates() -> Vec<Choice> {
    vec![choice("adults", "Adults"), choice("children", "Children"), choice("housing", "Housing")]
}

fn agreement() -> Scale {
    let points = vec![
        Choice { is_favourable: true, ..choice("agree", "Agree") },
        choice("neither", "Neither"),
        choice("disagree", "Disagree"),
    ];
    Scale { code: code("agreement"), points }
}

fn text(en: &str) -> Text {
    Text { en: en.to_owned(), cy: None }
}

fn choice(name: &str, label: &str) -> Choice {
    Choice { code: code(name), label: text(label), is_exclusive: false, is_favourable: false, missing: None }
}

fn band(name: &str, label: &str, from: i64, to: i64) -> Band {
    Band { code: code(name), label: text(label), from, to }
}

fn question(name: &str, label: &str, kind: QuestionKind) -> Question {
    Question {
        code: code(name),
        label: text(label),
        help: None,
        prompt: None,
        is_required: false,
        is_breakdown: false,
        others: None,
        ask_if: None,
        kind,
    }
}
