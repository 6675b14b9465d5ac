//! A report for Word: what committee officers paste into their own template. So it is
//! made of what a template has as well: real headings, captions, lists and tables, each
//! in a style by its usual name, and no text boxes.

mod blocks;
mod contents;
mod document;
mod package;
mod parts;
mod picture;
mod slices;
mod table;
#[cfg(test)]
mod tests;
mod text;

use super::Report;
use super::archive::archive;

pub fn write(report: &Report) -> Vec<u8> {
    let mut parts = parts::Parts::of(report);
    let document = document::document(report, &mut parts).into_string();
    archive(&package::entries(report, document, parts))
}
