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

    pub fn points(&self) -> &[u32] {
        &self.points
    }

    /// The release that its published figures are of; none: never published.
    pub fn as_at(&self) -> Option<u32> {
        self.points.last().copied()
    }

    pub fn is_at(&self, release: u32) -> bool {
        self.as_at() == Some(release)
    }

    /// People who came since its figures were last brought up to date.
    pub fn pending(&self, now: u32) -> u64 {
        self.sizes.between(self.last(), now)
    }

    /// Whether its figures are as they were: published, and nobody has come.
    pub fn is_unchanged(&self, now: u32) -> bool {
        self.as_at().is_some() && self.pending(now) == 0
    }

    pub fn bring_up_to(&mut self, release: u32) {
        self.points.push(release);
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
        self.within(after, up_to).map(|(start, end)| self.between(start, end)).sum()
    }

    /// The same, without the blocks that share a batch with one of `other`'s there.
    pub fn blocks_within_beside(&self, after: u32, up_to: u32, other: &Line) -> u64 {
        let is_apart = |(start, end): &(u32, u32)| {
            other.within(after, up_to).all(|(other_start, other_end)| other_end <= *start || *end <= other_start)
        };
        self.within(after, up_to).filter(is_apart).map(|(start, end)| self.between(start, end)).sum()
    }

    fn within(&self, after: u32, up_to: u32) -> impl Iterator<Item = (u32, u32)> {
        self.blocks().filter(move |(start, end)| *start >= after && *end <= up_to)
    }

    /// Of the block that reaches over the end of batch `at`, those who came later.
    pub fn later_part(&self, at: u32) -> u64 {
        let over = |(start, end): &(u32, u32)| *start < at && at < *end;
        self.blocks().filter(over).map(|(_, end)| self.between(at, end)).sum()
    }

    /// Whether everybody who came up to batch `at` is in its figures.
    pub fn is_complete_up_to(&self, at: u32) -> bool {
        self.between(self.last(), at) == 0
    }

    /// From one point (or the start) to the next: after which batch, and up to
    /// which.
    pub fn blocks(&self) -> impl Iterator<Item = (u32, u32)> {
        std::iter::once(0).chain(self.points.iter().copied()).zip(self.points.iter().copied())
    }

    fn last(&self) -> u32 {
        self.as_at().unwrap_or(0)
    }
}
