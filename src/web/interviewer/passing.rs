//! "Not me", of a case that is offered, and giving back one that was taken. No
//! reason is asked.

use super::{HERE, opened, path};
use crate::app::App;
use crate::id::InterviewId;
use crate::interview;
use crate::web::auth::session::see_other;
use crate::web::auth::{InterviewerUser, frame};
use crate::web::ui::{self, Button, Look};
use crate::web::{Error, Fields};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use maud::html;

/// GET /interviews/{id}/passing: of a case that was taken
pub async fn new(app: Data<App>, user: InterviewerUser, id: Path<InterviewId>) -> Result<HttpResponse, Error> {
    let opened = opened(&app, &user, &id).await?;
    let title = "Give the interview back?";
    let body = html! {
        h1 { (title) }
        p { "It is offered to somebody else. You do not see it any more, and are not offered it again." }
        @if opened.draft.pages.is_empty() {
            p { "You have entered nothing that would be lost." }
        } @else {
            p { strong { "The answers that you entered and your notes are erased." } " Whoever takes it begins anew." }
        }
        @if opened.details.plan.is_some() {
            p { "You have agreed a time with them: tell them yourself that it does not hold." }
        }
        p { "Nobody asks you why, and nobody is told." }
        (ui::form(&path(&id, "/passing"), html! {
            (ui::hidden("was", "taken"))
            div.buttons {
                (ui::button(&Button { label: "Give it back", look: Look::Danger, ..Button::default() }))
                a href=(path(&id, "")) { "Keep it" }
            }
        }))
    };
    Ok(ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body))
}

/// POST /interviews/{id}/passing
pub async fn create(
    app: Data<App>,
    user: InterviewerUser,
    id: Path<InterviewId>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let (keys, now, by, id) = (app.keys.clone(), app.clock.now(), user.account.id, id.into_inner());
    app.db.write(move |conn| interview::pass(conn, &keys, now, &by, &id)).await?;
    let done = if form.get("was") == "taken" { "returned" } else { "passed" };
    Ok(see_other(&format!("{HERE}?done={done}")))
}
