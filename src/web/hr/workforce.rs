//! The organisation's workforce figures: which periods there are, and each of them.

use super::workforce_page;
use crate::app::App;
use crate::audit::{self, Action};
use crate::id::WorkforceId;
use crate::survey::Lang;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, done, frame};
use crate::web::ui::{self, Button, Look};
use crate::web::{Error, ui::Frame};
use crate::workforce::store::{self, Listed};
use crate::workforce::{Period, Workforce, template};
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use diesel::QueryResult;
use maud::{Markup, html};

pub(super) const HERE: &str = "/hr/workforce";

/// GET /hr/workforce
pub async fn index(app: Data<App>, req: HttpRequest, user: HrUser) -> Result<HttpResponse, Error> {
    let organisation = user.organisation_id.clone();
    let all = app.db.read(move |conn| store::list(conn, &organisation)).await?;
    let title = "Workforce";
    let body = html! {
        (done(req.query_string(), &[("deleted", "The figures are deleted. Reports that were made with them keep them.")]))
        h1 { (title) }
        p.lead {
            "How many people you have, and how many came and left. A report sets the figures of the last period that was over "
            "by its date beside what leavers say: turnover, stability, vacancies, agency staff and sickness, with their "
            "definitions."
        }
        @if !all.is_empty() { (table(&all)) }
        p { a.button href={ (HERE) "/new" } { "Upload figures" } }
    };
    Ok(ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body))
}

/// GET /hr/workforce/template.csv
pub async fn download(_user: HrUser) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"workforce.csv\""))
        .body(template())
}

/// GET /hr/workforce/{id}
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    user: HrUser,
    id: Path<WorkforceId>,
) -> Result<HttpResponse, Error> {
    let (listed, workforce) = find(&app, &user, id.into_inner()).await?;
    let title = format!("Workforce, {}", words(listed.period));
    let body = html! {
        (done(req.query_string(), &[("uploaded", "The figures are kept. The next report that is made uses them.")]))
        p { a href=(HERE) { "Workforce" } }
        h1 { (title) }
        p { "Uploaded on " (day(listed.uploaded_on)) "." }
        (workforce_page::figures(&workforce))
        p { a href=(path(&listed.id, "/deletion")) { "Delete these figures" } }
    };
    let frame = Frame { is_wide: true, ..frame(&user.account, &title, HERE) };
    Ok(ui::page_response(StatusCode::OK, &frame, body))
}

/// GET /hr/workforce/{id}/deletion
pub async fn confirm_deletion(app: Data<App>, user: HrUser, id: Path<WorkforceId>) -> Result<HttpResponse, Error> {
    let (listed, _) = find(&app, &user, id.into_inner()).await?;
    let title = "Delete these figures?";
    let delete = Button { label: "Delete the figures", look: Look::Danger, ..Button::default() };
    let body = html! {
        h1 { (title) }
        p { strong { (words(listed.period)) } }
        p { "Reports that are made from now on do without them. What was printed or downloaded stays as it is." }
        (ui::form(&path(&listed.id, "/deletion"), html! {
            div.buttons { (ui::button(&delete)) a href=(path(&listed.id, "")) { "Cancel" } }
        }))
    };
    Ok(ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body))
}

/// POST /hr/workforce/{id}/deletion
pub async fn delete(app: Data<App>, user: HrUser, id: Path<WorkforceId>) -> Result<HttpResponse, Error> {
    let (listed, _) = find(&app, &user, id.into_inner()).await?;
    let (organisation, actor, now) = (user.organisation_id.clone(), user.actor(), app.clock.now());
    app.db
        .write(move |conn| {
            if store::delete(conn, &organisation, &listed.id)? {
                audit::record(conn, now, &actor, Action::DeleteWorkforce, &words(listed.period))?;
            }
            QueryResult::Ok(())
        })
        .await?;
    Ok(see_other(&format!("{HERE}?done=deleted")))
}

/// The organisation's own. Another organisation's are as unknown as what never was.
async fn find(app: &App, user: &HrUser, id: WorkforceId) -> Result<(Listed, Workforce), Error> {
    let organisation = user.organisation_id.clone();
    app.db.read(move |conn| store::find(conn, &organisation, &id)).await?.ok_or(Error::NotFound)
}

fn table(all: &[Listed]) -> Markup {
    let head = ["Period", "Uploaded on"].map(|text| html! { (text) });
    let row = |listed: &Listed| {
        vec![html! { a href=(path(&listed.id, "")) { (words(listed.period)) } }, html! { (day(listed.uploaded_on)) }]
    };
    ui::data_table("Periods that you have uploaded", &head, &all.iter().map(row).collect::<Vec<_>>())
}

pub(super) fn path(id: &WorkforceId, rest: &str) -> String {
    format!("{HERE}/{id}{rest}")
}

/// 1 October 2025 to 30 September 2026.
pub(super) fn words(period: Period) -> String {
    format!("{} to {}", day(period.from), day(period.to))
}

pub(super) fn day(date: chrono::NaiveDate) -> String {
    Lang::En.date(date)
}
