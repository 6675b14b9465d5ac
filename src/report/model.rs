//! A report as a document, whatever it is written as: parts, sections, paragraphs,
//! tables and charts, in the order in which they are read. Every figure is already
//! the text that people see, so no two formats can round or word one differently.

use super::chart::Chart;
use crate::release::Tenths;
use chrono::NaiveDate;

/// What HR hands to a committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub title: String,
    pub organisation: String,
    /// Under the title: the campaign, the release and its day.
    pub subtitle: String,
    /// Whom it is for, where somebody said so.
    pub committee: Option<String>,
    pub date: NaiveDate,
    pub look: super::template::Look,
    pub parts: Vec<Section>,
}

/// A heading and what stands under it. Parts of the report are sections too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Where links within the report lead: once in each report.
    pub id: String,
    pub title: String,
    pub blocks: Vec<Block>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Paragraph),
    /// Items with bullets.
    List(Vec<Vec<Span>>),
    /// What is called what.
    Facts(Vec<(String, Vec<Span>)>),
    Table(Table),
    Chart(Chart),
    /// A table, and the chart that says the same.
    Pair(Table, Chart),
    /// Somebody's own words.
    Quote(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub look: Look,
    pub spans: Vec<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// What to take away, larger.
    Lead,
    /// How many a table is about.
    Base,
    /// An explanation that can be passed over.
    Note,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Text(String),
    Strong(String),
    /// A word that is explained here.
    Term(String),
    /// Something to compare letter by letter.
    Code(String),
    /// `to` is an address, or `#` and the id of a section or a [`Span::Anchor`].
    Link {
        text: String,
        to: String,
    },
    /// A place that links within the report lead to.
    Anchor(String),
}

/// Rows with a head each, under columns with a head each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub id: String,
    /// What it is, for whoever does not see where it stands: once in each report.
    pub label: String,
    pub caption: String,
    pub shape: Shape,
    /// The first is that of the rows' heads.
    pub columns: Vec<Label>,
    pub bodies: Vec<Body>,
    pub foot: Vec<Row>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One figure a row, in several columns.
    Figures,
    /// Answers down, groups across.
    Split,
    /// Groups down, in bodies, and answers across.
    Crossing,
}

/// Rows that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub head: Option<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub head: Label,
    pub cells: Vec<Cell>,
    /// Not figures, but how many they are of.
    pub is_bases: bool,
}

/// A head, with what qualifies it under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    pub text: String,
    pub note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub value: Value,
    /// What belongs to the value and stands under it, smaller.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Number(String),
    Words(String),
    /// Not published: one look, whatever the reason.
    Hidden,
}

/// The one mark for whatever is not published.
pub const NOT_PUBLISHED: &str = "n/p";

/// Instead of a figure that nobody was asked for.
pub const NOT_ASKED: &str = "not asked";

impl Section {
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Section {
        Section { id: id.into(), title: title.into(), ..Section::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.sections.is_empty()
    }

    pub fn say(&mut self, look: Look, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(Paragraph { look, spans: vec![Span::Text(text.into())] }));
    }

    pub fn write(&mut self, look: Look, spans: Vec<Span>) {
        self.blocks.push(Block::Paragraph(Paragraph { look, spans }));
    }
}

impl Span {
    pub fn text(text: impl Into<String>) -> Span {
        Span::Text(text.into())
    }

    pub fn link(text: impl Into<String>, to: impl Into<String>) -> Span {
        Span::Link { text: text.into(), to: to.into() }
    }

    /// What is read of it.
    pub fn words(&self) -> &str {
        match self {
            Span::Text(text) | Span::Strong(text) | Span::Term(text) | Span::Code(text) | Span::Link { text, .. } => {
                text
            }
            Span::Anchor(_) => "",
        }
    }
}

impl Table {
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.bodies.iter().flat_map(|body| &body.rows).chain(&self.foot)
    }

    /// Whether there is any figure in it.
    pub fn has_figures(&self) -> bool {
        self.rows().flat_map(|row| &row.cells).any(|cell| matches!(cell.value, Value::Number(_)))
    }

    pub fn has_hidden(&self) -> bool {
        self.rows().flat_map(|row| &row.cells).any(|cell| cell.value == Value::Hidden)
    }
}

impl Label {
    pub fn new(text: impl Into<String>) -> Label {
        Label { text: text.into(), note: None }
    }

    pub fn noted(text: impl Into<String>, note: Option<String>) -> Label {
        Label { text: text.into(), note }
    }
}

impl Row {
    pub fn new(head: Label, cells: Vec<Cell>) -> Row {
        Row { head, cells, is_bases: false }
    }
}

impl Cell {
    pub fn number(number: impl ToString) -> Cell {
        Cell { value: Value::Number(number.to_string()), notes: Vec::new() }
    }

    pub fn words(words: impl Into<String>) -> Cell {
        Cell { value: Value::Words(words.into()), notes: Vec::new() }
    }

    pub fn hidden() -> Cell {
        Cell { value: Value::Hidden, notes: Vec::new() }
    }

    pub fn count(count: Option<u64>) -> Cell {
        count.map_or_else(Cell::hidden, Cell::number)
    }

    pub fn percent(percent: Option<Tenths>) -> Cell {
        percent.map_or_else(Cell::hidden, |value| Cell::number(super::view::percent(value)))
    }

    pub fn noted(mut self, notes: impl IntoIterator<Item = String>) -> Cell {
        self.notes.extend(notes);
        self
    }

    /// As it is read, without its notes.
    pub fn text(&self) -> &str {
        match &self.value {
            Value::Number(text) | Value::Words(text) => text,
            Value::Hidden => NOT_PUBLISHED,
        }
    }
}
