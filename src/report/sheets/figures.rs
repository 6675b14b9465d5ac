//! The tables: every line of [`figures`], a sheet for each question and each part of
//! uptake.

use super::super::Source;
use super::super::figures::{Amount, Line, RELEASE, SINCE, STAFF, Share, figures};
use super::names;
use super::workbook::{Cell, Column, NOT_APPLICABLE, NOT_PUBLISHED, Sheet, Table};
use crate::survey::Lang;

/// Where a table's way back leads.
pub const CONTENTS: &str = "Contents";

pub fn sheets(source: &Source) -> Vec<Sheet> {
    let mut tables: Vec<Vec<Line>> = Vec::new();
    for line in figures(source) {
        let of = |table: &&mut Vec<Line>| {
            table.first().is_some_and(|first| (&first.question, &first.kind) == (&line.question, &line.kind))
        };
        match tables.iter_mut().find(of) {
            Some(table) => table.push(line),
            None => tables.push(vec![line]),
        }
    }
    (1..).zip(tables).filter_map(|(number, lines)| Some(sheet(number, lines.first()?, &lines, source))).collect()
}

fn sheet(number: usize, first: &Line, lines: &[Line], source: &Source) -> Sheet {
    let table = table(number, lines, source);
    let word = if first.question.is_empty() { &first.kind } else { &first.question };
    let mut above = vec![Cell::Text(about(&table))];
    if first.kind == "multiple" {
        above.push(Cell::text("Percentages add to more than 100 because people could choose several."));
    }
    above.push(Cell::to_sheet("Back to the contents", CONTENTS));
    Sheet {
        name: names::sheet(number, word),
        title: super::text(&format!("Table {number}: {}", first.question_label)),
        lines: above,
        table: Some(table),
        width: 0,
    }
}

/// What a reader, and a screen reader's user, wants to know before the table.
fn about(table: &Table) -> String {
    let rows = table.rows.len();
    let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
    let has = |cell: &Cell| table.rows.iter().flatten().any(|one| one == cell);
    let marks = [
        has(&Cell::NotPublished).then(|| format!(" {NOT_PUBLISHED}: not published.")),
        has(&Cell::NotApplicable).then(|| format!(" {NOT_APPLICABLE}: not applicable.")),
    ];
    format!("This worksheet contains one table of {rows}.{}", marks.into_iter().flatten().collect::<String>())
}

fn table(number: usize, lines: &[Line], source: &Source) -> Table {
    let words = [("Breakdown", 26), ("Group", 30), ("Answer", 44)];
    let figures = [
        ("Base", 9),
        ("Count", 9),
        ("Percentage, or as the unit says", 14),
        ("95% interval: low", 12),
        ("95% interval: high", 12),
        ("Unit", 12),
        ("As at release", 11),
    ];
    Table {
        name: names::table(number),
        columns: words
            .map(|(head, width)| Column::new(head, width))
            .into_iter()
            .chain(figures.map(|(head, width)| Column::figures(head, width)))
            .collect(),
        rows: lines.iter().map(|line| row(line, source)).collect(),
    }
}

fn row(line: &Line, source: &Source) -> Vec<Cell> {
    let is_published = line.count.is_some() || line.share.is_some() || line.amount.is_some();
    // Of what is published, what a line does not have there is none of.
    let none = if is_published { Cell::NotApplicable } else { Cell::NotPublished };
    let whole = |number: Option<u64>| number.map_or_else(|| none.clone(), Cell::whole);
    let tenths = |tenths: u32| i32::try_from(tenths).map_or_else(|_| none.clone(), Cell::Tenths);
    let [share, low, high] = match line.share {
        Some(Share::Percent { percent, low, high }) => [percent, low, high].map(|value| tenths(value.0)),
        Some(Share::Difference { points, low, high }) => [points, low, high].map(|value| Cell::Tenths(value.0)),
        Some(Share::Mean { mean, low, high }) => [mean, low, high].map(|value| tenths(value.0)),
        Some(Share::Rate(percent)) => [tenths(percent.0), none.clone(), none.clone()],
        None => [none.clone(), none.clone(), none.clone()],
    };
    let [base, count] = match line.amount {
        Some(Amount { number, of }) => [of.map_or_else(|| none.clone(), Cell::Amount), Cell::Amount(number)],
        None => [whole(line.base), whole(line.count)],
    };
    // The workforce was uploaded, not released.
    let is_released = is_published && line.amount.is_none();
    let as_at = is_released.then(|| line.as_at.unwrap_or(source.release.number).into());
    vec![
        Cell::Text(breakdown(&line.breakdown, source)),
        Cell::text(&line.group_label),
        Cell::text(&line.option_label),
        base,
        count,
        share,
        low,
        high,
        if is_published && line.share.is_some() { Cell::text(line.unit()) } else { none.clone() },
        whole(as_at),
    ]
}

/// By which questions, in their words.
fn breakdown(code: &str, source: &Source) -> String {
    match code {
        "" => "Total".to_owned(),
        RELEASE => "Release by release".to_owned(),
        SINCE => "Since the release before".to_owned(),
        STAFF => "Staff".to_owned(),
        "independent_option" => "Before and since the independent interviewer".to_owned(),
        codes => {
            let label = |code: &str| {
                let question = source.survey.question(code);
                super::text(question.map_or(code, |question| question.label.get(Lang::En)))
            };
            codes.split('*').map(label).collect::<Vec<_>>().join(", ")
        }
    }
}
