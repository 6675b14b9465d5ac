//! One question: how many answered, its table and chart, what it comes to, how it has
//! changed, and a table for each breakdown.

use super::measures::{self, Mean};
use super::words::{as_at, people, show};
use super::{crossing, figures, over_time, scale, split};
use crate::report::chart::Chart;
use crate::report::model::{Block, Look, NOT_PUBLISHED, Section, Span, Table};
use crate::report::view::{GroupView, QuestionView, RowView};

/// `release` is the number of the report's own.
pub fn section(question: &QuestionView, release: u32) -> Section {
    let mut section = Section::new(format!("q-{}", question.code), &question.label);
    section.say(Look::Base, format!("{}{}", base(&question.total), kind_note(question)));
    let rows = shown_rows(question);
    let total = total_table(question, &rows);
    show(Block::Pair(total, chart(question, &rows)), &mut section);
    measure(question, &mut section);
    if !question.earlier.is_empty() {
        over_time::add(question, release, &rows, &mut section);
    }
    for one in &question.splits {
        let is_crossing = one.by.len() > 1;
        let table =
            if is_crossing { crossing::table(question, one, &rows) } else { split::table(question, one, &rows) };
        // Pages of nothing but hidden figures say no more than a sentence.
        if !table.has_figures() {
            section.write(Look::Note, nothing_shown(&table));
            continue;
        }
        show(Block::Table(table), &mut section);
        if let Some(others) = &one.others {
            section.write(Look::Note, others_note(others));
        }
    }
    section
}

fn nothing_shown(table: &Table) -> Vec<Span> {
    let [said, not, end] = [format!("{}: ", table.caption), "not published".to_owned(), ".".to_owned()];
    vec![Span::Text(said), Span::link(not, "#not-published"), Span::Text(end)]
}

fn others_note(others: &GroupView) -> Vec<Span> {
    let who = format!("{}: everybody in no group that is shown here, ", others.label());
    vec![Span::text(who), Span::link("and who else", "#others"), Span::text(".")]
}

/// Which rows to show: all, but for years before the first and after the last
/// that anybody named.
fn shown_rows(question: &QuestionView) -> Vec<usize> {
    let is_named = |row: &RowView| question.kind != "month" || row.figure.is_some_and(|figure| figure.count > 0);
    let rows = &question.total.rows;
    let first = rows.iter().position(is_named).unwrap_or(0);
    let last = rows.iter().rposition(is_named).unwrap_or(0);
    (first..=last).filter(|row| *row < rows.len()).collect()
}

pub fn base(total: &GroupView) -> String {
    let answered = match total.base {
        Some(base) => format!("{} answered", people(base)),
        None => format!("How many answered: {NOT_PUBLISHED}"),
    };
    format!("{answered}{}.", as_at(total.as_at))
}

fn kind_note(question: &QuestionView) -> &'static str {
    match question.kind.as_str() {
        "multiple" => " Percentages add to more than 100 because people could choose several.",
        "month" => " Counted by year; years before the first and after the last named are left out.",
        _ => "",
    }
}

fn total_table(question: &QuestionView, rows: &[usize]) -> Table {
    let shown = rows.iter().filter_map(|row| question.total.rows.get(*row)).chain(&question.total.together);
    let foot = question.has_favourable.then_some(("Favourable answers", question.total.favourable));
    let label = format!("{}: everybody", question.label);
    figures::table(&format!("t-{}", question.code), label, ["Everybody", "Answer"], &shown.collect::<Vec<_>>(), foot)
}

fn chart(question: &QuestionView, rows: &[usize]) -> Chart {
    let id = format!("c-{}", question.code);
    if let Some(chart) = scale::chart(question, &id) {
        return chart;
    }
    figures::bars(id, &question.label, rows.iter().filter_map(|row| question.total.rows.get(*row)))
}

/// What all answers come to, in a sentence.
fn measure(question: &QuestionView, section: &mut Section) {
    match question.kind.as_str() {
        "rating" => section.say(Look::Plain, mean(&question.total)),
        "number" => {
            if let Some([lower, middle, upper]) = measures::quartiles(&question.total) {
                let bands = [lower, middle, upper].map(|row| format!("\u{201c}{}\u{201d}", row.label));
                let [lower, middle, upper] = &bands;
                section.say(
                    Look::Plain,
                    format!(
                        "The median is in the band {middle}, the quartiles in {lower} and {upper}: half of those who \
                         answered are in that band or a lower one, and a quarter and three quarters are up to the others."
                    ),
                );
            }
        }
        _ => {}
    }
}

fn mean(total: &GroupView) -> String {
    match measures::mean(total) {
        Some(Mean { base, mean, low, high }) => format!(
            "Mean: {mean} of 10, from the ratings of {} (95% interval of the mean: {low} to {high}).",
            people(base)
        ),
        None => format!("Mean: {NOT_PUBLISHED}."),
    }
}
