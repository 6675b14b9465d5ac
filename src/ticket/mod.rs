//! Tickets: the anonymous right to hand in one response.
//!
//! A ticket is a 64-bit serial and a 64-bit mark that only this installation can
//! make. Nothing about a ticket is kept until it is spent, and then only a keyed
//! hash of it. The serial is derived from what it is exchanged for, so that the
//! same link gets the same ticket again; whoever blinds the exchange later makes
//! the serial elsewhere, and the rest stays as it is.
//!
//! Knows nothing of invitations: what the serial is derived from is bytes here.

mod store;

use crate::db::{self, Conn};
use crate::id::CampaignId;
use crate::secret::{self, Keys, Purpose};
use crate::typed::{self, TICKET_DIGITS};
use std::fmt;

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

/// Spends the ticket for good, once, within the caller's transaction. The caller
/// has made sure that it [`is_genuine`]. On PostgreSQL the transaction is lost
/// when it was spent before: return the error and let it roll back.
pub fn spend(conn: &mut Conn, keys: &Keys, campaign: &CampaignId, ticket: &Ticket) -> Result<(), SpendError> {
    match store::insert(conn, campaign, &hash(keys, campaign, ticket)) {
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

fn hash(keys: &Keys, campaign: &CampaignId, ticket: &Ticket) -> String {
    keys.hash(Purpose::SpentTicket, &[campaign.as_str().as_bytes(), &ticket.bytes()])
}

fn first_half(mac: [u8; 32]) -> [u8; 8] {
    let [a, b, c, d, e, f, g, h, ..] = mac;
    [a, b, c, d, e, f, g, h]
}

#[cfg(test)]
mod tests;
