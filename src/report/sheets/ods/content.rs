//! The sheets and what is in their cells.

use super::super::super::xml::HEAD;
use super::super::workbook::{Cell, Sheet, Table, Target, Workbook};
use super::package::OFFICE;
use maud::{Markup, html};
use std::collections::BTreeSet;

pub fn content(workbook: &Workbook) -> Markup {
    let tables = workbook.sheets.iter().filter_map(|sheet| sheet.table.as_ref().map(|table| (sheet, table)));
    html! {
        (HEAD)
        office:document-content xmlns:office=(OFFICE)
            xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
            xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
            xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
            xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" {
            office:automatic-styles { (automatic_styles(workbook)) }
            office:body { office:spreadsheet {
                @for sheet in &workbook.sheets { (self::sheet(sheet)) }
                table:database-ranges { @for (sheet, table) in tables { (range(sheet, table)) } }
            } }
        }
    }
}

/// A width of columns each; rows as high as their text.
fn automatic_styles(workbook: &Workbook) -> Markup {
    let widths: BTreeSet<u16> = workbook.sheets.iter().flat_map(Sheet::widths).collect();
    html! {
        @for width in widths {
            style:style style:name={ "column" (width) } style:family="table-column" {
                style:table-column-properties style:column-width={ (millimetres(width)) "mm" } {}
            }
        }
        style:style style:name="row" style:family="table-row" {
            style:table-row-properties style:use-optimal-row-height="true" {}
        }
        style:style style:name="sheet" style:family="table" style:master-page-name="Default" {
            style:table-properties table:display="true" {}
        }
    }
}

/// Of so many characters in the size of the text.
fn millimetres(characters: u16) -> u16 {
    characters * 21 / 10 + 2
}

fn sheet(sheet: &Sheet) -> Markup {
    let line = if sheet.table.is_some() { "Line" } else { "Default" };
    html! {
        table:table table:name=(sheet.name) table:style-name="sheet" {
            @for width in sheet.widths() {
                table:table-column table:style-name={ "column" (width) } table:default-cell-style-name="Default" {}
            }
            (row(&html! { (string("Heading_20_1", &html! { (sheet.title) })) }))
            @for one in &sheet.lines { (row(&cell(one, line))) }
            @if let Some(table) = &sheet.table {
                table:table-header-rows {
                    (row(&html! { @for column in &table.columns {
                        (string(if column.is_figures { "HeadOfFigures" } else { "Head" }, &html! { (column.head) }))
                    } }))
                }
                @for cells in &table.rows { (row(&html! { @for one in cells { (cell(one, "Default")) } })) }
            }
        }
    }
}

fn row(cells: &Markup) -> Markup {
    html! { table:table-row table:style-name="row" { (cells) } }
}

fn cell(cell: &Cell, text: &str) -> Markup {
    match cell {
        Cell::Text(_) => words(text, cell),
        Cell::Heading(_) => words("Heading_20_2", cell),
        Cell::NotPublished | Cell::NotApplicable => words("Mark", cell),
        Cell::Whole(number) => float("Whole", &number.to_string()),
        Cell::Tenths(tenths) => float("Tenths", &crate::release::Points(*tenths).to_string()),
        Cell::Amount(number) => float("Line", &number.to_string()),
        Cell::Link { text, to } => {
            let address = match to {
                Target::Sheet(name) => format!("#'{name}'.A1"),
                Target::Address(address) => address.clone(),
            };
            string("Link", &html! { text:a xlink:href=(address) xlink:type="simple" { (text) } })
        }
    }
}

/// A text is a text, whatever it begins with: a formula would be an attribute.
fn string(style: &str, content: &Markup) -> Markup {
    html! { table:table-cell table:style-name=(style) office:value-type="string" { text:p { (content) } } }
}

fn words(style: &str, cell: &Cell) -> Markup {
    string(style, &html! { (cell.words().unwrap_or_default()) })
}

fn float(style: &str, value: &str) -> Markup {
    html! {
        table:table-cell table:style-name=(style) office:value-type="float" office:value=(value) { text:p { (value) } }
    }
}

/// The table as what spreadsheets call one: named, with a row of heads.
fn range(sheet: &Sheet, table: &Table) -> Markup {
    let (head, last) = (sheet.head_row() + 1, sheet.head_row() + 1 + table.rows.len());
    let column = ('A'..='Z').nth(table.columns.len().saturating_sub(1)).unwrap_or('Z');
    html! {
        table:database-range table:name=(table.name) table:contains-header="true" table:display-filter-buttons="false"
            table:target-range-address={ "'" (sheet.name) "'.A" (head) ":'" (sheet.name) "'." (column) (last) } {}
    }
}
