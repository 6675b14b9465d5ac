//! Paragraphs and what is in them.

use super::super::model::Span;
use super::super::xml::clean;
use super::parts::{Parts, Target};
use maud::{Markup, html};

/// A paragraph in a style.
pub fn paragraph(style: &str, runs: &Markup) -> Markup {
    html! { w:p { w:pPr { w:pStyle w:val=(style) {} } (runs) } }
}

pub fn plain(style: &str, text: &str) -> Markup {
    paragraph(style, &run(text))
}

/// The place that links to `id` lead to, around `content`.
pub fn marked(id: &str, content: &Markup, parts: &Parts) -> Markup {
    match parts.bookmark(id) {
        Some((number, name)) => html! {
            w:bookmarkStart w:id=(number) w:name=(name) {}
            (content)
            w:bookmarkEnd w:id=(number) {}
        },
        None => content.clone(),
    }
}

pub fn spans(spans: &[Span], parts: &mut Parts) -> Markup {
    html! {
        @for span in spans {
            @match span {
                Span::Text(text) => (run(text)),
                Span::Strong(text) => (styled("Strong", text)),
                Span::Term(text) => (styled("Term", text)),
                Span::Code(text) => (styled("Code", text)),
                Span::Link { text, to } => (link(text, to, parts)),
                Span::Anchor(id) => (marked(id, &html! {}, parts)),
            }
        }
    }
}

pub fn run(text: &str) -> Markup {
    html! { w:r { (lines(text)) } }
}

/// A run in a style of characters.
pub fn styled(style: &str, text: &str) -> Markup {
    html! { w:r { w:rPr { w:rStyle w:val=(style) {} } (lines(text)) } }
}

fn link(text: &str, to: &str, parts: &mut Parts) -> Markup {
    match parts.target(to) {
        Target::Here(bookmark) => {
            html! { w:hyperlink w:anchor=(bookmark) w:history="1" { (styled("Hyperlink", text)) } }
        }
        Target::Outside(id) => html! { w:hyperlink r:id=(id) w:history="1" { (styled("Hyperlink", text)) } },
        Target::Nowhere => run(text),
    }
}

/// Line by line: in the text of a run, a line's end is no more than a space.
fn lines(text: &str) -> Markup {
    html! {
        @for (number, line) in clean(text).lines().enumerate() {
            @if number > 0 { w:br {} }
            w:t xml:space="preserve" { (line) }
        }
    }
}
