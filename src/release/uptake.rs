//! Uptake: how many of those who were offered an interview took it up.

use super::model::{Release, Uptake};
use super::percent::figure;

/// As counted by whoever knows of invitations; nothing of who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UptakeCounts {
    pub offered: u64,
    pub taken_up: u64,
}

/// What release `now` can say of uptake.
///
/// Those who took it up, and those who did not, are people like any group: both
/// are k at least (nobody outstanding is no group). And compared with the uptake
/// that was last published, nobody or at least k were offered it and took it up
/// in between; else that uptake stands, with its `as_at`.
pub fn uptake(counts: UptakeCounts, earlier: &[Release], k: u32) -> Option<Uptake> {
    let k = u64::from(k);
    let last = earlier.last();
    let standing = last.and_then(|release| {
        let uptake = release.uptake.clone()?;
        Some(Uptake { as_at: uptake.as_at.or(Some(release.number)), ..uptake })
    });
    let outstanding = counts.offered.checked_sub(counts.taken_up);
    let is_wide = |people: u64| people == 0 || people >= k;
    let stands_alone = counts.taken_up >= k && outstanding.is_some_and(is_wide);
    let follows = standing.as_ref().is_none_or(|before| {
        is_wide(counts.offered.abs_diff(before.offered)) && is_wide(counts.taken_up.abs_diff(before.taken_up.count))
    });
    if !(stands_alone && follows) {
        return standing;
    }
    let taken_up = figure(counts.taken_up, counts.offered)?;
    Some(Uptake { as_at: None, offered: counts.offered, taken_up })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;

    fn of(offered: u64, taken_up: u64, earlier: &[Release]) -> Option<(u64, u64, Option<u32>)> {
        uptake(UptakeCounts { offered, taken_up }, earlier, 5)
            .map(|uptake| (uptake.offered, uptake.taken_up.count, uptake.as_at))
    }

    fn after(number: u32, uptake: Option<Uptake>) -> Release {
        Release { number, uptake, ..sample::empty_release() }
    }

    #[test]
    fn too_few_on_either_side_are_not_shown() {
        assert_eq!(of(40, 18, &[]), Some((40, 18, None)));
        assert_eq!(of(40, 40, &[]), Some((40, 40, None)), "nobody is outstanding");
        assert_eq!(of(40, 4, &[]), None);
        assert_eq!(of(40, 36, &[]), None);
        assert_eq!(of(4, 4, &[]), None);
        assert_eq!(of(5, 6, &[]), None, "more than were offered it is a mistake");
    }

    #[test]
    fn a_change_of_one_person_is_not_shown() {
        let first = after(1, uptake(UptakeCounts { offered: 40, taken_up: 18 }, &[], 5));
        assert_eq!(of(41, 18, std::slice::from_ref(&first)), Some((40, 18, Some(1))));
        assert_eq!(of(40, 19, std::slice::from_ref(&first)), Some((40, 18, Some(1))));
        assert_eq!(of(45, 23, std::slice::from_ref(&first)), Some((45, 23, None)));
        let second = after(2, uptake(UptakeCounts { offered: 41, taken_up: 19 }, std::slice::from_ref(&first), 5));
        assert_eq!(of(42, 20, &[first, second]), Some((40, 18, Some(1))), "still the first");
    }
}
