//! One question on a report page: its table and chart, then a table for each
//! breakdown.

use super::chart;
use super::marks::{as_at, count, hidden, hidden_note, people, percent, scrolling};
use super::split::split_table;
use super::view::{self, GroupView, QuestionView, RowView};
use crate::release::Figure;
use maud::{Markup, html};

pub fn question_tables(question: &QuestionView) -> Markup {
    let table_id = format!("t-{}", question.code);
    let rows = shown_rows(question);
    let total: Vec<&RowView> = rows.iter().filter_map(|row| question.total.rows.get(*row)).collect();
    let in_table: Vec<&RowView> = total.iter().copied().chain(&question.total.together).collect();
    let has_hidden = in_table.iter().any(|row| row.figure.is_none());
    html! {
        section.report-question aria-labelledby={ "q-" (question.code) } {
            h3 id={ "q-" (question.code) } { (question.label) }
            p.report-base { (base(&question.total)) (kind_note(question)) }
            div.report-pair {
                (total_table(question, &in_table, &table_id))
                (chart::bars(&question.label, &total, &table_id))
            }
            @if has_hidden { p.soft.small { (hidden_note()) } }
            @for split in &question.splits { (split_table(question, split, &rows)) }
        }
    }
}

/// Which rows to show: all, but for years before the first and after the last
/// that anybody named.
fn shown_rows(question: &QuestionView) -> Vec<usize> {
    let is_named = |row: &RowView| question.kind != "month" || row.figure.is_some_and(|figure| figure.count > 0);
    let rows = &question.total.rows;
    let first = rows.iter().position(is_named).unwrap_or(0);
    let last = rows.iter().rposition(is_named).unwrap_or(0);
    (first..=last).filter(|row| *row < rows.len()).collect()
}

fn base(total: &GroupView) -> Markup {
    html! {
        @match total.base {
            Some(1) => "1 person answered",
            Some(base) => { (people(base)) " answered" },
            None => { "How many answered: " (hidden()) },
        }
        (as_at(total.as_at)) "."
    }
}

fn kind_note(question: &QuestionView) -> &'static str {
    match question.kind.as_str() {
        "multiple" => " Percentages add to more than 100 because people could choose several.",
        "month" => " Counted by year; years before the first and after the last named are left out.",
        _ => "",
    }
}

fn total_table(question: &QuestionView, rows: &[&RowView], id: &str) -> Markup {
    let foot = question.has_favourable.then_some(("Favourable answers", question.total.favourable));
    figure_table(&format!("{}: everybody", question.label), ["Everybody", "Answer"], rows, foot, id)
}

/// Rows of figures with their intervals; a caption, and what the rows are.
pub fn figure_table(
    label: &str,
    [caption, head]: [&str; 2],
    rows: &[&RowView],
    foot: Option<(&str, Option<Figure>)>,
    id: &str,
) -> Markup {
    let line = |figure: Option<Figure>| {
        html! {
            td.number { (count(figure)) }
            td.number { (percent(figure)) }
            td.number { @match figure { Some(figure) => (view::interval(&figure)), None => (hidden()) } }
        }
    };
    html! {
        (scrolling(label, html! {
            table id=(id) {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (head) }
                    th.number scope="col" { "Count" }
                    th.number scope="col" { "Percentage" }
                    th.number scope="col" { "95% interval" }
                } }
                tbody {
                    @for row in rows {
                        tr { th scope="row" { (row.label) (row_as_at(row)) } (line(row.figure)) }
                    }
                }
                @if let Some((label, figure)) = foot {
                    tfoot { tr { th scope="row" { (label) } (line(figure)) } }
                }
            }
        }))
    }
}

fn row_as_at(row: &RowView) -> Markup {
    html! {
        @if let (Some(release), Some(base)) = (row.as_at, row.base) {
            small { "of " (base) ", as at release " (release) }
        }
    }
}
