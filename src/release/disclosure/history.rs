//! What earlier releases published, read back from the releases themselves.

use super::Place;
use crate::release::model::{Group, Release, Table};
use crate::release::tabulate::crossed;
use crate::survey::Code;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub struct History {
    points: BTreeMap<Place, Vec<u32>>,
    least: BTreeMap<u32, u64>,
    /// Under the strict policy: which options, or several as one, were shown.
    cells: BTreeMap<Place, Vec<(u32, BTreeSet<String>)>>,
}

impl History {
    /// Of all earlier releases of the campaign, first to last.
    pub fn read(earlier: &[Release], breakdowns: &[Code]) -> Self {
        let mut history = History::default();
        for release in earlier {
            history.least.insert(release.number, release.policy.least());
            for table in &release.tables {
                let has_sizes = breakdowns.iter().any(|breakdown| breakdown.as_str() == table.question);
                for group in &table.groups {
                    history.read_group(release.number, table, group, has_sizes);
                    if release.policy.strict && group.as_at.is_none() {
                        history.read_cells(release.number, table, group);
                    }
                }
            }
        }
        history
    }

    /// Figures that carry an `as_at` are those of an earlier release again.
    fn read_group(&mut self, release: u32, table: &Table, group: &Group, has_sizes: bool) {
        if group.base.is_none() {
            return;
        }
        if group.as_at.is_none() {
            self.add(Place::new(&table.question, table.breakdown.as_deref(), group.group.as_deref()), release);
        }
        // A cell of a breakdown's own table stays behind by itself.
        if has_sizes && group.as_at.is_none() {
            for cell in group.cells.iter().flatten().filter(|cell| cell.count.is_some() && cell.as_at.is_none()) {
                let place = match (table.breakdown.as_deref(), group.group.as_deref()) {
                    (Some(row), Some(group)) => {
                        Place::size(&table.question, &crossed(row, &table.question), &crossed(group, &cell.option))
                    }
                    _ => Place::size(&table.question, &table.question, &cell.option),
                };
                self.add(place, release);
            }
        }
    }

    fn read_cells(&mut self, release: u32, table: &Table, group: &Group) {
        let place = Place::new(&table.question, table.breakdown.as_deref(), group.group.as_deref());
        let cells = self.cells.entry(place).or_default();
        let single = group.cells.iter().flatten().filter(|cell| cell.count.is_some());
        cells.extend(single.map(|cell| (release, BTreeSet::from([cell.option.clone()]))));
        let together = group.collapsed.iter().flatten().filter(|part| part.count.is_some());
        cells.extend(together.map(|part| (release, part.options.iter().cloned().collect())));
    }

    /// The releases at which the count of these options together was brought up to date.
    pub fn cell_points(&self, place: &Place, options: &BTreeSet<String>) -> Vec<u32> {
        let shown = self.cells.get(place).map(Vec::as_slice).unwrap_or_default();
        let of = |release: u32| -> BTreeSet<&String> {
            let within = shown.iter().filter(|(at, one)| *at == release && one.is_subset(options));
            within.flat_map(|(_, one)| one).collect()
        };
        let releases: BTreeSet<u32> = shown.iter().map(|(release, _)| *release).collect();
        releases.into_iter().filter(|release| of(*release).len() == options.len()).collect()
    }

    /// The releases at which the figures in a place were brought up to date.
    pub fn points(&self, place: &Place) -> Vec<u32> {
        self.points.get(place).cloned().unwrap_or_default()
    }

    /// The K of an earlier release.
    pub fn least(&self, release: u32) -> u64 {
        self.least.get(&release).copied().unwrap_or(u64::MAX)
    }

    /// All earlier releases, ascending.
    pub fn releases(&self) -> Vec<u32> {
        self.least.keys().copied().collect()
    }

    fn add(&mut self, place: Place, release: u32) {
        self.points.entry(place).or_default().push(release);
    }
}
