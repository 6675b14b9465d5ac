//! Tables, with a head for every row and column.

use crate::report::model::{Body, Cell, Label, NOT_PUBLISHED, Row, Shape, Table, Value};
use maud::{Markup, html};

/// One that is too wide for the page scrolls by itself, by keyboard too.
pub fn table(table: &Table) -> Markup {
    let class = match table.shape {
        Shape::Figures => None,
        Shape::Split => Some("report-split"),
        Shape::Crossing => Some("report-crossing"),
    };
    html! {
        div.scroll role="region" aria-label=(table.label) tabindex="0" {
            table id=(table.id) class=[class] {
                caption { (table.caption) }
                thead { tr {
                    @for (column, head) in table.columns.iter().enumerate() {
                        th class=[(column > 0).then_some("number")] scope="col" { (label(head)) }
                    }
                } }
                @for body in &table.bodies { (self::body(body, table.columns.len())) }
                @if !table.foot.is_empty() { tfoot { @for row in &table.foot { (line(row)) } } }
            }
        }
    }
}

fn body(body: &Body, columns: usize) -> Markup {
    html! {
        tbody {
            @if let Some(head) = &body.head {
                tr { th.report-first scope="rowgroup" colspan=(columns) { (head) } }
            }
            @for row in &body.rows { (line(row)) }
        }
    }
}

fn line(row: &Row) -> Markup {
    html! {
        tr class=[row.is_bases.then_some("report-bases")] {
            th scope="row" { (label(&row.head)) }
            @for cell in &row.cells { (self::cell(cell)) }
        }
    }
}

fn label(label: &Label) -> Markup {
    html! { (label.text) @if let Some(note) = &label.note { small { (note) } } }
}

fn cell(cell: &Cell) -> Markup {
    html! {
        td.number {
            @match &cell.value {
                Value::Number(number) => (number),
                Value::Words(words) => small { (words) },
                Value::Hidden => span.report-hidden { (NOT_PUBLISHED) },
            }
            @for note in &cell.notes { small { (note) } }
        }
    }
}
