//! Signing in: with a password, or by a one-time link.
//!
//! There is one refusal for an unknown address, a wrong password, a closed
//! account, one that has no password yet and one that is being guessed at, and
//! it takes the same time (a lock answers at once, whether or not there is such
//! an account).

use super::account::OpenAccountError;
use super::guessing::{Attempt, Device, Network};
use super::link::{self, Link, LinkPurpose};
use super::password::{self, Busy, Lane};
use super::{Account, EmailAddress, Role, account, session, store};
use crate::app::App;
use crate::audit::{self, Action, Actor};
use crate::clock::Time;
use crate::db::Conn;
use crate::id::{AccountId, SessionId};
use crate::secret::{Keys, Secret};
use diesel::QueryResult;

/// What a browser sends to sign in.
#[derive(Debug)]
pub struct Credentials {
    pub email: EmailAddress,
    pub password: Secret<String>,
    pub network: Network,
    /// The value of its device cookie; empty if it has none.
    pub devices: Secret<String>,
}

/// A session that has begun.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub account: Account,
    pub session: SessionId,
}

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("the email address or password is not right")]
    Refused,
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Signs in with a password.
pub async fn with_password(app: &App, credentials: Credentials) -> Result<SignedIn, SignInError> {
    let Credentials { email, password, network, devices } = credentials;
    let now = app.clock.now();
    let device = Device::read(&app.keys, &email, devices.expose());
    let lane = if device.is_some() { Lane::Known } else { Lane::Unknown };
    let attempt = Attempt { email: email.clone(), network, device };
    if !app.guard.admits(app, now, &attempt).await? {
        return Err(SignInError::Refused);
    }
    let known = app.db.read(move |conn| open_account_with_hash(conn, &email)).await?;
    let (account, hash) = known.unzip();
    let is_right = app.hasher.verify(lane, password, hash).await?;
    let Some(account) = account.filter(|_| is_right) else {
        return Err(SignInError::Refused);
    };
    app.guard.forgive(app, &attempt).await?;
    Ok(app.db.write(move |conn| start(conn, now, account, "with a password")).await?)
}

/// What is kept of an account's password, for whoever is signed in to it already.
pub fn password_hash(conn: &mut Conn, id: &AccountId) -> QueryResult<Option<String>> {
    store::password_hash(conn, id)
}

fn open_account_with_hash(conn: &mut Conn, email: &EmailAddress) -> QueryResult<Option<(Account, String)>> {
    let Some(account) = account::by_email(conn, email)?.filter(|account| !account.is_closed) else {
        return Ok(None);
    };
    let hash = store::password_hash(conn, &account.id)?;
    Ok(hash.map(|hash| (account, hash)))
}

/// Signs in by a sign-in link and uses it up; none if it is not good.
pub fn by_link(conn: &mut Conn, keys: &Keys, now: Time, token: &str) -> QueryResult<Option<SignedIn>> {
    match link::take(conn, keys, now, token)? {
        Some(Link::Account(LinkPurpose::SignIn, id)) => begin(conn, now, &id),
        _ => Ok(None),
    }
}

/// Keeps a first or new password by a link for it, uses the link up and signs
/// in; none if it is not good.
pub fn by_password_link(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    token: &str,
    hash: &password::Hash,
) -> QueryResult<Option<SignedIn>> {
    match link::take(conn, keys, now, token)? {
        Some(Link::Account(LinkPurpose::Password, id)) => {
            account::set_password(conn, &id, hash, None)?;
            begin(conn, now, &id)
        }
        _ => Ok(None),
    }
}

fn begin(conn: &mut Conn, now: Time, id: &AccountId) -> QueryResult<Option<SignedIn>> {
    let Some(account) = account::get(conn, id)?.filter(|account| !account.is_closed) else {
        return Ok(None);
    };
    start(conn, now, account, "by an emailed link").map(Some)
}

fn start(conn: &mut Conn, now: Time, account: Account, how: &str) -> QueryResult<SignedIn> {
    let session = session::start(conn, now, &account.id)?;
    audit::record(conn, now, &Actor::of(&account), Action::SignIn, how)?;
    Ok(SignedIn { account, session })
}

#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    #[error("this set-up link can no longer be used")]
    NotGood,
    #[error(transparent)]
    Account(OpenAccountError),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Opens the first administrator's account by the set-up link, and signs in.
pub fn set_up(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    token: &str,
    name: &str,
    email: EmailAddress,
    hash: &password::Hash,
) -> Result<SignedIn, SetUpError> {
    if link::take(conn, keys, now, token)? != Some(Link::SetUp) || !account::is_first(conn)? {
        return Err(SetUpError::NotGood);
    }
    let account = match account::open(conn, Role::Administrator, name, email) {
        Ok(account) => account,
        Err(OpenAccountError::Database(e)) => return Err(e.into()),
        Err(e) => return Err(SetUpError::Account(e)),
    };
    account::set_password(conn, &account.id, hash, None)?;
    audit::record(conn, now, &Actor::of(&account), Action::SetUp, "as its first administrator")?;
    Ok(start(conn, now, account, "after setting Candour up")?)
}
