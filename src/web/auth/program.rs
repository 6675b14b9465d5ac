//! Programs, by their API token: as a bearer token (RFC 6750), or as the password of
//! basic authentication (RFC 7617), which Excel and Power BI keep among their credentials
//! instead of in the workbook. Never in an address: those are written down everywhere.
//!
//! Wrong tokens are not counted as wrong codes and passwords are: nobody guesses 128 bits,
//! and a dashboard whose token has ended would keep leavers of the same office out.

use super::app_of;
use crate::app::App;
use crate::campaign::{self, Campaign};
use crate::clock::Time;
use crate::db::Conn;
use crate::id::CampaignId;
use crate::staff::token::{self, ApiToken, Refused, Scope};
use crate::web::Error;
use crate::web::api::ApiError;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::future::Future;
use std::pin::Pin;

/// A program of an organisation's, with a token that is good.
#[derive(Clone, Debug)]
pub struct ApiClient {
    token: ApiToken,
}

/// Longer credentials are none of ours, and not worth decoding.
const MAX_CREDENTIALS: usize = 1024;

impl ApiClient {
    pub fn may(&self, scope: Scope) -> Result<(), ApiError> {
        if self.token.scopes.have(scope) { Ok(()) } else { Err(ApiError::MayNot(scope)) }
    }

    /// Whether it was made for one campaign, and may know nothing of others.
    pub fn is_of_one_campaign(&self) -> bool {
        self.token.campaign_id.is_some()
    }

    /// A campaign that it reads of. All others are as unknown as what never was.
    pub fn campaign(&self, conn: &mut Conn, id: &CampaignId) -> Result<Campaign, ApiError> {
        let reached =
            if self.token.reaches(id) { campaign::store::find(conn, &self.token.organisation_id, id)? } else { None };
        reached.ok_or(ApiError::Other(Error::NotFound))
    }

    /// All campaigns that it reads of, the latest first.
    pub fn campaigns(&self, conn: &mut Conn) -> Result<Vec<Campaign>, ApiError> {
        let mut all = campaign::store::list(conn, &self.token.organisation_id)?;
        all.retain(|campaign| self.token.reaches(&campaign.id));
        Ok(all)
    }
}

impl FromRequest for ApiClient {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let app = app_of(&req)?;
            let shown = credentials(&req).ok_or(ApiError::NoToken)?;
            let (keys, now) = (app.keys.clone(), app.clock.now());
            let token = app.db.read(move |conn| token::present(conn, &keys, now, &shown)).await?;
            note_use(&app, now, &token).await;
            Ok(ApiClient { token })
        })
    }
}

/// Once a day. That it fails is no reason to keep the figures back.
async fn note_use(app: &App, now: Time, token: &ApiToken) {
    if token.used_on.is_none_or(|day| day < now.date()) {
        let id = token.id.clone();
        if let Err(error) = app.db.write(move |conn| token::note_use(conn, now, &id)).await {
            tracing::warn!(%error, "the day on which a token was used could not be kept");
        }
    }
}

fn credentials(req: &HttpRequest) -> Option<String> {
    let value = req.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ').filter(|_| value.len() <= MAX_CREDENTIALS)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64.decode(rest.trim()).ok()?).ok()?;
    // Whatever the user is called.
    decoded.split_once(':').map(|(_, password)| password.trim().to_owned())
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unknown => ApiError::BadToken,
            Refused::Over(last_day) => ApiError::Over(last_day),
            Refused::Database(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn read(value: &str) -> Option<String> {
        credentials(&TestRequest::get().insert_header((header::AUTHORIZATION, value)).to_http_request())
    }

    #[test]
    fn a_token_is_read_as_bearer_or_as_the_password_whoever_the_user_is() {
        let basic = |text: &str| format!("Basic {}", BASE64.encode(text));
        let token = Some("candour_x".to_owned());
        for value in ["Bearer candour_x", "bearer  candour_x ", &basic(":candour_x"), &basic("Ann Rees:candour_x")] {
            assert_eq!(read(value), token, "{value}");
        }
        for value in ["candour_x", "Basic candour_x", "Digest candour_x", "Basic ", "", &basic("candour_x")] {
            assert_eq!(read(value), None, "{value}");
        }
        assert_eq!(read(&format!("Bearer candour_{}", "x".repeat(100_000))), None);
    }
}
