//! What a request can fail with, and the one place where that becomes a page.

use super::ui;
use crate::app;
use crate::db;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use maud::{Markup, html};

/// Why a request is not served. Input that a person can put right is not here:
/// it brings its page back, with status 422.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not there, or not for whoever asks: the two look the same.
    #[error("not found")]
    NotFound,
    /// An interview that is another's, or over, or never was: an interviewer who
    /// had it is told that much, and everybody else is told the same.
    #[error("no such interview")]
    InterviewGone,
    /// What people wrote in their own words, for somebody of HR without the right to.
    #[error("may not read comments")]
    MayNotRead,
    /// A member of staff has to sign in first.
    #[error("not signed in")]
    NotSignedIn,
    /// The request does not come from one of our own pages.
    #[error("from another site")]
    CrossSite,
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The request makes no sense, and no page of ours sends it so.
    #[error("malformed request")]
    Malformed,
    #[error("too large")]
    TooLarge,
    /// The body of the request did not come in time.
    #[error("too slow")]
    TooSlow,
    #[error("too many requests")]
    TooMany { retry_after: u64 },
    /// The database is away; what was sent can be sent again.
    #[error("unavailable")]
    Unavailable,
    /// Interviews are sealed with another key since this process started.
    #[error("the key was changed")]
    KeyChanged,
    /// Ours to put right. The text goes to the log and never to the page.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// For what only a fault of ours can bring about.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Error::Internal(cause.to_string())
    }

    pub fn title(&self) -> &'static str {
        self.words().0
    }

    pub fn advice(&self) -> &'static str {
        self.words().1
    }

    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Error::TooMany { retry_after } => Some(*retry_after),
            Error::Unavailable | Error::KeyChanged => Some(30),
            Error::NotFound
            | Error::InterviewGone
            | Error::MayNotRead
            | Error::NotSignedIn
            | Error::CrossSite
            | Error::MethodNotAllowed
            | Error::Malformed
            | Error::TooLarge
            | Error::TooSlow
            | Error::Internal(_) => None,
        }
    }

    /// Writes the log line of an internal error and returns its reference, which
    /// is all that whoever asked is told.
    pub fn reference(&self) -> Option<String> {
        match self {
            Error::Internal(cause) => {
                let reference = crate::id::random().chars().take(8).collect::<String>();
                tracing::error!(reference, cause, "a request failed");
                Some(reference)
            }
            _ => None,
        }
    }

    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Error::NotFound => (
                "There is no such page",
                "If you typed the address, check it. If you came by a link, it may be incomplete: open it again from the e-mail or letter.",
            ),
            Error::InterviewGone => (
                "This interview has gone to somebody else, or it is over",
                "Somebody else has it, the person has withdrawn, it was handed in, or its days are over. There is nothing for you to do: what is yours is under My interviews.",
            ),
            Error::MayNotRead => (
                "Reading comments takes a right of its own",
                "What people wrote in their own words is read by those of your organisation who were given the right to, and by nobody else. An administrator of this installation can give it to you; it goes on record.",
            ),
            Error::NotSignedIn => ("Sign in first", "This page is for members of staff who have signed in."),
            Error::CrossSite => (
                "This did not come from our own page",
                "For your safety nothing was done. Open the page again on this site and send it from there.",
            ),
            Error::MethodNotAllowed | Error::Malformed => {
                ("This request makes no sense here", "Go back to the page before, and try again from there.")
            }
            Error::TooLarge => ("That is too much at once", "Make the text or the file shorter and send it again."),
            Error::TooSlow => (
                "What you sent did not arrive",
                "Your connection was too slow, or it broke off. Go back to the page before: what you entered is still in it. Send it again from there.",
            ),
            Error::TooMany { .. } => {
                ("Too many tries", "Wait a minute, then try again. Nothing is lost, and nothing was noted about you.")
            }
            Error::Unavailable => {
                ("The service is away for a moment", "Nothing was lost. Wait half a minute, then load this page again.")
            }
            Error::KeyChanged => (
                "The key was changed",
                "Nothing was lost, and nothing of this was kept. Wait half a minute, then load this page again. If it stays so, whoever runs Candour has to give this machine the new key file.",
            ),
            Error::Internal(_) => (
                "Something went wrong on our side",
                "It is not your fault. Try again in a while. If it goes on, tell whoever runs this service the reference below.",
            ),
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        if db::is_unavailable(&error) {
            if db::is_without_room(&error) {
                tracing::error!("the database can keep nothing more: {error}");
            }
            Error::Unavailable
        } else if app::is_key_changed(&error) {
            tracing::error!("{error}");
            Error::KeyChanged
        } else {
            Error::Internal(error.to_string())
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Error::NotFound | Error::InterviewGone => StatusCode::NOT_FOUND,
            Error::NotSignedIn => StatusCode::SEE_OTHER,
            Error::CrossSite | Error::MayNotRead => StatusCode::FORBIDDEN,
            Error::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Error::Malformed => StatusCode::BAD_REQUEST,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Unavailable | Error::KeyChanged => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.retry_after() {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        match self {
            Error::NotSignedIn => response.insert_header((header::LOCATION, "/sign-in")).finish(),
            _ => answer(&mut response, &self.page()),
        }
    }
}

impl Error {
    fn page(&self) -> Markup {
        let reference = self.reference();
        ui::page(
            &ui::Frame::new(self.title()),
            html! {
                h1 { (self.title()) }
                p { (self.advice()) }
                @if let Error::MayNotRead = self { p { a href="/hr/campaigns" { "Campaigns" } } }
                @if let Error::InterviewGone = self { p { a href="/interviews" { "My interviews" } } }
                @if let Some(reference) = reference {
                    p { "Reference: " strong { (reference) } }
                }
            },
        )
    }
}

/// What a URL that is nobody's gets.
pub async fn not_found() -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}

fn answer(response: &mut HttpResponseBuilder, page: &Markup) -> HttpResponse {
    response.content_type("text/html; charset=utf-8").body(page.0.clone())
}
