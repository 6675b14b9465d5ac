//! Scales as diverging bars: one question for everybody and each group, or all scales
//! of a section at a glance.

use crate::report::chart::{Chart, Kind, Stack, favourable_end, parted};
use crate::report::view::{self, GroupView, QuestionView, RowView};

/// For everybody, then for each group of the first breakdown. None: not a scale with
/// two sides.
pub fn chart(question: &QuestionView, id: &str) -> Option<Chart> {
    if !is_two_sided(question) {
        return None;
    }
    let first = question.splits.iter().find(|split| split.by.len() == 1);
    let groups = first.into_iter().flat_map(|split| split.groups.iter().chain(&split.others));
    let stacks = std::iter::once(&question.total).chain(groups).map(|group| stack(group.label(), group));
    let by = first.map(|split| format!(" and by answer to \u{201c}{}\u{201d}", split.by.join(", ")));
    Some(Chart {
        id: id.to_owned(),
        title: format!("Diverging bar chart: {}", question.label),
        description: format!(
            "Favourable answers to the right of a line, the others to its left, for everybody{}: the percentages of the tables here.",
            by.unwrap_or_default()
        ),
        kind: Kind::Diverging(stacks.collect()),
    })
}

/// All scales among `questions`, one bar each; none of fewer than two.
pub fn overview(questions: &[&QuestionView], id: String, title: &str) -> Option<Chart> {
    let scales: Vec<&&QuestionView> = questions.iter().filter(|question| is_two_sided(question)).collect();
    let stacks: Vec<Stack> = scales.iter().map(|question| stack(question.label.clone(), &question.total)).collect();
    (stacks.len() > 1).then(|| Chart {
        id,
        title: format!("Diverging bar chart: {title}"),
        description: "Favourable answers of everybody to the right of a line, the others to its left, question by \
                      question: the percentages of the tables that follow."
            .to_owned(),
        kind: Kind::Diverging(stacks),
    })
}

fn is_two_sided(question: &QuestionView) -> bool {
    let is_favourable: Vec<bool> = question.total.rows.iter().map(|row| row.is_favourable).collect();
    question.kind == "scale" && favourable_end(&is_favourable).is_some()
}

/// Nothing of it, unless every point of the scale is printed as at one release, and what
/// the favourable ones come to.
fn stack(label: String, group: &GroupView) -> Stack {
    let point = |row: &RowView| Some((row.figure.filter(|_| row.as_at.is_none())?.percent, row.is_favourable));
    let points: Option<Vec<_>> = group.rows.iter().map(point).collect();
    let Some((shares, all)) = points.and_then(|points| parted(&points)).zip(group.favourable) else {
        return Stack { label, shares: None };
    };
    let favourable = format!("{} favourable ({})", view::percent(all.percent), view::interval(&all));
    Stack { label: format!("{label}: {favourable}"), shares: Some(shares) }
}
