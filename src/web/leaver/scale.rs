//! Questions that share a scale and follow each other: a grid where the page is
//! wide, a list where it is narrow. The same radio buttons either way.

use super::question::{Sheet, described_by, with_prefer_not};
use crate::survey::{Question, QuestionKind, form};
use crate::web::ui;
use maud::{Markup, html};

/// The questions of a page, with those that share a scale together.
pub(super) fn grouped<'a>(questions: &[&'a Question]) -> Vec<Vec<&'a Question>> {
    let mut groups: Vec<Vec<&Question>> = Vec::new();
    for question in questions {
        let joins = groups.last().and_then(|group| group.last()).is_some_and(|before| share_a_scale(before, question));
        match groups.last_mut() {
            Some(group) if joins => group.push(question),
            _ => groups.push(vec![question]),
        }
    }
    groups
}

fn share_a_scale(a: &Question, b: &Question) -> bool {
    match (&a.kind, &b.kind) {
        (QuestionKind::Scale { scale: a }, QuestionKind::Scale { scale: b }) => a.code == b.code,
        _ => false,
    }
}

pub(super) fn grid(sheet: &Sheet, questions: &[&Question]) -> Markup {
    let heads = questions.first().map(|question| with_prefer_not(sheet, question)).unwrap_or_default();
    html! {
        div.scale {
            // For the eye: each button has its label, which a wide page does not show.
            div.heads aria-hidden="true" { @for point in &heads { span { (point.label) } } }
            @for question in questions { (row(sheet, question)) }
        }
    }
}

fn row(sheet: &Sheet, question: &Question) -> Markup {
    let (name, error) = (form::field(&question.code), sheet.error(question));
    let id = ui::control_id(&name);
    let described = described_by(&id, question.help.is_some(), error.is_some());
    html! {
        fieldset.field.wrong[error.is_some()] aria-describedby=[described] {
            legend { (sheet.label(question)) }
            @if let Some(help) = &question.help { p.hint id={ (id) "-hint" } { (help.get(sheet.lang)) } }
            @if let Some(error) = &error { p.error id={ (id) "-error" } { (error) } }
            div.points {
                @for (at, point) in with_prefer_not(sheet, question).iter().enumerate() {
                    @let point_id = if at == 0 { id.clone() } else { format!("{id}-{}", at + 1) };
                    div.choice.apart[point.is_apart] {
                        input id=(point_id) type="radio" name=(name) value=(point.value) checked[point.is_chosen];
                        label for=(point_id) { span { (point.label) } }
                    }
                }
            }
        }
    }
}
