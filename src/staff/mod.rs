//! Organisations, and the people who work with Candour on their behalf: their
//! accounts, how they prove who they are, and the tokens of their programs.
//!
//! Nothing here knows leavers. A leaver has no account, and no query joins one of
//! these tables with anything on the far side of an invitation.
//!
//! - [`password`]: what a password must be, and hashing that cannot be made to
//!   starve anybody
//! - [`guessing`]: how guessing is slowed without locking anybody out
//! - [`session`]: who is signed in; the row decides, the cookie only points at it
//! - [`link`]: one-time links, for set-up, signing in and choosing a password
//! - [`token`]: API tokens
//! - [`sign_in`]: all of these put together
//! - [`interviewer`]: who holds interviews, and for whom

pub mod account;
mod email;
pub mod guessing;
pub mod interviewer;
pub mod link;
pub mod organisation;
pub mod password;
pub mod session;
pub mod sign_in;
mod store;
#[cfg(test)]
pub(crate) mod tests;
pub mod token;

pub use account::{Account, Role};
pub use email::{EmailAddress, InvalidEmailAddress};
pub use guessing::Guard;
pub use interviewer::Interviewer;
pub use organisation::Organisation;
pub use password::{Hasher, Password};

use crate::clock::Time;
use crate::db::Conn;
use diesel::QueryResult;

/// Removes sessions, links and guesses whose time is over; returns how many.
pub fn sweep(conn: &mut Conn, now: Time) -> QueryResult<usize> {
    let guesses = guessing::forget(conn, now)?;
    Ok(store::delete_expired_sessions(conn, now)? + store::delete_expired_links(conn, now)? + guesses)
}

/// A name as it is kept: on one line, since it stands in subjects and letters.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
