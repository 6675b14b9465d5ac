//! One-time links: for the first administrator, for signing in without a
//! password, and for choosing one.
//!
//! Only a keyed hash is kept. Opening a link shows a button and changes nothing,
//! because mail scanners open links too; pressing the button uses it up, and the
//! row that is deleted decides who was first.

use super::{EmailAddress, account, store};
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{self, AccountId};
use crate::mail;
use crate::secret::{Keys, Purpose, Secret};
use chrono::TimeDelta;
use diesel::QueryResult;

/// What a link to an account lets its holder do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    SignIn,
    Password,
}

/// What a link that is still good is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    SetUp,
    Account(LinkPurpose, AccountId),
}

const SET_UP: &str = "set_up";

impl LinkPurpose {
    pub fn as_str(self) -> &'static str {
        match self {
            LinkPurpose::SignIn => "sign_in",
            LinkPurpose::Password => "password",
        }
    }

    /// How long a link of this kind is good.
    pub fn life(self) -> TimeDelta {
        match self {
            LinkPurpose::SignIn => TimeDelta::minutes(15),
            LinkPurpose::Password => TimeDelta::hours(24),
        }
    }
}

/// Makes a link's token for an account; [`path`] says where it leads.
pub fn mint(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    account: &AccountId,
    purpose: LinkPurpose,
) -> QueryResult<Secret<String>> {
    let token = id::random();
    store::insert_link(conn, &hash(keys, &token), Some(account), purpose.as_str(), now.plus(purpose.life()))?;
    Ok(Secret::new(token))
}

/// Makes the link by which the first administrator sets Candour up, and ends any
/// made before. None once there is an account.
pub fn mint_set_up(conn: &mut Conn, keys: &Keys, now: Time) -> QueryResult<Option<Secret<String>>> {
    if !account::is_first(conn)? {
        return Ok(None);
    }
    store::delete_links_for(conn, SET_UP)?;
    let token = id::random();
    store::insert_link(conn, &hash(keys, &token), None, SET_UP, now.plus(TimeDelta::hours(24)))?;
    Ok(Some(Secret::new(token)))
}

/// Queues an e-mail with a link to the account of this address, if there is one
/// and it is open. The job that sends it [mints](mint) the link.
pub fn send(conn: &mut Conn, now: Time, email: &EmailAddress, purpose: LinkPurpose) -> QueryResult<()> {
    match account::by_email(conn, email)? {
        Some(account) if !account.is_closed => mail::queue_link(conn, now, purpose, &account.id),
        _ => Ok(()),
    }
}

/// The path of a link to an account, to go behind the service's address.
pub fn path(token: &Secret<String>) -> String {
    format!("/sign-in/links/{}", token.expose())
}

/// The path of the set-up link.
pub fn set_up_path(token: &Secret<String>) -> String {
    format!("/set-up/{}", token.expose())
}

/// What a link would do; none if it is unknown, used or too old.
pub fn look(conn: &mut Conn, keys: &Keys, now: Time, token: &str) -> QueryResult<Option<Link>> {
    Ok(store::link(conn, &hash(keys, token), now)?.and_then(from_row))
}

/// Uses a link up; none if it is unknown, used or too old.
pub fn take(conn: &mut Conn, keys: &Keys, now: Time, token: &str) -> QueryResult<Option<Link>> {
    let hash = hash(keys, token);
    let row = store::link(conn, &hash, now)?;
    let is_first = store::delete_link(conn, &hash)? == 1;
    Ok(row.filter(|_| is_first).and_then(from_row))
}

fn from_row((account, purpose): (Option<AccountId>, String)) -> Option<Link> {
    match (purpose.as_str(), account) {
        (SET_UP, None) => Some(Link::SetUp),
        ("sign_in", Some(account)) => Some(Link::Account(LinkPurpose::SignIn, account)),
        ("password", Some(account)) => Some(Link::Account(LinkPurpose::Password, account)),
        _ => None,
    }
}

fn hash(keys: &Keys, token: &str) -> String {
    keys.hash(Purpose::SignInLink, &[token.as_bytes()])
}
