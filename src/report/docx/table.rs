//! Tables: a caption, a header row that Word repeats on every page, a head for each row.

use super::super::model::{Body, Cell, Label, Row, Table, Value};
use super::super::xml::clean;
use super::document::TEXT;
use super::slices::slices;
use super::text::plain;
use maud::{Markup, html};

/// A table of so few rows stays on one page.
const SHORT: usize = 12;
/// The widest that a column of figures is, in twentieths of a point.
const FIGURE: usize = 1_700;

pub fn table(table: &Table) -> Markup {
    html! { @for slice in slices(table) { (one(&slice)) } }
}

fn one(table: &Table) -> Markup {
    let widths = widths(table.columns.len());
    let rows = table.rows().count() + table.bodies.iter().filter(|body| body.head.is_some()).count();
    let is_kept = rows <= SHORT;
    html! {
        (plain("Caption", &table.caption))
        w:tbl {
            w:tblPr {
                w:tblStyle w:val="Figures" {}
                w:tblW w:w="5000" w:type="pct" {}
                w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1" {}
                w:tblCaption w:val=(clean(&table.label)) {}
            }
            w:tblGrid { @for width in &widths { w:gridCol w:w=(width) {} } }
            (head(&table.columns, &widths))
            @for body in &table.bodies { (self::body(body, &widths, is_kept)) }
            @for (number, row) in table.foot.iter().enumerate() {
                (line(row, &widths, Place::Foot, is_kept && number + 1 < table.foot.len()))
            }
        }
    }
}

/// The first column takes what the others leave.
fn widths(columns: usize) -> Vec<usize> {
    let figures = columns.saturating_sub(1);
    let each = (TEXT * 3 / 4).checked_div(figures).unwrap_or_default().min(FIGURE);
    std::iter::once(TEXT - each * figures).chain(std::iter::repeat_n(each, figures)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Bases,
    Foot,
}

fn head(columns: &[Label], widths: &[usize]) -> Markup {
    html! {
        w:tr {
            w:trPr { w:cantSplit {} w:tblHeader {} }
            @for (number, (label, width)) in columns.iter().zip(widths).enumerate() {
                w:tc {
                    w:tcPr { w:tcW w:w=(width) w:type="dxa" {} w:vAlign w:val="bottom" {} }
                    (text("TableHead", &label.text, number > 0, true))
                    @if let Some(note) = &label.note { (text("TableNote", note, number > 0, true)) }
                }
            }
        }
    }
}

fn body(body: &Body, widths: &[usize], is_kept: bool) -> Markup {
    html! {
        @if let Some(head) = &body.head {
            w:tr {
                w:trPr { w:cantSplit {} }
                w:tc {
                    w:tcPr {
                        w:tcW w:w=(TEXT) w:type="dxa" {}
                        w:gridSpan w:val=(widths.len()) {}
                        w:shd w:val="clear" w:color="auto" w:fill="F2F2F2" {}
                    }
                    (text("TableHead", head, false, true))
                }
            }
        }
        @for row in &body.rows {
            (line(row, widths, if row.is_bases { Place::Bases } else { Place::Body }, is_kept))
        }
    }
}

fn line(row: &Row, widths: &[usize], place: Place, is_kept: bool) -> Markup {
    let head = if place == Place::Body { "TableText" } else { "TableHead" };
    let mut widths = widths.iter();
    html! {
        w:tr {
            w:trPr { w:cantSplit {} }
            w:tc {
                (properties(widths.next(), place))
                (text(head, &row.head.text, false, is_kept))
                @if let Some(note) = &row.head.note { (text("TableNote", note, false, is_kept)) }
            }
            @for (cell, width) in row.cells.iter().zip(widths) {
                w:tc { (properties(Some(width), place)) (figure(cell, is_kept)) }
            }
        }
    }
}

fn figure(cell: &Cell, is_kept: bool) -> Markup {
    let style = if matches!(cell.value, Value::Words(_)) { "TableNote" } else { "TableText" };
    html! {
        (text(style, cell.text(), true, is_kept))
        @for note in &cell.notes { (text("TableNote", note, true, is_kept)) }
    }
}

fn properties(width: Option<&usize>, place: Place) -> Markup {
    html! {
        w:tcPr {
            w:tcW w:w=(width.copied().unwrap_or_default()) w:type="dxa" {}
            @if place == Place::Foot { w:tcBorders { w:top w:val="single" w:sz="8" w:space="0" w:color="595959" {} } }
            @if place == Place::Bases { w:shd w:val="clear" w:color="auto" w:fill="F2F2F2" {} }
        }
    }
}

/// A paragraph of a cell; `is_kept`: on the page of the next.
fn text(style: &str, words: &str, is_number: bool, is_kept: bool) -> Markup {
    html! {
        w:p {
            w:pPr {
                w:pStyle w:val=(style) {}
                @if is_kept { w:keepNext {} }
                @if is_number { w:jc w:val="right" {} }
            }
            (super::text::run(words))
        }
    }
}

/// Two columns, of which the first has the heads.
pub fn facts(rows: &[[Markup; 2]]) -> Markup {
    const WIDTHS: [usize; 2] = [TEXT * 3 / 10, TEXT - TEXT * 3 / 10];
    html! {
        w:tbl {
            w:tblPr {
                w:tblStyle w:val="Figures" {}
                w:tblW w:w="5000" w:type="pct" {}
                w:tblLayout w:type="fixed" {}
                w:tblLook w:val="0680" w:firstRow="0" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1" {}
            }
            w:tblGrid { @for width in WIDTHS { w:gridCol w:w=(width) {} } }
            @for row in rows {
                w:tr {
                    w:trPr { w:cantSplit {} }
                    @for (cell, width) in row.iter().zip(WIDTHS) {
                        w:tc { w:tcPr { w:tcW w:w=(width) w:type="dxa" {} } (cell) }
                    }
                }
            }
        }
    }
}
