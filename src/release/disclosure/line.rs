//! Something whose figures are published now and then: a total, or a group.

use crate::release::series::Series;

#[derive(Clone, Debug)]
pub struct Line {
    sizes: Series,
    /// The releases at which its figures were brought up to date, ascending.
    points: Vec<u32>,
}

impl Line {
    pub fn new(sizes: Series, points: Vec<u32>) -> Self {
        Line { sizes, points }
    }

    pub fn sizes(&self) -> &Series {
        &self.sizes
    }

    pub fn points(&self) -> &[u32] {
        &self.points
    }

    /// The release that its published figures are of; none: never published.
    pub fn as_at(&self) -> Option<u32> {
        self.points.last().copied()
    }

    /// The last release before `release` at which its figures were brought up to date; 0:
    /// none.
    pub fn last_before(&self, release: u32) -> u32 {
        self.points.iter().rev().find(|point| **point < release).copied().unwrap_or(0)
    }

    pub fn is_at(&self, release: u32) -> bool {
        self.as_at() == Some(release)
    }

    /// People who came since its figures were last brought up to date.
    pub fn pending(&self, now: u32) -> u64 {
        self.sizes.between(self.last(), now)
    }

    /// Until when nobody came since its figures were last brought up to date; none if
    /// somebody did at once.
    pub fn deserted_until(&self, now: u32) -> Option<u32> {
        let last = self.last();
        (last + 1..=now).take_while(|release| self.between(last, *release) == 0).last()
    }

    /// Whether its figures are as they were: published, and nobody has come.
    pub fn is_unchanged(&self, now: u32) -> bool {
        self.as_at().is_some() && self.pending(now) == 0
    }

    pub fn bring_up_to(&mut self, release: u32) {
        self.points.push(release);
    }

    /// Brings a total up to date if nobody new is in it, or `least`.
    pub fn advance(&mut self, now: u32, least: u64) {
        if self.pending(now) >= least || self.is_unchanged(now) {
            self.bring_up_to(now);
        }
    }

    /// Takes the latest point back.
    pub fn hold_back(&mut self) {
        self.points.pop();
    }

    /// Everybody of the batches after `after` up to `up_to`.
    pub fn between(&self, after: u32, up_to: u32) -> u64 {
        self.sizes.between(after, up_to)
    }

    /// Everybody in those of its blocks that lie wholly after `after` and up to
    /// `up_to`.
    pub fn blocks_within(&self, after: u32, up_to: u32) -> u64 {
        let within = self.blocks().filter(|(start, end)| *start >= after && *end <= up_to);
        within.map(|(start, end)| self.between(start, end)).sum()
    }

    /// From one point (or the start) to the next: after which batch, and up to
    /// which.
    pub fn blocks(&self) -> impl Iterator<Item = (u32, u32)> {
        std::iter::once(0).chain(self.points.iter().copied()).zip(self.points.iter().copied())
    }

    /// The last release at which its figures were brought up to date; 0: never.
    pub fn last(&self) -> u32 {
        self.as_at().unwrap_or(0)
    }
}
