//! Which groups of one breakdown lie wholly within a group of another, as a team
//! does in its directorate: known from the people themselves.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    /// By breakdown, group and other breakdown: the one group of the other in
    /// which all have been so far who said; none if there are several.
    only: BTreeMap<(usize, usize, usize), Option<usize>>,
    /// A breakdown and another: somebody gave a group of the first and none of the other.
    alone: BTreeSet<(usize, usize)>,
}

impl Nesting {
    /// Notes one person: their group in each breakdown.
    pub fn add(&mut self, groups: &[Option<usize>]) {
        for (breakdown, group) in groups.iter().enumerate() {
            let Some(group) = group else { continue };
            for (other, there) in groups.iter().enumerate().filter(|(other, _)| *other != breakdown) {
                // Who did not say where they are may be where the others are.
                let Some(there) = there else {
                    self.alone.insert((breakdown, other));
                    continue;
                };
                let only = self.only.entry((breakdown, *group, other)).or_insert(Some(*there));
                if *only != Some(*there) {
                    *only = None;
                }
            }
        }
    }

    /// For each of the `groups` groups of `breakdown`, the group of `other` that
    /// it lies within, where all of them lie within one: that teams lie in directorates
    /// is known to all, that three people of one age happen to is not.
    pub fn within(&self, breakdown: usize, groups: usize, other: usize) -> Option<Vec<Option<usize>>> {
        let only = |group: usize| self.only.get(&(breakdown, group, other));
        let there: Vec<Option<&Option<usize>>> = (0..groups).map(only).collect();
        let is_known = there.iter().flatten().count() > 1 && there.iter().flatten().all(|one| one.is_some());
        is_known.then(|| there.into_iter().map(|one| one.copied().flatten()).collect())
    }

    /// Whether whoever gave a group of one of two breakdowns gave one of the other too.
    pub fn are_said_together(&self, one: usize, other: usize) -> bool {
        !self.alone.contains(&(one, other)) && !self.alone.contains(&(other, one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breakdown_lies_within_another_while_nobody_is_elsewhere() {
        let mut nesting = Nesting::default();
        nesting.add(&[Some(0), Some(1)]);
        assert_eq!(nesting.within(0, 3, 1), None, "one group says nothing");
        assert!(nesting.are_said_together(0, 1));
        nesting.add(&[Some(2), Some(1)]);
        nesting.add(&[None, Some(0)]);
        assert!(!nesting.are_said_together(0, 1) && !nesting.are_said_together(1, 0));
        nesting.add(&[Some(2), None]);
        assert_eq!(nesting.within(0, 3, 1), Some(vec![Some(1), None, Some(1)]), "nobody in a group: nothing is known");
        assert_eq!(nesting.within(1, 2, 0), None);
        nesting.add(&[Some(0), Some(0)]);
        assert_eq!(nesting.within(0, 3, 1), None);
    }
}
