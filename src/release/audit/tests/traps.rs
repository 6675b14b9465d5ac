//! The classic traps, each with what it is known by.

use super::made::{attacked, cell, found, hidden, named, release, shown, table};
use crate::release::audit::{Knowledge, Memory, Only, audit_knowing};
use crate::release::model::{Group, Policy, Release};

/// One question by one breakdown; those who did not say are the rest.
fn one(number: u32, total: &[u64], groups: Vec<Group>) -> Release {
    let base = total.iter().sum();
    release(number, base, vec![table("q", None, vec![shown(None, total)]), table("q", Some("team"), groups)])
}

const NONE: [&str; 0] = [];

#[test]
fn nothing_is_found_where_everything_is_shown() {
    let groups = vec![shown(Some("north"), &[6, 1]), shown(Some("south"), &[5, 3])];
    assert_eq!(found(&[one(1, &[11, 4], groups)], Some("q")), NONE);
}

#[test]
fn one_suppressed_cell_in_a_row() {
    let groups = vec![shown(Some("north"), &[6, 1]), hidden(Some("south"))];
    let found = found(&[one(1, &[8, 2], groups)], Some("q"));
    assert_eq!(found, ["none (0, 1]: 0-3 few", "south (0, 1]: 0-3 few"]);
}

#[test]
fn two_hidden_together_are_safe_when_they_are_enough() {
    let groups = |north: &[u64]| vec![shown(Some("north"), north), hidden(Some("south")), hidden(Some("east"))];
    assert_eq!(found(&[one(1, &[8, 4], groups(&[6, 1]))], Some("q")), NONE, "five left, of two groups or none");
    assert_eq!(found(&[one(1, &[8, 3], groups(&[6, 1]))], Some("q")).len(), 3, "four left");
}

#[test]
fn a_group_that_appears_in_the_second_release() {
    let first = one(1, &[8, 4], vec![shown(Some("north"), &[6, 1]), hidden(Some("south"))]);
    let second = one(2, &[14, 9], vec![shown(Some("north"), &[6, 1]), shown(Some("south"), &[6, 7])]);
    assert_eq!(found(std::slice::from_ref(&first), Some("q")), NONE);
    let found = found(&[first, second], Some("q"));
    assert_eq!(
        found,
        [
            "none (0, 1]: 0-3 few",
            "none (0, 2]: 3-3 few",
            "none (1, 2]: 0-3 few",
            "south (0, 1]: 2-5 narrow",
            "south (1, 2]: 8-11 narrow"
        ],
        "three have not said to this day, and so no more than three had then"
    );
}

#[test]
fn two_releases_that_differ_by_one() {
    let first = one(1, &[8, 4], vec![shown(Some("north"), &[8, 4])]);
    let second = one(2, &[9, 4], vec![shown(Some("north"), &[9, 4])]);
    assert_eq!(found(&[first, second], Some("q")), ["all (1, 2]: 1-1 few", "north (1, 2]: 1-1 few"]);
}

/// All of the first release say a, all who came with the second b: then so do the
/// groups, and one that is shown in the second only has its parts laid open.
#[test]
fn answers_tell_when_somebody_came() {
    let first = one(1, &[12, 0], vec![hidden(Some("north")), hidden(Some("south"))]);
    let groups = vec![shown(Some("north"), &[9, 6]), shown(Some("south"), &[3, 7])];
    let found = found(&[first, one(2, &[12, 13], groups)], Some("q"));
    assert_eq!(found, ["south (0, 1]: 3-3 few"]);
}

/// In one question all who say a are of the north, in the other of the south, and all of
/// them came with the first release: each leaves enough open, and both together do not.
#[test]
fn what_two_questions_tell_of_the_same_people_is_joined() {
    let tables = |sizes: Group, of_q: [Group; 3], of_r: [Group; 3]| {
        let by_team = |question: &str, [all, north, south]: [Group; 3]| {
            [table(question, None, vec![all]), table(question, Some("team"), vec![north, south])]
        };
        let own = [table("team", None, vec![sizes])];
        own.into_iter().chain(by_team("q", of_q)).chain(by_team("r", of_r)).collect()
    };
    let open = || [shown(None, &[3, 5]), hidden(Some("north")), hidden(Some("south"))];
    let all = || shown(None, &[3, 17]);
    let of_one = |one: &str, other: &str| [all(), shown(Some(one), &[3, 7]), shown(Some(other), &[0, 10])];
    let sizes = Group { base: Some(8), cells: Some(vec![cell("north", None), cell("south", None)]), ..hidden(None) };
    let first = release(1, 8, tables(sizes, open(), open()));
    let of_r = of_one("south", "north");
    let second = release(2, 20, tables(named(None, &[("north", 10), ("south", 10)]), of_one("north", "south"), of_r));
    let found = [None, Some("q"), Some("r")].map(|question| found(&[first.clone(), second.clone()], question));
    let of_everybody = [
        "north (0, 1]: 3-5 narrow",
        "north (1, 2]: 5-7 narrow",
        "south (0, 1]: 3-5 narrow",
        "south (1, 2]: 5-7 narrow",
    ];
    assert_eq!(found[0], of_everybody);
    assert_eq!([&found[1], &found[2]], [&NONE; 2]);
}

/// The second release shows six more of the north, five of whom say a: one says b. All of
/// the south say b.
#[test]
fn what_is_for_the_world_tells_no_answer_of_few_and_none_of_all() {
    let north = |a: u64, b: u64| shown(Some("north"), &[a, b]);
    let releases = [
        one(1, &[10, 20], vec![north(10, 10), shown(Some("south"), &[0, 10])]),
        one(2, &[15, 21], vec![north(15, 11), shown(Some("south"), &[0, 10])]),
    ];
    let strict =
        releases.map(|release| Release { policy: Policy { strict: true, ..release.policy.clone() }, ..release });
    let found = found(&strict, Some("q"));
    let wanted = [
        "all=a (1, 2]: 5-5 few",
        "all=b (1, 2]: 1-1 few",
        "north=a (1, 2]: 5-5 few",
        "north=b (1, 2]: 1-1 few",
        "south=b (0, 1]: 10-10 alike",
        "south=b (0, 2]: 10-10 alike",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn what_is_remembered_of_other_figures_is_not_taken_for_these() {
    let groups = |north: &[u64]| vec![shown(Some("north"), north), hidden(Some("south")), hidden(Some("east"))];
    let series = [[6, 1], [7, 1], [8, 4], [6, 1]].map(|north| one(1, &[8, 4], groups(&north)));
    let mut memory = Memory::default();
    for release in series {
        let releases = [release];
        let knowledge = Knowledge::default();
        let remembering = audit_knowing(&knowledge, &releases, None, Only::Everything, &mut memory, &mut |_, _| ());
        assert_eq!(remembering.breaches, attacked(&releases).breaches);
    }
}

#[test]
fn figures_that_cannot_all_be_true_are_never_safe() {
    let groups = vec![shown(Some("north"), &[9, 1]), hidden(Some("south"))];
    let found = found(&[one(1, &[8, 4], groups)], Some("q"));
    assert_eq!(found, ["none (0, 1]: 0-12 contradiction"]);
}

#[test]
fn the_count_of_what_was_attacked_is_given() {
    let groups = vec![shown(Some("north"), &[6, 1]), hidden(Some("south")), hidden(Some("east"))];
    let audit = attacked(&[one(1, &[8, 6], groups)]);
    assert_eq!((audit.attacked.figures, audit.attacked.hidden), (7, 2));
    let narrowest = audit.narrowest.unwrap();
    assert_eq!((narrowest.low, narrowest.high), (0, 7));
}

#[test]
fn where_there_is_too_much_to_put_side_by_side_the_audit_says_so() {
    let release = |questions: usize| {
        let tables = |at: usize| {
            let groups = ["north", "south", "east", "west"].map(|team| shown(Some(team), &[6, 1, 5, 5, 5, 5]));
            let name = format!("q{at}");
            [table(&name, None, vec![shown(None, &[24, 4, 20, 20, 20, 20])]), table(&name, Some("team"), groups.into())]
        };
        release(1, 108, (0..questions).flat_map(tables).collect())
    };
    let notes = |questions: usize| attacked(&[release(questions)]).notes.len();
    assert_eq!([notes(5), notes(100)], [0, 1]);
}
