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

const NAME: &str = "draft";
/// Beside our other headers this stays under 4,096 bytes: more of a response's
/// head nginx does not take unless it is told to, and the page would be an error.
const LONGEST: usize = 2_600;
/// Longer texts are left out where all together would not fit.
const LONG_TEXT: usize = 300;

/// The copy that came with the request, if it is this ticket's.
pub(super) fn read(req: &HttpRequest, keys: &Keys, place: &Place) -> Option<Draft> {
    Draft::open(keys, place, req.cookie(NAME)?.value())
}

/// Sends the copy along with a page. Nothing filled in yet: an earlier copy, which
/// did not come with this request, is better than none.
pub(super) fn keep(response: &mut HttpResponse, draft: &Draft, keys: &Keys, place: &Place, is_https: bool) {
    if *draft == Draft::default() {
        return;
    }
    let fits = |sealed: &String| sealed.len() <= LONGEST;
    let sealed = [draft.clone(), draft.without_longer_than(LONG_TEXT)].iter().map(|d| d.seal(keys, place)).find(fits);
    set(response, &sealed.unwrap_or_default(), is_https);
}

/// Takes the copy away, once it is of no more use.
pub(super) fn clear(response: &mut HttpResponse, is_https: bool) {
    set(response, "", is_https);
}

fn set(response: &mut HttpResponse, value: &str, is_https: bool) {
    let mut cookie = Cookie::build(NAME, value.to_owned())
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
