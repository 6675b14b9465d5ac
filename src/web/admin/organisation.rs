//! Organisations, and the accounts of each.

use super::account_form;
use crate::app::App;
use crate::audit::{self, Action};
use crate::id::OrganisationId;
use crate::staff::organisation::{self, CreateOrganisationError};
use crate::staff::{Account, Organisation, account};
use crate::web::auth::session::see_other;
use crate::web::auth::{AdminUser, done, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Input};
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

const HERE: &str = "/admin/organisations";

/// GET /admin/organisations
pub async fn index(app: Data<App>, user: AdminUser) -> Result<HttpResponse, Error> {
    let all = app.db.read(organisation::list).await?;
    let title = "Organisations";
    Ok(ui::page_response(
        StatusCode::OK,
        &frame(&user.account, title, HERE),
        html! {
            h1 { (title) }
            @if all.is_empty() {
                p { "An organisation is an employer that asks its leavers. Add the first one, then an account for its HR." }
            } @else {
                ul.list { @for one in &all { li { a href={ (HERE) "/" (one.id) } { (one.name) } } } }
            }
            p { a.button href={ (HERE) "/new" } { "Add an organisation" } }
        },
    ))
}

/// GET /admin/organisations/new
pub async fn new(user: AdminUser) -> HttpResponse {
    form_page(&user, "", &Problems::default())
}

/// POST /admin/organisations
pub async fn create(app: Data<App>, user: AdminUser, form: Fields) -> Result<HttpResponse, Error> {
    let (name, actor, now) = (form.get("name").to_owned(), user.actor(), app.clock.now());
    let created = app
        .db
        .write(move |conn| {
            let new = organisation::create(conn, &name)?;
            audit::record(conn, now, &actor.within(&new.id), Action::OpenOrganisation, &new.name)?;
            Ok(new)
        })
        .await;
    match created {
        Ok(new) => Ok(see_other(&format!("{HERE}/{}", new.id))),
        Err(CreateOrganisationError::Database(e)) => Err(e.into()),
        Err(e) => Ok(form_page(&user, form.get("name"), &Problems::one("name", e))),
    }
}

/// GET /admin/organisations/{id}
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    user: AdminUser,
    id: Path<OrganisationId>,
) -> Result<HttpResponse, Error> {
    let found = app
        .db
        .read(move |conn| {
            let Some(organisation) = organisation::get(conn, &id)? else { return Ok(None) };
            let accounts = account::list(conn, Some(&organisation.id))?;
            Ok::<_, diesel::result::Error>(Some((organisation, accounts)))
        })
        .await?;
    let (organisation, accounts) = found.ok_or(Error::NotFound)?;
    let mut frame = frame(&user.account, &organisation.name, HERE);
    frame.is_wide = true;
    Ok(ui::page_response(StatusCode::OK, &frame, show_body(&organisation, &accounts, req.query_string())))
}

fn show_body(organisation: &Organisation, accounts: &[Account], query: &str) -> Markup {
    html! {
        (done(query, &account_form::DONE))
        p { a href=(HERE) { "All organisations" } }
        h1 { (organisation.name) }
        h2 { "Its people" }
        @if accounts.is_empty() {
            p { "Nobody has an account yet. Whoever you add gets a link to choose a password." }
        } @else {
            (account_form::table(accounts))
        }
        div.buttons {
            a.button href={ (HERE) "/" (organisation.id) "/accounts/new" } { "Add somebody of HR" }
            a href={ (HERE) "/" (organisation.id) "/interviewers/new" } { "Add an interviewer of its own" }
        }
    }
}

fn form_page(user: &AdminUser, name: &str, problems: &Problems) -> HttpResponse {
    let title = "Add an organisation";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let hint = "As its people call it. Leavers see it on the first page and readers on every report; it cannot be \
                changed later.";
    ui::page_response(
        status,
        &frame,
        html! {
            (problems.summary())
            h1 { (title) }
            (ui::form(HERE, html! {
                (ui::text_input(
                    &Field { name: "name", label: "Name", hint: Some(hint), error: problems.on("name"), ..Field::default() },
                    &Input { value: name, autocomplete: Some("organization"), ..Input::default() },
                ))
                div.buttons { (ui::button(&Button { label: "Add the organisation", ..Button::default() })) a href=(HERE) { "Cancel" } }
            }))
        },
    )
}
