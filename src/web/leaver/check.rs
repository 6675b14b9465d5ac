//! The page of all answers, before they are sent.

use super::draft::Reading;
use super::section::Visit;
use super::words::Words;
use crate::survey::{Section, journey};
use crate::web::{answers, ui};
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
    let questions = journey::asked_questions(section, &reading.answers);
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
        (ui::summary_list(&answers::rows(visit.lang, &questions, &reading.answers)))
    }
}
