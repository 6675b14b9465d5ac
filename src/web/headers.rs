//! Headers that every response carries.

use super::Area;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Nothing but our own stylesheet, pictures and forms: no script, no inline
/// style, no frame, no other site. So it is on every page but a few.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// For a page that has our own script, which sends to ourselves.
pub(super) const WITH_SCRIPT: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
     img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const PERMISSIONS_POLICY: &str =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()";

/// Adds what is not there yet: a handler that knows better has the last word.
pub(super) fn add(headers: &mut HeaderMap, area: Area, is_https: bool) {
    let mut add = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    add(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::X_FRAME_OPTIONS, "DENY");
    add(header::REFERRER_POLICY, referrer_policy(area));
    add(HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY);
    add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    add(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    add(header::CACHE_CONTROL, cache_control(area));
    // A search engine has no business with any page but published reports.
    if area != Area::Public {
        add(HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    }
    if is_https {
        add(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000");
    }
}

/// A leaver's address may hold a code: it goes nowhere, not even to ourselves.
fn referrer_policy(area: Area) -> &'static str {
    match area {
        Area::Leaver => "no-referrer",
        Area::Staff | Area::Api | Area::Public | Area::Plain => "same-origin",
    }
}

/// Not `no-store` for leavers: a page that answered a form would then be gone
/// when they press the browser's Back, and with it what they had answered. It is
/// kept by their own browser only, and asked for anew everywhere else.
fn cache_control(area: Area) -> &'static str {
    match area {
        Area::Leaver => "private, no-cache",
        Area::Staff | Area::Api | Area::Plain => "no-store",
        Area::Public => "public, no-cache",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leavers_page_survives_the_back_button_and_a_members_of_staff_is_not_kept() {
        let of = |area| {
            let mut headers = HeaderMap::new();
            add(&mut headers, area, true);
            headers
        };
        assert_eq!(of(Area::Leaver).get(header::CACHE_CONTROL).unwrap(), "private, no-cache");
        assert_eq!(of(Area::Leaver).get(header::REFERRER_POLICY).unwrap(), "no-referrer");
        assert_eq!(of(Area::Staff).get(header::CACHE_CONTROL).unwrap(), "no-store");
        assert!(of(Area::Staff).contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn a_handlers_own_header_stays() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        add(&mut headers, Area::Plain, false);
        assert_eq!(headers.get_all(header::CACHE_CONTROL).count(), 1);
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }
}
