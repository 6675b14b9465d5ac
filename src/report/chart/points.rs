//! Several figures of the same thing side by side: a mark of its own shape for each,
//! with its interval.

use super::text::{LINE, SIZE, lines, wrapped};
use super::{Drawing, FULL, INK, Mark, Marks, TRACK, units, whisker};
use crate::report::model::{NOT_ASKED, NOT_PUBLISHED};
use crate::report::template::Colour;
use crate::report::view;
use maud::{Markup, html};

/// From one mark to the next.
const STEP: usize = 38;
const GAP: usize = 24;

/// A line for every mark of every row; what the marks mean stands above.
pub fn draw(names: &[String], rows: &[Marks], accent: Colour) -> Drawing {
    let mut top = 0;
    let mut drawn = Vec::new();
    for (kind, name) in names.iter().enumerate() {
        let label = wrapped(&format!("\u{2003}{name}"));
        drawn.push(html! { (mark(kind, 16, top + LINE / 2 + 4, accent)) (indented(&label, top)) });
        top += label.len() * LINE;
    }
    top += GAP;
    for row in rows {
        let label = wrapped(&row.label);
        drawn.push(lines(&label, top));
        top += label.len() * LINE + 4;
        drawn.push(
            html! { rect.report-track fill=(TRACK) x="0" y=(top) width=(FULL) height=(STEP * row.figures.len()) {} },
        );
        for (kind, figure) in row.figures.iter().enumerate() {
            let middle = top + STEP / 2;
            let instead = |words: &str| html! { text x="14" y=(middle + 11) { (words) } };
            drawn.push(match figure {
                Mark::Figure(figure) => html! {
                    (whisker(figure, 0, middle))
                    (mark(kind, units(figure.percent), middle, accent))
                    text.report-value x=(units(figure.high) + 14) y=(middle + 11) { (view::percent(figure.percent)) }
                },
                Mark::NotPublished => instead(NOT_PUBLISHED),
                Mark::NotAsked => instead(NOT_ASKED),
            });
            top += STEP;
        }
        top += GAP;
    }
    Drawing { height: top.max(1), body: html! { @for one in drawn { (one) } } }
}

fn indented(label: &[String], top: usize) -> Markup {
    html! {
        @for (line, text) in label.iter().enumerate() {
            text x="44" y=(top + (line + 1) * LINE - 10) { (text.trim_start()) }
        }
    }
}

/// A disc, a diamond, a square: told apart by shape, and filled so that greys differ.
fn mark(kind: usize, x: usize, y: usize, accent: Colour) -> Markup {
    let radius = SIZE * 2 / 5;
    let left = x.saturating_sub(radius);
    match kind {
        0 => html! { circle.report-piece cx=(x) cy=(y) r=(radius) fill=(accent) stroke="#ffffff" stroke-width="2" {} },
        1 => html! {
            path.report-piece fill="#f0b878" stroke=(INK) stroke-width="3" d={
                "M" (x) " " (y - radius - 2) "L" (x + radius + 2) " " (y) "L" (x) " " (y + radius + 2) "L" (left) " " (y) "Z"
            } {}
        },
        _ => html! {
            rect.report-piece x=(left) y=(y - radius) width=(2 * radius) height=(2 * radius) fill="#ffffff" stroke=(INK) stroke-width="4" {}
        },
    }
}
