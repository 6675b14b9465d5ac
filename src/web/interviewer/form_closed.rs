//! What an interviewer is told when nothing can be entered (any more): as a page,
//! and as what the page's script understands.

use super::form_place::{Closed, Way};
use super::{HERE, path};
use crate::id::InterviewId;
use crate::staff::Account;
use crate::web::auth::frame;
use crate::web::ui::{self, Button};
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use maud::html;
use serde_json::json;

const ANSWERED: (&str, &str) = (
    "They have answered online meanwhile",
    "Their answers have been handed in and counted, once. Nothing that was entered here is kept, and how to reach them is erased.",
);
const LATE: (&str, &str) = (
    "This campaign takes no more answers",
    "Its last day has passed. Nothing more can be entered or handed in, and what was left for this interview is erased by itself.",
);
const GONE: &str = "This interview was withdrawn, handed in, or has gone to somebody else. Nothing of it is kept here.";
const SIGNED_OUT: &str = "You have been signed out. Sign in in another tab, and go on here: what you enter stays in this page and is sent then.";
const SOMEBODY_ELSE: &str = "Somebody else has signed in in this browser. Sign in as yourself in another tab, and go on here: what you enter stays in this page and is sent then.";
const ELSEWHERE: &str = "Not saved: this interview was changed in another tab or on another device.";
const TOO_LONG: &str = "Not saved: this is more than fits. Shorten a text, and it is saved again.";
const AWAY: &str =
    "Not saved: the service is away for a moment. What you enter stays in this page and is sent when it is back.";

/// Why a page that was sent is not saved.
#[derive(Debug)]
pub(super) enum Unsaved {
    SomebodyElse,
    Closed(Closed),
}

impl From<Closed> for Unsaved {
    fn from(closed: Closed) -> Self {
        Unsaved::Closed(closed)
    }
}

impl From<Error> for Unsaved {
    fn from(error: Error) -> Self {
        Unsaved::Closed(match error {
            Error::NotFound | Error::InterviewGone => Closed::Gone,
            error => Closed::Failed(error),
        })
    }
}

/// The page for what is closed. A case whose person has answered otherwise goes.
pub(super) async fn page(way: &Way, account: &Account, closed: Closed) -> Result<HttpResponse, Error> {
    let (title, text) = match closed {
        Closed::Answered if way.end().await? => ANSWERED,
        Closed::Late => LATE,
        // The ticket was spent by handing this very case in, in another tab. Only a
        // page that was sent can be stale, and its handler has its own answer.
        Closed::Answered | Closed::Gone | Closed::Stale(_) => return Err(Error::InterviewGone),
        Closed::Failed(error) => return Err(error),
    };
    Ok(ui::page_response(
        StatusCode::GONE,
        &frame(account, title, HERE),
        html! {
            h1 { (title) }
            p.lead { (text) }
            p { a.button href=(HERE) { "My interviews" } }
        },
    ))
}

/// For the script: what to say, and which version is there now if that is another.
pub(super) fn json(unsaved: &Unsaved) -> HttpResponse {
    let (status, words) = match unsaved {
        Unsaved::SomebodyElse => (StatusCode::FORBIDDEN, SOMEBODY_ELSE),
        Unsaved::Closed(closed) => match closed {
            Closed::Gone => (StatusCode::NOT_FOUND, GONE),
            Closed::Answered => (StatusCode::GONE, ANSWERED.0),
            Closed::Late => (StatusCode::GONE, LATE.0),
            Closed::Stale(_) => (StatusCode::CONFLICT, ELSEWHERE),
            Closed::Failed(Error::NotSignedIn) => (StatusCode::UNAUTHORIZED, SIGNED_OUT),
            Closed::Failed(Error::TooLarge) => (StatusCode::PAYLOAD_TOO_LARGE, TOO_LONG),
            Closed::Failed(error) => {
                error.reference();
                (error.status_code(), AWAY)
            }
        },
    };
    let version = match unsaved {
        Unsaved::Closed(Closed::Stale(version)) => Some(version),
        Unsaved::Closed(_) | Unsaved::SomebodyElse => None,
    };
    HttpResponse::build(status).json(json!({ "words": words, "version": version }))
}

/// All that was sent, in a page with a button that sends it again: for whoever has
/// no script and was signed out, or found us away.
pub(super) fn kept(id: &InterviewId, unsaved: &Unsaved, sent: &Fields) -> HttpResponse {
    let (status, title, text) = match unsaved {
        Unsaved::Closed(Closed::Failed(Error::NotSignedIn)) => (
            StatusCode::UNAUTHORIZED,
            "You have been signed out",
            "Sign in in another tab, then come back to this one.",
        ),
        Unsaved::SomebodyElse => (
            StatusCode::FORBIDDEN,
            "Somebody else has signed in in this browser",
            "Sign in as yourself in another tab, then come back to this one.",
        ),
        Unsaved::Closed(closed) => {
            // Its line in the log; the page has no room for what cannot be helped by whoever reads it.
            if let Closed::Failed(error) = closed {
                error.reference();
            }
            (StatusCode::SERVICE_UNAVAILABLE, "We cannot take this just now", "Wait half a minute, then try again.")
        }
    };
    let body = html! {
        h1 { (title) }
        p.lead { (text) " What you entered is kept in this page: do not close it." }
        (ui::form(&path(id, "/questionnaire"), html! {
            @for (name, value) in sent.pairs() { (ui::hidden(name, value)) }
            (ui::button(&Button { label: "Save what I entered", ..Button::default() }))
        }))
        p { a href="/sign-in" target="_blank" rel="noopener" { "Sign in (opens another tab)" } }
    };
    ui::page_response(status, &ui::Frame::new(title), body)
}
