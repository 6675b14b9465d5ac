//! Paragraphs, lists, facts, quotations; tables and charts are next door.

use super::super::model::{Block, Look, Span};
use super::parts::Parts;
use super::text::{paragraph, plain, spans};
use super::{picture, table};
use maud::{Markup, html};

pub fn block(block: &Block, parts: &mut Parts) -> Markup {
    match block {
        Block::Paragraph(found) => paragraph(style(found.look), &spans(&found.spans, parts)),
        Block::List(items) => html! { @for item in items { (paragraph("ListBullet", &spans(item, parts))) } },
        Block::Facts(facts) => self::facts(facts, parts),
        Block::Table(found) => table::table(found),
        Block::Chart(chart) => picture::chart(chart, parts),
        Block::Pair(found, chart) => html! { (table::table(found)) (picture::chart(chart, parts)) },
        Block::Quote(words) => plain("Quote", words),
    }
}

fn style(look: Look) -> &'static str {
    match look {
        Look::Plain => "BodyText",
        Look::Lead => "Lead",
        Look::Base => "Base",
        Look::Note => "Note",
    }
}

/// A table of two columns, of which the first has the heads.
fn facts(facts: &[(String, Vec<Span>)], parts: &mut Parts) -> Markup {
    let rows: Vec<[Markup; 2]> = facts
        .iter()
        .map(|(key, value)| [plain("TableHead", key), paragraph("TableText", &spans(value, parts))])
        .collect();
    table::facts(&rows)
}
