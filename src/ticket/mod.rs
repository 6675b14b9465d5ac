//! Tickets: the anonymous right to hand in one response.
//!
//! A ticket is a 64-bit number and a 64-bit mark that only this installation can
//! make. Nothing about a ticket is kept until it is spent, and then only a keyed
//! hash of it. There are two ways to one:
//!
//! - A browser that runs our script chooses a serial, has it signed blindly ([`blind`])
//!   and then shows serial and signature: [`redeem`]. Nobody here can tell for whom it
//!   was signed.
//! - Without script it is derived from the code itself, and forgotten: [`mint`].
//!
//! Both give the same ticket for the same serial or code again, so that a connection
//! that was lost costs nobody their ticket. Nobody can tell the two kinds apart.
//!
//! Knows nothing of invitations: what a ticket is derived from is bytes here.

pub mod blind;
mod store;

pub use store::{Envelope, envelopes, settle, waiting};

use crate::db::{self, Conn};
use crate::id::CampaignId;
use crate::secret::{self, Keys, Purpose};
use crate::typed::{self, TICKET_DIGITS};
use std::fmt;

/// Before what a browser chose, so that it is never taken for a code's bytes.
const BLIND: &[u8] = b"blind";

/// 128 bits, spelt in groups of four. Never printed by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Ticket {
    serial: [u8; 8],
    mark: [u8; 8],
}

#[derive(Debug, thiserror::Error)]
pub enum SpendError {
    #[error("the ticket was spent before")]
    AlreadySpent,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// The ticket of `campaign` for `seed`: the same for the same seed, and telling
/// nothing about it.
pub fn mint(keys: &Keys, campaign: &CampaignId, seed: &[u8]) -> Ticket {
    let serial = first_half(keys.mac(Purpose::TicketSerial, &[campaign.as_str().as_bytes(), seed]));
    Ticket { serial, mark: mark(keys, campaign, &serial) }
}

/// The ticket of `campaign` for a serial that was signed blindly: the same for the
/// same serial. None: the signature is not the campaign's, or not for this serial.
///
/// A person can write this ticket down, which nobody does with a signature.
pub fn redeem(
    keys: &Keys,
    key: &blind::PublicKey,
    campaign: &CampaignId,
    serial: &blind::Serial,
    signature: &[u8],
) -> Option<Ticket> {
    key.verify(campaign, serial, signature).then(|| mint(keys, campaign, &[BLIND, serial].concat()))
}

impl Ticket {
    /// Reads a ticket however it was typed; none if it is not spelt like one.
    /// Whether it is one, [`is_genuine`] says.
    pub fn read(text: &str) -> Option<Ticket> {
        Some(Ticket::of(typed::read(text, TICKET_DIGITS)?.to_be_bytes()))
    }

    /// What [`Ticket::bytes`] gave, kept by somebody for whom they are only bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Ticket> {
        bytes.try_into().ok().map(Ticket::of)
    }

    fn of([a, b, c, d, e, f, g, h, mark @ ..]: [u8; 16]) -> Ticket {
        Ticket { serial: [a, b, c, d, e, f, g, h], mark }
    }

    /// As people read and write it: `ABCD-EFGH-...`. It is the leaver's, and goes
    /// into the body of their pages only.
    pub fn spell(&self) -> String {
        typed::spell(u128::from_be_bytes(self.bytes()), TICKET_DIGITS)
    }

    /// For binding a sealed draft to its ticket, and for an interview's case.
    pub fn bytes(&self) -> [u8; 16] {
        let mut both = [0; 16];
        both.iter_mut().zip(self.serial.iter().chain(&self.mark)).for_each(|(to, from)| *to = *from);
        both
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ticket([secret])")
    }
}

/// Whether this installation made the ticket, for this campaign. Takes the same
/// time whatever is wrong with it.
pub fn is_genuine(keys: &Keys, campaign: &CampaignId, ticket: &Ticket) -> bool {
    secret::equal(&ticket.mark, &mark(keys, campaign, &ticket.serial))
}

/// Spends the ticket for good, once, within the caller's transaction, and keeps the
/// sealed envelope with it until it is collected. The caller has made sure that the
/// ticket [`is_genuine`]. On PostgreSQL the transaction is lost
/// when it was spent before: return the error and let it roll back.
pub fn spend(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &CampaignId,
    ticket: &Ticket,
    envelope: &[u8],
) -> Result<(), SpendError> {
    match store::insert(conn, campaign, &hash(keys, campaign, ticket), envelope) {
        Err(e) if db::is_unique_violation(&e) => Err(SpendError::AlreadySpent),
        other => Ok(other?),
    }
}

/// Whether it was spent: for telling a leaver before they answer, not for
/// deciding whether an answer counts. That is [`spend`]'s.
pub fn is_spent(conn: &mut Conn, keys: &Keys, campaign: &CampaignId, ticket: &Ticket) -> diesel::QueryResult<bool> {
    store::exists(conn, campaign, &hash(keys, campaign, ticket))
}

fn mark(keys: &Keys, campaign: &CampaignId, serial: &[u8; 8]) -> [u8; 8] {
    first_half(keys.mac(Purpose::TicketMark, &[campaign.as_str().as_bytes(), serial]))
}

/// What is kept of a ticket that was spent.
pub fn hash(keys: &Keys, campaign: &CampaignId, ticket: &Ticket) -> String {
    keys.hash(Purpose::SpentTicket, &[campaign.as_str().as_bytes(), &ticket.bytes()])
}

fn first_half(mac: [u8; 32]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = mac;
    [a, b, c, d, e, f, g, h]
}

#[cfg(test)]
mod tests;
