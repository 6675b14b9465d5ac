//! API tokens of the organisation.

use crate::app::App;
use crate::audit::{self, Action};
use crate::id::ApiTokenId;
use crate::secret::Secret;
use crate::staff::token::{self, ApiToken, CreateTokenError};
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, done, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Input, Look};
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

const HERE: &str = "/hr/tokens";

/// GET /hr/tokens
pub async fn index(app: Data<App>, req: HttpRequest, user: HrUser) -> Result<HttpResponse, Error> {
    let organisation = user.organisation_id.clone();
    let tokens = app.db.read(move |conn| token::list(conn, &organisation)).await?;
    let title = "API tokens";
    let body = html! {
        (done(req.query_string(), &[("deleted", "The token is ended: nothing can be read with it any more.")]))
        h1 { (title) }
        p { "With a token a program, such as a dashboard, reads your organisation’s releases and nothing else." }
        @if !tokens.is_empty() { (table(&tokens)) }
        p { a.button href={ (HERE) "/new" } { "Make a token" } }
        (how(&app.settings.public_url))
    };
    Ok(ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body))
}

/// GET /hr/tokens/new
pub async fn new(user: HrUser) -> HttpResponse {
    form_page(&user, "", &Problems::default())
}

/// POST /hr/tokens
pub async fn create(app: Data<App>, user: HrUser, form: Fields) -> Result<HttpResponse, Error> {
    let (keys, now, actor) = (app.keys.clone(), app.clock.now(), user.actor());
    let (organisation, name) = (user.organisation_id.clone(), form.get("name").to_owned());
    let made = app
        .db
        .write(move |conn| {
            let (made, secret) = token::create(conn, &keys, now, &organisation, &name)?;
            audit::record(conn, now, &actor, Action::CreateToken, &made.name)?;
            Ok(secret)
        })
        .await;
    match made {
        Ok(secret) => Ok(shown_once(&app, &user, &secret)),
        Err(CreateTokenError::Database(e)) => Err(e.into()),
        Err(e @ (CreateTokenError::NoName | CreateTokenError::NameTooLong)) => {
            Ok(form_page(&user, form.get("name"), &Problems::one("name", e)))
        }
    }
}

/// POST /hr/tokens/{id}/deletion
pub async fn delete(app: Data<App>, user: HrUser, id: Path<ApiTokenId>) -> Result<HttpResponse, Error> {
    let (organisation, actor, now) = (user.organisation_id.clone(), user.actor(), app.clock.now());
    let ended = app
        .db
        .write(move |conn| {
            let ended = token::delete(conn, &organisation, &id)?;
            if let Some(ended) = &ended {
                audit::record(conn, now, &actor, Action::DeleteToken, &ended.name)?;
            }
            Ok::<_, diesel::result::Error>(ended)
        })
        .await?;
    ended.map(|_| see_other("/hr/tokens?done=deleted")).ok_or(Error::NotFound)
}

fn table(tokens: &[ApiToken]) -> Markup {
    let head = ["What it is for", "Made on", "What you can do"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = tokens
        .iter()
        .map(|token| {
            let end = Button { label: "End it", look: Look::Link, about: Some(&token.name), ..Button::default() };
            vec![
                html! { (token.name) },
                html! { (super::campaign::day(token.created_on)) },
                ui::form(&format!("{HERE}/{}/deletion", token.id), ui::button(&end)),
            ]
        })
        .collect();
    ui::data_table("Tokens that are good", &head, &rows)
}

fn how(site: &str) -> Markup {
    ui::details(
        "How a program uses it",
        html! {
            p { "It sends the token as a header, and gets JSON (or CSV with " code { "?format=csv" } "):" }
            div.scroll role="region" aria-label="An example" tabindex="0" {
                pre { "curl -H \"Authorization: Bearer candour_...\" " (site) "/api/v1/campaigns" }
            }
            ul {
                li { code { "/api/v1/campaigns" } ": your campaigns" }
                li { code { "/api/v1/campaigns/{id}/releases" } ": the releases of one" }
                li { code { "/api/v1/campaigns/{id}/releases/{number}" } ": one release, byte for byte as it was frozen" }
            }
        },
    )
}

fn form_page(user: &HrUser, name: &str, problems: &Problems) -> HttpResponse {
    let title = "Make a token";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let field = Field {
        name: "name",
        label: "What it is for",
        hint: Some("So that you know later which one to end."),
        error: problems.on("name"),
        ..Field::default()
    };
    let body = html! {
        (problems.summary())
        h1 { (title) }
        (ui::form(HERE, html! {
            (ui::text_input(&field, &Input { value: name, autocomplete: Some("off"), ..Input::default() }))
            div.buttons {
                (ui::button(&Button { label: "Make the token", ..Button::default() }))
                a href=(HERE) { "Cancel" }
            }
        }))
    };
    ui::page_response(status, &frame, body)
}

fn shown_once(app: &App, user: &HrUser, secret: &Secret<String>) -> HttpResponse {
    let title = "Copy the token now";
    let body = html! {
        h1 { (title) }
        p { "It is shown this once. Whoever has it can read your organisation’s releases until you end it." }
        p.card { code { (secret.expose()) } }
        (how(&app.settings.public_url))
        p { a href=(HERE) { "Done" } }
    };
    ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body)
}
