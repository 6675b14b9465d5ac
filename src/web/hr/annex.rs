//! Adding what people wrote in their own words to a release, and what was added.

use super::annex_page;
use super::comment::unreadable;
use super::release::named;
use super::{campaign_of, path};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::Campaign;
use crate::comment::annex::create::{self as annex, AnnexError};
use crate::comment::store;
use crate::id::CampaignId;
use crate::release;
use crate::web::auth::session::see_other;
use crate::web::auth::{CommentReader, HrUser};
use crate::web::{Error, Fields};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// GET /hr/campaigns/{id}/releases/{number}/annex
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    user: CommentReader,
    ids: Path<(CampaignId, u32)>,
) -> Result<HttpResponse, Error> {
    let (campaign, number) = find(&app, &user.0, ids.into_inner()).await?;
    let of = campaign.id.clone();
    let made = app.db.read(move |conn| store::annex(conn, &of, number)).await?;
    match made {
        Some(annex) => {
            let survey = super::survey_of(&app, &campaign).await?;
            Ok(annex_page::made(&user.0, &campaign, &survey, &annex, req.query_string()))
        }
        None => propose(&app, &user.0, &campaign, number, false).await,
    }
}

/// POST /hr/campaigns/{id}/releases/{number}/annex
pub async fn create(
    app: Data<App>,
    user: CommentReader,
    ids: Path<(CampaignId, u32)>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let (campaign, number) = find(&app, &user.0, ids.into_inner()).await?;
    let (keys, of, hash) = (app.keys.clone(), campaign.clone(), form.get("hash").to_owned());
    let (actor, now) = (user.0.actor(), app.clock.now());
    let created = app
        .db
        .write(move |conn| {
            let annex = annex::create(conn, &keys, &of, number, &hash)?;
            let quotes: usize = annex.questions.iter().map(|question| question.quotes.len()).sum();
            let subject = format!("{}: {quotes} approved to be quoted", named(&of, number));
            Ok(audit::record(conn, now, &actor, Action::ApproveComments, &subject)?)
        })
        .await;
    let here = path(&campaign, &format!("/releases/{number}/annex"));
    match created {
        Ok(()) => Ok(see_other(&format!("{here}?done=added"))),
        Err(AnnexError::Exists) => Ok(see_other(&format!("{here}?done=meanwhile"))),
        Err(AnnexError::Changed) => propose(&app, &user.0, &campaign, number, true).await,
        Err(error) => refused(&user.0, &campaign, number, error),
    }
}

/// The page before: what would be added, again if it `has_changed` since it was shown.
async fn propose(
    app: &App,
    user: &HrUser,
    campaign: &Campaign,
    number: u32,
    has_changed: bool,
) -> Result<HttpResponse, Error> {
    let (keys, of) = (app.keys.clone(), campaign.clone());
    match app.db.read(move |conn| annex::propose(conn, &keys, &of, number)).await {
        Ok(proposal) => Ok(annex_page::proposed(user, campaign, &proposal, has_changed)),
        Err(error) => refused(user, campaign, number, error),
    }
}

fn refused(user: &HrUser, campaign: &Campaign, number: u32, error: AnnexError) -> Result<HttpResponse, Error> {
    match error {
        AnnexError::NoRelease => Err(Error::NotFound),
        AnnexError::Nothing | AnnexError::NotLatest(_) | AnnexError::Exists | AnnexError::Changed => {
            Ok(annex_page::nothing(user, campaign, number, &error))
        }
        AnnexError::Read(e) => Err(unreadable(e)),
        AnnexError::Database(e) => Err(e.into()),
        e @ (AnnexError::Gone(_) | AnnexError::Unwritable(_)) => Err(Error::internal(e)),
    }
}

/// The campaign, and a number that one of its releases has.
async fn find(app: &App, user: &HrUser, (id, number): (CampaignId, u32)) -> Result<(Campaign, u32), Error> {
    let campaign = campaign_of(app, user, id).await?;
    let of = campaign.id.clone();
    let listed = app.db.read(move |conn| release::store::find(conn, &of, number)).await?.ok_or(Error::NotFound)?;
    Ok((campaign, listed.number))
}
