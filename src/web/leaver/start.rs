//! The first page: one box, for a code from a letter or a ticket.

use super::refused::{self, Closed};
use super::words::Words;
use super::{invitation, language, place, section};
use crate::survey::Lang;
use crate::ticket::Ticket;
use crate::web::{Fields, Site, ui};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

/// `GET /`
pub(crate) async fn show(req: HttpRequest) -> HttpResponse {
    let lang = language::asked_for(&req);
    let words = Words::of(lang);
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, aside: Some(language::links("/", lang, &Lang::ALL)), ..ui::Frame::new(words.start_title) },
        html! {
            h1 { (words.start_title) }
            p.lead { (words.start_lead) }
            (code_form(lang))
            p.soft { (words.no_code) }
        },
    )
}

/// `GET /answer` and its like: the address of a page that only a form leads to, from a
/// bookmark or a tab that was closed. What was on it needs a code or a ticket again.
pub(crate) async fn back() -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, "/")).finish()
}

/// `POST /`: the invitation behind a code, or the questions behind a ticket. What
/// is neither is looked up all the same, so that it takes as long.
pub(crate) async fn open(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = opened(&site, &req, lang, fields.get("code")).await;
    refused::or_page(done, &site, &req, lang, &fields)
}

async fn opened(site: &Site, req: &HttpRequest, lang: Lang, typed: &str) -> Result<HttpResponse, Closed> {
    refused::may_try(site, req)?;
    match invitation::look(site, typed).await {
        Ok(invited) => Ok(invitation::page(&invited, lang)),
        Err(Closed::NotGood) => {
            let place = place::find(site, Ticket::read(typed)).await?;
            Ok(section::first(&site.app, req, &place, lang, section::Came::WithTicket))
        }
        Err(failed) => Err(failed),
    }
}

pub(super) fn code_form(lang: Lang) -> Markup {
    let words = Words::of(lang);
    ui::form(
        "/",
        html! {
            (ui::hidden("lang", lang.tag()))
            (ui::text_input(
                &ui::Field { name: "code", label: words.code_label, hint: Some(words.code_hint), ..ui::Field::default() },
                &ui::Input { autocomplete: Some("off"), width: Some(28), is_code: true, ..ui::Input::default() },
            ))
            (ui::button(&ui::Button { label: words.go_on, ..ui::Button::default() }))
        },
    )
}
