//! One question as controls, filled with what was typed before.

use super::words::Words;
use crate::survey::form::{self, FormProblem};
use crate::survey::{Choice, Lang, Missing, Question, QuestionKind, Text};
use crate::web::ui;
use maud::{Markup, html};

/// What a page of questions is filled with.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub lang: Lang,
    pub words: &'static Words,
    pub filled: &'a [(String, String)],
    pub problems: &'a [FormProblem],
}

impl<'a> Sheet<'a> {
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.filled.iter().any(|(name, given)| name == field && given == value)
    }

    pub fn value(&self, field: &str) -> &'a str {
        self.filled.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    pub fn error(&self, question: &Question) -> Option<String> {
        let problem = self.problems.iter().find(|problem| problem.question == question.code)?;
        Some((self.words.wrong)(problem.what))
    }

    pub fn label(&self, question: &Question) -> String {
        let label = question.label.get(self.lang);
        if question.is_required { format!("{label} {}", self.words.needs_answer) } else { label.to_owned() }
    }
}

/// The name of the control that an error summary leads to.
pub(super) fn first_field(question: &Question) -> String {
    match question.kind {
        QuestionKind::Month { .. } => form::month_field(&question.code),
        _ => form::field(&question.code),
    }
}

pub(super) fn controls(sheet: &Sheet, question: &Question) -> Markup {
    match &question.kind {
        QuestionKind::Single { .. } | QuestionKind::Multiple { .. } | QuestionKind::Scale { .. } => {
            choices(sheet, question)
        }
        QuestionKind::Rating { low, high, .. } => rating(sheet, question, low, high),
        QuestionKind::Number { unit, max, .. } => number(sheet, question, unit, *max),
        QuestionKind::Month { .. } => month(sheet, question),
        QuestionKind::Text { max_length } => text(sheet, question, *max_length),
    }
}

/// The options with "prefer not to say" after them, unless the survey has it.
pub(super) fn with_prefer_not<'a>(sheet: &Sheet, question: &'a Question) -> Vec<ui::Choice<'a>> {
    let field = form::field(&question.code);
    let of = |choice: &'a Choice| ui::Choice {
        value: choice.code.as_str(),
        label: choice.label.get(sheet.lang),
        is_chosen: sheet.has(&field, choice.code.as_str()),
        is_apart: choice.is_exclusive,
        ..ui::Choice::default()
    };
    let mut options: Vec<ui::Choice> = question.choices().iter().map(of).collect();
    let has_own = question.choices().iter().any(|choice| choice.missing == Some(Missing::PreferNotToSay));
    if !has_own {
        options.push(prefer_not(sheet, &field));
    }
    options
}

fn prefer_not<'a>(sheet: &Sheet, field: &str) -> ui::Choice<'a> {
    let value = Missing::PreferNotToSay.code();
    ui::Choice {
        value,
        label: sheet.words.prefer_not,
        is_chosen: sheet.has(field, value),
        is_apart: true,
        ..ui::Choice::default()
    }
}

fn choices(sheet: &Sheet, question: &Question) -> Markup {
    let (name, label, error) = (form::field(&question.code), sheet.label(question), sheet.error(question));
    let hint = question.help.as_ref().map(|help| help.get(sheet.lang));
    let field = ui::Field { name: &name, label: &label, hint, error: error.as_deref(), is_heading: false };
    let options = with_prefer_not(sheet, question);
    match question.kind {
        QuestionKind::Multiple { .. } => {
            ui::checkboxes(&ui::Field { hint: hint.or(Some(sheet.words.choose_all)), ..field }, &options)
        }
        _ => ui::radios(&field, &options),
    }
}

fn rating(sheet: &Sheet, question: &Question, low: &Text, high: &Text) -> Markup {
    let (name, label, error) = (form::field(&question.code), sheet.label(question), sheet.error(question));
    let id = ui::control_id(&name);
    let points: Vec<String> = (0..=10).map(|n: u8| n.to_string()).collect();
    let ends = format!("0: {}. 10: {}.", low.get(sheet.lang), high.get(sheet.lang));
    let hint = match &question.help {
        Some(help) => format!("{} {ends}", help.get(sheet.lang)),
        None => ends,
    };
    let prefer_not = prefer_not(sheet, &name);
    html! {
        fieldset.field.rating.wrong[error.is_some()] aria-describedby=[described_by(&id, true, error.is_some())] {
            legend { (label) }
            p.hint id={ (id) "-hint" } { (hint) }
            @if let Some(error) = &error { p.error id={ (id) "-error" } { (error) } }
            div.points {
                @for (at, point) in points.iter().enumerate() {
                    @let point_id = if at == 0 { id.clone() } else { format!("{id}-{at}") };
                    div.choice {
                        input id=(point_id) type="radio" name=(name) value=(point) checked[sheet.has(&name, point)];
                        label for=(point_id) { (point) }
                    }
                }
                div.choice {
                    input id={ (id) "-none" } type="radio" name=(name) value=(prefer_not.value) checked[prefer_not.is_chosen];
                    label for={ (id) "-none" } { (prefer_not.label) }
                }
            }
        }
    }
}

fn number(sheet: &Sheet, question: &Question, unit: &Text, max: i64) -> Markup {
    let (name, label, error) = (form::field(&question.code), sheet.label(question), sheet.error(question));
    let hint = question.help.as_ref().map(|help| help.get(sheet.lang));
    let width = u32::try_from(max.to_string().len()).unwrap_or(4) + 2;
    html! {
        div.with-box {
            (ui::text_input(
                &ui::Field { name: &name, label: &label, hint, error: error.as_deref(), is_heading: false },
                &ui::Input {
                    value: sheet.value(&name),
                    inputmode: Some("numeric"),
                    autocomplete: Some("off"),
                    width: Some(width),
                    unit: Some(unit.get(sheet.lang)).filter(|unit| !unit.is_empty()),
                    ..ui::Input::default()
                },
            ))
            (prefer_not_box(sheet, question))
        }
    }
}

fn month(sheet: &Sheet, question: &Question) -> Markup {
    let words = sheet.words;
    let (month, year) = (form::month_field(&question.code), form::year_field(&question.code));
    let (label, error) = (sheet.label(question), sheet.error(question));
    let numbers: Vec<String> = (1..=12).map(|n: u8| n.to_string()).collect();
    let mut months =
        vec![ui::Choice { label: "–", is_chosen: sheet.value(&month).is_empty(), ..ui::Choice::default() }];
    months.extend(numbers.iter().zip(words.months).map(|(value, label)| ui::Choice {
        value,
        label,
        is_chosen: sheet.has(&month, value),
        ..ui::Choice::default()
    }));
    let id = ui::control_id(&form::field(&question.code));
    html! {
        div.with-box {
            fieldset.field.wrong[error.is_some()]
                aria-describedby=[described_by(&id, question.help.is_some(), error.is_some())] {
                legend { (label) }
                @if let Some(help) = &question.help { p.hint id={ (id) "-hint" } { (help.get(sheet.lang)) } }
                @if let Some(error) = &error { p.error id={ (id) "-error" } { (error) } }
                div.pair {
                    (ui::select(&ui::Field { name: &month, label: words.month, ..ui::Field::default() }, &months))
                    (ui::text_input(
                        &ui::Field { name: &year, label: words.year, ..ui::Field::default() },
                        &ui::Input {
                            value: sheet.value(&year),
                            inputmode: Some("numeric"),
                            autocomplete: Some("off"),
                            width: Some(6),
                            ..ui::Input::default()
                        },
                    ))
                }
            }
            (prefer_not_box(sheet, question))
        }
    }
}

fn text(sheet: &Sheet, question: &Question, max: usize) -> Markup {
    let (name, label, error) = (form::field(&question.code), sheet.label(question), sheet.error(question));
    // A survey that has its own words for it is not talked over.
    let care = question.help.as_ref().map_or(sheet.words.careful, |help| help.get(sheet.lang));
    let hint = format!("{care} {}", (sheet.words.at_most)(max));
    let field = ui::Field { name: &name, label: &label, hint: Some(&hint), error: error.as_deref(), is_heading: false };
    html! {
        div.with-box {
            (ui::text_area(&field, sheet.value(&name), if max > 500 { 6 } else { 3 }))
            (prefer_not_box(sheet, question))
        }
    }
}

/// A box of its own, for questions that have no options. Its name says what it
/// is about to those who do not see what it stands under.
fn prefer_not_box(sheet: &Sheet, question: &Question) -> Markup {
    let name = form::missing_field(&question.code);
    let id = ui::control_id(&name);
    let value = Missing::PreferNotToSay.code();
    html! {
        div.choice.beside {
            input id=(id) type="checkbox" name=(name) value=(value) checked[sheet.has(&name, value)];
            label for=(id) { (sheet.words.prefer_not) span.unseen { ": " (question.label.get(sheet.lang)) } }
        }
    }
}

/// The ids of what stands with a group of controls: only those that are there.
pub(super) fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    let parts = [has_hint.then(|| format!("{id}-hint")), has_error.then(|| format!("{id}-error"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
