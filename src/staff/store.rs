//! Queries on the tables of `staff`, and nothing else.

pub(super) mod guess;
pub(super) mod interviewer;
pub(super) mod token;

use super::account::{Account, Role};
use super::email::EmailAddress;
use super::organisation::Organisation;
use crate::clock::Time;
use crate::db::Conn;
use crate::db::schema::{account, interviewer_organisation, organisation, session, sign_in_link};
use crate::id::{AccountId, OrganisationId, SessionId};
use diesel::QueryResult;
use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;

// Organisations.

pub(super) fn insert_organisation(conn: &mut Conn, new: &Organisation) -> QueryResult<()> {
    diesel::insert_into(organisation::table)
        .values((organisation::id.eq(&new.id), organisation::name.eq(&new.name)))
        .execute(conn)
        .map(drop)
}

pub(super) fn organisation(conn: &mut Conn, id: &OrganisationId) -> QueryResult<Option<Organisation>> {
    organisation::table.find(id).first(conn).optional()
}

pub(super) fn organisation_by_name(conn: &mut Conn, name: &str) -> QueryResult<Option<Organisation>> {
    organisation::table.filter(organisation::name.eq(name)).first(conn).optional()
}

pub(super) fn organisations(conn: &mut Conn) -> QueryResult<Vec<Organisation>> {
    organisation::table.order(organisation::name).load(conn)
}

// Accounts.

/// All but the password's hash, of which only its presence leaves this file; and
/// whether somebody has its owner hold interviews.
type AccountRow = (AccountId, Option<OrganisationId>, String, String, String, Option<String>, bool, bool, bool);

#[auto_type]
fn account_row() -> _ {
    let serving = interviewer_organisation::table.filter(interviewer_organisation::account_id.eq(account::id));
    (
        account::id,
        account::organisation_id,
        account::email,
        account::name,
        account::role,
        account::password_hash,
        account::is_closed,
        account::reads_comments,
        exists(serving),
    )
}

fn account_from(row: AccountRow) -> QueryResult<Account> {
    let (id, organisation, email, name, role, password, is_closed, reads_comments, serves) = row;
    let role = match (role.as_str(), organisation) {
        ("administrator", None) => Role::Administrator,
        ("hr", Some(organisation)) => Role::Hr(organisation),
        ("interviewer", organisation) => Role::Interviewer(organisation),
        _ => return Err(unreadable("account.role")),
    };
    let holds_interviews = match role {
        Role::Administrator => false,
        Role::Hr(_) => serves,
        Role::Interviewer(_) => true,
    };
    let email: EmailAddress = email.parse().map_err(|_not_an_address| unreadable("account.email"))?;
    Ok(Account { id, role, email, name, has_password: password.is_some(), is_closed, holds_interviews, reads_comments })
}

fn unreadable(column: &'static str) -> diesel::result::Error {
    diesel::result::Error::DeserializationError(format!("{column} holds what it cannot hold").into())
}

pub(super) fn insert_account(conn: &mut Conn, new: &Account) -> QueryResult<()> {
    diesel::insert_into(account::table)
        .values((
            account::id.eq(&new.id),
            account::organisation_id.eq(new.role.organisation()),
            account::email.eq(new.email.as_str()),
            account::name.eq(&new.name),
            account::role.eq(new.role.as_str()),
            account::is_closed.eq(new.is_closed),
        ))
        .execute(conn)
        .map(drop)
}

pub(super) fn account(conn: &mut Conn, id: &AccountId) -> QueryResult<Option<Account>> {
    let row: Option<AccountRow> = account::table.find(id).select(account_row()).first(conn).optional()?;
    row.map(account_from).transpose()
}

pub(super) fn account_by_email(conn: &mut Conn, email: &EmailAddress) -> QueryResult<Option<Account>> {
    let theirs = account::table.filter(account::email.eq(email.as_str()));
    let row: Option<AccountRow> = theirs.select(account_row()).first(conn).optional()?;
    row.map(account_from).transpose()
}

pub(super) fn password_hash(conn: &mut Conn, id: &AccountId) -> QueryResult<Option<String>> {
    account::table.find(id).select(account::password_hash).first(conn)
}

pub(super) fn accounts(conn: &mut Conn, organisation: Option<&OrganisationId>) -> QueryResult<Vec<Account>> {
    let all = account::table.order(account::name).select(account_row()).into_boxed();
    let some = match organisation {
        Some(id) => all.filter(account::organisation_id.eq(id)),
        None => all.filter(account::role.eq(Role::Administrator.as_str())),
    };
    some.load::<AccountRow>(conn)?.into_iter().map(account_from).collect()
}

pub(super) fn count_accounts(conn: &mut Conn) -> QueryResult<i64> {
    account::table.count().get_result(conn)
}

pub(super) fn close_account(conn: &mut Conn, id: &AccountId) -> QueryResult<()> {
    diesel::update(account::table.find(id)).set(account::is_closed.eq(true)).execute(conn).map(drop)
}

pub(super) fn update_reads_comments(conn: &mut Conn, id: &AccountId, may: bool) -> QueryResult<bool> {
    let hr = account::table.find(id).filter(account::role.eq("hr")).filter(account::reads_comments.ne(may));
    Ok(diesel::update(hr).set(account::reads_comments.eq(may)).execute(conn)? == 1)
}

pub(super) fn update_password(conn: &mut Conn, id: &AccountId, hash: &str) -> QueryResult<()> {
    diesel::update(account::table.find(id)).set(account::password_hash.eq(hash)).execute(conn).map(drop)
}

// Sessions.

pub(super) fn insert_session(conn: &mut Conn, id: &SessionId, owner: &AccountId, expires: Time) -> QueryResult<()> {
    diesel::insert_into(session::table)
        .values((session::id.eq(id), session::account_id.eq(owner), session::expires_at.eq(expires)))
        .execute(conn)
        .map(drop)
}

pub(super) fn account_of_session(conn: &mut Conn, id: &SessionId, now: Time) -> QueryResult<Option<Account>> {
    let row: Option<AccountRow> = session::table
        .inner_join(account::table)
        .filter(session::id.eq(id))
        .filter(session::expires_at.gt(now))
        .filter(account::is_closed.eq(false))
        .select(account_row())
        .first(conn)
        .optional()?;
    row.map(account_from).transpose()
}

pub(super) fn delete_session(conn: &mut Conn, id: &SessionId) -> QueryResult<()> {
    diesel::delete(session::table.find(id)).execute(conn).map(drop)
}

pub(super) fn delete_sessions_of(conn: &mut Conn, owner: &AccountId, kept: Option<&SessionId>) -> QueryResult<()> {
    let theirs = session::table.filter(session::account_id.eq(owner));
    match kept {
        Some(kept) => diesel::delete(theirs.filter(session::id.ne(kept))).execute(conn).map(drop),
        None => diesel::delete(theirs).execute(conn).map(drop),
    }
}

pub(super) fn delete_expired_sessions(conn: &mut Conn, now: Time) -> QueryResult<usize> {
    diesel::delete(session::table.filter(session::expires_at.le(now))).execute(conn)
}

// One-time links.

pub(super) fn insert_link(
    conn: &mut Conn,
    hash: &str,
    owner: Option<&AccountId>,
    purpose: &str,
    expires: Time,
) -> QueryResult<()> {
    diesel::insert_into(sign_in_link::table)
        .values((
            sign_in_link::token_hash.eq(hash),
            sign_in_link::account_id.eq(owner),
            sign_in_link::purpose.eq(purpose),
            sign_in_link::expires_at.eq(expires),
        ))
        .execute(conn)
        .map(drop)
}

pub(super) fn link(conn: &mut Conn, hash: &str, now: Time) -> QueryResult<Option<(Option<AccountId>, String)>> {
    sign_in_link::table
        .find(hash)
        .filter(sign_in_link::expires_at.gt(now))
        .select((sign_in_link::account_id, sign_in_link::purpose))
        .first(conn)
        .optional()
}

pub(super) fn delete_link(conn: &mut Conn, hash: &str) -> QueryResult<usize> {
    diesel::delete(sign_in_link::table.find(hash)).execute(conn)
}

pub(super) fn delete_links_of(conn: &mut Conn, owner: &AccountId) -> QueryResult<()> {
    diesel::delete(sign_in_link::table.filter(sign_in_link::account_id.eq(owner))).execute(conn).map(drop)
}

pub(super) fn delete_links_for(conn: &mut Conn, purpose: &str) -> QueryResult<()> {
    diesel::delete(sign_in_link::table.filter(sign_in_link::purpose.eq(purpose))).execute(conn).map(drop)
}

pub(super) fn delete_expired_links(conn: &mut Conn, now: Time) -> QueryResult<usize> {
    diesel::delete(sign_in_link::table.filter(sign_in_link::expires_at.le(now))).execute(conn)
}
