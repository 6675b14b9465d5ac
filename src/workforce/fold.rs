//! Which groups of a workforce are shown one by one: none that is so small, or of
//! which so few left, that a number would be about somebody.

use super::{Counts, Measure};
use std::collections::BTreeSet;

/// A group as it stands, before anything is cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub counts: Counts,
    /// How many of its leavers answered, where that is published.
    pub answered: Option<u64>,
}

/// Groups by their places: each is in one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    pub shown: Vec<usize>,
    /// Shown together, if there is any.
    pub others: Vec<usize>,
}

/// Folds every group in which a number of people is 1 to `k` - 1 into the others,
/// those of `held` besides, and then the smallest that is left for as long as the
/// others are so few themselves. Whatever stays is 0 or at least `k` in every number,
/// and so is every sum of it, and everybody without it. None where no group stays.
pub fn fold(groups: &[Group], k: u32, held: &BTreeSet<usize>) -> Option<Folded> {
    let is_out = |at: &usize, group: &Group| held.contains(at) || is_small(&group.counts, group.answered, k);
    let (others, shown): (Vec<_>, Vec<_>) = groups.iter().enumerate().partition(|(at, group)| is_out(at, group));
    let mut others: Vec<usize> = others.into_iter().map(|(at, _)| at).collect();
    let mut shown: Vec<usize> = shown.into_iter().map(|(at, _)| at).collect();
    while !others.is_empty() && is_small_together(groups, &others, k) {
        let smallest = smallest(groups, &shown)?;
        shown.retain(|at| *at != smallest);
        others.push(smallest);
    }
    others.sort_unstable();
    (!shown.is_empty()).then_some(Folded { shown, others })
}

/// The one with the fewest people; the later of two.
pub(super) fn smallest(groups: &[Group], among: &[usize]) -> Option<usize> {
    let people = |at: &usize| groups.get(*at).and_then(|group| group.counts.people(Measure::Headcount));
    among.iter().rev().min_by_key(|at| people(at)).copied()
}

fn is_small_together(groups: &[Group], of: &[usize], k: u32) -> bool {
    let of: Vec<&Group> = of.iter().filter_map(|at| groups.get(*at)).collect();
    let counts: Counts = of.iter().map(|group| &group.counts).collect();
    // Those whose answers are published are known to be among its leavers.
    let answered = of.iter().filter_map(|group| group.answered);
    is_small(&counts, Some(answered.sum()), k)
}

/// Whether anything that can be read off a line of the table is a number of people
/// from 1 to `k` - 1.
pub(super) fn is_small(counts: &Counts, answered: Option<u64>, k: u32) -> bool {
    numbers_of_people(counts, answered).any(|people| is_few(people, k))
}

pub(super) fn is_few(people: u64, k: u32) -> bool {
    (1..u64::from(k)).contains(&people)
}

/// What the line says, and what follows: those who left of those who were there at
/// the start, those who came and stayed, those who left and did not answer.
pub(super) fn numbers_of_people(counts: &Counts, answered: Option<u64>) -> impl Iterator<Item = u64> {
    let get = |measure| counts.people(measure);
    let less = |whole: Option<u64>, part: Option<u64>| whole?.checked_sub(part?);
    let said = Measure::ALL.into_iter().filter(|measure| measure.is_people()).filter_map(get);
    let follows = [
        less(get(Measure::HeadcountStart), get(Measure::Stayed)),
        less(get(Measure::Headcount), get(Measure::Stayed)),
        less(get(Measure::Leavers), answered),
    ];
    said.chain(follows.into_iter().flatten()).collect::<Vec<_>>().into_iter()
}
