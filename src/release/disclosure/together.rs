//! Groups that are decided together, and the sums that they are parts of: rules 2
//! and 3 of [the chapter](super).

use super::fewest::{Method, Remainder, fewest};
use super::line::Line;
use super::{Place, Rules};
use std::collections::BTreeSet;

/// Groups of one population, by one breakdown or crossing.
#[derive(Debug, Default)]
pub struct Together {
    pub groups: Vec<Candidate>,
    pub sums: Vec<Sum>,
}

#[derive(Clone, Debug)]
pub struct Candidate {
    pub place: Place,
    pub line: Line,
    /// Whether all that it lies in is up to date.
    pub may_advance: bool,
    /// Whether its new figures would tell of too few by themselves: of its answers
    /// follows how many were asked another question.
    pub tells_of_few: bool,
}

/// A sum that is published, or that may be known, and the groups that it is of.
#[derive(Clone, Debug)]
pub struct Sum {
    pub whole: Line,
    pub parts: Vec<usize>,
    /// Whether the sum is published: else it is what an attacker knows who knows who
    /// did not say.
    pub is_published: bool,
}

/// What was not brought up to date though it is large enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBack {
    pub place: Place,
    pub people: u64,
    /// Whether no published sum would be too near to it: then only an audit can say
    /// that it had to be.
    pub is_doubtful: bool,
}

/// What was decided, for whoever counts.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Groups of some people, but too few.
    pub small: usize,
    pub held_back: Vec<HeldBack>,
    pub method: Option<Method>,
}

impl Taken {
    pub fn add(&mut self, other: Taken) {
        self.small += other.small;
        self.held_back.extend(other.held_back);
        self.method = self.method.max(other.method);
    }
}

impl Together {
    pub fn lines(self) -> Vec<Line> {
        self.groups.into_iter().map(|group| group.line).collect()
    }

    /// Brings up to date what can be.
    pub fn advance(&mut self, rules: &Rules) -> Taken {
        let candidates = self.bring_up(rules);
        let remainders: Vec<Remainder> = self.remainders(&candidates, rules.now, false);
        let sizes: Vec<u64> = candidates.iter().map(|(_, people)| *people).collect();
        let (held, method) = fewest(&sizes, &remainders, rules.least);
        for (position, (group, _)) in candidates.iter().enumerate() {
            if held.contains(&position) {
                self.hold_back(*group, rules);
            }
        }
        let small = self.groups.iter().filter(|group| {
            let pending = group.line.pending(rules.now);
            !group.line.is_at(rules.now) && (1..rules.k).contains(&pending)
        });
        let taken = Taken { small: small.count(), held_back: Vec::new(), method: Some(method) };
        Taken { held_back: self.held_back(&candidates, rules), ..taken }
    }

    /// As if all groups could be that are large enough; returns those, and how many
    /// new people each has.
    fn bring_up(&mut self, rules: &Rules) -> Vec<(usize, u64)> {
        let mut candidates = Vec::new();
        for position in 0..self.groups.len() {
            let least = if self.spans_intervals(position, rules.now) { rules.least } else { rules.k };
            let Some(group) = self.groups.get_mut(position) else { continue };
            if !group.may_advance || rules.held.contains(&group.place) {
                continue;
            }
            let pending = group.line.pending(rules.now);
            if group.line.is_unchanged(rules.now) {
                group.line.bring_up_to(rules.now);
            } else if pending >= least && !group.tells_of_few {
                group.line.bring_up_to(rules.now);
                candidates.push((position, pending));
            }
        }
        candidates
    }

    /// Whether those who are new in a group came in several intervals of a sum.
    fn spans_intervals(&self, position: usize, now: u32) -> bool {
        let Some(last) = self.groups.get(position).map(|group| group.line.last()) else { return false };
        let sums = self.sums.iter().filter(|sum| sum.parts.contains(&position));
        sums.flat_map(|sum| sum.whole.points()).any(|point| last < *point && *point < now)
    }

    /// What is left of each sum over each run of its intervals up to now.
    fn remainders(&self, candidates: &[(usize, u64)], now: u32, only_published: bool) -> Vec<Remainder> {
        let mut remainders = Vec::new();
        let sums = self.sums.iter().filter(|sum| sum.whole.is_at(now) && (sum.is_published || !only_published));
        for sum in sums {
            for (start, _) in sum.whole.blocks() {
                let parts = sum.parts.iter().filter_map(|part| self.groups.get(*part));
                let shown: u64 = parts.map(|part| part.line.blocks_within(start, now)).sum();
                let gains = candidates.iter().enumerate().filter_map(|(candidate, (group, people))| {
                    let line = sum.parts.contains(group).then(|| self.groups.get(*group))??;
                    let (block_start, end) = line.line.blocks().last()?;
                    (block_start >= start && end == now).then_some((candidate, *people))
                });
                let people = sum.whole.between(start, now).saturating_sub(shown);
                remainders.push(Remainder { people, gains: gains.collect() });
            }
        }
        remainders.sort_by(|a, b| (a.people, &a.gains).cmp(&(b.people, &b.gains)));
        remainders.dedup();
        remainders
    }

    fn hold_back(&mut self, group: usize, rules: &Rules) {
        if let Some(group) = self.groups.get_mut(group).filter(|group| !rules.freed.contains(&group.place)) {
            group.line.hold_back();
        }
    }

    fn held_back(&mut self, candidates: &[(usize, u64)], rules: &Rules) -> Vec<HeldBack> {
        let is_few = |remainder: &Remainder| (1..rules.least).contains(&remainder.people);
        let before: BTreeSet<u64> = self.few(rules);
        let mut held_back = Vec::new();
        for (position, people) in candidates {
            let Some(group) = self.groups.get_mut(*position).filter(|group| !group.line.is_at(rules.now)) else {
                continue;
            };
            group.line.bring_up_to(rules.now);
            let place = group.place.clone();
            let after = self.remainders(&[], rules.now, true);
            let is_doubtful = after.iter().filter(|one| is_few(one)).all(|one| before.contains(&one.people));
            if let Some(group) = self.groups.get_mut(*position) {
                group.line.hold_back();
            }
            held_back.push(HeldBack { place, people: *people, is_doubtful });
        }
        held_back
    }

    fn few(&self, rules: &Rules) -> BTreeSet<u64> {
        let few = self.remainders(&[], rules.now, true).into_iter().map(|remainder| remainder.people);
        few.filter(|people| (1..rules.least).contains(people)).collect()
    }
}
