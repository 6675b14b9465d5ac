//! A question by the answers to another: answers down, groups across, for labels
//! of answers are long.

use super::figures::{cell, group_label, row_cell};
use super::measures;
use crate::report::model::{Body, Cell, Label, Row, Shape, Table};
use crate::report::view::{GroupView, QuestionView, RowView, SplitView};

/// The figures of every group, `rows` of them; then of all who are in none that is
/// shown.
pub fn table(question: &QuestionView, split: &SplitView, rows: &[usize]) -> Table {
    let groups: Vec<&GroupView> = split.groups.iter().chain(&split.others).collect();
    let by = split.by.join(", ");
    let bases = Row {
        is_bases: true,
        ..Row::new(Label::new("How many answered"), groups.iter().map(|group| base(group)).collect())
    };
    let answers = rows.iter().map(|row| {
        let label = question.total.rows.get(*row).map(|row| row.label.clone()).unwrap_or_default();
        Row::new(Label::new(label), groups.iter().map(|group| row_cell(group.rows.get(*row))).collect())
    });
    let together = together(&groups).into_iter().map(|several| {
        let cells = groups.iter().map(|group| together_cell(group, &several.code)).collect();
        Row::new(Label::new(&several.label), cells)
    });
    let heads = groups.iter().map(|group| group_label(group.label(), group.as_at));
    Table {
        id: format!("t-{}-by-{}", question.code, split.breakdown.replace('*', "-and-")),
        label: format!("{}: by {by}", question.label),
        caption: format!("By answer to \u{201c}{by}\u{201d}"),
        shape: Shape::Split,
        columns: std::iter::once(Label::new("Answer")).chain(heads).collect(),
        bodies: vec![Body { head: None, rows: std::iter::once(bases).chain(answers).chain(together).collect() }],
        foot: foot(question, &groups),
    }
}

/// What each group's answers come to together.
fn foot(question: &QuestionView, groups: &[&GroupView]) -> Vec<Row> {
    let favourable = question.has_favourable.then(|| {
        Row::new(Label::new("Favourable answers"), groups.iter().map(|group| cell(group.favourable)).collect())
    });
    let mean = (question.kind == "rating").then(|| {
        let mean = |group: &&GroupView| measures::mean(group).map_or_else(Cell::hidden, |mean| mean.cell());
        Row::new(Label::new("Mean"), groups.iter().map(mean).collect())
    });
    favourable.into_iter().chain(mean).collect()
}

/// Whatever stands for several options in one of the groups, each once.
pub fn together<'a>(groups: &[&'a GroupView]) -> Vec<&'a RowView> {
    let mut all: Vec<&RowView> = Vec::new();
    for several in groups.iter().flat_map(|group| &group.together) {
        if all.iter().all(|one| one.code != several.code) {
            all.push(several);
        }
    }
    all
}

pub fn base(group: &GroupView) -> Cell {
    Cell::count(group.base)
}

/// Of several options together. A group that shows them one by one has no such
/// figure, and hides none.
pub fn together_cell(group: &GroupView, code: &str) -> Cell {
    let found = group.together.iter().find(|several| several.code == code);
    if found.is_none() && group.base.is_some() { Cell::words("one by one") } else { row_cell(found) }
}
