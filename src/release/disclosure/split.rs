//! One question split by one breakdown: which groups' figures can be brought up
//! to date in this release. The argument why that is safe is in [`super`].

use super::line::Line;
use super::remainder::{Beside, Breach, covered, less_groups};
use crate::release::series::Series;
use std::collections::BTreeSet;

#[derive(Clone, Debug)]
pub struct Split {
    /// All who answered the question.
    everybody: Line,
    /// Those of them who are in one of the groups.
    grouped: Line,
    groups: Vec<Line>,
}

impl Split {
    /// `everybody` with its point for release `now`, if it has one. `min_base`
    /// gives the k of each release.
    pub fn new(everybody: Line, groups: Vec<Line>, now: u32, min_base: impl Fn(u32) -> u64) -> Self {
        let size = |batch: u32| groups.iter().map(|group| group.between(batch - 1, batch)).sum();
        let mut grouped = Line::new(Series::new((1..=now).map(size).collect()), Vec::new());
        for point in everybody.points() {
            advance_alone(&mut grouped, *point, min_base(*point));
        }
        let mut split = Split { everybody, grouped, groups };
        if split.is_open(now) {
            for group in split.groups.iter_mut().filter(|group| group.is_unchanged(now)) {
                group.bring_up_to(now);
            }
        }
        split
    }

    pub fn groups(&self) -> &[Line] {
        &self.groups
    }

    /// Up to which release the figures of all who are in a group count.
    pub fn grouped_as_at(&self) -> Option<u32> {
        self.grouped.as_at()
    }

    /// Up to which release each group's figures count; none: not published.
    pub fn groups_as_at(&self) -> Vec<Option<u32>> {
        self.groups.iter().map(Line::as_at).collect()
    }

    fn is_open(&self, now: u32) -> bool {
        self.everybody.is_at(now) && self.grouped.is_at(now)
    }

    /// Brings up to date the groups that can be, with the other breakdowns of
    /// the question `beside` as they stand.
    pub fn advance(&mut self, now: u32, k: u64, beside: &[Beside]) {
        if !self.is_open(now) {
            return;
        }
        // After k was raised, what is published already may not bear the new k:
        // that cannot be called back, and nobody is to be held back for it.
        let before = self.breaches(now, k, beside);
        let mut ready: Vec<(u64, usize)> = Vec::new();
        for (position, group) in self.groups.iter_mut().enumerate() {
            let block = group.pending(now);
            if block >= k {
                ready.push((block, position));
                group.bring_up_to(now);
            }
        }
        ready.sort_unstable();
        let mut held = Vec::new();
        for (_, position) in ready {
            if self.breaches(now, k, beside).is_subset(&before) {
                break;
            }
            self.hold_back(position);
            held.push(position);
        }
        // The last one held may have been enough.
        for position in held.into_iter().rev() {
            self.bring_up(position, now);
            if !self.breaches(now, k, beside).is_subset(&before) {
                self.hold_back(position);
            }
        }
    }

    fn breaches(&self, now: u32, k: u64, beside: &[Beside]) -> BTreeSet<Breach> {
        let mut breaches = BTreeSet::new();
        let all: Vec<&Line> = self.groups.iter().collect();
        let mut found = |what: (usize, usize), people: Vec<(u32, u64)>| {
            let few = people.into_iter().filter(|(_, people)| (1..k).contains(people));
            breaches.extend(few.map(|(at, people)| (what, at, people)));
        };
        for (way, outer) in [&self.everybody, &self.grouped].into_iter().enumerate() {
            found((0, way), less_groups(outer, &all, now));
            for (other, beside) in (1..).zip(beside) {
                found((4 * other, way), covered(outer, beside.groups, &self.groups, &beside.holding_mine, now));
                found((4 * other + 1, way), covered(outer, &self.groups, beside.groups, &beside.held_by_mine, now));
            }
        }
        for (other, beside) in (1..).zip(beside) {
            for (position, theirs) in beside.groups.iter().enumerate() {
                found((4 * other + 2, position), less_groups(theirs, &beside.mine_within(&self.groups, position), now));
            }
            for (position, mine) in self.groups.iter().enumerate() {
                found((4 * other + 3, position), less_groups(mine, &beside.theirs_within(position), now));
            }
        }
        breaches
    }

    fn bring_up(&mut self, position: usize, now: u32) {
        if let Some(group) = self.groups.get_mut(position) {
            group.bring_up_to(now);
        }
    }

    fn hold_back(&mut self, position: usize) {
        if let Some(group) = self.groups.get_mut(position) {
            group.hold_back();
        }
    }
}

/// Brings a total up to date if nobody new is in it, or k at least.
pub fn advance_alone(line: &mut Line, now: u32, k: u64) {
    if line.pending(now) >= k || line.is_unchanged(now) {
        line.bring_up_to(now);
    }
}
