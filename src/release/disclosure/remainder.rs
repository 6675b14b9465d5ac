//! What is left of a sum when the groups within it are taken off: rules 3 and 4.

use super::line::Line;

/// Too few people: of which remainder, at which batch, how many.
pub type Breach = ((usize, usize), u32, u64);

/// Another breakdown of the same question, as it stands.
#[derive(Debug)]
pub struct Beside<'a> {
    pub groups: &'a [Line],
    /// For each group of mine, the one of theirs in which all its people are.
    pub holding_mine: Vec<Option<usize>>,
    /// For each group of theirs, the one of mine in which all its people are.
    pub held_by_mine: Vec<Option<usize>>,
}

impl Beside<'_> {
    pub fn mine_within<'m>(&self, mine: &'m [Line], position: usize) -> Vec<&'m Line> {
        let within = mine.iter().zip(&self.holding_mine).filter(|(_, holding)| **holding == Some(position));
        within.map(|(group, _)| group).collect()
    }

    pub fn theirs_within(&self, position: usize) -> Vec<&Line> {
        let within = self.groups.iter().zip(&self.held_by_mine).filter(|(_, holding)| **holding == Some(position));
        within.map(|(group, _)| group).collect()
    }
}

/// What is left of `outer` when `groups`, all within it, are taken off: for every
/// run of its intervals up to `now`, and for every end of one up to which the
/// groups give all of it, those who came later in the blocks that reach over it.
pub fn less_groups(outer: &Line, groups: &[&Line], now: u32) -> Vec<(u32, u64)> {
    let mut left = Vec::new();
    if groups.is_empty() {
        return left;
    }
    if outer.is_at(now) {
        for (start, _) in outer.blocks() {
            let published: u64 = groups.iter().map(|group| group.blocks_within(start, now)).sum();
            left.push((start, outer.between(start, now).saturating_sub(published)));
        }
    }
    for at in outer.points().iter().copied() {
        let in_groups: u64 = groups.iter().map(|group| group.between(0, at)).sum();
        if in_groups == outer.between(0, at) && groups.iter().all(|group| group.is_complete_up_to(at)) {
            left.push((at, groups.iter().map(|group| group.later_part(at)).sum()));
        }
    }
    left
}

/// What is left of `outer` when the `large` groups of one breakdown are taken
/// off, and from where they are not published the `small` ones of another that
/// lie within them.
pub fn covered(outer: &Line, large: &[Line], small: &[Line], within: &[Option<usize>], now: u32) -> Vec<(u32, u64)> {
    if !outer.is_at(now) || within.iter().all(Option::is_none) {
        return Vec::new();
    }
    let runs = outer.blocks().map(|(start, _)| {
        let whole: u64 = large.iter().map(|group| group.blocks_within(start, now)).sum();
        let parts = small.iter().zip(within).filter_map(|(group, within)| {
            large.get((*within)?).map(|around| group.blocks_within_beside(start, now, around))
        });
        (start, outer.between(start, now).saturating_sub(whole + parts.sum::<u64>()))
    });
    runs.collect()
}
