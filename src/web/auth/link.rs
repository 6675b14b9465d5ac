//! A one-time link that came by e-mail: to sign in, or to choose a password.
//! Opening it changes nothing; its button does.

use super::session::welcome;
use crate::app::App;
use crate::staff::link::{self, Link, LinkPurpose};
use crate::staff::{Account, Password, account, sign_in};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Frame, Input};
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

/// GET /sign-in/links/{token}
pub async fn show(app: Data<App>, token: Path<String>) -> Result<HttpResponse, Error> {
    Ok(match look(&app, &token).await? {
        Some((LinkPurpose::SignIn, _)) => button_page(&token),
        Some((LinkPurpose::Password, account)) => password_page(&token, &account, &Problems::default()),
        None => no_longer_good(),
    })
}

/// POST /sign-in/links/{token}
pub async fn create(
    app: Data<App>,
    req: HttpRequest,
    token: Path<String>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let (keys, now, used) = (app.keys.clone(), app.clock.now(), token.clone());
    let signed_in = match look(&app, &token).await? {
        None => return Ok(no_longer_good()),
        Some((LinkPurpose::SignIn, _)) => app.db.write(move |conn| sign_in::by_link(conn, &keys, now, &used)).await?,
        Some((LinkPurpose::Password, account)) => {
            let known = [account.name.as_str(), account.email.as_str()];
            let password = match Password::choose(form.get("password"), &known) {
                Ok(password) => password,
                Err(e) => return Ok(password_page(&token, &account, &Problems::one("password", e))),
            };
            let hash = app.hasher.hash(password).await.map_err(|_busy| Error::Unavailable)?;
            app.db.write(move |conn| sign_in::by_password_link(conn, &keys, now, &used, &hash)).await?
        }
    };
    Ok(signed_in.map_or_else(no_longer_good, |signed_in| welcome(&app, &req, &signed_in)))
}

/// What the link is for, if it is good and its account open.
async fn look(app: &App, token: &str) -> Result<Option<(LinkPurpose, Account)>, Error> {
    let (keys, now, token) = (app.keys.clone(), app.clock.now(), token.to_owned());
    let found = app
        .db
        .read(move |conn| match link::look(conn, &keys, now, &token)? {
            Some(Link::Account(purpose, id)) => Ok(account::get(conn, &id)?.map(|account| (purpose, account))),
            Some(Link::SetUp) | None => Ok::<_, diesel::result::Error>(None),
        })
        .await?;
    Ok(found.filter(|(_, account)| !account.is_closed))
}

fn button_page(token: &str) -> HttpResponse {
    let title = "Sign in";
    ui::page_response(
        StatusCode::OK,
        &Frame { home: Some("/"), ..Frame::new(title) },
        html! {
            h1 { (title) }
            p { "Press the button to sign in. The link works this once." }
            (ui::form(&path(token), html! {
                div.buttons { (ui::button(&Button { label: "Sign in", ..Button::default() })) }
            }))
        },
    )
}

fn password_page(token: &str, account: &Account, problems: &Problems) -> HttpResponse {
    let title = if account.has_password { "Choose a new password" } else { "Choose a password" };
    let frame = Frame { has_errors: !problems.is_empty(), home: Some("/"), ..Frame::new(title) };
    let status = problems.status();
    ui::page_response(
        status,
        &frame,
        html! {
            (problems.summary())
            h1 { (title) }
            p { "For the account of " strong { (account.name) } ", " (account.email) "." }
            (ui::form(&path(token), html! {
                // Tells password managers whose password it is.
                input type="text" name="username" autocomplete="username" value=(account.email) readonly hidden;
                (password_field(problems))
                div.buttons { (ui::button(&Button { label: "Save and sign in", ..Button::default() })) }
            }))
        },
    )
}

/// The field for a password that is being chosen.
pub(super) fn password_field(problems: &Problems) -> Markup {
    let hint = "12 characters or more. Three or four words that do not belong together are good, and so is whatever a \
                password manager makes.";
    ui::text_input(
        &Field {
            name: "password",
            label: "Password",
            hint: Some(hint),
            error: problems.on("password"),
            ..Field::default()
        },
        &Input { kind: "password", autocomplete: Some("new-password"), ..Input::default() },
    )
}

fn path(token: &str) -> String {
    link::path(&crate::secret::Secret::new(token.to_owned()))
}

/// For a link that is unknown, used or too old: nobody is told which.
pub(super) fn no_longer_good() -> HttpResponse {
    let title = "This link no longer works";
    ui::page_response(
        StatusCode::NOT_FOUND,
        &Frame { home: Some("/"), ..Frame::new(title) },
        html! {
            h1 { (title) }
            p { "Links work once and for a short time. If you have an account, you can get a new one." }
            p { a href="/sign-in/link" { "Get a sign-in link" } }
        },
    )
}
