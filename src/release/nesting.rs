//! Which groups of one breakdown lie wholly within a group of another, as a team
//! does in its directorate: known from the people themselves.

use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    /// By breakdown, group and other breakdown: the one group of the other in
    /// which all have been so far; none if there are several, or some are in none.
    only: BTreeMap<(usize, usize, usize), Option<usize>>,
}

impl Nesting {
    /// Notes one person: their group in each breakdown.
    pub fn add(&mut self, groups: &[Option<usize>]) {
        for (breakdown, group) in groups.iter().enumerate() {
            let Some(group) = group else { continue };
            for (other, there) in groups.iter().enumerate().filter(|(other, _)| *other != breakdown) {
                let only = self.only.entry((breakdown, *group, other)).or_insert(*there);
                if *only != *there {
                    *only = None;
                }
            }
        }
    }

    /// For each of the `groups` groups of `breakdown`, the group of `other` that
    /// it lies within.
    pub fn within(&self, breakdown: usize, groups: usize, other: usize) -> Vec<Option<usize>> {
        (0..groups).map(|group| self.only.get(&(breakdown, group, other)).copied().flatten()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_lies_within_another_while_nobody_in_it_is_elsewhere() {
        let mut nesting = Nesting::default();
        nesting.add(&[Some(0), Some(1)]);
        nesting.add(&[Some(2), Some(1)]);
        nesting.add(&[None, Some(0)]);
        assert_eq!(nesting.within(0, 3, 1), [Some(1), None, Some(1)], "nobody in a group: nothing is known");
        assert_eq!(nesting.within(1, 2, 0), [None, None]);
        nesting.add(&[Some(0), None]);
        nesting.add(&[Some(0), Some(1)]);
        assert_eq!(nesting.within(0, 3, 1), [None, None, Some(1)]);
    }
}
