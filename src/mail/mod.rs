//! E-mail: what it says, how it gets out, and the outbox between the two.
//!
//! A row of the outbox says that something is to be sent to somebody. The text,
//! and with it any code or link, is written when the row is sent ([`mod@write`]) and
//! kept nowhere. `jobs` takes the rows and hands the messages to a [`Transport`].

pub mod interview;
mod smtp;
pub mod store;
mod transport;
mod words;
pub mod write;

pub use transport::{Outcome, Transport, TransportError};

use crate::clock::Time;
use crate::db::Conn;
use crate::id::{AccountId, InterviewId, InvitationId};
use crate::staff::link::LinkPurpose;
use diesel::QueryResult;

/// What a mail is about, and so to whom it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Invitation(InvitationId),
    Reminder(InvitationId),
    Link(LinkPurpose, AccountId),
    Interview(Notice, InterviewId),
}

/// What there is to say about an open case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// To the interviewer: one waits, and no more than that.
    CaseOffered,
    /// To whoever asked for it: when it is to be.
    InterviewTime,
    /// To them: the link by which they read what was written down.
    ReadBack,
}

impl Notice {
    pub const ALL: [Notice; 3] = [Notice::CaseOffered, Notice::InterviewTime, Notice::ReadBack];

    pub fn as_str(self) -> &'static str {
        match self {
            Notice::CaseOffered => "case_offered",
            Notice::InterviewTime => "interview_time",
            Notice::ReadBack => "read_back",
        }
    }

    pub fn read(text: &str) -> Option<Notice> {
        Notice::ALL.into_iter().find(|notice| notice.as_str() == text)
    }
}

impl Subject {
    pub fn kind(&self) -> &'static str {
        match self {
            Subject::Invitation(_) => "invitation",
            Subject::Reminder(_) => "reminder",
            Subject::Link(purpose, _) => purpose.as_str(),
            Subject::Interview(notice, _) => notice.as_str(),
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

/// Queues something about an open case. One that is waiting already is enough: to
/// whom it goes and what it says is found out when it is sent.
pub fn queue_notice(conn: &mut Conn, now: Time, notice: Notice, interview: &InterviewId) -> QueryResult<()> {
    if store::has_queued_notice(conn, notice, interview)? {
        return Ok(());
    }
    store::queue(conn, now, &Subject::Interview(notice, interview.clone()))
}

/// Takes away whatever was to be said about a case: nothing of it is left.
pub fn forget_interview(conn: &mut Conn, interview: &InterviewId) -> QueryResult<()> {
    store::delete_notices(conn, interview)
}

#[cfg(test)]
mod tests;
