//! Queries on the record, and nothing else.

use super::Actor;
use crate::clock::Time;
use crate::db::Conn;
use crate::db::schema::{account, audit_entry};
use crate::id::{AuditEntryId, OrganisationId};
use diesel::QueryResult;
use diesel::prelude::*;

/// When, the name of who, what, and to what.
pub(super) type Row = (Time, Option<String>, String, String);

pub(super) fn insert(conn: &mut Conn, now: Time, actor: &Actor, action: &str, subject: &str) -> QueryResult<()> {
    diesel::insert_into(audit_entry::table)
        .values((
            audit_entry::id.eq(AuditEntryId::random()),
            audit_entry::at.eq(now),
            audit_entry::organisation_id.eq(&actor.organisation),
            audit_entry::account_id.eq(&actor.account),
            audit_entry::action.eq(action),
            audit_entry::subject.eq(subject),
        ))
        .execute(conn)
        .map(drop)
}

pub(super) fn page(
    conn: &mut Conn,
    organisation: Option<&OrganisationId>,
    limit: i64,
    offset: i64,
) -> QueryResult<Vec<Row>> {
    let all = audit_entry::table
        .left_join(account::table)
        .select((audit_entry::at, account::name.nullable(), audit_entry::action, audit_entry::subject))
        .order((audit_entry::at.desc(), audit_entry::id))
        .limit(limit)
        .offset(offset)
        .into_boxed();
    match organisation {
        Some(id) => all.filter(audit_entry::organisation_id.eq(id)).load(conn),
        None => all.load(conn),
    }
}
