//! API tokens: how an organisation's programs prove who they are. A token reads
//! releases and nothing else; it is shown once, and only a keyed hash is kept.

use super::store;
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{self, ApiTokenId, OrganisationId};
use crate::secret::{Keys, Purpose, Secret};
use chrono::NaiveDate;
use diesel::{QueryResult, Queryable};

/// The one scope there is.
pub const READ_RELEASES: &str = "releases:read";

/// How every token begins, so that scanners for leaked secrets know one.
const PREFIX: &str = "candour_";
const MAX_NAME: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct ApiToken {
    pub id: ApiTokenId,
    pub name: String,
    pub created_on: NaiveDate,
}

#[derive(Debug, thiserror::Error)]
pub enum CreateTokenError {
    #[error("Enter what the token is for")]
    NoName,
    #[error("What it is for must be {MAX_NAME} characters or fewer")]
    NameTooLong,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Makes a token. The secret is returned this once.
pub fn create(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    organisation: &OrganisationId,
    name: &str,
) -> Result<(ApiToken, Secret<String>), CreateTokenError> {
    let name = super::one_line(name);
    if name.is_empty() {
        return Err(CreateTokenError::NoName);
    }
    if name.chars().count() > MAX_NAME {
        return Err(CreateTokenError::NameTooLong);
    }
    let secret = format!("{PREFIX}{}", id::random());
    let token = ApiToken { id: ApiTokenId::random(), name, created_on: now.date() };
    store::insert_token(conn, organisation, &token, &hash(keys, &secret))?;
    Ok((token, Secret::new(secret)))
}

/// The tokens of an organisation, newest first.
pub fn list(conn: &mut Conn, organisation: &OrganisationId) -> QueryResult<Vec<ApiToken>> {
    store::tokens(conn, organisation)
}

/// Ends a token; none if the organisation has no such token.
pub fn delete(conn: &mut Conn, organisation: &OrganisationId, id: &ApiTokenId) -> QueryResult<Option<ApiToken>> {
    let token = store::token(conn, organisation, id)?;
    if token.is_some() {
        store::delete_token(conn, id)?;
    }
    Ok(token)
}

/// Whose token this is.
pub fn organisation(conn: &mut Conn, keys: &Keys, token: &str) -> QueryResult<Option<OrganisationId>> {
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    store::organisation_of_token(conn, &hash(keys, token))
}

fn hash(keys: &Keys, token: &str) -> String {
    keys.hash(Purpose::ApiToken, &[token.as_bytes()])
}
