//! The workbook for Excel.

use super::workbook::{Cell, Column, NOT_APPLICABLE, NOT_PUBLISHED, Sheet, Table, Target, Workbook};
use chrono::Datelike;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatUnderline, IgnoreError, TableColumn, TableStyle, Url,
    Worksheet, XlsxError,
};

#[expect(
    clippy::expect_used,
    reason = "what Excel limits (names, lengths of texts and addresses) the workbook keeps to; a test tries"
)]
pub fn write(workbook: &Workbook) -> Vec<u8> {
    bytes(workbook).expect("a workbook within Excel's limits")
}

fn bytes(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut file = rust_xlsxwriter::Workbook::new();
    file.set_properties(&properties(workbook)?);
    let formats = Formats::new();
    for sheet in &workbook.sheets {
        write_sheet(file.add_worksheet(), sheet, &formats)?;
    }
    file.save_to_buffer()
}

/// The day of the report, and not the moment: of the same report, the same bytes.
fn properties(workbook: &Workbook) -> Result<DocProperties, XlsxError> {
    let date = workbook.date;
    let part = |value: u32| u8::try_from(value).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or(1900).clamp(1900, 9999),
        part(date.month()),
        part(date.day()),
    )?;
    Ok(DocProperties::new()
        .set_title(&workbook.title)
        .set_subject(&workbook.subject)
        .set_author(&workbook.organisation)
        .set_company(&workbook.organisation)
        .set_creation_datetime(&created))
}

struct Formats {
    title: Format,
    heading: Format,
    text: Format,
    /// Beside a table: not broken into lines, for its column is as wide as the table's.
    line: Format,
    link: Format,
    head: Format,
    head_of_figures: Format,
    whole: Format,
    tenths: Format,
    mark: Format,
}

impl Formats {
    fn new() -> Formats {
        let plain = Format::new().set_font_name("Arial").set_font_size(11).set_align(FormatAlign::Top);
        let wrapped = plain.clone().set_text_wrap();
        Formats {
            title: plain.clone().set_font_size(15).set_bold(),
            heading: plain.clone().set_font_size(12).set_bold(),
            text: wrapped.clone(),
            link: plain.clone().set_font_color(0x0b_4f9c).set_underline(FormatUnderline::Single),
            head: wrapped.clone().set_bold(),
            head_of_figures: wrapped.set_bold().set_align(FormatAlign::Right),
            whole: plain.clone().set_num_format("0"),
            tenths: plain.clone().set_num_format("0.0"),
            mark: plain.clone().set_align(FormatAlign::Right),
            line: plain,
        }
    }

    fn head_of(&self, column: &Column) -> &Format {
        if column.is_figures { &self.head_of_figures } else { &self.head }
    }
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&L&A&RPage &P of &N");
    for (column, width) in (0..).zip(sheet.widths()) {
        page.set_column_width(column, width)?;
    }
    page.write_string_with_format(0, 0, &sheet.title, &formats.title)?;
    let text = if sheet.table.is_some() { &formats.line } else { &formats.text };
    for (row, line) in (1..).zip(&sheet.lines) {
        write_cell(page, [row, 0], line, text, formats)?;
        if sheet.table.is_none() {
            page.set_row_height(row, height(line.lines(sheet.width)))?;
        }
    }
    match &sheet.table {
        Some(table) => write_table(page, sheet, table, formats),
        None => Ok(()),
    }
}

fn write_table(page: &mut Worksheet, sheet: &Sheet, table: &Table, formats: &Formats) -> Result<(), XlsxError> {
    let head = row_number(sheet.head_row());
    let (last_row, last_column) =
        (head + row_number(table.rows.len()), row_number(table.columns.len()).saturating_sub(1));
    let last_column = u16::try_from(last_column).unwrap_or(u16::MAX);
    let heads: Vec<TableColumn> = table
        .columns
        .iter()
        .map(|column| TableColumn::new().set_header(column.head).set_header_format(formats.head_of(column)))
        .collect();
    let marked_up = rust_xlsxwriter::Table::new()
        .set_name(&table.name)
        .set_columns(&heads)
        .set_autofilter(false)
        .set_banded_rows(false)
        .set_style(TableStyle::Light15);
    page.add_table(head, 0, last_row, last_column, &marked_up)?;
    for (row, cells) in (head + 1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            write_cell(page, [row, column], cell, &formats.text, formats)?;
        }
        let lines = cells.iter().zip(&table.columns).map(|(cell, column)| cell.lines(column.width));
        page.set_row_height(row, height(lines.max().unwrap_or(1)))?;
    }
    page.set_row_height(head, height(if table.columns.len() > 2 { 2 } else { 1 }))?;
    page.set_freeze_panes(head + 1, 0)?;
    page.set_repeat_rows(head, head)?;
    // An answer such as "10" is a label.
    page.ignore_error_range(head, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// Of so many lines, in points. Excel would find out by itself, and others do not.
fn height(lines: u16) -> f64 {
    const LINE: f64 = 15.0;
    const MOST: f64 = 405.0;
    (f64::from(lines) * LINE).min(MOST)
}

fn row_number(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Texts are written as texts, whatever they begin with: none is a formula.
fn write_cell(
    page: &mut Worksheet,
    [row, column]: [u32; 2],
    cell: &Cell,
    text: &Format,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let column = u16::try_from(column).unwrap_or(u16::MAX);
    match cell {
        Cell::Text(words) => page.write_string_with_format(row, column, words, text)?,
        Cell::Heading(words) => page.write_string_with_format(row, column, words, &formats.heading)?,
        Cell::Link { text, to } => {
            let url = match to {
                Target::Sheet(name) => Url::new(format!("internal:'{name}'!A1")),
                Target::Address(address) => Url::new(address),
            };
            page.write_url_with_options(row, column, url, text, "", Some(&formats.link))?
        }
        Cell::Whole(number) => page.write_number_with_format(row, column, *number, &formats.whole)?,
        Cell::Tenths(tenths) => {
            page.write_number_with_format(row, column, f64::from(*tenths) / 10.0, &formats.tenths)?
        }
        Cell::Amount(number) => {
            // Excel's own numbers: a hundredth is as near as 15 digits get.
            let hundredths = u32::try_from(number.hundredths()).map(f64::from);
            match hundredths {
                Ok(hundredths) => page.write_number_with_format(row, column, hundredths / 100.0, &formats.line)?,
                Err(_) => page.write_string_with_format(row, column, number.to_string(), &formats.mark)?,
            }
        }
        Cell::NotPublished => page.write_string_with_format(row, column, NOT_PUBLISHED, &formats.mark)?,
        Cell::NotApplicable => page.write_string_with_format(row, column, NOT_APPLICABLE, &formats.mark)?,
    };
    Ok(())
}
