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
//!    K together: k, or the protection width where that is more.
//! 2. Compared with every earlier release, nothing that can be added up from both
//!    has changed by 1 to k-1 people; nor is a set of parts larger by so few than
//!    one that it includes was.
//! 3. To take the offer up is to answer: who took part is counted when their answers
//!    are, in the mode in which they came, and no open case is. So uptake and tables are one
//!    system: all responses, those of a mode, the interviews that were held, the mode's
//!    table where figures are split by it. [`crate::release::audit::uptake`] attacks it as a
//!    whole, with linear programs; what would let it find anything is not published.
//! 4. What breaks these is not brought up to date: the figures that were last published
//!    stand, with their `as_at`. Each kind of parts stands by itself; none is newer
//!    than the two figures that all are sums of, offered and taken up.
//!
//! # Why that is enough
//!
//! Whoever has answered is in one mode for good; who has not may have declined or not, and
//! nobody else knows how often they changed their mind. So, as far as published numbers tell,
//! anybody who came in one interval may have stayed among those who have not answered
//! through any later ones, in any of their parts, and have answered in any after that. How
//! many went one such way can be as many as the smallest of: those who came in its first
//! interval; those who had not answered yet, and of them the part that it was in, at every
//! release that it passes; those who answered in its last interval, in its mode. (Take them
//! along it; the others can take each other's places.) By 1 and 2 each of these is nobody or k at
//! least. So of no set of such ways can anybody show that it was gone by 1 to k-1 people,
//! however many releases they put together: `attack.rs` tries.
//!
//! # What this does not do
//!
//! Whoever knows from elsewhere which ways nobody went knows more: that all who have
//! answered since came in the first year, say. With three releases that can single out the few
//! of the first year who are left (`attack.rs` says how often). They have not answered,
//! and nothing else is known of them. It is no defence against who knows what became
//! of some of the offers; HR's own page counts offers as they are taken up, one by one.

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

use super::audit::{self, Rule};
use super::model::{Group, Release, Table};
use super::percent::figure;
use crate::survey::MODE;
use known::Known;
use parts::{InParts, known};
use serde::{Deserialize, Serialize};

/// As counted by whoever knows of invitations and interviews; nothing of who they
/// are. All names are codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UptakeCounts {
    pub offered: u64,
    /// Those who answered.
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

const ONLINE: &str = "online";
const TAKEN_UP: [&str; 3] = [ONLINE, "independent", "hr"];
const NOT_TAKEN_UP: [&str; 2] = ["declined", "outstanding"];

impl UptakeCounts {
    /// The same with those as having taken the offer up who have answered, so many in
    /// each mode, and nobody else. What was imported is of nobody who had an offer.
    pub fn answered<'a>(self, modes: impl IntoIterator<Item = (&'a str, u64)>) -> UptakeCounts {
        let mut answered = TAKEN_UP.map(|mode| (mode, 0));
        for (mode, more) in modes {
            if let Some((_, people)) = answered.iter_mut().find(|(name, _)| *name == mode) {
                *people += more;
            }
        }
        let was_offered = |mode: &str| self.modes.iter().any(|(name, _)| name == mode);
        let shown = answered.into_iter().filter(|(mode, people)| *people > 0 || was_offered(mode));
        let parts: Vec<Part> = shown.map(|(mode, people)| (mode.to_owned(), people)).collect();
        UptakeCounts { taken_up: parts.iter().map(|(_, people)| people).sum(), modes: parts, ..self }
    }
}

/// What `release`, which follows `earlier` and has its tables already, can say of uptake.
pub fn uptake(counts: &UptakeCounts, release: &Release, earlier: &[Release]) -> Option<Uptake> {
    let standing = earlier.last().and_then(|last| Some(last.uptake.clone()?.standing(last.number)));
    let (k, least) = (release.policy.k(), release.policy.least());
    let before = Before { releases: earlier.iter().filter_map(fresh).collect(), k, least };
    let beside = Beside::new(release, earlier);
    let totals = before.totals(counts, standing.as_ref()).filter(|totals| beside.allows(totals));
    let Some(mut decided) = totals else { return standing };
    let table = own_table(release);
    let by_mode = before.by_mode(counts, table).map(|parts| Uptake { by_mode: Some(parts), ..decided.clone() });
    if let Some(newer) = by_mode.filter(|newer| beside.allows(newer)) {
        decided = newer;
    }
    let is_told = table.is_none() || decided.by_mode.as_ref().is_some_and(tells_interviews);
    let interviews = held::decide(counts, &before).filter(|_| is_told);
    let interviews = interviews.map(|held| Uptake { interviews: Some(held), ..decided.clone() });
    if let Some(newer) = interviews.filter(|newer| beside.allows(newer)) {
        decided = newer;
    }
    Some(Uptake {
        declined_because: reasons::decide(counts, &before).or(decided.declined_because),
        independent_option: option::decide(counts, &before).or(decided.independent_option),
        ..decided
    })
}

/// The earlier releases whose uptake was new in them, and the k and K of today.
struct Before<'a> {
    releases: Vec<&'a Uptake>,
    k: u64,
    least: u64,
}

fn fresh(release: &Release) -> Option<&Uptake> {
    release.uptake.as_ref().filter(|uptake| uptake.as_at.is_none())
}

impl Before<'_> {
    /// Newer totals, and for the time being what stands of their parts. Nobody outstanding is
    /// no group; nobody who took it up is no uptake.
    fn totals(&self, counts: &UptakeCounts, standing: Option<&Uptake>) -> Option<Uptake> {
        let others = counts.offered.checked_sub(counts.taken_up)?;
        let mut now = Known::default();
        now.add(TAKEN_UP, counts.taken_up);
        now.add(NOT_TAKEN_UP, others);
        let is_safe = counts.taken_up >= self.k
            && self.allows(&now, self.releases.iter().map(|uptake| outcomes(uptake)))
            && self.releases.iter().all(|uptake| option::allows_totals(uptake, counts, self.k));
        let taken_up = figure(counts.taken_up, counts.offered).filter(|_| is_safe)?;
        Some(Uptake {
            as_at: None,
            offered: counts.offered,
            taken_up,
            by_mode: standing.and_then(|last| last.by_mode.clone()),
            declined_because: standing.and_then(|last| last.declined_because.clone()),
            interviews: standing.and_then(|last| last.interviews.clone()),
            independent_option: standing.and_then(|last| last.independent_option.clone()),
        })
    }

    fn by_mode(&self, counts: &UptakeCounts, table: Option<&Group>) -> Option<Parts> {
        let others = counts.offered.checked_sub(counts.taken_up)?;
        let outstanding = others.checked_sub(counts.declined)?;
        let not_taken_up = NOT_TAKEN_UP.map(str::to_owned).into_iter().zip([counts.declined, outstanding]).collect();
        let parts = InParts { sides: vec![counts.modes.clone(), not_taken_up] };
        let shown = Some(parts).filter(|parts| parts.people() == counts.offered)?.shown(self, &hidden_in(table));
        let now = known(&shown, &[(&TAKEN_UP, counts.taken_up), (&NOT_TAKEN_UP, others)]);
        self.allows(&now, self.releases.iter().map(|uptake| outcomes(uptake))).then_some(shown)
    }

    fn allows(&self, now: &Known, mut earlier: impl Iterator<Item = Known>) -> bool {
        now.is_safe(self.k) && earlier.all(|earlier| now.follows(&earlier, self.k))
    }
}

/// The table of the mode itself, where figures are split by it. Uptake tells nothing of modes then
/// that it does not: what the table hides, or has of an earlier release, uptake hides, and it
/// has the interviews that were held if they are a sum of what is shown.
fn own_table(release: &Release) -> Option<&Group> {
    let is_own = |table: &&Table| table.question == MODE && table.breakdown.is_none();
    release.tables.iter().find(is_own).and_then(|table| table.groups.first())
}

fn hidden_in(table: Option<&Group>) -> Vec<&str> {
    let Some(table) = table else { return Vec::new() };
    let cells = table.cells.as_deref().unwrap_or_default();
    let is_shown = |mode: &&str| {
        let cell = cells.iter().find(|cell| cell.option == **mode);
        table.as_at.is_none() && cell.is_some_and(|cell| cell.count.is_some() && cell.as_at.is_none())
    };
    TAKEN_UP.into_iter().filter(|mode| !is_shown(mode)).collect()
}

fn tells_interviews(parts: &Parts) -> bool {
    let is_hidden = |mode: &str| parts.cells.iter().any(|cell| cell.option == mode && cell.count.is_none());
    let [online, independent, hr] = TAKEN_UP.map(is_hidden);
    parts.as_at.is_none() && !online && independent == hr
}

/// The release that uptake is for, beside the earlier ones.
struct Beside {
    releases: Vec<Release>,
}

impl Beside {
    fn new(release: &Release, earlier: &[Release]) -> Self {
        let without = Release { uptake: None, ..release.clone() };
        Beside { releases: earlier.iter().cloned().chain([without]).collect() }
    }

    /// Whether an attack on all of them finds nothing, but for what it finds without this
    /// uptake too: that cannot be called back.
    fn allows(&self, uptake: &Uptake) -> bool {
        let mut releases = self.releases.clone();
        if let Some(last) = releases.last_mut() {
            last.uptake = Some(uptake.clone());
        }
        let found = audit::uptake::breaches(&releases);
        if found.is_empty() {
            return true;
        }
        let without = audit::uptake::breaches(&self.releases);
        found.iter().all(|breach| breach.rule != Rule::Contradiction && without.contains(breach))
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
