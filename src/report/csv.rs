//! A release as tidy CSV: one line for each figure, RFC 4180, UTF-8 without a
//! byte order mark. An empty figure is one that is not published.

use super::view::{self, GroupView, QuestionView};
use crate::release::{Figure, Release, Tenths};
use crate::survey::{Lang, Survey};

const HEADER: [&str; 14] = [
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
];

/// Uptake first (where it is published), then every question in total and by
/// each breakdown. All favourable answers together are a line without an option.
pub fn write(release: &Release, survey: &Survey) -> Vec<u8> {
    let mut lines = Lines(String::new());
    lines.push(HEADER.map(str::to_owned));
    if let Some(uptake) = &release.uptake {
        let names = ["", "Uptake", "uptake", "", "", "Everybody", "taken_up", "Took up the offer"];
        lines.figure(names, Some(uptake.offered), Some(uptake.taken_up), uptake.as_at);
    }
    for question in view::questions(release, survey, Lang::En) {
        lines.group(&question, "", &question.total);
        for split in &question.splits {
            for group in &split.groups {
                lines.group(&question, &split.breakdown, group);
            }
        }
    }
    lines.0.into_bytes()
}

struct Lines(String);

impl Lines {
    fn group(&mut self, question: &QuestionView, breakdown: &str, group: &GroupView) {
        let names = |option, label| {
            [&question.code, &question.label, &question.kind, breakdown, &group.code, &group.label, option, label]
        };
        for row in &group.rows {
            self.figure(names(&row.code, &row.label), row.base, row.figure, row.as_at.or(group.as_at));
        }
        if question.has_favourable {
            let base = group.favourable.and(group.base);
            self.figure(names("", "Favourable answers"), base, group.favourable, group.as_at);
        }
    }

    fn figure(&mut self, names: [&str; 8], base: Option<u64>, figure: Option<Figure>, as_at: Option<u32>) {
        let [a, b, c, d, e, f, g, h] = names.map(str::to_owned);
        let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        let percent = |value: Option<Tenths>| value.map(|value| value.to_string()).unwrap_or_default();
        self.push([
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            number(base),
            number(figure.map(|figure| figure.count)),
            percent(figure.map(|figure| figure.percent)),
            percent(figure.map(|figure| figure.low)),
            percent(figure.map(|figure| figure.high)),
            number(figure.and(as_at).map(u64::from)),
        ]);
    }

    fn push(&mut self, fields: [String; 14]) {
        self.0.push_str(&fields.map(|field| quoted(&unexecutable(field))).join(","));
        self.0.push_str("\r\n");
    }
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

    #[test]
    fn a_release_is_one_line_for_each_figure() {
        let text = String::from_utf8(write(&sample::release(), &sample::survey())).unwrap();
        insta::assert_snapshot!(text.replace("\r\n", "\n"));
    }

    #[test]
    fn every_line_has_every_field_whatever_is_in_the_labels() {
        let mut survey = sample::survey();
        let question = &mut survey.sections[0].questions[1];
        question.label.en = "He said \"no\",\r\nthen left".to_owned();
        let bytes = write(&sample::release(), &survey);
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let records: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
        assert!(records.iter().all(|record| record.len() == HEADER.len()));
        assert!(records.iter().any(|record| &record[1] == "He said \"no\",\r\nthen left"));
        assert!(records.iter().any(|record| &record[7] == "'=Career"), "no spreadsheet runs a label");
    }

    #[test]
    fn whatever_is_not_published_looks_the_same() {
        let text = String::from_utf8(write(&sample::release(), &sample::survey())).unwrap();
        let hidden: Vec<&str> = text.lines().filter(|line| line.contains(",housing,Housing,")).collect();
        assert!(!hidden.is_empty() && hidden.iter().all(|line| line.ends_with(",,,,,,")), "{hidden:?}");
    }
}
