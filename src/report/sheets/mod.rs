//! The figures of a release as a spreadsheet, by the rules that official statistics
//! follow (Government Analysis Function, "Releasing statistics in spreadsheets" and its
//! "checklist of the basics"): a cover, a list of contents, notes, then one table a sheet,
//! named, with one row of heads and without merged or empty cells, numbers as numbers,
//! and marks for what has none. One workbook, written as XLSX and as ODS.

mod figures;
mod front;
mod names;
mod ods;
#[cfg(test)]
mod tests;
mod workbook;
mod xlsx;

use super::Source;
use workbook::{Workbook, text};

pub fn xlsx(source: &Source) -> Vec<u8> {
    xlsx::write(&workbook(source))
}

pub fn ods(source: &Source) -> Vec<u8> {
    ods::write(&workbook(source))
}

fn workbook(source: &Source) -> Workbook {
    let report = front::notes_report(source);
    let tables = figures::sheets(source);
    let mut sheets = vec![front::cover(&report, source)];
    sheets.push(front::contents(&tables));
    sheets.push(front::notes(&report));
    sheets.extend(front::release(&report));
    sheets.extend(tables);
    Workbook {
        title: text(&report.title),
        subject: text(&report.subtitle),
        organisation: text(&report.organisation),
        date: report.date,
        sheets,
    }
}
