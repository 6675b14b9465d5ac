//! Agreeing a time.

use super::{HERE, contact, opened, path, plan_form};
use crate::app::App;
use crate::id::InterviewId;
use crate::interview::{self, Opened};
use crate::web::auth::session::see_other;
use crate::web::auth::{InterviewerUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Look};
use crate::web::{Error, Fields};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use maud::html;

/// GET /interviews/{id}/plan
pub async fn edit(app: Data<App>, user: InterviewerUser, id: Path<InterviewId>) -> Result<HttpResponse, Error> {
    let opened = opened(&app, &user, &id).await?;
    let form = plan_form::filled(opened.details.plan.as_ref());
    Ok(page(&user, &opened, &form, &Problems::default()))
}

/// POST /interviews/{id}/plan
pub async fn update(
    app: Data<App>,
    user: InterviewerUser,
    id: Path<InterviewId>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let now = app.clock.now();
    let plan = match form.get("go") {
        "none" => None,
        _ => match plan_form::read(&form, now.date()) {
            Ok(plan) => Some(plan),
            Err(problems) => return Ok(page(&user, &opened(&app, &user, &id).await?, &form, &problems)),
        },
    };
    let to = path(&id, if plan.is_some() { "?done=planned" } else { "?done=unplanned" });
    let (keys, by, id) = (app.keys.clone(), user.account.id, id.into_inner());
    app.db.write(move |conn| interview::set_plan(conn, &keys, now, &by, &id, plan)).await?;
    Ok(see_other(&to))
}

fn page(user: &InterviewerUser, opened: &Opened, form: &Fields, problems: &Problems) -> HttpResponse {
    let (id, request) = (&opened.case.id, &opened.details.request);
    let title = "Agree a time";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let none =
        Button { label: "No time is agreed", name: Some("go"), value: Some("none"), look: Look::Link, about: None };
    let body = html! {
        (problems.summary())
        p { a href=(path(id, "")) { "Interview with " (request.name) } }
        h1 { (title) }
        p {
            (contact::channel(request.channel)) ": " (contact::reach(request))
            @if !request.times.is_empty() { br; "Times they would like: " (request.times) }
            @if !request.access.is_empty() { br; "Access needs: " (request.access) }
        }
        (ui::form(&path(id, "/plan"), html! {
            (plan_form::fields(form, problems))
            p.hint.small { "Times are as clocks in Britain say them." }
            div.buttons {
                (ui::button(&Button { label: "Keep this time", ..Button::default() }))
                @if opened.details.plan.is_some() { (ui::button(&none)) }
                a href=(path(id, "")) { "Cancel" }
            }
        }))
    };
    ui::page_response(status, &frame, body)
}
