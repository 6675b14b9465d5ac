//! The strict policy: which answers can be shown within the groups that are.
//!
//! A **column** is one option, or several that are shown as one. Of every group of people
//! whose count can be worked out (a group, those new in it, the others of a table), each
//! column must be 0 or *k* people at least, and so must be the rest; and not all of them
//! may have given the same answer.

use super::line::Line;
use super::{Deciding, Place, Shown};
use crate::release::series::Series;
use crate::release::tabulate::{Counts, Tabulated};
use std::collections::BTreeSet;

/// For each group of one table, which of its columns are shown; and what the columns are,
/// as positions among the options.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub options: Vec<Vec<usize>>,
    pub shown: Vec<BTreeSet<usize>>,
}

/// What is shown of one question: in total, and by each split.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub total: Columns,
    pub splits: Vec<Columns>,
}

/// `held`: answers that are not told, by the groups that gave them.
pub fn decide(deciding: &Deciding, question: &Tabulated, shown: &Shown, held: &BTreeSet<(Place, usize)>) -> Cells {
    let single: Vec<Vec<usize>> = (0..question.cells.len()).map(|option| vec![option]).collect();
    let table = |breakdown: Option<&str>, groups: &[(Option<&str>, &Counts, Option<u32>)], whole: Option<&Table>| {
        let at = |options: &[Vec<usize>]| {
            let mut table = Table::new(deciding, question, breakdown, groups, options);
            table.hold_back(held);
            table.hide(deciding, question.is_partition(), whole);
            table
        };
        let full = at(&single);
        let parts = question.parts();
        // Together before not at all: three answers of five are better than two.
        if parts.is_empty() || full.is_all_shown() || breakdown.is_none() {
            return full;
        }
        let together = at(&parts);
        let share = |table: &Table| table.shown_columns() * 100 / table.columns.len().max(1);
        if share(&together) > share(&full) { together } else { full }
    };
    let split = |at: usize, total: &Table| {
        let (split, as_at) = (question.splits.get(at)?, shown.splits.get(at)?);
        let rows = split.groups.iter().zip(as_at);
        let groups: Vec<_> = rows.map(|((group, counts), as_at)| (Some(group.as_str()), counts, *as_at)).collect();
        Some(table(Some(&split.breakdown), &groups, Some(total)))
    };
    let mut total = table(None, &[(None, &question.total, shown.total)], None);
    loop {
        let splits: Vec<Table> = (0..question.splits.len()).filter_map(|at| split(at, &total)).collect();
        // What a group showed earlier stays; so what the total would tell beside it goes.
        let mut goes: BTreeSet<usize> = splits.iter().flat_map(|split| split.told_by(deciding, &total)).collect();
        goes.retain(|column| total.rows.first_mut().is_some_and(|row| row.hide(*column)));
        if goes.is_empty() {
            return Cells {
                total: total.into_columns(),
                splits: splits.into_iter().map(Table::into_columns).collect(),
            };
        }
        total.hide(deciding, question.is_partition(), None);
    }
}

/// One table: a row for each group, of cells that are each shown or not.
#[derive(Clone, Debug)]
struct Table {
    columns: Vec<Vec<usize>>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    place: Place,
    /// The release that its figures are of; none: not shown at all.
    as_at: Option<u32>,
    /// Whether that is this release: what was shown in an earlier one is not hidden again.
    is_new: bool,
    base: Series,
    cells: Vec<Line>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Part {
    count: u64,
    of: u64,
}

impl Part {
    /// Whether it says nothing of fewer than k, nor the same of all.
    fn is_harmless(self, k: u64) -> bool {
        let rest = self.of.saturating_sub(self.count);
        self.of == 0 || (self.count == 0 || self.count >= k) && rest >= k
    }

    fn less(self, other: Part) -> Part {
        Part { count: self.count.saturating_sub(other.count), of: self.of.saturating_sub(other.of) }
    }

    fn and(self, other: Part) -> Part {
        Part { count: self.count + other.count, of: self.of + other.of }
    }
}

impl Row {
    /// What is new in a cell since it was last shown.
    fn block(&self, column: usize, as_at: u32) -> Part {
        let last = self.cells.get(column).map_or(0, |cell| cell.last_before(as_at));
        self.between(column, last, as_at)
    }

    fn between(&self, column: usize, after: u32, up_to: u32) -> Part {
        let count = self.cells.get(column).map_or(0, |cell| cell.between(after, up_to));
        Part { count, of: self.base.between(after, up_to) }
    }

    /// Of the blocks of a cell that lie within a span.
    fn blocks_within(&self, column: usize, after: u32, up_to: u32) -> Part {
        let blocks = self.cells.get(column).into_iter().flat_map(Line::blocks);
        let within = blocks.filter(|(start, end)| *start >= after && *end <= up_to);
        within.fold(Part::default(), |sum, (start, end)| sum.and(self.between(column, start, end)))
    }

    fn is_shown(&self, column: usize) -> bool {
        self.as_at.is_some() && self.cells.get(column).is_some_and(|cell| cell.as_at() == self.as_at)
    }

    /// Whether that was possible.
    fn hide(&mut self, column: usize) -> bool {
        let is_open = self.is_new && self.is_shown(column);
        let cell = self.cells.get_mut(column).filter(|_| is_open);
        cell.map(Line::hold_back).is_some()
    }
}

impl Table {
    /// With all cells of the groups that are shown, as if none was of few.
    fn new(
        deciding: &Deciding,
        question: &Tabulated,
        breakdown: Option<&str>,
        groups: &[(Option<&str>, &Counts, Option<u32>)],
        columns: &[Vec<usize>],
    ) -> Self {
        let code = question.question.as_str();
        let row = |(group, counts, as_at): &(Option<&str>, &Counts, Option<u32>)| {
            let place = Place::new(code, breakdown, *group);
            let cell = |options: &Vec<usize>| {
                let codes = options.iter().filter_map(|option| question.cells.get(*option)).map(ToString::to_string);
                let mut line = Line::new(counts.sum(options), deciding.history.cell_points(&place, &codes.collect()));
                if *as_at == Some(deciding.now) && !line.is_at(deciding.now) {
                    line.bring_up_to(deciding.now);
                }
                line
            };
            let cells = columns.iter().map(cell).collect();
            Row { place, as_at: *as_at, is_new: *as_at == Some(deciding.now), base: counts.bases(), cells }
        };
        Table { columns: columns.to_vec(), rows: groups.iter().map(row).collect() }
    }

    fn into_columns(self) -> Columns {
        let shown = |row: &Row| (0..self.columns.len()).filter(|column| row.is_shown(*column)).collect();
        Columns { shown: self.rows.iter().map(shown).collect(), options: self.columns }
    }

    fn is_all_shown(&self) -> bool {
        self.rows.iter().filter(|row| row.as_at.is_some()).all(|row| (0..self.columns.len()).all(|at| row.is_shown(at)))
    }

    fn shown_columns(&self) -> usize {
        self.rows.iter().map(|row| (0..self.columns.len()).filter(|column| row.is_shown(*column)).count()).sum()
    }

    fn hold_back(&mut self, held: &BTreeSet<(Place, usize)>) {
        for row in &mut self.rows {
            for (column, options) in self.columns.iter().enumerate() {
                if options.iter().any(|option| held.contains(&(row.place.clone(), *option))) {
                    row.hide(column);
                }
            }
        }
    }

    /// Hides cells until none that is shown, and nothing that can be worked out from those
    /// that are, is of few.
    fn hide(&mut self, deciding: &Deciding, is_partition: bool, whole: Option<&Table>) {
        // Groups that are hidden in a column are as many as the total says, at most.
        self.hide_few(if whole.is_some() { deciding.k } else { deciding.least }, deciding.now);
        loop {
            let in_rows = is_partition && self.hide_in_rows(deciding);
            let in_columns = whole.is_some_and(|whole| self.hide_in_columns(deciding, whole));
            if !in_rows && !in_columns {
                break;
            }
        }
    }

    fn hide_few(&mut self, k: u64, now: u32) {
        for row in &mut self.rows {
            for column in 0..self.columns.len() {
                let as_at = row.as_at.unwrap_or(now);
                if !row.block(column, as_at).is_harmless(k) {
                    row.hide(column);
                }
            }
        }
    }

    /// Options add up to the base: those that are hidden must be enough together.
    fn hide_in_rows(&mut self, deciding: &Deciding) -> bool {
        let columns = self.columns.len();
        let mut has_changed = false;
        for row in &mut self.rows {
            let Some(as_at) = row.as_at.filter(|_| row.is_new) else { continue };
            loop {
                let (shown, hidden): (Vec<usize>, Vec<usize>) = (0..columns).partition(|column| row.is_shown(*column));
                let blocks = hidden.iter().map(|column| row.block(*column, as_at));
                let count: u64 = blocks.map(|block| block.count).sum();
                let people = hidden.iter().filter(|column| row.block(**column, as_at).count > 0).count();
                let is_open = hidden.is_empty() || shown.is_empty() || count >= deciding.least && people > 1;
                let next = shown.into_iter().min_by_key(|column| {
                    let count = row.block(*column, as_at).count;
                    (count == 0, count)
                });
                let Some(next) = next.filter(|_| !is_open) else { break };
                row.hide(next);
                has_changed = true;
            }
        }
        has_changed
    }

    /// What is left of a column of the total, over every run of releases.
    fn hide_in_columns(&mut self, deciding: &Deciding, whole: &Table) -> bool {
        let mut has_changed = false;
        for column in 0..self.columns.len() {
            while self.tells_of_few(column, deciding, whole) {
                let shown = self.rows.iter().enumerate().filter(|(_, row)| row.is_new && row.is_shown(column));
                let smallest = shown.min_by_key(|(_, row)| row.block(column, deciding.now).count).map(|(at, _)| at);
                let Some(row) = smallest.and_then(|at| self.rows.get_mut(at)) else { break };
                row.hide(column);
                has_changed = true;
            }
        }
        has_changed
    }

    /// The columns of the total that tell of few, whatever more is hidden here: of each of
    /// ours, its smallest.
    fn told_by(&self, deciding: &Deciding, whole: &Table) -> Vec<usize> {
        let told = (0..self.columns.len()).filter(|column| self.tells_of_few(*column, deciding, whole));
        let smallest = |column: usize| {
            let of_whole = self.of_whole(column, whole).into_iter();
            of_whole.min_by_key(|at| whole.rows.first().map(|row| row.block(*at, deciding.now).count))
        };
        told.filter_map(smallest).collect()
    }

    /// The columns of the total that make up one of ours.
    fn of_whole(&self, column: usize, whole: &Table) -> Vec<usize> {
        let options = self.columns.get(column).map(Vec::as_slice).unwrap_or_default();
        let is_within = |one: &Vec<usize>| one.iter().all(|option| options.contains(option));
        whole.columns.iter().enumerate().filter(|(_, one)| is_within(one)).map(|(at, _)| at).collect()
    }

    fn tells_of_few(&self, column: usize, deciding: &Deciding, whole: &Table) -> bool {
        let of_whole = self.of_whole(column, whole);
        let Some(total) = whole.rows.first().filter(|total| of_whole.iter().all(|at| total.is_shown(*at))) else {
            return false;
        };
        let Some(first) = of_whole.first().and_then(|at| total.cells.get(*at)) else { return false };
        let starts: Vec<u32> = first.blocks().map(|(start, _)| start).collect();
        starts.into_iter().any(|start| {
            let up_to = first.last();
            let counts = of_whole.iter().map(|at| total.between(*at, start, up_to));
            let all = Part { count: counts.map(|part| part.count).sum(), of: total.base.between(start, up_to) };
            let shown = self.rows.iter().map(|row| row.blocks_within(column, start, up_to));
            let left = all.less(shown.fold(Part::default(), Part::and));
            !left.is_harmless(deciding.least)
        })
    }
}
