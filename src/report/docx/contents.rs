//! The list of contents: a field that Word makes anew on request, with page numbers,
//! and that is complete without. Nothing here can know on which page a heading will be,
//! and a wrong number is worse than none.

use super::super::Report;
use super::super::model::Section;
use super::parts::Parts;
use super::text::{plain, styled};
use maud::{Markup, html};

/// Headings of so many levels are listed.
const LEVELS: usize = 3;

struct Entry<'a> {
    level: usize,
    section: &'a Section,
}

pub fn contents(report: &Report, parts: &Parts) -> Markup {
    let entries: Vec<Entry> = report.parts.iter().flat_map(|part| entries(part, 1)).collect();
    html! {
        w:sdt {
            w:sdtPr { w:docPartObj {
                w:docPartGallery w:val="Table of Contents" {}
                w:docPartUnique {}
            } }
            w:sdtContent {
                (plain("TOCHeading", "Contents"))
                @for (number, entry) in entries.iter().enumerate() { (line(entry, number == 0, parts)) }
                w:p { w:pPr { w:pStyle w:val="TOC1" {} } w:r { w:fldChar w:fldCharType="end" {} } }
            }
        }
    }
}

fn entries(section: &Section, level: usize) -> Vec<Entry<'_>> {
    if level > LEVELS {
        return Vec::new();
    }
    let inner = section.sections.iter().flat_map(|inner| entries(inner, level + 1));
    std::iter::once(Entry { level, section }).chain(inner).collect()
}

/// The field begins in the first line.
fn line(entry: &Entry, is_first: bool, parts: &Parts) -> Markup {
    let bookmark = parts.bookmark(&entry.section.id).map(|(_, name)| name);
    html! {
        w:p {
            w:pPr { w:pStyle w:val={ "TOC" (entry.level) } {} }
            @if is_first {
                w:r { w:fldChar w:fldCharType="begin" {} }
                w:r { w:instrText xml:space="preserve" { " TOC \\o \"1-" (LEVELS) "\" \\h \\z \\u " } }
                w:r { w:fldChar w:fldCharType="separate" {} }
            }
            w:hyperlink w:anchor=[bookmark] w:history="1" { (styled("ContentsLink", &entry.section.title)) }
        }
    }
}
