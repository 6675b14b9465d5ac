//! No number of 1 to k - 1 people, whoever adds and subtracts.

use super::{people, period};
use crate::workforce::fold::numbers_of_people;
use crate::workforce::{Counts, Folded, Group, Line, Measure, Row, Shown, Workforce, fold, shown};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Everything that can be read off the sum of some groups.
fn few(counts: &Counts, answered: Option<u64>, k: u32) -> Option<u64> {
    numbers_of_people(counts, answered).find(|people| (1..u64::from(k)).contains(people))
}

fn subsets(of: usize) -> impl Iterator<Item = Vec<usize>> {
    (1_usize..1 << of).map(move |mask| (0..of).filter(|at| mask >> at & 1 == 1).collect())
}

/// Few of them left or came in most groups, as it is.
fn counts() -> impl Strategy<Value = Counts> {
    let few = || prop_oneof![2 => Just(0_u64), 3 => 0_u64..8, 1 => 5_u64..30];
    (few(), few(), few(), prop_oneof![1 => Just(0_u64), 3 => 0_u64..60]).prop_map(|(starters, gone, went, stayed)| {
        // `gone` were there at the start and left; of the starters `went` did.
        let went = went.min(starters);
        people([stayed + starters - went, stayed + gone, starters, gone + went, stayed])
    })
}

proptest! {
    #[test]
    fn whatever_is_added_up_or_taken_away_is_nobody_or_enough(
        groups in prop::collection::vec((counts(), prop::option::of(0_u64..30)), 1..8),
        k in 3_u32..10,
        held in prop::collection::btree_set(0_usize..8, 0..3),
    ) {
        let groups: Vec<Group> =
            groups.into_iter().map(|(counts, answered)| Group { counts, answered }).collect();
        let Some(Folded { shown, others }) = fold(&groups, k, &held) else { return Ok(()) };
        let all: BTreeSet<usize> = shown.iter().chain(&others).copied().collect();
        prop_assert_eq!(all.len(), groups.len());
        prop_assert!(shown.iter().all(|at| !held.contains(at)));
        let mut lines: Vec<Vec<usize>> = shown.iter().map(|at| vec![*at]).collect();
        lines.extend((!others.is_empty()).then_some(others));
        for subset in subsets(lines.len()) {
            let of: Vec<usize> = subset.iter().flat_map(|line| lines[*line].clone()).collect();
            let counts: Counts = of.iter().map(|at| &groups[*at].counts).collect();
            prop_assert_eq!(few(&counts, None, k), None);
        }
        for line in &lines {
            let counts: Counts = line.iter().map(|at| &groups[*at].counts).collect();
            let answered = line.iter().filter_map(|at| groups[*at].answered).sum();
            prop_assert_eq!(few(&counts, Some(answered), k), None);
        }
    }

    /// By somebody who knows which roles there are in which directorate.
    #[test]
    fn two_tables_tell_of_nobody_in_a_small_group(
        cells in prop::collection::btree_map((0_usize..4, 0_usize..5), counts(), 1..14),
        k in 3_u32..8,
    ) {
        let row = |((directorate, role), counts): ((usize, usize), Counts)| Row {
            directorate: Some(format!("directorate {directorate}")), role: Some(format!("role {role}")), counts,
        };
        let whole = Workforce { period: period(), rows: cells.into_iter().map(row).collect() };
        let shown = shown(&whole, &[], k, &|_| None);
        let held: Vec<Measure> = Measure::ALL.into_iter().filter(|it| shown.total.number(*it).is_none()).collect();
        let tables = rows_of(&whole, &shown);
        for (one, other) in tables.iter().flat_map(|one| tables.iter().map(move |other| (one, other))) {
            for subset in subsets(one.len()) {
                let mut left: BTreeSet<usize> = subset.iter().flat_map(|line| one[*line].clone()).collect();
                let whole_of = left.clone();
                for line in other.iter().filter(|line| line.is_subset(&whole_of)) {
                    left.retain(|row| !line.contains(row));
                }
                let rows: Vec<usize> = left.into_iter().collect();
                prop_assert_eq!(few(&whole.sum(&rows).without(&held), None, k), None, "rows {:?}", rows);
            }
        }
    }
}

/// Each table's lines as the rows that they add up.
fn rows_of(whole: &Workforce, shown: &Shown) -> Vec<Vec<BTreeSet<usize>>> {
    let of = |split: &crate::workforce::Split| {
        let groups = whole.groups(split.by);
        let rows = |line: &Line| {
            let is_in = |name: &String| if line.is_others { split.others.contains(name) } else { *name == line.label };
            groups.iter().filter(|(name, _)| is_in(name)).flat_map(|(_, rows)| rows.clone()).collect()
        };
        split.lines.iter().map(rows).collect()
    };
    shown.by.iter().map(of).collect()
}
