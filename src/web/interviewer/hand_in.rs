//! Handing in: the case ends, its answers become a response like any other, and
//! the ticket that came with it is spent; all of it or nothing. From then on nobody
//! can tell whose they are or who wrote them down, and nobody can open them again.

use super::form_closed;
use super::form_place::{self, Closed, Place, Way};
use super::{HERE, hand_in_page};
use crate::db::Conn;
use crate::id::InterviewId;
use crate::interview;
use crate::response::{self, HandInError};
use crate::web::answers::interviewed;
use crate::web::auth::session::see_other;
use crate::web::auth::{InterviewerUser, frame};
use crate::web::{Error, Fields, Site, ui};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{Data, Path};
use maud::html;

/// GET /interviews/{id}/hand-in: what will be handed in
pub async fn confirm(site: Data<Site>, user: InterviewerUser, id: Path<InterviewId>) -> Result<HttpResponse, Error> {
    let way = Way::new(&site, &user.account.id, &id);
    match way.place().await {
        Ok(place) => Ok(hand_in_page::page(&user.account, &place, false)),
        Err(closed) => form_closed::page(&way, &user.account, closed).await,
    }
}

/// POST /interviews/{id}/hand-in
pub async fn create(
    site: Data<Site>,
    user: InterviewerUser,
    id: Path<InterviewId>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let base_version = form.get("version").parse().ok();
    let way = Way::new(&site, &user.account.id, &id);
    let handing = way.clone();
    match site.app.db.write(move |conn| hand_in(conn, &handing, base_version)).await {
        Ok(()) => Ok(see_other("/interviews/handed-in")),
        // Something was changed since, or cannot be taken as it is: the page says what there is now.
        Err(Closed::Stale(_)) => match way.place().await {
            Ok(place) => Ok(hand_in_page::page(&user.account, &place, true)),
            Err(closed) => form_closed::page(&way, &user.account, closed).await,
        },
        Err(closed) => form_closed::page(&way, &user.account, closed).await,
    }
}

/// GET /interviews/handed-in: the same for every interview, and harmless to load again
pub async fn done(user: InterviewerUser) -> HttpResponse {
    let title = "Handed in";
    let mut response = ui::page_response(
        StatusCode::OK,
        &frame(&user.account, title, HERE),
        html! {
            h1 { (title) }
            p.lead { "The answers are counted, once, together with everybody else’s. Nobody can open them again, and nobody can tell whose they are." }
            p { "How to reach the person, your notes and everything else of this interview are erased. Please throw away what you wrote down on paper, too." }
            p { a.button href=(HERE) { "My interviews" } }
        },
    );
    // The pages before this one, with the answers, leave the browser's cache.
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    response
}

/// All or nothing: an error undoes what was done before it.
fn hand_in(conn: &mut Conn, way: &Way, base_version: Option<u32>) -> Result<(), Closed> {
    let (keys, now) = (&way.site.app.keys, way.site.app.clock.now());
    let Place { campaign, survey, ticket, .. } = way.find(conn)?;
    let base_version = base_version.ok_or(Closed::Failed(Error::Malformed))?;
    let closed = interview::close(conn, keys, now, &way.by, &way.id, base_version);
    let closed = closed.map_err(|error| form_place::refused(error, base_version))?;
    let read = interviewed(&survey, &closed.draft);
    if !read.problems.is_empty() {
        return Err(Closed::Stale(base_version));
    }
    let mode = match closed.case.mode {
        interview::Mode::Independent => response::Mode::Independent,
        interview::Mode::Hr => response::Mode::Hr,
    };
    response::hand_in(conn, keys, &campaign, &survey, &ticket, mode, &read.answers).map_err(|error| match error {
        HandInError::AlreadySpent => Closed::Answered,
        HandInError::Database(error) => error.into(),
    })
}
