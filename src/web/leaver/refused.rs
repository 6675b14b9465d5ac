//! What a leaver gets who cannot be served: one page for every code and ticket
//! that is of no use, and one that keeps the answers when the fault is ours.

use super::backup;
use super::words::Words;
use crate::survey::Lang;
use crate::web::{Client, Error, Fields, Site, ui};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use maud::html;

/// Why the way ends here.
#[derive(Debug)]
pub(super) enum Closed {
    /// Unknown, malformed, spent, foreign or late: nobody is told which.
    NotGood,
    Failed(Error),
}

impl From<diesel::result::Error> for Closed {
    fn from(error: diesel::result::Error) -> Self {
        Closed::Failed(error.into())
    }
}

impl From<crate::invitation::Refused> for Closed {
    fn from(refused: crate::invitation::Refused) -> Self {
        match refused {
            crate::invitation::Refused::NotGood | crate::invitation::Refused::Exchanged => Closed::NotGood,
            crate::invitation::Refused::Database(error) => error.into(),
        }
    }
}

/// Whether this address may try a code or ticket now: ask before each.
pub(super) fn may_try(site: &Site, req: &HttpRequest) -> Result<(), Closed> {
    let client = Client::of(req, site.app.settings.behind_proxy);
    site.limits.may_try(client).map_err(|retry_after| Closed::Failed(Error::TooMany { retry_after }))
}

/// The page, or the one for what is closed; a wrong guess is counted against its
/// address. `sent` is what the leaver's form held, to be sent again.
pub(super) fn or_page(
    done: Result<HttpResponse, Closed>,
    site: &Site,
    req: &HttpRequest,
    lang: Lang,
    sent: &Fields,
) -> HttpResponse {
    match done {
        Ok(page) => page,
        Err(Closed::NotGood) => {
            site.limits.wrong(Client::of(req, site.app.settings.behind_proxy));
            let mut response = not_good(lang);
            // A code or a ticket mistyped elsewhere takes no answers away.
            if sent.has("state") {
                backup::clear(&mut response, site.app.settings.is_https());
            }
            response
        }
        Err(Closed::Failed(error)) => kept(lang, req.path(), &error, sent),
    }
}

/// One page, one status, whatever was wrong: it says nothing about the code.
fn not_good(lang: Lang) -> HttpResponse {
    let words = Words::of(lang);
    ui::page_response(
        StatusCode::NOT_FOUND,
        &ui::Frame { lang, home: Some("/"), ..ui::Frame::new(words.refused_title) },
        html! {
            h1 { (words.refused_title) }
            p.lead { (words.refused_sent) }
            p { (words.refused_else) }
            ul {
                li { (words.refused_typed) }
                li { (words.refused_newer) }
                li { (words.refused_late) " " (words.refused_ask) }
            }
            (super::start::code_form(lang))
        },
    )
}

/// All that was sent, in the page, with a button that sends it again.
fn kept(lang: Lang, action: &str, error: &Error, sent: &Fields) -> HttpResponse {
    let words = Words::of(lang);
    let reference = error.reference();
    let (title, text) = match error {
        Error::Unavailable | Error::TooMany { .. } => (words.away_title, words.away_text),
        _ => (words.fault_title, words.fault_text),
    };
    let mut response = ui::page_response(
        error.status_code(),
        &ui::Frame { lang, ..ui::Frame::new(title) },
        html! {
            h1 { (title) }
            p.lead { (text) }
            @if let Some(reference) = reference { p { (words.reference) ": " strong { (reference) } } }
            @if sent.pairs().is_empty() {
                p { a.button href="" { (words.try_again) } }
            } @else {
                (ui::form(action, html! {
                    @for (name, value) in sent.pairs() { (ui::hidden(name, value)) }
                    (ui::button(&ui::Button { label: words.try_again, ..ui::Button::default() }))
                }))
            }
        },
    );
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    }
    response
}
