//! One question for an interviewer: what to ask, how to help the answer along, and
//! the quickest way to enter it.

use super::sheet_condition;
use crate::survey::form::{self, FormProblem, NOT_ANSWERED, Wrong};
use crate::survey::{Choice, Lang, Missing, Question, QuestionKind, Survey, Text};
use crate::web::ui;
use maud::{Markup, html};

/// For the options of a question, in order. Letters that mean something else are
/// not among them; the few options of official lists that come after have no key.
const KEYS: &str = "1234567890abcefghijklmoqstuvwyz";
/// A rating's points have the keys that they are called by, and ten is "t".
const RATING_KEYS: &str = "0123456789t";

/// A section's questions and what was entered.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub survey: &'a Survey,
    pub lang: Lang,
    pub filled: &'a [(String, String)],
    pub problems: &'a [FormProblem],
}

impl Asked<'_> {
    fn has(&self, field: &str, value: &str) -> bool {
        self.filled.iter().any(|(name, given)| name == field && given == value)
    }

    fn value(&self, field: &str) -> &str {
        self.filled.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// In the interviewer's words.
pub(super) fn reason_in_words(missing: Missing) -> &'static str {
    match missing {
        Missing::PreferNotToSay => "Refused",
        Missing::NotKnown => "Don’t know",
        Missing::NotApplicable => "Does not apply",
        Missing::NotAsked => "Not asked",
    }
}

/// What is to be put right.
pub(super) fn wrong_in_words(wrong: Wrong) -> String {
    match wrong {
        // Nothing has to be asked; said for the sake of completeness.
        Wrong::Missing => "Ask this".to_owned(),
        Wrong::NotAnOption => "Choose one of the answers on the page".to_owned(),
        Wrong::MoreThanOne => "Choose one answer only".to_owned(),
        Wrong::ExclusiveWithOthers => "This cannot stand beside another answer: take one of the two back".to_owned(),
        Wrong::NotANumber => "Write a whole number in digits, such as 12".to_owned(),
        Wrong::OutOfRange { min, max } => format!("Write a number from {min} to {max}"),
        Wrong::NotAMonth => "Choose a month and write the year in four digits".to_owned(),
        Wrong::TooLong { max, length } => format!("Make the text shorter: it has {length} characters, and {max} fit"),
    }
}

/// The name of the control that a summary of problems leads to.
pub(super) fn first_field(question: &Question) -> String {
    match question.kind {
        QuestionKind::Month { .. } => form::month_field(&question.code),
        _ => form::field(&question.code),
    }
}

pub(super) fn question(asked: &Asked, question: &Question) -> Markup {
    let id = format!("q-{}", question.code);
    let problem = asked.problems.iter().find(|problem| problem.question == question.code);
    let parts = [("hint", question.help.is_some()), ("probe", question.prompt.is_some()), ("error", problem.is_some())];
    let described: Vec<String> =
        parts.iter().filter(|(_, is_there)| *is_there).map(|(part, _)| format!("{id}-{part}")).collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    html! {
        fieldset.ask.wrong[problem.is_some()] id=(id) tabindex="-1" aria-describedby=[described]
            data-question=(question.code) data-kind=(question.type_name())
            data-if=[question.ask_if.as_ref().map(sheet_condition::as_data)] {
            legend id={ (id) "-label" } lang=(asked.lang.tag()) { (question.label.get(asked.lang)) }
            @if let Some(condition) = &question.ask_if {
                p.only-if { (sheet_condition::in_words(asked.survey, condition)) }
            }
            @if let Some(help) = &question.help {
                p.hint id={ (id) "-hint" } lang=(asked.lang.tag()) { (help.get(asked.lang)) }
            }
            @if let Some(prompt) = &question.prompt {
                p.probe id={ (id) "-probe" } lang=(asked.lang.tag()) { (prompt.get(asked.lang)) }
            }
            @if let Some(problem) = problem {
                p.error id={ (id) "-error" } { (wrong_in_words(problem.what)) }
            }
            (controls(asked, question, &id))
            (no_answer(asked, question))
        }
    }
}

fn controls(asked: &Asked, question: &Question, id: &str) -> Markup {
    match &question.kind {
        QuestionKind::Single { .. } | QuestionKind::Scale { .. } => choices(asked, question, "radio"),
        QuestionKind::Multiple { .. } => choices(asked, question, "checkbox"),
        QuestionKind::Rating { low, high, .. } => rating(asked, question, low, high),
        QuestionKind::Number { unit, min, max, .. } => number(asked, question, id, unit, (*min, *max)),
        QuestionKind::Month { .. } => month(asked, question),
        QuestionKind::Text { max_length } => text(asked, question, id, *max_length),
    }
}

fn choices(asked: &Asked, question: &Question, kind: &str) -> Markup {
    let name = form::field(&question.code);
    let mut keys = KEYS.chars();
    html! {
        div.options {
            @for (at, choice) in question.choices().iter().enumerate() {
                @let key = keys.next().map(String::from);
                @let id = nth_id(&name, at);
                div.choice {
                    input id=(id) type=(kind) name=(name) value=(choice.code) aria-keyshortcuts=[&key]
                        data-code=[choice.missing.map(Missing::code)] data-alone[stands_alone(choice)]
                        checked[asked.has(&name, choice.code.as_str())];
                    label for=(id) lang=(asked.lang.tag()) { (kbd(key.as_deref())) (choice.label.get(asked.lang)) }
                }
            }
        }
    }
}

fn stands_alone(choice: &Choice) -> bool {
    choice.is_exclusive || choice.missing.is_some()
}

fn rating(asked: &Asked, question: &Question, low: &Text, high: &Text) -> Markup {
    let name = form::field(&question.code);
    let ends = [(0, low), (10, high)].map(|(n, end)| format!("{n}: {}.", end.get(asked.lang)));
    html! {
        p.hint lang=(asked.lang.tag()) { (ends.join(" ")) }
        div.rating {
            div.points {
                @for (at, key) in RATING_KEYS.chars().enumerate() {
                    @let (id, point) = (nth_id(&name, at), at.to_string());
                    div.choice {
                        input id=(id) type="radio" name=(name) value=(point) aria-keyshortcuts=(key)
                            checked[asked.has(&name, &point)];
                        label for=(id) { @if point.len() > 1 { (kbd(Some("t"))) } (point) }
                    }
                }
            }
        }
    }
}

fn number(asked: &Asked, question: &Question, id: &str, unit: &Text, (min, max): (i64, i64)) -> Markup {
    let name = form::field(&question.code);
    let (unit, width) = (unit.get(asked.lang), max.to_string().len() + 2);
    html! {
        div.line {
            input id=(ui::control_id(&name)) name=(name) type="text" inputmode="numeric" autocomplete="off" size=(width)
                value=(asked.value(&name)) aria-labelledby={ (id) "-label" } data-min=(min) data-max=(max);
            @if !unit.is_empty() { span.unit lang=(asked.lang.tag()) { (unit) } }
        }
    }
}

fn month(asked: &Asked, question: &Question) -> Markup {
    let (month, year) = (form::month_field(&question.code), form::year_field(&question.code));
    let numbers: Vec<String> = (1..=12).map(|n: u8| n.to_string()).collect();
    let mut months =
        vec![ui::Choice { label: "–", is_chosen: asked.value(&month).is_empty(), ..ui::Choice::default() }];
    months.extend(numbers.iter().zip(Lang::En.months()).map(|(value, label)| ui::Choice {
        value,
        label,
        is_chosen: asked.has(&month, value),
        ..ui::Choice::default()
    }));
    let input = ui::Input {
        value: asked.value(&year),
        inputmode: Some("numeric"),
        autocomplete: Some("off"),
        width: Some(6),
        ..ui::Input::default()
    };
    html! {
        div.pair {
            (ui::select(&ui::Field { name: &month, label: "Month", ..ui::Field::default() }, &months))
            (ui::text_input(&ui::Field { name: &year, label: "Year", ..ui::Field::default() }, &input))
        }
    }
}

fn text(asked: &Asked, question: &Question, id: &str, max: usize) -> Markup {
    let name = form::field(&question.code);
    html! {
        p.hint id={ (id) "-most" } { "In their own words, up to " (max) " characters. No names." }
        textarea id=(ui::control_id(&name)) name=(name) rows=(if max > 500 { 5 } else { 3 })
            aria-labelledby={ (id) "-label" } aria-describedby={ (id) "-most" } { "\n" (asked.value(&name)) }
    }
}

/// The three that are beside every question.
fn no_answer(asked: &Asked, question: &Question) -> Markup {
    html! {
        div.none role="group" aria-label="No answer" {
            @for (missing, key) in NOT_ANSWERED.into_iter().zip(["r", "d", "x"]) {
                @let (name, value) = form::no_answer(question, missing);
                @let id = format!("{}-{}", ui::control_id(&form::field(&question.code)), missing.code());
                @let code = if missing == Missing::NotAsked { "" } else { missing.code() };
                div.choice {
                    input id=(id) type="radio" name=(name) value=(value) aria-keyshortcuts=(key) data-reason=(code)
                        checked[asked.has(&name, &value)];
                    label for=(id) { (kbd(Some(key))) (reason_in_words(missing)) }
                }
            }
        }
    }
}

/// The key that chooses an option, for the eye: others are told by `aria-keyshortcuts`.
fn kbd(key: Option<&str>) -> Markup {
    html! { @if let Some(key) = key { kbd aria-hidden="true" { (key) } } }
}

/// The first control has the id that a summary of problems leads to.
fn nth_id(name: &str, at: usize) -> String {
    let id = ui::control_id(name);
    if at == 0 { id } else { format!("{id}-{}", at + 1) }
}
