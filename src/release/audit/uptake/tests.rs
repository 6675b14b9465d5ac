//! What uptake and the tables give away together.

use super::*;
use crate::release::percent::figure;
use crate::release::sample;
use crate::release::uptake::{Interviews, Parts, Uptake};
use crate::release::{Cell, Group, Table};

fn cell(option: &str, count: Option<u64>) -> Cell {
    Cell { option: option.to_owned(), as_at: None, base: None, count, percent: None, low: None, high: None }
}

fn cells(counts: [Option<u64>; 3]) -> Vec<Cell> {
    MODES.iter().zip(counts).map(|(mode, count)| cell(mode, count)).collect()
}

fn release(number: u32, base: u64, uptake: Option<Uptake>) -> Release {
    Release { number, base, uptake, ..sample::empty_release() }
}

fn taken_up(people: u64, by_mode: Option<[Option<u64>; 3]>, held: Option<u64>) -> Option<Uptake> {
    let interviews = |held| Interviews { as_at: None, held, read_back: None, median_days: 3 };
    Some(Uptake {
        as_at: None,
        offered: 200,
        taken_up: figure(people, 200)?,
        by_mode: by_mode.map(|counts| Parts { as_at: None, base: 200, cells: cells(counts) }),
        declined_because: None,
        interviews: held.map(interviews),
        independent_option: None,
    })
}

/// By what came of it: the mode, after and up to which release, between which numbers.
fn found(releases: &[Release]) -> Vec<(String, u32, u32, u64, u64)> {
    let short = |Breach { whose, low, high, .. }: Breach| {
        (whose.group.unwrap_or_default(), whose.after, whose.up_to, low, high)
    };
    breaches(releases).into_iter().map(short).collect()
}

#[test]
fn modes_that_are_large_or_hidden_together_give_nothing_away() {
    assert_eq!(found(&[release(1, 60, taken_up(60, Some([Some(40), Some(12), Some(8)]), Some(20)))]), []);
    assert_eq!(found(&[release(1, 60, taken_up(60, Some([Some(40), None, None]), Some(20)))]), []);
    assert_eq!(found(&[release(1, 60, None)]), [], "how many answered, and nothing else");
}

#[test]
fn interviews_beside_all_who_answered_give_those_online_away() {
    let found = found(&[release(1, 23, taken_up(23, None, Some(20)))]);
    assert_eq!(found, [("online".to_owned(), 0, 1, 3, 3)]);
}

#[test]
fn all_who_took_the_offer_up_beside_all_responses_give_away_what_was_imported() {
    assert_eq!(found(&[release(1, 32, taken_up(30, None, None))]), [("import".to_owned(), 0, 1, 2, 2)]);
    assert_eq!(found(&[release(1, 30, taken_up(32, None, None))]).len(), 1, "more than answered cannot be");
}

#[test]
fn interviews_beside_the_table_of_the_mode_give_the_hidden_one_away() {
    let table = |counts: [Option<u64>; 3]| {
        let group = Group {
            group: None,
            as_at: None,
            base: Some(60),
            cells: Some(cells(counts)),
            favourable: None,
            collapsed: None,
        };
        let (question, kind) = ("mode".to_owned(), "single".to_owned());
        Table { question, kind, breakdown: None, groups: vec![group], others: None }
    };
    let both = |counts, held| vec![Release { tables: vec![table(counts)], ..release(1, 60, taken_up(60, None, held)) }];
    assert_eq!(found(&both([None, Some(17), None], None)), []);
    let found = found(&both([None, Some(17), None], Some(20)));
    assert_eq!(found, [("hr".to_owned(), 0, 1, 3, 3)], "20 less 17");
}

#[test]
fn what_is_known_before_and_after_narrows_what_was_hidden_between() {
    let at = |number, modes: [Option<u64>; 3], all| release(number, all, taken_up(all, Some(modes), None));
    let (first, last) = ([Some(20), Some(10), Some(10)], [Some(30), Some(15), Some(15)]);
    let wide = [at(1, first, 40), at(2, [Some(25), None, None], 50), at(3, last, 60)];
    assert_eq!(found(&wide), [], "between nothing and five came to each");
    let narrow = [at(1, first, 40), at(2, [Some(25), None, None], 54), at(3, last, 60)];
    let found = found(&narrow);
    assert!(found.contains(&("hr".to_owned(), 1, 2, 4, 5)), "{found:?}");
}

#[test]
fn a_change_of_few_is_found_whatever_lies_between() {
    let at = |number, modes: Option<[Option<u64>; 3]>, all| release(number, all, taken_up(all, modes, None));
    let releases = [
        at(1, Some([Some(20), Some(10), Some(10)]), 40),
        at(2, None, 50),
        at(3, Some([Some(33), Some(12), Some(15)]), 60),
    ];
    assert!(found(&releases).contains(&("independent".to_owned(), 1, 3, 2, 2)));
}
