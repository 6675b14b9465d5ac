//! One question split by one breakdown: which groups' figures can be brought up
//! to date in this release. The argument why that is safe is in [`super`].

use super::line::Line;
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

/// A way to come by the figures of fewer than k people: which kind, at which
/// batch, of how many.
type Breach = (Way, u32, u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// All who answered, less the groups.
    TotalLessGroups,
    /// All who are in a group, less the groups.
    GroupedLessGroups,
    /// A group's later figures, less those of its people who came first.
    LaterPart,
}

impl Split {
    /// `everybody` with its point for this release, if it has one. `min_base`
    /// gives the k of each earlier release.
    pub fn new(everybody: Line, groups: Vec<Line>, batches: u32, min_base: impl Fn(u32) -> u64) -> Self {
        let size = |batch: u32| groups.iter().map(|group| group.between(batch - 1, batch)).sum();
        let mut grouped = Line::new(Series::new((1..=batches).map(size).collect()), Vec::new());
        for point in everybody.points() {
            advance_alone(&mut grouped, *point, min_base(*point));
        }
        Split { everybody, grouped, groups }
    }

    /// Brings up to date what can be, and returns up to which release each
    /// group's figures now count (none: not published).
    pub fn advance(mut self, now: u32, k: u64) -> Advanced {
        if self.everybody.is_at(now) && self.grouped.is_at(now) {
            self.advance_groups(now, k);
        }
        Advanced { grouped: self.grouped.as_at(), groups: self.groups.iter().map(Line::as_at).collect() }
    }

    fn advance_groups(&mut self, now: u32, k: u64) {
        for group in self.groups.iter_mut().filter(|group| group.is_unchanged(now)) {
            group.bring_up_to(now);
        }
        // After k was raised, what is published already may not bear the new k:
        // that cannot be called back, and nobody is to be held back for it.
        let before = self.breaches(now, k);
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
            if self.breaches(now, k).is_subset(&before) {
                break;
            }
            self.hold_back(position);
            held.push(position);
        }
        // The last one held may have been enough.
        for position in held.into_iter().rev() {
            self.bring_up(position, now);
            if !self.breaches(now, k).is_subset(&before) {
                self.hold_back(position);
            }
        }
    }

    fn breaches(&self, now: u32, k: u64) -> BTreeSet<Breach> {
        let starts = |line: &Line| line.blocks().map(|(start, _)| start).collect::<Vec<_>>();
        let rest = |line: &Line, start: u32| {
            let published: u64 = self.groups.iter().map(|group| group.blocks_within(start, now)).sum();
            line.between(start, now).saturating_sub(published)
        };
        let total = starts(&self.everybody).into_iter().map(|at| (Way::TotalLessGroups, at, rest(&self.everybody, at)));
        let grouped = starts(&self.grouped).into_iter().map(|at| (Way::GroupedLessGroups, at, rest(&self.grouped, at)));
        let complete = |at: &u32| self.groups.iter().all(|group| group.is_complete_up_to(*at));
        let later = self
            .grouped
            .points()
            .iter()
            .copied()
            .take_while(complete)
            .map(|at| (Way::LaterPart, at, self.groups.iter().map(|group| group.later_part(at)).sum()));
        total.chain(grouped).chain(later).filter(|(_, _, people)| (1..k).contains(people)).collect()
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

/// Up to which release the figures of a split count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advanced {
    pub grouped: Option<u32>,
    pub groups: Vec<Option<u32>>,
}

/// Brings a total up to date if nobody new is in it, or k at least.
pub fn advance_alone(line: &mut Line, now: u32, k: u64) {
    if line.pending(now) >= k || line.is_unchanged(now) {
        line.bring_up_to(now);
    }
}
