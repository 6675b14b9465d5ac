//! Counts of the answers to one question, batch by batch.

use super::length;
use crate::release::series::Series;

/// One row for each batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts(Vec<Row>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Those who were asked and answered.
    pub base: u64,
    /// In the order of [`super::Tabulated::cells`].
    pub cells: Vec<u64>,
    /// Those with any favourable answer.
    pub favourable: u64,
    /// Those whom the answer lets be asked further questions, for each of these.
    pub asked_on: Vec<u64>,
}

/// What one person's answer adds to.
#[derive(Clone, Copy, Debug)]
pub struct One<'a> {
    pub cells: &'a [usize],
    pub is_favourable: bool,
    pub asked_on: &'a [bool],
}

impl Row {
    fn add(&mut self, other: &Row) {
        self.base += other.base;
        self.favourable += other.favourable;
        let counts = other.cells.iter().chain(&other.asked_on);
        for (total, count) in self.cells.iter_mut().chain(&mut self.asked_on).zip(counts) {
            *total += count;
        }
    }
}

impl Counts {
    pub fn empty(cells: usize, leads_on: usize, batches: u32) -> Self {
        let row = Row { base: 0, cells: vec![0; cells], favourable: 0, asked_on: vec![0; leads_on] };
        Counts(vec![row; length(batches)])
    }

    pub fn add(&mut self, batch: usize, one: One<'_>) {
        let Some(row) = self.0.get_mut(batch) else { return };
        row.base += 1;
        row.favourable += u64::from(one.is_favourable);
        for (asked, is_asked) in row.asked_on.iter_mut().zip(one.asked_on) {
            *asked += u64::from(*is_asked);
        }
        for cell in one.cells {
            if let Some(count) = row.cells.get_mut(*cell) {
                *count += 1;
            }
        }
    }

    /// Adds what another has counted of the same cells.
    pub fn merge(&mut self, other: &Counts) {
        for (row, theirs) in self.0.iter_mut().zip(&other.0) {
            row.add(theirs);
        }
    }

    /// All batches up to that of `release` together.
    pub fn up_to(&self, release: u32) -> Row {
        let mut rows = self.0.iter().take(length(release));
        let Some(mut sum) = rows.next().cloned() else { return self.nobody() };
        rows.for_each(|row| sum.add(row));
        sum
    }

    fn nobody(&self) -> Row {
        let width = self.0.first().map_or(0, |row| row.cells.len());
        Row { base: 0, cells: vec![0; width], favourable: 0, asked_on: Vec::new() }
    }

    /// How many of them are asked each further question, batch by batch.
    pub fn asked_on(&self) -> Vec<Series> {
        let further = self.0.first().map_or(0, |row| row.asked_on.len());
        let series = |at: usize| self.0.iter().map(|row| row.asked_on.get(at).copied().unwrap_or(0)).collect();
        (0..further).map(|at| Series::new(series(at))).collect()
    }

    /// How many answered, batch by batch.
    pub fn bases(&self) -> Series {
        Series::new(self.0.iter().map(|row| row.base).collect())
    }

    /// How many chose any of these cells, of which nobody has chosen two, batch by batch.
    pub fn sum(&self, cells: &[usize]) -> Series {
        let of = |row: &Row| cells.iter().filter_map(|cell| row.cells.get(*cell)).sum();
        Series::new(self.0.iter().map(of).collect())
    }

    /// How many chose the cell at `position`, batch by batch.
    pub fn cell(&self, position: usize) -> Series {
        Series::new(self.0.iter().map(|row| row.cells.get(position).copied().unwrap_or(0)).collect())
    }
}
