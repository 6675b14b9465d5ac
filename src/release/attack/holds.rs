//! Random places, held to the promise.

use super::auditor::enumerated;
use super::judge::equations;
use super::people::{shape, world};
use super::world::{Areas, World, told};
use proptest::prelude::*;

/// As many as the default says, divided: `PROPTEST_CASES` asks for more.
pub fn cases(divided_by: u32) -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases.div_ceil(divided_by), max_shrink_iters: 400, ..config }
}

const NOTHING: Vec<String> = Vec::new();

/// How places are split.
const ANY: &[Areas] = &[Areas::No, Areas::Apart, Areas::Crossed, Areas::Around];

/// After each release, what whole numbers of people give away.
fn holds(world: &World) -> Result<(), TestCaseError> {
    let (releases, _) = world.releases();
    for number in 1..=releases.len() {
        let so_far = &releases[..number];
        let outcome = enumerated(world, so_far);
        let found: Vec<String> = outcome.breaches.iter().map(ToString::to_string).collect();
        prop_assert!(found.is_empty(), "{found:#?}\n{}", told(so_far));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn nothing_hidden_can_be_worked_out_by_one_breakdown(world in world(shape(&[Areas::No], false), 10..=25, 3)) {
        holds(&world)?;
    }

    #[test]
    fn figures_are_those_of_their_release(world in world(shape(ANY, false), 5..=40, 4)) {
        let (releases, _) = world.releases();
        let wrong = equations(&releases, &world.structure()).broken_by(|place| world.people_in(place));
        prop_assert_eq!(wrong, NOTHING);
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn nothing_hidden_can_be_worked_out_by_two(world in world(shape(&[Areas::Apart, Areas::Around], false), 10..=18, 2)) {
        holds(&world)?;
    }
}
