//! Counts, and what of them can be shown, put together as the tables of a release.

use super::disclosure::{Columns, Shown};
use super::model::{Cell, Collapsed, Group, Others, Policy, Table};
use super::percent::{self, figure};
use super::tabulate::{Counts, Row, Tabulated};
use crate::survey::Code;

/// The tables of one question in release `now`: in total, then by each breakdown.
pub fn tables(question: &Tabulated, shown: &Shown, now: u32, policy: &Policy) -> Vec<Table> {
    let making = Making { question, now };
    let total = making.group(None, &question.total, shown.total, shown.cells.as_deref());
    let answers = shown.answers.as_ref();
    let total = making.answered(total, &question.total, answers.map(|answers| (&answers.total, 0)));
    let mut tables = vec![making.table(None, vec![total.clone()])];
    for (position, (split, as_at)) in question.splits.iter().zip(&shown.splits).enumerate() {
        let cells = shown.split_cells.as_ref().and_then(|splits| splits.get(position));
        let groups = split.groups.iter().zip(as_at).enumerate().map(|(at, ((group, counts), as_at))| {
            let cells = cells.and_then(|groups| groups.get(at)).map(Vec::as_slice);
            let answers = answers.and_then(|answers| answers.splits.get(position)).map(|columns| (columns, at));
            making.answered(making.group(Some(group), counts, *as_at, cells), counts, answers)
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
        let has_favourable = cells.is_none() && !self.question.favourable.is_empty();
        Group {
            group,
            as_at: (release != self.now).then_some(release),
            base: Some(base),
            cells: Some(self.cells(counts, release, cells)),
            favourable: if has_favourable { figure(favourable, base) } else { None },
            collapsed: None,
        }
    }

    /// Under the strict policy: only those answers, or several as one.
    fn answered(&self, group: Group, counts: &Counts, answers: Option<(&Columns, usize)>) -> Group {
        let Some((columns, row)) = answers else { return group };
        let (Some(base), Some(shown)) = (group.base, columns.shown.get(row)) else { return group };
        let release = group.as_at.unwrap_or(self.now);
        let is_single = columns.options.iter().all(|options| options.len() == 1);
        let is_shown = |option: usize| is_single && shown.contains(&option);
        let only = |(option, cell): (usize, Cell)| {
            if is_shown(option) { cell } else { percent::cell(&cell.option, None, base) }
        };
        let collapsed = columns.options.iter().enumerate().map(|(column, options)| {
            let count = shown.contains(&column).then(|| counts.sum(options).up_to(release));
            let figure = count.and_then(|count| figure(count, base));
            Collapsed {
                options: options
                    .iter()
                    .filter_map(|option| self.question.cells.get(*option))
                    .map(Code::to_string)
                    .collect(),
                count: figure.map(|figure| figure.count),
                percent: figure.map(|figure| figure.percent),
                low: figure.map(|figure| figure.low),
                high: figure.map(|figure| figure.high),
            }
        });
        let all_shown = shown.len() == columns.options.len();
        Group {
            cells: group.cells.map(|cells| cells.into_iter().enumerate().map(only).collect()),
            collapsed: (!is_single).then(|| collapsed.collect()),
            // Of all answers follows how many were favourable; of some it would tell more.
            favourable: group.favourable.filter(|_| is_single && all_shown && self.question.is_partition()),
            ..group
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
        let of_groups = shown.iter().filter_map(|group| count_of(group, position)).sum();
        let is_shown = shown.iter().all(|group| count_of(group, position).is_some());
        let count = cell.count.filter(|_| is_shown).map(|count| count.checked_sub(of_groups));
        match count {
            Some(count) => Some(percent::cell(&cell.option, Some(count?), base)),
            None => Some(percent::cell(&cell.option, None, base)),
        }
    });
    let has_all = shown.iter().all(|group| group.favourable.is_some());
    let favourable = total.favourable.filter(|_| has_all).and_then(|favourable| {
        let of_groups = sum(|group| group.favourable.map(|figure| figure.count));
        figure(favourable.count.checked_sub(of_groups)?, base)
    });
    Some(Others { base, cells: cells.collect::<Option<_>>()?, favourable })
}

fn count_of(group: &Group, position: usize) -> Option<u64> {
    group.cells.as_ref()?.get(position)?.count
}

fn cell(option: &Code, count: u64, base: u64) -> Cell {
    percent::cell(option.as_str(), Some(count), base)
}

fn hidden_cell(option: &Code) -> Cell {
    percent::cell(option.as_str(), None, 0)
}
