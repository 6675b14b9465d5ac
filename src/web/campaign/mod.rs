//! What everybody may know of a campaign: who asks, by which rules, and the key that
//! signs its tickets. The same bytes for whoever looks: a page of one's own, with a
//! key of one's own, is what people come here to rule out.

mod english;
mod page;
mod welsh;
mod words;

use super::Error;
use super::leaver::language;
use super::surveys::Surveys;
use crate::campaign::{self, Campaign, keys};
use crate::db::Conn;
use crate::id::CampaignId;
use crate::release::store::{self, Listed};
use crate::survey::{Lang, Survey};
use crate::ticket::blind::PublicKey;
use crate::web::Site;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Serialize;
use std::sync::Arc;

/// What RFC 9474 calls it (section 5).
const ALGORITHM: &str = "RSABSSA-SHA384-PSS-Randomized";

/// The key, for programs and for scripts.
#[derive(Serialize)]
struct KeyBody {
    campaign: CampaignId,
    algorithm: &'static str,
    /// SubjectPublicKeyInfo in DER, base 64.
    spki: String,
    fingerprint: String,
}

/// All that is on the page.
#[derive(Debug)]
struct Known {
    campaign: Campaign,
    organisation: String,
    survey: Arc<Survey>,
    key: PublicKey,
    /// Those whose report is open to everybody.
    releases: Vec<Listed>,
}

/// GET /campaigns/{id}
pub async fn show(site: Data<Site>, req: HttpRequest, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let surveys = site.surveys.clone();
    let known = site.app.db.read(move |conn| known(conn, &surveys, &id)).await?;
    let asked_for = language::asked_for(&req);
    let lang = if known.survey.languages.contains(&asked_for) { asked_for } else { Lang::En };
    Ok(page::page(&known, lang))
}

/// GET /campaigns/{id}/key
pub async fn key(site: Data<Site>, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let body = site.app.db.read(move |conn| {
        let campaign = campaign::store::get(conn, &id)?.ok_or(Error::NotFound)?;
        let key = keys::public(conn, &campaign.id)?;
        let spki = BASE64.encode(key.spki());
        Ok::<_, Error>(KeyBody { campaign: campaign.id, algorithm: ALGORITHM, spki, fingerprint: key.fingerprint() })
    });
    Ok(HttpResponse::Ok().json(body.await?))
}

fn known(conn: &mut Conn, surveys: &Surveys, id: &CampaignId) -> Result<Known, Error> {
    let campaign = campaign::store::get(conn, id)?.ok_or(Error::NotFound)?;
    let survey = surveys.get(conn, &campaign.survey_version)?;
    let mut releases = store::list(conn, &campaign.id)?;
    releases.retain(|release| release.is_public);
    Ok(Known {
        organisation: campaign::store::organisation_name(conn, &campaign.organisation_id)?,
        survey: survey.ok_or_else(|| Error::internal("a campaign's survey version is gone"))?,
        key: keys::public(conn, &campaign.id)?,
        releases,
        campaign,
    })
}

/// The key as it stands in files: RFC 7468.
fn pem(key: &PublicKey) -> String {
    let text = BASE64.encode(key.spki());
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect::<Vec<_>>();
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----", lines.join("\n"))
}
