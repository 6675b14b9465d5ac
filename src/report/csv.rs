//! A release as tidy CSV: one line for each figure, RFC 4180, UTF-8 without a
//! byte order mark. An empty figure is one that is not published.

use super::uptake_words;
use super::view::{self, GroupView, QuestionView};
use crate::release::uptake::{IndependentOption, Parts, Uptake};
use crate::release::{Difference, Figure, Release};
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

/// What stands in the place of a breakdown, for uptake before and since.
const OPTION: &str = "independent_option";

/// Uptake first (where it is published), then every question in total and by
/// each breakdown. The groups of a crossing are named after both answers, as `x*y`;
/// all who are in no group that is shown are the group `(others)`. Options that are
/// only shown as one are a line after the others, as `x+y`. All favourable answers together are a line without an option; a
/// difference is in points, where the others have percentages.
pub fn write(release: &Release, survey: &Survey) -> Vec<u8> {
    let mut lines = Lines(String::new());
    lines.push(HEADER.map(str::to_owned));
    if let Some(uptake) = &release.uptake {
        lines.uptake(uptake);
    }
    for question in view::questions(release, survey, Lang::En) {
        lines.group(&question, "", &question.total);
        for split in &question.splits {
            for group in split.groups.iter().chain(&split.others) {
                lines.group(&question, &split.breakdown, group);
            }
        }
    }
    lines.0.into_bytes()
}

struct Lines(String);

impl Lines {
    fn uptake(&mut self, uptake: &Uptake) {
        let names = ["", "Uptake", "uptake", "", "", "Everybody", "taken_up", "Took up the offer"];
        self.figure(names, Some(uptake.offered), Some(uptake.taken_up), uptake.as_at);
        if let Some(parts) = &uptake.by_mode {
            self.parts(parts, ["uptake", "Uptake"], uptake_words::outcome);
        }
        if let Some(option) = &uptake.independent_option {
            self.before_and_after(option);
        }
        if let Some(held) = &uptake.interviews {
            let names = |option, label| ["", "Interviews", "interviews", "", "", "Everybody", option, label];
            self.number(names("held", "Held"), held.held, held.as_at);
            self.figure(names("read_back", "Read back"), held.read_back.map(|_| held.held), held.read_back, held.as_at);
            self.number(names("median_days", "Days from asking, median"), held.median_days.into(), held.as_at);
        }
        if let Some(parts) = &uptake.declined_because {
            self.parts(parts, ["declined_because", "Why people declined"], uptake_words::reason);
        }
    }

    fn parts(&mut self, parts: &Parts, [kind, label]: [&str; 2], words: fn(&str) -> Option<&'static str>) {
        for row in uptake_words::rows(parts, words) {
            let names = ["", label, kind, "", "", "Everybody", &row.code, &row.label];
            self.figure(names, row.base, row.figure, parts.as_at);
        }
    }

    fn before_and_after(&mut self, option: &IndependentOption) {
        for row in uptake_words::before_and_after(option) {
            let names = ["", "Uptake", "uptake", OPTION, &row.code, &row.label, "taken_up", "Took up the offer"];
            self.figure(names, row.base, row.figure, option.as_at);
        }
        let Difference { points, low, high } = option.difference;
        let label = "Since less before, in points";
        let names = ["", "Uptake", "uptake", OPTION, "difference", label, "taken_up", "Took up the offer"];
        let numbers = [points, low, high].map(|points| points.to_string());
        self.line(names, [None, None], numbers, option.as_at);
    }

    fn group(&mut self, question: &QuestionView, breakdown: &str, group: &GroupView) {
        let group_label = group.label();
        let names = |option, label| {
            [&question.code, &question.label, &question.kind, breakdown, &group.code, &group_label, option, label]
        };
        for row in group.rows.iter().chain(&group.together) {
            self.figure(names(&row.code, &row.label), row.base, row.figure, row.as_at.or(group.as_at));
        }
        if question.has_favourable {
            let base = group.favourable.and(group.base);
            self.figure(names("", "Favourable answers"), base, group.favourable, group.as_at);
        }
    }

    fn figure(&mut self, names: [&str; 8], base: Option<u64>, figure: Option<Figure>, as_at: Option<u32>) {
        let counts = [base, figure.map(|figure| figure.count)];
        let percentages = figure.map(|figure| [figure.percent, figure.low, figure.high].map(|value| value.to_string()));
        let as_at = figure.and(as_at);
        self.line(names, counts, percentages.unwrap_or_default(), as_at);
    }

    /// A number that is a share of nothing.
    fn number(&mut self, names: [&str; 8], count: u64, as_at: Option<u32>) {
        self.line(names, [None, Some(count)], Default::default(), as_at);
    }

    fn line(&mut self, names: [&str; 8], counts: [Option<u64>; 2], percentages: [String; 3], as_at: Option<u32>) {
        let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        let [a, b, c, d, e, f, g, h] = names.map(|name| unexecutable(name.to_owned()));
        let ([base, count], [percent, low, high]) = (counts.map(number), percentages);
        self.push([a, b, c, d, e, f, g, h, base, count, percent, low, high, number(as_at.map(u64::from))]);
    }

    fn push(&mut self, fields: [String; 14]) {
        self.0.push_str(&fields.map(|field| quoted(&field)).join(","));
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
