//! Errors as JSON: `{"error": "...", "message": "..."}`.

use crate::web::Error;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};

#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No token, or one that is not good.
    #[error("no token")]
    NoToken,
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<diesel::result::Error> for ApiError {
    fn from(error: diesel::result::Error) -> Self {
        ApiError::Other(error.into())
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            ApiError::NoToken => StatusCode::UNAUTHORIZED,
            ApiError::Other(error) => error.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        let (name, message) = match self {
            ApiError::NoToken => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"candour\""));
                ("unauthorised", "send a token that is good as \"Authorization: Bearer candour_...\"".to_owned())
            }
            ApiError::Other(Error::NotFound) => ("not_found", "there is no such thing, or it is not yours".to_owned()),
            ApiError::Other(error) => {
                if let Some(seconds) = error.retry_after() {
                    response.insert_header((header::RETRY_AFTER, seconds));
                }
                let reference = error.reference().map(|reference| format!(" (reference {reference})"));
                ("failed", format!("{}{}", error.title(), reference.unwrap_or_default()))
            }
        };
        response.json(serde_json::json!({ "error": name, "message": message }))
    }
}
