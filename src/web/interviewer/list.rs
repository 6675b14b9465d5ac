//! My interviews: what is offered to the user and what is theirs, the oldest first,
//! and taking what is offered.

use super::{HERE, contact, day, path, until, when};
use crate::app::App;
use crate::id::InterviewId;
use crate::interview::{self, Listed, Mode, State};
use crate::survey::Lang;
use crate::web::Error;
use crate::web::auth::session::see_other;
use crate::web::auth::{InterviewerUser, done, frame};
use crate::web::ui::{self, Button, Look};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use maud::{Markup, html};

const DONE: [(&str, &str); 2] = [
    ("passed", "It goes to somebody else. You are not offered it again."),
    ("returned", "It goes to somebody else, and what you had entered is erased."),
];

/// GET /interviews
pub async fn index(app: Data<App>, req: HttpRequest, user: InterviewerUser) -> Result<HttpResponse, Error> {
    let (keys, now, by) = (app.keys.clone(), app.clock.now(), user.account.id.clone());
    let all = app.db.read(move |conn| interview::listed(conn, &keys, now, &by)).await?;
    let (offered, taken): (Vec<Listed>, Vec<Listed>) = all.into_iter().partition(|one| one.case.state != State::Taken);
    let title = "My interviews";
    let mut frame = frame(&user.account, title, HERE);
    frame.is_wide = true;
    let body = html! {
        (done(req.query_string(), &DONE))
        h1 { (title) }
        @if offered.is_empty() && taken.is_empty() {
            p.lead { "Nothing waits for you." }
            p { "When somebody asks for an interview that you could hold, you get an e-mail, and it is listed here." }
        }
        @if !offered.is_empty() { (group("Offered to you", &offered, now.date())) }
        @if !taken.is_empty() { (group("Yours", &taken, now.date())) }
    };
    Ok(ui::page_response(StatusCode::OK, &frame, body))
}

/// POST /interviews/{id}/taking
pub async fn take(app: Data<App>, user: InterviewerUser, id: Path<InterviewId>) -> Result<HttpResponse, Error> {
    let (id, now, by) = (id.into_inner(), app.clock.now(), user.account.id);
    let to = path(&id, "?done=taken");
    app.db.write(move |conn| interview::take(conn, now, &by, &id)).await?;
    Ok(see_other(&to))
}

fn group(title: &str, cases: &[Listed], today: NaiveDate) -> Markup {
    html! {
        h2 { (title) }
        ul.cases {
            @for (at, one) in cases.iter().enumerate() {
                li.card { @if one.case.state == State::Taken { (taken(one, today)) } @else { (offered(one, at + 1, today)) } }
            }
        }
    }
}

/// What they have to know to say yes or no, and nothing of whose it is.
fn offered(one: &Listed, number: usize, today: NaiveDate) -> Markup {
    let about = format!("(offer {number}, {})", one.organisation);
    html! {
        h3 { (contact::channel(one.channel)) " in " (language(one.lang)) ", for " (one.organisation) }
        p.soft { (mode(one.case.mode)) " · " (one.campaign) }
        dl.facts {
            div { dt { "Take it by" } dd { (day(one.due_on)) span.soft { ", " (until(today, one.due_on)) } } }
            div { dt { "Times they would like" } dd { (or_none(&one.times)) } }
            div { dt { "Access needs" } dd { @if one.access.is_empty() { "None said" } @else { "Yes: you see them once you take it" } } }
            (waiting(one, today))
        }
        (ui::form(&path(&one.case.id, "/taking"), ui::button(&Button {
            label: "Take it",
            about: Some(&about),
            ..Button::default()
        })))
        (ui::form(&path(&one.case.id, "/passing"), ui::button(&Button {
            label: "Not me",
            look: Look::Secondary,
            about: Some(&about),
            ..Button::default()
        })))
    }
}

fn taken(one: &Listed, today: NaiveDate) -> Markup {
    html! {
        h3 { a href=(path(&one.case.id, "")) { (one.name.as_deref().unwrap_or("The interview")) } }
        p.soft { (contact::channel(one.channel)) " in " (language(one.lang)) " · " (mode(one.case.mode)) " for " (one.organisation) }
        dl.facts {
            div {
                dt { "When" }
                dd {
                    @match &one.plan {
                        Some(plan) => {
                            (when(plan)) span.soft { ", " (until(today, plan.at.date())) }
                            @if plan.at.date() < today { br; strong { "Hand it in, or agree another time" } }
                        },
                        None => strong { "Agree a time" },
                    }
                }
            }
            @if one.plan.is_none() { div { dt { "Times they would like" } dd { (or_none(&one.times)) } } }
            div { dt { "Hand it in by" } dd { (day(one.due_on)) span.soft { ", " (until(today, one.due_on)) } } }
            (waiting(one, today))
        }
    }
}

fn waiting(one: &Listed, today: NaiveDate) -> Markup {
    let asked_on = one.case.asked_on;
    html! { div { dt { "Asked for" } dd { (day(asked_on)) span.soft { ", " (until(today, asked_on)) } } } }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "None said" } else { text }
}

pub(super) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Independent => "Independent interview",
        Mode::Hr => "HR interview",
    }
}

pub(super) fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "English",
        Lang::Cy => "Welsh",
    }
}
