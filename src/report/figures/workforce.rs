//! The lines of the workforce.

use super::{Amount, Line, Share};
use crate::report::content::represented::{self, Beside, Group};
use crate::report::content::workforce::{period, splits};
use crate::report::source::Source;
use crate::report::view::QuestionView;
use crate::workforce::{self, Kind, Measure, Number, Rate};

/// Of the whole organisation, and of each group that is shown: its numbers, then its
/// rates. Those who are shown together are the group `(others)`.
pub fn lines(source: &Source) -> Vec<Line> {
    let Some(shown) = source.workforce else { return Vec::new() };
    let whole = Line {
        question_label: format!("Workforce, {}", period(shown)),
        kind: "workforce".to_owned(),
        ..Line::default()
    };
    let mut lines = group(&whole, &shown.total, &shown.total);
    for split in splits(source) {
        let breakdown = split.question.as_ref().map_or(split.by.as_str(), |question| question.as_str());
        for line in &split.lines {
            let code = line.group.as_ref().map_or(if line.is_others { "(others)" } else { "" }, |code| code.as_str());
            let of = Line { breakdown: breakdown.to_owned(), group: code.to_owned(), ..whole.clone() };
            lines.extend(group(&of, line, &shown.total));
        }
    }
    lines
}

/// What share each group is of those whom the answers are to speak for.
pub fn represented(source: &Source, questions: &[QuestionView]) -> Vec<Line> {
    let Some(measure) = source.workforce.map(represented::measure) else { return Vec::new() };
    let of_group = |beside: &Beside, group: &Group| Line {
        question_label: "Whether those who answered speak for the rest".to_owned(),
        kind: "represented".to_owned(),
        breakdown: beside.question.clone(),
        group: group.code.clone(),
        group_label: group.label.clone(),
        option: measure.as_str().to_owned(),
        option_label: measure.label().to_owned(),
        share: Some(Share::Rate(group.share)),
        amount: Some(Amount { number: group.people, of: Some(beside.of) }),
        ..Line::default()
    };
    let all = represented::beside(source, questions);
    all.iter().flat_map(|beside| beside.groups.iter().map(|group| of_group(beside, group))).collect()
}

/// What everybody has, this line has too, or it is not published.
fn group(of: &Line, line: &workforce::Line, total: &workforce::Line) -> Vec<Line> {
    let named = |option: &str, label: &str| Line {
        group_label: line.label.clone(),
        option: option.to_owned(),
        option_label: label.to_owned(),
        ..of.clone()
    };
    let number = |measure: Measure| {
        let amount = line.number(measure).map(|number| Amount { number, of: None });
        Line { amount, ..named(measure.as_str(), measure.label()) }
    };
    let rate = |kind: Kind| of_rate(named(kind.as_str(), kind.label()), line.rate(kind));
    let measures = Measure::ALL.into_iter().filter(|measure| total.number(*measure).is_some());
    let kinds = Kind::ALL.into_iter().filter(|kind| total.rate(*kind).is_some());
    measures.map(number).chain(kinds.map(rate)).collect()
}

/// Days for each are no percentage: they are the amount.
fn of_rate(line: Line, rate: Option<Rate>) -> Line {
    let Some(rate) = rate else { return line };
    if rate.kind.is_percentage() {
        let amount = Amount { number: rate.numerator, of: Some(rate.denominator) };
        return Line { amount: Some(amount), share: Some(Share::Rate(rate.value)), ..line };
    }
    let number = Number::of_hundredths(u64::from(rate.value.0) * 10);
    Line { amount: Some(Amount { number, of: None }), ..line }
}
