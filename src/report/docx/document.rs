//! The document itself: title, the first part, contents, and all other parts.

use super::super::Report;
use super::super::model::Section;
use super::super::xml::HEAD;
use super::parts::Parts;
use super::text::{marked, plain, run};
use super::{blocks, contents, picture};
use crate::survey::Lang;
use maud::{Markup, html};

/// Twentieths of a point: A4 with margins of two centimetres.
pub const PAGE: [usize; 2] = [11_906, 16_838];
pub const MARGIN: usize = 1_134;
/// How wide the text is.
pub const TEXT: usize = PAGE[0] - 2 * MARGIN;

/// The part that answers at a glance, before any contents.
const FIRST: &str = "brief";

pub fn document(report: &Report, parts: &mut Parts) -> Markup {
    let has_brief = report.parts.first().is_some_and(|part| part.id == FIRST);
    let (before, after) = report.parts.split_at(usize::from(has_brief));
    html! {
        (HEAD)
        w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
            xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" {
            w:body {
                (title(report, parts))
                @for part in before { (section(part, 1, false, parts)) }
                (contents::contents(report, parts))
                @for part in after { (section(part, 1, true, parts)) }
                (page())
            }
        }
    }
}

fn title(report: &Report, parts: &mut Parts) -> Markup {
    let logo = report.look.logo.as_ref().map(|logo| picture::logo(logo, parts));
    html! {
        @if let Some(logo) = logo { (logo) }
        (plain("Organisation", &report.organisation))
        (plain("Title", &report.title))
        (plain("Subtitle", &report.subtitle))
        @if let Some(committee) = &report.committee {
            (plain("Subtitle", &format!("For {committee}, {}", Lang::En.date(report.date))))
        }
    }
}

/// Under a heading of its depth, the fourth at most.
fn section(section: &Section, depth: usize, is_on_new_page: bool, parts: &mut Parts) -> Markup {
    html! {
        w:p {
            w:pPr {
                w:pStyle w:val={ "Heading" (depth.min(4)) } {}
                @if is_on_new_page { w:pageBreakBefore {} }
            }
            (marked(&section.id, &run(&section.title), parts))
        }
        @for block in &section.blocks { (blocks::block(block, parts)) }
        @for inner in &section.sections { (self::section(inner, depth + 1, false, parts)) }
    }
}

fn page() -> Markup {
    html! {
        w:sectPr {
            w:footerReference w:type="default" r:id="footer" {}
            w:pgSz w:w=(PAGE[0]) w:h=(PAGE[1]) {}
            w:pgMar w:top=(MARGIN) w:right=(MARGIN) w:bottom=(MARGIN) w:left=(MARGIN) w:header="567" w:footer="567"
                w:gutter="0" {}
        }
    }
}
