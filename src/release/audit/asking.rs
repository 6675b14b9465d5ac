//! Several ways of asking for the same people, and what they agree on.

use super::attack::{Findings, Target, Way};
use super::finding::{Depth, Only};
use super::linear::Failure;
use super::outline::outline;
use super::parallel;
use super::pieces::{Aim, Range};
use super::program::{Contradiction, Reduced};
use super::published::Population;
use super::search::{Searched, search};
use super::shape::Shape;
use super::system::System;

/// Systems that all are asked for `targets`.
pub struct Asking<'a> {
    systems: Vec<(System<'a>, Reduced)>,
    targets: &'a [Target],
    /// There are no more.
    people: u64,
    only: Only<'a>,
    /// What each system says of each target; none if it does not tell it from others.
    found: Vec<Vec<Option<Range>>>,
}

impl<'a> Asking<'a> {
    pub fn new(
        shape: &'a Shape<'a>,
        population: &Population,
        ways: &[Way],
        targets: &'a [Target],
        only: Only<'a>,
    ) -> Result<Self, Failure> {
        let written = ways.iter().map(|way| {
            let mut system = System::new(shape, population, &way.split, &way.outers);
            let reduced = std::mem::take(&mut system.program).reduce();
            Ok((system, reduced.map_err(|Contradiction| Failure::Contradiction)?))
        });
        let systems = written.collect::<Result<_, Failure>>()?;
        Ok(Asking { systems, targets, people: shape.published.people(), only, found: Vec::new() })
    }

    /// A range for each target: one that is not exact is as wide as it has to be.
    pub fn ranges(mut self, findings: &mut Findings) -> Result<Vec<Range>, Failure> {
        let all: Vec<usize> = (0..self.targets.len()).collect();
        let found = parallel::each(&self.systems, |system| self.ask(system, &all, false), &mut |_, _| ());
        for asked in found {
            let ranges = self.placed(asked?, findings);
            self.found.push(ranges);
        }
        let is_outline = self.only.depth() == Depth::Outline;
        let is_open = |(at, target): (usize, &Target)| match self.agreed(at, |_| true) {
            Some(range) if is_outline || range.is_exact || target.limits.is_wide(range.low, range.high) => None,
            _ => Some(at),
        };
        let open: Vec<usize> = self.targets.iter().enumerate().filter_map(is_open).collect();
        // What each leaves wide, all together may not.
        for system in 0..self.systems.len() {
            let wanted: Vec<usize> = open.iter().copied().filter(|at| self.may_add(system, *at)).collect();
            let Some(asked) = self.systems.get(system).map(|system| self.ask(system, &wanted, true)) else { continue };
            let ranges = self.placed(asked?, findings);
            let own = self.found.get_mut(system).into_iter().flatten();
            own.zip(ranges).for_each(|(own, range)| *own = range.or(*own));
        }
        let range = |at: usize| match open.binary_search(&at) {
            Ok(_) => self.agreed(at, |range| range.is_exact),
            Err(_) => self.agreed(at, |_| true),
        };
        all.iter().map(|at| range(*at).ok_or(Failure::Contradiction)).collect()
    }

    /// What those systems agree on of whose ranges that is wanted; none if on nothing.
    fn agreed(&self, target: usize, is_wanted: fn(&Range) -> bool) -> Option<Range> {
        let everything = Range { low: 0, high: self.people, is_exact: true };
        let mut ranges = self.found.iter().filter_map(|ranges| ranges.get(target).copied()?).filter(is_wanted);
        ranges.try_fold(everything, Range::and)
    }

    /// Whether a system may know more than is known exactly: not if it leaves all that open.
    fn may_add(&self, system: usize, target: usize) -> bool {
        let own = self.found.get(system).and_then(|ranges| ranges.get(target).copied()?);
        let known = self.agreed(target, |range| range.is_exact);
        own.zip(known).is_some_and(|(own, known)| !own.is_exact && !own.holds(known))
    }

    /// Asks for those that it tells from others; which these are, and what came of it.
    fn ask(&self, (system, reduced): &(System, Reduced), wanted: &[usize], is_exact: bool) -> Asked {
        let aim = |at: usize| {
            let target = self.targets.get(at)?;
            let variables = system.chose(target.node, target.span, target.option)?;
            Some((at, Aim { variables, limits: target.limits, is_exact }))
        };
        let (places, aims): (Vec<usize>, Vec<Aim>) = wanted.iter().filter_map(|at| aim(*at)).unzip();
        let is_whole = !matches!(self.only, Only::These(..));
        let searched = match self.only.depth() {
            Depth::Outline => outline(reduced, &aims, self.people),
            Depth::Apart | Depth::Joined => search(reduced, &aims, self.people, is_whole)?,
        };
        Ok((places, searched))
    }

    /// For each target, what came of asking.
    fn placed(&self, (places, searched): (Vec<usize>, Searched), findings: &mut Findings) -> Vec<Option<Range>> {
        findings.programs += searched.programs;
        findings.doubtful += searched.doubtful;
        let mut ranges = vec![None; self.targets.len()];
        for (at, range) in places.into_iter().zip(searched.ranges) {
            ranges.iter_mut().skip(at).take(1).for_each(|slot| *slot = Some(range));
        }
        ranges
    }
}

type Asked = Result<(Vec<usize>, Searched), Failure>;
