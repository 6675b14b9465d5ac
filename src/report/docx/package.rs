//! The files of a document, and what ties them together (ECMA-376, part 2).

use super::super::Report;
use super::super::archive::Entry;
use super::super::xml::{HEAD, clean};
use super::parts::Parts;
use maud::{Markup, html};

/// Colours stand in it by name.
const STYLES: &str = include_str!("styles.xml");
const NUMBERING: &str = include_str!("numbering.xml");
const SETTINGS: &str = include_str!("settings.xml");

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

pub fn entries(report: &Report, document: String, parts: Parts) -> Vec<Entry> {
    let xml = |path: &str, content: Markup| Entry::new(path, content.into_string());
    let mut entries = vec![
        xml("[Content_Types].xml", content_types()),
        xml("_rels/.rels", package_relations()),
        xml("docProps/core.xml", properties(report)),
        xml("docProps/app.xml", application(report)),
        Entry::new("word/document.xml", document),
        xml("word/_rels/document.xml.rels", document_relations(&parts)),
        Entry::new("word/styles.xml", styles(&parts)),
        Entry::new("word/numbering.xml", NUMBERING),
        Entry::new("word/settings.xml", SETTINGS),
        xml("word/footer1.xml", footer(report)),
    ];
    let pictures = (1..).zip(parts.pictures);
    entries.extend(pictures.map(|(number, picture)| {
        Entry::stored(format!("word/media/picture{number}.{}", picture.extension), picture.bytes)
    }));
    entries
}

fn content_types() -> Markup {
    let parts = [
        ("/word/document.xml", format!("{WORD}.document.main+xml")),
        ("/word/styles.xml", format!("{WORD}.styles+xml")),
        ("/word/numbering.xml", format!("{WORD}.numbering+xml")),
        ("/word/settings.xml", format!("{WORD}.settings+xml")),
        ("/word/footer1.xml", format!("{WORD}.footer+xml")),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
    ];
    html! {
        (HEAD)
        Types xmlns={ (PACKAGE) "/content-types" } {
            Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" {}
            Default Extension="xml" ContentType="application/xml" {}
            Default Extension="png" ContentType="image/png" {}
            Default Extension="jpeg" ContentType="image/jpeg" {}
            @for (name, content_type) in parts { Override PartName=(name) ContentType=(content_type) {} }
        }
    }
}

fn package_relations() -> Markup {
    let relations = [
        ("document", format!("{OFFICE}/officeDocument"), "word/document.xml"),
        ("core", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
        ("application", format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
    ];
    html! {
        (HEAD)
        Relationships xmlns={ (PACKAGE) "/relationships" } {
            @for (id, kind, target) in relations { Relationship Id=(id) Type=(kind) Target=(target) {} }
        }
    }
}

fn document_relations(parts: &Parts) -> Markup {
    html! {
        (HEAD)
        Relationships xmlns={ (PACKAGE) "/relationships" } {
            @for name in ["styles", "numbering", "settings"] {
                Relationship Id=(name) Type={ (OFFICE) "/" (name) } Target={ (name) ".xml" } {}
            }
            Relationship Id="footer" Type={ (OFFICE) "/footer" } Target="footer1.xml" {}
            @for (number, link) in (1..).zip(&parts.links) {
                Relationship Id={ "link" (number) } Type={ (OFFICE) "/hyperlink" } Target=(clean(link)) TargetMode="External" {}
            }
            @for (number, picture) in (1..).zip(&parts.pictures) {
                Relationship Id={ "picture" (number) } Type={ (OFFICE) "/image" }
                    Target={ "media/picture" (number) "." (picture.extension) } {}
            }
        }
    }
}

/// The day of the report, and not the moment: of the same report, the same bytes.
fn properties(report: &Report) -> Markup {
    let moment = report.date.format("%Y-%m-%dT00:00:00Z").to_string();
    let organisation = clean(&report.organisation);
    html! {
        (HEAD)
        cp:coreProperties xmlns:cp={ (PACKAGE) "/metadata/core-properties" } xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {
            dc:title { (clean(&report.title)) }
            dc:subject { (clean(&report.subtitle)) }
            dc:creator { (organisation) }
            dc:language { "en-GB" }
            cp:lastModifiedBy { (organisation) }
            dcterms:created xsi:type="dcterms:W3CDTF" { (moment) }
            dcterms:modified xsi:type="dcterms:W3CDTF" { (moment) }
        }
    }
}

fn application(report: &Report) -> Markup {
    html! {
        (HEAD)
        Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" {
            Application { "Candour" }
            Company { (clean(&report.organisation)) }
        }
    }
}

fn styles(parts: &Parts) -> String {
    let hex = |colour: super::super::template::Colour| colour.to_string().trim_start_matches('#').to_uppercase();
    STYLES.replace("ACCENT", &hex(parts.accent)).replace("PALE", &hex(parts.accent.tint(35)))
}

fn footer(report: &Report) -> Markup {
    html! {
        (HEAD)
        w:ftr xmlns:w=(MAIN) {
            w:p {
                w:pPr { w:pStyle w:val="Footer" {} }
                (super::text::run(&report.title))
                w:r { w:tab {} w:t xml:space="preserve" { "Page " } }
                (field("PAGE"))
                w:r { w:t xml:space="preserve" { " of " } }
                (field("NUMPAGES"))
            }
        }
    }
}

/// What Word and others work out when they lay the page out.
fn field(name: &str) -> Markup {
    html! { w:fldSimple w:instr={ " " (name) " " } { w:r { w:t { "1" } } } }
}
