//! What a release says of uptake, as it is frozen. Releases that were made before a
//! field was there do not have it: what is added is left out where there is none.

use crate::release::model::{Cell, Difference, Figure};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How many of those who were offered an interview took it up, and how. The field
/// order is hashed, as everywhere in a release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Uptake {
    /// As [`crate::release::Group::as_at`], for the two figures that follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<u32>,
    pub offered: u64,
    pub taken_up: Figure,
    /// What became of the offers: the modes in which they were taken up, then
    /// `declined` and `outstanding`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_mode: Option<Parts>,
    /// Why people declined, of those who said why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined_because: Option<Parts>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interviews: Option<Interviews>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub independent_option: Option<IndependentOption>,
}

/// So many people, each of whom is in one of the cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<u32>,
    pub base: u64,
    pub cells: Vec<Cell>,
}

/// The interviews that were handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interviews {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<u32>,
    pub held: u64,
    /// Of them: those in which the person was read, or sent, what was written down.
    pub read_back: Option<Figure>,
    /// From asking for it to handing in, in whole days.
    pub median_days: u32,
}

/// Uptake before there was the option of an independent interviewer, and since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndependentOption {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<u32>,
    /// The day on which it was switched on.
    pub since: NaiveDate,
    /// Those who had been offered an interview by then, as they stood then.
    pub before: TakenUp,
    /// Those to whom the offer went out later.
    pub after: TakenUp,
    /// By how many points uptake is higher after than before.
    pub difference: Difference,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TakenUp {
    pub offered: u64,
    pub taken_up: Figure,
}

impl Uptake {
    /// The same, in a release after `number` that has nothing newer.
    pub(super) fn standing(self, number: u32) -> Uptake {
        let at = |as_at: Option<u32>| as_at.or(Some(number));
        Uptake {
            as_at: at(self.as_at),
            by_mode: self.by_mode.map(|parts| Parts { as_at: at(parts.as_at), ..parts }),
            declined_because: self.declined_because.map(|parts| Parts { as_at: at(parts.as_at), ..parts }),
            interviews: self.interviews.map(|held| Interviews { as_at: at(held.as_at), ..held }),
            independent_option: self.independent_option.map(|both| IndependentOption { as_at: at(both.as_at), ..both }),
            ..self
        }
    }
}
