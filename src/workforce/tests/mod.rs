mod few;
mod reading;
mod showing;

use super::{Counts, Measure, Number, Period, Row, Workforce};

fn period() -> Period {
    let day = |text: &str| text.parse().unwrap();
    Period { from: day("2025-10-01"), to: day("2026-09-30") }
}

/// In the order of [`Measure::ALL`], people only.
fn people(numbers: [u64; 5]) -> Counts {
    Measure::ALL.into_iter().zip(numbers.map(Number::whole)).collect()
}

fn workforce(rows: &[(&str, &str, [u64; 5])]) -> Workforce {
    let row = |(directorate, role, numbers): &(&str, &str, [u64; 5])| Row {
        directorate: Some((*directorate).to_owned()),
        role: Some((*role).to_owned()),
        counts: people(*numbers),
    };
    Workforce { period: period(), rows: rows.iter().map(row).collect() }
}
