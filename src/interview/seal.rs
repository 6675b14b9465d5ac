//! Sealing what a case holds of a person and of their answers. What one case and
//! one column hold opens nowhere else.

use super::model::{Details, Draft};
use super::store::{self, Row};
use crate::app::{self, KeyChanged};
use crate::db::Conn;
use crate::id::InterviewId;
use crate::secret::{Keys, Purpose};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use diesel::QueryResult;
use diesel::result::Error::{DeserializationError, QueryBuilderError, SerializationError};
use serde::{Serialize, de::DeserializeOwned};

const DETAILS: &str = "details";
const DRAFT: &str = "draft";

pub(super) fn details(conn: &mut Conn, keys: &Keys, id: &InterviewId, new: &Details) -> QueryResult<String> {
    app::check_sealing_key(conn, keys)?;
    sealed(keys, id, DETAILS, new)
}

pub(super) fn draft(conn: &mut Conn, keys: &Keys, id: &InterviewId, new: &Draft) -> QueryResult<String> {
    app::check_sealing_key(conn, keys)?;
    sealed(keys, id, DRAFT, new)
}

pub(super) fn open_details(keys: &Keys, row: &Row) -> QueryResult<Details> {
    opened(keys, &row.case.id, DETAILS, &row.details)
}

/// [`open_details`], where other cases wait for it: none of a case that is damaged,
/// which is said in the log. With other keys than the database's it is an error.
pub(super) fn open_unless_damaged(conn: &mut Conn, keys: &Keys, row: &Row) -> QueryResult<Option<Details>> {
    match open_details(keys, row) {
        Err(_) if app::has_our_keys(conn, keys)? => {
            tracing::error!("interview {}: what it holds is damaged; it goes when its time is over", row.case.id);
            Ok(None)
        }
        opened => opened.map(Some),
    }
}

/// Whether an error is about what one case holds, and not about the database.
pub fn does_not_open(error: &diesel::result::Error) -> bool {
    matches!(error, DeserializationError(_)) || app::is_key_changed(error)
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
        let new = details(conn, keys, id, &open_details(keys, &row)?)?;
        let new_draft = match row.draft {
            Some(_) => Some(draft(conn, keys, id, &open_draft(keys, &row)?)?),
            None => None,
        };
        store::set_sealed(conn, id, &new, new_draft.as_deref())?;
    }
    Ok(ids.len())
}

/// The open cases of which something does not open. With other keys than the
/// database's these are all.
pub fn damaged(conn: &mut Conn, keys: &Keys) -> QueryResult<Vec<InterviewId>> {
    let mut found = Vec::new();
    for id in store::ids(conn)? {
        let opens = match store::get(conn, &id) {
            Ok(Some(row)) => open_details(keys, &row).is_ok() && open_draft(keys, &row).is_ok(),
            Ok(None) => true,
            Err(DeserializationError(_)) => false,
            Err(error) => return Err(error),
        };
        if !opens {
            found.push(id);
        }
    }
    Ok(found)
}

fn sealed<T: Serialize>(keys: &Keys, id: &InterviewId, column: &str, new: &T) -> QueryResult<String> {
    let plain = serde_json::to_vec(new).map_err(|e| SerializationError(Box::new(e)))?;
    Ok(BASE64.encode(keys.seal(Purpose::Interview, &bound_to(id, column), &plain)))
}

/// What does not open is an error, and never a case that is not there: it would be
/// taken for one that is done. The reader's own words would quote what was sealed.
fn opened<T: DeserializeOwned>(keys: &Keys, id: &InterviewId, column: &str, text: &str) -> QueryResult<T> {
    let sealed = BASE64.decode(text).map_err(|_not_ours| broken(id, column, "is not in its stored form"))?;
    let plain = keys.open(Purpose::Interview, &bound_to(id, column), &sealed).ok_or_else(|| not_our_key(id, column))?;
    serde_json::from_slice(&plain).map_err(|_quotes| broken(id, column, "is not in its stored form"))
}

fn bound_to(id: &InterviewId, column: &str) -> Vec<u8> {
    format!("{id}/{column}").into_bytes()
}

/// Start-up refuses a key that is not the database's: it was changed since.
fn not_our_key(id: &InterviewId, column: &str) -> diesel::result::Error {
    let what = format!("interview {id}: its {column} does not open: this is not the key that it was sealed with");
    QueryBuilderError(Box::new(KeyChanged(what)))
}

fn broken(id: &InterviewId, column: &str, what: &str) -> diesel::result::Error {
    DeserializationError(format!("interview {id}: its {column} {what}").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AccountId, CampaignId, InvitationId};
    use crate::interview::{Case, Channel, Mode, Plan, ReadBack, Request, State};
    use crate::survey::{Code, Lang};
    use chrono::NaiveDate;
    use std::collections::{BTreeMap, BTreeSet};

    fn row(keys: &Keys) -> (Row, Details, Draft) {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let case = Case {
            id: InterviewId::random(),
            campaign_id: CampaignId::random(),
            mode: Mode::Hr,
            state: State::Taken,
            interviewer_id: Some(AccountId::random()),
            asked_on: day,
            since: day,
            draft_version: 1,
            read_back: ReadBack::None,
        };
        let details = Details {
            request: Request {
                name: "Robin Reliant".to_owned(),
                channel: Channel::InPerson,
                reach: "The café by the bridge".to_owned(),
                times: "Mornings".to_owned(),
                access: "No stairs".to_owned(),
                lang: Lang::Cy,
                avoid: BTreeSet::from([AccountId::random()]),
                directorate: Some(Code::new("adults").unwrap()),
            },
            plan: Some(Plan { at: day.and_hms_opt(9, 30, 0).unwrap(), minutes: 45, place: "There".to_owned() }),
            invitation_id: InvitationId::random(),
            right: vec![0, 255, 7],
            is_right_out: true,
        };
        let pages = BTreeMap::from([(Code::new("reasons").unwrap(), vec![("q.stay".to_owned(), "pay".to_owned())])]);
        let entered = Draft { pages, notes: "Ring again".to_owned(), correction: String::new(), was_read_out: true };
        let sealed = super::sealed(keys, &case.id, DETAILS, &details).unwrap();
        let draft = Some(super::sealed(keys, &case.id, DRAFT, &entered).unwrap());
        (Row { case, details: sealed, draft }, details, entered)
    }

    #[test]
    fn what_was_sealed_comes_out_as_it_went_in() {
        let keys = Keys::random();
        let (row, details, draft) = row(&keys);
        assert!(open_details(&keys, &row).unwrap() == details);
        assert!(open_draft(&keys, &row).unwrap() == draft);
    }

    #[test]
    fn another_key_case_or_column_is_an_error_that_says_so_and_quotes_nothing() {
        let keys = Keys::random();
        let (row, ..) = row(&keys);
        let elsewhere = Case { id: InterviewId::random(), ..row.case.clone() };
        let swapped = row.draft.clone().unwrap();
        let refused = [
            open_details(&Keys::random(), &row).map(drop),
            open_draft(&Keys::random(), &row).map(drop),
            open_details(&keys, &Row { case: elsewhere, ..self::row(&keys).0 }).map(drop),
            open_details(&keys, &Row { details: swapped, ..self::row(&keys).0 }).map(drop),
        ];
        for refused in refused {
            let why = refused.unwrap_err().to_string();
            assert!(why.contains("this is not the key that it was sealed with"), "{why}");
        }
        let torn = Row { details: "Robin Reliant".to_owned(), ..self::row(&keys).0 };
        let why = open_details(&keys, &torn).unwrap_err().to_string();
        assert!(why.contains("is not in its stored form") && !why.contains("Robin"), "{why}");
    }
}
