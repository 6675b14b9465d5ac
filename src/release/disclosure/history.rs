//! What earlier releases published, read back from the releases themselves.

use crate::release::model::Release;
use std::collections::BTreeMap;

/// Where figures stand: question, breakdown (none: in total), group (none:
/// everybody). An option in a breakdown's own table stands as that breakdown's
/// group, split by itself.
type Place<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

#[derive(Debug)]
pub struct History<'a> {
    points: BTreeMap<Place<'a>, Vec<u32>>,
    min_base: BTreeMap<u32, u32>,
}

impl<'a> History<'a> {
    /// Of all earlier releases of the campaign, first to last.
    pub fn read(earlier: &'a [Release]) -> Self {
        let mut history = History { points: BTreeMap::new(), min_base: BTreeMap::new() };
        for release in earlier {
            history.min_base.insert(release.number, release.policy.min_base);
            for table in &release.tables {
                // Figures that carry an `as_at` are those of an earlier release again.
                for group in table.groups.iter().filter(|group| group.base.is_some() && group.as_at.is_none()) {
                    let (question, breakdown) = (table.question.as_str(), table.breakdown.as_deref());
                    history.add((question, breakdown, group.group.as_deref()), release.number);
                    if breakdown.is_some() {
                        continue;
                    }
                    let fresh = |cell: &&crate::release::Cell| cell.count.is_some() && cell.as_at.is_none();
                    for cell in group.cells.iter().flatten().filter(fresh) {
                        history.add((question, Some(question), Some(&cell.option)), release.number);
                    }
                }
            }
        }
        history
    }

    /// The releases at which the figures in a place were brought up to date.
    pub fn points(&self, question: &str, breakdown: Option<&str>, group: Option<&str>) -> Vec<u32> {
        self.points.get(&(question, breakdown, group)).cloned().unwrap_or_default()
    }

    /// The k of an earlier release.
    pub fn min_base(&self, release: u32) -> u64 {
        self.min_base.get(&release).copied().map_or(u64::MAX, u64::from)
    }

    /// All earlier releases, ascending.
    pub fn releases(&self) -> Vec<u32> {
        self.min_base.keys().copied().collect()
    }

    fn add(&mut self, place: Place<'a>, release: u32) {
        self.points.entry(place).or_default().push(release);
    }
}
