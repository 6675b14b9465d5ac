//! The row of all others is the total less the groups that are shown, both as they are
//! printed. So it tells of whichever of them is not printed, and cannot be anything else.

use super::digits::{Printed, Row, Terms};
use super::published::Known;
use crate::release::model::{Cell, Group, Others};

/// What a row of all others comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Told {
    /// So many chose an option (none: they are so many), of a group by its position, or
    /// of everybody (none).
    People { group: Option<usize>, option: Option<String>, people: Known },
    /// It cannot be true of an option; of their number, if none.
    Wrong { option: Option<String> },
}

/// What follows from `others` of a table of `groups`.
pub fn told(total: &Group, groups: &[Group], others: &Others, is_partition: bool, terms: Terms) -> Vec<Told> {
    let shown: Vec<(usize, &Group)> = groups.iter().enumerate().filter(|(_, group)| group.base.is_some()).collect();
    let row = Row {
        base: Some(others.base),
        cells: others.cells.iter().map(Printed::from).collect(),
        favourable: others.favourable.map(Printed::from),
        is_partition,
        ..Row::default()
    };
    let printed = row.told(terms);
    let bases = shown.iter().map(|(at, group)| (*at, group.base)).collect::<Vec<_>>();
    let mut told = sum(None, total.base, &bases, Known::exactly(others.base));
    if printed.is_wrong {
        told.push(Told::Wrong { option: None });
    }
    for (position, (cell, people)) in others.cells.iter().zip(&printed.cells).enumerate() {
        let option = Some(cell.option.clone());
        if printed.wrong.contains(&position) {
            told.push(Told::Wrong { option: option.clone() });
        }
        let counts = shown.iter().map(|(at, group)| (*at, count(group, &cell.option))).collect::<Vec<_>>();
        told.extend(people.iter().flat_map(|people| sum(option.clone(), count(total, &cell.option), &counts, *people)));
    }
    told
}

fn count(group: &Group, option: &str) -> Option<u64> {
    group.cells.iter().flatten().find(|cell| cell.option == option).and_then(|cell: &Cell| cell.count)
}

/// `whole` is what the groups and the others add up to.
fn sum(option: Option<String>, whole: Option<u64>, groups: &[(usize, Option<u64>)], others: Known) -> Vec<Told> {
    let known: u64 = groups.iter().filter_map(|(_, people)| *people).sum();
    let missing: Vec<usize> = groups.iter().filter(|(_, people)| people.is_none()).map(|(at, _)| *at).collect();
    let least = known + others.low;
    let people = |group: Option<usize>, people: Known| Told::People { group, option: option.clone(), people };
    match (whole, missing.as_slice()) {
        (None, []) => vec![people(None, Known { low: least, high: known + others.high })],
        (None, _) => Vec::new(),
        (Some(whole), []) if (least..=known + others.high).contains(&whole) => Vec::new(),
        (Some(whole), missing) if whole < least || missing.is_empty() => vec![Told::Wrong { option }],
        (Some(whole), [one]) => {
            let low = whole.saturating_sub(known + others.high);
            vec![people(Some(*one), Known { low, high: whole - least })]
        }
        (Some(whole), several) => {
            let most = Known { low: 0, high: whole - least };
            several.iter().map(|group| people(Some(*group), most)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn so_many(group: Option<usize>, low: u64, high: u64) -> Told {
        Told::People { group, option: None, people: Known { low, high } }
    }

    #[test]
    fn what_is_printed_of_all_but_one_tells_that_one() {
        let others = Known::exactly(7);
        assert_eq!(sum(None, Some(20), &[(0, Some(13))], others), []);
        assert_eq!(sum(None, Some(20), &[(0, Some(12))], others), [Told::Wrong { option: None }]);
        assert_eq!(sum(None, Some(20), &[(0, Some(10)), (2, None)], others), [so_many(Some(2), 3, 3)]);
        assert_eq!(sum(None, None, &[(0, Some(10)), (2, Some(2))], others), [so_many(None, 19, 19)]);
        let two = [so_many(Some(0), 0, 13), so_many(Some(2), 0, 13)];
        assert_eq!(sum(None, Some(20), &[(0, None), (2, None)], others), two);
    }
}
