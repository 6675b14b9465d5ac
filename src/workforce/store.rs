//! Workforces at rest: queries, nothing else.

use super::{Period, Row, Workforce};
use crate::clock::Time;
use crate::db::Conn;
use crate::db::schema::workforce;
use crate::id::{OrganisationId, WorkforceId};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error;

/// A workforce in a list, without its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: WorkforceId,
    pub period: Period,
    pub uploaded_on: NaiveDate,
}

type ListedRow = (WorkforceId, NaiveDate, NaiveDate, NaiveDate);

const LISTED: (workforce::id, workforce::from_day, workforce::to_day, workforce::uploaded_on) =
    (workforce::id, workforce::from_day, workforce::to_day, workforce::uploaded_on);

/// All of an organisation's, the latest first.
pub fn list(conn: &mut Conn, organisation: &OrganisationId) -> QueryResult<Vec<Listed>> {
    let rows: Vec<ListedRow> = workforce::table
        .filter(workforce::organisation_id.eq(organisation))
        .order((workforce::to_day.desc(), workforce::from_day))
        .select(LISTED)
        .load(conn)?;
    Ok(rows.into_iter().map(listed).collect())
}

/// One of this organisation's; another's is not there.
pub fn find(
    conn: &mut Conn,
    organisation: &OrganisationId,
    id: &WorkforceId,
) -> QueryResult<Option<(Listed, Workforce)>> {
    let row: Option<(ListedRow, String)> = workforce::table
        .find(id)
        .filter(workforce::organisation_id.eq(organisation))
        .select((LISTED, workforce::body))
        .first(conn)
        .optional()?;
    row.map(|(row, body)| read(listed(row), &body)).transpose()
}

/// The last whose period was over by `as_of`; of two that end on one day, the longer.
pub fn latest(conn: &mut Conn, organisation: &OrganisationId, as_of: NaiveDate) -> QueryResult<Option<Workforce>> {
    let row: Option<(ListedRow, String)> = workforce::table
        .filter(workforce::organisation_id.eq(organisation))
        .filter(workforce::to_day.le(as_of))
        .order((workforce::to_day.desc(), workforce::from_day))
        .select((LISTED, workforce::body))
        .first(conn)
        .optional()?;
    row.map(|(row, body)| read(listed(row), &body).map(|(_, workforce)| workforce)).transpose()
}

/// False: there is none, or not of this organisation.
pub fn delete(conn: &mut Conn, organisation: &OrganisationId, id: &WorkforceId) -> QueryResult<bool> {
    let one = workforce::table.find(id).filter(workforce::organisation_id.eq(organisation));
    Ok(diesel::delete(one).execute(conn)? == 1)
}

pub fn of_period(conn: &mut Conn, organisation: &OrganisationId, period: Period) -> QueryResult<Option<Listed>> {
    let row: Option<ListedRow> = workforce::table
        .filter(workforce::organisation_id.eq(organisation))
        .filter(workforce::from_day.eq(period.from).and(workforce::to_day.eq(period.to)))
        .select(LISTED)
        .first(conn)
        .optional()?;
    Ok(row.map(listed))
}

pub(super) fn insert(
    conn: &mut Conn,
    now: Time,
    organisation: &OrganisationId,
    period: Period,
    rows: &[Row],
) -> QueryResult<WorkforceId> {
    let id = WorkforceId::random();
    let body = serde_json::to_string(rows).map_err(|e| Error::SerializationError(Box::new(e)))?;
    diesel::insert_into(workforce::table)
        .values((
            workforce::id.eq(&id),
            workforce::organisation_id.eq(organisation),
            workforce::from_day.eq(period.from),
            workforce::to_day.eq(period.to),
            workforce::uploaded_on.eq(now.date()),
            workforce::body.eq(body),
        ))
        .execute(conn)?;
    Ok(id)
}

fn listed((id, from, to, uploaded_on): ListedRow) -> Listed {
    Listed { id, period: Period { from, to }, uploaded_on }
}

fn read(listed: Listed, body: &str) -> QueryResult<(Listed, Workforce)> {
    let rows = serde_json::from_str(body).map_err(|e| Error::DeserializationError(Box::new(e)))?;
    let workforce = Workforce { period: listed.period, rows };
    Ok((listed, workforce))
}
