//! Between which numbers each of many sums of variables can lie.
//!
//! A world is any way in which it can have been, and each that is found is one for
//! every sum there is. So the search first asks for worlds that are as different as can
//! be, and only for those sums that none has shown to be wide enough for the least and
//! the most of each by itself.

use super::limits::Limits;
use super::linear::{self, Failure, World};
use super::program::{Reduced, Value};
use std::collections::BTreeMap;

/// Rounds of worlds that are sought for all sums at once.
const ROUNDS: u32 = 8;

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

impl Range {
    /// What is in both; none if nothing is. Of ranges that reach at least so far, it
    /// reaches at least so far.
    pub fn and(self, other: Range) -> Option<Range> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        (low <= high).then_some(Range { low, high, is_exact: self.is_exact && other.is_exact })
    }
}

#[derive(Debug)]
pub struct Searched {
    /// One for each aim.
    pub ranges: Vec<Range>,
    pub programs: usize,
    /// Ranges of which it is not known whether whole people fill them.
    pub doubtful: usize,
}

/// Looks for the ranges of all `aims`. Nobody is counted in a variable who is not among
/// the `cap` there are.
pub fn search(reduced: &Reduced, aims: &[Aim], cap: u64) -> Result<Searched, Failure> {
    let mut search = Search {
        reduced,
        cap,
        hunted: aims.iter().map(|aim| Hunted::new(reduced, aim)).collect(),
        programs: 0,
        doubtful: 0,
        chance: 1,
    };
    search.first_worlds()?;
    search.worlds_for_many()?;
    search.one_by_one()?;
    let ranges = search.hunted.iter().map(Hunted::range).collect();
    Ok(Searched { ranges, programs: search.programs, doubtful: search.doubtful })
}

struct Search<'a> {
    reduced: &'a Reduced,
    cap: u64,
    hunted: Vec<Hunted>,
    programs: usize,
    doubtful: usize,
    chance: u64,
}

/// A sum as it is known so far.
struct Hunted {
    limits: Limits,
    is_exact_wanted: bool,
    /// What is known of it exactly.
    constant: u64,
    parts: Vec<Part>,
}

/// That of a sum which lies in one component.
struct Part {
    component: usize,
    /// The columns that have any of its variables: all of them may be its.
    most: Vec<usize>,
    /// The columns that have no other variables.
    least: Vec<usize>,
    /// The ends of what worlds have shown.
    seen: Option<(u64, u64)>,
    /// No world is beyond.
    low: Option<u64>,
    high: Option<u64>,
}

impl Hunted {
    fn new(reduced: &Reduced, aim: &Aim) -> Self {
        let mut constant = 0;
        let mut found: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for variable in &aim.variables {
            match reduced.value(*variable) {
                Some(Value::Fixed(value)) => constant += u64::try_from(value).unwrap_or(0),
                Some(Value::In { component, column }) => {
                    *found.entry(component).or_default().entry(column).or_insert(0) += 1;
                }
                None => {}
            }
        }
        let part = |(component, columns): (usize, BTreeMap<usize, usize>)| {
            let sizes = reduced.components.get(component).map(|component| component.columns.as_slice());
            let is_whole = |(column, times): (&usize, &usize)| {
                (sizes.and_then(|sizes| sizes.get(*column)) == Some(times)).then_some(*column)
            };
            Part {
                component,
                least: columns.iter().filter_map(is_whole).collect(),
                most: columns.into_keys().collect(),
                seen: None,
                low: None,
                high: None,
            }
        };
        let parts = found.into_iter().map(part).collect();
        Hunted { limits: aim.limits, is_exact_wanted: aim.is_exact, constant, parts }
    }

    /// What worlds have shown of it.
    fn seen(&self) -> (u64, u64) {
        let seen = self.parts.iter().filter_map(|part| part.seen);
        seen.fold((self.constant, self.constant), |(low, high), part| (low + part.0, high + part.1))
    }

    /// What it cannot be beyond.
    fn bounds(&self) -> Option<(u64, u64)> {
        let mut bounds = (self.constant, self.constant);
        for part in &self.parts {
            bounds = (bounds.0 + part.low?, bounds.1 + part.high?);
        }
        Some(bounds)
    }

    fn is_settled(&self) -> bool {
        let (low, high) = self.seen();
        self.bounds() == Some((low, high)) || !self.is_exact_wanted && self.limits.is_wide(low, high)
    }

    fn range(&self) -> Range {
        let seen = self.seen();
        match self.bounds() {
            Some((low, high)) => Range { low, high, is_exact: true },
            None => Range { low: seen.0, high: seen.1, is_exact: false },
        }
    }
}

impl Part {
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

    /// Weights that ask for as many or as few as can be.
    fn weigh(&self, weights: &mut [f64], is_most: bool, times: f64) {
        let columns = if is_most { &self.most } else { &self.least };
        for column in columns {
            if let Some(weight) = weights.get_mut(*column) {
                *weight += if is_most { times } else { -times };
            }
        }
    }
}

impl Search<'_> {
    /// One world for each component: what has none contradicts itself.
    fn first_worlds(&mut self) -> Result<(), Failure> {
        for component in 0..self.reduced.components.len() {
            let columns = self.columns(component);
            let weights: Vec<f64> = (0..columns).map(|_| self.whim()).collect();
            self.ask(component, &weights)?;
        }
        Ok(())
    }

    fn worlds_for_many(&mut self) -> Result<(), Failure> {
        for round in 0..ROUNDS {
            let open = self.open();
            if open.is_empty() {
                break;
            }
            for component in 0..self.reduced.components.len() {
                let mut weights = vec![0.0; self.columns(component)];
                let mut is_asked = false;
                for at in &open {
                    let times = self.whim() + 2.0;
                    let is_most = if round < 2 { round == 0 } else { self.whim() > 0.0 };
                    let parts = self.hunted.get(*at).into_iter().flat_map(|hunted| &hunted.parts);
                    for part in parts.filter(|part| part.component == component) {
                        part.weigh(&mut weights, is_most, times);
                        is_asked = true;
                    }
                }
                if is_asked && weights.len() > 1 {
                    self.ask(component, &weights)?;
                }
            }
            if round > 2 && self.open().len() == open.len() {
                break;
            }
        }
        Ok(())
    }

    fn one_by_one(&mut self) -> Result<(), Failure> {
        for at in self.open() {
            for is_most in [true, false] {
                for part in 0..self.hunted.get(at).map_or(0, |hunted| hunted.parts.len()) {
                    if !self.is_settled(at) {
                        self.stretch(at, part, is_most, false)?;
                    }
                }
            }
            if !self.is_settled(at) && !self.in_whole_people(at) {
                self.doubtful += 1;
            }
        }
        Ok(())
    }

    /// Asks again for whole people only. False: it took too long.
    fn in_whole_people(&mut self, at: usize) -> bool {
        let mut is_sure = true;
        for is_most in [true, false] {
            for part in 0..self.hunted.get(at).map_or(0, |hunted| hunted.parts.len()) {
                if !self.is_settled(at) {
                    is_sure &= self.stretch(at, part, is_most, true).is_ok();
                }
            }
        }
        is_sure
    }

    /// Finds one end of one part.
    fn stretch(&mut self, at: usize, part: usize, is_most: bool, in_whole: bool) -> Result<(), Failure> {
        let Some(wanted) = self.hunted.get(at).and_then(|hunted| hunted.parts.get(part)) else { return Ok(()) };
        let (component, columns) = (wanted.component, if is_most { &wanted.most } else { &wanted.least });
        let columns = columns.clone();
        let mut weights = vec![0.0; self.columns(component)];
        wanted.weigh(&mut weights, is_most, 1.0);
        let world = match (in_whole, self.reduced.components.get(component)) {
            (true, Some(reduced)) => {
                self.programs += 1;
                let world = linear::best_in_whole(reduced, &weights, self.cap)?;
                self.show(component, &world);
                world
            }
            _ => self.ask(component, &weights)?,
        };
        let sum: f64 = columns.iter().filter_map(|column| world.people.get(*column)).sum();
        if let Some(part) = self.hunted.get_mut(at).and_then(|hunted| hunted.parts.get_mut(part)) {
            if is_most {
                part.high = Some(linear::most(sum));
            } else {
                part.low = Some(linear::least(sum));
            }
        }
        Ok(())
    }

    /// Has one program solved, and shows the world that comes of it to every sum.
    fn ask(&mut self, component: usize, weights: &[f64]) -> Result<World, Failure> {
        let Some(reduced) = self.reduced.components.get(component) else { return Err(Failure::Unsolved) };
        self.programs += 1;
        let world = linear::best(reduced, weights, self.cap)?;
        self.show(component, &world);
        Ok(world)
    }

    fn show(&mut self, component: usize, world: &World) {
        let parts = self.hunted.iter_mut().flat_map(|hunted| &mut hunted.parts);
        parts.filter(|part| part.component == component).for_each(|part| part.show(world));
    }

    fn open(&self) -> Vec<usize> {
        (0..self.hunted.len()).filter(|at| !self.is_settled(*at)).collect()
    }

    fn is_settled(&self, at: usize) -> bool {
        self.hunted.get(at).is_none_or(Hunted::is_settled)
    }

    fn columns(&self, component: usize) -> usize {
        self.reduced.components.get(component).map_or(0, |component| component.columns.len())
    }

    /// Between -1 and 1, the same in every run.
    fn whim(&mut self) -> f64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let top = u32::try_from(self.chance >> 33).unwrap_or(0);
        f64::from(top) / f64::from(1_u32 << 30) - 1.0
    }
}
