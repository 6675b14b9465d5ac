//! What the digits of percentages give away: the counts of a base that round to one, and
//! the bases that several fit. And whether all that is printed of a group can be true.

use super::published::Known;
use crate::release::model::{Cell, Collapsed, Figure, Group, Tenths};
use crate::release::percent;

/// A number of some people among others, as far as it is printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Printed {
    pub count: Option<u64>,
    pub percent: Option<Tenths>,
    pub low: Option<Tenths>,
    pub high: Option<Tenths>,
    /// Whether it is as at another release than the rest of its row, and so of others.
    pub is_apart: bool,
    /// Of how many, then.
    pub base: Option<u64>,
}

/// What is printed of a group.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub base: Option<u64>,
    pub cells: Vec<Printed>,
    /// Several options as one.
    pub unions: Vec<Printed>,
    pub favourable: Option<Printed>,
    /// Whether everybody is in one of the options.
    pub is_partition: bool,
}

/// How it is printed, and of how many at most.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub decimals: u32,
    pub people: u64,
    /// So many bases that fit, and one more, are enough.
    pub width: u64,
}

/// What it comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many they are, where that is printed or can be worked out.
    pub base: Option<Known>,
    /// Whether no more bases than the width fit.
    pub is_traced: bool,
    /// In the order of the row; none where nothing true is printed.
    pub cells: Vec<Option<Known>>,
    pub unions: Vec<Option<Known>>,
    /// Cells that cannot be true.
    pub wrong: Vec<usize>,
    /// Whether not all can be true, even if each cell can.
    pub is_wrong: bool,
}

/// A row, if it is of so many.
struct Fit {
    cells: Vec<Option<Known>>,
    unions: Vec<Option<Known>>,
    is_favourable: bool,
    adds_up: bool,
}

impl Printed {
    pub fn is_nothing(&self) -> bool {
        self.count.is_none() && [self.percent, self.low, self.high].iter().all(Option::is_none)
    }

    /// How many of `base` it can be; none if it cannot be true of so many.
    pub fn of(&self, base: u64, decimals: u32) -> Option<Known> {
        if base == 0 {
            let is_nobody = self.count.is_none_or(|count| count == 0);
            return (is_nobody && self.percent.is_none()).then_some(Known::exactly(0));
        }
        if let Some(count) = self.count {
            let agrees = count <= base && !self.compare(count, base, decimals, |printed, true_one| printed != true_one);
            return agrees.then_some(Known::exactly(count));
        }
        // The more they are, the larger are the percentage and both ends of its interval.
        let low = first(base + 1, |count| !self.compare(count, base, decimals, |printed, true_one| printed > true_one));
        let over = first(base + 1, |count| self.compare(count, base, decimals, |printed, true_one| printed < true_one));
        let high = over.checked_sub(1)?;
        (low <= high).then_some(Known { low, high })
    }

    /// Whether any of its digits stands so to what it would be for `count` of `base`.
    fn compare(&self, count: u64, base: u64, decimals: u32, stands: impl Fn(Tenths, Tenths) -> bool) -> bool {
        if decimals == 0 {
            let whole = Tenths(u32::try_from((200 * count + base) / (2 * base) * 10).unwrap_or(u32::MAX));
            // How the ends of intervals would be rounded then is not known.
            return self.percent.is_some_and(|percent| stands(percent, whole));
        }
        let Some(Figure { percent, low, high, .. }) = percent::figure(count, base) else { return true };
        let digits = [(self.percent, percent), (self.low, low), (self.high, high)];
        digits.into_iter().any(|(printed, true_one)| printed.is_some_and(|printed| stands(printed, true_one)))
    }
}

/// The first number for which something holds that holds of all that follow; `end` if
/// there is none before.
fn first(end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut least, mut most) = (0, end);
    while least < most {
        let middle = u64::midpoint(least, most);
        if holds(middle) {
            most = middle;
        } else {
            least = middle + 1;
        }
    }
    least
}

impl Row {
    pub fn of(group: &Group, is_partition: bool) -> Row {
        Row {
            base: group.base,
            cells: group.cells.iter().flatten().map(Printed::from).collect(),
            unions: group.collapsed.iter().flatten().map(Printed::from).collect(),
            favourable: group.favourable.map(Printed::from),
            is_partition,
        }
    }

    pub fn told(&self, terms: Terms) -> Told {
        if let Some(base) = self.base {
            return self.told_of(base, terms);
        }
        if self.all().all(|printed| printed.is_nothing() || printed.is_apart) {
            return self.as_printed();
        }
        let fitting = || (0..=terms.people).filter(|base| self.fit(*base, terms).is_true());
        let enough = usize::try_from(terms.width).unwrap_or(usize::MAX).saturating_add(1);
        let least: Vec<u64> = fitting().take(enough).collect();
        let Some((low, high)) = least.first().copied().zip(fitting().next_back()) else {
            return Told { is_wrong: true, ..self.as_printed() };
        };
        let is_traced = low < high && least.len() < enough;
        Told { base: Some(Known { low, high }), is_traced, ..self.told_of(low, terms).or(&self.told_of(high, terms)) }
    }

    fn all(&self) -> impl Iterator<Item = &Printed> {
        self.cells.iter().chain(&self.unions).chain(&self.favourable)
    }

    fn told_of(&self, base: u64, terms: Terms) -> Told {
        let fit = self.fit(base, terms);
        let is_wrong = !fit.is_favourable || !fit.adds_up || fit.unions.iter().any(Option::is_none);
        let wrong = fit.cells.iter().enumerate().filter(|(_, people)| people.is_none()).map(|(at, _)| at).collect();
        // What is printed is read as it is, whatever stands beside it.
        let read = |printed: &[Printed], fit: Vec<Option<Known>>| -> Vec<Option<Known>> {
            let each = printed.iter().zip(fit).map(|(printed, people)| printed.count.map(Known::exactly).or(people));
            each.zip(printed).map(|(people, printed)| people.filter(|_| !printed.is_nothing())).collect()
        };
        let (cells, unions) = (read(&self.cells, fit.cells), read(&self.unions, fit.unions));
        Told { base: Some(Known::exactly(base)), is_traced: false, cells, unions, wrong, is_wrong }
    }

    fn as_printed(&self) -> Told {
        let count = |printed: &Printed| printed.count.map(Known::exactly);
        let (cells, unions) = (self.cells.iter().map(count).collect(), self.unions.iter().map(count).collect());
        Told { cells, unions, ..Told::default() }
    }

    fn fit(&self, base: u64, terms: Terms) -> Fit {
        let one = |printed: &Printed| match printed.base {
            None if printed.is_apart => Some(Known { low: 0, high: terms.people }),
            own => printed.of(own.unwrap_or(base), terms.decimals),
        };
        let of = |printed: &[Printed]| -> Vec<Option<Known>> { printed.iter().map(one).collect() };
        let (cells, unions) = (of(&self.cells), of(&self.unions));
        Fit {
            is_favourable: self.favourable.is_none_or(|printed| printed.of(base, terms.decimals).is_some()),
            adds_up: self.adds_up(&self.cells, &cells, base) && self.adds_up(&self.unions, &unions, base),
            cells,
            unions,
        }
    }

    /// Of options that everybody chose one of, if all are shown, so do their numbers.
    fn adds_up(&self, printed: &[Printed], people: &[Option<Known>], base: u64) -> bool {
        let is_left_out = |printed: &Printed| printed.is_nothing() || printed.is_apart;
        let is_whole = self.is_partition && !printed.is_empty() && !printed.iter().any(is_left_out);
        let sum = |end: fn(&Known) -> u64| people.iter().flatten().map(end).sum::<u64>();
        !is_whole || people.iter().any(Option::is_none) || (sum(|one| one.low)..=sum(|one| one.high)).contains(&base)
    }
}

impl Fit {
    fn is_true(&self) -> bool {
        let each = self.cells.iter().chain(&self.unions);
        self.is_favourable && self.adds_up && each.clone().all(Option::is_some)
    }
}

impl Told {
    /// One or the other.
    fn or(self, other: &Told) -> Told {
        let either = |one: &[Option<Known>], other: &[Option<Known>]| -> Vec<Option<Known>> {
            let both = |(one, other): (&Option<Known>, &Option<Known>)| Some(one.as_ref()?.or(*other.as_ref()?));
            one.iter().zip(other).map(both).collect()
        };
        Told { cells: either(&self.cells, &other.cells), unions: either(&self.unions, &other.unions), ..self }
    }
}

impl From<&Cell> for Printed {
    fn from(cell: &Cell) -> Self {
        let Cell { as_at, base, count, percent, low, high, .. } = *cell;
        Printed { count, percent, low, high, is_apart: as_at.is_some(), base }
    }
}

impl From<&Collapsed> for Printed {
    fn from(union: &Collapsed) -> Self {
        let Collapsed { count, percent, low, high, .. } = *union;
        Printed { count, percent, low, high, ..Printed::default() }
    }
}

impl From<Figure> for Printed {
    fn from(figure: Figure) -> Self {
        let Figure { count, percent, low, high } = figure;
        Printed { count: Some(count), percent: Some(percent), low: Some(low), high: Some(high), ..Printed::default() }
    }
}
