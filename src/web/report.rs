//! Releases as they leave the house: the report as a page and as files. For HR, for
//! the API, and for everybody once HR has opened a report to the public.

use super::Error;
use super::ui::{self, Frame};
use crate::app::App;
use crate::id::{CampaignId, ReleaseId};
use crate::paper::{Paper, PaperError};
use crate::queue::QueueError;
use crate::release::store;
use crate::report::html::{self, Download};
use crate::report::{Format, Template};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use maud::Markup;

/// GET /reports/{id}
pub async fn show(app: Data<App>, id: Path<ReleaseId>) -> Result<HttpResponse, Error> {
    let paper = find_public(&app, id.into_inner()).await?;
    let title = paper.title();
    let frame = Frame { is_wide: true, has_report: true, ..Frame::new(&title) };
    let here = format!("/reports/{}", paper.listed.id);
    Ok(ui::page_response(StatusCode::OK, &frame, body(&paper, &here)))
}

/// GET /reports/{id}.{format}
pub async fn download(app: Data<App>, path: Path<(ReleaseId, Format)>) -> Result<HttpResponse, Error> {
    let (id, format) = path.into_inner();
    attached(&app, find_public(&app, id).await?, format).await
}

pub async fn find(app: &App, campaign: &CampaignId, number: u32) -> Result<Paper, Error> {
    let campaign = campaign.clone();
    app.db.read(move |conn| Paper::find(conn, &campaign, number)?.ok_or(Error::NotFound)).await
}

async fn find_public(app: &App, id: ReleaseId) -> Result<Paper, Error> {
    app.db
        .read(move |conn| {
            let listed = store::by_public_id(conn, &id)?.ok_or(Error::NotFound)?;
            Ok(Paper::load(conn, listed)?)
        })
        .await
}

/// The report; `here` is where it stands, and its files beside it.
pub fn body(paper: &Paper, here: &str) -> Markup {
    let files = Format::ALL
        .into_iter()
        .map(|format| Download { label: format.label().to_owned(), href: format!("{here}.{}", format.extension()) });
    let about = format!("/campaigns/{}", paper.listed.campaign_id);
    html::page_body(&paper.report(&paper.template, &about), &files.collect::<Vec<_>>())
}

/// The report as it would look, without files beside it.
pub fn preview(paper: &Paper, template: &Template) -> Markup {
    let about = format!("/campaigns/{}", paper.listed.campaign_id);
    html::page_body(&paper.report(template, &about), &[])
}

/// The file itself. The JSON is the frozen text, byte for byte.
pub async fn written(app: &App, paper: Paper, format: Format) -> Result<Vec<u8>, Error> {
    let about = format!("{}/campaigns/{}", app.settings.public_url, paper.listed.campaign_id);
    app.press.run(move || paper.write(format, &paper.template, &about, ui::STYLE)).await?.map_err(Error::internal)
}

/// [`written`], to be kept under a name.
pub async fn attached(app: &App, paper: Paper, format: Format) -> Result<HttpResponse, Error> {
    let name = format!("attachment; filename=\"release-{}.{}\"", paper.release.number, format.extension());
    let bytes = written(app, paper, format).await?;
    let disposition = (header::CONTENT_DISPOSITION, name);
    Ok(HttpResponse::Ok().insert_header(disposition).content_type(format.content_type()).body(bytes))
}

impl From<PaperError> for Error {
    fn from(error: PaperError) -> Self {
        match error {
            PaperError::Database(error) => error.into(),
            damaged @ (PaperError::Damaged { .. } | PaperError::NoSurvey { .. }) => Error::internal(damaged),
        }
    }
}

impl From<QueueError> for Error {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::Busy => Error::Unavailable,
            broken @ QueueError::Broken(_) => Error::internal(broken),
        }
    }
}
