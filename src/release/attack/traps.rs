//! The classic traps, and what Candour does in each.

use super::auditor::{audited, enumerated};
use super::world::{Areas, Person, Shape, World, told};
use crate::release::model::{Group, Release, Table};

const SHAPE: Shape = Shape {
    teams: 4,
    areas: Areas::No,
    asks: [true, false, false],
    is_conditional: false,
    k: 5,
    protection: 5,
    is_strict: false,
};

const NORTH: Option<usize> = Some(0);
const SOUTH: Option<usize> = Some(1);
const EAST: Option<usize> = Some(2);
const WEST: Option<usize> = Some(3);

/// So many of a team, half of whom are happy.
fn of_team(team: Option<usize>, people: usize) -> Vec<Person> {
    (0..people).map(|n| Person { team, happy: Some(n % 2), ..Person::default() }).collect()
}

/// So many of a team and an area.
fn of_both(team: Option<usize>, area: usize, people: usize) -> Vec<Person> {
    of_team(team, people).into_iter().map(|person| Person { area: Some(area), ..person }).collect()
}

/// So many with one answer.
fn who_say(team: Option<usize>, happy: usize, people: usize) -> Vec<Person> {
    (0..people).map(|_| Person { team, happy: Some(happy), ..Person::default() }).collect()
}

/// All releases, after each of which nobody can work out what it hides: neither by whole
/// numbers of people nor by the auditor's linear programs.
fn unbroken(shape: Shape, batches: Vec<Vec<Person>>) -> (World, Vec<Release>) {
    let world = World::new(shape, batches);
    let (releases, refused) = world.releases();
    assert!(refused.is_none(), "{refused:?}");
    for number in 1..=releases.len() {
        let so_far = &releases[..number];
        let found: Vec<String> = enumerated(&world, so_far).breaches.iter().map(ToString::to_string).collect();
        assert_eq!(found, Vec::<String>::new(), "after release {number}\n{}", told(so_far));
        assert_eq!(audited(&world, so_far), Vec::new());
    }
    (world, releases)
}

fn table<'r>(release: &'r Release, question: &str, breakdown: Option<&str>) -> &'r Table {
    let is_it = |table: &&Table| table.question == question && table.breakdown.as_deref() == breakdown;
    release.tables.iter().find(is_it).expect("a table")
}

/// The groups of a table that are shown, with the release that they are as at.
fn shown(release: &Release, breakdown: &str) -> Vec<(String, u64, Option<u32>)> {
    let groups = table(release, "happy", Some(breakdown)).groups.iter();
    groups.filter_map(|group| Some((group.group.clone()?, group.base?, group.as_at))).collect()
}

fn fresh(group: &str, base: u64) -> (String, u64, Option<u32>) {
    (group.to_owned(), base, None)
}

#[test]
fn one_suppressed_cell_in_a_row_takes_a_partner_along() {
    let (_, releases) = unbroken(SHAPE, vec![[of_team(NORTH, 20), of_team(SOUTH, 12), of_team(EAST, 3)].concat()]);
    assert_eq!(shown(&releases[0], "team"), [fresh("north", 20)], "20 of 35 shown: the 3 are among 15");
}

#[test]
fn a_group_of_nobody_is_no_partner() {
    let (_, releases) = unbroken(SHAPE, vec![[of_team(NORTH, 20), of_team(SOUTH, 3), of_team(WEST, 9)].concat()]);
    assert_eq!(shown(&releases[0], "team"), [fresh("north", 20)], "east, where nobody is, would not hide the 3");
}

#[test]
fn too_few_are_enough_to_hide_one_another_when_they_are_enough_together() {
    let (_, releases) = unbroken(SHAPE, vec![[of_team(NORTH, 20), of_team(SOUTH, 3), of_team(WEST, 4)].concat()]);
    assert_eq!(shown(&releases[0], "team"), [fresh("north", 20)]);
}

#[test]
fn a_question_that_too_few_were_asked_at_first_waits_and_the_others_go_on() {
    let shape = Shape { teams: 2, asks: [true, true, false], is_conditional: true, ..SHAPE };
    let of = |team: Option<usize>, happy: usize, sad: usize| {
        let reasons = |person: Person| Person { reasons: Some(vec![0]), ..person };
        [who_say(team, 0, happy), who_say(team, 1, sad).into_iter().map(reasons).collect()].concat()
    };
    // Four were sad, and asked why, until the first release: all who are asked answer.
    let batches = vec![[of(NORTH, 10, 2), of(SOUTH, 10, 2)].concat(), [of(NORTH, 10, 6), of(SOUTH, 10, 6)].concat()];
    let (world, releases) = unbroken(shape, batches);
    let audits = world.made_after(&releases[..1], 2).expect("a release").audits;
    assert!(audits < 13, "{audits}: what gives nothing away was held back on the way, and tried again");
    assert_eq!(table(&releases[1], "reasons", None).groups[0].base, None, "of 16 who answered 4 came first");
    assert_eq!(shown(&releases[1], "team"), [fresh("north", 28), fresh("south", 28)]);
}

#[test]
fn a_two_by_two_is_hidden_all_round_for_one_cell() {
    let shape = Shape { teams: 2, areas: Areas::Crossed, ..SHAPE };
    let people = [of_both(NORTH, 0, 9), of_both(NORTH, 1, 8), of_both(SOUTH, 0, 7), of_both(SOUTH, 1, 2)].concat();
    let (_, releases) = unbroken(shape, vec![people]);
    assert_eq!(shown(&releases[0], "team*area"), [], "any of the four and the margins would give the 2");
    assert_eq!(shown(&releases[0], "team"), [fresh("north", 17), fresh("south", 9)], "and the margins stay");
    assert_eq!(shown(&releases[0], "area"), [fresh("upland", 16), fresh("lowland", 10)]);
}

#[test]
fn linked_tables_are_protected_together() {
    // By team alone, south's partner is east; by area alone, coast's is lowland. With
    // the crossing beside them, each has to bear what the others tell.
    let shape = Shape { teams: 3, areas: Areas::Crossed, ..SHAPE };
    let people = [
        [of_both(NORTH, 0, 6), of_both(NORTH, 1, 5), of_both(NORTH, 2, 1)].concat(),
        [of_both(SOUTH, 0, 1), of_both(SOUTH, 1, 2)].concat(),
        [of_both(EAST, 0, 5), of_both(EAST, 2, 2)].concat(),
    ];
    unbroken(shape, vec![people.concat()]);
}

#[test]
fn a_subtotal_gives_nothing_away() {
    let shape = Shape { areas: Areas::Around, ..SHAPE };
    let people =
        [[of_both(NORTH, 0, 12), of_both(SOUTH, 0, 3)].concat(), [of_both(EAST, 1, 9), of_both(WEST, 1, 8)].concat()];
    let (_, releases) = unbroken(shape, vec![people.concat()]);
    let teams = shown(&releases[0], "team");
    assert!(
        !teams.contains(&fresh("north", 12)) || shown(&releases[0], "area").len() < 2,
        "upland less north: {teams:?}"
    );
}

#[test]
fn a_nested_breakdown_gives_nothing_away_over_two_releases() {
    let shape = Shape { areas: Areas::Around, ..SHAPE };
    let first = [of_both(NORTH, 0, 6), of_both(SOUTH, 0, 5), of_both(EAST, 1, 7)].concat();
    let second = [of_both(NORTH, 0, 5), of_both(SOUTH, 0, 1), of_both(WEST, 1, 6)].concat();
    unbroken(shape, vec![first, second]);
}

#[test]
fn a_group_that_appears_in_the_second_release_is_not_told_by_the_difference() {
    let first = [of_team(NORTH, 10), of_team(SOUTH, 8)].concat();
    let second = [of_team(NORTH, 6), of_team(EAST, 3)].concat();
    let (_, releases) = unbroken(SHAPE, vec![first, second]);
    let north = table(&releases[1], "happy", Some("team")).groups[0].clone();
    assert_eq!((north.base, north.as_at), (Some(10), Some(1)), "16 of now would leave the 3 of 9 who are new");
}

#[test]
fn four_against_one_is_shown_to_the_organisation_and_not_to_the_world() {
    let people = || [who_say(NORTH, 0, 4), who_say(NORTH, 1, 1), who_say(SOUTH, 0, 9), who_say(SOUTH, 1, 8)].concat();
    let counts = |release: &Release| -> Vec<Option<u64>> {
        let north = &table(release, "happy", Some("team")).groups[0];
        north.cells.iter().flatten().map(|cell| cell.count).collect()
    };
    let (_, inside) = unbroken(SHAPE, vec![people()]);
    assert_eq!(counts(&inside[0]), [Some(4), Some(1), Some(0)], "a limit that the chapter names");
    let (_, outside) = unbroken(Shape { is_strict: true, ..SHAPE }, vec![people()]);
    let told = counts(&outside[0]).into_iter().flatten().collect::<Vec<u64>>();
    assert!(told.iter().all(|count| ![1, 4].contains(count)), "{told:?}");
}

#[test]
fn a_group_in_which_everybody_said_the_same_is_not_shown_to_the_world() {
    let people = || [who_say(NORTH, 0, 14), of_team(SOUTH, 16), of_team(EAST, 14)].concat();
    let (_, inside) = unbroken(SHAPE, vec![people()]);
    assert_eq!(shown(&inside[0], "team").len(), 3);
    let (_, outside) = unbroken(Shape { is_strict: true, ..SHAPE }, vec![people()]);
    let is_told = |group: &Group| group.cells.iter().flatten().any(|cell| cell.count.is_some());
    assert!(!is_told(&table(&outside[0], "happy", Some("team")).groups[0]), "14 of 14");
}

#[test]
fn three_of_a_hundred_and_eighty_have_neither_a_count_nor_a_percentage() {
    let people = [who_say(NORTH, 0, 60), who_say(SOUTH, 1, 117), who_say(NORTH, 2, 3)].concat();
    let (_, releases) = unbroken(Shape { is_strict: true, ..SHAPE }, vec![people]);
    let total = &table(&releases[0], "happy", None).groups[0];
    let partly = total.cells.iter().flatten().find(|cell| cell.option == "partly").expect("a cell");
    assert_eq!(
        (partly.count, partly.percent, partly.low, partly.high),
        (None, None, None, None),
        "1.7 % would be the 3"
    );
    assert_eq!(total.base, Some(180));
}

/// Five percentages that a police force published without a base fit 94 people, and
/// hardly anybody else: here each percentage has its base and its count beside it, or is
/// not there.
#[test]
fn a_percentage_never_stands_alone() {
    let fits = |tenths: u64, base: u64| {
        (0..=base).any(|count| {
            crate::release::percent::figure(count, base).unwrap().percent.0 == u32::try_from(tenths).unwrap()
        })
    };
    let bases: Vec<u64> =
        (1..163).filter(|base| [362, 319, 202, 160].iter().all(|tenths| fits(*tenths, *base))).collect();
    assert_eq!(bases, [94]);
    let people = [of_team(NORTH, 20), of_team(SOUTH, 12), of_team(EAST, 3), of_team(None, 2)].concat();
    for is_strict in [false, true] {
        let (_, releases) = unbroken(Shape { is_strict, ..SHAPE }, vec![people.clone()]);
        for group in releases[0].tables.iter().flat_map(|table| &table.groups) {
            for cell in group.cells.iter().flatten() {
                assert_eq!(cell.percent.is_some(), cell.count.is_some());
                assert!(cell.percent.is_none() || group.base.is_some());
            }
        }
    }
}

/// Nothing that Candour does keeps two campaigns apart: each is safe by itself, and who
/// has both learns what one more person said. The chapter says so; whoever publishes
/// both can have them audited as if they were one.
#[test]
fn two_campaigns_over_the_same_people_are_safe_apart_and_not_together() {
    let people = [of_team(NORTH, 12), of_team(SOUTH, 11)].concat();
    let (world, first) = unbroken(SHAPE, vec![people.clone()]);
    let (_, second) = unbroken(SHAPE, vec![[people, who_say(SOUTH, 1, 1)].concat()]);
    let as_one = [first[0].clone(), Release { number: 2, ..second[0].clone() }];
    assert!(!audited(&world, &as_one).is_empty(), "23 people and 24");
    let chapter = include_str!("../disclosure.md");
    assert!(chapter.contains("Two campaigns over the same people"), "the chapter names the limit");
}
