//! All whole numbers of people that agree with what is known: the least and the
//! greatest that a sum can be, exactly. Bounds are narrowed as far as each row by
//! itself allows; then a place is given a part of its numbers, and so on.

use super::equations::{Equations, MANY, Row, Sum};

#[derive(Debug)]
pub struct Search {
    rows: Vec<Row>,
    /// For each place, the rows that it is in.
    touching: Vec<Vec<usize>>,
    bounds: Vec<(i64, i64)>,
    /// Populations that were found on the way: each may be the extreme of another sum.
    seen: Vec<Vec<i64>>,
    /// How many steps one question may take.
    patience: usize,
}

/// It would have taken too long to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooHard;

/// No population agrees: the figures contradict one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Impossible;

impl Search {
    pub fn new(equations: &Equations, patience: usize) -> Search {
        let mut touching = vec![Vec::new(); equations.len()];
        for (row, Row { sum, .. }) in equations.rows.iter().enumerate() {
            for (place, _) in sum {
                touching[*place].push(row);
            }
        }
        let bounds = vec![(0, MANY); equations.len()];
        let mut search = Search { rows: equations.rows.clone(), touching, bounds, seen: Vec::new(), patience };
        let mut bounds = search.bounds.clone();
        search.narrow(&mut bounds, 0..search.rows.len(), None).expect("figures of real people");
        search.bounds = bounds;
        search
    }

    /// Notes a population that agrees with all that is known, if there is one to hand.
    pub fn note(&mut self, people: Vec<i64>) {
        self.seen.push(people);
    }

    /// The least and the greatest that `sum` can be.
    pub fn range(&mut self, sum: &Sum) -> Result<(i64, i64), TooHard> {
        let greatest = self.greatest(sum)?;
        let opposite: Sum = sum.iter().map(|(place, times)| (*place, -times)).collect();
        Ok((-self.greatest(&opposite)?, greatest))
    }

    /// Whether `sum` is known to be at least `width` wide and to reach up to `k`, by
    /// populations that were found already.
    pub fn is_plainly_wide(&self, sum: &Sum, k: i64, width: i64) -> bool {
        let found = || self.seen.iter().map(|people| value(sum, people));
        let (Some(least), Some(greatest)) = (found().min(), found().max()) else { return false };
        greatest >= k && greatest - least >= width
    }

    fn greatest(&mut self, sum: &Sum) -> Result<i64, TooHard> {
        let most = |(place, times): &(usize, i64)| {
            let (low, high) = self.bounds[*place];
            times * if *times > 0 { high } else { low }
        };
        let mut high: i64 = sum.iter().map(most).sum();
        let mut low = match self.seen.iter().map(|people| value(sum, people)).max() {
            Some(low) => low,
            None => self.at_least(sum, -MANY)?.expect("figures of real people"),
        };
        // Mostly the bound can be reached, or nothing better than what was seen.
        let mut next = high;
        while low < high {
            match self.at_least(sum, next)? {
                Some(found) => low = found,
                None => high = next - 1,
            }
            next = if low + 1 < next { low + 1 } else { low + (high - low + 1) / 2 };
        }
        Ok(high)
    }

    /// What `sum` is in some population that agrees and gives it `least` or more.
    fn at_least(&mut self, sum: &Sum, least: i64) -> Result<Option<i64>, TooHard> {
        let wanted = Row { sum: sum.clone(), low: least, high: MANY * 1000 };
        let mut steps = self.patience;
        let mut stack = vec![self.bounds.clone()];
        let mut is_first = true;
        while let Some(mut bounds) = stack.pop() {
            steps = steps.checked_sub(1).ok_or(TooHard)?;
            let all = if is_first { 0..self.rows.len() } else { 0..0 };
            is_first = false;
            if self.narrow(&mut bounds, all, Some(&wanted)).is_err() {
                continue;
            }
            match self.to_split(&bounds, sum) {
                None => {
                    let people: Vec<i64> = bounds.iter().map(|(low, _)| *low).collect();
                    let found = value(sum, &people);
                    self.seen.push(people);
                    return Ok(Some(found));
                }
                Some((place, wants_high)) => self.split(&mut stack, &bounds, place, wants_high),
            }
        }
        Ok(None)
    }

    /// The place to decide next: of the sum itself first, then the one with the fewest
    /// numbers left.
    fn to_split(&self, bounds: &[(i64, i64)], sum: &Sum) -> Option<(usize, bool)> {
        let is_open = |place: usize| bounds[place].0 < bounds[place].1;
        let own = sum.iter().find(|(place, _)| is_open(*place)).map(|(place, times)| (*place, *times > 0));
        let width = |place: &usize| bounds[*place].1 - bounds[*place].0;
        own.or_else(|| (0..bounds.len()).filter(|place| is_open(*place)).min_by_key(width).map(|place| (place, false)))
    }

    fn split(&self, stack: &mut Vec<Vec<(i64, i64)>>, bounds: &[(i64, i64)], place: usize, wants_high: bool) {
        let (low, high) = bounds[place];
        let middle = low + (high - low) / 2;
        let halves = if wants_high { [(low, middle), (middle + 1, high)] } else { [(middle + 1, high), (low, middle)] };
        for half in halves {
            let mut part = bounds.to_vec();
            part[place] = half;
            if self.narrow(&mut part, self.touching[place].iter().copied(), None).is_ok() {
                stack.push(part);
            }
        }
    }

    /// Narrows the bounds of all places in `rows`, and whatever hangs on them.
    fn narrow(
        &self,
        bounds: &mut [(i64, i64)],
        rows: impl IntoIterator<Item = usize>,
        wanted: Option<&Row>,
    ) -> Result<(), Impossible> {
        let mut waiting: Vec<usize> = rows.into_iter().collect();
        let mut is_waiting = vec![false; self.rows.len()];
        for row in &waiting {
            is_waiting[*row] = true;
        }
        loop {
            let mut changed = Vec::new();
            match waiting.pop() {
                Some(row) => {
                    is_waiting[row] = false;
                    narrow_row(&self.rows[row], bounds, &mut changed)?;
                }
                None => {
                    if let Some(wanted) = wanted {
                        narrow_row(wanted, bounds, &mut changed)?;
                    }
                    if changed.is_empty() {
                        return Ok(());
                    }
                }
            }
            for row in changed.iter().flat_map(|place| &self.touching[*place]) {
                if !std::mem::replace(&mut is_waiting[*row], true) {
                    waiting.push(*row);
                }
            }
        }
    }
}

fn narrow_row(row: &Row, bounds: &mut [(i64, i64)], changed: &mut Vec<usize>) -> Result<(), Impossible> {
    let ends = |(place, times): &(usize, i64), bounds: &[(i64, i64)]| {
        let (low, high) = bounds[*place];
        if *times > 0 { (times * low, times * high) } else { (times * high, times * low) }
    };
    let (mut least, mut most) = (0, 0);
    for term in &row.sum {
        let (low, high) = ends(term, bounds);
        least += low;
        most += high;
    }
    if least > row.high || most < row.low {
        return Err(Impossible);
    }
    for term in &row.sum {
        let (low, high) = ends(term, bounds);
        // What the others leave for this one; all times are 1 or -1.
        let (from, to) = (row.low.saturating_sub(most - high).max(low), (row.high - (least - low)).min(high));
        if (from, to) != (low, high) {
            if from > to {
                return Err(Impossible);
            }
            least += from - low;
            most -= high - to;
            bounds[term.0] = if term.1 > 0 { (from, to) } else { (-to, -from) };
            changed.push(term.0);
        }
    }
    Ok(())
}

fn value(sum: &Sum, people: &[i64]) -> i64 {
    sum.iter().map(|(place, times)| people[*place] * times).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::attack::reading::any_batch;
    use proptest::prelude::*;

    const PLACES: usize = 5;
    const MOST: i64 = 3;

    /// Bounds of the places, sums that are known of one population, and one to be told.
    fn puzzle() -> impl Strategy<Value = (Equations, Sum, Vec<i64>)> {
        let sum = prop::collection::vec(-1..=1_i64, PLACES);
        let truth = prop::collection::vec(0..=MOST, PLACES);
        let sums = prop::collection::vec((sum.clone(), 0..3_i64), 1..5);
        (truth, sums, sum).prop_map(|(truth, sums, asked)| {
            let mut equations = Equations::default();
            for place in (1..).take(PLACES) {
                let place = equations
                    .add_place(super::super::equations::Place { batch: place, ..any_batch(None, &Vec::new(), None) });
                equations.at_most(vec![(place, 1)], MOST);
            }
            let terms = |times: &[i64]| -> Sum { (0..).zip(times.iter().copied()).filter(|one| one.1 != 0).collect() };
            for (times, slack) in &sums {
                let sum = terms(times);
                let is = value(&sum, &truth);
                equations.rows.push(Row { sum, low: is - slack, high: is + slack / 2 });
            }
            (equations, terms(&asked), truth)
        })
    }

    fn all_populations() -> impl Iterator<Item = Vec<i64>> {
        let numbers = usize::try_from(MOST + 1).unwrap();
        (0..numbers.pow(5)).map(move |mut n| {
            let mut digit = || {
                let digit = n % numbers;
                n /= numbers;
                i64::try_from(digit).unwrap()
            };
            (0..PLACES).map(|_| digit()).collect()
        })
    }

    proptest! {
        #[test]
        fn the_range_is_that_of_all_populations_that_agree((equations, asked, truth) in puzzle(), knows_one: bool) {
            let agrees = |people: &Vec<i64>| {
                equations.rows.iter().all(|row| (row.low..=row.high).contains(&value(&row.sum, people)))
            };
            let values: Vec<i64> = all_populations().filter(agrees).map(|people| value(&asked, &people)).collect();
            let mut search = Search::new(&equations, 10_000);
            if knows_one {
                search.note(truth);
            }
            let expected = (*values.iter().min().unwrap(), *values.iter().max().unwrap());
            prop_assert_eq!(search.range(&asked), Ok(expected));
            prop_assert!(!search.is_plainly_wide(&asked, i64::MIN, expected.1 - expected.0 + 1));
        }
    }
}
