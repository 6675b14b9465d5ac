//! Counts, and what of them can be shown, put together as the tables of a release.

use super::disclosure::Shown;
use super::model::{Cell, Group, Others, Policy, Table};
use super::percent::figure;
use super::tabulate::{Counts, Row, Tabulated};
use crate::survey::Code;

/// The tables of one question in release `now`: in total, then by each breakdown.
pub fn tables(question: &Tabulated, shown: &Shown, now: u32, policy: &Policy) -> Vec<Table> {
    let making = Making { question, now };
    let total = making.group(None, &question.total, shown.total, shown.cells.as_deref());
    let mut tables = vec![making.table(None, vec![total.clone()])];
    for (position, (split, as_at)) in question.splits.iter().zip(&shown.splits).enumerate() {
        let cells = shown.split_cells.as_ref().and_then(|splits| splits.get(position));
        let groups = split.groups.iter().zip(as_at).enumerate().map(|(at, ((group, counts), as_at))| {
            let cells = cells.and_then(|groups| groups.get(at)).map(Vec::as_slice);
            making.group(Some(group), counts, *as_at, cells)
        });
        let groups: Vec<Group> = groups.collect();
        // In a table of sizes the hidden cells are the others.
        let others = if cells.is_none() { others(&total, &groups, policy) } else { None };
        tables.push(Table { others, ..making.table(Some(&split.breakdown), groups) });
    }
    tables
}

struct Making<'a> {
    question: &'a Tabulated,
    now: u32,
}

impl Making<'_> {
    fn table(&self, breakdown: Option<&String>, groups: Vec<Group>) -> Table {
        Table {
            question: self.question.question.to_string(),
            kind: self.question.kind.to_owned(),
            breakdown: breakdown.cloned(),
            groups,
            others: None,
        }
    }

    /// `cells`: up to which release each counts, in a table of sizes.
    fn group(
        &self,
        group: Option<&String>,
        counts: &Counts,
        as_at: Option<u32>,
        cells: Option<&[Option<u32>]>,
    ) -> Group {
        let group = group.cloned();
        let Some(release) = as_at else {
            return Group { group, as_at: None, base: None, cells: None, favourable: None, collapsed: None };
        };
        let Row { base, favourable, .. } = counts.up_to(release);
        let has_favourable = cells.is_none() && self.question.has_favourable;
        Group {
            group,
            as_at: (release != self.now).then_some(release),
            base: Some(base),
            cells: Some(self.cells(counts, release, cells)),
            favourable: if has_favourable { figure(favourable, base) } else { None },
            collapsed: None,
        }
    }

    fn cells(&self, counts: &Counts, release: u32, as_at: Option<&[Option<u32>]>) -> Vec<Cell> {
        let options = self.question.cells.iter().enumerate();
        let shown = options.map(|(position, option)| {
            let cell_as_at = as_at.map_or(Some(release), |cells| cells.get(position).copied().flatten());
            let Some(earlier) = cell_as_at else { return hidden_cell(option) };
            let base = counts.up_to(earlier).base;
            let cell = cell(option, counts.cell(position).up_to(earlier), base);
            if earlier == release { cell } else { Cell { as_at: Some(earlier), base: Some(base), ..cell } }
        });
        shown.collect()
    }
}

/// What is left of the total when the groups are taken off: as anybody could work out.
fn others(total: &Group, groups: &[Group], policy: &Policy) -> Option<Others> {
    let shown: Vec<&Group> = groups.iter().filter(|group| group.base.is_some()).collect();
    let sum = |of: fn(&Group) -> Option<u64>| shown.iter().filter_map(|group| of(group)).sum::<u64>();
    let base = total.base?.checked_sub(sum(|group| group.base))?;
    if shown.is_empty() || base < policy.least() {
        return None;
    }
    let cells = total.cells.iter().flatten().enumerate().map(|(position, cell)| {
        let of_groups = shown.iter().filter_map(|group| group.cells.as_ref()?.get(position)?.count).sum();
        let count = cell.count?.checked_sub(of_groups)?;
        Some(counted(&cell.option, count, base))
    });
    let favourable = total.favourable.and_then(|favourable| {
        let of_groups = sum(|group| group.favourable.map(|figure| figure.count));
        figure(favourable.count.checked_sub(of_groups)?, base)
    });
    Some(Others { base, cells: cells.collect::<Option<_>>()?, favourable })
}

fn cell(option: &Code, count: u64, base: u64) -> Cell {
    counted(option.as_str(), count, base)
}

fn counted(option: &str, count: u64, base: u64) -> Cell {
    let figure = figure(count, base);
    Cell {
        option: option.to_owned(),
        as_at: None,
        base: None,
        count: figure.map(|figure| figure.count),
        percent: figure.map(|figure| figure.percent),
        low: figure.map(|figure| figure.low),
        high: figure.map(|figure| figure.high),
    }
}

fn hidden_cell(option: &Code) -> Cell {
    Cell { option: option.to_string(), as_at: None, base: None, count: None, percent: None, low: None, high: None }
}
