//! Sums of variables in the pieces that lie in single components, and what worlds have
//! shown of them. Many sums share pieces: what came with one batch is in every span
//! around it.

use super::limits::Limits;
use super::linear::{self, World};
use super::outline::Outline;
use super::program::{Reduced, Value};
use std::collections::BTreeMap;

/// A sum of variables to find out about.
#[derive(Clone, Debug)]
pub struct Aim {
    pub variables: Vec<usize>,
    pub limits: Limits,
    /// Whether the range is wanted as it is, however wide.
    pub is_exact: bool,
}

/// From where to where a sum reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub low: u64,
    pub high: u64,
    /// Whether it is that and no wider. Else it is wide enough not to look further.
    pub is_exact: bool,
}

/// A sum as it is known so far.
#[derive(Debug)]
pub struct Sum {
    limits: Limits,
    is_exact_wanted: bool,
    /// Whether the solver gave up on finding it in whole people: what fractions of them
    /// allow has to do.
    pub is_doubtful: bool,
    /// What is known of it exactly.
    constant: u64,
    pub pieces: Vec<usize>,
}

/// What of a sum lies in one component.
#[derive(Debug)]
pub struct Piece {
    /// The columns that have any of its variables: all of them may be its.
    most: Vec<usize>,
    /// The columns that have no other variables.
    least: Vec<usize>,
    /// The ends of what worlds have shown.
    seen: Option<(u64, u64)>,
    /// No world is beyond.
    pub low: u64,
    pub high: u64,
}

/// All sums, and their pieces by component.
#[derive(Debug, Default)]
pub struct Pieces {
    pub sums: Vec<Sum>,
    pub pieces: Vec<Piece>,
    component: Vec<usize>,
    by_component: Vec<Vec<usize>>,
}

impl Range {
    /// Whether nothing of the other lies beyond it.
    pub fn holds(self, other: Range) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    /// What is in both; none if nothing is. Of ranges that reach at least so far, it
    /// reaches at least so far.
    pub fn and(self, other: Range) -> Option<Range> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        (low <= high).then_some(Range { low, high, is_exact: self.is_exact && other.is_exact })
    }
}

impl Pieces {
    pub fn new(reduced: &Reduced, aims: &[Aim], cap: u64) -> Self {
        let mut pieces = Pieces { by_component: vec![Vec::new(); reduced.components.len()], ..Pieces::default() };
        let outlines: Vec<Outline> = reduced.components.iter().map(|component| Outline::new(component, cap)).collect();
        let mut known: BTreeMap<(usize, Columns), usize> = BTreeMap::new();
        for aim in aims {
            let (constant, within) = columns(reduced, &aim.variables);
            let mut sum = Sum {
                limits: aim.limits,
                is_exact_wanted: aim.is_exact,
                is_doubtful: false,
                constant,
                pieces: Vec::new(),
            };
            for (component, columns) in within {
                let piece = known
                    .entry((component, columns))
                    .or_insert_with_key(|(component, columns)| pieces.add(&outlines, *component, columns));
                sum.pieces.push(*piece);
            }
            pieces.sums.push(sum);
        }
        pieces
    }

    fn add(&mut self, outlines: &[Outline], component: usize, columns: &Columns) -> usize {
        let outline = outlines.get(component);
        let is_whole = |place: &&(usize, usize)| outline.is_some_and(|outline| outline.is_whole(place));
        let most: Vec<usize> = columns.iter().map(|(column, _)| *column).collect();
        let least = columns.iter().filter(is_whole).map(|(column, _)| *column).collect();
        let (low, high) = outline.map(|outline| outline.of(columns)).unwrap_or_default();
        self.pieces.push(Piece { most, least, seen: None, low, high });
        self.component.push(component);
        let piece = self.pieces.len() - 1;
        self.by_component.iter_mut().skip(component).take(1).for_each(|pieces| pieces.push(piece));
        piece
    }

    pub fn component(&self, piece: usize) -> usize {
        self.component.get(piece).copied().unwrap_or(usize::MAX)
    }

    /// Every piece of the component sees how large it is in `world`.
    pub fn show(&mut self, component: usize, world: &World) {
        for piece in self.by_component.get(component).into_iter().flatten() {
            if let Some(piece) = self.pieces.get_mut(*piece) {
                piece.show(world);
            }
        }
    }

    fn of<'a>(&'a self, sum: &'a Sum) -> impl Iterator<Item = &'a Piece> {
        sum.pieces.iter().filter_map(|piece| self.pieces.get(*piece))
    }

    /// What worlds have shown of a sum.
    fn seen(&self, sum: &Sum) -> (u64, u64) {
        let seen = self.of(sum).filter_map(|piece| piece.seen);
        seen.fold((sum.constant, sum.constant), |(low, high), piece| (low + piece.0, high + piece.1))
    }

    /// What a sum cannot be beyond.
    fn bounds(&self, sum: &Sum) -> (u64, u64) {
        let constant = (sum.constant, sum.constant);
        self.of(sum).fold(constant, |(low, high), piece| (low + piece.low, high + piece.high))
    }

    /// Whether it may be less than worlds have shown, and whether it may be more.
    pub fn lacks(&self, sum: &Sum) -> (bool, bool) {
        let (seen, bounds) = (self.seen(sum), self.bounds(sum));
        (seen.0 > bounds.0, seen.1 < bounds.1)
    }

    pub fn is_settled(&self, sum: &Sum) -> bool {
        let (low, high) = self.seen(sum);
        self.bounds(sum) == (low, high) || !sum.is_exact_wanted && sum.limits.is_wide(low, high)
    }

    pub fn range(&self, sum: &Sum) -> Range {
        let (low, high) = self.seen(sum);
        if self.bounds(sum) == (low, high) || sum.is_doubtful {
            let (low, high) = self.bounds(sum);
            return Range { low, high, is_exact: true };
        }
        Range { low, high, is_exact: false }
    }

    /// Which sums are not settled.
    pub fn open(&self) -> Vec<usize> {
        let open = self.sums.iter().enumerate().filter(|(_, sum)| !self.is_settled(sum));
        open.map(|(at, _)| at).collect()
    }
}

impl Piece {
    fn show(&mut self, world: &World) {
        let sum = |columns: &[usize]| -> f64 { columns.iter().filter_map(|column| world.people.get(*column)).sum() };
        let (mut low, mut high) = (linear::least(sum(&self.least)), linear::most(sum(&self.most)));
        if !world.is_whole {
            // Whole people may not reach as far.
            (low, high) = (low + 1, high.saturating_sub(1));
            if low > high {
                return;
            }
        }
        self.seen = Some(self.seen.map_or((low, high), |seen| (seen.0.min(low), seen.1.max(high))));
    }

    /// Its columns, if all of each is its.
    pub fn whole_columns(&self) -> Option<&[usize]> {
        (self.most.len() == self.least.len()).then_some(self.most.as_slice())
    }

    pub fn is_exactly(&mut self, people: u64) {
        (self.low, self.high, self.seen) = (people, people, Some((people, people)));
    }

    /// Whether worlds have shown as much as there can be.
    pub fn is_known(&self, is_most: bool) -> bool {
        self.seen.is_some_and(|(low, high)| if is_most { high == self.high } else { low == self.low })
    }

    /// How many it is in `world`, at most or at least.
    pub fn size(&self, world: &World, is_most: bool) -> u64 {
        let columns = if is_most { &self.most } else { &self.least };
        let sum: f64 = columns.iter().filter_map(|column| world.people.get(*column)).sum();
        if is_most { linear::most(sum) } else { linear::least(sum) }
    }

    /// Weights that ask for as many or as few as can be.
    pub fn weigh(&self, weights: &mut [f64], is_most: bool, times: f64) {
        let columns = if is_most { &self.most } else { &self.least };
        for column in columns {
            if let Some(weight) = weights.get_mut(*column) {
                *weight += if is_most { times } else { -times };
            }
        }
    }
}

/// Columns, each with how many variables of it there are.
pub type Columns = Vec<(usize, usize)>;

/// How many variables of each column, by component; and what the rest add up to.
pub fn columns(reduced: &Reduced, variables: &[usize]) -> (u64, Vec<(usize, Columns)>) {
    let mut constant = 0;
    let mut places: Vec<(usize, usize)> = Vec::with_capacity(variables.len());
    for variable in variables {
        match reduced.value(*variable) {
            Some(Value::Fixed(value)) => constant += u64::try_from(value).unwrap_or(0),
            Some(Value::In { component, column }) => places.push((component, column)),
            None => {}
        }
    }
    places.sort_unstable();
    let components = places.chunk_by(|one, other| one.0 == other.0).filter_map(|places| {
        let columns = places.chunk_by(|one, other| one == other);
        let counted = columns.filter_map(|same| Some((same.first()?.1, same.len()))).collect();
        Some((places.first()?.0, counted))
    });
    (constant, components.collect())
}
