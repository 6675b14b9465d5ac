//! Campaigns, for programs.

use super::ApiError;
use crate::app::App;
use crate::campaign::Campaign;
use crate::id::CampaignId;
use crate::survey::Kind;
use crate::web::auth::ApiClient;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::NaiveDate;
use serde::Serialize;

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

/// GET /api/v1/campaigns
pub async fn index(app: Data<App>, client: ApiClient) -> Result<HttpResponse, ApiError> {
    let all = app.db.read(move |conn| client.campaigns(conn)).await?;
    let bodies: Vec<CampaignBody> = all.into_iter().map(CampaignBody::from).collect();
    Ok(HttpResponse::Ok().json(serde_json::json!({ "campaigns": bodies })))
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
