//! The sheets before the tables: a cover, contents, notes, and which release it is.

use super::super::model::{Block, Look, Paragraph, Report, Span};
use super::super::template::{Part, Template};
use super::super::{Source, report};
use super::figures::CONTENTS;
use super::workbook::{Cell, Column, NOT_APPLICABLE, NOT_PUBLISHED, Sheet, Table, text};
use crate::survey::Lang;
use std::collections::BTreeSet;

const NOTES: &str = "Notes";
const RELEASE: &str = "Release";

/// The report without all but its last part, whose words are the notes.
pub fn notes_report(source: &Source) -> Report {
    let template = Template { parts: BTreeSet::from([Part::Made]), ..source.template.clone() };
    report(&Source { template: &template, ..*source })
}

pub fn cover(report: &Report, source: &Source) -> Sheet {
    let committee = report.committee.as_ref().map(|committee| Cell::text(&format!("For {committee}.")));
    let who = format!(
        "Published by {} on {}, of the answers up to {}.",
        report.organisation,
        Lang::En.date(report.date),
        Lang::En.date(source.release.as_of)
    );
    let what = [
        Cell::heading("What this is"),
        Cell::text(&report.subtitle),
        Cell::text(&who),
        Cell::text(
            "The figures of the release, one table on each worksheet; the report has them with its words and charts.",
        ),
    ];
    let marks = [
        Cell::heading("Marks in the tables"),
        Cell::Text(format!(
            "{NOT_PUBLISHED} means not published: the figure is of too few people, or would give away one that is. The \
             notes say when."
        )),
        Cell::Text(format!("{NOT_APPLICABLE} means not applicable: there is no such figure.")),
        Cell::text(
            "Percentage is in per cent of the base, with one decimal; 95% interval low and high are its ends. Of a \
             difference they are in percentage points.",
        ),
    ];
    let further = [
        Cell::heading("Where to go on"),
        Cell::to_sheet("Contents", CONTENTS),
        Cell::to_sheet("Notes: how the figures were made", NOTES),
        Cell::to_address("About the campaign, who asks and by which rules, and how to reach them", source.about),
    ];
    Sheet {
        name: "Cover".to_owned(),
        title: text(&report.title),
        lines: what.into_iter().chain(committee).chain(marks).chain(further).collect(),
        table: None,
        width: 90,
    }
}

pub fn contents(tables: &[Sheet]) -> Sheet {
    let row = |name: &str, title: &str| vec![Cell::to_sheet(name, name), Cell::text(title)];
    let front = [row("Cover", "Cover"), row(NOTES, "Notes"), row(RELEASE, "Which release this is")];
    let rows: Vec<Vec<Cell>> =
        front.into_iter().chain(tables.iter().map(|sheet| row(&sheet.name, &sheet.title))).collect();
    sheet(CONTENTS, "Contents", [("Worksheet", 34), ("What is on it", 80)], rows)
}

pub fn notes(report: &Report) -> Sheet {
    let paragraphs = blocks(report).filter_map(|block| match block {
        Block::Paragraph(Paragraph { look: Look::Plain, spans }) => Some(words(spans)),
        _ => None,
    });
    let rows =
        (1..).zip(paragraphs).map(|(number, note)| vec![Cell::Text(format!("Note {number}")), Cell::text(&note)]);
    sheet(NOTES, "Notes", [("Note", 10), ("What it says", 110)], rows.collect())
}

/// Its number, hash and rules. None: the report has no facts.
pub fn release(report: &Report) -> Option<Sheet> {
    let facts = blocks(report).filter_map(|block| if let Block::Facts(facts) = block { Some(facts) } else { None });
    let rows: Vec<Vec<Cell>> =
        facts.flatten().map(|(key, value)| vec![Cell::text(key), Cell::text(&words(value))]).collect();
    (!rows.is_empty()).then(|| sheet(RELEASE, "Which release this is", [("What", 36), ("Value", 84)], rows))
}

fn sheet(name: &str, title: &str, columns: [(&'static str, u16); 2], rows: Vec<Vec<Cell>>) -> Sheet {
    let above = format!("This worksheet contains one table of {} rows.", rows.len());
    Sheet {
        name: name.to_owned(),
        title: title.to_owned(),
        lines: vec![Cell::Text(above)],
        table: Some(Table {
            name: format!("table_{}", name.to_lowercase()),
            columns: columns.map(|(head, width)| Column::new(head, width)).to_vec(),
            rows,
        }),
        width: 0,
    }
}

fn blocks(report: &Report) -> impl Iterator<Item = &Block> {
    report.parts.iter().flat_map(|part| &part.blocks)
}

fn words(spans: &[Span]) -> String {
    spans.iter().map(Span::words).collect()
}
