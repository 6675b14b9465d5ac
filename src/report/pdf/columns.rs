//! How wide the columns of a table are, and which of them stand beside each other: a
//! table that is wider than the page goes on below with its other columns.

use super::fonts::Shaper;
use super::lines::{Run, widths};
use super::page::{CELL, CELL_NOTE, MEASURE};
use crate::report::model::{Cell, Label, Row, Table};

/// Between the texts of neighbouring columns.
pub const GUTTER: f32 = 8.0;
/// The heads of rows are not made narrower for the sake of more columns.
const LEAST_HEAD: f32 = 118.0;
const MOST_HEAD: f32 = 236.0;

/// Some columns of a table side by side, that of the heads first.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Which columns besides the first, by number.
    pub columns: Vec<usize>,
    pub head: f32,
    /// As many as columns.
    pub widths: Vec<f32>,
}

pub fn layouts(table: &Table, shaper: &mut Shaper) -> Vec<Layout> {
    let (natural, widest) = head_widths(table, shaper);
    let wants: Vec<f32> = (1..table.columns.len()).map(|column| column_width(table, column, shaper)).collect();
    let head = natural.clamp(LEAST_HEAD.max(widest.min(MOST_HEAD)), MOST_HEAD) + GUTTER;
    let total: f32 = wants.iter().sum();
    if head + total <= MEASURE {
        return vec![Layout { columns: (1..table.columns.len()).collect(), head, widths: wants }];
    }
    let least = LEAST_HEAD.max(widest.min(MOST_HEAD)) + GUTTER;
    if least + total <= MEASURE {
        return vec![Layout { columns: (1..table.columns.len()).collect(), head: MEASURE - total, widths: wants }];
    }
    parted(&wants, least)
}

/// As few parts as hold all columns, and no part much emptier than the others.
fn parted(wants: &[f32], head: f32) -> Vec<Layout> {
    let room = MEASURE - head;
    let fill = |most: usize| {
        let mut parts: Vec<Layout> = Vec::new();
        let mut used = 0.0;
        for (column, width) in (1..).zip(wants) {
            let is_full = parts.last().is_none_or(|part| used + width > room || part.columns.len() >= most);
            if is_full {
                parts.push(Layout { columns: Vec::new(), head, widths: Vec::new() });
                used = 0.0;
            }
            if let Some(part) = parts.last_mut() {
                part.columns.push(column);
                part.widths.push(width.min(room));
            }
            used += width;
        }
        parts
    };
    let fewest = fill(usize::MAX);
    let even = fill(wants.len().div_ceil(fewest.len().max(1)));
    if even.len() > fewest.len() { fewest } else { even }
}

fn head_widths(table: &Table, shaper: &mut Shaper) -> (f32, f32) {
    let heads = table.columns.iter().take(1).chain(table.rows().map(|row| &row.head));
    heads
        .map(|head| widths(&label_runs(head, false), shaper))
        .fold((0.0, 0.0), |(a, b), (c, d)| (f32::max(a, c), f32::max(b, d)))
}

/// What the widest figure of a column wants, and the longest word of its head.
fn column_width(table: &Table, column: usize, shaper: &mut Shaper) -> f32 {
    let head = table.columns.get(column).map_or(0.0, |head| {
        let (natural, widest) = widths(&label_runs(head, true), shaper);
        natural.min(widest.max(62.0))
    });
    let cells = table.rows().filter_map(|row: &Row| row.cells.get(column - 1));
    let widest = cells.map(|cell| widths(&cell_runs(cell), shaper).0).fold(0.0, f32::max);
    head.max(widest) + GUTTER
}

/// A label, and what qualifies it on the next line.
pub fn label_runs(label: &Label, is_bold: bool) -> Vec<Run> {
    let style = if is_bold { CELL.bold() } else { CELL };
    let text = Run::new(&label.text, style);
    let note = label.note.iter().map(|note| Run::new(&format!("\n{note}"), CELL_NOTE));
    std::iter::once(text).chain(note).collect()
}

/// A figure, and each of its notes on a line of its own.
pub fn cell_runs(cell: &Cell) -> Vec<Run> {
    let text = Run::new(cell.text(), CELL);
    let notes = cell.notes.iter().map(|note| Run::new(&format!("\n{note}"), CELL_NOTE));
    std::iter::once(text).chain(notes).collect()
}
