//! Charts, drawn once: the same SVG on the page, in the PDF and, as a picture, in Word.
//! Readable without colour: every bar has its label and its figure beside it, a line
//! for the interval, and greys that differ. Colours are attributes, which the page's
//! stylesheet overrides for dark screens and forced colours.

mod bars;
mod diverging;
mod points;
mod text;

pub use diverging::{favourable_end, parted};

use super::template::Colour;
use crate::release::{Figure, Tenths};
use maud::{Markup, html};

/// It says nothing that the table beside it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    pub id: String,
    pub title: String,
    /// What it shows, for whoever does not see it.
    pub description: String,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Bars(Vec<Bar>),
    Diverging(Vec<Stack>),
    /// So many marks a row, each with what it means.
    Points {
        names: Vec<String>,
        rows: Vec<Marks>,
    },
}

/// A percentage with its interval; none: not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub figure: Option<Figure>,
}

/// Figures of the same thing among different people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    pub label: String,
    pub figures: Vec<Mark>,
}

/// What there is of one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Figure(Figure),
    NotPublished,
    /// These people were not asked about it.
    NotAsked,
}

/// The points of a scale end to end, on either side of a line: favourable ones to the
/// right. None: not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    pub label: String,
    pub shares: Option<Shares>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// From the line outwards.
    pub favourable: Vec<Tenths>,
    /// Half on either side of the line.
    pub neutral: Vec<Tenths>,
    /// From the line outwards.
    pub unfavourable: Vec<Tenths>,
}

/// A drawing in units of its own.
struct Drawing {
    height: usize,
    body: Markup,
}

/// How wide every drawing is, and where 100 per cent are in it.
const WIDTH: usize = 920;
const FULL: usize = 760;
const TRACK: &str = "#ececec";
const INK: &str = "#1f1f1f";

impl Chart {
    /// As an element of a page or a file of its own.
    pub fn svg(&self, accent: Colour) -> Markup {
        let (title, description) = (format!("{}-title", self.id), format!("{}-text", self.id));
        let Drawing { height, body } = self.drawing(accent);
        html! {
            svg.report-chart xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby={ (title) " " (description) }
                viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH / 2) height=(height / 2) focusable="false"
                font-family="Noto Sans, sans-serif" font-size=(text::SIZE) fill=(INK) {
                title id=(title) { (self.title) }
                desc id=(description) { (self.description) }
                (body)
            }
        }
    }

    /// What is read out in its place.
    pub fn alternative(&self) -> String {
        format!("{}. {}", self.title, self.description)
    }

    /// How high it is for its width.
    pub fn ratio(&self) -> f32 {
        let float = |units: usize| u16::try_from(units).map_or(f32::MAX, f32::from);
        float(self.drawing(Colour::default()).height) / float(WIDTH)
    }

    fn drawing(&self, accent: Colour) -> Drawing {
        match &self.kind {
            Kind::Bars(bars) => bars::draw(bars, accent),
            Kind::Diverging(stacks) => diverging::draw(stacks, accent),
            Kind::Points { names, rows } => points::draw(names, rows, accent),
        }
    }
}

/// Where a percentage ends, in units.
fn units(share: Tenths) -> usize {
    usize::try_from(share.0).unwrap_or(0) * FULL / 1000
}

/// The interval of a figure, as a line with ends.
fn whisker(figure: &Figure, from: usize, middle: usize) -> Markup {
    let (low, high) = (from + units(figure.low), from + units(figure.high));
    html! {
        path.report-whisker fill="none" stroke=(INK) stroke-width="5" d={
            "M" (low) " " (middle) "H" (high) "M" (low) " " (middle - 10) "v20M" (high) " " (middle - 10) "v20"
        } {}
    }
}
