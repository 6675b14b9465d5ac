//! Sealing what a case holds of a person and of their answers. What one case and
//! one column hold opens nowhere else.

use super::model::{Details, Draft};
use super::store::{self, Row};
use crate::db::Conn;
use crate::id::InterviewId;
use crate::secret::{Keys, Purpose};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use diesel::QueryResult;
use diesel::result::Error::{DeserializationError, SerializationError};
use serde::{Serialize, de::DeserializeOwned};

const DETAILS: &str = "details";
const DRAFT: &str = "draft";

pub(super) fn details(keys: &Keys, id: &InterviewId, new: &Details) -> QueryResult<String> {
    sealed(keys, id, DETAILS, new)
}

pub(super) fn draft(keys: &Keys, id: &InterviewId, new: &Draft) -> QueryResult<String> {
    sealed(keys, id, DRAFT, new)
}

pub(super) fn open_details(keys: &Keys, row: &Row) -> QueryResult<Details> {
    opened(keys, &row.case.id, DETAILS, &row.details)
}

/// An empty one where nothing was entered yet.
pub(super) fn open_draft(keys: &Keys, row: &Row) -> QueryResult<Draft> {
    row.draft.as_deref().map_or_else(|| Ok(Draft::default()), |text| opened(keys, &row.case.id, DRAFT, text))
}

/// Seals all that open cases hold anew, with the key that seals now; returns how
/// many cases there are. If one of them does not open, nothing is changed.
pub fn reseal(conn: &mut Conn, keys: &Keys) -> QueryResult<usize> {
    let ids = store::ids(conn)?;
    for id in &ids {
        let Some(row) = store::hold(conn, id)? else { continue };
        let new = details(keys, id, &open_details(keys, &row)?)?;
        let new_draft = match row.draft {
            Some(_) => Some(draft(keys, id, &open_draft(keys, &row)?)?),
            None => None,
        };
        store::set_sealed(conn, id, &new, new_draft.as_deref())?;
    }
    Ok(ids.len())
}

fn sealed<T: Serialize>(keys: &Keys, id: &InterviewId, column: &str, new: &T) -> QueryResult<String> {
    let plain = serde_json::to_vec(new).map_err(|e| SerializationError(Box::new(e)))?;
    Ok(BASE64.encode(keys.seal(Purpose::Interview, &bound_to(id, column), &plain)))
}

/// What does not open is an error, and never a case that is not there: it would be
/// taken for one that is done. The reader's own words would quote what was sealed.
fn opened<T: DeserializeOwned>(keys: &Keys, id: &InterviewId, column: &str, text: &str) -> QueryResult<T> {
    let sealed = BASE64.decode(text).map_err(|_not_ours| broken(id, column, "is not in its stored form"))?;
    let plain = keys
        .open(Purpose::Interview, &bound_to(id, column), &sealed)
        .ok_or_else(|| broken(id, column, "does not open: this is not the key that it was sealed with"))?;
    serde_json::from_slice(&plain).map_err(|_quotes| broken(id, column, "is not in its stored form"))
}

fn bound_to(id: &InterviewId, column: &str) -> Vec<u8> {
    format!("{id}/{column}").into_bytes()
}

fn broken(id: &InterviewId, column: &str, what: &str) -> diesel::result::Error {
    DeserializationError(format!("interview {id}: its {column} {what}").into())
}
