//! Exchanging a code: for the ticket that it gives here, or for a signature on what
//! a browser has blinded. The one place where a code becomes a ticket, or the right
//! to one.

use super::invitation::{self as page, Invited};
use super::refused::{self, Closed};
use crate::campaign;
use crate::db::Conn;
use crate::interview;
use crate::invitation::{self, Exchange};
use crate::secret::Keys;
use crate::web::{Client, Fields, Site};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use chrono::NaiveDate;
use serde_json::json;

/// `POST /answer/exchange`: for our script. The same code with the same blinded
/// message gets the same signature again, so that an answer that is lost on its way
/// costs nobody their ticket.
pub(crate) async fn create(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let done = match refused::may_try(&site, &req) {
        Ok(()) => signed(&site, &fields).await,
        Err(closed) => Err(closed),
    };
    match done {
        Ok(signature) => HttpResponse::Ok().json(json!({ "signature": BASE64.encode(signature) })),
        // Unknown, used for something else, late: what it is stands on the code's own page.
        Err(Closed::NotGood) => {
            site.limits.wrong(Client::of(&req, site.app.settings.behind_proxy));
            HttpResponse::NotFound().json(json!({ "error": "refused" }))
        }
        Err(Closed::Failed(error)) => {
            let mut response = HttpResponse::build(error.status_code());
            if let Some(seconds) = error.retry_after() {
                response.insert_header((header::RETRY_AFTER, seconds));
            }
            response.json(json!({ "error": "failed", "reference": error.reference() }))
        }
    }
}

/// Signed before the code is spent: what is no number that the key can sign spends
/// nothing, and SQLite's one writer does not wait for the arithmetic. The signature
/// leaves when the code is spent for good.
async fn signed(site: &Site, fields: &Fields) -> Result<Vec<u8>, Closed> {
    let blinded = BASE64.decode(fields.get("blinded")).ok().ok_or(Closed::NotGood)?;
    let (keys, today, surveys) = (site.app.keys.clone(), site.app.clock.now().date(), site.surveys.clone());
    let code = page::read(fields.get("code"));
    let read = site.app.db.read(move |conn| {
        let invited = page::found(conn, &keys, today, &surveys, code)?;
        let key = campaign::keys::signing(conn, &keys, &invited.campaign.id)?;
        let signature = key.sign(&blinded).ok_or(Closed::NotGood)?;
        Ok::<_, Closed>((invited.code, blinded, signature))
    });
    let (code, blinded, signature) = read.await?;
    let (keys, surveys) = (site.app.keys.clone(), site.surveys.clone());
    let write = site.app.db.write(move |conn| {
        invitation::hold(conn, &keys, &code)?;
        let invited = page::found(conn, &keys, today, &surveys, code)?;
        exchange(conn, &keys, today, &invited, &Exchange::Blinded(blinded))
    });
    write.await?;
    Ok(signature)
}

/// Takes the offer up, within the caller's transaction. Whoever had asked for an
/// interview takes that back with it: the case is gone when the ticket is theirs.
pub(super) fn exchange(
    conn: &mut Conn,
    keys: &Keys,
    today: NaiveDate,
    invited: &Invited,
    exchange: &Exchange,
) -> Result<(), Closed> {
    if !invited.may_answer() {
        return Err(Closed::NotGood);
    }
    // First, so that a case which is being given up lets the offer stand again
    // before it is taken up here, and not after.
    let is_right_out = interview::withdraw_right(conn, keys, &invited.id)?;
    // The ticket went with the case, and nobody has seen it: the code is good for another.
    if is_right_out == Some(false) && *exchange != Exchange::Here {
        invitation::stand_again(conn, &invited.id)?;
    }
    invitation::take_up(conn, keys, today, &invited.code, exchange)?;
    Ok(())
}
