//! What a program is told when it gets nothing: problem details (RFC 9457). `error` is
//! the word to go by; `type` leads to it on the page about the API. `message` is `detail`
//! by the name that it had before.

use crate::staff::token::Scope;
use crate::survey::Lang;
use crate::web::Error;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use chrono::NaiveDate;
use serde::Serialize;

pub(super) const CONTENT_TYPE: &str = "application/problem+json";

/// Each by its word: what it is called, and what it means to whoever reads the page.
pub(super) const PROBLEMS: [(&str, &str, &str); 11] = [
    ("unauthorised", "No token", "401. The request has no token, or one that this page does not describe."),
    ("bad_token", "Not a token that is good", "401. It was ended, or not copied as a whole. HR makes a new one."),
    ("token_over", "The token’s time is over", "401. Its last day is past. HR makes a new one."),
    ("may_not", "The token was not made for this", "403. It reads figures and no papers, or papers and no figures."),
    (
        "not_found",
        "Not found",
        "404. There is no such thing, or it is another organisation’s, or of a campaign that the token was not made for.",
    ),
    ("no_release", "No release yet", "404. The campaign has not been released."),
    ("method_not_allowed", "Only to be read", "403 or 405. There is nothing here but to be read."),
    ("malformed", "Malformed request", "400. The format, for example, is none of those below."),
    ("too_many", "Too many requests", "429. Wait as many seconds as Retry-After says."),
    ("unavailable", "Away for a moment", "503. Nothing was lost. Wait as many seconds as Retry-After says."),
    ("failed", "Something went wrong on our side", "500. Its reference is in the log of whoever runs this."),
];

#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("no token")]
    NoToken,
    /// Mistyped, ended, or never one.
    #[error("a token that is not good")]
    BadToken,
    #[error("a token that was good until {0}")]
    Over(NaiveDate),
    /// The token was not made for this.
    #[error("a token that may not")]
    MayNot(Scope),
    /// Of a campaign that it may know of.
    #[error("no release yet")]
    NoRelease,
    #[error(transparent)]
    Other(#[from] Error),
}

#[derive(Serialize)]
struct Problem {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    error: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

impl From<diesel::result::Error> for ApiError {
    fn from(error: diesel::result::Error) -> Self {
        ApiError::Other(error.into())
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            ApiError::NoToken | ApiError::BadToken | ApiError::Over(_) => StatusCode::UNAUTHORIZED,
            ApiError::MayNot(_) => StatusCode::FORBIDDEN,
            ApiError::NoRelease => StatusCode::NOT_FOUND,
            // Nobody signs in here, and nothing is anybody's page.
            ApiError::Other(Error::NotSignedIn) => StatusCode::UNAUTHORIZED,
            ApiError::Other(error) => error.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        self.challenge(&mut response);
        if let ApiError::Other(error) = self
            && let Some(seconds) = error.retry_after()
        {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        let (error, detail) = self.words();
        let title = PROBLEMS.iter().find(|(word, ..)| *word == error).map_or(error, |(_, title, _)| title);
        let reference = match self {
            ApiError::Other(error) => error.reference(),
            _ => None,
        };
        let problem = Problem {
            r#type: format!("/api#{error}"),
            title,
            status: status.as_u16(),
            message: detail.clone(),
            detail,
            error,
            reference,
        };
        response.insert_header((header::CONTENT_TYPE, CONTENT_TYPE));
        response.body(serde_json::to_string(&problem).unwrap_or_default())
    }
}

impl ApiError {
    /// How to come again: RFC 6750, section 3, and RFC 7617.
    fn challenge(&self, response: &mut HttpResponseBuilder) {
        let bearer = match self {
            ApiError::NoToken => "Bearer realm=\"candour\"".to_owned(),
            ApiError::BadToken | ApiError::Over(_) => "Bearer realm=\"candour\", error=\"invalid_token\"".to_owned(),
            ApiError::MayNot(scope) => {
                let scope = scope.as_str();
                format!("Bearer realm=\"candour\", error=\"insufficient_scope\", scope=\"{scope}\"")
            }
            ApiError::NoRelease | ApiError::Other(_) => return,
        };
        response.append_header((header::WWW_AUTHENTICATE, bearer));
        if self.status_code() == StatusCode::UNAUTHORIZED {
            response.append_header((header::WWW_AUTHENTICATE, "Basic realm=\"candour\", charset=\"UTF-8\""));
        }
    }

    /// The word, and what to do.
    fn words(&self) -> (&'static str, String) {
        match self {
            ApiError::NoToken => (
                "unauthorised",
                "send a token that is good as \"Authorization: Bearer candour_...\", or as the password of basic \
                 authentication; HR makes one under API tokens"
                    .to_owned(),
            ),
            ApiError::BadToken => (
                "bad_token",
                "the token was ended, or was not copied as a whole; HR makes a new one under API tokens".to_owned(),
            ),
            ApiError::Over(last) => (
                "token_over",
                format!("{} was its last day; HR makes a new one under API tokens", Lang::En.date(*last)),
            ),
            ApiError::MayNot(scope) => ("may_not", may_not(*scope).to_owned()),
            ApiError::NoRelease => {
                ("no_release", "the campaign has not been released; there are figures once it is".to_owned())
            }
            ApiError::Other(error) => of_any(error),
        }
    }
}

fn may_not(scope: Scope) -> &'static str {
    match scope {
        Scope::Releases => "the token reads papers and no figures: it takes one with the scope releases:read",
        Scope::Reports => "the token reads figures and no papers: it takes one with the scope reports:read",
    }
}

fn of_any(error: &Error) -> (&'static str, String) {
    let (word, detail) = match error {
        Error::NotFound | Error::InterviewGone => ("not_found", "there is no such thing, or it is not yours"),
        Error::MethodNotAllowed => ("method_not_allowed", "this answers GET and HEAD"),
        Error::CrossSite => ("method_not_allowed", "nothing can be changed here, and least of all from another site"),
        Error::Malformed | Error::TooLarge | Error::TooSlow => ("malformed", "the request makes no sense here"),
        Error::TooMany { .. } => ("too_many", "wait as long as Retry-After says"),
        Error::Unavailable | Error::KeyChanged => ("unavailable", error.advice()),
        Error::NotSignedIn | Error::MayNotRead | Error::Internal(_) => ("failed", error.advice()),
    };
    (word, detail.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_one_of_those_that_the_page_explains() {
        let any = [
            Error::NotFound,
            Error::MethodNotAllowed,
            Error::Malformed,
            Error::CrossSite,
            Error::TooMany { retry_after: 9 },
            Error::Unavailable,
            Error::internal("disk"),
        ];
        let own = [
            ApiError::NoToken,
            ApiError::BadToken,
            ApiError::Over(NaiveDate::MIN),
            ApiError::MayNot(Scope::Reports),
            ApiError::NoRelease,
        ];
        let mut words = Vec::new();
        for error in own.into_iter().chain(any.into_iter().map(ApiError::from)) {
            let (word, detail) = error.words();
            assert!(PROBLEMS.iter().any(|(known, ..)| *known == word), "{word}");
            assert!(!detail.contains("disk"));
            words.push(word);
        }
        assert!(PROBLEMS.iter().all(|(known, ..)| words.contains(known)), "{words:?}");
    }
}
