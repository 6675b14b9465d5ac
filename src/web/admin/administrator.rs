//! The administrators of the installation.

use super::account_form;
use crate::app::App;
use crate::staff::account;
use crate::web::auth::{AdminUser, done, frame};
use crate::web::{Error, ui};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use maud::html;

/// GET /admin/administrators
pub async fn index(app: Data<App>, req: HttpRequest, user: AdminUser) -> Result<HttpResponse, Error> {
    let all = app.db.read(|conn| account::list(conn, None)).await?;
    let title = "Administrators";
    let mut frame = frame(&user.account, title, "/admin/administrators");
    frame.is_wide = true;
    Ok(ui::page_response(
        StatusCode::OK,
        &frame,
        html! {
            (done(req.query_string(), &account_form::DONE))
            h1 { (title) }
            p { "They add organisations, accounts and surveys. They see no campaign and no figure that is not public." }
            (account_form::table(&all))
            p { a.button href="/admin/administrators/new" { "Add an administrator" } }
        },
    ))
}
