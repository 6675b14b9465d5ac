//! What everybody may know of a campaign: the key that its tickets are signed with.

use super::Error;
use crate::app::App;
use crate::campaign;
use crate::id::CampaignId;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::json;

/// GET /campaigns/{id}/key: the same for everybody who asks
pub async fn key(app: Data<App>, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let read = app.db.read(move |conn| {
        let campaign = campaign::store::get(conn, &id)?.ok_or(Error::NotFound)?;
        let key = campaign::keys::public(conn, &campaign.id)?;
        Ok::<_, Error>((campaign.id, key))
    });
    let (id, key) = read.await?;
    Ok(HttpResponse::Ok().json(json!({
        "campaign": id,
        "algorithm": "RSABSSA-SHA384-PSS-Randomized",
        "spki": BASE64.encode(key.spki()),
        "fingerprint": key.fingerprint(),
    })))
}
