//! What an interviewer wrote down, for whoever said it: by a link that works once.

use super::language;
use super::refused::{self, Closed};
use super::words::Words;
use crate::campaign;
use crate::interview::{self, ReadBackView};
use crate::survey::{Lang, Survey};
use crate::web::{Client, Fields, Site, answers, ui};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;
use std::sync::Arc;

/// Longest text about what is not right, in characters.
const LONGEST: usize = 4_000;

/// `GET /read-back/{token}`. Changes nothing: links in e-mails are opened by
/// machines too.
pub(crate) async fn show(site: web::Data<Site>, req: HttpRequest, token: web::Path<String>) -> HttpResponse {
    let done = match found(&site, &req, &token).await {
        Ok(read) => {
            let has_asked = req.query_string().contains("lang=");
            let lang = if has_asked { language::asked_for(&req) } else { read.view.lang };
            Ok(page(&read, &token, lang, "", None))
        }
        Err(closed) => Err(closed),
    };
    or_page(done, &site, &req, language::asked_for(&req), &Fields::default())
}

/// `POST /read-back/{token}`: it is right, or what is not.
pub(crate) async fn create(
    site: web::Data<Site>,
    req: HttpRequest,
    token: web::Path<String>,
    fields: Fields,
) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = said(&site, &req, &token, lang, &fields).await;
    or_page(done, &site, &req, lang, &fields)
}

struct Read {
    view: ReadBackView,
    survey: Arc<Survey>,
}

async fn found(site: &Site, req: &HttpRequest, token: &str) -> Result<Read, Closed> {
    refused::may_try(site, req)?;
    let (keys, surveys, token) = (site.app.keys.clone(), site.surveys.clone(), token.to_owned());
    site.app
        .db
        .read(move |conn| {
            let view = interview::read_back(conn, &keys, &token)?.ok_or(Closed::NotGood)?;
            let campaign = campaign::store::get(conn, &view.campaign_id)?.ok_or(Closed::NotGood)?;
            let survey = surveys.get(conn, &campaign.survey_version)?.ok_or(Closed::NotGood)?;
            Ok(Read { view, survey })
        })
        .await
}

async fn said(
    site: &Site,
    req: &HttpRequest,
    token: &str,
    lang: Lang,
    fields: &Fields,
) -> Result<HttpResponse, Closed> {
    let read = found(site, req, token).await?;
    let words = &Words::of(lang).interview;
    let (text, is_right) = (fields.get("wrong").trim(), fields.get("go") == "right");
    let problem = match (is_right, text.is_empty()) {
        (true, false) => Some(words.read_both.to_owned()),
        (false, true) => Some(words.read_empty.to_owned()),
        (false, false) if text.chars().count() > LONGEST => {
            Some((words.wrong)(super::interview_words::Wrong::TooLong { most: LONGEST }))
        }
        _ => None,
    };
    if let Some(problem) = problem {
        return Ok(page(&read, token, lang, fields.get("wrong"), Some(&problem)));
    }
    let (keys, token, text) = (site.app.keys.clone(), token.to_owned(), text.to_owned());
    let is_kept = site.app.db.write(move |conn| match is_right {
        true => interview::confirm(conn, &keys, &token),
        false => interview::correct(conn, &keys, &token, &text),
    });
    if !is_kept.await? {
        return Err(Closed::NotGood);
    }
    let (title, text) = match is_right {
        true => (words.confirmed_title, words.confirmed_text),
        false => (words.corrected_title, words.corrected_text),
    };
    Ok(short(StatusCode::OK, lang, title, text))
}

fn page(read: &Read, token: &str, lang: Lang, typed: &str, problem: Option<&str>) -> HttpResponse {
    let words = &Words::of(lang).interview;
    let path = format!("/read-back/{token}");
    let aside = (read.survey.languages.len() > 1).then(|| language::links(&path, lang, &read.survey.languages));
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let summary: Vec<_> = problem.iter().map(|text| ("wrong".to_owned(), (*text).to_owned())).collect();
    let wrong = ui::Field {
        name: "wrong",
        label: words.read_wrong,
        hint: Some(words.read_wrong_hint),
        error: problem,
        ..ui::Field::default()
    };
    let button =
        |label, value, look| ui::button(&ui::Button { label, name: Some("go"), value: Some(value), look, about: None });
    let mut response = ui::page_response(
        status,
        &ui::Frame { lang, aside, has_errors: problem.is_some(), ..ui::Frame::new(words.read_title) },
        html! {
            (ui::error_summary(lang, &summary))
            h1 { (words.read_title) }
            p.lead { (words.read_text) }
            (answers::sections(lang, &answers::interviewed(&read.survey, &read.view.draft)))
            (ui::form(&path, html! {
                (ui::hidden("lang", lang.tag()))
                div.buttons { (button(words.read_right, "right", ui::Look::Primary)) }
                (ui::text_area(&wrong, typed, 5))
                div.buttons { (button(words.read_send, "wrong", ui::Look::Secondary)) }
            }))
        },
    );
    // All that somebody said, on whatever device they opened it: it does not stay there.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The page, or the one for a link that is of no use; a wrong guess is counted
/// against its address.
fn or_page(
    done: Result<HttpResponse, Closed>,
    site: &Site,
    req: &HttpRequest,
    lang: Lang,
    sent: &Fields,
) -> HttpResponse {
    match done {
        Err(Closed::NotGood) => {
            site.limits.wrong(Client::of(req, site.app.settings.behind_proxy));
            let words = &Words::of(lang).interview;
            short(StatusCode::NOT_FOUND, lang, words.gone_title, words.gone_text)
        }
        other => refused::or_page(other, site, req, lang, sent),
    }
}

fn short(status: StatusCode, lang: Lang, title: &str, text: &str) -> HttpResponse {
    ui::page_response(status, &ui::Frame { lang, ..ui::Frame::new(title) }, html! { h1 { (title) } p.lead { (text) } })
}
