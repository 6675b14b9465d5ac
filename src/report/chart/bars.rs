//! A bar for each answer, with its interval.

use super::text::{LINE, lines, wrapped};
use super::{Bar, Drawing, FULL, TRACK, units, whisker};
use crate::report::model::NOT_PUBLISHED;
use crate::report::template::Colour;
use crate::report::view;
use maud::{Markup, html};

const THICK: usize = 34;
const GAP: usize = 20;

pub fn draw(bars: &[Bar], accent: Colour) -> Drawing {
    let mut top = 0;
    let mut drawn = Vec::new();
    for bar in bars {
        let label = wrapped(&bar.label);
        let y = top + label.len() * LINE + 2;
        drawn.push(html! { (lines(&label, top)) (figure(bar, y, accent)) });
        top = y + THICK + GAP;
    }
    Drawing { height: top.max(1), body: html! { @for bar in drawn { (bar) } } }
}

fn figure(bar: &Bar, y: usize, accent: Colour) -> Markup {
    let (middle, baseline) = (y + THICK / 2, y + THICK / 2 + 11);
    html! {
        rect.report-track fill=(TRACK) x="0" y=(y) width=(FULL) height=(THICK) {}
        @match bar.figure {
            Some(figure) => {
                rect.report-bar fill=(accent.tint(55)) stroke=(accent) stroke-width="3" x="0" y=(y)
                    width=(units(figure.percent)) height=(THICK) {}
                (whisker(&figure, 0, middle))
                text.report-value font-weight="bold" x=(units(figure.high) + 14) y=(baseline) { (view::percent(figure.percent)) }
            },
            None => text x="14" y=(baseline) { (NOT_PUBLISHED) },
        }
    }
}
