//! A question by the answers to another: answers down, groups across, for labels
//! of answers are long.

use super::crossing::crossing_table;
use super::marks::{as_at_small, count, hidden, hidden_note, percent, scrolling};
use super::view::{self, GroupView, QuestionView, RowView, SplitView};
use crate::release::Figure;
use maud::{Markup, html};

/// The figures of every group, `rows` of them; then of all who are in none that is
/// shown.
pub fn split_table(question: &QuestionView, split: &SplitView, rows: &[usize]) -> Markup {
    let columns: Vec<&GroupView> = split.groups.iter().chain(&split.others).collect();
    let is_hidden =
        |group: &&GroupView| group.base.is_none() || shown_rows(group, rows).any(|row| row.figure.is_none());
    html! {
        @if split.by.len() > 1 { (crossing_table(question, split, rows)) } @else { (table(question, split, &columns, rows)) }
        @if columns.iter().any(is_hidden) { p.soft.small { (hidden_note()) } }
        @if let Some(others) = &split.others {
            p.soft.small { (others.label()) ": everybody in no group that is shown here, " a href="#others" { "and who else" } "." }
        }
    }
}

fn table(question: &QuestionView, split: &SplitView, columns: &[&GroupView], rows: &[usize]) -> Markup {
    let by = split.by.join(", ");
    html! {
        (scrolling(&format!("{}: by {by}", question.label), html! {
            table.report-split {
                caption { "By answer to \u{201c}" (by) "\u{201d}" }
                thead { tr {
                    th scope="col" { "Answer" }
                    @for group in columns { th.number scope="col" { (group.label()) (as_at_small(group.as_at)) } }
                } }
                tbody {
                    tr.report-bases {
                        th scope="row" { "How many answered" }
                        @for group in columns { td.number { (base(group)) } }
                    }
                    @for row in rows {
                        tr {
                            th scope="row" { (question.total.rows.get(*row).map(|row| row.label.as_str()).unwrap_or_default()) }
                            @for group in columns { (row_cell(group.rows.get(*row))) }
                        }
                    }
                    @for several in together(columns) {
                        tr {
                            th scope="row" { (several.label) }
                            @for group in columns { (together_cell(group, &several.code)) }
                        }
                    }
                }
                @if question.has_favourable {
                    tfoot { tr {
                        th scope="row" { "Favourable answers" }
                        @for group in columns { (cell(group.favourable)) }
                    } }
                }
            }
        }))
    }
}

fn shown_rows<'a>(group: &'a GroupView, rows: &'a [usize]) -> impl Iterator<Item = &'a RowView> {
    rows.iter().filter_map(|row| group.rows.get(*row)).chain(&group.together)
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

pub fn base(group: &GroupView) -> Markup {
    html! { @match group.base { Some(base) => (base), None => (hidden()) } }
}

/// An option's figure. It may count up to an earlier release than the rest.
pub fn row_cell(row: Option<&RowView>) -> Markup {
    let figure = row.and_then(|row| row.figure);
    html! {
        td.number {
            (percent(figure))
            @if let Some(figure) = figure { small { (count(Some(figure))) " (" (view::interval(&figure)) ")" } }
            @if let Some((release, base)) = row.and_then(|row| row.as_at.zip(row.base)) {
                small { "of " (base) ", as at release " (release) }
            }
        }
    }
}

/// Of several options together. A group that shows them one by one has no such
/// figure, and hides none.
pub fn together_cell(group: &GroupView, code: &str) -> Markup {
    let found = group.together.iter().find(|several| several.code == code);
    html! {
        @if found.is_none() && group.base.is_some() { td.number { small { "one by one" } } } @else { (row_cell(found)) }
    }
}

pub fn cell(figure: Option<Figure>) -> Markup {
    html! {
        td.number {
            (percent(figure))
            @if let Some(figure) = figure { small { (figure.count) " (" (view::interval(&figure)) ")" } }
        }
    }
}
