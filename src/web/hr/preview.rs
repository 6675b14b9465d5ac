//! The preview of a campaign's next release.

use super::release::{named, organisation_of, refused};
use super::{campaign_of, path, preview_page, survey_of};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign;
use crate::id::CampaignId;
use crate::release::{self, CreateError};
use crate::uptake;
use crate::web::Error;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, frame};
use crate::web::ui;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

/// POST /hr/campaigns/{id}/preview
pub async fn create(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user, id.into_inner()).await?;
    let (keys, actor, now, of) = (app.keys.clone(), user.actor(), app.clock.now(), campaign.clone());
    let prepared = app
        .db
        .write(move |conn| {
            // Looked at again: a k that was raised meanwhile counts.
            let campaign = campaign::store::get(conn, &of.id)?.unwrap_or(of);
            let uptake = uptake::counts(conn, &campaign)?;
            let draft = release::prepare(conn, &keys, now, &campaign, uptake)?;
            audit::record(conn, now, &actor, Action::PreviewRelease, &named(&campaign, draft.number))?;
            Ok::<_, CreateError>(())
        })
        .await;
    match prepared {
        Ok(()) => {
            app.tidy().await;
            Ok(see_other(&path(&campaign, "/preview")))
        }
        Err(error) => refused(&user, &campaign, error),
    }
}

/// GET /hr/campaigns/{id}/preview
pub async fn show(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user, id.into_inner()).await?;
    let survey = survey_of(&app, &campaign).await?;
    let (keys, of, asked) = (app.keys.clone(), campaign.clone(), survey.clone());
    let drafted = app
        .db
        .read(move |conn| {
            let name = organisation_of(conn, &of)?;
            release::drafted(conn, &keys, &of, &name, &asked)
        })
        .await;
    let preview = match drafted {
        Ok(Some(drafted)) => drafted.preview(),
        // Somebody has released it since, or nobody has asked for one.
        Ok(None) => return Ok(see_other(&path(&campaign, ""))),
        Err(error) => return refused(&user, &campaign, error),
    };
    let title = format!("What release {} would show", preview.number);
    let mut frame = frame(&user.account, &title, super::campaign::HERE);
    frame.is_wide = true;
    let survey = release::with_mode(&survey);
    Ok(ui::page_response(StatusCode::OK, &frame, preview_page::body(&title, &campaign, &preview, &survey)))
}
