//! Saying no, with or without a reason. The reason is counted and not kept: no row
//! says whose it was.

use super::{Offer, Refused, State, store, usable};
use crate::campaign;
use crate::db::Conn;
use crate::invitation::InvitationCode;
use crate::secret::Keys;
use chrono::NaiveDate;

/// Why somebody says no, if they like to say. The words are stored: do not change
/// one that is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclineReason {
    NoTime,
    /// They do not trust that it is anonymous.
    NotAnonymous,
    /// Nothing would change.
    NothingChanges,
    /// They have said it to somebody already.
    SaidAlready,
    Other,
}

impl DeclineReason {
    pub const ALL: [DeclineReason; 5] = [
        DeclineReason::NoTime,
        DeclineReason::NotAnonymous,
        DeclineReason::NothingChanges,
        DeclineReason::SaidAlready,
        DeclineReason::Other,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            DeclineReason::NoTime => "no_time",
            DeclineReason::NotAnonymous => "not_anonymous",
            DeclineReason::NothingChanges => "nothing_changes",
            DeclineReason::SaidAlready => "said_already",
            DeclineReason::Other => "other",
        }
    }

    pub fn read(text: &str) -> Option<DeclineReason> {
        DeclineReason::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// Declines the offer. It can still be taken up afterwards: minds change. Only who
/// had said nothing yet is counted with their reason, so that pressing twice does
/// not count twice.
pub fn decline(
    conn: &mut Conn,
    keys: &Keys,
    today: NaiveDate,
    code: &InvitationCode,
    reason: Option<DeclineReason>,
) -> Result<Offer, Refused> {
    let found = usable(conn, keys, today, code)?;
    if store::change(conn, &found.invitation_id, &[State::Offered], State::Declined)? {
        if let Some(reason) = reason {
            // Two first ones of a kind would otherwise both add its row.
            campaign::store::hold(conn, &found.campaign_id)?;
            store::count_reason(conn, &found.campaign_id, reason)?;
        }
        return Ok(store::Found { state: State::Declined, ..found }.offer(keys, code));
    }
    match store::state(conn, &found.invitation_id)? {
        State::Declined => Ok(store::Found { state: State::Declined, ..found }.offer(keys, code)),
        State::Offered | State::TakenUp => Err(Refused::NotGood),
    }
}
