//! The page of all answers, before they are sent.

use super::draft::Reading;
use super::section::Visit;
use super::words::Words;
use crate::survey::{Answer, Code, Lang, Missing, Question, Section, journey};
use crate::web::ui;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

pub(super) fn page(visit: &Visit, reading: &Reading) -> HttpResponse {
    let words = Words::of(visit.lang);
    visit.respond(
        StatusCode::OK,
        &ui::Frame { lang: visit.lang, ..ui::Frame::new(words.check_title) },
        html! {
            (visit.lost())
            h1 { (words.check_title) }
            p.lead { (words.check_text) }
            (ui::form("/answer", html! {
                (visit.hidden())
                @for section in &reading.sections { (answers_of(visit, reading, section)) }
                h2 { (words.send_title) }
                p { (words.send_text) }
                div.buttons {
                    button.button type="submit" formaction="/answer/send" { (words.send) }
                    (ui::button(&ui::Button {
                        label: words.back,
                        name: Some("go"),
                        value: Some("back"),
                        look: ui::Look::Secondary,
                        about: None,
                    }))
                    (visit.languages())
                }
            }))
            (visit.foot(false))
        },
    )
}

fn answers_of(visit: &Visit, reading: &Reading, section: &Section) -> Markup {
    let words = Words::of(visit.lang);
    let title = section.title.get(visit.lang);
    let row = |question: &&Question| ui::Row {
        key: html! { (question.label.get(visit.lang)) },
        value: html! { (shown(words, visit.lang, question, reading.answers.get(&question.code))) },
        action: None,
    };
    let rows: Vec<ui::Row> = journey::asked_questions(section, &reading.answers).iter().map(row).collect();
    html! {
        div.titled {
            h2 { (title) }
            (ui::button(&ui::Button {
                label: words.change,
                name: Some("go"),
                value: Some(&format!("change:{}", section.code)),
                look: ui::Look::Link,
                about: Some(title),
            }))
        }
        (ui::summary_list(&rows))
    }
}

/// An answer in words.
fn shown(words: &Words, lang: Lang, question: &Question, answer: Option<&Answer>) -> String {
    let label = |code: &Code| {
        let choice = question.choices().iter().find(|choice| choice.code == *code);
        choice.map(|choice| choice.label.get(lang).to_owned()).unwrap_or_default()
    };
    match answer {
        None => words.not_answered.to_owned(),
        Some(Answer::One(code)) => label(code),
        // In the order of the page, and not of the codes.
        Some(Answer::Many(codes)) => {
            let chosen = question.choices().iter().filter(|choice| codes.contains(&choice.code));
            chosen.map(|choice| choice.label.get(lang)).collect::<Vec<_>>().join("\n")
        }
        Some(Answer::Rating(n)) => n.to_string(),
        Some(Answer::Number(n)) => match &question.kind {
            crate::survey::QuestionKind::Number { unit, .. } => format!("{n} {}", unit.get(lang)),
            _ => n.to_string(),
        },
        Some(Answer::Month { year, month }) => {
            let name = usize::from(*month).checked_sub(1).and_then(|at| words.months.get(at)).unwrap_or(&"");
            format!("{name} {year}")
        }
        Some(Answer::Text(text)) => text.clone(),
        Some(Answer::Missing(missing)) => missing_label(words, lang, question, *missing),
    }
}

fn missing_label(words: &Words, lang: Lang, question: &Question, missing: Missing) -> String {
    let choice = question.choices().iter().find(|choice| choice.missing == Some(missing));
    choice.map_or(words.prefer_not, |choice| choice.label.get(lang)).to_owned()
}
