//! The two attacks on an invented place's releases: by linear programs, and by
//! enumeration.

use super::equations::Place;
use super::judge::{Outcome, attack};
use super::world::World;
use crate::release::audit::{self, Only, audit};
use crate::release::model::Release;

pub fn audited(world: &World, releases: &[Release]) -> Vec<audit::Breach> {
    audit(releases, Some(&world.survey), Only::Everything, &mut |_, _| ()).breaches
}

pub fn enumerated(world: &World, releases: &[Release]) -> Outcome {
    let truth = |place: &Place| world.people_in(place);
    attack(releases, &world.structure(), &truth)
}
