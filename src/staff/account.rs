//! Who may sign in, and as what.

use super::email::EmailAddress;
use super::{password, store};
use crate::db::{self, Conn};
use crate::id::{AccountId, OrganisationId};
use diesel::QueryResult;

/// What an account may do. An administrator looks after the installation and
/// belongs to no organisation; HR works for exactly one. An interviewer of an
/// organisation holds its *HR* interviews; one of none is independent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Administrator,
    Hr(OrganisationId),
    Interviewer(Option<OrganisationId>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub role: Role,
    pub email: EmailAddress,
    pub name: String,
    /// No until its owner has followed the first link.
    pub has_password: bool,
    pub is_closed: bool,
    /// An interviewer, or somebody of HR who holds interviews besides.
    pub holds_interviews: bool,
    /// Somebody of HR who may read what people wrote in their own words.
    pub reads_comments: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum OpenAccountError {
    #[error("Enter a name")]
    NoName,
    #[error("The name must be {MAX_NAME} characters or fewer")]
    NameTooLong,
    #[error("There is already an account with this email address")]
    EmailTaken,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

const MAX_NAME: usize = 120;

impl Role {
    pub fn as_str(&self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Hr(_) => "hr",
            Role::Interviewer(_) => "interviewer",
        }
    }

    pub fn organisation(&self) -> Option<&OrganisationId> {
        match self {
            Role::Administrator => None,
            Role::Hr(organisation) => Some(organisation),
            Role::Interviewer(organisation) => organisation.as_ref(),
        }
    }
}

/// Opens an account without a password: its owner chooses one by a link.
pub fn open(conn: &mut Conn, role: Role, name: &str, email: EmailAddress) -> Result<Account, OpenAccountError> {
    let name = super::one_line(name);
    if name.is_empty() {
        return Err(OpenAccountError::NoName);
    }
    if name.chars().count() > MAX_NAME {
        return Err(OpenAccountError::NameTooLong);
    }
    let account = Account {
        id: AccountId::random(),
        holds_interviews: matches!(role, Role::Interviewer(_)),
        reads_comments: false,
        role,
        email,
        name,
        has_password: false,
        is_closed: false,
    };
    match store::insert_account(conn, &account) {
        Ok(()) => Ok(account),
        Err(e) if db::is_unique_violation(&e) => Err(OpenAccountError::EmailTaken),
        Err(e) => Err(e.into()),
    }
}

/// Closes an account for good: whoever is signed in with it is signed out, and
/// links that are on their way to it stop working.
pub fn close(conn: &mut Conn, id: &AccountId) -> QueryResult<()> {
    store::close_account(conn, id)?;
    store::delete_sessions_of(conn, id, None)?;
    store::delete_links_of(conn, id)
}

/// Keeps a new password, and signs out every session of the account but `kept`.
pub fn set_password(
    conn: &mut Conn,
    id: &AccountId,
    hash: &password::Hash,
    kept: Option<&crate::id::SessionId>,
) -> QueryResult<()> {
    store::update_password(conn, id, hash.as_str())?;
    store::delete_sessions_of(conn, id, kept)?;
    store::delete_links_of(conn, id)
}

/// Gives somebody of HR the right to read comments, or takes it away. False: it is not
/// somebody of HR, or it is so already.
pub fn let_read_comments(conn: &mut Conn, id: &AccountId, may: bool) -> QueryResult<bool> {
    store::update_reads_comments(conn, id, may)
}

pub fn get(conn: &mut Conn, id: &AccountId) -> QueryResult<Option<Account>> {
    store::account(conn, id)
}

pub fn by_email(conn: &mut Conn, email: &EmailAddress) -> QueryResult<Option<Account>> {
    store::account_by_email(conn, email)
}

/// The accounts of an organisation, or (none) the administrators; by name.
pub fn list(conn: &mut Conn, organisation: Option<&OrganisationId>) -> QueryResult<Vec<Account>> {
    store::accounts(conn, organisation)
}

/// Whether nobody has an account yet: only then may a set-up link be used.
pub fn is_first(conn: &mut Conn) -> QueryResult<bool> {
    store::count_accounts(conn).map(|n| n == 0)
}
