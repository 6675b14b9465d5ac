//! What will be handed in, in numbers, before it is.

use super::form_place::Place;
use super::sheet::{self, Sheet};
use super::{HERE, path};
use crate::interview::{Opened, ReadBack};
use crate::staff::Account;
use crate::survey::{Answer, Lang, Missing};
use crate::web::answers::{Interviewed, interviewed};
use crate::web::auth::frame;
use crate::web::ui::{self, Button, Row};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::html;

/// `is_back`: it was sent, and not taken as it was.
pub(super) fn page(account: &Account, place: &Place, is_back: bool) -> HttpResponse {
    let (opened, id) = (&place.opened, &place.opened.case.id);
    let read = interviewed(&place.survey, &opened.draft);
    let sheet = Sheet { survey: &place.survey, lang: Lang::En, draft: &opened.draft, read: &read };
    let problems = sheet::problems(&sheet);
    let title = "Hand in";
    let body = html! {
        @if is_back && problems.is_empty() {
            (ui::warning(html! { p { "Something was changed since you opened this page, and nothing has been handed in yet. Look again." } }))
        }
        p { a href=(path(id, "/questionnaire")) { "Back to the questionnaire" } }
        h1 { (title) }
        @if problems.is_empty() {
            p.lead { "Once handed in, nobody can open these answers again or change them, you included. How to reach the person and your notes are erased." }
            (ui::summary_list(&rows(opened, &read)))
            @if !opened.was_read_back() {
                (ui::notice(html! { p {
                    "They have not heard or seen what you wrote down. You can hand it in all the same: how many were is counted. "
                    a href=(path(id, "/read-back")) { "Read it back first" }
                } }))
            }
            (ui::form(&path(id, "/hand-in"), html! {
                (ui::hidden("version", &opened.case.draft_version.to_string()))
                (ui::button(&Button { label: "Hand in", ..Button::default() }))
            }))
        } @else {
            p.lead { "Some of it has to be put right first." }
            ul {
                @for (name, message) in &problems {
                    li { a href={ (path(id, "/questionnaire")) "#" (ui::control_id(name)) } { (message) } }
                }
            }
        }
    };
    let status = if is_back { StatusCode::CONFLICT } else { StatusCode::OK };
    ui::page_response(status, &frame(account, title, HERE), body)
}

fn rows(opened: &Opened, read: &Interviewed) -> Vec<Row> {
    let count = |missing: Missing| read.answers.values().filter(|answer| **answer == Answer::Missing(missing)).count();
    let answered = read.answers.values().filter(|answer| !matches!(answer, Answer::Missing(_))).count();
    let mut rows = vec![("Questions answered", format!("{answered} of {}", read.asked()))];
    for (words, missing) in [
        ("Refused", Missing::PreferNotToSay),
        ("Don’t know", Missing::NotKnown),
        ("Does not apply", Missing::NotApplicable),
        ("Not asked", Missing::NotAsked),
    ] {
        if count(missing) > 0 || missing == Missing::NotAsked {
            rows.push((words, count(missing).to_string()));
        }
    }
    rows.push(("Read back", read_back(opened).to_owned()));
    let row = |(key, value): (&str, String)| Row { key: html! { (key) }, value: html! { (value) }, action: None };
    rows.into_iter().map(row).collect::<Vec<Row>>()
}

fn read_back(opened: &Opened) -> &'static str {
    match (opened.case.read_back, opened.draft.was_read_out) {
        (ReadBack::Confirmed, _) => "They have confirmed it",
        (ReadBack::Corrected, _) => "They have seen it, and wanted something put right",
        (_, true) => "It was read out to them",
        (ReadBack::Sent, false) => "It was sent to them, and they have not answered yet",
        (ReadBack::None, false) => "Not yet",
    }
}
