//! Sections, paragraphs and lists.

use super::table::table;
use crate::report::model::{Block, Look, Paragraph, Section, Span};
use crate::report::template::Colour;
use maud::{Markup, html};

/// A section under a heading of `level`, and the sections in it. Parts are landmarks;
/// what is in them is not, for there is too much of it to go through.
pub fn section(section: &Section, level: usize, accent: Colour) -> Markup {
    let inside = html! {
        (heading(section, level))
        @for block in &section.blocks { (self::block(block, accent)) }
        @for inner in &section.sections { (self::section(inner, level + 1, accent)) }
    };
    match level {
        ..=2 => html! { section.report-part aria-labelledby=(section.id) { (inside) } },
        _ => html! { div.report-question { (inside) } },
    }
}

fn heading(section: &Section, level: usize) -> Markup {
    let (id, title) = (&section.id, &section.title);
    html! {
        @match level {
            ..=2 => h2 id=(id) { (title) },
            3 => h3 id=(id) { (title) },
            4 => h4 id=(id) { (title) },
            _ => h5 id=(id) { (title) },
        }
    }
}

fn block(block: &Block, accent: Colour) -> Markup {
    match block {
        Block::Paragraph(paragraph) => self::paragraph(paragraph),
        Block::List(items) => html! { ul.report-list { @for item in items { li { (spans(item)) } } } },
        Block::Facts(facts) => html! {
            dl.summary { @for (key, value) in facts { div { dt { (key) } dd { (spans(value)) } } } }
        },
        Block::Table(found) => table(found),
        Block::Chart(chart) => chart.svg(accent),
        Block::Pair(found, chart) => html! { div.report-pair { (table(found)) (chart.svg(accent)) } },
        Block::Quote(words) => html! { blockquote.report-quote { p { (words) } } },
    }
}

fn paragraph(paragraph: &Paragraph) -> Markup {
    let words = spans(&paragraph.spans);
    match paragraph.look {
        Look::Plain => html! { p.report-text { (words) } },
        Look::Lead => html! { p.report-figure { (words) } },
        Look::Base => html! { p.report-base { (words) } },
        Look::Note => html! { p.soft.small { (words) } },
    }
}

fn spans(spans: &[Span]) -> Markup {
    html! {
        @for span in spans {
            @match span {
                Span::Text(text) => (text),
                Span::Strong(text) => strong { (text) },
                Span::Term(text) => dfn { (text) },
                Span::Code(text) => span.report-hash { (text) },
                Span::Link { text, to } => a href=(to) { (text) },
                Span::Anchor(id) => span id=(id) {},
            }
        }
    }
}
