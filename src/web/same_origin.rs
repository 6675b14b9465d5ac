//! Whether a request that may change something comes from one of our own pages.

use super::Area;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderName};

/// Browsers say where a request comes from in `Sec-Fetch-Site`; those that are
/// too old for it, or speak plain HTTP, say it in `Origin`. Whoever says neither
/// is refused, but for API clients: they prove themselves with a bearer token,
/// which no other site can make a browser send.
pub(super) fn is_ours(method: &Method, headers: &HeaderMap, area: Area, public_url: &str) -> bool {
    if method.is_safe() {
        return true;
    }
    if area == Area::Api {
        return text(headers, &header::AUTHORIZATION).is_some_and(|value| value.starts_with("Bearer "));
    }
    match text(headers, &HeaderName::from_static("sec-fetch-site")) {
        // "none": the person did it, as when a form is sent again after a restart.
        Some(site) => matches!(site, "same-origin" | "none"),
        None => text(headers, &header::ORIGIN).is_some_and(|origin| is_our_origin(origin, headers, area, public_url)),
    }
}

fn is_our_origin(origin: &str, headers: &HeaderMap, area: Area, public_url: &str) -> bool {
    if origin == "null" {
        // Leavers' pages send no referrer, and for those an old browser hides the
        // origin of its own forms too. Nothing is lost: a leaver's form works by
        // the ticket in it and not by a cookie, so another site's form could do
        // no more than its maker.
        return area == Area::Leaver;
    }
    let host = origin.split_once("://").map(|(_, host)| host);
    origin == origin_of(public_url) || (host.is_some() && host == text(headers, &header::HOST))
}

/// `https://host:port` of an address.
fn origin_of(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(after_scheme..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| after_scheme + at);
    url.get(..end).unwrap_or(url)
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn post(area: Area, headers: &[(&'static str, &'static str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        is_ours(&Method::POST, &map, area, "https://candour.example.org/surveys")
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let ours = [
            &[("sec-fetch-site", "same-origin")][..],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://candour.example.org")],
            &[("origin", "http://10.0.0.1:8080"), ("host", "10.0.0.1:8080")],
        ];
        let others = [
            &[][..],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://candour.example.org")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://candour.example.org.evil.example")],
            &[("origin", "https://evil.example"), ("host", "candour.example.org")],
            &[("authorization", "Bearer x")],
        ];
        for area in [Area::Leaver, Area::Staff] {
            assert!(ours.iter().all(|headers| post(area, headers)));
            assert!(others.iter().all(|headers| !post(area, headers)));
        }
    }

    #[test]
    fn a_hidden_origin_is_enough_only_where_no_cookie_counts() {
        assert!(post(Area::Leaver, &[("origin", "null")]));
        assert!(!post(Area::Staff, &[("origin", "null")]));
    }

    #[test]
    fn the_api_takes_bearer_tokens_and_nothing_else() {
        assert!(post(Area::Api, &[("authorization", "Bearer x")]));
        assert!(!post(Area::Api, &[("sec-fetch-site", "same-origin"), ("cookie", "session=x")]));
    }
}
