//! Send: the answers are kept and the ticket is spent, both or neither.

use super::place::Place;
use super::refused::{self, Closed};
use super::section::{self, Visit};
use super::words::Words;
use super::{backup, language};
use crate::app::App;
use crate::response::{self, HandInError, Mode};
use crate::survey::{Answers, Lang};
use crate::web::{Fields, Site, ui};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

/// `POST /answer/send`
pub(crate) async fn send(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let sent = match section::enter(&site, &req, &fields).await {
        Ok(place) => hand_in(&site.app, &req, place, &fields).await,
        Err(closed) => Err(closed),
    };
    refused::or_page(sent, &site, &req, language::of_form(&fields), &fields)
}

/// `GET /thank-you`: the same for everybody, and harmless to load again.
pub(crate) async fn thank_you(req: HttpRequest) -> HttpResponse {
    let lang = language::asked_for(&req);
    let words = Words::of(lang);
    let mut response = ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, scripts: vec![ui::TICKET.path.as_str()], ..ui::Frame::new(words.thanks_title) },
        html! {
            h1 data-sent { (words.thanks_title) }
            p.lead { (words.thanks_text) }
            p { (words.thanks_next) }
            p { (words.thanks_close) }
        },
    );
    // The pages before this one, with their answers, leave the browser's cache.
    response
        .headers_mut()
        .insert(header::HeaderName::from_static("clear-site-data"), header::HeaderValue::from_static("\"cache\""));
    response
}

async fn hand_in(app: &App, req: &HttpRequest, place: Place, fields: &Fields) -> Result<HttpResponse, Closed> {
    let Some(visit) = Visit::as_shown(app, &place, fields) else {
        let visit = Visit { is_lost: true, ..Visit::from(app, req, &place, fields) };
        return Ok(visit.check(&visit.draft.read(&place.survey)));
    };
    let lang = visit.lang;
    let reading = visit.draft.read(&place.survey);
    if !reading.problems.is_empty() {
        return Ok(visit.check(&reading));
    }
    let answers = reading.answers;
    keep(app, place, answers).await?;
    Ok(done(lang, app.settings.is_https()))
}

async fn keep(app: &App, place: Place, answers: Answers) -> Result<(), Closed> {
    let keys = app.keys.clone();
    app.db
        .write(move |conn| {
            let Place { campaign, survey, ticket } = &place;
            response::hand_in(conn, &keys, campaign, survey, ticket, Mode::Online, &answers).map_err(|e| match e {
                HandInError::AlreadySpent => Closed::NotGood,
                HandInError::Database(e) => Closed::from(e),
            })
        })
        .await
}

/// On to a page of its own, so that loading it again sends nothing again.
fn done(lang: Lang, is_https: bool) -> HttpResponse {
    let location = format!("/thank-you?lang={}", lang.tag());
    let mut response = HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish();
    backup::clear(&mut response, is_https);
    response
}
