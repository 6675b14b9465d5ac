//! A form's fields, in the order in which they came.

use super::{Error, pace};
use actix_web::dev::{Payload, UrlEncoded};
use actix_web::error::UrlencodedError;
use actix_web::{FromRequest, HttpRequest};
use std::future::Future;
use std::pin::Pin;

/// Longest body of a form unless a route allows more ([`MaxBody`]).
pub const SMALL_FORM: usize = 64 * 1024;
/// Enough for a section of long texts beside a sealed draft of the others.
pub const LEAVER_FORM: usize = 256 * 1024;
/// Enough for all texts of a survey at their longest, and notes.
pub const INTERVIEW_FORM: usize = 1024 * 1024;
const MOST_FIELDS: usize = 2_000;

/// Names and values of a form in the body (`application/x-www-form-urlencoded`).
/// It may hold answers and tickets, so it does not print them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

/// How long the body of a form may be, as `app_data` of a resource or scope.
#[derive(Clone, Copy, Debug)]
pub struct MaxBody(pub usize);

impl Fields {
    /// Without NULs: nobody types one, and PostgreSQL keeps none in a text.
    pub fn new(mut pairs: Vec<(String, String)>) -> Self {
        pairs.iter_mut().for_each(|(_, value)| value.retain(|c| c != '\0'));
        Fields(pairs)
    }

    /// The first value of that name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fields({} fields)", self.0.len())
    }
}

impl FromRequest for Fields {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Fields, Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = req.app_data::<MaxBody>().map_or(SMALL_FORM, |most| most.0);
        let body = UrlEncoded::<Vec<(String, String)>>::new(req, payload).limit(limit);
        Box::pin(async move {
            match body.await {
                Ok(pairs) if pairs.len() <= MOST_FIELDS => Ok(Fields::new(pairs)),
                Ok(_) | Err(UrlencodedError::Overflow { .. }) => Err(Error::TooLarge),
                Err(UrlencodedError::Payload(error)) if pace::is_too_slow(&error) => Err(Error::TooSlow),
                // Anything else is not a form, or broke off on its way.
                Err(_) => Err(Error::Malformed),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_has_a_nul() {
        let fields = Fields::new(vec![("name".to_owned(), "Leavers\0 2027".to_owned())]);
        assert_eq!(fields.get("name"), "Leavers 2027");
    }
}
