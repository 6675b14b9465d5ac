//! What a report can be written as.

use super::pdf::{self, PdfError};
use super::{Source, csv, docx, html, report, sheets};
use clap::ValueEnum;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Html,
    Pdf,
    Docx,
    Xlsx,
    Ods,
    Csv,
    Json,
}

impl Format {
    pub const ALL: [Format; 7] =
        [Format::Html, Format::Pdf, Format::Docx, Format::Xlsx, Format::Ods, Format::Csv, Format::Json];

    pub fn extension(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
            Format::Ods => "ods",
            Format::Csv => "csv",
            Format::Json => "json",
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Format::Html => "text/html; charset=utf-8",
            Format::Pdf => "application/pdf",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Format::Csv => "text/csv; charset=utf-8",
            Format::Json => "application/json",
        }
    }

    /// What a link to it says.
    pub fn label(self) -> &'static str {
        match self {
            Format::Html => "Web page (HTML)",
            Format::Pdf => "Paper (PDF)",
            Format::Docx => "Word (DOCX)",
            Format::Xlsx => "Excel (XLSX)",
            Format::Ods => "Spreadsheet (ODS)",
            Format::Csv => "Figures (CSV)",
            Format::Json => "Release (JSON)",
        }
    }
}

/// The report in `format`: of the same source, the same bytes. `frozen` is the text
/// of the release, `style` the site's stylesheet.
pub fn write(format: Format, source: &Source, frozen: &str, style: &str) -> Result<Vec<u8>, PdfError> {
    Ok(match format {
        Format::Html => html::document(&report(source), style).into_string().into_bytes(),
        Format::Pdf => pdf::write(&report(source))?,
        Format::Docx => docx::write(&report(source)),
        Format::Xlsx => sheets::xlsx(source),
        Format::Ods => sheets::ods(source),
        Format::Csv => csv::write(source),
        Format::Json => frozen.as_bytes().to_vec(),
    })
}
