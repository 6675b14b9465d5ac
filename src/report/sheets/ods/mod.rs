//! The workbook as an OpenDocument spreadsheet (ISO/IEC 26300, version 1.3), for
//! LibreOffice and for archives.

mod content;
mod package;

use super::super::archive::{Entry, archive};
use super::workbook::Workbook;

/// The archive's first entry says what it is, and is not compressed.
pub fn write(workbook: &Workbook) -> Vec<u8> {
    archive(&[
        Entry::stored("mimetype", package::MIME_TYPE),
        Entry::new("META-INF/manifest.xml", package::manifest().into_string()),
        Entry::new("meta.xml", package::meta(workbook).into_string()),
        Entry::new("settings.xml", package::settings(workbook).into_string()),
        Entry::new("styles.xml", package::STYLES),
        Entry::new("content.xml", content::content(workbook).into_string()),
    ])
}
