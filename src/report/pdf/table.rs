//! Tables: their head is said again on every page that they go on to, and no row is
//! parted.

use super::columns::{GUTTER, Layout, cell_runs, label_runs, layouts};
use super::flow::{Flow, Item};
use super::lines::{Line, Run, broken};
use super::page::{BOTTOM, CELL, LEFT, RULE, SOFT, Style, TINT};
use super::tags::{Group, Tags};
use crate::report::model::{Row, Table};
use krilla::tagging::{TableHeaderScope, Tag};
use std::num::NonZeroU32;

/// Above and below the text of a row.
const PAD: f32 = 2.2;
/// Below a table.
const AFTER: f32 = 6.0;
const CAPTION: Style = Style { leading: 13.0, ..Style::of(9.0, SOFT) };

/// With room of `under` below its last row.
pub fn table(table: &Table, under: f32, flow: &mut Flow) {
    let layouts = layouts(table, &mut flow.shaper);
    let many = layouts.len();
    for (number, layout) in (1..).zip(&layouts) {
        let part = if many > 1 { format!(" ({number} of {many})") } else { String::new() };
        let under = if number == many && under > 0.0 { under + AFTER } else { 0.0 };
        one(table, layout, &part, under, flow);
    }
}

/// One part of a table, with a caption of its own.
fn one(table: &Table, layout: &Layout, part: &str, under: f32, flow: &mut Flow) {
    flow.skip(7.0);
    let head = set_head(table, layout, flow);
    let mut left = table.rows().count();
    let mut below = move || {
        left = left.saturating_sub(1);
        if left == 0 { under } else { 0.0 }
    };
    let rows: f32 = table.rows().take(2).map(|row| set_row(row, layout, flow).height).sum();
    flow.need(CAPTION.leading + head.height + rows + 8.0);
    let group = flow.tags.group(Tags::DOCUMENT, Tag::Table.with_summary(Some(format!("{}{part}", table.label))));
    let caption = flow.tags.group(group, Tag::Caption);
    flow.text(&[Run::new(&format!("{}{part}", table.caption), CAPTION.bold())], caption, 0.0);
    let thead = flow.tags.group(group, Tag::THead);
    draw_head(&head, layout, Some(thead), flow);
    for body in &table.bodies {
        let tbody = flow.tags.group(group, Tag::TBody);
        if let Some(title) = &body.head {
            let next = body.rows.first().map_or(0.0, |row| set_row(row, layout, flow).height);
            keep(CELL.leading + 2.0 * PAD + next, &head, layout, flow);
            group_head(title, layout, tbody, flow);
        }
        for row in &body.rows {
            let set = set_row(row, layout, flow);
            keep(set.height + below(), &head, layout, flow);
            draw_row(&set, layout, row.is_bases, tbody, flow);
        }
    }
    if !table.foot.is_empty() {
        let tfoot = flow.tags.group(group, Tag::TFoot);
        for row in &table.foot {
            let set = set_row(row, layout, flow);
            keep(set.height + below(), &head, layout, flow);
            rule(flow.y, layout, 1.0, flow);
            draw_row(&set, layout, false, tfoot, flow);
        }
    }
    rule(flow.y, layout, 0.6, flow);
    flow.skip(AFTER);
}

/// A row as lines, head first.
struct SetRow {
    cells: Vec<Vec<Line>>,
    height: f32,
}

fn set_head(table: &Table, layout: &Layout, flow: &mut Flow) -> SetRow {
    let first = table.columns.first().map(|head| label_runs(head, true)).unwrap_or_default();
    let others =
        layout.columns.iter().filter_map(|column| table.columns.get(*column)).map(|head| label_runs(head, true));
    set(std::iter::once(first).chain(others).collect(), layout, flow)
}

fn set_row(row: &Row, layout: &Layout, flow: &mut Flow) -> SetRow {
    let cells = layout.columns.iter().filter_map(|column| row.cells.get(column - 1)).map(cell_runs);
    set(std::iter::once(label_runs(&row.head, false)).chain(cells).collect(), layout, flow)
}

fn set(texts: Vec<Vec<Run>>, layout: &Layout, flow: &mut Flow) -> SetRow {
    let widths = std::iter::once(layout.head).chain(layout.widths.iter().copied());
    let cells: Vec<Vec<Line>> =
        texts.iter().zip(widths).map(|(runs, width)| broken(runs, width - GUTTER + 0.5, &mut flow.shaper)).collect();
    let height = cells.iter().map(|lines| lines.iter().map(|line| line.leading).sum::<f32>()).fold(0.0, f32::max);
    SetRow { cells, height: height + 2.0 * PAD }
}

/// Goes on to the next page, under the same head, where so much does not fit on this.
fn keep(height: f32, head: &SetRow, layout: &Layout, flow: &mut Flow) {
    if flow.y + height > BOTTOM {
        rule(flow.y, layout, 0.6, flow);
        flow.new_page();
        draw_head(head, layout, None, flow);
    }
}

/// Once as content, and without a group where it is said again.
fn draw_head(head: &SetRow, layout: &Layout, group: Option<Group>, flow: &mut Flow) {
    rule(flow.y, layout, 1.0, flow);
    let row = group.map(|group| flow.tags.group(group, Tag::TR));
    let bottom = flow.y + head.height;
    for (column, lines) in head.cells.iter().enumerate() {
        let cell = row.map(|row| flow.tags.group(row, Tag::TH(TableHeaderScope::Column)));
        // Heads stand on the line below them, however many lines they have.
        let own: f32 = lines.iter().map(|line| line.leading).sum();
        cell_at(lines, column, layout, bottom - PAD - own, cell, flow);
    }
    flow.y = bottom;
    rule(flow.y, layout, 1.0, flow);
}

fn draw_row(set: &SetRow, layout: &Layout, is_bases: bool, group: Group, flow: &mut Flow) {
    if is_bases {
        let (y, width) = (flow.y, total(layout));
        flow.put(Item::Box { x: LEFT, y, width, height: set.height, colour: TINT });
    } else {
        rule(flow.y, layout, 0.4, flow);
    }
    let row = flow.tags.group(group, Tag::TR);
    let top = flow.y + PAD;
    for (column, lines) in set.cells.iter().enumerate() {
        let cell = match column {
            0 => flow.tags.group(row, Tag::TH(TableHeaderScope::Row)),
            _ => flow.tags.group(row, Tag::TD),
        };
        cell_at(lines, column, layout, top, Some(cell), flow);
    }
    flow.y += set.height;
}

/// The name of the rows that follow, over all columns.
fn group_head(title: &str, layout: &Layout, group: Group, flow: &mut Flow) {
    let height = CELL.leading + 2.0 * PAD;
    let (y, width) = (flow.y, total(layout));
    flow.put(Item::Box { x: LEFT, y, width, height, colour: TINT });
    let row = flow.tags.group(group, Tag::TR);
    let span = u32::try_from(layout.columns.len() + 1).ok().and_then(NonZeroU32::new);
    let cell = flow.tags.group(row, Tag::TH(TableHeaderScope::Row).with_col_span(span));
    let lines = broken(&[Run::new(title, CELL.bold())], width, &mut flow.shaper);
    for line in lines.iter().take(1) {
        flow.line(line, LEFT + 2.0, y + PAD, Some(cell));
    }
    flow.y += height;
}

/// Heads of rows to the left, all else to the right.
fn cell_at(lines: &[Line], column: usize, layout: &Layout, top: f32, group: Option<Group>, flow: &mut Flow) {
    let left = LEFT + if column == 0 { 0.0 } else { layout.head + layout.widths.iter().take(column - 1).sum::<f32>() };
    let width = if column == 0 { 0.0 } else { layout.widths.get(column - 1).copied().unwrap_or_default() };
    let mut y = top;
    for line in lines {
        let x = if column == 0 { left + 2.0 } else { left + width - 2.0 - visible(line) };
        flow.line(line, x, y, group);
        y += line.leading;
    }
}

/// How wide a line is without the space at its end.
fn visible(line: &Line) -> f32 {
    let space = line
        .pieces
        .last()
        .filter(|piece| piece.text.ends_with(' '))
        .and_then(|piece| piece.glyphs.last().map(|glyph| glyph.x_advance * piece.style.size));
    line.width - space.unwrap_or_default()
}

fn total(layout: &Layout) -> f32 {
    layout.head + layout.widths.iter().sum::<f32>()
}

fn rule(y: f32, layout: &Layout, height: f32, flow: &mut Flow) {
    flow.put(Item::Box { x: LEFT, y: y - height / 2.0, width: total(layout), height, colour: RULE });
}
