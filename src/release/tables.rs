//! Counts, and what of them can be shown, put together as the tables of a release.

use super::disclosure::Shown;
use super::model::{Cell, Group, Table};
use super::percent::figure;
use super::tabulate::{Counts, Row, Tabulated};
use crate::survey::Code;

/// The tables of one question in release `now`: in total, then by each breakdown.
pub fn tables(question: &Tabulated, shown: &Shown, now: u32) -> Vec<Table> {
    let table = |breakdown: Option<&Code>, groups: Vec<Group>| Table {
        question: question.question.to_string(),
        kind: question.kind.to_owned(),
        breakdown: breakdown.map(Code::to_string),
        groups,
        others: None,
    };
    let total = match &shown.cells {
        None => group(question, None, &question.total, shown.total, now),
        Some(cells) => own_group(question, cells, shown.total, now),
    };
    let splits = question.splits.iter().zip(&shown.splits).map(|(split, shown)| {
        let groups = split.groups.iter().zip(shown);
        let groups = groups.map(|((code, counts), as_at)| group(question, Some(code), counts, *as_at, now));
        table(Some(&split.breakdown), groups.collect())
    });
    std::iter::once(table(None, vec![total])).chain(splits).collect()
}

fn group(question: &Tabulated, code: Option<&Code>, counts: &Counts, as_at: Option<u32>, now: u32) -> Group {
    let Some(release) = as_at else { return hidden(code) };
    let Row { base, cells, favourable } = counts.up_to(release);
    let cells = question.cells.iter().zip(cells).map(|(option, count)| cell(option, count, base)).collect();
    Group {
        group: code.map(Code::to_string),
        as_at: (release != now).then_some(release),
        base: Some(base),
        cells: Some(cells),
        favourable: if question.has_favourable { figure(favourable, base) } else { None },
        collapsed: None,
    }
}

/// A breakdown's own table: each option counts up to a release of its own.
fn own_group(question: &Tabulated, shown: &[Option<u32>], as_at: Option<u32>, now: u32) -> Group {
    let Some(release) = as_at else { return hidden(None) };
    let cells = question.cells.iter().zip(shown).enumerate().map(|(position, (option, cell_as_at))| {
        let Some(earlier) = *cell_as_at else { return hidden_cell(option) };
        let base = question.total.up_to(earlier).base;
        let cell = cell(option, question.total.cell(position).up_to(earlier), base);
        if earlier == release { cell } else { Cell { as_at: Some(earlier), base: Some(base), ..cell } }
    });
    Group {
        group: None,
        as_at: (release != now).then_some(release),
        base: Some(question.total.up_to(release).base),
        cells: Some(cells.collect()),
        favourable: None,
        collapsed: None,
    }
}

fn cell(option: &Code, count: u64, base: u64) -> Cell {
    match figure(count, base) {
        Some(figure) => Cell {
            option: option.to_string(),
            as_at: None,
            base: None,
            count: Some(count),
            percent: Some(figure.percent),
            low: Some(figure.low),
            high: Some(figure.high),
        },
        None => hidden_cell(option),
    }
}

fn hidden(code: Option<&Code>) -> Group {
    Group { group: code.map(Code::to_string), as_at: None, base: None, cells: None, favourable: None, collapsed: None }
}

fn hidden_cell(option: &Code) -> Cell {
    Cell { option: option.to_string(), as_at: None, base: None, count: None, percent: None, low: None, high: None }
}
