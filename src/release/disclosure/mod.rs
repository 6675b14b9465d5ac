#![doc = include_str!("../disclosure.md")]

#[cfg(test)]
pub(in crate::release) mod attack;
mod cells;
mod fewest;
mod history;
mod line;
mod place;
mod population;
mod sizes;
#[cfg(test)]
mod strict_tests;
#[cfg(test)]
mod tests;
mod together;

pub use cells::{Cells, Columns};
pub use fewest::Method;
pub use place::Place;
pub use sizes::Sizes;
pub use together::{HeldBack, Taken};

use super::model::{Policy, Release};
use super::series::Series;
use super::tabulate::{Counts, Tabulated, Tabulation, crossed};
use history::History;
use std::collections::BTreeSet;

/// Up to which release the figures of one question can be shown: the current
/// one, an earlier one ("as at"), or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub total: Option<u32>,
    /// For each of the question's splits, for each of its groups.
    pub splits: Vec<Vec<Option<u32>>>,
    /// In a breakdown's own table: for each cell; and for each of its splits, for each
    /// cell of each group. None: all as the group that they are in.
    pub cells: Option<Vec<Option<u32>>>,
    pub split_cells: Option<Vec<Vec<Vec<Option<u32>>>>>,
    /// Under the strict policy: which answers. None: all.
    pub answers: Option<Cells>,
}

/// What is asked for beyond the rules: after an audit.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// Held back whatever the rules say.
    pub held: BTreeSet<Place>,
    /// Not held back for the sake of others.
    pub freed: BTreeSet<Place>,
    /// Held back though the group that gave them is shown, by position among the options.
    pub answers: BTreeSet<(Place, usize)>,
}

/// Decides what release `now` of a campaign can show, with all the releases before it.
#[derive(Debug)]
pub struct Deciding<'a> {
    counts: &'a Tabulation,
    history: History,
    now: u32,
    k: u64,
    least: u64,
    is_strict: bool,
}

/// A group whose figures are new in this release, and how many people are new in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    pub place: Place,
    pub people: u64,
}

/// Answers of a group that are told in this release, as one or each, and how many gave any
/// of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreshAnswers {
    pub place: Place,
    pub options: Vec<usize>,
    pub people: u64,
}

/// What the rules of one decision are about.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    now: u32,
    k: u64,
    least: u64,
    held: &'a BTreeSet<Place>,
    freed: &'a BTreeSet<Place>,
}

impl<'a> Deciding<'a> {
    pub fn new(counts: &'a Tabulation, earlier: &[Release], now: u32, policy: &Policy) -> Self {
        let history = History::read(earlier, &counts.breakdowns);
        Deciding { counts, history, now, k: policy.k(), least: policy.least(), is_strict: policy.strict }
    }

    pub fn counts(&self) -> &'a Tabulation {
        self.counts
    }

    pub fn now(&self) -> u32 {
        self.now
    }

    fn rules<'r>(&self, orders: &'r Orders) -> Rules<'r> {
        Rules { now: self.now, k: self.k, least: self.least, held: &orders.held, freed: &orders.freed }
    }

    /// How large the groups are: the breakdowns' own tables. All else depends on it.
    pub fn sizes(&self, orders: &Orders) -> Sizes {
        sizes::decide(self, &self.rules(orders))
    }

    /// One question, with the sizes of the groups as they are shown.
    pub fn question(&self, question: &Tabulated, sizes: &Sizes, orders: &Orders) -> (Shown, Taken) {
        match sizes.shown_in(question) {
            Some(shown) => (shown, Taken::default()),
            None => {
                let (shown, taken) = population::decide(self, question, sizes, &self.rules(orders));
                let answers = self.is_strict.then(|| cells::decide(self, question, &shown, &orders.answers));
                (Shown { answers, ..shown }, taken)
            }
        }
    }

    /// Which answers to `question` are told anew, as `shown`.
    pub fn fresh_answers(&self, question: &Tabulated, shown: &Shown) -> Vec<FreshAnswers> {
        let Some(cells) = &shown.answers else { return Vec::new() };
        let code = question.question.as_str();
        let mut fresh = Vec::new();
        let mut add = |place: Place, as_at: Option<u32>, columns: &Columns, row: usize, counts: &Counts| {
            let told = columns.shown.get(row).filter(|_| as_at == Some(self.now)).into_iter().flatten();
            fresh.extend(told.filter_map(|column| columns.options.get(*column)).map(|options| FreshAnswers {
                place: place.clone(),
                options: options.clone(),
                people: counts.sum(options).up_to(self.now),
            }));
        };
        add(Place::new(code, None, None), shown.total, &cells.total, 0, &question.total);
        for ((split, as_at), columns) in question.splits.iter().zip(&shown.splits).zip(&cells.splits) {
            for (row, ((group, counts), as_at)) in split.groups.iter().zip(as_at).enumerate() {
                add(Place::new(code, Some(&split.breakdown), Some(group)), *as_at, columns, row, counts);
            }
        }
        fresh
    }

    /// Where the figures of `question` are new, as `shown`.
    pub fn fresh(&self, question: &Tabulated, shown: &Shown) -> Vec<Fresh> {
        let code = question.question.as_str();
        let mut fresh = Vec::new();
        let mut add = |place: Place, as_at: Option<u32>, sizes: &Series| {
            let last = self.history.points(&place).last().copied().unwrap_or(0);
            let people = sizes.between(last, self.now);
            if as_at == Some(self.now) && people > 0 {
                fresh.push(Fresh { place, people });
            }
        };
        add(Place::new(code, None, None), shown.total, &question.total.bases());
        for (at, (option, as_at)) in question.cells.iter().zip(shown.cells.iter().flatten()).enumerate() {
            add(Place::size(code, code, option.as_str()), *as_at, &question.total.cell(at));
        }
        for (position, (split, groups)) in question.splits.iter().zip(&shown.splits).enumerate() {
            let cells = shown.split_cells.as_ref().and_then(|splits| splits.get(position));
            for (row, ((group, counts), as_at)) in split.groups.iter().zip(groups).enumerate() {
                add(Place::size(code, &split.breakdown, group), *as_at, &counts.bases());
                let Some(cells) = cells.and_then(|rows| rows.get(row)) else { continue };
                for (at, (option, as_at)) in question.cells.iter().zip(cells).enumerate() {
                    let place = Place::size(code, &crossed(&split.breakdown, code), &crossed(group, option.as_str()));
                    add(place, *as_at, &counts.cell(at));
                }
            }
        }
        fresh
    }
}
