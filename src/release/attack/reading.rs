//! The figures of releases, as sums over places.

use super::equations::{Equations, Place};
use super::structure::{Cut, Structure};
use crate::release::model::{Cell, Figure, Group, Release, Table};
use crate::survey::QuestionKind;

/// Adds all that `release` says in the tables of some questions.
pub fn read(release: &Release, structure: &Structure, has: &impl Fn(&str) -> bool, equations: &mut Equations) {
    let mut reading = Reading { release, structure, equations };
    reading.figure(None, &Cut::new(), None, release.number, release.base);
    for table in release.tables.iter().filter(|table| has(&table.question)) {
        for group in &table.groups {
            match &table.breakdown {
                None if structure.is_breakdown(&table.question) => reading.sizes(&table.question, &Cut::new(), group),
                Some(by) if structure.is_breakdown(&table.question) => {
                    let cut = vec![(by.clone(), group.group.clone())];
                    reading.sizes(&table.question, &cut, group);
                }
                by => reading.group(table, &cut_of(by.as_deref(), group.group.as_deref()), group),
            }
        }
    }
}

/// `a*b` and `x*y`: the value x of a, and y of b.
pub fn cut_of(breakdown: Option<&str>, group: Option<&str>) -> Cut {
    let (Some(breakdown), Some(group)) = (breakdown, group) else { return Cut::new() };
    breakdown.split('*').zip(group.split('*')).map(|(by, value)| (by.to_owned(), Some(value.to_owned()))).collect()
}

struct Reading<'r, 's, 'e> {
    release: &'r Release,
    structure: &'s Structure<'s>,
    equations: &'e mut Equations,
}

impl Reading<'_, '_, '_> {
    /// So many, up to a release.
    fn figure(&mut self, question: Option<&str>, cut: &Cut, option: Option<&str>, at: u32, people: u64) {
        let sum = self.equations.over(&any_batch(question, cut, option), 0, at);
        self.equations.equal(sum, number(people));
    }

    /// How large a breakdown's groups are, of everybody or within another's group.
    fn sizes(&mut self, breakdown: &str, around: &Cut, group: &Group) {
        let at = group.as_at.unwrap_or(self.release.number);
        let mut said = |base: u64, at: u32| {
            let mut sum = self.equations.over(&any_batch(None, around, None), 0, at);
            let silent = with(around, breakdown, None, self.structure);
            sum.extend(self.equations.over(&any_batch(None, &silent, None), 0, at).iter().map(|one| (one.0, -1)));
            self.equations.equal(sum, number(base));
        };
        if let Some(base) = group.base {
            said(base, at);
        }
        for cell in group.cells.iter().flatten() {
            let at = cell.as_at.unwrap_or(at);
            if let Some(base) = cell.base {
                said(base, at);
            }
        }
        for cell in group.cells.iter().flatten() {
            let cut = with(around, breakdown, Some(&cell.option), self.structure);
            if let Some(count) = cell.count {
                self.figure(None, &cut, None, cell.as_at.unwrap_or(at), count);
            }
        }
    }

    fn group(&mut self, table: &Table, cut: &Cut, group: &Group) {
        let (question, at) = (Some(table.question.as_str()), group.as_at.unwrap_or(self.release.number));
        if let Some(base) = group.base {
            self.figure(question, cut, None, at, base);
        }
        for Cell { option, count, as_at, .. } in group.cells.iter().flatten() {
            if let Some(count) = count {
                self.figure(question, cut, Some(option), as_at.unwrap_or(at), *count);
            }
        }
        for collapsed in group.collapsed.iter().flatten() {
            if let Some(count) = collapsed.count {
                let options: Vec<&str> = collapsed.options.iter().map(String::as_str).collect();
                self.together(question, cut, &options, at, count);
            }
        }
        if let Some(Figure { count, .. }) = group.favourable {
            self.favourable(table, cut, at, count);
        }
    }

    fn together(&mut self, question: Option<&str>, cut: &Cut, options: &[&str], at: u32, people: u64) {
        let one = |option: &&str| self.equations.over(&any_batch(question, cut, Some(option)), 0, at);
        let sum = options.iter().flat_map(one).collect();
        self.equations.equal(sum, number(people));
    }

    fn favourable(&mut self, table: &Table, cut: &Cut, at: u32, people: u64) {
        let question = self.structure.question(&table.question);
        let cells = question.cells().into_iter().filter(|(_, _, is_favourable)| *is_favourable);
        let options: Vec<String> = cells.map(|(code, _, _)| code.to_string()).collect();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        if !matches!(question.kind, QuestionKind::Multiple { .. }) {
            self.together(Some(&table.question), cut, &options, at, people);
            return;
        }
        for option in options {
            let sum = self.equations.over(&any_batch(Some(&table.question), cut, Some(option)), 0, at);
            self.equations.at_most(sum, number(people));
        }
    }
}

/// `around`, and a value of one breakdown more; in the campaign's order.
fn with(around: &Cut, breakdown: &str, value: Option<&str>, structure: &Structure) -> Cut {
    let mut cut = around.clone();
    cut.push((breakdown.to_owned(), value.map(str::to_owned)));
    let order = |name: &str| structure.breakdowns.iter().position(|one| one.as_str() == name);
    cut.sort_by_key(|(name, _)| order(name));
    cut
}

/// A place to be summed over batches.
pub fn any_batch(question: Option<&str>, cut: &Cut, option: Option<&str>) -> Place {
    Place { question: question.map(str::to_owned), cut: cut.clone(), option: option.map(str::to_owned), batch: 0 }
}

fn number(people: u64) -> i64 {
    i64::try_from(people).expect("few enough")
}
