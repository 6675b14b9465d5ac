//! What is said of uptake, release by release.

use super::*;
use crate::release::sample;

fn counts(offered: u64, taken_up: u64) -> UptakeCounts {
    UptakeCounts { offered, taken_up, ..UptakeCounts::default() }
}

/// What the release after `earlier` says, if nobody has answered but who was offered it.
fn said(counts: &UptakeCounts, earlier: &[Release]) -> Option<Uptake> {
    uptake(counts, &next(counts, earlier), earlier)
}

fn next(counts: &UptakeCounts, earlier: &[Release]) -> Release {
    let number = earlier.last().map_or(1, |last| last.number + 1);
    Release { number, base: counts.taken_up, ..sample::empty_release() }
}

fn totals(counts: &UptakeCounts, earlier: &[Release]) -> Option<(u64, u64, Option<u32>)> {
    said(counts, earlier).map(|uptake| (uptake.offered, uptake.taken_up.count, uptake.as_at))
}

/// Releases of these counts, one after the other.
fn releases(all: &[UptakeCounts]) -> Vec<Release> {
    let mut releases: Vec<Release> = Vec::new();
    for counts in all {
        let uptake = said(counts, &releases);
        releases.push(Release { uptake, ..next(counts, &releases) });
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
    let first = releases(&[counts(40, 18)]);
    assert_eq!(totals(&counts(41, 18), &first), Some((40, 18, Some(1))));
    assert_eq!(totals(&counts(40, 19), &first), Some((40, 18, Some(1))));
    assert_eq!(totals(&counts(45, 23), &first), Some((45, 23, None)));
    assert_eq!(totals(&counts(50, 27), &first), Some((40, 18, Some(1))), "one more is outstanding");
    let both = releases(&[counts(40, 18), counts(41, 19)]);
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
    let parts = said(counts, earlier).unwrap().by_mode.unwrap();
    (parts.as_at, parts.cells.iter().map(|cell| cell.count).collect())
}

#[test]
fn what_became_of_offers_is_shown_by_mode() {
    let shown = said(&outcomes_of(20, 8, 0, 6, 40), &[]).unwrap().by_mode.unwrap();
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
    let first = releases(&[outcomes_of(20, 8, 6, 6, 40)]);
    let stands = (Some(1), vec![Some(20), Some(8), Some(6), Some(6), Some(40)]);
    assert_eq!(by_mode(&outcomes_of(30, 9, 6, 6, 45), &first), stands, "one more talked to an independent interviewer");
    assert_eq!(by_mode(&outcomes_of(20, 14, 12, 6, 40), &first).0, None);
    assert_eq!(by_mode(&outcomes_of(14, 26, 8, 6, 40), &first), stands, "two more for HR");
    let offered = said(&outcomes_of(30, 9, 6, 6, 45), &first).unwrap();
    assert_eq!((offered.as_at, offered.offered), (None, 96), "the totals are those of now");
}

#[test]
fn what_was_hidden_first_is_compared_as_far_as_it_is_known() {
    let first = releases(&[outcomes_of(20, 2, 9, 6, 40)]);
    assert_eq!(by_mode(&outcomes_of(26, 5, 10, 6, 40), &first).0, Some(1), "the two and nine are fifteen, four more");
    assert_eq!(by_mode(&outcomes_of(26, 7, 10, 6, 40), &first).0, None, "who knows whether the two became seven");
}

#[test]
fn reasons_are_of_those_who_said_why_and_k_apart_from_all_who_declined() {
    let because = |declined, reasons: &[(&str, u64)]| UptakeCounts {
        declined_because: parts(reasons),
        ..outcomes_of(20, 8, 0, declined, 40)
    };
    let shown = |counts: &UptakeCounts, earlier: &[Release]| -> Option<(Option<u32>, Vec<Option<u64>>)> {
        let parts = said(counts, earlier)?.declined_because?;
        Some((parts.as_at, parts.cells.iter().map(|cell| cell.count).collect()))
    };
    let first = because(19, &[("no_time", 6), ("not_anonymous", 2), ("nothing_changes", 5), ("other", 1)]);
    assert_eq!(
        shown(&first, &[]),
        Some((None, vec![Some(6), None, None, None])),
        "three would be too few: five with them"
    );
    assert_eq!(shown(&because(16, &[("no_time", 8), ("other", 6)]), &[]), None, "two did not say why");
    assert_eq!(shown(&because(14, &[("no_time", 8), ("other", 6)]), &[]), Some((None, vec![Some(8), Some(6)])));
    assert_eq!(shown(&because(9, &[("no_time", 4)]), &[]), None);
    let first = releases(&[first]);
    let one_more = because(25, &[("no_time", 7), ("not_anonymous", 2), ("nothing_changes", 5), ("other", 6)]);
    assert_eq!(shown(&one_more, &first).map(|(as_at, _)| as_at), Some(Some(1)));
    let reasons = [("no_time", 14), ("not_anonymous", 2), ("nothing_changes", 12), ("other", 6), ("new_one", 6)];
    let many_more = because(45, &reasons);
    assert_eq!(shown(&many_more, &first).map(|(as_at, _)| as_at), Some(None), "a reason may be new");
}

#[test]
fn the_median_moves_with_k_interviews_and_not_before() {
    let held = |held: &[(u32, bool, u64)]| UptakeCounts {
        interviews: held
            .iter()
            .map(|(days, was_read_back, interviews)| Held {
                days: *days,
                was_read_back: *was_read_back,
                interviews: *interviews,
            })
            .collect(),
        ..outcomes_of(20, held.iter().map(|(_, _, interviews)| interviews).sum(), 0, 10, 40)
    };
    let shown = |counts: &UptakeCounts, earlier: &[Release]| {
        let held = said(counts, earlier).unwrap().interviews?;
        Some((held.as_at, held.held, held.read_back.map(|figure| figure.count), held.median_days))
    };
    assert_eq!(shown(&held(&[(3, true, 4)]), &[]), None);
    let six = held(&[(3, true, 5), (9, false, 1)]);
    assert_eq!(shown(&six, &[]), Some((None, 6, None, 3)), "one was not read back");
    let first = releases(&[six]);
    assert_eq!(shown(&held(&[(3, true, 5), (9, false, 4)]), &first), Some((Some(1), 6, None, 3)), "three more");
    assert_eq!(shown(&held(&[(3, true, 5), (9, false, 6)]), &first), Some((None, 11, Some(5), 9)));
}

#[test]
fn before_and_after_are_compared_where_nobody_between_them_is_too_few() {
    let since = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    let of = |offered, taken_up, before: (u64, u64), after: (u64, u64)| {
        let reached = |(offered, taken_up)| Reached { offered, taken_up };
        let option = BeforeAndAfter { since, before: reached(before), after: reached(after) };
        UptakeCounts { independent_option: Some(option), ..counts(offered, taken_up) }
    };
    let shown = |counts: &UptakeCounts, earlier: &[Release]| said(counts, earlier).unwrap().independent_option;
    let whole = of(150, 109, (80, 48), (70, 56));
    let option = shown(&whole, &[]).unwrap();
    assert_eq!((option.since, option.before.taken_up.count, option.after.taken_up.count), (since, 48, 56));
    assert_eq!([option.difference.points.0, option.difference.low.0, option.difference.high.0], [200, 52, 334]);
    assert_eq!(
        shown(&of(150, 133, (80, 48), (70, 56)), &[]),
        None,
        "of 17 without an answer, 14 did not take it up after"
    );
    assert_eq!(shown(&of(152, 109, (80, 48), (70, 56)), &[]), None, "to two it went out on the day itself");
    assert_eq!(shown(&of(84, 53, (80, 48), (4, 0)), &[]), None, "of four, nothing is said");
    assert_eq!(shown(&of(150, 104, (80, 48), (70, 56)), &[]).map(|option| option.as_at), Some(None));
    let first = releases(&[whole]);
    let later = shown(&of(156, 115, (80, 48), (76, 59)), &first).unwrap();
    assert_eq!((later.as_at, later.after.offered), (Some(1), 70), "three more after");
}

#[test]
fn what_stands_says_of_which_release_it_is() {
    let first = UptakeCounts { declined_because: parts(&[("no_time", 6)]), ..outcomes_of(20, 8, 6, 6, 40) };
    let all = releases(&[first, outcomes_of(30, 9, 6, 6, 45), outcomes_of(31, 9, 6, 6, 45)]);
    let at = |release: &Release| {
        let uptake = release.uptake.clone().unwrap();
        (uptake.as_at, uptake.by_mode.unwrap().as_at, uptake.declined_because.unwrap().as_at)
    };
    assert_eq!(
        all.iter().map(at).collect::<Vec<_>>(),
        [(None, None, None), (None, Some(1), Some(1)), (Some(2), Some(1), Some(1))]
    );
}

#[test]
fn to_take_the_offer_up_is_to_answer() {
    let counts = UptakeCounts { modes: parts(&[("online", 0), ("independent", 0)]), taken_up: 9, ..counts(40, 9) };
    let answered = counts.answered([("online", 2), ("independent", 1), ("import", 1), ("hr", 1)]);
    assert_eq!((answered.taken_up, answered.modes), (4, parts(&[("online", 2), ("independent", 1), ("hr", 1)])));
}

#[test]
fn uptake_beside_all_responses_gives_no_few_away_who_were_imported() {
    let counts = outcomes_of(20, 8, 0, 6, 40);
    let beside = |base| {
        let release = Release { base, ..next(&counts, &[]) };
        uptake(&counts, &release, &[]).map(|uptake| uptake.taken_up.count)
    };
    assert_eq!((beside(28), beside(30), beside(33)), (Some(28), None, Some(28)));
    assert_eq!(beside(27), None, "fewer than took it up cannot have answered");
}

#[test]
fn interviews_are_shown_where_they_and_the_parts_give_no_few_away() {
    let held = |read_back, interviews| Held { days: 3, was_read_back: read_back, interviews };
    let counts = UptakeCounts { interviews: vec![held(true, 6), held(false, 6)], ..outcomes_of(20, 9, 3, 6, 40) };
    let shown = said(&counts, &[]).unwrap();
    let modes: Vec<Option<u64>> = shown.by_mode.unwrap().cells.iter().map(|cell| cell.count).collect();
    assert_eq!(modes, [Some(20), None, None, Some(6), Some(40)]);
    assert_eq!(shown.interviews.unwrap().held, 12, "the two hidden ones together");
    let counts = UptakeCounts { interviews: vec![held(true, 12)], ..outcomes_of(20, 9, 0, 6, 40) };
    assert_eq!(said(&counts, &[]).unwrap().interviews, None, "three were held and are no answers");
    let counts = UptakeCounts { interviews: vec![held(true, 26)], ..outcomes_of(3, 21, 5, 6, 40) };
    let shown = said(&counts, &[]).unwrap();
    let modes: Vec<Option<u64>> = shown.by_mode.unwrap().cells.iter().map(|cell| cell.count).collect();
    assert_eq!(modes, [None, Some(21), None, Some(6), Some(40)]);
    assert_eq!(shown.interviews, None, "less 21 they are the five for HR, and the three online are left");
}
