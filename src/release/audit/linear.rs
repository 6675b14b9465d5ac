//! One linear program, handed to the solver.

use super::program::{Component, Row};
use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, Variable};

/// Within so much of a whole number, a number is that one.
const NEAR: f64 = 1e-6;

/// How far to look for whole numbers, where fractions do not settle it: in steps and not
/// in time, so that the same releases give the same audit on any machine.
const MOST_NODES: u64 = 2_000;

/// Numbers of people, column by column, that fit all that is published.
#[derive(Debug)]
pub struct World {
    pub people: Vec<f64>,
    pub is_whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No numbers of people fit.
    Contradiction,
    /// The solver gave up, or found nothing in as many steps as it has.
    Unsolved,
}

/// The world that has most of what `weights` asks for. No column is above `cap`, which
/// is as many as there are.
pub fn best(component: &Component, weights: &[f64], cap: u64) -> Result<World, Failure> {
    if let Some(only) = only_world(component) {
        return Ok(only);
    }
    let add = |problem: &mut Problem, weight: f64| problem.add_var(weight, (0.0, number(cap)));
    let (problem, columns) = write(component, weights, add);
    // These are small, and have been made smaller already.
    let mut options = SolveOptions::default();
    options.presolve = false;
    solve(&problem, &columns, options)
}

/// The same in whole people, which takes longer.
pub fn best_in_whole(component: &Component, weights: &[f64], cap: u64) -> Result<World, Failure> {
    let cap = i32::try_from(cap).unwrap_or(i32::MAX);
    let add = |problem: &mut Problem, weight: f64| problem.add_integer_var(weight, (0, cap));
    let (problem, columns) = write(component, weights, add);
    let mut options = SolveOptions::default();
    options.node_limit = Some(MOST_NODES);
    solve(&problem, &columns, options)
}

/// Where one column is all there is, it is known.
fn only_world(component: &Component) -> Option<World> {
    let ([_], [Row { terms, sum }]) = (component.columns.as_slice(), component.rows.as_slice()) else { return None };
    let [(_, times)] = terms.as_slice() else { return None };
    Some(World { people: vec![signed(sum.checked_div(*times)?)], is_whole: true })
}

fn write(
    component: &Component,
    weights: &[f64],
    add: impl Fn(&mut Problem, f64) -> Variable,
) -> (Problem, Vec<Variable>) {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let columns: Vec<Variable> = weights.iter().map(|weight| add(&mut problem, *weight)).collect();
    for row in &component.rows {
        let term = |(column, times): &(usize, i64)| Some((*columns.get(*column)?, signed(*times)));
        let terms: Vec<(Variable, f64)> = row.terms.iter().filter_map(term).collect();
        problem.add_constraint(terms, ComparisonOp::Eq, signed(row.sum));
    }
    (problem, columns)
}

fn solve(problem: &Problem, columns: &[Variable], options: SolveOptions) -> Result<World, Failure> {
    let outcome = problem.solve_with(options).map_err(|error| match error {
        Error::Infeasible => Failure::Contradiction,
        _ => Failure::Unsolved,
    })?;
    if !outcome.is_optimal() {
        return Err(Failure::Unsolved);
    }
    let solution = outcome.solution().ok_or(Failure::Unsolved)?;
    let people: Vec<f64> = columns.iter().map(|column| solution.var_value(*column)).collect();
    let is_whole = people.iter().all(|people| (people - people.round()).abs() < NEAR);
    Ok(World { people, is_whole })
}

pub fn number(people: u64) -> f64 {
    f64::from(u32::try_from(people).unwrap_or(u32::MAX))
}

fn signed(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap_or(i32::MAX))
}

/// The most whole people in so many.
pub fn most(people: f64) -> u64 {
    whole((people + NEAR).floor())
}

/// The least whole people that are so many.
pub fn least(people: f64) -> u64 {
    whole((people - NEAR).ceil())
}

#[expect(clippy::as_conversions, reason = "a float that is whole, cut off at nought and at the most by `as`")]
fn whole(people: f64) -> u64 {
    people as u64
}
