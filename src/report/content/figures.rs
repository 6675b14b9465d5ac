//! Tables of one figure a row.

use super::words::as_at_note;
use crate::release::Figure;
use crate::report::chart::{Bar, Chart, Kind};
use crate::report::model::{Body, Cell, Label, Row, Shape, Table};
use crate::report::view::{self, RowView};

/// Rows of figures with their intervals; `[caption, head]` say what it is and what its
/// rows are.
pub fn table(
    id: &str,
    label: String,
    [caption, head]: [&str; 2],
    rows: &[&RowView],
    foot: Option<(&str, Option<Figure>)>,
) -> Table {
    let columns = [head, "Count", "Percentage", "95% interval"].map(Label::new).to_vec();
    let foot = foot.map(|(label, figure)| Row::new(Label::new(label), cells(figure)));
    Table {
        id: id.to_owned(),
        label,
        caption: caption.to_owned(),
        shape: Shape::Figures,
        columns,
        bodies: vec![Body { head: None, rows: rows.iter().map(|row| line(row)).collect() }],
        foot: foot.into_iter().collect(),
    }
}

/// The same rows as bars, to stand beside their table; `what` they are.
pub fn bars<'a>(id: String, what: &str, rows: impl Iterator<Item = &'a RowView>) -> Chart {
    Chart {
        id,
        title: format!("Bar chart: {what}"),
        description: "The percentages and intervals of the table beside it.".to_owned(),
        kind: Kind::Bars(rows.map(|row| Bar { label: row.label.clone(), figure: row.figure }).collect()),
    }
}

fn line(row: &RowView) -> Row {
    let note = row.as_at.zip(row.base).map(|(release, base)| format!("of {base}, as at release {release}"));
    Row::new(Label::noted(&row.label, note), cells(row.figure))
}

fn cells(figure: Option<Figure>) -> Vec<Cell> {
    let interval = figure.map_or_else(Cell::hidden, |figure| Cell::number(view::interval(&figure)));
    vec![Cell::count(figure.map(|figure| figure.count)), Cell::percent(figure.map(|figure| figure.percent)), interval]
}

/// A percentage in a table of many, with its count and interval under it.
pub fn cell(figure: Option<Figure>) -> Cell {
    let note = figure.map(|figure| format!("{} ({})", figure.count, view::interval(&figure)));
    Cell::percent(figure.map(|figure| figure.percent)).noted(note)
}

/// An option's figure. It may count up to an earlier release than the rest.
pub fn row_cell(row: Option<&RowView>) -> Cell {
    let as_at = row.and_then(|row| row.as_at.zip(row.base));
    cell(row.and_then(|row| row.figure))
        .noted(as_at.map(|(release, base)| format!("of {base}, as at release {release}")))
}

/// The head of a group's column or row.
pub fn group_label(label: String, as_at: Option<u32>) -> Label {
    Label::noted(label, as_at_note(as_at))
}
