//! Leavers and stayers: each factor as a reason why people left, beside the share of
//! staff who think of leaving because of it, or stay for it. The factors are the answers
//! that have the same codes in both surveys.

use super::figures::cell;
use super::top;
use super::words::{as_at, day, people, quoted};
use crate::report::chart::{Chart, Kind, Mark, Marks};
use crate::report::model::{Block, Body, Cell, Label, Look, NOT_ASKED, Row, Section, Shape, Table};
use crate::report::source::Source;
use crate::report::template::Part;
use crate::report::view::{self, QuestionView, RowView};
use crate::survey::Lang;

/// Fewer factors in common are hardly the same list.
const LEAST: usize = 3;

/// What staff are asked about them: why they think of leaving, and why they stay.
pub const FACTORS: [&str; 2] = ["leave_reasons", "stay_reasons"];

/// So many factors are in one chart.
const ROWS: usize = 10;

/// One question of those whose answers are laid side by side.
struct Column {
    label: String,
    head: String,
    question: QuestionView,
}

pub fn part(source: &Source, questions: &[QuestionView]) -> Section {
    let mut part = Section::new("stayers", Part::Stayers.title());
    let (Some((release, _)), Some(left)) = (source.stayers, top::leading(questions)) else { return part };
    let columns = columns(source, left);
    let factors: Vec<&RowView> =
        left.total.rows.iter().filter(|row| columns.iter().skip(1).any(|column| of(column, row).is_some())).collect();
    if columns.len() < 2 || factors.len() < LEAST {
        return part;
    }
    part.say(
        Look::Plain,
        format!(
            "Leavers are those of this report. Staff are those who answered {}, release {}, {}. They are different people, asked \
             at different times: the figures stand side by side, and neither explains the other.",
            quoted(&release.campaign),
            release.number,
            day(release)
        ),
    );
    for column in &columns {
        let base = super::question::base(&column.question.total);
        part.say(Look::Base, format!("{}: {} {base}", column.label, quoted(&column.question.label)));
    }
    part.blocks.push(Block::Table(table(&columns, &factors)));
    let many = factors.len().div_ceil(ROWS);
    for (number, factors) in (1..).zip(factors.chunks(ROWS)) {
        part.blocks.push(Block::Chart(chart(&columns, factors, number, many)));
    }
    part
}

/// One of so many charts, none higher than a page.
fn chart(columns: &[Column], factors: &[&RowView], number: usize, many: usize) -> Chart {
    let of = if many > 1 { format!(" ({number} of {many})") } else { String::new() };
    let marks = |factor: &&RowView| Marks {
        label: factor.label.clone(),
        figures: columns.iter().map(|column| mark(column, factor)).collect(),
    };
    Chart {
        id: format!("c-stayers-{number}"),
        title: format!("Chart: leavers and stayers, factor by factor{of}"),
        description: "The percentages and intervals of the table above it.".to_owned(),
        kind: Kind::Points {
            names: columns.iter().map(|column| column.label.clone()).collect(),
            rows: factors.iter().map(marks).collect(),
        },
    }
}

/// What leavers said, then what staff did; only questions that have figures.
fn columns(source: &Source, left: &QuestionView) -> Vec<Column> {
    let leavers = Column {
        label: "Leavers, who left because of it".to_owned(),
        head: "Left because of it".to_owned(),
        question: left.clone(),
    };
    let staff = staff(source);
    let find = |code: &str| staff.iter().find(|question| question.code == code && question.total.base.is_some());
    let [leave, stay] = FACTORS;
    let thinking = find(leave).map(|question| Column {
        label: "Staff, who think of leaving because of it".to_owned(),
        head: "Think of leaving because of it".to_owned(),
        question: question.clone(),
    });
    let staying = find(stay).map(|question| Column {
        label: "Staff, who stay for it".to_owned(),
        head: "Stay for it".to_owned(),
        question: question.clone(),
    });
    std::iter::once(leavers).chain(thinking).chain(staying).collect()
}

/// What staff answered, in total.
pub fn staff(source: &Source) -> Vec<QuestionView> {
    let Some((release, survey)) = source.stayers else { return Vec::new() };
    view::questions(&Source { release, survey, earlier: &[], stayers: None, ..*source }, Lang::En)
}

fn of<'a>(column: &'a Column, factor: &RowView) -> Option<&'a RowView> {
    column.question.total.rows.iter().find(|row| row.code == factor.code)
}

fn mark(column: &Column, factor: &RowView) -> Mark {
    match of(column, factor) {
        Some(row) => row.figure.map_or(Mark::NotPublished, Mark::Figure),
        None => Mark::NotAsked,
    }
}

fn table(columns: &[Column], factors: &[&RowView]) -> Table {
    let head = |column: &Column| {
        let total = &column.question.total;
        let base = total.base.map(|base| format!("of {}{}", people(base), as_at(total.as_at)));
        Label::noted(&column.head, base)
    };
    let row = |factor: &&RowView| {
        let cells = columns.iter().map(|column| match of(column, factor) {
            Some(row) => cell(row.figure),
            None => Cell::words(NOT_ASKED),
        });
        Row::new(Label::new(&factor.label), cells.collect())
    };
    Table {
        id: "t-stayers".to_owned(),
        label: "Leavers and stayers, factor by factor".to_owned(),
        caption: "Each factor, for leavers and for staff".to_owned(),
        shape: Shape::Split,
        columns: std::iter::once(Label::new("Factor")).chain(columns.iter().map(head)).collect(),
        bodies: vec![Body { head: None, rows: factors.iter().map(row).collect() }],
        foot: Vec::new(),
    }
}
