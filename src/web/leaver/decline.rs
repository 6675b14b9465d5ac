//! Saying no.

use super::choice;
use super::invitation::{self as page, Invited};
use super::language;
use super::refused::{self, Closed};
use super::words::Words;
use crate::invitation::{self, DeclineReason};
use crate::survey::Lang;
use crate::web::{Fields, Site, ui};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

/// `POST /decline`: asks once more, and then does it.
pub(crate) async fn decline(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = say_no(&site, &req, lang, &fields).await;
    refused::or_page(done, &site, &req, lang, &fields)
}

async fn say_no(site: &Site, req: &HttpRequest, lang: Lang, fields: &Fields) -> Result<HttpResponse, Closed> {
    refused::may_try(site, req)?;
    let invited = page::look(site, fields.get("code")).await?;
    // From a page opened before they asked: what there is to call off is on this one.
    if invited.standing.is_some() {
        return Ok(page::page(&invited, lang));
    }
    if fields.get("sure") != "yes" {
        return Ok(sure(&invited, lang));
    }
    let (keys, today) = (site.app.keys.clone(), site.app.clock.now().date());
    let reason = DeclineReason::read(fields.get("reason"));
    site.app
        .db
        .write(move |conn| invitation::decline(conn, &keys, today, &invited.code, reason).map_err(Closed::from))
        .await?;
    Ok(declined(lang))
}

fn sure(invited: &Invited, lang: Lang) -> HttpResponse {
    let words = Words::of(lang);
    let choices: Vec<ui::Choice> = DeclineReason::ALL
        .into_iter()
        .map(|reason| ui::Choice {
            value: reason.as_str(),
            label: (words.interview.reason)(reason),
            ..ui::Choice::default()
        })
        .collect();
    let why = ui::Field {
        name: "reason",
        label: words.interview.why,
        hint: Some(words.interview.why_hint),
        ..ui::Field::default()
    };
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, ..ui::Frame::new(words.decline_title) },
        html! {
            h1 { (words.decline_title) }
            p { (words.decline_text) }
            (ui::form("/decline", html! {
                (choice::hidden(invited, lang))
                (ui::hidden("sure", "yes"))
                (ui::radios(&why, &choices))
                div.buttons {
                    (ui::button(&ui::Button { label: words.decline_yes, ..ui::Button::default() }))
                    a.button.secondary href=(invited.path(lang)) { (words.decline_no) }
                }
            }))
        },
    )
}

fn declined(lang: Lang) -> HttpResponse {
    let words = Words::of(lang);
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, ..ui::Frame::new(words.declined_title) },
        html! {
            h1 { (words.declined_title) }
            p.lead { (words.declined_text) }
        },
    )
}
