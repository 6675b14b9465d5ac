//! What those who came since the release before answered, beside those who came until
//! then: two lots of people, none of whom is in both, as the interval of a difference
//! wants. Releases count everybody up to their day; so two of them are not compared
//! with each other, which would count most people twice.

use crate::release::difference::{Share, difference};
use crate::release::percent::figure;
use crate::release::{Difference, Figure};
use crate::report::view::{GroupView, QuestionView, RowView};

/// How one answer has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub code: String,
    pub label: String,
    pub before: Figure,
    pub since: Figure,
    pub difference: Difference,
}

/// All changes of a question since the last release before, and of how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The release before.
    pub release: u32,
    pub before: u64,
    pub since: u64,
    pub changes: Vec<Change>,
}

impl Change {
    /// Chance alone would hardly make it so large: its interval does not include 0.
    pub fn is_more_than_chance(&self) -> bool {
        self.difference.low.0 > 0 || self.difference.high.0 < 0
    }
}

/// None where there was no release before, or where nobody has answered since, or where
/// either is not published.
pub fn changes(question: &QuestionView) -> Option<Changes> {
    let earlier = question.earlier.last()?;
    let (before, now) = (current(&earlier.total)?, current(&question.total)?);
    let since = now.checked_sub(before).filter(|since| *since > 0)?;
    let changes: Vec<Change> = question
        .total
        .rows
        .iter()
        .filter_map(|row| {
            let was = earlier.total.rows.iter().find(|was| was.code == row.code)?;
            change(row, count(was)?, before, count(row)?, since)
        })
        .collect();
    (!changes.is_empty()).then_some(Changes { release: earlier.release, before, since, changes })
}

fn change(row: &RowView, was: u64, before: u64, now: u64, since: u64) -> Option<Change> {
    let new = now.checked_sub(was)?;
    Some(Change {
        code: row.code.clone(),
        label: row.label.clone(),
        before: figure(was, before)?,
        since: figure(new, since)?,
        difference: difference(Share { count: was, base: before }, Share { count: new, base: since })?,
    })
}

/// The base of figures that are those of their own release, of nobody else's.
fn current(group: &GroupView) -> Option<u64> {
    group.base.filter(|base| group.as_at.is_none() && *base > 0)
}

fn count(row: &RowView) -> Option<u64> {
    row.figure.filter(|_| row.as_at.is_none()).map(|figure| figure.count)
}
