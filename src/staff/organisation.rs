//! Employers. Everything else belongs to one.

use super::store;
use crate::db::{self, Conn};
use crate::id::OrganisationId;
use diesel::{QueryResult, Queryable};

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
}

#[derive(Debug, thiserror::Error)]
pub enum CreateOrganisationError {
    #[error("Enter the organisation’s name")]
    NoName,
    #[error("The name must be {MAX_NAME} characters or fewer")]
    NameTooLong,
    #[error("There is already an organisation of this name")]
    NameTaken,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

const MAX_NAME: usize = 120;

pub fn create(conn: &mut Conn, name: &str) -> Result<Organisation, CreateOrganisationError> {
    let name = super::one_line(name);
    if name.is_empty() {
        return Err(CreateOrganisationError::NoName);
    }
    if name.chars().count() > MAX_NAME {
        return Err(CreateOrganisationError::NameTooLong);
    }
    let organisation = Organisation { id: OrganisationId::random(), name };
    match store::insert_organisation(conn, &organisation) {
        Ok(()) => Ok(organisation),
        Err(e) if db::is_unique_violation(&e) => Err(CreateOrganisationError::NameTaken),
        Err(e) => Err(e.into()),
    }
}

pub fn get(conn: &mut Conn, id: &OrganisationId) -> QueryResult<Option<Organisation>> {
    store::organisation(conn, id)
}

pub fn by_name(conn: &mut Conn, name: &str) -> QueryResult<Option<Organisation>> {
    store::organisation_by_name(conn, &super::one_line(name))
}

/// All, by name.
pub fn list(conn: &mut Conn) -> QueryResult<Vec<Organisation>> {
    store::organisations(conn)
}
