//! The first administrator, by the link that the operator was given at start-up.

use super::session::welcome;
use crate::app::App;
use crate::secret::Secret;
use crate::staff::link::{self, Link};
use crate::staff::sign_in::{self, SetUpError};
use crate::staff::{EmailAddress, Password};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Frame, Input};
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::html;

/// GET /set-up/{token}
pub async fn new(app: Data<App>, token: Path<String>) -> Result<HttpResponse, Error> {
    Ok(match is_good(&app, &token).await? {
        true => page(StatusCode::OK, &token, &Fields::default(), &Problems::default()),
        false => super::link::no_longer_good(),
    })
}

/// POST /set-up/{token}
pub async fn create(
    app: Data<App>,
    req: HttpRequest,
    token: Path<String>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    if !is_good(&app, &token).await? {
        return Ok(super::link::no_longer_good());
    }
    let mut problems = Problems::default();
    let name = form.get("name").trim().to_owned();
    if name.is_empty() {
        problems.add("name", "Enter your name");
    }
    let email = problems.check("email", form.get("email").parse::<EmailAddress>());
    let password = problems.check("password", Password::choose(form.get("password"), &[&name, form.get("email")]));
    let (Some(email), Some(password), true) = (email, password, problems.is_empty()) else {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &token, &form, &problems));
    };
    let hash = app.hasher.hash(password).await.map_err(|_busy| Error::Unavailable)?;
    let (keys, now, used) = (app.keys.clone(), app.clock.now(), token.clone());
    match app.db.write(move |conn| sign_in::set_up(conn, &keys, now, &used, &name, email, &hash)).await {
        Ok(signed_in) => Ok(welcome(&app, &req, &signed_in)),
        Err(SetUpError::NotGood) => Ok(super::link::no_longer_good()),
        Err(SetUpError::Account(e)) => {
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &token, &form, &Problems::one("name", e)))
        }
        Err(SetUpError::Database(e)) => Err(e.into()),
    }
}

async fn is_good(app: &App, token: &str) -> Result<bool, Error> {
    let (keys, now, token) = (app.keys.clone(), app.clock.now(), token.to_owned());
    let found = app.db.read(move |conn| link::look(conn, &keys, now, &token)).await?;
    Ok(found == Some(Link::SetUp))
}

fn page(status: StatusCode, token: &str, form: &Fields, problems: &Problems) -> HttpResponse {
    let title = "Set Candour up";
    let frame = Frame { has_errors: !problems.is_empty(), ..Frame::new(title) };
    let field = |name, label, hint| Field { name, label, hint, error: problems.on(name), ..Field::default() };
    let action = link::set_up_path(&Secret::new(token.to_owned()));
    ui::page_response(
        status,
        &frame,
        html! {
            (problems.summary())
            h1 { (title) }
            p.lead { "You are the first here, and so its first administrator. Next you add an organisation and the people of its HR." }
            (ui::form(&action, html! {
                (ui::text_input(&field("name", "Your name", None), &Input { value: form.get("name"), autocomplete: Some("name"), ..Input::default() }))
                (ui::text_input(
                    &field("email", "Your email address", Some("You sign in with it.")),
                    &Input { kind: "email", value: form.get("email"), autocomplete: Some("username"), ..Input::default() },
                ))
                (super::link::password_field(problems))
                div.buttons { (ui::button(&Button { label: "Create the account", ..Button::default() })) }
            }))
        },
    )
}
