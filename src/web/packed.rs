//! What is sent compressed: the styles and scripts, packed once and as small as it goes,
//! and the texts of the addresses that [`routes`](super::routes) names, each as it is
//! asked for. No page with a ticket or with what somebody typed is among them: the
//! length of a compressed page gives away what stands in it twice.

use actix_web::body::{self, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, AcceptEncoding, Encoding, Header, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use flate2::Compression;
use flate2::read::GzEncoder;
use std::io::Read;

const GZIP: HeaderValue = HeaderValue::from_static("gzip");

/// From here on packing takes long enough to hold up others.
const LARGE: usize = 64 * 1024;

pub fn gzip(plain: &[u8], level: Compression) -> Vec<u8> {
    let mut packed = Vec::new();
    // Reading from memory into memory does not fail.
    let _ = GzEncoder::new(plain, level).read_to_end(&mut packed);
    packed
}

/// Whether whoever asks can unpack it.
pub fn is_wanted(req: &impl HttpMessage) -> bool {
    let known = [Encoding::gzip(), Encoding::identity()];
    AcceptEncoding::parse(req).is_ok_and(|wanted| wanted.negotiate(known.iter()) == Some(Encoding::gzip()))
}

/// That the body is packed, and that others may be sent another.
pub fn announce(headers: &mut HeaderMap, is_packed: bool) {
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if is_packed {
        headers.insert(header::CONTENT_ENCODING, GZIP);
    }
}

/// Packs what an address sends, where it is text.
pub async fn pack(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let is_wanted = is_wanted(&req);
    let mut response = next.call(req).await?.map_into_boxed_body();
    if !is_text(response.headers()) {
        return Ok(response);
    }
    announce(response.response_mut().headers_mut(), is_wanted);
    if !is_wanted {
        return Ok(response);
    }
    let (req, response) = response.into_parts();
    let (head, plain) = response.into_parts();
    let plain = body::to_bytes(plain).await.map_err(actix_web::error::ErrorInternalServerError)?;
    let packed = if plain.len() < LARGE {
        gzip(&plain, Compression::default())
    } else {
        web::block(move || gzip(&plain, Compression::default())).await?
    };
    Ok(ServiceResponse::new(req, head.set_body(BoxBody::new(packed))))
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/") || kind.starts_with("application/json")
}
