//! What the answers of somebody are handed in with who asks for an interview.

use super::invitation::Invited;
use super::refused::Closed;
use crate::db::Conn;
use crate::interview;
use crate::invitation::Exchanged;
use crate::secret::Keys;
use crate::ticket::{self, Ticket};

/// The ticket that the code gives; or, where a browser has made it, the one that is in
/// their case already, or else the one that they write down. None: they have to.
/// Whoever has sent their answers has nothing left to ask for.
pub(super) fn of(conn: &mut Conn, keys: &Keys, invited: &Invited, written: &str) -> Result<Option<Ticket>, Closed> {
    let campaign = &invited.campaign.id;
    let ticket = match invited.exchanged {
        Some(Exchanged::Blinded) => match interview::right(conn, keys, &invited.id)? {
            Some(held) => Ticket::from_bytes(&held),
            None => Ticket::read(written).filter(|ticket| ticket::is_genuine(keys, campaign, ticket)),
        },
        Some(Exchanged::Here) | None => Some(invited.ticket(keys)),
    };
    match ticket {
        Some(ticket) if ticket::is_spent(conn, keys, campaign, &ticket)? => Err(Closed::NotGood),
        ticket => Ok(ticket),
    }
}

/// Whether they have to write it down: nobody but them knows it.
pub(super) fn is_to_be_written(invited: &Invited) -> bool {
    invited.exchanged == Some(Exchanged::Blinded) && invited.standing.is_none()
}
