//! Uptake: how many of those who were offered an interview took it up, in which
//! mode, why others declined, how long interviews took, and whether the option of
//! an independent interviewer made a difference. Pure.
//!
//! People who did something with an offer are people like any group. Here they are
//! in parts (what became of the offer; why it was declined; before and after), and
//! the rules are about sums of parts, shown or not:
//!
//! 1. Whatever can be added up from one release is of nobody or of k at least. A
//!    part of fewer is hidden, and with it another, until those who are hidden are
//!    k together.
//! 2. Compared with every earlier release, nothing that can be added up from both
//!    has changed by 1 to k-1 people; nor is a set of parts larger by so few than
//!    one that it includes was.
//! 3. What breaks 2 is not brought up to date: the figures that were last published
//!    stand, with their `as_at`. Each kind of parts stands by itself; none is newer
//!    than the two figures that all are sums of, offered and taken up.
//!
//! # What this does not do
//!
//! Two releases give nothing about fewer than k away that way; over more, the rules
//! are not complete (`attack.rs` says how often it gets through). People move between
//! parts, and counts before and after do not say who did: what is compared is how
//! many there are. It is no defence against who knows what became
//! of some of the offers, nor against counting what was published elsewhere: how many
//! answers a release counts is known, so those who took the offer up and have not
//! answered yet can be few. It says that they have not, and nothing else of them.

#[cfg(test)]
mod attack;
mod held;
mod known;
mod model;
mod option;
mod parts;
mod reasons;
#[cfg(test)]
mod tests;

pub use held::Held;
pub use model::{IndependentOption, Interviews, Parts, TakenUp, Uptake};
pub use option::{BeforeAndAfter, Reached};
pub use parts::Part;

use super::model::Release;
use super::percent::figure;
use known::Known;
use parts::{InParts, known};
use serde::{Deserialize, Serialize};

/// As counted by whoever knows of invitations and interviews; nothing of who they
/// are. All names are codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UptakeCounts {
    pub offered: u64,
    pub taken_up: u64,
    /// In which of the modes that the campaign has, or had.
    pub modes: Vec<Part>,
    pub declined: u64,
    /// Those who said why, by every reason that can be given.
    pub declined_because: Vec<Part>,
    pub interviews: Vec<Held>,
    /// Of a campaign that began without independent interviewers.
    pub independent_option: Option<BeforeAndAfter>,
}

const TAKEN_UP: [&str; 3] = ["online", "independent", "hr"];
const NOT_TAKEN_UP: [&str; 2] = ["declined", "outstanding"];

/// What the release after `earlier` can say of uptake.
pub fn uptake(counts: &UptakeCounts, earlier: &[Release], k: u32) -> Option<Uptake> {
    let standing = earlier.last().and_then(|last| Some(last.uptake.clone()?.standing(last.number)));
    let before = Before { releases: earlier.iter().filter_map(fresh).collect(), k: u64::from(k) };
    if !before.allows_totals(counts) {
        return standing;
    }
    let (by_mode, declined_because, interviews, independent_option) = match standing {
        Some(last) => (last.by_mode, last.declined_because, last.interviews, last.independent_option),
        None => (None, None, None, None),
    };
    Some(Uptake {
        as_at: None,
        offered: counts.offered,
        taken_up: figure(counts.taken_up, counts.offered)?,
        by_mode: before.by_mode(counts).or(by_mode),
        declined_because: reasons::decide(counts, &before).or(declined_because),
        interviews: held::decide(counts, &before).or(interviews),
        independent_option: option::decide(counts, &before).or(independent_option),
    })
}

/// The earlier releases whose uptake was new in them, and the k of today.
struct Before<'a> {
    releases: Vec<&'a Uptake>,
    k: u64,
}

fn fresh(release: &Release) -> Option<&Uptake> {
    release.uptake.as_ref().filter(|uptake| uptake.as_at.is_none())
}

impl Before<'_> {
    /// Nobody outstanding is no group; nobody who took it up is no uptake.
    fn allows_totals(&self, counts: &UptakeCounts) -> bool {
        let Some(others) = counts.offered.checked_sub(counts.taken_up) else { return false };
        let mut now = Known::default();
        now.add(TAKEN_UP, counts.taken_up);
        now.add(NOT_TAKEN_UP, others);
        counts.taken_up >= self.k
            && self.allows(&now, self.releases.iter().map(|uptake| outcomes(uptake)))
            && self.releases.iter().all(|uptake| option::allows_totals(uptake, counts, self.k))
    }

    fn by_mode(&self, counts: &UptakeCounts) -> Option<Parts> {
        let others = counts.offered.checked_sub(counts.taken_up)?;
        let outstanding = others.checked_sub(counts.declined)?;
        let not_taken_up = NOT_TAKEN_UP.map(str::to_owned).into_iter().zip([counts.declined, outstanding]).collect();
        let parts = InParts { sides: vec![counts.modes.clone(), not_taken_up] };
        let shown = Some(parts).filter(|parts| parts.people() == counts.offered)?.shown(self.k);
        let now = known(&shown, &[(&TAKEN_UP, counts.taken_up), (&NOT_TAKEN_UP, others)]);
        self.allows(&now, self.releases.iter().map(|uptake| outcomes(uptake))).then_some(shown)
    }

    fn allows(&self, now: &Known, mut earlier: impl Iterator<Item = Known>) -> bool {
        now.is_safe(self.k) && earlier.all(|earlier| now.follows(&earlier, self.k))
    }
}

/// What `uptake` says of what became of the offers.
fn outcomes(uptake: &Uptake) -> Known {
    let (taken_up, others) = (uptake.taken_up.count, uptake.offered.saturating_sub(uptake.taken_up.count));
    match uptake.by_mode.as_ref().filter(|parts| parts.as_at.is_none()) {
        Some(parts) => known(parts, &[(&TAKEN_UP, taken_up), (&NOT_TAKEN_UP, others)]),
        None => {
            let mut known = Known::default();
            known.add(TAKEN_UP, taken_up);
            known.add(NOT_TAKEN_UP, others);
            known
        }
    }
}
