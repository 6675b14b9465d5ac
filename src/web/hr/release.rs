//! Releases of a campaign: making one, its report, its files, and opening the
//! report to the public.

use super::campaign::HERE;
use super::{campaign_of, path};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::{self, Campaign};
use crate::db::Conn;
use crate::id::CampaignId;
use crate::paper::Paper;
use crate::release::Unsafe;
use crate::release::store::{self, Listed};
use crate::release::{self, CreateError};
use crate::report::Format;
use crate::staff::organisation;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, done, frame};
use crate::web::report;
use crate::web::ui::{self, Button, Look};
use crate::web::{Error, Fields};
use crate::{survey, uptake};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

/// POST /hr/campaigns/{id}/releases: of the draft that was previewed, or of what waits
pub async fn create(app: Data<App>, user: HrUser, id: Path<CampaignId>, form: Fields) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user, id.into_inner()).await?;
    let pressed = form.get("number").parse::<u32>().ok();
    let made_before = |listed: Option<Listed>| listed.filter(|listed| pressed.is_some_and(|it| it <= listed.number));
    let of = campaign.id.clone();
    if made_before(app.db.read(move |conn| store::latest(conn, &of)).await?).is_some() {
        return Ok(see_other(&path(&campaign, "?done=meanwhile")));
    }
    match make(&app, &user, &campaign).await {
        Ok(number) => Ok(see_other(&path(&campaign, &format!("/releases/{number}?done=released")))),
        Err(error) => refused(&user, &campaign, error),
    }
}

/// Prepares, makes and keeps, each in a transaction of its own: making takes its time,
/// and nobody who hands in answers is to wait for it.
async fn make(app: &App, user: &HrUser, campaign: &Campaign) -> Result<u32, CreateError> {
    let (keys, now, of) = (app.keys.clone(), app.clock.now(), campaign.clone());
    app.db
        .write(move |conn| {
            // Looked at again: a k that was raised meanwhile counts.
            let campaign = campaign::store::get(conn, &of.id)?.unwrap_or(of);
            let uptake = uptake::counts(conn, &campaign)?;
            release::prepare(conn, &keys, now, &campaign, uptake)
        })
        .await?;
    app.tidy().await;
    let (keys, of) = (app.keys.clone(), campaign.clone());
    let drafted = app
        .db
        .read(move |conn| {
            let campaign = campaign::store::get(conn, &of.id)?.unwrap_or(of);
            let survey = survey::store::load(conn, &campaign.survey_version)?.ok_or(diesel::NotFound)?;
            let name = organisation_of(conn, &campaign)?;
            release::drafted(conn, &keys, &campaign, &name, &survey)
        })
        .await?;
    let (actor, now, of) = (user.actor(), app.clock.now(), campaign.clone());
    app.db
        .write(move |conn| {
            let made = release::keep(conn, &of, drafted.ok_or(CreateError::MadeMeanwhile)?)?;
            audit::record(conn, now, &actor, Action::CreateRelease, &named(&of, made.number))?;
            Ok(made.number)
        })
        .await
}

/// Why there is no release, or no preview of one, yet.
pub(super) fn refused(user: &HrUser, campaign: &Campaign, error: CreateError) -> Result<HttpResponse, Error> {
    match error {
        CreateError::TooFew { missing } => Ok(too_few(user, campaign, missing)),
        CreateError::MadeMeanwhile => Ok(see_other(&path(campaign, "?done=meanwhile"))),
        CreateError::Database(e) => Err(e.into()),
        CreateError::Unsafe(why) => Ok(not_safe(user, campaign, &why)),
        e @ (CreateError::Damaged(_) | CreateError::Gone { .. } | CreateError::Unwritable(_)) => {
            Err(Error::internal(e))
        }
    }
}

/// What a campaign's organisation is called.
pub(super) fn organisation_of(conn: &mut Conn, campaign: &Campaign) -> diesel::QueryResult<String> {
    Ok(organisation::get(conn, &campaign.organisation_id)?.map(|one| one.name).unwrap_or_default())
}

/// GET /hr/campaigns/{id}/releases/{number}
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    user: HrUser,
    ids: Path<(CampaignId, u32)>,
) -> Result<HttpResponse, Error> {
    let (campaign, paper) = find(&app, &user, ids.into_inner()).await?;
    let here = path(&campaign, &format!("/releases/{}", paper.listed.number));
    let title = paper.title();
    let mut frame = frame(&user.account, &title, HERE);
    (frame.is_wide, frame.has_report) = (true, true);
    let body = html! {
        div.noprint {
            (done(req.query_string(), &DONE))
            p { a href=(path(&campaign, "")) { (campaign.name) } }
            (publication(&app, &paper, &here))
            p { a href={ (here) "/paper" } { "Choose what is in the paper, and how it looks" } }
            @if user.account.reads_comments {
                p { a href={ (here) "/annex" } { "What people wrote in their own words, for this release" } }
            }
        }
        (report::body(&paper, &here))
    };
    Ok(ui::page_response(StatusCode::OK, &frame, body))
}

/// GET /hr/campaigns/{id}/releases/{number}.{format}
pub async fn download(
    app: Data<App>,
    user: HrUser,
    ids: Path<(CampaignId, u32, Format)>,
) -> Result<HttpResponse, Error> {
    let (id, number, format) = ids.into_inner();
    let (_, paper) = find(&app, &user, (id, number)).await?;
    report::attached(&app, paper, format).await
}

/// POST /hr/campaigns/{id}/releases/{number}/publication
pub async fn publish(app: Data<App>, user: HrUser, ids: Path<(CampaignId, u32)>) -> Result<HttpResponse, Error> {
    open_or_close(&app, &user, ids.into_inner(), store::publish, (Action::PublishRelease, "public")).await
}

/// POST /hr/campaigns/{id}/releases/{number}/withdrawal
pub async fn withdraw(app: Data<App>, user: HrUser, ids: Path<(CampaignId, u32)>) -> Result<HttpResponse, Error> {
    open_or_close(&app, &user, ids.into_inner(), store::unpublish, (Action::WithdrawRelease, "withdrawn")).await
}

async fn open_or_close(
    app: &App,
    user: &HrUser,
    (id, number): (CampaignId, u32),
    change: fn(&mut Conn, &CampaignId, u32) -> diesel::QueryResult<bool>,
    (action, word): (Action, &str),
) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(app, user, id).await?;
    let to = path(&campaign, &format!("/releases/{number}?done={word}"));
    let (actor, now) = (user.actor(), app.clock.now());
    app.db
        .write(move |conn| {
            if !change(conn, &campaign.id, number)? {
                return Err(Error::NotFound);
            }
            audit::record(conn, now, &actor, action, &named(&campaign, number))?;
            Ok(())
        })
        .await?;
    Ok(see_other(&to))
}

const DONE: [(&str, &str); 3] = [
    ("released", "The release is made. It never changes; the next one is made from the answers that come after it."),
    ("public", "The report is open to everybody who has its link."),
    ("withdrawn", "The public link no longer works. Whoever has a copy keeps it."),
];

pub(super) async fn find(
    app: &App,
    user: &HrUser,
    (id, number): (CampaignId, u32),
) -> Result<(Campaign, Paper), Error> {
    let campaign = campaign_of(app, user, id).await?;
    let paper = report::find(app, &campaign.id, number).await?;
    Ok((campaign, paper))
}

pub(super) fn named(campaign: &Campaign, number: u32) -> String {
    format!("{}, release {number}", campaign.name)
}

fn publication(app: &App, paper: &Paper, here: &str) -> Markup {
    let open = Button { label: "Make the report public", look: Look::Secondary, ..Button::default() };
    let close = Button { label: "Withdraw it from the public", look: Look::Link, ..Button::default() };
    let url = format!("{}/reports/{}", app.settings.public_url, paper.listed.id);
    html! {
        div.card {
            @if paper.listed.is_public {
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

/// The program's own attack got through whatever was hidden.
fn not_safe(user: &HrUser, campaign: &Campaign, why: &Unsafe) -> HttpResponse {
    let title = "These figures cannot be released";
    let body = html! {
        h1 { (title) }
        p.lead { (super::sentence(&why.to_string())) "." }
        p { "Nothing was released, and no answer is lost: all of them count in the next release that can be made." }
        p { a href=(path(campaign, "")) { "Back to " (campaign.name) } }
    };
    ui::page_response(StatusCode::UNPROCESSABLE_ENTITY, &frame(&user.account, title, HERE), body)
}

fn too_few(user: &HrUser, campaign: &Campaign, missing: u32) -> HttpResponse {
    let title = "Not enough new responses yet";
    let needed = CreateError::TooFew { missing };
    let body = html! {
        h1 { (title) }
        p.lead { (needed) "." }
        p {
            "A release counts at least " (campaign.min_base.max(campaign.protection)) " new responses, so that no two releases differ by fewer people "
            "than that, and nobody can be found by comparing them."
        }
        p { a href=(path(campaign, "")) { "Back to " (campaign.name) } }
    };
    ui::page_response(StatusCode::UNPROCESSABLE_ENTITY, &frame(&user.account, title, HERE), body)
}
