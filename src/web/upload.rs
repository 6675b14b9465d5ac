//! A form with a file (`multipart/form-data`), kept in memory.

use super::{Error, Fields, pace};
use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use std::future::Future;
use std::pin::Pin;

/// Longest file: twenty thousand people, or the longest survey many times over.
const MAX_FILE: usize = 4 * 1024 * 1024;
/// A file, or the same as pasted text.
const MAX_BODY: usize = 2 * MAX_FILE;
const MAX_PARTS: usize = 20;

/// The form's fields, and the bytes of its file (none if none was chosen).
pub struct Upload {
    pub fields: Fields,
    pub file: Vec<u8>,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({} bytes)", self.file.len())
    }
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Upload, Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let length = req.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let parts = Multipart::from_request(req, payload);
        Box::pin(async move {
            // Browsers say how much there is before they send it.
            if length.is_none_or(|length: usize| length > MAX_BODY) {
                return Err(Error::TooLarge);
            }
            read(parts.await.map_err(|_not_multipart| Error::Malformed)?).await
        })
    }
}

async fn read(mut parts: Multipart) -> Result<Upload, Error> {
    let (mut fields, mut file, mut count) = (Vec::new(), Vec::new(), 0);
    while let Some(part) = parts.next().await {
        let mut part = part.map_err(refused)?;
        count += 1;
        if count > MAX_PARTS {
            return Err(Error::TooLarge);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.content_disposition().is_some_and(|how| how.get_filename().is_some());
        let bytes = part.bytes(MAX_FILE).await.map_err(|_over_the_limit| Error::TooLarge)?.map_err(refused)?;
        if is_file {
            file = bytes.to_vec();
        } else {
            fields.push((name, String::from_utf8(bytes.to_vec()).map_err(|_not_text| Error::Malformed)?));
        }
    }
    Ok(Upload { fields: Fields::new(fields), file })
}

fn refused(broken: MultipartError) -> Error {
    match broken {
        MultipartError::Payload(error) if pace::is_too_slow(&error) => Error::TooSlow,
        _ => Error::Malformed,
    }
}
