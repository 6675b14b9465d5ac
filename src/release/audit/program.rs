//! Equations between numbers of people, made small before anything is solved:
//! whole numbers, none below nought.

use std::collections::{BTreeMap, VecDeque};

/// The terms, each a variable so many times, add up to `sum`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub terms: Vec<(usize, i64)>,
    pub sum: i64,
}

/// Variables of at least nought, and what is known of them.
#[derive(Clone, Debug, Default)]
pub struct Program {
    variables: usize,
    rows: Vec<Row>,
}

/// No numbers of people fit the equations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contradiction;

/// A program without what is already settled, in parts that have nothing to do with
/// one another.
#[derive(Debug)]
pub struct Reduced {
    values: Vec<Value>,
    pub components: Vec<Component>,
}

/// What is known of a variable by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Fixed(i64),
    /// In a column of a component, alone or together with others.
    In {
        component: usize,
        column: usize,
    },
}

/// Variables that are in the same equations as often are one column: whatever fits
/// their sum fits any way of sharing it out.
#[derive(Clone, Debug, Default)]
pub struct Component {
    /// How many variables each column is the sum of.
    pub columns: Vec<usize>,
    /// The terms are columns.
    pub rows: Vec<Row>,
}

impl Program {
    /// A new variable.
    pub fn variable(&mut self) -> usize {
        self.variables += 1;
        self.variables - 1
    }

    pub fn variables(&mut self, number: usize) -> Vec<usize> {
        (0..number).map(|_| self.variable()).collect()
    }

    /// `variables` together are `low` at least and `high` at most.
    pub fn bound(&mut self, variables: Vec<usize>, low: i64, high: Option<i64>) {
        let terms: Vec<(usize, i64)> = variables.into_iter().map(|variable| (variable, 1)).collect();
        if high == Some(low) {
            self.rows.push(Row { terms, sum: low });
            return;
        }
        let mut with_slack = |times: i64, sum: i64| {
            let slack = self.variable();
            let terms = terms.iter().copied().chain([(slack, times)]).collect();
            self.rows.push(Row { terms, sum });
        };
        if low > 0 {
            with_slack(-1, low);
        }
        if let Some(high) = high {
            with_slack(1, high);
        }
    }

    /// `ones` together are as many as `others`.
    pub fn equal(&mut self, ones: Vec<usize>, others: Vec<usize>) {
        let times = |times: i64| move |variable: usize| (variable, times);
        let terms = ones.into_iter().map(times(1)).chain(others.into_iter().map(times(-1)));
        self.rows.push(Row { terms: terms.collect(), sum: 0 });
    }

    /// `part` together are no more than `whole`.
    pub fn at_most(&mut self, mut part: Vec<usize>, whole: Vec<usize>) {
        part.push(self.variable());
        self.equal(part, whole);
    }

    pub fn reduce(self) -> Result<Reduced, Contradiction> {
        let (fixed, rows) = settle(self.variables, self.rows)?;
        let rows = distinct(rows)?;
        Ok(split(&fixed, rows))
    }
}

impl Reduced {
    pub fn value(&self, variable: usize) -> Option<Value> {
        self.values.get(variable).copied()
    }
}

/// Fixes what single equations settle, until none settles anything more.
fn settle(variables: usize, mut rows: Vec<Row>) -> Result<(Vec<Option<i64>>, Vec<Row>), Contradiction> {
    let mut fixed: Vec<Option<i64>> = vec![None; variables];
    let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); variables];
    for (at, row) in rows.iter().enumerate() {
        for (variable, _) in &row.terms {
            if let Some(of) = rows_of.get_mut(*variable) {
                of.push(at);
            }
        }
    }
    let mut waiting: VecDeque<usize> = (0..rows.len()).collect();
    let mut is_waiting = vec![true; rows.len()];
    while let Some(at) = waiting.pop_front() {
        is_waiting.iter_mut().skip(at).take(1).for_each(|is| *is = false);
        let Some(row) = rows.get_mut(at) else { continue };
        for (variable, value) in row.settled(&fixed)? {
            let Some(slot) = fixed.get_mut(variable) else { continue };
            *slot = Some(value);
            for other in rows_of.get(variable).into_iter().flatten() {
                if let Some(is @ false) = is_waiting.get_mut(*other) {
                    *is = true;
                    waiting.push_back(*other);
                }
            }
        }
    }
    rows.retain(|row| !row.terms.is_empty());
    Ok((fixed, rows))
}

impl Row {
    /// Takes what is fixed out, and says what the rest settles.
    fn settled(&mut self, fixed: &[Option<i64>]) -> Result<Vec<(usize, i64)>, Contradiction> {
        let mut sum = self.sum;
        self.terms.retain(|(variable, times)| match fixed.get(*variable).copied().flatten() {
            Some(value) => {
                sum -= times * value;
                false
            }
            None => true,
        });
        self.sum = sum;
        match self.terms.as_slice() {
            [] if sum == 0 => Ok(Vec::new()),
            [(variable, times)] if sum % times == 0 && sum / times >= 0 => Ok(vec![(*variable, sum / times)]),
            [] | [_] => Err(Contradiction),
            terms if terms.iter().all(|(_, times)| *times > 0) => match sum {
                0 => Ok(terms.iter().map(|(variable, _)| (*variable, 0)).collect()),
                1.. => Ok(Vec::new()),
                _ => Err(Contradiction),
            },
            _ => Ok(Vec::new()),
        }
    }
}

/// The same terms cannot have two sums.
fn distinct(rows: Vec<Row>) -> Result<Vec<Row>, Contradiction> {
    let mut sums: BTreeMap<Vec<(usize, i64)>, i64> = BTreeMap::new();
    for mut row in rows {
        row.terms.sort_unstable();
        if *sums.entry(row.terms).or_insert(row.sum) != row.sum {
            return Err(Contradiction);
        }
    }
    Ok(sums.into_iter().map(|(terms, sum)| Row { terms, sum }).collect())
}

fn split(fixed: &[Option<i64>], rows: Vec<Row>) -> Reduced {
    let mut sets = Sets::new(fixed.len());
    let mut within: Vec<Vec<(usize, i64)>> = vec![Vec::new(); fixed.len()];
    for (at, row) in rows.iter().enumerate() {
        let Some((first, _)) = row.terms.first() else { continue };
        for (variable, times) in &row.terms {
            sets.join(*first, *variable);
            if let Some(within) = within.get_mut(*variable) {
                within.push((at, *times));
            }
        }
    }
    let mut components: Vec<Component> = Vec::new();
    let mut component_of: BTreeMap<usize, usize> = BTreeMap::new();
    let mut column_of: BTreeMap<(usize, Vec<(usize, i64)>), usize> = BTreeMap::new();
    let mut values = Vec::with_capacity(fixed.len());
    for ((variable, fixed), within) in fixed.iter().enumerate().zip(within) {
        if let Some(value) = fixed {
            values.push(Value::Fixed(*value));
            continue;
        }
        let component = *component_of.entry(sets.of(variable)).or_insert_with(|| {
            components.push(Component::default());
            components.len() - 1
        });
        let Some(part) = components.get_mut(component) else { continue };
        let column = *column_of.entry((component, within)).or_insert_with(|| {
            part.columns.push(0);
            part.columns.len() - 1
        });
        part.columns.iter_mut().skip(column).take(1).for_each(|size| *size += 1);
        values.push(Value::In { component, column });
    }
    for row in rows {
        add_row(&mut components, &values, row);
    }
    Reduced { values, components }
}

/// Of the variables in one column, one stands for all.
fn add_row(components: &mut [Component], values: &[Value], row: Row) {
    let mut terms: BTreeMap<usize, i64> = BTreeMap::new();
    let mut home = None;
    for (variable, times) in row.terms {
        if let Some(Value::In { component, column }) = values.get(variable) {
            home = Some(*component);
            terms.insert(*column, times);
        }
    }
    if let Some(component) = home.and_then(|home| components.get_mut(home)) {
        component.rows.push(Row { terms: terms.into_iter().collect(), sum: row.sum });
    }
}

/// Disjoint sets of variables.
struct Sets(Vec<usize>);

impl Sets {
    fn new(number: usize) -> Self {
        Sets((0..number).collect())
    }

    fn of(&mut self, variable: usize) -> usize {
        let mut at = variable;
        while let Some(above) = self.0.get(at).copied().filter(|above| *above != at) {
            let over = self.0.get(above).copied().unwrap_or(above);
            if let Some(slot) = self.0.get_mut(at) {
                *slot = over;
            }
            at = above;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        if let Some(slot) = self.0.get_mut(other) {
            *slot = one;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(variables: usize, rows: &[(&[usize], i64)]) -> Result<Reduced, Contradiction> {
        let mut program = Program::default();
        program.variables(variables);
        for (terms, sum) in rows {
            program.bound(terms.to_vec(), *sum, Some(*sum));
        }
        program.reduce()
    }

    #[test]
    fn what_single_equations_settle_is_taken_out() {
        let reduced = program(5, &[(&[0, 1], 7), (&[1], 3), (&[2, 3], 0), (&[0, 4], 9)]).unwrap();
        let values: Vec<Value> = (0..5).filter_map(|variable| reduced.value(variable)).collect();
        assert_eq!(values, [4, 3, 0, 0, 5].map(Value::Fixed));
        assert!(reduced.components.is_empty());
    }

    #[test]
    fn variables_in_the_same_equations_are_one_column() {
        let reduced = program(5, &[(&[0, 1, 2], 7), (&[2, 3], 5)]).unwrap();
        assert_eq!(reduced.components.len(), 2, "one of them holds what is in no equation");
        assert_eq!(reduced.value(0), reduced.value(1));
        assert_eq!(reduced.components[0].columns, [2, 1, 1]);
        assert_eq!(reduced.components[0].rows.len(), 2);
    }

    #[test]
    fn figures_that_cannot_all_be_true_are_found() {
        assert_eq!(program(2, &[(&[0, 1], 7), (&[1], 8)]).unwrap_err(), Contradiction);
        assert_eq!(program(2, &[(&[0, 1], 7), (&[0, 1], 8)]).unwrap_err(), Contradiction);
    }

    #[test]
    fn a_bound_has_room() {
        let mut bounded = Program::default();
        let variables = bounded.variables(2);
        bounded.bound(variables, 2, Some(4));
        let reduced = bounded.reduce().unwrap();
        assert_eq!(reduced.components[0].columns, [2, 1, 1], "two of people, two of room");
        assert_eq!(reduced.components[0].rows.len(), 2);
    }
}
