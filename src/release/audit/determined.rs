//! What equations say outright: sums of columns that are sums of rows, however often each
//! is added or taken off. No linear program has to be asked for these.

use super::program::Component;

/// Rows are brought into echelon form with numbers from nought to this prime: whole
/// numbers as small as these stay apart from one another there, and nothing is rounded.
const PRIME: u64 = (1 << 61) - 1;

/// The rows of a component in reduced echelon form; the last number of each is what its
/// terms add up to.
#[derive(Debug)]
pub struct Echelon {
    columns: usize,
    /// Each with the column that no other row has.
    rows: Vec<(usize, Vec<u64>)>,
}

impl Echelon {
    pub fn new(component: &Component) -> Self {
        let mut echelon = Echelon { columns: component.columns.len(), rows: Vec::new() };
        for row in &component.rows {
            let mut numbers = vec![0; echelon.columns + 1];
            let terms = row.terms.iter().copied().chain([(echelon.columns, row.sum)]);
            for (column, times) in terms {
                numbers.iter_mut().skip(column).take(1).for_each(|number| *number = residue(times));
            }
            echelon.add(numbers);
        }
        echelon
    }

    fn add(&mut self, mut new: Vec<u64>) {
        self.reduce(&mut new);
        let is_there = |(column, number): (usize, &u64)| (*number != 0).then_some((column, *number));
        let Some((pivot, first)) = new.iter().take(self.columns).enumerate().find_map(is_there) else { return };
        let by = inverse(first);
        new.iter_mut().for_each(|number| *number = product(*number, by));
        for (_, row) in &mut self.rows {
            let times = row.get(pivot).copied().unwrap_or(0);
            take_off(row, &new, times);
        }
        self.rows.push((pivot, new));
    }

    fn reduce(&self, numbers: &mut [u64]) {
        for (pivot, row) in &self.rows {
            let times = numbers.get(*pivot).copied().unwrap_or(0);
            take_off(numbers, row, times);
        }
    }

    /// What the columns together are, if the rows say so.
    pub fn sum(&self, columns: &[usize]) -> Option<u64> {
        let mut numbers = vec![0; self.columns + 1];
        for column in columns {
            numbers.iter_mut().skip(*column).take(1).for_each(|number| *number = 1);
        }
        self.reduce(&mut numbers);
        let (sum, left) = numbers.split_last()?;
        left.iter().all(|number| *number == 0).then(|| difference(0, *sum))
    }
}

fn take_off(from: &mut [u64], row: &[u64], times: u64) {
    if times != 0 {
        let numbers = from.iter_mut().zip(row).filter(|(_, number)| **number != 0);
        numbers.for_each(|(from, number)| *from = difference(*from, product(*number, times)));
    }
}

fn residue(number: i64) -> u64 {
    let prime = i64::try_from(PRIME).unwrap_or(i64::MAX);
    u64::try_from(number.rem_euclid(prime)).unwrap_or(0)
}

fn product(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    let folded = (product & u128::from(PRIME)) + (product >> 61);
    u64::try_from(folded % u128::from(PRIME)).unwrap_or(0)
}

fn difference(one: u64, other: u64) -> u64 {
    if one >= other { one - other } else { one + PRIME - other }
}

/// By Fermat's little theorem.
fn inverse(number: u64) -> u64 {
    let (mut result, mut power, mut left) = (1, number, PRIME - 2);
    while left > 0 {
        if left % 2 == 1 {
            result = product(result, power);
        }
        power = product(power, power);
        left /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::audit::program::Row;

    fn echelon(columns: usize, rows: &[(&[(usize, i64)], i64)]) -> Echelon {
        let rows = rows.iter().map(|(terms, sum)| Row { terms: terms.to_vec(), sum: *sum }).collect();
        Echelon::new(&Component { columns: vec![1; columns], rows })
    }

    #[test]
    fn a_sum_less_another_is_known_and_what_they_are_made_of_is_not() {
        let echelon = echelon(4, &[(&[(0, 1), (1, 1), (2, 1)], 10), (&[(1, 1), (2, 1)], 4), (&[(2, 1), (3, 1)], 9)]);
        assert_eq!(echelon.sum(&[0]), Some(6));
        assert_eq!(echelon.sum(&[0, 2, 3]), Some(15));
        assert_eq!([echelon.sum(&[1]), echelon.sum(&[2]), echelon.sum(&[0, 1])], [None; 3]);
        assert_eq!(echelon.sum(&[]), Some(0));
    }

    #[test]
    fn room_is_taken_off_and_halves_are_put_together() {
        let rooms = echelon(3, &[(&[(0, 1), (1, 1), (2, -1)], 3), (&[(2, 1)], 4)]);
        assert_eq!(rooms.sum(&[0, 1]), Some(7));
        let pairs = echelon(3, &[(&[(0, 1), (1, 1)], 5), (&[(1, 1), (2, 1)], 7), (&[(0, 1), (2, 1)], 6)]);
        assert_eq!([pairs.sum(&[0]), pairs.sum(&[1]), pairs.sum(&[2])], [Some(2), Some(3), Some(4)]);
    }
}
