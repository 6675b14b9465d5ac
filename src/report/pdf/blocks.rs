//! Headings, paragraphs, lists: one below the other.

use super::flow::{Entry, Flow, Item};
use super::lines::{Run, broken};
use super::page::{BASE, BODY, INK, LEAD, LEFT, MEASURE, NOTE, Style};
use super::tags::{Group, Tags};
use super::{chart, table};
use crate::report::model::{Block, Look, Paragraph, Report, Section, Span};
use crate::survey::Lang;
use krilla::tagging::{ListNumbering, Tag};
use std::num::NonZeroU16;

/// The head of the first page.
pub fn front<'a>(report: &'a Report, flow: &mut Flow<'a>) {
    chart::logo(report, flow);
    let accent = flow.accent;
    let organisation = flow.tags.group(Tags::DOCUMENT, Tag::P);
    flow.text(&[Run::new(&report.organisation, BASE)], organisation, 0.0);
    flow.skip(2.0);
    let title = flow.tags.group(Tags::DOCUMENT, heading(1, &report.title));
    flow.outline.push(Entry { title: report.title.clone(), level: 1, place: flow.here() });
    flow.text(&[Run::new(&report.title, Style::of(25.0, accent).bold())], title, 0.0);
    let lead = flow.tags.group(Tags::DOCUMENT, Tag::P);
    flow.text(&[Run::new(&report.subtitle, BODY)], lead, 0.0);
    if let Some(committee) = &report.committee {
        let words = format!("For {committee}, {}", Lang::En.date(report.date));
        let group = flow.tags.group(Tags::DOCUMENT, Tag::P);
        flow.text(&[Run::new(&words, BODY)], group, 0.0);
    }
    flow.skip(6.0);
}

/// A section under a heading of `level`, and the sections in it.
pub fn section<'a>(section: &'a Section, level: usize, flow: &mut Flow<'a>) {
    heading_of(section, level, flow);
    for (block, next) in section.blocks.iter().zip(section.blocks.iter().skip(1).map(Some).chain([None])) {
        let under = next.map_or(0.0, |next| note_height(next, flow));
        self::block(block, under, flow);
    }
    for inner in &section.sections {
        self::section(inner, level + 1, flow);
    }
}

/// A heading never stands at the foot of a page: what follows begins on the same one.
fn heading_of(section: &Section, level: usize, flow: &mut Flow) {
    let accent = flow.accent;
    let (style, before, keep) = match level {
        ..=2 => (Style::of(18.0, accent).bold(), 16.0, 160.0),
        3 => (Style::of(14.0, INK).bold(), 16.0, 150.0),
        4 => (Style::of(11.5, INK).bold(), 14.0, 130.0),
        _ => (Style::of(10.5, INK).bold(), 10.0, 70.0),
    };
    flow.skip(before);
    flow.need(keep);
    let place = flow.here();
    flow.places.insert(section.id.clone(), place);
    flow.outline.push(Entry { title: section.title.clone(), level, place });
    if level == 2 {
        flow.put(Item::Box { x: LEFT, y: flow.y, width: MEASURE, height: 1.5, colour: accent });
        flow.y += 4.0;
    }
    let group = flow.tags.group(Tags::DOCUMENT, heading(level, &section.title));
    flow.text(&[Run::new(&section.title, style)], group, 0.0);
    flow.skip(3.0);
}

pub fn heading(level: usize, title: &str) -> Tag<krilla::tagging::kind::Hn> {
    let level = u16::try_from(level).ok().and_then(NonZeroU16::new).unwrap_or(NonZeroU16::MIN);
    Tag::Hn(level, Some(title.to_owned()))
}

/// With room of `under` below its last line, for a note that belongs to it.
fn block<'a>(block: &'a Block, under: f32, flow: &mut Flow<'a>) {
    match block {
        Block::Paragraph(paragraph) => self::paragraph(paragraph, flow),
        Block::List(items) => list(items, flow),
        Block::Facts(facts) => self::facts(facts, flow),
        Block::Table(found) => table::table(found, under, flow),
        Block::Chart(found) => chart::figure(found, under, flow),
        Block::Pair(found, drawn) => {
            table::table(found, 0.0, flow);
            chart::figure(drawn, under, flow);
        }
        Block::Quote(words) => quote(words, flow),
    }
}

/// How high a note is; nothing of other blocks, which stand by themselves.
fn note_height(block: &Block, flow: &mut Flow) -> f32 {
    let Block::Paragraph(Paragraph { look: Look::Note, spans }) = block else { return 0.0 };
    let runs = runs(spans, NOTE, flow);
    broken(&runs, MEASURE, &mut flow.shaper).iter().map(|line| line.leading).sum()
}

fn paragraph(paragraph: &Paragraph, flow: &mut Flow) {
    let (style, after) = match paragraph.look {
        Look::Plain => (BODY, 7.0),
        Look::Lead => (LEAD, 8.0),
        Look::Base => (BASE, 5.0),
        Look::Note => (NOTE, 6.0),
    };
    let group = flow.tags.group(Tags::DOCUMENT, Tag::P);
    anchors(&paragraph.spans, flow);
    let runs = runs(&paragraph.spans, style, flow);
    flow.text(&runs, group, 0.0);
    flow.skip(after);
}

fn list(items: &[Vec<Span>], flow: &mut Flow) {
    let list = flow.tags.group(Tags::DOCUMENT, Tag::L(ListNumbering::Disc));
    for item in items {
        let entry = flow.tags.group(list, Tag::LI);
        let runs = runs(item, BODY, flow);
        flow.need(BODY.leading);
        let label = flow.tags.group(entry, Tag::Lbl);
        bullet(label, flow);
        let body = flow.tags.group(entry, Tag::LBody);
        flow.text(&runs, body, 14.0);
        flow.skip(3.0);
    }
    flow.skip(4.0);
}

fn bullet(label: Group, flow: &mut Flow) {
    let lines = broken(&[Run::new("\u{2022}", BODY)], MEASURE, &mut flow.shaper);
    let y = flow.y;
    for line in &lines {
        flow.line(line, LEFT + 3.0, y, Some(label));
    }
}

/// What is called what, as a list: a name in bold and its value after it.
fn facts(facts: &[(String, Vec<Span>)], flow: &mut Flow) {
    let list = flow.tags.group(Tags::DOCUMENT, Tag::L(ListNumbering::None));
    for (key, value) in facts {
        let entry = flow.tags.group(list, Tag::LI);
        let mut all = vec![Run::new(&format!("{key}: "), BASE.in_colour(INK).bold())];
        all.extend(runs(value, BASE.in_colour(INK), flow));
        let body = flow.tags.group(entry, Tag::LBody);
        flow.text(&all, body, 0.0);
        flow.skip(3.0);
    }
    flow.skip(6.0);
}

fn quote(words: &str, flow: &mut Flow) {
    flow.need(BODY.leading * 2.0);
    let group = flow.tags.group(Tags::DOCUMENT, Tag::BlockQuote);
    let paragraph = flow.tags.group(group, Tag::P);
    let before = flow.here();
    flow.text(&[Run::new(words, BODY)], paragraph, 14.0);
    if flow.here().page == before.page {
        let height = flow.y - before.y;
        let colour = flow.accent;
        flow.put(Item::Box { x: LEFT + 2.0, y: before.y, width: 2.5, height, colour });
    }
    flow.skip(9.0);
}

fn anchors(spans: &[Span], flow: &mut Flow) {
    for span in spans {
        if let Span::Anchor(id) = span {
            let place = flow.here();
            flow.places.insert(id.clone(), place);
        }
    }
}

fn runs(spans: &[Span], style: Style, flow: &Flow) -> Vec<Run> {
    let run = |span: &Span| match span {
        Span::Text(text) => Run::new(text, style),
        Span::Strong(text) | Span::Term(text) => Run::new(text, style.bold().in_colour(INK)),
        Span::Code(text) => Run::new(text, Style { size: style.size * 0.92, ..style }),
        Span::Link { text, to } => Run::new(text, style.in_colour(flow.accent)).linked(Some(to.clone())),
        Span::Anchor(_) => Run::new("", style),
    };
    spans.iter().map(run).filter(|run| !run.text.is_empty()).collect()
}
