//! Answers that are sent once: each has a tag made from its bytes, and whoever has it
//! already is told so. A release never changes, but what people wrote is added to it later,
//! workforce figures come, and a new version of Candour may draw a chart anew; so the tag
//! is of what would be sent, and of nothing that stands for it.

use crate::report::Format;
use crate::secret::sha256;
use actix_web::http::header::{self, ETag, EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse};

/// `address` is where the same is to be had for good.
pub(super) fn answer(req: &HttpRequest, format: Format, address: &str, bytes: Vec<u8>) -> HttpResponse {
    // Weak: what is sent may be packed on its way, and means the same.
    let tag = EntityTag::new_weak(sha256(&bytes));
    let is_known = is_known(req, &tag);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header(ETag(tag))
        // Kept by whoever asked, and asked for anew each time: the token may have ended.
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::VARY, "Authorization, Accept"))
        .insert_header((header::CONTENT_LOCATION, address));
    if is_known {
        return response.finish();
    }
    let name = address.rsplit('/').next().unwrap_or_default();
    response
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"release-{name}\"")))
        .insert_header((header::LINK, "</api/v1/openapi.json>; rel=\"service-desc\""))
        .content_type(format.content_type())
        .body(bytes)
}

/// RFC 9110, section 13.1.2. What cannot be read is no condition.
fn is_known(req: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(req) {
        Ok(IfNoneMatch::Any) => req.headers().contains_key(header::IF_NONE_MATCH),
        Ok(IfNoneMatch::Items(known)) => known.iter().any(|known| known.weak_eq(tag)),
        Err(_unreadable) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::StatusCode;
    use actix_web::test::TestRequest;

    fn status(known: Option<&str>) -> StatusCode {
        let mut request = TestRequest::get();
        if let Some(known) = known {
            request = request.insert_header((header::IF_NONE_MATCH, known));
        }
        answer(&request.to_http_request(), Format::Csv, "/api/v1/campaigns/x/releases/1.csv", b"a,b".to_vec()).status()
    }

    #[test]
    fn whoever_has_it_is_told_so_and_nobody_else() {
        let tag = sha256(b"a,b");
        for known in [format!("\"{tag}\""), format!("W/\"{tag}\""), format!("\"x\", \"{tag}\""), "*".to_owned()] {
            assert_eq!(status(Some(&known)), StatusCode::NOT_MODIFIED, "{known}");
        }
        for other in [None, Some("\"x\""), Some("W/\"\""), Some(""), Some("nonsense"), Some(&tag[..])] {
            assert_eq!(status(other), StatusCode::OK, "{other:?}");
        }
    }
}
