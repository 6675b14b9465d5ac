//! Campaigns and their releases, for programs.

use super::ApiError;
use crate::app::App;
use crate::campaign::{self, Campaign};
use crate::id::CampaignId;
use crate::release::store::{self, Listed};
use crate::survey::Kind;
use crate::web::Error;
use crate::web::auth::ApiClient;
use crate::web::report::{Format, Frozen};
use actix_web::http::header;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct CampaignBody {
    id: CampaignId,
    name: String,
    kind: Kind,
    opened_on: NaiveDate,
    closes_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    min_base: u32,
    protection: u32,
    strict: bool,
}

#[derive(Serialize)]
struct ReleaseBody {
    number: u32,
    as_of: NaiveDate,
    hash: String,
}

/// GET /api/v1/campaigns
pub async fn index(app: Data<App>, client: ApiClient) -> Result<HttpResponse, ApiError> {
    let all = app.db.read(move |conn| campaign::store::list(conn, &client.organisation_id)).await?;
    let bodies: Vec<CampaignBody> = all.into_iter().map(CampaignBody::from).collect();
    Ok(HttpResponse::Ok().json(serde_json::json!({ "campaigns": bodies })))
}

/// GET /api/v1/campaigns/{id}/releases
pub async fn releases(app: Data<App>, client: ApiClient, id: Path<CampaignId>) -> Result<HttpResponse, ApiError> {
    let all = app
        .db
        .read(move |conn| match campaign::store::find(conn, &client.organisation_id, &id)? {
            Some(campaign) => Ok(store::list(conn, &campaign.id)?),
            None => Err(Error::NotFound),
        })
        .await?;
    let bodies: Vec<ReleaseBody> = all.into_iter().map(ReleaseBody::from).collect();
    Ok(HttpResponse::Ok().json(serde_json::json!({ "releases": bodies })))
}

#[derive(Debug, Deserialize)]
pub struct Wanted {
    format: Option<Format>,
}

/// GET /api/v1/campaigns/{id}/releases/{number}, as CSV with `?format=csv` or
/// `Accept: text/csv`
pub async fn release(
    app: Data<App>,
    req: HttpRequest,
    client: ApiClient,
    ids: Path<(CampaignId, u32)>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, ApiError> {
    let (id, number) = ids.into_inner();
    let found = app.db.read(move |conn| campaign::store::find(conn, &client.organisation_id, &id)).await?;
    let campaign = found.ok_or(Error::NotFound)?;
    let frozen = Frozen::find(&app, &campaign.id, number).await?;
    Ok(frozen.file(wanted.format.unwrap_or_else(|| accepted(&req))))
}

fn accepted(req: &HttpRequest) -> Format {
    let accept = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.trim_start().starts_with("text/csv") { Format::Csv } else { Format::Json }
}

impl From<Campaign> for CampaignBody {
    fn from(campaign: Campaign) -> Self {
        CampaignBody {
            id: campaign.id,
            name: campaign.name,
            kind: campaign.kind,
            opened_on: campaign.opened_on,
            closes_on: campaign.closes_on,
            closed_on: campaign.closed_on,
            min_base: campaign.min_base,
            protection: campaign.protection,
            strict: campaign.is_strict,
        }
    }
}

impl From<Listed> for ReleaseBody {
    fn from(listed: Listed) -> Self {
        ReleaseBody { number: listed.number, as_of: listed.as_of, hash: listed.hash }
    }
}
