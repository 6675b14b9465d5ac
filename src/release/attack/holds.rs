//! Random places, held to the promise.

use super::judge::equations;
use super::people::{shape, world};
use super::world::Areas;
use proptest::prelude::*;

/// As many as the default says, divided: `PROPTEST_CASES` asks for more.
fn cases(divided_by: u32) -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig { cases: config.cases.div_ceil(divided_by), max_shrink_iters: 400, ..config }
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn figures_are_those_of_their_release(world in world(shape(&[Areas::No, Areas::Apart, Areas::Around], false), 5..=120, 12)) {
        let (releases, _) = world.releases();
        let wrong = equations(&releases, &world.structure()).broken_by(|place| world.people_in(place));
        prop_assert_eq!(wrong, Vec::<String>::new());
    }
}
