//! Tables that are too wide for a page, in slices that are not: each with the heads of
//! the rows.

use super::super::model::{Body, Row, Table};
use std::borrow::Cow;
use std::ops::Range;

/// So many columns of figures stand beside each other on paper.
const MOST: usize = 8;

/// The table itself, if it is narrow enough; else as few slices as will do, equally wide.
pub fn slices(table: &Table) -> Vec<Cow<'_, Table>> {
    let columns = table.columns.len().saturating_sub(1);
    if columns <= MOST {
        return vec![Cow::Borrowed(table)];
    }
    let width = columns.div_ceil(columns.div_ceil(MOST));
    let starts = (0..columns).step_by(width);
    starts.map(|start| Cow::Owned(slice(table, start..(start + width).min(columns)))).collect()
}

fn slice(table: &Table, range: Range<usize>) -> Table {
    let columns = table.columns.iter().skip(1).skip(range.start).take(range.len());
    let row = |row: &Row| Row {
        cells: row.cells.iter().skip(range.start).take(range.len()).cloned().collect(),
        ..row.clone()
    };
    let continued = if range.start > 0 { " (continued)" } else { "" };
    Table {
        label: format!("{}{continued}", table.label),
        caption: format!("{}{continued}", table.caption),
        columns: table.columns.iter().take(1).chain(columns).cloned().collect(),
        bodies: table
            .bodies
            .iter()
            .map(|body| Body { head: body.head.clone(), rows: body.rows.iter().map(row).collect() })
            .collect(),
        foot: table.foot.iter().map(row).collect(),
        ..table.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::{Cell, Label, Shape};
    use super::*;

    fn table(columns: usize) -> Table {
        let label = |n: usize| Label::new(format!("column {n}"));
        let cells = (0..columns).map(Cell::number).collect();
        Table {
            id: "t".to_owned(),
            label: "T".to_owned(),
            caption: "C".to_owned(),
            shape: Shape::Split,
            columns: std::iter::once(Label::new("Answer")).chain((0..columns).map(label)).collect(),
            bodies: vec![Body { head: None, rows: vec![Row::new(Label::new("Pay"), cells)] }],
            foot: Vec::new(),
        }
    }

    #[test]
    fn every_column_is_in_one_slice_under_its_own_head() {
        for columns in 0..40 {
            let table = table(columns);
            let slices = slices(&table);
            assert_eq!(slices.len(), columns.div_ceil(MOST).max(1), "{columns}");
            let mut next = 0;
            for slice in &slices {
                assert!(slice.columns.len() <= MOST + 1);
                assert_eq!(slice.columns.len(), slice.bodies[0].rows[0].cells.len() + 1);
                for (head, cell) in slice.columns.iter().skip(1).zip(&slice.bodies[0].rows[0].cells) {
                    assert_eq!(
                        (head.text.as_str(), cell.text()),
                        (format!("column {next}").as_str(), next.to_string().as_str())
                    );
                    next += 1;
                }
            }
            assert_eq!(next, columns);
        }
    }
}
