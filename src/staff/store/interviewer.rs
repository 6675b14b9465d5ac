//! Queries about those who hold interviews.

use super::{AccountRow, account_from, account_row, unreadable};
use crate::db::Conn;
use crate::db::schema::{account, conflict, interviewer, interviewer_organisation, organisation};
use crate::id::{AccountId, OrganisationId};
use crate::staff::Organisation;
use crate::staff::interviewer::{Conflict, Interviewer};
use crate::survey::Code;
use diesel::QueryResult;
use diesel::prelude::*;

type Row = (AccountRow, Option<OrganisationId>, String);

fn from_row((account, employer, about): Row) -> QueryResult<Interviewer> {
    Ok(Interviewer { account: account_from(account)?, employer, about })
}

/// Also one whose account is closed.
pub(in crate::staff) fn interviewer(conn: &mut Conn, id: &AccountId) -> QueryResult<Option<Interviewer>> {
    let row: Option<Row> = interviewer::table
        .inner_join(account::table)
        .filter(interviewer::account_id.eq(id))
        .select((account_row(), interviewer::employer_id, interviewer::about))
        .first(conn)
        .optional()?;
    row.map(from_row).transpose()
}

/// All, also those whose accounts are closed.
pub(in crate::staff) fn all(conn: &mut Conn) -> QueryResult<Vec<Interviewer>> {
    let rows: Vec<Row> = interviewer::table
        .inner_join(account::table)
        .order((account::name, account::id))
        .select((account_row(), interviewer::employer_id, interviewer::about))
        .load(conn)?;
    rows.into_iter().map(from_row).collect()
}

pub(in crate::staff) fn serving(conn: &mut Conn, of: &OrganisationId) -> QueryResult<Vec<Interviewer>> {
    let theirs: Vec<AccountId> = interviewer_organisation::table
        .filter(interviewer_organisation::organisation_id.eq(of))
        .select(interviewer_organisation::account_id)
        .load(conn)?;
    let mut found = all(conn)?;
    found.retain(|one| theirs.contains(&one.account.id));
    Ok(found)
}

pub(in crate::staff) fn organisations(conn: &mut Conn, of: &AccountId) -> QueryResult<Vec<Organisation>> {
    let theirs = interviewer_organisation::table
        .filter(interviewer_organisation::account_id.eq(of))
        .select(interviewer_organisation::organisation_id);
    organisation::table.filter(organisation::id.eq_any(theirs)).order(organisation::name).load(conn)
}

pub(in crate::staff) fn insert_interviewer(
    conn: &mut Conn,
    id: &AccountId,
    employer: Option<&OrganisationId>,
    about: &str,
) -> QueryResult<()> {
    diesel::insert_into(interviewer::table)
        .values((interviewer::account_id.eq(id), interviewer::employer_id.eq(employer), interviewer::about.eq(about)))
        .execute(conn)
        .map(drop)
}

pub(in crate::staff) fn update_interviewer(
    conn: &mut Conn,
    id: &AccountId,
    employer: Option<&OrganisationId>,
    about: &str,
) -> QueryResult<()> {
    diesel::update(interviewer::table.find(id))
        .set((interviewer::employer_id.eq(employer), interviewer::about.eq(about)))
        .execute(conn)
        .map(drop)
}

/// Lets one transaction at a time go on with this interviewer, until it ends: for
/// those that look what is there before they add to it.
pub(in crate::staff) fn hold(conn: &mut Conn, id: &AccountId) -> QueryResult<()> {
    diesel::update(interviewer::table.find(id)).set(interviewer::about.eq(interviewer::about)).execute(conn).map(drop)
}

pub(in crate::staff) fn serves(conn: &mut Conn, id: &AccountId, of: &OrganisationId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(interviewer_organisation::table.find((id, of)))).get_result(conn)
}

pub(in crate::staff) fn insert_serving(conn: &mut Conn, id: &AccountId, of: &OrganisationId) -> QueryResult<()> {
    diesel::insert_into(interviewer_organisation::table)
        .values((interviewer_organisation::account_id.eq(id), interviewer_organisation::organisation_id.eq(of)))
        .execute(conn)
        .map(drop)
}

/// False: there was none.
pub(in crate::staff) fn delete_serving(conn: &mut Conn, id: &AccountId, of: &OrganisationId) -> QueryResult<bool> {
    diesel::delete(interviewer_organisation::table.find((id, of))).execute(conn).map(|gone| gone == 1)
}

pub(in crate::staff) fn conflicts(conn: &mut Conn, id: &AccountId) -> QueryResult<Vec<Conflict>> {
    let rows: Vec<(OrganisationId, String)> = conflict::table
        .filter(conflict::account_id.eq(id))
        .order((conflict::organisation_id, conflict::directorate))
        .select((conflict::organisation_id, conflict::directorate))
        .load(conn)?;
    let from_row = |(organisation_id, directorate): (OrganisationId, String)| {
        let code = (!directorate.is_empty()).then(|| Code::new(directorate)).transpose();
        let directorate = code.map_err(|_not_a_code| unreadable("conflict.directorate"))?;
        Ok(Conflict { organisation_id, directorate })
    };
    rows.into_iter().map(from_row).collect()
}

pub(in crate::staff) fn insert_conflict(conn: &mut Conn, id: &AccountId, new: &Conflict) -> QueryResult<()> {
    diesel::insert_into(conflict::table)
        .values((
            conflict::account_id.eq(id),
            conflict::organisation_id.eq(&new.organisation_id),
            conflict::directorate.eq(column(new)),
        ))
        .execute(conn)
        .map(drop)
}

/// False: there was none.
pub(in crate::staff) fn delete_conflict(conn: &mut Conn, id: &AccountId, old: &Conflict) -> QueryResult<bool> {
    diesel::delete(conflict::table.find((id, &old.organisation_id, column(old)))).execute(conn).map(|gone| gone == 1)
}

/// Empty: all of the organisation.
fn column(conflict: &Conflict) -> &str {
    conflict.directorate.as_ref().map_or("", Code::as_str)
}
