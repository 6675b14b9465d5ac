//! Releases as they leave the house: the report as a page, its JSON and CSV. For
//! HR, for the API, and for everybody once HR has opened a report to the public.

use super::Error;
use super::ui::{self, Frame};
use crate::app::App;
use crate::id::{CampaignId, ReleaseId};
use crate::release::store::Listed;
use crate::release::{Release, freeze, store, with_mode};
use crate::report;
use crate::report::html::Download;
use crate::survey::{self, Survey};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use maud::Markup;
use serde::Deserialize;

/// A file that a release can be had as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Json,
    Csv,
}

/// A release as it was frozen, with what is needed to show it.
#[derive(Debug)]
pub struct Frozen {
    pub listed: Listed,
    body: String,
    release: Release,
    survey: Survey,
}

/// GET /reports/{id}
pub async fn show(app: Data<App>, id: Path<ReleaseId>) -> Result<HttpResponse, Error> {
    let frozen = Frozen::find_public(&app, id.into_inner()).await?;
    let title = frozen.title();
    let frame = Frame { is_wide: true, has_report: true, ..Frame::new(&title) };
    let here = format!("/reports/{}", frozen.listed.id);
    Ok(ui::page_response(StatusCode::OK, &frame, frozen.body(&here)))
}

/// GET /reports/{id}.json and .csv
pub async fn download(app: Data<App>, path: Path<(ReleaseId, Format)>) -> Result<HttpResponse, Error> {
    let (id, format) = path.into_inner();
    Ok(Frozen::find_public(&app, id).await?.download(format))
}

impl Frozen {
    pub async fn find(app: &App, campaign: &CampaignId, number: u32) -> Result<Frozen, Error> {
        let campaign = campaign.clone();
        app.db
            .read(move |conn| {
                let listed = store::find(conn, &campaign, number)?.ok_or(Error::NotFound)?;
                Frozen::load(conn, listed)
            })
            .await
    }

    async fn find_public(app: &App, id: ReleaseId) -> Result<Frozen, Error> {
        app.db
            .read(move |conn| {
                let listed = store::by_public_id(conn, &id)?.ok_or(Error::NotFound)?;
                Frozen::load(conn, listed)
            })
            .await
    }

    fn load(conn: &mut crate::db::Conn, listed: Listed) -> Result<Frozen, Error> {
        let body = store::body(conn, &listed.campaign_id, listed.number)?.ok_or(Error::NotFound)?;
        // A release that was tampered with is shown to nobody.
        let release = freeze::verify(&body).map_err(Error::internal)?;
        let survey = survey::store::load(conn, &release.survey.version)?;
        let survey = survey.ok_or_else(|| Error::internal("a release's survey version is gone"))?;
        Ok(Frozen { listed, body, release, survey: with_mode(&survey) })
    }

    pub fn title(&self) -> String {
        report::html::title(&self.release)
    }

    /// The report; `here` is where it stands, and its files beside it.
    pub fn body(&self, here: &str) -> Markup {
        let file =
            |label: &str, extension: &str| Download { label: label.to_owned(), href: format!("{here}.{extension}") };
        let downloads = [file("Figures as CSV", "csv"), file("Figures as JSON", "json")];
        let about = format!("/campaigns/{}", self.listed.campaign_id);
        report::html::page_body(&self.release, &self.survey, &downloads, &about)
    }

    /// The file itself. The JSON is the frozen text, byte for byte.
    pub fn file(&self, format: Format) -> HttpResponse {
        match format {
            Format::Json => HttpResponse::Ok().content_type("application/json").body(self.body.clone()),
            Format::Csv => HttpResponse::Ok()
                .content_type("text/csv; charset=utf-8")
                .body(report::csv::write(&self.release, &self.survey)),
        }
    }

    /// [`Frozen::file`], to be kept under a name.
    pub fn download(&self, format: Format) -> HttpResponse {
        let extension = match format {
            Format::Json => "json",
            Format::Csv => "csv",
        };
        let name = format!("attachment; filename=\"release-{}.{extension}\"", self.release.number);
        let mut response = self.file(format);
        if let Ok(value) = header::HeaderValue::from_str(&name) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
        response
    }
}
