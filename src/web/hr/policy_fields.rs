//! What a campaign promises of hidden figures, and by which two breakdowns at once it
//! splits: the fields, and the words in which its page says so.

use crate::campaign::{Campaign, Crossing, read_crossing};
use crate::survey::{Code, Lang, MODE, Survey};
use crate::web::Fields;
use crate::web::problems::Problems;
use crate::web::ui::{self, Choice, Field};
use maud::{Markup, html};

const CROSSINGS: &str = "crossings";
const STRICT: &str = "strict";

/// Every pair of what figures can be split by. They are many, few of them are wanted,
/// and which breakdowns are chosen is not known before the form is sent.
pub(super) fn crossings(survey: &Survey, form: &Fields, problems: &Problems) -> Markup {
    let mut codes: Vec<&str> = survey.breakdowns().map(|question| question.code.as_str()).collect();
    codes.push(MODE);
    let pairs =
        codes.iter().enumerate().flat_map(|(at, first)| codes.iter().skip(at + 1).map(move |second| (first, second)));
    let named: Vec<(String, String)> = pairs
        .map(|(first, second)| (format!("{first}*{second}"), both(&called(survey, first), &called(survey, second))))
        .collect();
    let choices: Vec<Choice> = named
        .iter()
        .map(|(value, label)| Choice {
            value,
            label,
            is_chosen: form.all(CROSSINGS).any(|chosen| chosen == value),
            ..Choice::default()
        })
        .collect();
    let field = Field {
        name: CROSSINGS,
        label: "Split figures by two of them at once",
        hint: Some(
            "Choose both above as well. Cannot be changed later. The groups are small, and more of them have to be hidden.",
        ),
        error: problems.on(CROSSINGS),
        ..Field::default()
    };
    let is_open = field.error.is_some() || choices.iter().any(|choice| choice.is_chosen);
    html! {
        details open[is_open] {
            summary { "Split figures by two at once" }
            div { (ui::checkboxes(&field, &choices)) }
        }
    }
}

pub(super) fn strictness(form: &Fields) -> Markup {
    let choices = [
        Choice {
            value: "no",
            label: "Your organisation, and whoever asks it for them",
            hint: Some("A group's figures are shown whole, or not at all."),
            is_chosen: form.get(STRICT) != "yes",
            ..Choice::default()
        },
        Choice {
            value: "yes",
            label: "The world",
            hint: Some(
                "The stricter policy: within a group, answers that few people gave are hidden too, or put together.",
            ),
            is_chosen: form.get(STRICT) == "yes",
            ..Choice::default()
        },
    ];
    let field = Field {
        name: STRICT,
        label: "Whom are the figures for?",
        hint: Some("Cannot be changed later."),
        ..Field::default()
    };
    ui::radios(&field, &choices)
}

pub(super) fn read_crossings(form: &Fields) -> Vec<Crossing> {
    form.all(CROSSINGS).filter_map(|pair| read_crossing(pair).ok()).collect()
}

pub(super) fn is_strict(form: &Fields) -> bool {
    form.get(STRICT) == "yes"
}

/// What the campaign's figures are split by, a line each.
pub(super) fn splits(campaign: &Campaign, survey: &Survey) -> Vec<String> {
    let called = |code: &Code| called(survey, code.as_str());
    let alone = campaign.breakdowns.iter().map(called);
    let crossed = campaign.crossings.iter().map(|(first, second)| both(&called(first), &called(second)));
    alone.chain(crossed).collect()
}

/// How far what is hidden is protected.
pub(super) fn protection(campaign: &Campaign) -> String {
    format!("Whoever works at one is left with a range of {} people at least", campaign.protection)
}

/// Which policy holds.
pub(super) fn policy(campaign: &Campaign) -> &'static str {
    if campaign.is_strict {
        "Stricter, for publication to the world: within a group, answers that few people gave are hidden or put together"
    } else {
        "Usual: a group's figures are shown whole, or not at all"
    }
}

fn called(survey: &Survey, code: &str) -> String {
    match survey.question(code) {
        Some(question) => question.label.get(Lang::En).to_owned(),
        None if code == MODE => "How they took part".to_owned(),
        None => code.to_owned(),
    }
}

fn both(first: &str, second: &str) -> String {
    format!("{first} × {second}")
}
