//! Asking for a sign-in link by e-mail. The answer is the same whether or not
//! there is such an account, and whether or not a link is sent.

use super::network_of;
use crate::app::App;
use crate::staff::EmailAddress;
use crate::staff::link::{self, LinkPurpose};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Frame, Input};
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use maud::html;

/// GET /sign-in/link
pub async fn new() -> HttpResponse {
    page(StatusCode::OK, "", &Problems::default())
}

/// POST /sign-in/link
pub async fn create(app: Data<App>, req: HttpRequest, form: Fields) -> Result<HttpResponse, Error> {
    let typed = form.get("email");
    let email: EmailAddress = match typed.parse() {
        Ok(email) => email,
        Err(e) => return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, typed, &Problems::one("email", e))),
    };
    let now = app.clock.now();
    if app.guard.admits_link(&app, now, &email, network_of(&req, &app)).await? {
        app.db.write(move |conn| link::send(conn, now, &email, LinkPurpose::SignIn)).await?;
    }
    Ok(sent())
}

fn page(status: StatusCode, email: &str, problems: &Problems) -> HttpResponse {
    let title = "Get a sign-in link";
    let frame = Frame { has_errors: !problems.is_empty(), home: Some("/"), ..Frame::new(title) };
    ui::page_response(
        status,
        &frame,
        html! {
            (problems.summary())
            h1 { (title) }
            p { "We will send a link to the address of your account. It works once, for 15 minutes." }
            (ui::form("/sign-in/link", html! {
                (ui::text_input(
                    &Field { name: "email", label: "Email address", error: problems.on("email"), ..Field::default() },
                    &Input { kind: "email", value: email, autocomplete: Some("username"), ..Input::default() },
                ))
                div.buttons {
                    (ui::button(&Button { label: "Send the link", ..Button::default() }))
                    a href="/sign-in" { "Sign in with a password" }
                }
            }))
        },
    )
}

fn sent() -> HttpResponse {
    let title = "Look at your email";
    ui::page_response(
        StatusCode::OK,
        &Frame { home: Some("/"), ..Frame::new(title) },
        html! {
            h1 { (title) }
            p { "If there is an account for that address, a link is on its way. It works once, for 15 minutes." }
            p { "Nothing there? Look among unwanted mail, and check the address. You can ask for three links in 15 minutes." }
            p { a href="/sign-in" { "Back to signing in" } }
        },
    )
}
