//! Who is signed in.
//!
//! A session is a row; the cookie carries a signed token that names it. The row
//! is asked on every request, so that deleting it signs out at once. The token is
//! good for [`TOKEN_MINUTES`] and is issued anew while it is used, so that a
//! browser left alone is signed out, and a cookie copied from an old backup is
//! worth nothing. Whoever reads the table cannot make a token from it: that takes
//! the installation's key.

use super::{Account, store};
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{AccountId, SessionId};
use crate::secret::{Keys, Purpose, Secret};
use chrono::TimeDelta;
use diesel::QueryResult;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

/// How long a browser may be left alone.
pub const TOKEN_MINUTES: i64 = 30;
/// A token older than this is issued anew by the next request.
const REISSUE_MINUTES: i64 = 5;
/// How long anybody stays signed in at most.
const SESSION_HOURS: i64 = 12;

/// What a token that is well signed and not too old says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub session: SessionId,
    /// Whether it is time to issue the token anew.
    pub is_ageing: bool,
}

#[derive(Serialize, Deserialize)]
struct Body {
    sid: SessionId,
    iat: i64,
    exp: i64,
}

/// Signs an account in.
pub fn start(conn: &mut Conn, now: Time, account: &AccountId) -> QueryResult<SessionId> {
    let id = SessionId::random();
    store::insert_session(conn, &id, account, now.plus(TimeDelta::hours(SESSION_HOURS)))?;
    Ok(id)
}

/// Whose session this is; none once it is over or the account closed.
pub fn account(conn: &mut Conn, now: Time, id: &SessionId) -> QueryResult<Option<Account>> {
    store::account_of_session(conn, id, now)
}

/// Signs out.
pub fn end(conn: &mut Conn, id: &SessionId) -> QueryResult<()> {
    store::delete_session(conn, id)
}

/// The token for the cookie.
pub fn issue(keys: &Keys, now: Time, session: &SessionId) -> Secret<String> {
    let body = Body { sid: session.clone(), iat: now.unix(), exp: now.plus(TimeDelta::minutes(TOKEN_MINUTES)).unix() };
    let key = EncodingKey::from_secret(&keys.derive(Purpose::Session));
    // HS256 over a struct of three plain fields does not fail; a token that is
    // empty signs nobody in.
    Secret::new(jsonwebtoken::encode(&Header::new(Algorithm::HS256), &body, &key).unwrap_or_default())
}

/// Reads a cookie's token; none if it is not ours or too old.
pub fn read(keys: &Keys, now: Time, token: &str) -> Option<Claim> {
    let mut validation = Validation::new(Algorithm::HS256);
    // Ours is the clock that the library does not know.
    validation.validate_exp = false;
    let key = DecodingKey::from_secret(&keys.derive(Purpose::Session));
    let body = jsonwebtoken::decode::<Body>(token, &key, &validation).ok()?.claims;
    (now.unix() < body.exp)
        .then(|| Claim { session: body.sid, is_ageing: now.unix() - body.iat >= REISSUE_MINUTES * 60 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Time {
        Time::new(chrono::DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap())
    }

    #[test]
    fn a_token_is_good_for_its_time_and_with_its_key_only() {
        let (keys, session) = (Keys::random(), SessionId::random());
        let token = issue(&keys, at(0), &session);
        let token = token.expose();
        assert_eq!(read(&keys, at(1), token), Some(Claim { session: session.clone(), is_ageing: false }));
        assert_eq!(read(&keys, at(6), token), Some(Claim { session, is_ageing: true }));
        assert_eq!(read(&keys, at(TOKEN_MINUTES), token), None);
        assert_eq!(read(&Keys::random(), at(1), token), None);
    }

    #[test]
    fn an_unsigned_or_altered_token_is_refused() {
        let keys = Keys::random();
        let token = issue(&keys, at(0), &SessionId::random());
        let mut parts: Vec<&str> = token.expose().split('.').collect();
        // {"alg":"none"}
        parts[0] = "eyJhbGciOiJub25lIn0";
        assert_eq!(read(&keys, at(1), &parts.join(".")), None);
        assert_eq!(read(&keys, at(1), &format!("{}.{}.", parts[0], parts[1])), None);
        assert_eq!(read(&keys, at(1), ""), None);
    }
}
