//! Random places, held to the promise.

use super::auditor::enumerated;
use super::judge::equations;
use super::people::{shape, world};
use super::world::{Areas, World, told};
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

#[test]
fn nothing_hidden_can_be_worked_out_by_one_breakdown() {
    let (broken, first) = broken(cases(8).cases, world(shape(&[Areas::No], false), 10..=25, 3));
    assert_eq!(broken, 0, "such as\n{first}");
}

#[test]
fn nothing_hidden_can_be_worked_out_by_two() {
    let areas = &[Areas::Apart, Areas::Around];
    let (broken, first) = broken(cases(16).cases, world(shape(areas, false), 10..=18, 2));
    assert_eq!(broken, 0, "such as\n{first}");
}
