//! Random places, held to the promise.

use super::auditor::{audited, enumerated};
use super::judge::equations;
use super::people::{shape, world};
use super::world::{Areas, Person, Shape, World, told};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// As many as the default says, divided: `PROPTEST_CASES` asks for more.
pub fn cases(divided_by: u32) -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases.div_ceil(divided_by), max_shrink_iters: 400, ..config }
}

const NOTHING: Vec<String> = Vec::new();

/// How places are split.
const ANY: &[Areas] = &[Areas::No, Areas::Apart, Areas::Crossed, Areas::Around];

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn figures_are_those_of_their_release(world in world(shape(ANY, false), 5..=40, 4)) {
        let (releases, _) = world.releases();
        let wrong = equations(&releases, &world.structure()).broken_by(|place| world.people_in(place));
        prop_assert_eq!(wrong, NOTHING);
    }
}

/// What whole numbers of people give away after any release, in the same places every
/// time: in how many, and the first that shows it.
fn broken(places: u32, worlds: impl Strategy<Value = World>) -> (u32, String) {
    let mut runner = TestRunner::deterministic();
    let (mut broken, mut first) = (0, String::new());
    for _ in 0..places {
        let world = worlds.new_tree(&mut runner).expect("a place").current();
        let (releases, _) = world.releases();
        let outcomes = (1..=releases.len()).map(|number| (number, enumerated(&world, &releases[..number])));
        if let Some((number, outcome)) = outcomes.into_iter().find(|(_, outcome)| !outcome.breaches.is_empty()) {
            broken += 1;
            let k = i64::from(world.shape.k);
            let is_somebody = outcome.breaches.iter().any(|breach| breach.low > 0 && breach.high < k);
            assert!(!is_somebody, "{:#?}\n{world:?}{}", outcome.breaches, told(&releases[..number]));
            if first.is_empty() {
                let found: Vec<String> = outcome.breaches.iter().map(ToString::to_string).collect();
                first = format!("{found:#?}\n{world:?}{}", told(&releases[..number]));
            }
        }
    }
    (broken, first)
}

/// Nothing in any of so many places.
fn hold(places: u32, worlds: impl Strategy<Value = World>) {
    let (broken, first) = broken(places, worlds);
    assert_eq!(broken, 0, "such as\n{first}");
}

#[test]
fn nothing_hidden_can_be_worked_out_by_one_breakdown() {
    hold(cases(5).cases, world(shape(&[Areas::No], false), 10..=25, 3));
}

#[test]
fn nothing_hidden_can_be_worked_out_by_two() {
    hold(cases(6).cases, world(shape(&[Areas::Apart, Areas::Around], false), 10..=18, 2));
}

#[test]
fn nothing_hidden_can_be_worked_out_by_a_crossing() {
    let shape = shape(&[Areas::Crossed], false).prop_map(|shape| Shape { teams: shape.teams.min(3), ..shape });
    hold(cases(20).cases, world(shape, 10..=25, 2));
}

/// All of the south who are shown to say yes came late, and so all but one did.
#[test]
fn who_does_not_know_that_a_team_was_empty_learns_no_more_of_it_than_who_does() {
    let shape = Shape {
        teams: 4,
        areas: Areas::Around,
        asks: [true, false, false],
        is_conditional: false,
        k: 3,
        protection: 2,
        is_strict: false,
    };
    let of = |team: usize, happy: usize, people: usize| {
        vec![Person { team: Some(team), area: Some(team / 2), happy: Some(happy), ..Person::default() }; people]
    };
    let first = [of(0, 1, 2), of(0, 2, 1), of(3, 1, 2)].concat();
    let second = [of(2, 1, 1), of(2, 2, 1), of(2, 0, 2), of(0, 1, 1), of(0, 0, 3), of(1, 1, 1), of(1, 0, 2)].concat();
    let world = World::new(shape, vec![first, second]);
    let (releases, refused) = world.releases();
    assert!(refused.is_none(), "{refused:?}");
    assert_eq!(enumerated(&world, &releases).breaches, [], "{}", told(&releases));
}

fn asked_if(shape: Shape) -> Shape {
    Shape { asks: [true, true, false], is_conditional: true, ..shape }
}

#[test]
fn nothing_hidden_can_be_worked_out_of_a_question_that_only_some_are_asked() {
    hold(cases(8).cases, world(shape(&[Areas::No], false).prop_map(asked_if), 10..=25, 3));
}

/// Only one of the south is not happy, and whoever is not is asked for reasons.
#[test]
fn the_auditor_knows_who_is_asked() {
    let shape = Shape {
        teams: 2,
        areas: Areas::No,
        asks: [true, true, false],
        is_conditional: true,
        k: 3,
        protection: 4,
        is_strict: false,
    };
    let of = |team: usize, happy: usize, people: usize| {
        let reasons = (happy == 1).then(|| vec![0]);
        vec![Person { team: Some(team), happy: Some(happy), reasons, ..Person::default() }; people]
    };
    let world = World::new(shape, vec![[of(0, 0, 5), of(0, 1, 2), of(1, 0, 2), of(1, 1, 1)].concat()]);
    let found: Vec<String> = audited(&world, &world.naive_releases()).iter().map(ToString::to_string).collect();
    assert!(found.contains(&"release 1, reasons by team, south: 1 person".to_owned()), "{found:?}");
}
