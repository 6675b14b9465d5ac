//! Signing in with a password, and out.

use super::{StaffUser, cookie, home, network_of};
use crate::app::App;
use crate::secret::Secret;
use crate::staff::sign_in::{self, Credentials, SignInError, SignedIn};
use crate::staff::{self, EmailAddress};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Frame, Input};
use crate::web::{Error, Fields};
use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

const REFUSED: &str = "That email address and password do not sign you in";

/// GET /sign-in
pub async fn new(user: Option<StaffUser>) -> HttpResponse {
    match user {
        Some(user) => see_other(home(&user.account.role)),
        None => page(StatusCode::OK, "", &Problems::default()),
    }
}

/// GET /hr and /admin: typed by hand
pub async fn home_of(user: StaffUser) -> HttpResponse {
    see_other(home(&user.account.role))
}

/// POST /sign-in
pub async fn create(app: Data<App>, req: HttpRequest, form: Fields) -> Result<HttpResponse, Error> {
    let email = form.get("email");
    let mut problems = Problems::default();
    let address = problems.check("email", email.parse::<EmailAddress>());
    if form.get("password").is_empty() {
        problems.add("password", "Enter your password");
    }
    let (Some(address), true) = (address, problems.is_empty()) else {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, email, &problems));
    };
    let credentials = Credentials {
        email: address,
        password: Secret::new(form.get("password").to_owned()),
        network: network_of(&req, &app),
        devices: cookie::devices(&req),
    };
    match sign_in::with_password(&app, credentials).await {
        Ok(signed_in) => Ok(welcome(&app, &req, &signed_in)),
        Err(SignInError::Refused) => {
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, email, &Problems::one("email", REFUSED)))
        }
        Err(SignInError::Busy(_)) => Err(Error::Unavailable),
        Err(SignInError::Database(e)) => Err(e.into()),
    }
}

/// POST /sign-out
pub async fn delete(app: Data<App>, user: Option<StaffUser>) -> Result<HttpResponse, Error> {
    if let Some(user) = user {
        app.db.write(move |conn| staff::session::end(conn, &user.session)).await?;
    }
    let mut response = see_other("/sign-in");
    response.add_cookie(&cookie::no_session_cookie(&app)).map_err(Error::internal)?;
    Ok(response)
}

/// Where somebody goes who has just signed in, with the cookies for it.
pub(super) fn welcome(app: &App, req: &HttpRequest, signed_in: &SignedIn) -> HttpResponse {
    let account = &signed_in.account;
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, home(&account.role)))
        .cookie(cookie::session_cookie(app, &signed_in.session))
        .cookie(cookie::device_cookie(app, &account.email, &cookie::devices(req)))
        .finish()
}

pub(in crate::web) fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}

fn page(status: StatusCode, email: &str, problems: &Problems) -> HttpResponse {
    let title = "Sign in";
    let frame = Frame { has_errors: !problems.is_empty(), home: Some("/"), ..Frame::new(title) };
    let is_refused = problems.on("email") == Some(REFUSED);
    ui::page_response(
        status,
        &frame,
        html! {
            (problems.summary())
            h1 { (title) }
            @if is_refused { (refused()) } @else { p { "For HR, interviewers and administrators. Whoever was asked to answer needs no account." } }
            (ui::form("/sign-in", html! {
                (ui::text_input(
                    &Field { name: "email", label: "Email address", error: problems.on("email"), ..Field::default() },
                    &Input { kind: "email", value: email, autocomplete: Some("username"), ..Input::default() },
                ))
                (ui::text_input(
                    &Field { name: "password", label: "Password", error: problems.on("password"), ..Field::default() },
                    &Input { kind: "password", autocomplete: Some("current-password"), ..Input::default() },
                ))
                div.buttons {
                    (ui::button(&Button { label: "Sign in", ..Button::default() }))
                    a href="/sign-in/link" { "Get a link by email instead" }
                }
            }))
        },
    )
}

/// The same for every reason that there is.
fn refused() -> Markup {
    ui::notice(html! {
        p {
            "Check both and try again. After several wrong tries nobody can sign in from a new device for 15 minutes, "
            "not even with the right password: "
            a href="/sign-in/link" { "get a link by email" } ", or use a device on which you signed in before."
        }
    })
}
