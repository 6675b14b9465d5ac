//! What a release would show and what not, without any of its figures. Pure.
//!
//! The reasons are those that the release itself will give, and no finer ones. Telling
//! a group that is too small from one that is hidden so that another cannot be worked
//! out would narrow the range of both: the first has fewer than *k*, the second *k* or
//! more. Nor is it said how many a group lacks: that is how many are in it. What can
//! be said is what holds of every group: that as many as *K* more are enough.

use super::model::{Cell, Group, Release, Table};
use chrono::NaiveDate;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// That of the release.
    pub number: u32,
    pub as_of: NaiveDate,
    /// Of how offers were taken up.
    pub uptake: Standing,
    pub tables: Vec<TablePreview>,
}

/// One question in total (`breakdown` none), or split by another or by a crossing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablePreview {
    pub question: String,
    pub breakdown: Option<String>,
    pub groups: Vec<GroupPreview>,
}

/// One group, or everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPreview {
    pub group: Option<String>,
    pub standing: Standing,
    /// So many more responses from it are enough for it to be large enough, whatever it
    /// has now: what is known of it publicly is that it may have none. None: it is shown.
    pub at_most: Option<u64>,
    /// Those of its options that stand otherwise than the group.
    pub options: Vec<(String, Standing)>,
}

/// Whether figures would be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Shown,
    /// Those of an earlier release, of this number.
    AsAt(u32),
    /// Together with other options of the same group.
    Together,
    Hidden,
}

impl Standing {
    /// Why, as far as the release will tell.
    pub fn reason(self) -> String {
        match self {
            Standing::Shown => "shown".to_owned(),
            Standing::AsAt(release) => {
                format!("as at release {release}: too few have come since, or newer figures would give away so few")
            }
            Standing::Together => "several answers shown as one".to_owned(),
            Standing::Hidden => "not shown: too few people, or needed so that others cannot be worked out".to_owned(),
        }
    }
}

impl Preview {
    pub fn of(release: &Release) -> Preview {
        let enough = release.policy.least();
        Preview {
            number: release.number,
            as_of: release.as_of,
            uptake: release.uptake.as_ref().map_or(Standing::Hidden, |uptake| fresh_or(uptake.as_at)),
            tables: release.tables.iter().map(|table| TablePreview::of(table, enough)).collect(),
        }
    }
}

impl TablePreview {
    fn of(table: &Table, enough: u64) -> TablePreview {
        TablePreview {
            question: table.question.clone(),
            breakdown: table.breakdown.clone(),
            groups: table.groups.iter().map(|group| GroupPreview::of(group, enough)).collect(),
        }
    }
}

impl GroupPreview {
    fn of(group: &Group, enough: u64) -> GroupPreview {
        let standing = if group.cells.is_some() { fresh_or(group.as_at) } else { Standing::Hidden };
        let options = group.cells.iter().flatten().map(|cell| (cell.option.clone(), option(group, standing, cell)));
        GroupPreview {
            group: group.group.clone(),
            standing,
            at_most: (standing != Standing::Shown).then_some(enough),
            options: options.filter(|(_, option)| *option != standing).collect(),
        }
    }
}

fn option(group: &Group, standing: Standing, cell: &Cell) -> Standing {
    let mut together = group.collapsed.iter().flatten().filter(|one| one.count.is_some());
    match (cell.count, cell.as_at) {
        (Some(_), None) => standing,
        (Some(_), Some(release)) => Standing::AsAt(release),
        (None, _) if together.any(|one| one.options.contains(&cell.option)) => Standing::Together,
        (None, _) => Standing::Hidden,
    }
}

fn fresh_or(as_at: Option<u32>) -> Standing {
    as_at.map_or(Standing::Shown, Standing::AsAt)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::model::Tenths;
    use crate::release::sample;

    /// The same tables with other figures wherever there is one.
    fn otherwise(mut release: Release) -> Release {
        release.base += 1_000;
        for group in release.tables.iter_mut().flat_map(|table| &mut table.groups) {
            group.base = group.base.map(|base| base + 1_000);
            group.favourable = None;
            for cell in group.cells.iter_mut().flatten() {
                cell.base = cell.base.map(|base| base + 1_000);
                cell.count = cell.count.map(|count| count + 100);
                for percent in [&mut cell.percent, &mut cell.low, &mut cell.high] {
                    *percent = percent.map(|_| Tenths(5));
                }
            }
        }
        release
    }

    #[test]
    fn nothing_of_the_figures_is_left() {
        let release = sample::release();
        assert!(release.tables.iter().flat_map(|table| &table.groups).any(|group| group.base.is_none()));
        assert_eq!(Preview::of(&otherwise(release.clone())), Preview::of(&release));
    }

    #[test]
    fn a_group_stands_as_the_release_shows_it() {
        let mut release = sample::release();
        let shown = release.tables.iter_mut().flat_map(|table| &mut table.groups).find(|group| group.base.is_some());
        let group = shown.unwrap();
        group.as_at = Some(3);
        let cells = group.cells.as_mut().unwrap();
        (cells[0].count, cells[0].as_at) = (Some(9), Some(1));
        cells[1].count = None;
        let option = cells[1].option.clone();
        let preview = GroupPreview::of(group, 7);
        assert_eq!((preview.standing, preview.at_most), (Standing::AsAt(3), Some(7)));
        assert_eq!(
            preview.options[..2],
            [(group.cells.as_ref().unwrap()[0].option.clone(), Standing::AsAt(1)), (option.clone(), Standing::Hidden),]
        );
        let (count, percent, low, high) = (Some(9), None, None, None);
        group.collapsed =
            Some(vec![crate::release::model::Collapsed { options: vec![option], count, percent, low, high }]);
        assert_eq!(GroupPreview::of(group, 7).options[1].1, Standing::Together);
        group.cells = None;
        assert_eq!(GroupPreview::of(group, 7).standing, Standing::Hidden);
    }
}
