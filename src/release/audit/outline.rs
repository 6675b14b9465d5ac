//! What single equations say of sums, one after the other, without linear programs: bounds
//! that no world is beyond. What is too narrow by these is so; what is not may still be.

use super::determined::Echelon;
use super::pieces::{Aim, Columns, Range, columns};
use super::program::{Component, Reduced, Row};
use super::search::Searched;
use std::iter::Sum;

/// Bounds that get narrower by less and less are left at that.
const ROUNDS: usize = 8;

/// A range for each aim, which is exact where its ends meet.
pub fn outline(reduced: &Reduced, aims: &[Aim], cap: u64) -> Searched {
    let mut parts: Vec<Outline> = reduced.components.iter().map(|component| Outline::new(component, cap)).collect();
    let ranges = aims.iter().map(|aim| range(&mut parts, reduced, aim)).collect();
    Searched { ranges, ..Searched::default() }
}

fn range(parts: &mut [Outline], reduced: &Reduced, aim: &Aim) -> Range {
    let (constant, within) = columns(reduced, &aim.variables);
    let mut range = Range { low: constant, high: constant, is_exact: true };
    for (component, columns) in &within {
        let (low, high) = parts.get(*component).map(|part| part.of(columns)).unwrap_or_default();
        range.low += low;
        range.high += high;
    }
    if range.low == range.high || aim.limits.is_wide(range.low, range.high) {
        return range;
    }
    // It may be known all the same.
    let known = within.iter().map(|(component, columns)| parts.get_mut(*component)?.known(columns));
    if let Some(known) = known.sum::<Option<u64>>() {
        (range.low, range.high) = (constant + known, constant + known);
    }
    range
}

/// What a number of people is not below, and not above.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    low: i64,
    high: i64,
}

/// The bounds of a component's columns.
#[derive(Debug)]
pub struct Outline<'a> {
    component: &'a Component,
    bounds: Vec<Bounds>,
    /// The rows that each column is in.
    rows: Vec<Vec<usize>>,
    echelon: Option<Echelon>,
}

impl<'a> Outline<'a> {
    pub fn new(component: &'a Component, cap: u64) -> Self {
        let high = i64::try_from(cap).unwrap_or(i64::MAX / 4);
        let columns = component.columns.len();
        let mut rows = vec![Vec::new(); columns];
        for (at, row) in component.rows.iter().enumerate() {
            for (column, _) in &row.terms {
                rows.iter_mut().skip(*column).take(1).for_each(|rows| rows.push(at));
            }
        }
        let bounds = vec![Bounds { low: 0, high }; columns];
        let mut outline = Outline { component, bounds, rows, echelon: None };
        for _ in 0..ROUNDS {
            let changed = component.rows.iter().filter(|row| outline.narrow(row)).count();
            if changed == 0 {
                break;
            }
        }
        outline
    }

    fn at(&self, column: usize) -> Bounds {
        self.bounds.get(column).copied().unwrap_or_default()
    }

    /// Of each column of a row, what the others leave.
    fn narrow(&mut self, row: &Row) -> bool {
        let term = |(column, times): &(usize, i64)| self.at(*column).times(*times);
        let all: Bounds = row.terms.iter().map(term).sum();
        let mut has_changed = false;
        for (column, times) in &row.terms {
            let own = self.at(*column).times(*times);
            let (least, most) = (row.sum - (all.high - own.high), row.sum - (all.low - own.low));
            let (least, most) = if *times > 0 { (least, most) } else { (-most, -least) };
            let times = times.abs();
            if let Some(bounds) = self.bounds.get_mut(*column) {
                let (low, high) =
                    (bounds.low.max(-(-least).div_euclid(times)), bounds.high.min(most.div_euclid(times)));
                has_changed |= (low, high) != (bounds.low, bounds.high);
                (bounds.low, bounds.high) = (low, high);
            }
        }
        has_changed
    }

    /// Whether it is all of the column.
    pub fn is_whole(&self, (column, times): &(usize, usize)) -> bool {
        self.component.columns.get(*column) == Some(times)
    }

    /// Of a sum of columns; of one that is not all of its columns, nothing says that it has
    /// any.
    pub fn of(&self, columns: &Columns) -> (u64, u64) {
        let Bounds { low, high } = self.bounds_of(columns);
        (u64::try_from(low).unwrap_or(0), u64::try_from(high).unwrap_or(0))
    }

    fn bounds_of(&self, columns: &Columns) -> Bounds {
        let each = columns.iter().map(|place| {
            let bounds = self.at(place.0);
            if self.is_whole(place) { bounds } else { Bounds { low: 0, ..bounds } }
        });
        let apart = each.sum();
        if !columns.iter().all(|place| self.is_whole(place)) {
            return apart;
        }
        let has = |row: &Row, column: usize| row.terms.iter().any(|(other, times)| *other == column && *times == 1);
        let first = columns.first().and_then(|(column, _)| self.rows.get(*column)).into_iter().flatten();
        let rows = first.filter_map(|at| self.component.rows.get(*at));
        let together = rows.filter(|row| columns.iter().all(|(column, _)| has(row, *column))).map(|row| {
            let others =
                row.terms.iter().filter(|(column, _)| columns.binary_search_by_key(column, |one| one.0).is_err());
            let others: Bounds = others.map(|(column, times)| self.at(*column).times(*times)).sum();
            Bounds { low: row.sum - others.high, high: row.sum - others.low }
        });
        together.fold(apart, |one, other| Bounds { low: one.low.max(other.low), high: one.high.min(other.high) })
    }

    fn known(&mut self, columns: &Columns) -> Option<u64> {
        if !columns.iter().all(|place| self.is_whole(place)) {
            return None;
        }
        let echelon = self.echelon.get_or_insert_with(|| Echelon::new(self.component));
        let columns: Vec<usize> = columns.iter().map(|(column, _)| *column).collect();
        echelon.sum(&columns)
    }
}

impl Bounds {
    fn times(self, times: i64) -> Bounds {
        let (one, other) = (self.low * times, self.high * times);
        Bounds { low: one.min(other), high: one.max(other) }
    }
}

impl Sum for Bounds {
    fn sum<I: Iterator<Item = Bounds>>(all: I) -> Bounds {
        all.fold(Bounds::default(), |one, other| Bounds { low: one.low + other.low, high: one.high + other.high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::audit::limits::Limits;
    use crate::release::audit::program::Program;
    use crate::release::audit::search::search;
    use proptest::prelude::*;

    const PEOPLE: u64 = 40;

    /// What is published of some people: of which of them, and how many more there may be.
    fn sums() -> impl Strategy<Value = (Vec<i64>, Vec<(Vec<usize>, i64)>)> {
        let people = prop::collection::vec(0_i64..9, 6);
        let sum = (
            prop::sample::subsequence((0..6).collect::<Vec<usize>>(), 1..5),
            prop_oneof![4 => Just(0_i64), 1 => 1_i64..4],
        );
        (people, prop::collection::vec(sum, 1..7))
    }

    proptest! {
        #[test]
        fn no_world_is_beyond_and_what_is_known_is_known((people, sums) in sums()) {
            let mut program = Program::default();
            program.variables(people.len());
            for (places, more) in &sums {
                let sum: i64 = places.iter().map(|at| people[*at]).sum();
                program.bound(places.clone(), sum - more, Some(sum + more));
            }
            let reduced = program.reduce().unwrap();
            let limits = Limits { least: 5, width: 5, may_be_nobody: false, room: None, is_answer: false, of: None };
            let pairs = (0..people.len()).flat_map(|one| (0..one).map(move |other| vec![one, other]));
            let aims = (0..people.len()).map(|one| vec![one]).chain(pairs);
            let aims: Vec<Aim> = aims.map(|variables| Aim { variables, limits, is_exact: true }).collect();
            let exact = search(&reduced, &aims, PEOPLE, true).unwrap();
            for ((aim, exact), outline) in aims.iter().zip(exact.ranges).zip(outline(&reduced, &aims, PEOPLE).ranges) {
                prop_assert!(outline.low <= exact.low && exact.high <= outline.high, "{:?}: {outline:?}, {exact:?}", aim.variables);
                // So what the outline finds too narrow is.
                if limits.broken(outline.low, outline.high).is_some() && exact.low < exact.high {
                    prop_assert!(limits.broken(exact.low, exact.high).is_some());
                }
            }
        }
    }
}
