//! What releases say of how many people answered in each mode.

use super::system::{MODES, System};
use crate::release::model::{Release, Table};
use crate::release::uptake::Uptake;
use crate::survey::MODE;

const IMPORT: usize = 3;
const INTERVIEWS: [usize; 2] = [1, 2];
const TAKEN_UP: [usize; 3] = [0, 1, 2];

/// None: it cannot all be true.
pub fn read(releases: &[Release]) -> Option<System> {
    let mut system = System::new(releases.len());
    for (at, release) in releases.iter().enumerate() {
        system.sum(at, &[0, 1, 2, 3], release.base);
        // An earlier Candour counted as having taken it up who had begun, and as an interview who
        // had asked for one.
        let uptake = release.uptake.as_ref().filter(|_| release.policy.protection.is_some());
        if let Some(uptake) = uptake {
            uptake_of(&mut system, at, release.base, uptake)?;
        }
        for table in release.tables.iter().filter(|table| table.question == MODE) {
            own_table(&mut system, at, release.number, releases, table);
        }
        for table in release.tables.iter().filter(|table| table.breakdown.as_deref() == Some(MODE)) {
            for group in &table.groups {
                let mode = group.group.as_deref().and_then(position);
                let place = place(releases, group.as_at.unwrap_or(release.number));
                if let (Some(mode), Some(place), Some(base)) = (mode, place, group.base) {
                    system.at_least(place, mode, base);
                }
            }
        }
    }
    system.settle()?;
    Some(system)
}

fn uptake_of(system: &mut System, at: usize, base: u64, uptake: &Uptake) -> Option<()> {
    if uptake.as_at.is_none() {
        system.sum(at, &TAKEN_UP, uptake.taken_up.count);
        system.sum(at, &[IMPORT], base.checked_sub(uptake.taken_up.count)?);
    }
    if let Some(parts) = uptake.by_mode.as_ref().filter(|parts| parts.as_at.is_none()) {
        for mode in TAKEN_UP {
            let name = MODES.get(mode).copied().unwrap_or_default();
            match parts.cells.iter().find(|cell| cell.option == name) {
                Some(cell) => cell.count.into_iter().for_each(|people| system.sum(at, &[mode], people)),
                None => system.sum(at, &[mode], 0),
            }
        }
    }
    if let Some(held) = uptake.interviews.as_ref().filter(|held| held.as_at.is_none()) {
        system.sum(at, &INTERVIEWS, held.held);
    }
    Some(())
}

fn own_table(system: &mut System, at: usize, number: u32, releases: &[Release], table: &Table) {
    for group in table.groups.iter().filter(|_| table.breakdown.is_none()) {
        for cell in group.cells.iter().flatten() {
            let place = place(releases, cell.as_at.or(group.as_at).unwrap_or(number)).unwrap_or(at);
            if let (Some(mode), Some(people)) = (position(&cell.option), cell.count) {
                system.sum(place, &[mode], people);
            }
        }
    }
}

fn position(mode: &str) -> Option<usize> {
    MODES.iter().position(|name| *name == mode)
}

fn place(releases: &[Release], number: u32) -> Option<usize> {
    releases.iter().position(|release| release.number == number)
}
