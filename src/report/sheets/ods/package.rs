//! What is beside the content: what the files are, who made them, how they are shown.

use super::super::super::xml::HEAD;
use super::super::workbook::{Sheet, Workbook};
use maud::{Markup, html};

pub const MIME_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Styles of cells and pages, by name.
pub const STYLES: &str = include_str!("styles.xml");

pub const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const META: &str = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0";
const MANIFEST: &str = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0";
const CONFIG: &str = "urn:oasis:names:tc:opendocument:xmlns:config:1.0";

pub fn manifest() -> Markup {
    html! {
        (HEAD)
        manifest:manifest xmlns:manifest=(MANIFEST) manifest:version="1.3" {
            manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type=(MIME_TYPE) {}
            @for path in ["content.xml", "styles.xml", "meta.xml", "settings.xml"] {
                manifest:file-entry manifest:full-path=(path) manifest:media-type="text/xml" {}
            }
        }
    }
}

/// The day of the report, and not the moment: of the same report, the same bytes.
pub fn meta(workbook: &Workbook) -> Markup {
    let moment = workbook.date.format("%Y-%m-%dT00:00:00").to_string();
    html! {
        (HEAD)
        office:document-meta xmlns:office=(OFFICE) xmlns:meta=(META) xmlns:dc="http://purl.org/dc/elements/1.1/"
            office:version="1.3" {
            office:meta {
                meta:generator { "Candour" }
                dc:title { (workbook.title) }
                dc:subject { (workbook.subject) }
                meta:initial-creator { (workbook.organisation) }
                dc:creator { (workbook.organisation) }
                meta:creation-date { (moment) }
                dc:date { (moment) }
                dc:language { "en-GB" }
            }
        }
    }
}

/// The first sheet is the one that is seen first, and a table's heads stay in sight.
pub fn settings(workbook: &Workbook) -> Markup {
    html! {
        (HEAD)
        office:document-settings xmlns:office=(OFFICE) xmlns:config=(CONFIG) xmlns:ooo="http://openoffice.org/2004/office"
            office:version="1.3" {
            office:settings { config:config-item-set config:name="ooo:view-settings" {
                config:config-item-map-indexed config:name="Views" { config:config-item-map-entry {
                    (item("ViewId", "string", "view1"))
                    config:config-item-map-named config:name="Tables" {
                        @for sheet in &workbook.sheets { (view(sheet)) }
                    }
                    @if let Some(first) = workbook.sheets.first() { (item("ActiveTable", "string", &first.name)) }
                } }
            } }
        }
    }
}

fn view(sheet: &Sheet) -> Markup {
    let frozen = (sheet.head_row() + 1).to_string();
    html! {
        config:config-item-map-entry config:name=(sheet.name) {
            (item("CursorPositionX", "int", "0"))
            (item("CursorPositionY", "int", "0"))
            @if sheet.table.is_some() {
                (item("HorizontalSplitMode", "short", "0"))
                (item("VerticalSplitMode", "short", "2"))
                (item("VerticalSplitPosition", "int", &frozen))
                (item("ActiveSplitRange", "short", "2"))
                (item("PositionTop", "int", "0"))
                (item("PositionBottom", "int", &frozen))
            }
        }
    }
}

fn item(name: &str, kind: &str, value: &str) -> Markup {
    html! { config:config-item config:name=(name) config:type=(kind) { (value) } }
}
