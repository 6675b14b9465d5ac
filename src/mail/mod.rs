//! E-mail: what it says, how it gets out, and the outbox between the two.
//!
//! A row of the outbox says that something is to be sent to somebody. The text,
//! and with it any code or link, is written when the row is sent ([`mod@write`]) and
//! kept nowhere. `jobs` takes the rows and hands the messages to a [`Transport`].

mod smtp;
pub mod store;
mod transport;
mod words;
pub mod write;

pub use transport::{Outcome, Transport, TransportError};

use crate::clock::Time;
use crate::db::Conn;
use crate::id::{AccountId, InvitationId};
use crate::staff::link::LinkPurpose;
use diesel::QueryResult;

/// What a mail is about, and so to whom it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Invitation(InvitationId),
    Reminder(InvitationId),
    Link(LinkPurpose, AccountId),
}

impl Subject {
    pub fn kind(&self) -> &'static str {
        match self {
            Subject::Invitation(_) => "invitation",
            Subject::Reminder(_) => "reminder",
            Subject::Link(purpose, _) => purpose.as_str(),
        }
    }
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Queued,
    /// Some process is at it, and has it until its lease is over.
    Sending,
    Sent,
    /// It will not be tried again by itself.
    Failed,
    /// The other side may have taken it, or not: we did not hear. It is never
    /// sent again by itself.
    Uncertain,
}

impl State {
    pub const ALL: [State; 5] = [State::Queued, State::Sending, State::Sent, State::Failed, State::Uncertain];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Sending => "sending",
            State::Sent => "sent",
            State::Failed => "failed",
            State::Uncertain => "uncertain",
        }
    }

    pub fn read(text: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Queues a one-time link to somebody's account; it is made when it is sent. One
/// that is waiting already is enough.
pub fn queue_link(conn: &mut Conn, now: Time, purpose: LinkPurpose, account: &AccountId) -> QueryResult<()> {
    if store::has_queued_link(conn, purpose, account)? {
        return Ok(());
    }
    store::queue(conn, now, &Subject::Link(purpose, account.clone()))
}

#[cfg(test)]
mod tests;
