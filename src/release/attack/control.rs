//! The control: what many products do, hiding only what is small by itself. The attack
//! has to break it, or it is no attack.

use super::equations::Place;
use super::judge::attack;
use super::people::{shape, world};
use super::reading::{any_batch, cut_of};
use super::structure::Cut;
use super::world::{Areas, World, codes};
use crate::release::model::{Cell, Group, Policy, Release, Table};
use crate::release::{percent, sample};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

impl World {
    /// Releases with every figure but those of groups of fewer than k.
    pub fn naive_releases(&self) -> Vec<Release> {
        let last = u32::try_from(self.batches.len()).expect("few");
        (1..=last).map(|number| self.naive_release(number)).collect()
    }

    fn naive_release(&self, number: u32) -> Release {
        let structure = self.structure();
        let mut tables: Vec<Table> =
            structure.breakdowns.iter().map(|breakdown| self.naive_sizes(breakdown.as_str(), number)).collect();
        for question in structure.populations().into_iter().flatten() {
            let table = |breakdown: Option<&str>, groups: Vec<Option<String>>| Table {
                question: question.code.to_string(),
                kind: question.type_name().to_owned(),
                breakdown: breakdown.map(str::to_owned),
                groups: groups
                    .iter()
                    .map(|group| self.naive_group(question.code.as_str(), breakdown, group, number))
                    .collect(),
                others: None,
            };
            tables.push(table(None, vec![None]));
            for breakdown in &structure.breakdowns {
                let values = structure.values(breakdown).into_iter().flatten().map(|value| Some(value.to_string()));
                tables.push(table(Some(breakdown.as_str()), values.collect()));
            }
        }
        let policy = Policy {
            min_base: self.shape.k,
            comment_min_base: 10,
            decimals: 1,
            protection: Some(self.shape.protection),
            strict: self.shape.is_strict,
        };
        let base = self.people_up_to(&any_batch(None, &Cut::new(), None), number);
        Release { number, policy, base, tables, ..sample::empty_release() }
    }

    /// How large a breakdown's groups are.
    fn naive_sizes(&self, breakdown: &str, number: u32) -> Table {
        let all = codes(&self.survey, breakdown);
        let people = |value: &String| {
            let cut = vec![(breakdown.to_owned(), Some(value.clone()))];
            self.people_up_to(&any_batch(None, &cut, None), number)
        };
        let base = all.iter().map(people).sum();
        let cells = all.iter().map(|value| cell(value, people(value), base, self.is_large(people(value))));
        let group = Group {
            group: None,
            as_at: None,
            base: self.is_large(base).then_some(base),
            cells: self.is_large(base).then(|| cells.collect()),
            favourable: None,
            collapsed: None,
        };
        let (question, kind) = (breakdown.to_owned(), "single".to_owned());
        Table { question, kind, breakdown: None, groups: vec![group], others: None }
    }

    pub fn is_large(&self, people: u64) -> bool {
        people >= u64::from(self.shape.k)
    }

    /// A group as it is, if it is of k or more.
    pub fn naive_group(&self, question: &str, breakdown: Option<&str>, group: &Option<String>, number: u32) -> Group {
        let cut = cut_of(breakdown, group.as_deref());
        let people = |option: Option<&str>| self.people_up_to(&any_batch(Some(question), &cut, option), number);
        let base = people(None);
        let is_shown = self.is_large(base);
        let cells = codes(&self.survey, question);
        let cells = cells.iter().map(|option| cell(option, people(Some(option)), base, true));
        Group {
            group: group.clone(),
            as_at: None,
            base: is_shown.then_some(base),
            cells: is_shown.then(|| cells.collect()),
            favourable: None,
            collapsed: None,
        }
    }

    fn people_up_to(&self, place: &Place, number: u32) -> u64 {
        let people: i64 = (1..=number).map(|batch| self.people_in(&Place { batch, ..place.clone() })).sum();
        u64::try_from(people).expect("people")
    }
}

fn cell(option: &str, count: u64, base: u64, is_shown: bool) -> Cell {
    percent::cell(option, is_shown.then_some(count), base)
}

/// What the attack finds in twenty places.
#[test]
fn hiding_only_what_is_small_is_broken_by_the_dozen() {
    let mut runner = TestRunner::deterministic();
    let (mut places, mut breaches) = (0, 0);
    for _ in 0..20 {
        let tree = world(shape(&[Areas::No, Areas::Apart], false), 15..=25, 3).new_tree(&mut runner);
        let world = tree.expect("a place").current();
        let truth = |place: &Place| world.people_in(place);
        let outcome = attack(&world.naive_releases(), &world.structure(), &truth);
        places += usize::from(!outcome.breaches.is_empty());
        breaches += outcome.breaches.len();
    }
    assert!(places >= 15 && breaches >= 200, "{breaches} breaches, in {places} of 20 places");
}
