//! What whoever knows the place knows beside the figures.

use super::published::{Nesting, Published};

/// What is known of the groups of a campaign's breakdowns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    pub deserted: Vec<Deserted>,
    pub nested: Vec<Nested>,
}

/// A group of a breakdown or a crossing: nobody of it came after one release, up to
/// another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deserted {
    pub breakdown: String,
    pub group: String,
    pub after: u32,
    pub up_to: u32,
}

/// A breakdown of which each group lies wholly within one of another, as teams do in
/// directorates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested {
    pub inner: String,
    pub outer: String,
    /// Groups of the first, each with the one of the other that it lies within.
    pub within: Vec<(String, String)>,
    /// Whether nobody says the one and not the other.
    pub are_said_together: bool,
}

impl Knowledge {
    /// Adds it to what is published; what is about no published group says nothing.
    pub fn add_to(&self, published: &mut Published) {
        let node = |one: &Deserted| Some((published.group(&one.breakdown, &one.group)?, (one.after, one.up_to)));
        let deserted = self.deserted.iter().filter_map(node).collect();
        let nestings = self.nested.iter().filter_map(|nested| nesting(published, nested)).collect();
        published.deserted = deserted;
        published.nestings = nestings;
    }
}

fn nesting(published: &Published, nested: &Nested) -> Option<Nesting> {
    let (inner, outer) = (published.breakdown(&nested.inner)?, published.breakdown(&nested.outer)?);
    let group = |breakdown: usize, name: &str| {
        published.breakdowns.get(breakdown)?.groups.iter().position(|one| one == name).map(|at| at + 1)
    };
    let within = nested.within.iter().filter_map(|(one, other)| Some((group(inner, one)?, group(outer, other)?)));
    Some(Nesting { inner, outer, within: within.collect(), are_said_together: nested.are_said_together })
}
