//! Between which numbers each of many sums of variables can lie.
//!
//! A world is any way in which it can have been, and each that is found is one for
//! every sum there is. So the search first asks for worlds that are as different as can
//! be, and only for those sums that none has shown to be wide enough for the least and
//! the most of each by itself.

use super::determined::Echelon;
use super::linear::{self, Failure, World};
use super::pieces::{Aim, Pieces, Range};
use super::program::Reduced;
use std::collections::{BTreeMap, BTreeSet};

/// Most rounds of worlds that are sought for many sums at once; of those that settle
/// hardly any sum, a few are enough.
const ROUNDS: u32 = 24;
const IDLE: u32 = 3;

#[derive(Debug, Default)]
pub struct Searched {
    /// One for each aim.
    pub ranges: Vec<Range>,
    pub programs: usize,
    /// Ranges of which it is not known whether whole people fill them.
    pub doubtful: usize,
}

/// Looks for the ranges of all `aims`. Nobody is counted in a variable who is not among
/// the `cap` there are. Whether the rest contradicts itself is looked at if `is_whole`.
pub fn search(reduced: &Reduced, aims: &[Aim], cap: u64, is_whole: bool) -> Result<Searched, Failure> {
    if aims.is_empty() {
        return Ok(Searched::default());
    }
    let pieces = Pieces::new(reduced, aims, cap);
    let mut search = Search { reduced, cap, pieces, programs: 0, doubtful: 0, chance: 1 };
    search.read_off();
    search.first_worlds(is_whole)?;
    search.worlds_for_many()?;
    search.one_by_one()?;
    let ranges = search.pieces.sums.iter().map(|sum| search.pieces.range(sum)).collect();
    Ok(Searched { ranges, programs: search.programs, doubtful: search.doubtful })
}

struct Search<'a> {
    reduced: &'a Reduced,
    cap: u64,
    pieces: Pieces,
    programs: usize,
    doubtful: usize,
    chance: u64,
}

impl Search<'_> {
    /// One world for each component: what has none contradicts itself.
    fn first_worlds(&mut self, is_whole: bool) -> Result<(), Failure> {
        let open = self.pieces.open().into_iter().flat_map(|at| self.pieces_of(at));
        let open: BTreeSet<usize> = open.map(|piece| self.pieces.component(piece)).collect();
        for component in (0..self.reduced.components.len()).filter(|at| is_whole || open.contains(at)) {
            let weights: Vec<f64> = (0..self.columns(component)).map(|_| self.whim()).collect();
            self.ask(component, &weights)?;
        }
        Ok(())
    }

    /// What the equations say of a piece outright.
    fn read_off(&mut self) {
        let mut echelons: BTreeMap<usize, Echelon> = BTreeMap::new();
        let pieces: BTreeSet<usize> = self.pieces.open().into_iter().flat_map(|at| self.pieces_of(at)).collect();
        for piece in pieces {
            let component = self.pieces.component(piece);
            let (Some(one), Some(reduced)) =
                (self.pieces.pieces.get_mut(piece), self.reduced.components.get(component))
            else {
                continue;
            };
            let echelon = echelons.entry(component).or_insert_with(|| Echelon::new(reduced));
            let columns = one.whole_columns();
            if let Some(people) = columns.and_then(|columns| echelon.sum(columns)).filter(|people| *people <= self.cap)
            {
                one.is_exactly(people);
            }
        }
    }

    fn worlds_for_many(&mut self) -> Result<(), Failure> {
        let (mut before, mut idle) = (usize::MAX, 0);
        for round in 0..ROUNDS {
            let open = self.pieces.open();
            idle = if open.len() + 1 < before { 0 } else { idle + 1 };
            if open.is_empty() || idle == IDLE {
                break;
            }
            before = open.len();
            let mut asked: Vec<Option<Vec<f64>>> = vec![None; self.reduced.components.len()];
            for at in open {
                let (times, whim) = (self.whim() + 2.0, self.whim());
                let Some(sum) = self.pieces.sums.get(at) else { continue };
                // Not all at once: they are in one another's way.
                let is_most = match self.pieces.lacks(sum) {
                    _ if round < 2 => round == 0,
                    _ if whim.abs() > 0.5 => continue,
                    (true, false) => false,
                    (false, true) => true,
                    _ => whim > 0.0,
                };
                for piece in &sum.pieces {
                    let component = self.pieces.component(*piece);
                    let Some(weights) = asked.get_mut(component) else { continue };
                    let weights = weights.get_or_insert_with(|| vec![0.0; self.columns(component)]);
                    if let Some(piece) = self.pieces.pieces.get(*piece) {
                        piece.weigh(weights, is_most, times);
                    }
                }
            }
            for (component, weights) in asked.into_iter().enumerate() {
                if let Some(weights) = weights {
                    self.ask(component, &weights)?;
                }
            }
        }
        Ok(())
    }

    fn one_by_one(&mut self) -> Result<(), Failure> {
        for at in self.pieces.open() {
            for is_most in [true, false] {
                for piece in self.pieces_of(at) {
                    if !self.is_settled(at) {
                        self.stretch(piece, is_most)?;
                    }
                }
            }
            if !self.is_settled(at) && !self.in_whole_people(at) {
                self.doubtful += 1;
                if let Some(sum) = self.pieces.sums.get_mut(at) {
                    sum.is_doubtful = true;
                }
            }
        }
        Ok(())
    }

    /// Asks again for whole people only. False: it took too long.
    fn in_whole_people(&mut self, at: usize) -> bool {
        let mut is_sure = true;
        for is_most in [true, false] {
            for piece in self.pieces_of(at) {
                if !self.is_settled(at) {
                    is_sure &= self.stretch_in_whole(piece, is_most).is_ok();
                }
            }
        }
        is_sure
    }

    /// Finds one end of one piece, if it is not known.
    fn stretch(&mut self, piece: usize, is_most: bool) -> Result<(), Failure> {
        let Some(wanted) = self.pieces.pieces.get(piece).filter(|piece| !piece.is_known(is_most)) else {
            return Ok(());
        };
        let component = self.pieces.component(piece);
        let mut weights = vec![0.0; self.columns(component)];
        wanted.weigh(&mut weights, is_most, 1.0);
        let world = self.ask(component, &weights)?;
        self.limit(piece, is_most, &world);
        Ok(())
    }

    fn stretch_in_whole(&mut self, piece: usize, is_most: bool) -> Result<(), Failure> {
        let component = self.pieces.component(piece);
        let mut weights = vec![0.0; self.columns(component)];
        let (Some(wanted), Some(reduced)) = (self.pieces.pieces.get(piece), self.reduced.components.get(component))
        else {
            return Ok(());
        };
        wanted.weigh(&mut weights, is_most, 1.0);
        self.programs += 1;
        let world = linear::best_in_whole(reduced, &weights, self.cap)?;
        self.pieces.show(component, &world);
        self.limit(piece, is_most, &world);
        Ok(())
    }

    /// Nothing goes beyond the world that was asked for.
    fn limit(&mut self, piece: usize, is_most: bool, world: &World) {
        if let Some(piece) = self.pieces.pieces.get_mut(piece) {
            let size = piece.size(world, is_most);
            *(if is_most { &mut piece.high } else { &mut piece.low }) = size;
        }
    }

    /// Has one program solved, and shows the world that comes of it to every sum.
    fn ask(&mut self, component: usize, weights: &[f64]) -> Result<World, Failure> {
        let Some(reduced) = self.reduced.components.get(component) else { return Err(Failure::Unsolved) };
        self.programs += usize::from(weights.len() > 1);
        let world = linear::best(reduced, weights, self.cap)?;
        self.pieces.show(component, &world);
        Ok(world)
    }

    fn pieces_of(&self, at: usize) -> Vec<usize> {
        self.pieces.sums.get(at).map(|sum| sum.pieces.clone()).unwrap_or_default()
    }

    fn is_settled(&self, at: usize) -> bool {
        self.pieces.sums.get(at).is_none_or(|sum| self.pieces.is_settled(sum))
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
