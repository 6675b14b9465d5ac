//! A question by the answers to two others at once: groups down, those of one answer
//! to the first question under its name, and answers across.

use super::figures::{cell, group_label, row_cell};
use super::split::{base, together, together_cell};
use crate::report::model::{Body, Label, Row, Shape, Table};
use crate::report::view::{GroupView, QuestionView, RowView, SplitView};

/// Which answers are shown, and what else every group has a figure of.
struct Columns<'a> {
    rows: &'a [usize],
    together: Vec<&'a RowView>,
    has_favourable: bool,
}

pub fn table(question: &QuestionView, split: &SplitView, rows: &[usize]) -> Table {
    let all: Vec<&GroupView> = split.groups.iter().collect();
    let columns = Columns { rows, together: together(&all), has_favourable: question.has_favourable };
    let labels = rows.iter().filter_map(|row| question.total.rows.get(*row)).chain(columns.together.iter().copied());
    let heads = ["Group", "How many answered"].map(Label::new).into_iter();
    let favourable = columns.has_favourable.then(|| Label::new("Favourable answers"));
    let body = |(first, groups): (&str, Vec<&GroupView>)| Body {
        head: Some(first.to_owned()),
        rows: groups.into_iter().map(|group| line(group, &columns)).collect(),
    };
    Table {
        id: format!("t-{}-by-{}", question.code, split.breakdown.replace('*', "-and-")),
        label: format!("{}: by {}", question.label, split.by.join(" and ")),
        caption: format!("By answers to \u{201c}{}\u{201d}", split.by.join("\u{201d} and \u{201c}")),
        shape: Shape::Crossing,
        columns: heads.chain(labels.map(|row| Label::new(&row.label))).chain(favourable).collect(),
        bodies: by_first(&split.groups).into_iter().map(body).collect(),
        foot: split.others.iter().map(|others| line(others, &columns)).collect(),
    }
}

fn line(group: &GroupView, columns: &Columns) -> Row {
    let label = group.labels.last().cloned().unwrap_or_default();
    let answers = columns.rows.iter().map(|row| row_cell(group.rows.get(*row)));
    let together = columns.together.iter().map(|several| together_cell(group, &several.code));
    let favourable = columns.has_favourable.then(|| cell(group.favourable));
    let cells = std::iter::once(base(group)).chain(answers).chain(together).chain(favourable);
    Row::new(group_label(label, group.as_at), cells.collect())
}

/// Neighbouring groups of one answer to the first question, under that answer.
fn by_first(groups: &[GroupView]) -> Vec<(&str, Vec<&GroupView>)> {
    let mut gathered: Vec<(&str, Vec<&GroupView>)> = Vec::new();
    for group in groups {
        let first = group.labels.first().map(String::as_str).unwrap_or_default();
        match gathered.last_mut() {
            Some((label, members)) if *label == first => members.push(group),
            _ => gathered.push((first, vec![group])),
        }
    }
    gathered
}
