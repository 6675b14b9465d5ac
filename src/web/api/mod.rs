//! What programs may ask: what the releases of their organisation have cleared, with a
//! token that HR made for it. Read only.

pub mod campaign;
mod error;
pub mod page;
pub mod release;
pub mod schema;
mod tagged;
#[cfg(test)]
mod tests;

pub use error::ApiError;

/// Whatever is not there under /api, in the API's own words.
pub async fn not_found() -> Result<actix_web::HttpResponse, ApiError> {
    Err(ApiError::Other(super::Error::NotFound))
}
