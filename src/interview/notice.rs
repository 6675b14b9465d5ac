//! What the job has to know that writes e-mails about open cases; to whom they go
//! is found out then, and kept nowhere else.

use super::model::{Channel, Plan, Request, State};
use super::offering::campaign_of;
use super::{asking::Known, reading, seal, store};
use crate::campaign;
use crate::db::Conn;
use crate::id::{AccountId, InterviewId};
use crate::secret::{Keys, Secret};
use crate::staff::interviewer;
use diesel::QueryResult;

/// The one to whom a case is offered just now.
pub fn offered_to(conn: &mut Conn, id: &InterviewId) -> QueryResult<Option<AccountId>> {
    let case = store::get(conn, id)?.map(|row| row.case).filter(|case| case.state == State::Offered);
    Ok(case.and_then(|case| case.interviewer_id))
}

/// What is said about a time. It does not print.
pub struct Appointment {
    pub request: Request,
    pub organisation: String,
    /// Whoever has taken the case.
    pub interviewer: Option<Known>,
    /// None: what was agreed holds no longer.
    pub plan: Option<Plan>,
}

impl std::fmt::Debug for Appointment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Appointment([secret])")
    }
}

/// None: the case is gone, or its person is not reached by e-mail.
pub fn appointment(conn: &mut Conn, keys: &Keys, id: &InterviewId) -> QueryResult<Option<Appointment>> {
    let Some(row) = store::get(conn, id)? else { return Ok(None) };
    let details = seal::open_details(keys, &row)?;
    if details.request.channel != Channel::Email {
        return Ok(None);
    }
    let organisation_id = campaign_of(conn, &row.case.campaign_id)?.organisation_id;
    let interviewer = match row.case.interviewer_id.filter(|_| row.case.state == State::Taken) {
        Some(account) => interviewer::get(conn, &account)?.map(super::asking::known),
        None => None,
    };
    Ok(Some(Appointment {
        organisation: campaign::store::organisation_name(conn, &organisation_id)?,
        interviewer,
        plan: details.plan,
        request: details.request,
    }))
}

/// The link by which somebody reads what was written down: made now, for whoever
/// is reached by e-mail and has said something.
pub fn read_back_link(
    conn: &mut Conn,
    keys: &Keys,
    id: &InterviewId,
) -> QueryResult<Option<(Appointment, Secret<String>)>> {
    let is_under_way = |row: &store::Row| row.case.state == State::Taken && row.draft.is_some();
    if !store::hold(conn, id)?.is_some_and(|row| is_under_way(&row)) {
        return Ok(None);
    }
    let Some(appointment) = appointment(conn, keys, id)? else { return Ok(None) };
    Ok(Some((appointment, reading::mint(conn, keys, id)?)))
}
