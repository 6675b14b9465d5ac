//! API tokens: how an organisation's programs prove who they are. A token reads what
//! releases have cleared and nothing else, and no more of that than it was made for; it
//! is shown once, and only a keyed hash is kept.

mod scope;

pub use scope::{Scope, Scopes};

use super::store::token as store;
use crate::campaign;
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{self, ApiTokenId, CampaignId, OrganisationId};
use crate::secret::{Keys, Purpose, Secret};
use chrono::NaiveDate;
use diesel::QueryResult;

/// How every token begins, so that scanners for leaked secrets know one.
pub const PREFIX: &str = "candour_";
/// No longer text is looked at.
const MAX_TOKEN: usize = 64;
const MAX_NAME: usize = 120;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    pub id: ApiTokenId,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub scopes: Scopes,
    /// The one that it reads of; none: all of the organisation's.
    pub campaign_id: Option<CampaignId>,
    pub created_on: NaiveDate,
    /// On which it is still good (UTC); none: until it is ended.
    pub last_day: Option<NaiveDate>,
    /// Not more than the day, which tells which tokens nobody needs any more.
    pub used_on: Option<NaiveDate>,
}

impl ApiToken {
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.last_day.is_some_and(|last| last < today)
    }

    /// Whether it may know of a campaign of its organisation.
    pub fn reaches(&self, campaign: &CampaignId) -> bool {
        self.campaign_id.as_ref().is_none_or(|only| only == campaign)
    }
}

/// What a token is made with.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub organisation_id: OrganisationId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub campaign_id: Option<CampaignId>,
    pub last_day: Option<NaiveDate>,
}

impl NewToken {
    /// For the figures of all campaigns, until it is ended.
    pub fn new(organisation_id: OrganisationId, name: impl Into<String>) -> NewToken {
        NewToken {
            organisation_id,
            name: name.into(),
            scopes: vec![Scope::Releases],
            campaign_id: None,
            last_day: None,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum CreateTokenError {
    /// Never empty.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused(Vec<Problem>),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("Enter what the token is for")]
    NoName,
    #[error("What it is for must be {MAX_NAME} characters or fewer")]
    NameTooLong,
    #[error("Choose what it may read")]
    NoScope,
    #[error("Choose a campaign of your organisation, or all of them")]
    UnknownCampaign,
    #[error("The last day must be today or later")]
    IsOver,
}

impl Problem {
    /// The field of a form that it is about.
    pub fn field(self) -> &'static str {
        match self {
            Problem::NoName | Problem::NameTooLong => "name",
            Problem::NoScope => "scopes",
            Problem::UnknownCampaign => "campaign",
            Problem::IsOver => "last_day",
        }
    }
}

/// Makes a token. The secret is returned this once.
pub fn create(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    new: NewToken,
) -> Result<(ApiToken, Secret<String>), CreateTokenError> {
    let name = super::one_line(&new.name);
    let problems = problems(conn, now.date(), &name, &new)?;
    let Some(scopes) = Scopes::of(new.scopes).filter(|_| problems.is_empty()) else {
        return Err(CreateTokenError::Refused(problems));
    };
    let secret = format!("{PREFIX}{}", id::random());
    let token = ApiToken {
        id: ApiTokenId::random(),
        organisation_id: new.organisation_id,
        name,
        scopes,
        campaign_id: new.campaign_id,
        created_on: now.date(),
        last_day: new.last_day,
        used_on: None,
    };
    store::insert(conn, &token, &hash(keys, &secret))?;
    Ok((token, Secret::new(secret)))
}

fn problems(conn: &mut Conn, today: NaiveDate, name: &str, new: &NewToken) -> QueryResult<Vec<Problem>> {
    let mut found = Vec::new();
    if name.is_empty() {
        found.push(Problem::NoName);
    }
    if name.chars().count() > MAX_NAME {
        found.push(Problem::NameTooLong);
    }
    if new.scopes.is_empty() {
        found.push(Problem::NoScope);
    }
    // Another organisation's campaign is as unknown as one that never was.
    if let Some(id) = &new.campaign_id
        && campaign::store::find(conn, &new.organisation_id, id)?.is_none()
    {
        found.push(Problem::UnknownCampaign);
    }
    if new.last_day.is_some_and(|last| last < today) {
        found.push(Problem::IsOver);
    }
    Ok(found)
}

/// The tokens of an organisation, newest first.
pub fn list(conn: &mut Conn, organisation: &OrganisationId) -> QueryResult<Vec<ApiToken>> {
    store::list(conn, organisation)
}

/// Whosever it is: for the operator.
pub fn get(conn: &mut Conn, id: &ApiTokenId) -> QueryResult<Option<ApiToken>> {
    store::get(conn, id)
}

/// Ends a token; none if the organisation has no such token, or no longer.
pub fn delete(conn: &mut Conn, organisation: &OrganisationId, id: &ApiTokenId) -> QueryResult<Option<ApiToken>> {
    let Some(token) = store::get(conn, id)?.filter(|token| token.organisation_id == *organisation) else {
        return Ok(None);
    };
    Ok(store::delete(conn, id)?.then_some(token))
}

/// Why a token is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("there is no such token")]
    Unknown,
    /// Said to whoever has the secret, and so had the token.
    #[error("the token was good until {0}")]
    Over(NaiveDate),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// The token that a program has shown.
pub fn present(conn: &mut Conn, keys: &Keys, now: Time, shown: &str) -> Result<ApiToken, Refused> {
    if !shown.starts_with(PREFIX) || shown.len() > MAX_TOKEN {
        return Err(Refused::Unknown);
    }
    let token = store::by_hash(conn, &hash(keys, shown))?.ok_or(Refused::Unknown)?;
    match token.last_day {
        Some(last) if token.is_over(now.date()) => Err(Refused::Over(last)),
        _ => Ok(token),
    }
}

/// Keeps the day on which it was used last.
pub fn note_use(conn: &mut Conn, now: Time, id: &ApiTokenId) -> QueryResult<()> {
    store::note_use(conn, id, now.date())
}

fn hash(keys: &Keys, token: &str) -> String {
    keys.hash(Purpose::ApiToken, &[token.as_bytes()])
}

#[cfg(test)]
mod tests;
