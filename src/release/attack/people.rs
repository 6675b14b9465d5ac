//! Random places, people and orders of arrival.

use super::world::{Areas, Person, Shape, World};
use proptest::prelude::*;

/// What can be asked, and how it is split. Small k and w, so that few people are
/// enough to make some hidden and some shown.
pub fn shape(areas: &'static [Areas], is_strict: bool) -> impl Strategy<Value = Shape> {
    let asks = prop_oneof![
        4 => Just([true, false, false]),
        2 => Just([true, true, false]),
        1 => Just([false, false, true]),
        1 => Just([true, false, true]),
    ];
    let policy = prop::sample::select(vec![(2, 2), (3, 3), (3, 2), (3, 4), (5, 5)]);
    let areas = prop::sample::select(areas);
    (2..=4_usize, areas, asks, Just(false), policy).prop_map(
        move |(teams, areas, asks, is_conditional, (k, protection))| Shape {
            teams: if areas == Areas::Around { 4 } else { teams },
            areas,
            asks,
            is_conditional,
            k,
            protection,
            is_strict,
        },
    )
}

/// A place with up to so many people, who come with up to so many releases.
pub fn world(
    shape: impl Strategy<Value = Shape>,
    people: std::ops::RangeInclusive<usize>,
    releases: usize,
) -> impl Strategy<Value = World> {
    shape
        .prop_flat_map(move |shape| {
            let arrivals = prop::collection::vec((person(shape.clone()), any::<u8>()), people.clone());
            let answers_all = prop::bool::weighted(0.6);
            (Just(shape), arrivals, 1..=releases, answers_all, any::<u8>())
        })
        .prop_map(|(shape, arrivals, releases, answers_all, late)| {
            let arrivals = arrivals.into_iter().map(|(person, at)| {
                let batch = usize::from(at) % releases;
                (if answers_all { person.outspoken(&shape) } else { person }, batch)
            });
            let mut batches = batched(arrivals.collect(), releases);
            // Now and then a team of whom all come late.
            if late % 3 == 0 {
                let team = usize::from(late) % shape.teams;
                postpone(&mut batches, team);
            }
            World::new(shape.clone(), enough(&shape, batches))
        })
}

fn person(shape: Shape) -> impl Strategy<Value = Person> {
    // The first team is the largest, the last is hardly there.
    let team = prop_oneof![8 => Just(0_usize), 5 => Just(1), 3 => Just(2), 2 => Just(3)];
    let area = prop_oneof![5 => Just(0_usize), 3 => Just(1), 1 => Just(2)];
    let said = prop::option::weighted(0.9, team);
    let happy = prop::option::weighted(0.9, prop_oneof![4 => Just(0_usize), 3 => Just(1), 1 => Just(2)]);
    let reasons =
        prop::option::weighted(0.9, prop::sample::select(vec![vec![0], vec![1], vec![0, 1], vec![2], vec![]]));
    let morale = prop::option::weighted(0.9, prop_oneof![3 => Just(0_usize), 1 => Just(1), 2 => Just(2)]);
    (said, prop::option::weighted(0.9, area), happy, reasons, morale).prop_map(
        move |(team, area, happy, reasons, morale)| {
            let team = team.filter(|team| *team < shape.teams);
            let area = match shape.areas {
                Areas::No => None,
                Areas::Around => team.map(|team| team / 2),
                Areas::Apart | Areas::Crossed => area,
            };
            let [asks_happy, asks_reasons, asks_morale] = shape.asks;
            let happy = happy.filter(|_| asks_happy);
            let is_asked = asks_reasons && (!shape.is_conditional || happy == Some(1));
            let reasons = reasons.filter(|_| is_asked);
            Person { team, area, happy, reasons, morale: morale.filter(|_| asks_morale) }
        },
    )
}

impl Person {
    /// The same, with a team, and with an answer to whatever they are asked.
    fn outspoken(self, shape: &Shape) -> Person {
        let team = self.team.or(Some(0));
        let area = match shape.areas {
            Areas::No => None,
            Areas::Around => team.map(|team| team / 2),
            Areas::Apart | Areas::Crossed => self.area.or(Some(0)),
        };
        let [asks_happy, asks_reasons, asks_morale] = shape.asks;
        let happy = self.happy.or(if asks_happy { Some(0) } else { None });
        let is_asked = asks_reasons && (!shape.is_conditional || happy == Some(1));
        let reasons = if is_asked { self.reasons.or(Some(vec![0])) } else { None };
        let morale = self.morale.or(if asks_morale { Some(0) } else { None });
        Person { team, area, happy, reasons, morale }
    }
}

fn batched(arrivals: Vec<(Person, usize)>, releases: usize) -> Vec<Vec<Person>> {
    let mut batches = vec![Vec::new(); releases];
    for (person, batch) in arrivals {
        batches[batch].push(person);
    }
    batches
}

fn postpone(batches: &mut [Vec<Person>], team: usize) {
    let mut late = Vec::new();
    for batch in batches.iter_mut() {
        let (of_team, others) =
            std::mem::take(batch).into_iter().partition(|person: &Person| person.team == Some(team));
        late.extend::<Vec<Person>>(of_team);
        *batch = others;
    }
    batches.last_mut().expect("a batch").extend(late);
}

/// As in life: a batch of too few waits for the next.
fn enough(shape: &Shape, batches: Vec<Vec<Person>>) -> Vec<Vec<Person>> {
    let least = usize::try_from(shape.k.max(shape.protection)).expect("small");
    let mut released: Vec<Vec<Person>> = Vec::new();
    let mut waiting = Vec::new();
    for batch in batches {
        waiting.extend(batch);
        if waiting.len() >= least {
            released.push(std::mem::take(&mut waiting));
        }
    }
    released
}
