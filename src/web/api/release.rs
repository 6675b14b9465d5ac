//! Releases for programs: the list of a campaign's, and each in every format. The one
//! that was made last goes by a name of its own, so that a query that asks for it has the
//! new figures without being changed.

use super::{ApiError, tagged};
use crate::app::App;
use crate::db::Conn;
use crate::id::CampaignId;
use crate::paper::{Paper, PaperError};
use crate::release::store::{self, Listed};
use crate::report::{Format, Template};
use crate::staff::token::Scope;
use crate::web::auth::ApiClient;
use crate::web::{Error, report};
use actix_web::http::header;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct ReleaseBody {
    number: u32,
    as_of: NaiveDate,
    hash: String,
}

/// Which of a campaign's releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Which {
    Latest,
    Number(u32),
}

#[derive(Debug, thiserror::Error)]
#[error("no release is called that")]
pub struct NoRelease;

impl TryFrom<String> for Which {
    type Error = NoRelease;

    /// A release has one address: not 01, nor +1.
    fn try_from(text: String) -> Result<Self, NoRelease> {
        match text.parse() {
            _ if text == "latest" => Ok(Which::Latest),
            Ok(number) if u32::to_string(&number) == text => Ok(Which::Number(number)),
            _ => Err(NoRelease),
        }
    }
}

#[derive(Debug, Deserialize)]
pub struct Wanted {
    format: Option<Format>,
}

/// GET /api/v1/campaigns/{id}/releases
pub async fn index(app: Data<App>, client: ApiClient, id: Path<CampaignId>) -> Result<HttpResponse, ApiError> {
    let all = app
        .db
        .read(move |conn| {
            let campaign = client.campaign(conn, &id)?;
            Ok::<_, ApiError>(store::list(conn, &campaign.id)?)
        })
        .await?;
    let bodies: Vec<ReleaseBody> = all.into_iter().map(ReleaseBody::from).collect();
    Ok(HttpResponse::Ok().json(serde_json::json!({ "releases": bodies })))
}

/// GET /api/v1/campaigns/{id}/releases/{release}: JSON, or CSV with `Accept: text/csv`, or
/// what `?format=` says
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    client: ApiClient,
    ids: Path<(CampaignId, Which)>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, ApiError> {
    let (id, which) = ids.into_inner();
    answer(&app, &req, client, id, which, wanted.format.unwrap_or_else(|| accepted(&req))).await
}

/// GET /api/v1/campaigns/{id}/releases/{release}.{format}
pub async fn download(
    app: Data<App>,
    req: HttpRequest,
    client: ApiClient,
    ids: Path<(CampaignId, Which, Format)>,
) -> Result<HttpResponse, ApiError> {
    let (id, which, format) = ids.into_inner();
    answer(&app, &req, client, id, which, format).await
}

async fn answer(
    app: &App,
    req: &HttpRequest,
    client: ApiClient,
    id: CampaignId,
    which: Which,
    format: Format,
) -> Result<HttpResponse, ApiError> {
    client.may(scope(format))?;
    let mut paper = app.db.read(move |conn| find(conn, &client, &id, which)).await?;
    if scope(format) == Scope::Releases {
        // Programs get all figures, whatever somebody chose for the committee.
        paper.template = Template::default();
    }
    let address = address(&paper.listed, format);
    let bytes = report::written(app, paper, format).await?;
    Ok(tagged::answer(req, format, &address, bytes))
}

/// Which scope it takes to have a format: the papers say more than figures.
pub(super) fn scope(format: Format) -> Scope {
    match format {
        Format::Json | Format::Csv | Format::Xlsx | Format::Ods => Scope::Releases,
        Format::Html | Format::Pdf | Format::Docx => Scope::Reports,
    }
}

fn find(conn: &mut Conn, client: &ApiClient, id: &CampaignId, which: Which) -> Result<Paper, ApiError> {
    let campaign = client.campaign(conn, id)?;
    let listed = match which {
        Which::Latest => store::latest(conn, &campaign.id)?.ok_or(ApiError::NoRelease)?,
        Which::Number(number) => store::find(conn, &campaign.id, number)?.ok_or(Error::NotFound)?,
    };
    let paper = Paper::load(conn, listed)?;
    Ok(if client.is_of_one_campaign() { paper.alone() } else { paper })
}

/// Where this very release stands in this very format, whatever becomes the latest.
fn address(listed: &Listed, format: Format) -> String {
    format!("/api/v1/campaigns/{}/releases/{}.{}", listed.campaign_id, listed.number, format.extension())
}

fn accepted(req: &HttpRequest) -> Format {
    let accept = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.trim_start().starts_with("text/csv") { Format::Csv } else { Format::Json }
}

impl From<PaperError> for ApiError {
    fn from(error: PaperError) -> Self {
        ApiError::Other(error.into())
    }
}

impl From<Listed> for ReleaseBody {
    fn from(listed: Listed) -> Self {
        ReleaseBody { number: listed.number, as_of: listed.as_of, hash: listed.hash }
    }
}
