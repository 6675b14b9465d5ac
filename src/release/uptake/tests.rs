//! What is said of uptake, release by release.

use super::*;
use crate::release::sample;

fn counts(offered: u64, taken_up: u64) -> UptakeCounts {
    UptakeCounts { offered, taken_up, ..UptakeCounts::default() }
}

fn totals(counts: &UptakeCounts, earlier: &[Release]) -> Option<(u64, u64, Option<u32>)> {
    uptake(counts, earlier, 5).map(|uptake| (uptake.offered, uptake.taken_up.count, uptake.as_at))
}

/// Releases of these counts, one after the other.
fn releases(all: &[UptakeCounts], k: u32) -> Vec<Release> {
    let mut releases: Vec<Release> = Vec::new();
    for (number, counts) in (1..).zip(all) {
        let uptake = uptake(counts, &releases, k);
        releases.push(Release { number, uptake, ..sample::empty_release() });
    }
    releases
}

#[test]
fn too_few_on_either_side_are_not_shown() {
    let of = |offered, taken_up| totals(&counts(offered, taken_up), &[]);
    assert_eq!(of(40, 18), Some((40, 18, None)));
    assert_eq!(of(40, 40), Some((40, 40, None)), "nobody is outstanding");
    assert_eq!(of(40, 4), None);
    assert_eq!(of(40, 36), None);
    assert_eq!(of(4, 4), None);
    assert_eq!(of(5, 6), None, "more than were offered it is a mistake");
}

#[test]
fn a_change_of_one_person_is_not_shown() {
    let first = releases(&[counts(40, 18)], 5);
    assert_eq!(totals(&counts(41, 18), &first), Some((40, 18, Some(1))));
    assert_eq!(totals(&counts(40, 19), &first), Some((40, 18, Some(1))));
    assert_eq!(totals(&counts(45, 23), &first), Some((45, 23, None)));
    assert_eq!(totals(&counts(50, 27), &first), Some((40, 18, Some(1))), "one more is outstanding");
    let both = releases(&[counts(40, 18), counts(41, 19)], 5);
    assert_eq!(totals(&counts(42, 20), &both), Some((40, 18, Some(1))), "still the first");
}

fn parts(names: &[(&str, u64)]) -> Vec<Part> {
    names.iter().map(|(name, people)| ((*name).to_owned(), *people)).collect()
}

/// Of the modes and of the others, with those outstanding last.
fn outcomes_of(online: u64, independent: u64, hr: u64, declined: u64, outstanding: u64) -> UptakeCounts {
    let taken_up = online + independent + hr;
    UptakeCounts {
        modes: parts(&[("online", online), ("independent", independent), ("hr", hr)]),
        declined,
        ..counts(taken_up + declined + outstanding, taken_up)
    }
}

fn by_mode(counts: &UptakeCounts, earlier: &[Release]) -> (Option<u32>, Vec<Option<u64>>) {
    let parts = uptake(counts, earlier, 5).unwrap().by_mode.unwrap();
    (parts.as_at, parts.cells.iter().map(|cell| cell.count).collect())
}

#[test]
fn what_became_of_offers_is_shown_by_mode() {
    let shown = uptake(&outcomes_of(20, 8, 0, 6, 40), &[], 5).unwrap().by_mode.unwrap();
    let options: Vec<&str> = shown.cells.iter().map(|cell| cell.option.as_str()).collect();
    assert_eq!(options, ["online", "independent", "hr", "declined", "outstanding"]);
    let independent = &shown.cells[1];
    assert_eq!((shown.base, independent.count), (74, Some(8)));
    let figure = figure(8, 74).unwrap();
    assert_eq!(
        (independent.percent, independent.low, independent.high),
        (Some(figure.percent), Some(figure.low), Some(figure.high))
    );
}

#[test]
fn a_mode_of_too_few_hides_another_with_it() {
    let of = |online, independent, hr, declined, outstanding| {
        by_mode(&outcomes_of(online, independent, hr, declined, outstanding), &[]).1
    };
    assert_eq!(of(20, 2, 9, 6, 40), [Some(20), None, None, Some(6), Some(40)], "31 - 20 - 9 would be 2");
    assert_eq!(of(20, 3, 2, 6, 40), [Some(20), None, None, Some(6), Some(40)], "five together");
    assert_eq!(of(20, 3, 1, 6, 40), [None, None, None, Some(6), Some(40)], "four together are too few");
    assert_eq!(of(20, 8, 0, 4, 40), [Some(20), Some(8), Some(0), None, None]);
    assert_eq!(of(20, 8, 0, 0, 40), [Some(20), Some(8), Some(0), Some(0), Some(40)], "nobody is nobody");
}

#[test]
fn by_mode_stands_while_any_change_is_of_too_few() {
    let first = releases(&[outcomes_of(20, 8, 6, 6, 40)], 5);
    let stands = (Some(1), vec![Some(20), Some(8), Some(6), Some(6), Some(40)]);
    assert_eq!(by_mode(&outcomes_of(30, 9, 6, 6, 45), &first), stands, "one more talked to an independent interviewer");
    assert_eq!(by_mode(&outcomes_of(20, 14, 12, 6, 40), &first).0, None);
    assert_eq!(by_mode(&outcomes_of(14, 26, 8, 6, 40), &first), stands, "two more for HR");
    let offered = uptake(&outcomes_of(30, 9, 6, 6, 45), &first, 5).unwrap();
    assert_eq!((offered.as_at, offered.offered), (None, 96), "the totals are those of now");
}

#[test]
fn what_was_hidden_first_is_compared_as_far_as_it_is_known() {
    let first = releases(&[outcomes_of(20, 2, 9, 6, 40)], 5);
    assert_eq!(by_mode(&outcomes_of(26, 5, 10, 6, 40), &first).0, Some(1), "the two and nine are fifteen, four more");
    assert_eq!(by_mode(&outcomes_of(26, 7, 10, 6, 40), &first).0, None, "who knows whether the two became seven");
}
