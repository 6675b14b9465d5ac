//! Pictures: charts, and the organisation's logo.

use super::flow::{Flow, Item};
use super::page::{BOTTOM, LEFT, TOP};
use super::tags::Tags;
use super::{fonts, image};
use crate::report::chart::{Bar, Chart, Kind, Marks, Stack};
use crate::report::model::Report;
use krilla::tagging::Tag;

/// At which the words in it are as large as those of the tables.
const WIDEST: f32 = 275.0;
const AFTER: f32 = 10.0;

/// A chart under its table, as wide as its texts want it, with room of `under` below it;
/// smaller where both are higher than a page.
pub fn figure<'a>(chart: &'a Chart, under: f32, flow: &mut Flow<'a>) {
    let ratio = chart.ratio();
    let below = if under > 0.0 { under + AFTER } else { 0.0 };
    let width = WIDEST.min((BOTTOM - TOP - below) / ratio);
    let height = width * ratio;
    flow.skip(6.0);
    flow.need(height + below);
    let figure = flow.tags.group(Tags::DOCUMENT, Tag::Figure(Some(chart.alternative())));
    let leaf = flow.tags.leaf(figure);
    let y = flow.y;
    flow.put(Item::Chart { x: LEFT, y, width, height, chart, figure, leaf });
    flow.y += height;
    flow.skip(AFTER);
}

/// The same chart with what the typeface can show.
pub fn printable(chart: &Chart) -> Chart {
    let shown = |label: &str| -> String { fonts::printable(label).0.chars().map(fonts::alike).collect() };
    let kind = match &chart.kind {
        Kind::Bars(bars) => {
            Kind::Bars(bars.iter().map(|bar| Bar { label: shown(&bar.label), ..bar.clone() }).collect())
        }
        Kind::Diverging(stacks) => {
            Kind::Diverging(stacks.iter().map(|stack| Stack { label: shown(&stack.label), ..stack.clone() }).collect())
        }
        Kind::Points { names, rows } => Kind::Points {
            names: names.clone(),
            rows: rows.iter().map(|row| Marks { label: shown(&row.label), ..row.clone() }).collect(),
        },
    };
    Chart { kind, ..chart.clone() }
}

/// Above everything else, at most so wide and high.
const LOGO: (f32, f32) = (170.0, 46.0);

pub fn logo(report: &Report, flow: &mut Flow) {
    let Some(logo) = &report.look.logo else { return };
    let Some((wide, high)) = image::size(&logo.bytes) else { return };
    let scale = (LOGO.0 / wide).min(LOGO.1 / high);
    let (width, height) = (wide * scale, high * scale);
    let figure = flow.tags.group(Tags::DOCUMENT, Tag::Figure(Some(logo.alt.clone())));
    let leaf = flow.tags.leaf(figure);
    flow.put(Item::Logo { x: LEFT, y: flow.y, width, height, leaf });
    flow.y += height + 10.0;
}
