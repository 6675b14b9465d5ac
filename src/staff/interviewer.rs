//! Those who hold interviews, for which organisations, and whose cases they are
//! never to be offered.
//!
//! The rules are in [`Interviewer::may_serve`]: nobody interviews for the
//! organisation that employs them, except an organisation's own people, who hold
//! its *HR* interviews and no others. Rows alone give nobody a right: whoever asks
//! for interviewers here gets those whom the rules allow today.

use super::account::{self, Account, OpenAccountError, Role};
use super::email::EmailAddress;
use super::organisation::Organisation;
use super::store::interviewer as store;
use crate::db::Conn;
use crate::id::{AccountId, OrganisationId};
use crate::survey::Code;
use diesel::QueryResult;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interviewer {
    pub account: Account,
    /// An independent interviewer's, if it is one of the organisations here.
    pub employer: Option<OrganisationId>,
    /// Who they are, for those whom they talk to.
    pub about: String,
}

/// An organisation whose cases somebody is never to be offered, or only those of
/// one of its directorates: an option of the survey's question `directorate`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    pub organisation_id: OrganisationId,
    pub directorate: Option<Code>,
}

/// What [`set_serving`] changed, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub begun: Vec<Interviewer>,
    pub ended: Vec<Interviewer>,
}

#[derive(Debug, thiserror::Error)]
pub enum AboutError {
    #[error("Write a sentence or two for leavers to read")]
    Missing,
    #[error("Use {MAX_ABOUT} characters or fewer")]
    TooLong,
}

#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    #[error(transparent)]
    About(#[from] AboutError),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Account(#[from] OpenAccountError),
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Longest text about an interviewer, in characters.
pub const MAX_ABOUT: usize = 500;

impl Interviewer {
    /// Of no organisation's HR; others hold their own organisation's *HR* interviews.
    pub fn is_independent(&self) -> bool {
        matches!(self.account.role, Role::Interviewer(None))
    }

    /// Whether they may hold interviews of this organisation at all, whoever chose
    /// them for it.
    pub fn may_serve(&self, organisation: &OrganisationId) -> bool {
        match &self.account.role {
            Role::Interviewer(None) => self.employer.as_ref() != Some(organisation),
            Role::Interviewer(Some(own)) | Role::Hr(own) => own == organisation,
            Role::Administrator => false,
        }
    }
}

/// The one whose account this is, if it is open and holds interviews.
pub fn get(conn: &mut Conn, account: &AccountId) -> QueryResult<Option<Interviewer>> {
    Ok(store::interviewer(conn, account)?.filter(|found| !found.account.is_closed && found.account.holds_interviews))
}

/// Those who hold this organisation's interviews, of both kinds; by name.
pub fn serving(conn: &mut Conn, organisation: &OrganisationId) -> QueryResult<Vec<Interviewer>> {
    let mut found = store::serving(conn, organisation)?;
    found.retain(|one| !one.account.is_closed && one.may_serve(organisation));
    Ok(found)
}

/// All independent interviewers of the installation; by name.
pub fn pool(conn: &mut Conn) -> QueryResult<Vec<Interviewer>> {
    let mut found = independent(conn)?;
    found.retain(|one| !one.account.is_closed);
    Ok(found)
}

/// [`pool`], and those whose accounts are closed.
pub fn independent(conn: &mut Conn) -> QueryResult<Vec<Interviewer>> {
    let mut found = store::all(conn)?;
    found.retain(Interviewer::is_independent);
    Ok(found)
}

/// The organisations whose interviews somebody holds; by name.
pub fn organisations(conn: &mut Conn, of: &Interviewer) -> QueryResult<Vec<Organisation>> {
    let mut found = store::organisations(conn, &of.account.id)?;
    found.retain(|organisation| of.may_serve(&organisation.id));
    Ok(found)
}

/// Opens the account of an interviewer: of an organisation, or an independent one.
pub fn open(
    conn: &mut Conn,
    organisation: Option<OrganisationId>,
    name: &str,
    email: EmailAddress,
    employer: Option<&OrganisationId>,
    about: &str,
) -> Result<Account, OpenError> {
    let account = account::open(conn, Role::Interviewer(organisation), name, email)?;
    enrol(conn, &account, employer, about)?;
    Ok(account)
}

/// Makes the account's owner somebody who holds interviews: one of an
/// organisation for theirs, an independent one for those that choose them. Who
/// holds them already is now employed and described like this.
pub fn enrol(
    conn: &mut Conn,
    account: &Account,
    employer: Option<&OrganisationId>,
    about: &str,
) -> Result<(), EnrolError> {
    let about = read_about(about)?;
    if store::interviewer(conn, &account.id)?.is_some() {
        store::update_interviewer(conn, &account.id, employer, &about)?;
    } else {
        store::insert_interviewer(conn, &account.id, employer, &about)?;
    }
    if let Some(employer) = employer {
        leave(conn, &account.id, employer)?;
    }
    if let Some(own) = account.role.organisation() {
        serve(conn, &account.id, own)?;
    }
    Ok(())
}

/// Keeps another text about them.
pub fn set_about(conn: &mut Conn, of: &Interviewer, about: &str) -> Result<(), EnrolError> {
    Ok(store::update_interviewer(conn, &of.account.id, of.employer.as_ref(), &read_about(about)?)?)
}

/// The text as it is kept: it stands on leavers' pages, in one paragraph.
pub fn read_about(text: &str) -> Result<String, AboutError> {
    let text = super::one_line(text);
    match text.chars().count() {
        0 => Err(AboutError::Missing),
        n if n > MAX_ABOUT => Err(AboutError::TooLong),
        _ => Ok(text),
    }
}

/// Lets somebody hold this organisation's interviews from now on. False: they did
/// already, or may not.
pub fn serve(conn: &mut Conn, account: &AccountId, organisation: &OrganisationId) -> QueryResult<bool> {
    store::hold(conn, account)?;
    let may = store::interviewer(conn, account)?.is_some_and(|found| found.may_serve(organisation));
    if !may || store::serves(conn, account, organisation)? {
        return Ok(false);
    }
    store::insert_serving(conn, account, organisation).map(|()| true)
}

/// Ends that. False: they did not.
pub fn leave(conn: &mut Conn, account: &AccountId, organisation: &OrganisationId) -> QueryResult<bool> {
    store::delete_serving(conn, account, organisation)
}

/// Has exactly these of the pool hold the organisation's interviews; those who may
/// not are passed over. Its own people stay as they are.
pub fn set_serving(conn: &mut Conn, organisation: &OrganisationId, chosen: &[AccountId]) -> QueryResult<Changes> {
    let mut changes = Changes::default();
    for one in pool(conn)? {
        if chosen.contains(&one.account.id) {
            if serve(conn, &one.account.id, organisation)? {
                changes.begun.push(one);
            }
        } else if leave(conn, &one.account.id, organisation)? {
            changes.ended.push(one);
        }
    }
    Ok(changes)
}

/// What somebody has declared, by organisation.
pub fn conflicts(conn: &mut Conn, account: &AccountId) -> QueryResult<Vec<Conflict>> {
    store::conflicts(conn, account)
}

/// Declares one. False: it was declared before.
pub fn declare(conn: &mut Conn, account: &AccountId, new: &Conflict) -> QueryResult<bool> {
    store::hold(conn, account)?;
    if store::conflicts(conn, account)?.contains(new) {
        return Ok(false);
    }
    store::insert_conflict(conn, account, new).map(|()| true)
}

/// Takes one back. False: there was none.
pub fn retract(conn: &mut Conn, account: &AccountId, old: &Conflict) -> QueryResult<bool> {
    store::delete_conflict(conn, account, old)
}

#[cfg(test)]
mod tests;
