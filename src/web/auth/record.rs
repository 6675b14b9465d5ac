//! The record of what members of staff did, for administrators and for HR.

use super::{AdminUser, HrUser, frame};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::id::OrganisationId;
use crate::staff::Account;
use crate::web::{Error, ui};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use maud::{Markup, html};
use serde::Deserialize;

/// Which page, from 1.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Place {
    #[serde(default)]
    page: u32,
}

/// GET /admin/record
pub async fn of_all(app: Data<App>, user: AdminUser, place: Option<Query<Place>>) -> Result<HttpResponse, Error> {
    index(&app, &user.account, None, "/admin/record", place).await
}

/// GET /hr/record
pub async fn of_organisation(app: Data<App>, user: HrUser, place: Option<Query<Place>>) -> Result<HttpResponse, Error> {
    index(&app, &user.account, Some(user.organisation_id), "/hr/record", place).await
}

async fn index(
    app: &App,
    account: &Account,
    organisation: Option<OrganisationId>,
    here: &str,
    place: Option<Query<Place>>,
) -> Result<HttpResponse, Error> {
    let at = place.map_or(1, |place| place.page.max(1));
    let entries = app.db.read(move |conn| audit::list(conn, organisation.as_ref(), at)).await?;
    let title = "Record";
    let mut frame = frame(account, title, here);
    frame.is_wide = true;
    let has_more = i64::try_from(entries.len()).is_ok_and(|n| n >= audit::PAGE);
    Ok(ui::page_response(
        StatusCode::OK,
        &frame,
        html! {
            h1 { (title) }
            p { "What members of staff did, newest first. What leavers do is never written down." }
            @if entries.is_empty() { p { "Nothing yet." } } @else { (table(&entries)) }
            @if at > 1 || has_more {
                nav aria-label="Pages" {
                    ul {
                        @if at > 1 { li { a href={ (here) "?page=" (at - 1) } { "Newer" } } }
                        @if has_more { li { a href={ (here) "?page=" (at + 1) } { "Older" } } }
                    }
                }
            }
        },
    ))
}

fn table(entries: &[Entry]) -> Markup {
    let head = ["When (UTC)", "Who", "What"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = entries
        .iter()
        .map(|entry| {
            vec![
                html! { (moment(entry)) },
                html! { (entry.who.as_deref().unwrap_or("The operator, at the command line")) },
                html! { (entry.what) " " (entry.subject) },
            ]
        })
        .collect();
    ui::data_table("What was done", &head, &rows)
}

fn moment(entry: &Entry) -> String {
    let at = chrono::DateTime::from_timestamp(entry.at.unix(), 0).unwrap_or_default();
    at.format("%-d %B %Y, %H:%M").to_string()
}
