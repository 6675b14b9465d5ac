//! One organisation's running use of one survey version, and its policy: how
//! few people a figure may be about, until when it runs, how often it reminds.
//! What splits the figures (the breakdowns and their crossings) and how far hidden ones
//! are protected is fixed when it opens.

mod crossing;
pub mod keys;
mod mode;
mod open;
pub mod store;

pub use crossing::{Crossing, InvalidCrossing, read_crossing};
pub use mode::{Before, Mode, ModesError, OfferedMode, set_modes};
pub use open::{NewCampaign, OpenError, Problem, open};

use crate::clock::Time;
use crate::db::Conn;
use crate::id::{CampaignId, OrganisationId};
use crate::survey::{Code, Kind};
use chrono::{Days, NaiveDate};

/// How few people a figure may be about: *k*. Five unless the organisation
/// chose more; never under three, whatever it chose.
pub const DEFAULT_MIN_BASE: u32 = 5;
pub const LEAST_MIN_BASE: u32 = 3;
pub const MOST_MIN_BASE: u32 = 100;
/// The same for comments, which are about people in their own words.
pub const DEFAULT_COMMENT_MIN_BASE: u32 = 10;
/// How far apart the least and the greatest are, at least, that a hidden number of
/// people can be, whoever works at it.
pub const DEFAULT_PROTECTION: u32 = 5;
pub const MOST_PROTECTION: u32 = 100;
pub const DEFAULT_REMINDER_DAYS: u32 = 7;
pub const DEFAULT_REMINDER_LIMIT: u32 = 2;
/// In how many days an interviewer takes a case before another is offered it.
pub const DEFAULT_OFFER_DAYS: u32 = 3;
/// After how many days what somebody left to be reached by is erased.
pub const DEFAULT_CONTACT_DAYS: u32 = 42;

/// How long a ticket that is out is still good for after the last day.
const GRACE: Days = Days::new(7);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    pub id: CampaignId,
    pub organisation_id: OrganisationId,
    /// The hash of the survey version that it asks.
    pub survey_version: String,
    pub name: String,
    pub kind: Kind,
    pub min_base: u32,
    pub comment_min_base: u32,
    pub opened_on: NaiveDate,
    /// The last day on which an invitation can be taken up; none: rolling.
    pub closes_on: Option<NaiveDate>,
    /// The day on which it was closed by hand.
    pub closed_on: Option<NaiveDate>,
    /// At least this many days lie between what one person is sent.
    pub reminder_days: u32,
    /// At most this many reminders follow an invitation.
    pub reminder_limit: u32,
    /// The questions by which figures are split, in the order of the tables.
    pub breakdowns: Vec<Code>,
    /// By which two of them at once, in the order of the tables.
    pub crossings: Vec<Crossing>,
    /// How far apart the least and the greatest are, at least, that a hidden number can be.
    pub protection: u32,
    /// Its figures are for publication to the world: small counts within a group are
    /// hidden too.
    pub is_strict: bool,
    /// All modes that it has or had, in the order in which they are offered.
    pub modes: Vec<OfferedMode>,
    /// A case that nobody took in this many days goes to another interviewer.
    pub offer_days: u32,
    /// After this many days what somebody left to be reached by is erased.
    pub contact_days: u32,
}

impl Campaign {
    /// The modes that are on, in the order in which they are offered.
    pub fn offered_modes(&self) -> impl Iterator<Item = &OfferedMode> {
        self.modes.iter().filter(|mode| mode.is_on)
    }

    pub fn offers(&self, mode: Mode) -> bool {
        self.offered_modes().any(|offered| offered.mode == mode)
    }

    /// Whether people can be invited, and take the offer up.
    pub fn takes_invitations(&self, today: NaiveDate) -> bool {
        self.closed_on.is_none() && self.closes_on.is_none_or(|last| today <= last)
    }

    /// Whether a ticket can be handed in: for a week longer than invitations can
    /// be taken up, so that nobody is cut off in the middle.
    pub fn takes_responses(&self, today: NaiveDate) -> bool {
        self.last_day_of_responses().is_none_or(|last| today <= last)
    }

    /// The last day on which a ticket can be handed in; none: rolling.
    pub fn last_day_of_responses(&self) -> Option<NaiveDate> {
        let last = match (self.closes_on, self.closed_on) {
            (Some(closes), Some(closed)) => Some(closes.min(closed)),
            (closes, closed) => closes.or(closed),
        };
        last.and_then(|last| last.checked_add_days(GRACE))
    }

    /// Whether somebody may be reminded today: `times_sent` counts what they
    /// were sent so far, the invitation itself included.
    pub fn may_remind(&self, today: NaiveDate, times_sent: u32, last_sent_on: NaiveDate) -> bool {
        let next = last_sent_on.checked_add_days(Days::new(self.reminder_days.into()));
        self.takes_invitations(today)
            && (1..=self.reminder_limit).contains(&times_sent)
            && next.is_some_and(|next| next <= today)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum RaiseError {
    #[error("the smallest group can be raised, never lowered: it is {0} now")]
    WouldLower(u32),
    #[error("the smallest group is {MOST_MIN_BASE} at most")]
    TooHigh,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Raises *k*, and with it the least base for comments where that would be less.
pub fn raise_min_base(conn: &mut Conn, campaign: &mut Campaign, min_base: u32) -> Result<(), RaiseError> {
    if min_base > MOST_MIN_BASE {
        return Err(RaiseError::TooHigh);
    }
    let comment_min_base = campaign.comment_min_base.max(min_base);
    if min_base < campaign.min_base || !store::raise(conn, &campaign.id, min_base, comment_min_base)? {
        return Err(RaiseError::WouldLower(campaign.min_base));
    }
    campaign.min_base = min_base;
    campaign.comment_min_base = comment_min_base;
    Ok(())
}

/// Closes it by hand from now on. False: it was closed before, and stays as it was.
pub fn close(conn: &mut Conn, now: Time, campaign: &Campaign) -> diesel::QueryResult<bool> {
    store::close(conn, &campaign.id, now.date())
}

#[cfg(test)]
mod tests;
