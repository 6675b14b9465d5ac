//! A second copy of the draft, in a cookie.
//!
//! The draft in a page is as old as the page. Whoever goes back with the
//! browser's own button and on from there would send an old draft, and what was
//! answered on later pages would be gone: without a script and with nothing kept
//! on the server, only a cookie can still know it. It is sealed like the draft in
//! the page and opens only beside its ticket, lasts until the browser is closed
//! or the answers are sent, and goes to the pages of questions alone. Where
//! cookies are refused everything else works as it does with them.

use super::draft::Draft;
use super::place::Place;
use crate::secret::Keys;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};

const NAMES: [&str; 2] = ["draft-1", "draft-2"];
/// Browsers take 4,096 bytes a cookie; proxies in front of us, as they come,
/// 8,192 for all cookies together.
const LONGEST: usize = 3_600;
/// Longer texts are left out where all together would not fit.
const LONG_TEXT: usize = 300;

/// The copy that came with the request, if it is this ticket's.
pub(super) fn read(req: &HttpRequest, keys: &Keys, place: &Place) -> Option<Draft> {
    let parts = NAMES.iter().filter_map(|name| req.cookie(name));
    let sealed: String = parts.map(|cookie| cookie.value().to_owned()).collect();
    Draft::open(keys, place, &sealed)
}

/// Sends the copy along with a page.
pub(super) fn keep(response: &mut HttpResponse, draft: &Draft, keys: &Keys, place: &Place, is_https: bool) {
    let fits = |sealed: &String| sealed.len() <= LONGEST * NAMES.len();
    let sealed = [draft.clone(), draft.without_longer_than(LONG_TEXT)].iter().map(|d| d.seal(keys, place)).find(fits);
    let sealed = sealed.unwrap_or_default();
    let (first, second) = sealed.split_at_checked(LONGEST).unwrap_or((&sealed, ""));
    for (name, part) in NAMES.iter().zip([first, second]) {
        set(response, name, part, is_https);
    }
}

/// Takes the copy away, once it is of no more use.
pub(super) fn clear(response: &mut HttpResponse, is_https: bool) {
    for name in NAMES {
        set(response, name, "", is_https);
    }
}

fn set(response: &mut HttpResponse, name: &str, value: &str, is_https: bool) {
    let mut cookie = Cookie::build(name.to_owned(), value.to_owned())
        .path("/answer")
        .http_only(true)
        .secure(is_https)
        .same_site(SameSite::Strict)
        .finish();
    if value.is_empty() {
        cookie.make_removal();
    }
    // Fails only for names and values that no header can hold; these can.
    let _ = response.add_cookie(&cookie);
}
