//! A report as PDF: A4, tagged, PDF/UA-1 and PDF/A-2a. krilla writes the file and refuses
//! what the two standards forbid; what stands where is decided here.
//!
//! The contents say on which page things are, and that is known only when everything
//! has a place: their entries keep room for the numbers, which are set last.

mod blocks;
mod chart;
mod columns;
mod contents;
mod draw;
mod flow;
mod fonts;
mod image;
mod lines;
mod page;
mod table;
mod tags;
#[cfg(test)]
mod tests;

use super::model::Report;
use flow::Flow;

/// krilla found something that the standards forbid: a fault of ours, never of a release.
#[derive(Debug, thiserror::Error)]
#[error("the PDF could not be written: {0}")]
pub struct PdfError(pub(super) String);

pub fn write(report: &Report) -> Result<Vec<u8>, PdfError> {
    draw::document(report, laid_out(report))
}

fn laid_out(report: &Report) -> Flow<'_> {
    let mut flow = Flow::new(report.look.accent);
    blocks::front(report, &mut flow);
    let mut parts = report.parts.iter();
    if let Some(first) = parts.next() {
        blocks::section(first, 2, &mut flow);
    }
    let entries = contents::contents(report, &mut flow);
    for part in parts {
        flow.new_page();
        blocks::section(part, 2, &mut flow);
    }
    contents::number(entries, &mut flow);
    flow
}
