//! The equations, and the linear programs that they make.

use super::super::linear::number;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use std::collections::{BTreeMap, BTreeSet};

pub const MODES: [&str; 4] = ["online", "independent", "hr", "import"];

/// People of each mode who had answered by each release: a column each.
#[derive(Debug)]
pub struct System {
    pub releases: usize,
    exact: BTreeMap<usize, u64>,
    lowest: BTreeMap<usize, u64>,
    sums: Vec<(BTreeSet<usize>, u64)>,
}

impl System {
    pub fn new(releases: usize) -> Self {
        System { releases, exact: BTreeMap::new(), lowest: BTreeMap::new(), sums: Vec::new() }
    }

    pub fn column(release: usize, mode: usize) -> usize {
        release * MODES.len() + mode
    }

    /// So many of these modes together had answered by a release.
    pub fn sum(&mut self, release: usize, modes: &[usize], people: u64) {
        self.sums.push((modes.iter().map(|mode| Self::column(release, *mode)).collect(), people));
    }

    pub fn at_least(&mut self, release: usize, mode: usize, people: u64) {
        let lowest = self.lowest.entry(Self::column(release, mode)).or_default();
        *lowest = people.max(*lowest);
    }

    /// Works out what needs no program. None: it cannot all be true.
    pub fn settle(&mut self) -> Option<()> {
        let mut is_done = false;
        while !is_done {
            let before = self.exact.len();
            for (columns, sum) in &self.sums {
                let (known, unknown): (Vec<usize>, Vec<usize>) =
                    columns.iter().copied().partition(|column| self.exact.contains_key(column));
                let left = sum.checked_sub(known.iter().filter_map(|column| self.exact.get(column)).sum())?;
                match unknown.as_slice() {
                    [] if left > 0 => return None,
                    [only] => self.exact.extend([(*only, left)]),
                    several if left == 0 => self.exact.extend(several.iter().map(|column| (*column, 0))),
                    _ => {}
                }
            }
            is_done = self.exact.len() == before;
        }
        Some(())
    }

    pub fn exact(&self, column: usize) -> Option<u64> {
        self.exact.get(&column).copied()
    }

    /// The people of each column where there are most of what `terms` ask for. None: the
    /// equations contradict each other, or the solver failed.
    pub fn best(&self, terms: &[(usize, f64)]) -> Option<Vec<f64>> {
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let weight = |column: usize| terms.iter().filter(|(at, _)| *at == column).map(|(_, times)| times).sum();
        let columns: Vec<Variable> = (0..self.releases * MODES.len())
            .map(|column| problem.add_var(weight(column), self.between(column)))
            .collect();
        for (sum_of, people) in
            self.sums.iter().filter(|(columns, _)| columns.iter().any(|at| !self.exact.contains_key(at)))
        {
            let terms: Vec<(Variable, f64)> = sum_of.iter().filter_map(|at| Some((*columns.get(*at)?, 1.0))).collect();
            problem.add_constraint(terms, ComparisonOp::Eq, number(*people));
        }
        // Nobody takes an answer back.
        for (earlier, later) in columns.iter().zip(columns.iter().skip(MODES.len())) {
            problem.add_constraint([(*later, 1.0), (*earlier, -1.0)], ComparisonOp::Ge, 0.0);
        }
        let outcome = problem.solve().ok()?;
        let solution = outcome.solution().filter(|_| outcome.is_optimal())?;
        Some(columns.iter().map(|column| solution.var_value(*column)).collect())
    }

    fn between(&self, column: usize) -> (f64, f64) {
        match self.exact.get(&column) {
            Some(people) => (number(*people), number(*people)),
            None => (number(self.lowest.get(&column).copied().unwrap_or(0)), f64::INFINITY),
        }
    }
}
