//! What programs may ask: the frozen releases of their organisation, with a
//! token that HR made for it.

pub mod campaign;
mod error;
#[cfg(test)]
mod tests;

pub use error::ApiError;

/// Whatever is not there under /api, in the API's own words.
pub async fn not_found() -> Result<actix_web::HttpResponse, ApiError> {
    Err(ApiError::Other(super::Error::NotFound))
}
