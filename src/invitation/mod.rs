//! The offer to one person, and the codes that reach it: one side of the wall.
//!
//! What happens to an offer is here: looked at, taken up, declined. Who answers
//! what is not: taking an offer up marks the code as exchanged, and from then on
//! the person is not known any more. HR sees [`Counts`], and the list of whom it
//! invited; nothing here says of one person what they did with the offer.

mod code;
mod decline;
mod elsewhere;
mod outreach;
pub mod people;
pub mod store;

pub use code::InvitationCode;
pub use decline::{DeclineReason, decline};
pub use elsewhere::{Elsewhere, elsewhere};
pub use outreach::{Letter, Letters, Ready, letters, mint_code, ready, remind, send};
pub use people::Person;
pub use store::{decline_tally, reached_since, uptake};

use crate::campaign::{self, Campaign};
use crate::db::{self, Conn};
use crate::id::{CampaignId, InvitationId};
use crate::secret::{Keys, Purpose};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What has become of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Offered,
    /// Its code was exchanged for a ticket; whether that was used is not known.
    TakenUp,
    Declined,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Offered => "offered",
            State::TakenUp => "taken_up",
            State::Declined => "declined",
        }
    }

    pub fn read(text: &str) -> Option<State> {
        [State::Offered, State::TakenUp, State::Declined].into_iter().find(|state| state.as_str() == text)
    }
}

/// What somebody who holds a code may know: no name, no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub invitation_id: InvitationId,
    pub campaign_id: CampaignId,
    pub state: State,
    /// The code was exchanged: its ticket may be in somebody's hands.
    pub exchanged: Option<Exchanged>,
}

/// What a code is exchanged for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// The ticket that is derived from it here.
    Here,
    /// A signature on what a browser has blinded.
    Blinded(Vec<u8>),
}

/// How a code was exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchanged {
    /// Here: the code gives its ticket again.
    Here,
    /// Blindly: nobody but whoever did it can tell the ticket.
    Blinded,
}

impl Exchange {
    /// What is kept of it: both ways look alike to whoever has not the key.
    fn hash(&self, keys: &Keys, code: &InvitationCode) -> String {
        let code = code.as_bytes();
        match self {
            Exchange::Here => keys.hash(Purpose::Exchange, &[&code]),
            Exchange::Blinded(blinded) => keys.hash(Purpose::Exchange, &[&code, blinded]),
        }
    }
}

/// How many were invited, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub offered: u64,
    pub taken_up: u64,
    pub declined: u64,
    /// Offered, and neither taken up nor declined.
    pub outstanding: u64,
    /// Of the outstanding: those to whom nothing has gone out yet.
    pub unsent: u64,
}

impl Counts {
    /// Those to whom the offer has gone out: what uptake is a share of.
    pub fn reached(&self) -> u64 {
        self.offered.saturating_sub(self.unsent)
    }
}

/// Of those to whom the offer first went out in a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    pub offered: u64,
    pub taken_up: u64,
}

/// Why a code is of no use. Unknown, malformed, spent, foreign and late are one:
/// whoever tries codes learns nothing from the answer.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("this code is not one that can be used")]
    NotGood,
    /// Whoever has the code sees so on its page.
    #[error("this code was exchanged for another ticket")]
    Exchanged,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// What an upload came to.
#[derive(Debug, Default)]
pub struct Invited {
    pub new: usize,
    /// They were invited before, or stood in the list twice: nothing was done.
    pub already: Vec<Person>,
}

/// Puts people on a campaign's list. Nothing goes out yet. Somebody who is on it
/// already (see [`Person::same`]) stays there once.
pub fn invite(conn: &mut Conn, campaign: &Campaign, people: Vec<Person>) -> diesel::QueryResult<Invited> {
    campaign::store::hold(conn, &campaign.id)?;
    let mut known: BTreeSet<_> = store::invited(conn, &campaign.id)?.iter().map(Person::same).collect();
    let mut invited = Invited::default();
    for person in people {
        if known.insert(person.same()) {
            store::add(conn, &campaign.id, &person)?;
            invited.new += 1;
        } else {
            invited.already.push(person);
        }
    }
    Ok(invited)
}

/// Keeps everybody else from doing something with the offer behind a code until the
/// transaction ends. Before looking, for whoever decides by what they see: of two tabs
/// that each saw that there is no ticket yet, one would get a second.
pub fn hold(conn: &mut Conn, keys: &Keys, code: &InvitationCode) -> diesel::QueryResult<()> {
    match store::by_code(conn, &code.hash(keys))? {
        Some(found) => hold_by_id(conn, &found.invitation_id),
        None => Ok(()),
    }
}

/// [`hold`], for whoever has no code.
pub fn hold_by_id(conn: &mut Conn, id: &InvitationId) -> diesel::QueryResult<()> {
    db::alone(conn, id.as_str())
}

/// Looks at the offer behind a code without changing anything.
pub fn look(conn: &mut Conn, keys: &Keys, today: NaiveDate, code: &InvitationCode) -> Result<Offer, Refused> {
    Ok(usable(conn, keys, today, code)?.offer(keys, code))
}

/// Takes the offer up and exchanges the code. Doing it again with the same code for
/// the same thing is the same as once: the link opened twice, an answer that was lost
/// on its way. Anything else is refused, and so is a second code of the same person
/// (from a reminder).
pub fn take_up(
    conn: &mut Conn,
    keys: &Keys,
    today: NaiveDate,
    code: &InvitationCode,
    exchange: &Exchange,
) -> Result<Offer, Refused> {
    let found = usable(conn, keys, today, code)?;
    let exchanged_for = exchange.hash(keys, code);
    let from = [State::Offered, State::Declined];
    if store::change(conn, &found.invitation_id, &from, State::TakenUp)? {
        store::mark_exchanged(conn, &found.code_hash, &exchanged_for)?;
    }
    // It was taken up before, or somebody was faster since we looked: fine if it was
    // with this very code and for this very thing.
    let now = store::by_code(conn, &found.code_hash)?.ok_or(Refused::NotGood)?;
    match &now.exchanged_for {
        Some(before) if *before == exchanged_for => Ok(now.offer(keys, code)),
        // From before exchanges were kept.
        None if now.is_exchanged && *exchange == Exchange::Here => Ok(now.offer(keys, code)),
        None if !now.is_exchanged => Err(Refused::NotGood),
        _ => Err(Refused::Exchanged),
    }
}

/// Lets an offer that was taken up stand again, with all of its codes: for an
/// interview that came to nothing, whose ticket went with its case. Never for one
/// whose ticket is in somebody's hands: another code would get them a second one.
/// False: it is not taken up (any more).
pub fn stand_again(conn: &mut Conn, id: &InvitationId) -> diesel::QueryResult<bool> {
    let is_changed = store::change(conn, id, &[State::TakenUp], State::Offered)?;
    if is_changed {
        store::take_back(conn, id)?;
    }
    Ok(is_changed)
}

/// Declines for somebody who had taken the offer up to be interviewed, whose ticket
/// went with the case: nothing tells it from an offer that was declined at once, and
/// any of its codes takes it up again. Never for one whose ticket is in somebody's
/// hands. False: it is not taken up (any more).
pub fn withdraw(conn: &mut Conn, id: &InvitationId) -> diesel::QueryResult<bool> {
    let is_changed = store::change(conn, id, &[State::TakenUp], State::Declined)?;
    if is_changed {
        store::take_back(conn, id)?;
    }
    Ok(is_changed)
}

/// The invitation behind a code, if the code is good for anything today. A code
/// that was exchanged in time is good for as long as its ticket is, so that the
/// link goes on working for somebody who is in the middle.
fn usable(conn: &mut Conn, keys: &Keys, today: NaiveDate, code: &InvitationCode) -> Result<store::Found, Refused> {
    let found = store::by_code(conn, &code.hash(keys))?.ok_or(Refused::NotGood)?;
    let campaign = campaign::store::get(conn, &found.campaign_id)?.ok_or(Refused::NotGood)?;
    let is_good = match (found.state, found.is_exchanged) {
        (State::TakenUp, true) => campaign.takes_responses(today),
        (State::Offered | State::Declined, true) => campaign.takes_invitations(today),
        // Nobody gets the tickets of two codes. This one may have been exchanged
        // since we looked, by a second press.
        (_, false) => {
            campaign.takes_invitations(today)
                && !store::has_exchanged_another(conn, &found.invitation_id, &found.code_hash)?
        }
    };
    if is_good { Ok(found) } else { Err(Refused::NotGood) }
}

#[cfg(test)]
pub(crate) mod tests;
