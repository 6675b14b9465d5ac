//! Which groups of one breakdown lie wholly within a group of another, as a team
//! does in its directorate: known from the people themselves.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    /// By breakdown, other breakdown and group: those who gave both.
    there: Vec<Vec<Vec<There>>>,
    /// By breakdown and other breakdown: somebody gave a group of the first and none of
    /// the other.
    alone: Vec<Vec<bool>>,
}

/// In which groups of another breakdown all have been so far who said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum There {
    #[default]
    Nowhere,
    Within(usize),
    InSeveral,
}

impl There {
    fn and(self, other: There) -> There {
        match (self, other) {
            (There::Nowhere, there) | (there, There::Nowhere) => there,
            (There::Within(one), There::Within(another)) if one == another => self,
            _ => There::InSeveral,
        }
    }
}

impl Nesting {
    /// Notes one person: their group in each breakdown.
    pub fn add(&mut self, groups: &[Option<usize>]) {
        for (breakdown, group) in groups.iter().enumerate() {
            let Some(group) = group else { continue };
            for (other, there) in groups.iter().enumerate().filter(|(other, _)| *other != breakdown) {
                match there {
                    Some(there) => self.put(breakdown, other, *group, There::Within(*there)),
                    // Who did not say where they are may be where the others are.
                    None => *slot(slot(&mut self.alone, breakdown), other) = true,
                }
            }
        }
    }

    /// Notes all whom another has noted.
    pub fn merge(&mut self, other: &Nesting) {
        for (breakdown, others) in other.there.iter().enumerate() {
            for (other, groups) in others.iter().enumerate() {
                groups.iter().enumerate().for_each(|(group, there)| self.put(breakdown, other, group, *there));
            }
        }
        for (breakdown, others) in other.alone.iter().enumerate() {
            for (other, is_alone) in others.iter().enumerate() {
                *slot(slot(&mut self.alone, breakdown), other) |= is_alone;
            }
        }
    }

    fn put(&mut self, breakdown: usize, other: usize, group: usize, there: There) {
        let noted = slot(slot(slot(&mut self.there, breakdown), other), group);
        *noted = noted.and(there);
    }

    /// For each of the `groups` groups of `breakdown`, the group of `other` that
    /// it lies within, where all of them lie within one: that teams lie in directorates
    /// is known to all, that three people of one age happen to is not.
    pub fn within(&self, breakdown: usize, groups: usize, other: usize) -> Option<Vec<Option<usize>>> {
        let noted = self.there.get(breakdown).and_then(|others| others.get(other));
        let there = |group: usize| noted.and_then(|groups| groups.get(group)).copied().unwrap_or_default();
        let there: Vec<There> = (0..groups).map(there).collect();
        let inhabited = there.iter().filter(|there| **there != There::Nowhere).count();
        let is_known = inhabited > 1 && !there.contains(&There::InSeveral);
        let group = |there| match there {
            There::Within(group) => Some(group),
            There::Nowhere | There::InSeveral => None,
        };
        is_known.then(|| there.into_iter().map(group).collect())
    }

    /// Whether whoever gave a group of one of two breakdowns gave one of the other too.
    pub fn are_said_together(&self, one: usize, other: usize) -> bool {
        let is_alone =
            |one: usize, other: usize| self.alone.get(one).and_then(|others| others.get(other)) == Some(&true);
        !is_alone(one, other) && !is_alone(other, one)
    }
}

/// The place in a list that grows as it is asked for.
fn slot<T: Clone + Default>(list: &mut Vec<T>, at: usize) -> &mut T {
    if list.len() <= at {
        list.resize(at + 1, T::default());
    }
    #[expect(clippy::indexing_slicing, reason = "it was made long enough")]
    &mut list[at]
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
