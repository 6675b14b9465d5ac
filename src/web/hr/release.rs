//! Releases of a campaign: making one, its report, its files, and opening the
//! report to the public.

use super::campaign::HERE;
use super::{campaign_of, path, survey_of};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::{self, Campaign};
use crate::id::CampaignId;
use crate::release::{self, CreateError};
use crate::staff::organisation;
use crate::uptake;
use crate::web::Error;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, done, frame};
use crate::web::report::{Format, Frozen};
use crate::web::ui::{self, Button, Look};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

/// POST /hr/campaigns/{id}/releases
pub async fn create(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user, id.into_inner()).await?;
    let survey = survey_of(&app, &campaign).await?;
    let (keys, actor, now, of) = (app.keys.clone(), user.actor(), app.clock.now(), campaign.clone());
    let made = app
        .db
        .write(move |conn| {
            // Looked at again: a k that was raised meanwhile counts.
            let campaign = campaign::store::get(conn, &of.id)?.unwrap_or(of);
            let organisation = organisation::get(conn, &campaign.organisation_id)?.map(|one| one.name);
            let uptake = uptake::counts(conn, &campaign)?;
            let name = organisation.unwrap_or_default();
            let made = release::create(conn, &keys, now, &campaign, &name, &survey, uptake)?;
            audit::record(conn, now, &actor, Action::CreateRelease, &named(&campaign, made.number))?;
            Ok::<_, CreateError>(made.number)
        })
        .await;
    match made {
        Ok(number) => {
            app.tidy().await;
            Ok(see_other(&path(&campaign, &format!("/releases/{number}?done=released"))))
        }
        Err(CreateError::TooFew { missing }) => Ok(too_few(&user, &campaign, missing)),
        Err(CreateError::MadeMeanwhile) => Ok(see_other(&path(&campaign, "?done=meanwhile"))),
        Err(CreateError::Database(e)) => Err(e.into()),
        Err(e @ (CreateError::Damaged(_) | CreateError::Unwritable(_) | CreateError::Unsafe(_))) => {
            Err(Error::internal(e))
        }
    }
}

/// GET /hr/campaigns/{id}/releases/{number}
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    user: HrUser,
    ids: Path<(CampaignId, u32)>,
) -> Result<HttpResponse, Error> {
    let (campaign, frozen) = find(&app, &user, ids.into_inner()).await?;
    let here = path(&campaign, &format!("/releases/{}", frozen.listed.number));
    let title = frozen.title();
    let mut frame = frame(&user.account, &title, HERE);
    (frame.is_wide, frame.has_report) = (true, true);
    let body = html! {
        div.noprint {
            (done(req.query_string(), &DONE))
            p { a href=(path(&campaign, "")) { (campaign.name) } }
            (publication(&app, &frozen, &here))
        }
        (frozen.body(&here))
    };
    Ok(ui::page_response(StatusCode::OK, &frame, body))
}

/// GET /hr/campaigns/{id}/releases/{number}.json and .csv
pub async fn download(
    app: Data<App>,
    user: HrUser,
    ids: Path<(CampaignId, u32, Format)>,
) -> Result<HttpResponse, Error> {
    let (id, number, format) = ids.into_inner();
    let (_, frozen) = find(&app, &user, (id, number)).await?;
    Ok(frozen.download(format))
}

/// POST /hr/campaigns/{id}/releases/{number}/publication
pub async fn publish(app: Data<App>, user: HrUser, ids: Path<(CampaignId, u32)>) -> Result<HttpResponse, Error> {
    let (campaign, frozen) = find(&app, &user, ids.into_inner()).await?;
    let (number, actor, now) = (frozen.listed.number, user.actor(), app.clock.now());
    let to = path(&campaign, &format!("/releases/{number}?done=public"));
    app.db
        .write(move |conn| {
            release::store::publish(conn, &campaign.id, number)?;
            audit::record(conn, now, &actor, Action::PublishRelease, &named(&campaign, number))
        })
        .await?;
    Ok(see_other(&to))
}

/// POST /hr/campaigns/{id}/releases/{number}/withdrawal
pub async fn withdraw(app: Data<App>, user: HrUser, ids: Path<(CampaignId, u32)>) -> Result<HttpResponse, Error> {
    let (campaign, frozen) = find(&app, &user, ids.into_inner()).await?;
    let (number, actor, now) = (frozen.listed.number, user.actor(), app.clock.now());
    let to = path(&campaign, &format!("/releases/{number}?done=withdrawn"));
    app.db
        .write(move |conn| {
            release::store::unpublish(conn, &campaign.id, number)?;
            audit::record(conn, now, &actor, Action::WithdrawRelease, &named(&campaign, number))
        })
        .await?;
    Ok(see_other(&to))
}

const DONE: [(&str, &str); 3] = [
    ("released", "The release is made. It never changes; the next one is made from the answers that come after it."),
    ("public", "The report is open to everybody who has its link."),
    ("withdrawn", "The public link no longer works. Whoever has a copy keeps it."),
];

async fn find(app: &App, user: &HrUser, (id, number): (CampaignId, u32)) -> Result<(Campaign, Frozen), Error> {
    let campaign = campaign_of(app, user, id).await?;
    let frozen = Frozen::find(app, &campaign.id, number).await?;
    Ok((campaign, frozen))
}

fn named(campaign: &Campaign, number: u32) -> String {
    format!("{}, release {number}", campaign.name)
}

fn publication(app: &App, frozen: &Frozen, here: &str) -> Markup {
    let open = Button { label: "Make the report public", look: Look::Secondary, ..Button::default() };
    let close = Button { label: "Withdraw it from the public", look: Look::Link, ..Button::default() };
    let url = format!("{}/reports/{}", app.settings.public_url, frozen.listed.id);
    html! {
        div.card {
            @if frozen.listed.is_public {
                p { "Open to everybody who has this link: " a href=(url) { (url) } }
                (ui::form(&format!("{here}/withdrawal"), ui::button(&close)))
            } @else {
                p {
                    "Only your organisation sees this report. What is in it is safe to hand to anyone: you can open it to "
                    "everybody who has its link, without signing in. The campaign's public page then leads to it too."
                }
                (ui::form(&format!("{here}/publication"), ui::button(&open)))
            }
        }
    }
}

fn too_few(user: &HrUser, campaign: &Campaign, missing: u32) -> HttpResponse {
    let title = "Not enough new responses yet";
    let needed = CreateError::TooFew { missing };
    let body = html! {
        h1 { (title) }
        p.lead { (needed) "." }
        p {
            "A release counts at least " (campaign.min_base) " new responses, so that no two releases differ by fewer people "
            "than that, and nobody can be found by comparing them."
        }
        p { a href=(path(campaign, "")) { "Back to " (campaign.name) } }
    };
    ui::page_response(StatusCode::UNPROCESSABLE_ENTITY, &frame(&user.account, title, HERE), body)
}
