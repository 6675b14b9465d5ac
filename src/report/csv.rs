//! A release as tidy CSV: one line for each figure, RFC 4180, UTF-8 without a
//! byte order mark. An empty figure is one that is not published.

use super::figures::{Line, Share, figures};
use super::source::Source;

const HEADER: [&str; 15] = [
    "question",
    "question_label",
    "type",
    "breakdown",
    "group",
    "group_label",
    "option",
    "option_label",
    "base",
    "count",
    "percent",
    "low",
    "high",
    "as_at",
    "unit",
];

/// All figures, in their order. The last column says what `percent`, `low` and `high`
/// are in, where they are no percentages.
pub fn write(source: &Source) -> Vec<u8> {
    let lines = std::iter::once(HEADER.map(str::to_owned)).chain(figures(source).into_iter().map(fields));
    lines.fold(String::new(), |text, fields| text + &fields.map(|field| quoted(&field)).join(",") + "\r\n").into_bytes()
}

fn fields(line: Line) -> [String; 15] {
    let unit = line.unit().to_owned();
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let [percent, low, high] = match line.share {
        Some(Share::Percent { percent, low, high }) => [percent, low, high].map(|value| value.to_string()),
        Some(Share::Difference { points, low, high }) => [points, low, high].map(|value| value.to_string()),
        Some(Share::Mean { mean, low, high }) => [mean, low, high].map(|value| value.to_string()),
        Some(Share::Rate(percent)) => [percent.to_string(), String::new(), String::new()],
        None => Default::default(),
    };
    let base = line.amount.and_then(|amount| amount.of).map_or_else(|| number(line.base), |of| of.to_string());
    let count = line.amount.map_or_else(|| number(line.count), |amount| amount.number.to_string());
    [
        unexecutable(line.question),
        unexecutable(line.question_label),
        unexecutable(line.kind),
        unexecutable(line.breakdown),
        unexecutable(line.group),
        unexecutable(line.group_label),
        unexecutable(line.option),
        unexecutable(line.option_label),
        base,
        count,
        percent,
        low,
        high,
        number(line.as_at.map(u64::from)),
        unit,
    ]
}

/// A spreadsheet runs a text that begins like a formula; behind an apostrophe
/// it is a text.
fn unexecutable(field: String) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field }
}

fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;
    use crate::report::support;

    #[test]
    fn a_release_is_one_line_for_each_figure() {
        let text = support::lines(&sample::release(), &sample::survey());
        insta::assert_snapshot!(text.replace("\r\n", "\n"));
    }

    #[test]
    fn every_line_has_every_field_whatever_is_in_the_labels() {
        let mut survey = sample::survey();
        let question = &mut survey.sections[0].questions[1];
        question.label.en = "He said \"no\",\r\nthen left".to_owned();
        let text = support::lines(&sample::release(), &survey);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let records: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
        assert!(records.iter().all(|record| record.len() == HEADER.len()));
        assert!(records.iter().any(|record| &record[1] == "He said \"no\",\r\nthen left"));
        assert!(records.iter().any(|record| &record[7] == "'=Career"), "no spreadsheet runs a label");
    }

    #[test]
    fn whatever_is_not_published_looks_the_same() {
        let text = support::lines(&sample::release(), &sample::survey());
        let hidden: Vec<&str> = text.lines().filter(|line| line.contains(",housing,Housing,")).collect();
        assert!(!hidden.is_empty() && hidden.iter().all(|line| line.ends_with(",,,,,,,")), "{hidden:?}");
    }
}
