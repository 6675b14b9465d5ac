//! The organisation's campaigns, and the page of one.

use super::campaign_page::{self, Facts};
use super::{campaign_of, survey_of};
use crate::app::App;
use crate::campaign::{Campaign, store};
use crate::id::CampaignId;
use crate::survey::{Kind, Lang};
use crate::web::auth::{HrUser, frame};
use crate::web::{Error, ui};
use crate::{interview, invitation, mail, release};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use maud::{Markup, html};

pub(super) const HERE: &str = "/hr/campaigns";

/// GET /hr/campaigns
pub async fn index(app: Data<App>, user: HrUser) -> Result<HttpResponse, Error> {
    let organisation = user.organisation_id.clone();
    let all = app.db.read(move |conn| store::list(conn, &organisation)).await?;
    let title = "Campaigns";
    let mut frame = frame(&user.account, title, HERE);
    frame.is_wide = !all.is_empty();
    Ok(ui::page_response(
        StatusCode::OK,
        &frame,
        html! {
            h1 { (title) }
            @if all.is_empty() {
                p.lead { "A campaign asks the people you name, by one survey: everybody who leaves, or all staff in a round." }
            } @else {
                (table(&all, app.clock.now().date()))
            }
            p { a.button href={ (HERE) "/new" } { "Open a campaign" } }
        },
    ))
}

/// GET /hr/campaigns/{id}
pub async fn show(app: Data<App>, req: HttpRequest, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user, id.into_inner()).await?;
    let survey = survey_of(&app, &campaign).await?;
    let (now, of, reads_comments) = (app.clock.now(), campaign.clone(), user.account.reads_comments);
    let facts = app
        .db
        .read(move |conn| {
            Ok::<_, diesel::result::Error>(Facts {
                uptake: invitation::uptake(conn, &of.id)?,
                ready: invitation::ready(conn, now, &of)?,
                waiting: interview::waiting(conn, now, &of.id)?,
                mail: campaign_page::Mail {
                    waiting: mail::store::waiting(conn, &of.id)?,
                    problems: mail::store::problems(conn, &of.id)?,
                    failed_reminders: mail::store::failed_reminders(conn, &of.id)?,
                },
                releases: release::store::list(conn, &of.id)?,
                is_previewed: release::standing(conn, &of.id)?.is_some(),
                today: now.date(),
                reads_comments,
                campaign: of,
                survey,
            })
        })
        .await?;
    let mut frame = frame(&user.account, &campaign.name, HERE);
    frame.is_wide = true;
    Ok(ui::page_response(StatusCode::OK, &frame, campaign_page::body(&facts, req.query_string())))
}

fn table(all: &[Campaign], today: NaiveDate) -> Markup {
    let head = ["Name", "Kind", "Opened", "State"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|campaign| {
            vec![
                html! { a href=(super::path(campaign, "")) { (campaign.name) } },
                html! { (kind(campaign.kind)) },
                html! { (day(campaign.opened_on)) },
                html! { (state(campaign, today)) },
            ]
        })
        .collect();
    ui::data_table("Your campaigns", &head, &rows)
}

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Exit => "Exit",
        Kind::Retention => "Retention",
    }
}

pub(super) fn state(campaign: &Campaign, today: NaiveDate) -> String {
    match (campaign.takes_invitations(today), campaign.closes_on) {
        (true, Some(last)) => format!("Open until {}", day(last)),
        (true, None) => "Open".to_owned(),
        (false, _) => "Closed".to_owned(),
    }
}

pub(super) fn day(date: NaiveDate) -> String {
    Lang::En.date(date)
}
