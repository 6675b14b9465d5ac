//! Whole numbers of people, and what is known of them: each is none or more, and sums
//! of some lie within bounds.

use std::collections::BTreeMap;

/// Some of the people: those of a population who came with one batch, who gave the
/// values in `cut` (none: did not say) and chose `option`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// None: all responses; else those who were asked the question and answered it.
    pub question: Option<String>,
    /// Breakdowns, in the campaign's order, with one of their values; empty: everybody.
    pub cut: Vec<(String, Option<String>)>,
    /// None: all of them.
    pub option: Option<String>,
    pub batch: u32,
}

/// A sum over places, each so many times.
pub type Sum = Vec<(usize, i64)>;

/// `low` <= the sum <= `high`.
#[derive(Clone, Debug)]
pub struct Row {
    pub sum: Sum,
    pub low: i64,
    pub high: i64,
}

/// As good as no bound.
pub const MANY: i64 = 1_000_000_000;

#[derive(Clone, Debug, Default)]
pub struct Equations {
    places: BTreeMap<Place, usize>,
    pub rows: Vec<Row>,
}

impl Equations {
    pub fn places(&self) -> impl Iterator<Item = (&Place, usize)> {
        self.places.iter().map(|(place, position)| (place, *position))
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn add_place(&mut self, place: Place) -> usize {
        let next = self.places.len();
        *self.places.entry(place).or_insert(next)
    }

    pub fn equal(&mut self, sum: Sum, value: i64) {
        self.rows.push(Row { sum, low: value, high: value });
    }

    pub fn at_most(&mut self, sum: Sum, value: i64) {
        self.rows.push(Row { sum, low: -MANY, high: value });
    }

    /// One place is what others make together.
    pub fn is_sum_of(&mut self, whole: usize, parts: impl IntoIterator<Item = usize>) {
        let mut sum: Sum = parts.into_iter().map(|part| (part, 1)).collect();
        sum.push((whole, -1));
        self.equal(sum, 0);
    }

    /// `part` is of no more people than `whole`.
    pub fn lies_within(&mut self, part: usize, whole: usize) {
        self.at_most(vec![(part, 1), (whole, -1)], 0);
    }

    /// The sum of a place over the batches after `after`, up to `up_to`.
    pub fn over(&self, place: &Place, after: u32, up_to: u32) -> Sum {
        let at = |batch| self.places.get(&Place { batch, ..place.clone() });
        (after + 1..=up_to).map(|batch| (*at(batch).expect("a place of the model"), 1)).collect()
    }

    /// The rows that do not hold for so many people in each place.
    pub fn broken_by(&self, people: impl Fn(&Place) -> i64) -> Vec<String> {
        let mut numbers = vec![0; self.len()];
        for (place, position) in self.places() {
            numbers[position] = people(place);
        }
        let value = |row: &Row| -> i64 { row.sum.iter().map(|(place, times)| numbers[*place] * times).sum() };
        let is_broken = |row: &&Row| !(row.low..=row.high).contains(&value(row));
        self.rows.iter().filter(is_broken).map(|row| self.told(row, value(row))).collect()
    }

    fn told(&self, row: &Row, value: i64) -> String {
        let names: BTreeMap<usize, &Place> = self.places().map(|(place, position)| (position, place)).collect();
        let sum: Vec<String> = row.sum.iter().map(|(place, times)| format!("{times} * {:?}", names[place])).collect();
        format!("{} is {value}, and not {} to {}", sum.join(" + "), row.low, row.high)
    }
}
