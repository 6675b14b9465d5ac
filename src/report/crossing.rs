//! A question by the answers to two others at once: groups down, those of one answer
//! to the first question under its name, and answers across.

use super::marks::{as_at_small, scrolling};
use super::split::{base, cell, row_cell, together, together_cell};
use super::view::{GroupView, QuestionView, RowView, SplitView};
use maud::{Markup, html};

/// Which answers are shown, and what else every group has a figure of.
struct Columns<'a> {
    rows: &'a [usize],
    together: Vec<&'a RowView>,
    has_favourable: bool,
}

pub fn crossing_table(question: &QuestionView, split: &SplitView, rows: &[usize]) -> Markup {
    let all: Vec<&GroupView> = split.groups.iter().collect();
    let columns = Columns { rows, together: together(&all), has_favourable: question.has_favourable };
    let labels = rows.iter().filter_map(|row| question.total.rows.get(*row)).chain(columns.together.iter().copied());
    let width = 2 + rows.len() + columns.together.len() + usize::from(columns.has_favourable);
    html! {
        (scrolling(&format!("{}: by {}", question.label, split.by.join(" and ")), html! {
            table.report-crossing {
                caption { "By answers to \u{201c}" (split.by.join("\u{201d} and \u{201c}")) "\u{201d}" }
                thead { tr {
                    th scope="col" { "Group" }
                    th.number scope="col" { "How many answered" }
                    @for row in labels { th.number scope="col" { (row.label) } }
                    @if columns.has_favourable { th.number scope="col" { "Favourable answers" } }
                } }
                @for (first, groups) in by_first(&split.groups) {
                    tbody {
                        tr { th.report-first scope="rowgroup" colspan=(width) { (first) } }
                        @for group in groups { (line(group, last_label(group), &columns)) }
                    }
                }
                @if let Some(others) = &split.others {
                    tfoot { (line(others, last_label(others), &columns)) }
                }
            }
        }))
    }
}

fn line(group: &GroupView, label: &str, columns: &Columns) -> Markup {
    html! {
        tr {
            th scope="row" { (label) (as_at_small(group.as_at)) }
            td.number.report-base { (base(group)) }
            @for row in columns.rows { (row_cell(group.rows.get(*row))) }
            @for several in &columns.together { (together_cell(group, &several.code)) }
            @if columns.has_favourable { (cell(group.favourable)) }
        }
    }
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

fn last_label(group: &GroupView) -> &str {
    group.labels.last().map(String::as_str).unwrap_or_default()
}
