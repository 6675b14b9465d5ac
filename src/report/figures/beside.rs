//! The lines of what stands beside a release's own figures: earlier releases, those who
//! came since, and staff.

use super::{Line, Share, group};
use crate::release::{Difference, Figure};
use crate::report::content::changes::{Change, changes};
use crate::report::content::stayers;
use crate::report::source::Source;
use crate::report::view::{GroupView, QuestionView};

/// What stands in the place of a breakdown.
pub const RELEASE: &str = "(release)";
pub const SINCE: &str = "(since)";
pub const STAFF: &str = "(staff)";

/// The same question at the releases before.
pub fn earlier(question: &QuestionView) -> Vec<Line> {
    let of = |release: u32, total: &GroupView| {
        let total =
            GroupView { code: release.to_string(), labels: vec![format!("Release {release}")], ..total.clone() };
        group(question, RELEASE, &total)
    };
    question.earlier.iter().flat_map(|earlier| of(earlier.release, &earlier.total)).collect()
}

/// Those who came since the last release before, beside those who came until then.
pub fn since(question: &QuestionView) -> Vec<Line> {
    let Some(found) = changes(question) else { return Vec::new() };
    let release = found.release;
    let line = |change: &Change, code: &str, label: String| Line {
        question: question.code.clone(),
        question_label: question.label.clone(),
        kind: question.kind.clone(),
        breakdown: SINCE.to_owned(),
        group: code.to_owned(),
        group_label: label,
        option: change.code.clone(),
        option_label: change.label.clone(),
        ..Line::default()
    };
    let three = |change: &Change| {
        let share = |line: Line, base: u64, figure: Figure| line.of(Some(base), Some(figure), None);
        let Difference { points, low, high } = change.difference;
        let difference = line(change, "difference", "Since less before, in points".to_owned());
        [
            share(line(change, "before", format!("Up to release {release}")), found.before, change.before),
            share(line(change, "since", format!("Since release {release}")), found.since, change.since),
            Line { share: Some(Share::Difference { points, low, high }), ..difference },
        ]
    };
    found.changes.iter().flat_map(three).collect()
}

/// What staff said of the same factors, in the release that it says.
pub fn staff(source: &Source) -> Vec<Line> {
    let Some((release, _)) = source.stayers else { return Vec::new() };
    let label = format!("Staff: {}, release {}", release.campaign, release.number);
    let of = |question: &QuestionView| {
        let total = GroupView { labels: vec![label.clone()], ..question.total.clone() };
        group(question, STAFF, &total)
    };
    stayers::staff(source)
        .iter()
        .filter(|question| stayers::FACTORS.contains(&question.code.as_str()))
        .flat_map(of)
        .collect()
}
