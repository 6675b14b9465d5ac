//! Larger places and longer series than enumeration can bear, held to the auditor.

use super::auditor::audited;
use super::judge::equations;
use super::people::world;
use super::world::{Areas, Shape, World, told};
use proptest::strategy::{Just, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::ops::RangeInclusive;

const NOTHING: Vec<String> = Vec::new();

const SHAPE: Shape = Shape {
    teams: 3,
    areas: Areas::No,
    asks: [true, false, false],
    is_conditional: false,
    k: 5,
    protection: 5,
    is_strict: false,
};

/// So many places with so many releases, the same every time: after every release its
/// figures are true, and an audit of all of them finds nothing.
fn hold(places: usize, shape: Shape, people: RangeInclusive<usize>, releases: RangeInclusive<usize>) {
    let worlds = world(Just(shape), people, *releases.end());
    let mut runner = TestRunner::deterministic();
    let (mut made, mut refused) = (0, 0);
    let drawn = std::iter::repeat_with(|| worlds.new_tree(&mut runner).expect("a place").current());
    for world in drawn.filter(|world: &World| releases.contains(&world.batches.len())).take(places) {
        let (releases, refusal) = world.releases();
        made += releases.len();
        refused += usize::from(refusal.is_some());
        let wrong = equations(&releases, &world.structure()).broken_by(|place| world.people_in(place));
        assert_eq!(wrong, NOTHING, "{world:?}{}", told(&releases));
        for number in 1..=releases.len() {
            let found: Vec<String> = audited(&world, &releases[..number]).iter().map(ToString::to_string).collect();
            assert_eq!(found, NOTHING, "after release {number}\n{world:?}{}", told(&releases[..number]));
        }
    }
    assert!(made >= places && refused * 8 <= made, "{made} made, {refused} refused");
}

#[test]
fn a_dozen_releases_withstand_their_audits() {
    hold(1, Shape { teams: 2, ..SHAPE }, 80..=100, 10..=12);
}

#[test]
fn releases_of_a_question_and_one_that_follows_from_it_withstand_their_audits() {
    hold(4, Shape { asks: [true, true, false], is_conditional: true, ..SHAPE }, 40..=60, 2..=4);
}

#[test]
fn releases_by_a_crossing_withstand_their_audits() {
    hold(3, Shape { teams: 2, areas: Areas::Crossed, k: 3, protection: 3, ..SHAPE }, 30..=50, 2..=3);
}

#[test]
fn releases_by_two_breakdowns_with_a_follow_up_withstand_their_audits() {
    let shape =
        Shape { areas: Areas::Apart, asks: [true, true, false], is_conditional: true, k: 3, protection: 3, ..SHAPE };
    hold(3, shape, 30..=50, 2..=4);
}

#[test]
fn releases_to_the_world_withstand_their_audits() {
    hold(12, Shape { asks: [true, false, true], is_strict: true, ..SHAPE }, 40..=80, 2..=5);
}

#[test]
fn releases_by_teams_and_the_directorates_around_them_withstand_their_audits() {
    hold(12, Shape { teams: 4, areas: Areas::Around, k: 3, protection: 5, ..SHAPE }, 30..=60, 2..=4);
}
