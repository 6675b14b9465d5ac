//! Changing one's own password.

use super::{StaffUser, done, frame};
use crate::app::App;
use crate::audit::{self, Action, Actor};
use crate::secret::Secret;
use crate::staff::guessing::{Attempt, Device};
use crate::staff::password::Lane;
use crate::staff::{Password, account, sign_in};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Input};
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use maud::html;

const WRONG: &str = "That is not your password of now";

/// GET /password
pub async fn edit(req: HttpRequest, user: StaffUser) -> HttpResponse {
    page(StatusCode::OK, &user, req.query_string(), &Problems::default())
}

/// POST /password
pub async fn update(app: Data<App>, req: HttpRequest, user: StaffUser, form: Fields) -> Result<HttpResponse, Error> {
    let mut problems = Problems::default();
    if !is_right(&app, &req, &user, form.get("current")).await? {
        problems.add("current", WRONG);
    }
    let known = [user.account.name.as_str(), user.account.email.as_str()];
    let chosen = problems.check("password", Password::choose(form.get("password"), &known));
    let (Some(password), true) = (chosen, problems.is_empty()) else {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &user, "", &problems));
    };
    let hash = app.hasher.hash(password).await.map_err(|_busy| Error::Unavailable)?;
    let now = app.clock.now();
    app.db
        .write(move |conn| {
            account::set_password(conn, &user.account.id, &hash, Some(&user.session))?;
            audit::record(conn, now, &Actor::of(&user.account), Action::ChangePassword, &user.account.name)
        })
        .await?;
    Ok(super::session::see_other("/password?done=changed"))
}

/// Whoever finds a browser open may not guess on without end.
async fn is_right(app: &App, req: &HttpRequest, user: &StaffUser, guess: &str) -> Result<bool, Error> {
    if !user.account.has_password {
        return Ok(true);
    }
    let attempt = Attempt {
        email: user.account.email.clone(),
        network: super::network_of(req, app),
        device: Some(Device::of_session(&user.session)),
    };
    if !app.guard.admits(app, app.clock.now(), &attempt).await? {
        return Ok(false);
    }
    let id = user.account.id.clone();
    let hash = app.db.read(move |conn| sign_in::password_hash(conn, &id)).await?;
    let guess = Secret::new(guess.to_owned());
    let is_right = app.hasher.verify(Lane::Known, guess, hash).await.map_err(|_busy| Error::Unavailable)?;
    if is_right {
        app.guard.forgive(app, &attempt).await?;
    }
    Ok(is_right)
}

fn page(status: StatusCode, user: &StaffUser, query: &str, problems: &Problems) -> HttpResponse {
    let title = "Change your password";
    let mut frame = frame(&user.account, title, "");
    frame.has_errors = !problems.is_empty();
    ui::page_response(
        status,
        &frame,
        html! {
            (done(query, &[("changed", "Your password is changed, and every other browser of yours is signed out.")]))
            (problems.summary())
            h1 { (title) }
            p { "You are signed in as " strong { (user.account.name) } ", " (user.account.email) "." }
            (ui::form("/password", html! {
                input type="text" name="username" autocomplete="username" value=(user.account.email) readonly hidden;
                @if user.account.has_password {
                    (ui::text_input(
                        &Field { name: "current", label: "Your password of now", error: problems.on("current"), ..Field::default() },
                        &Input { kind: "password", autocomplete: Some("current-password"), ..Input::default() },
                    ))
                }
                (super::link::password_field(problems))
                div.buttons { (ui::button(&Button { label: "Change password", ..Button::default() })) }
            }))
        },
    )
}
