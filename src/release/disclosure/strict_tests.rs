//! The strict policy: no count of few, and nothing that can be worked out to be one.

use crate::release::make::{Terms, make};
use crate::release::model::{Group, Release, Table};
use crate::release::{UptakeCounts, sample};
use crate::survey::{Answer, Answers, Survey};
use proptest::prelude::*;
use std::collections::BTreeMap;

const K: u64 = 5;
const GROUPS: [&str; 3] = ["adults", "children", "housing"];
const POINTS: [&str; 3] = ["agree", "neither", "disagree"];

/// For each batch, for each group (the last: did not say), for each answer, how many.
type Population = Vec<Vec<Vec<u64>>>;

fn population() -> impl Strategy<Value = Population> {
    let people = prop_oneof![3 => Just(0_u64), 2 => 1..K, 4 => K..3 * K];
    let batch = prop::collection::vec(prop::collection::vec(people, POINTS.len()), GROUPS.len() + 1);
    let batches = prop::collection::vec(batch, 1..4);
    batches.prop_filter("a batch is K at least", |batches| {
        batches.iter().all(|batch| batch.iter().flatten().sum::<u64>() >= K)
    })
}

fn responses(population: &[Vec<Vec<u64>>]) -> Vec<(u32, Answers)> {
    let mut responses = Vec::new();
    for (batch, groups) in (1..).zip(population) {
        for (group, answers) in groups.iter().enumerate() {
            for (answer, people) in answers.iter().enumerate() {
                let reasons = if answer == 0 { vec![sample::code("pay")] } else { vec![sample::code("workload")] };
                let mut one = Answers::from([
                    (sample::code("morale"), Answer::One(sample::code(POINTS[answer]))),
                    (sample::code("reasons"), Answer::Many(reasons.into_iter().collect())),
                ]);
                if let Some(group) = GROUPS.get(group) {
                    one.insert(sample::code("directorate"), Answer::One(sample::code(group)));
                }
                responses.extend((0..*people).map(|_| (batch, one.clone())));
            }
        }
    }
    responses
}

fn releases(population: &Population) -> Vec<Release> {
    let survey: Survey = sample::survey();
    let mut releases: Vec<Release> = Vec::new();
    for number in 1..=population.len() {
        let terms = Terms { strict: true, uptake: UptakeCounts::default(), ..sample::terms() };
        let made = make(terms, &survey, &releases, responses(&population[..number])).unwrap().release;
        releases.push(Release { hash: format!("{number}"), ..made });
    }
    releases
}

/// Whether it says nothing of few, nor the same of all.
fn is_harmless(count: u64, of: u64) -> bool {
    of == 0 || (count == 0 || count >= K) && of >= count + K
}

/// How many of a group chose any of these options, where that can be added up; and how many
/// they are.
fn known(group: &Group, options: &[&str]) -> Option<(u64, u64)> {
    let base = group.base?;
    let single = |option: &&str| group.cells.iter().flatten().find(|cell| cell.option == **option)?.count;
    let sum: Option<u64> = options.iter().map(single).sum();
    let together = group.collapsed.iter().flatten().find(|part| part.options == *options);
    sum.or_else(|| together?.count).map(|count| (count, base))
}

fn tables<'a>(releases: &'a [Release], question: &'a str) -> impl Iterator<Item = (u32, &'a Table)> {
    releases.iter().flat_map(move |release| {
        release.tables.iter().filter(move |table| table.question == question).map(|table| (release.number, table))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_count_of_few_can_be_added_up(population in population()) {
        let releases = releases(&population);
        for question in ["morale", "reasons"] {
            let options: Vec<&str> = if question == "morale" { POINTS.to_vec() } else { vec!["pay", "workload", "career"] };
            for option in options {
                // In a group, and since any earlier release.
                let mut seen: BTreeMap<Option<String>, Vec<(u64, u64)>> = BTreeMap::new();
                for (number, table) in tables(&releases, question) {
                    let mut left = None;
                    let mut shown = (0, 0);
                    for group in &table.groups {
                        let Some((count, base)) = known(group, &[option]) else { continue };
                        prop_assert!(is_harmless(count, base), "release {number}: {question} {group:?} {option}");
                        let earlier = seen.entry(group.group.clone()).or_default();
                        for (before, base_before) in earlier.iter() {
                            prop_assert!(is_harmless(count - before, base - base_before), "since: {number} {group:?} {option}");
                        }
                        earlier.push((count, base));
                        shown = (shown.0 + count, shown.1 + base);
                        left = Some(());
                    }
                    let total = releases[usize::try_from(number).unwrap() - 1].tables.iter().find(|one| one.question == question).unwrap();
                    if let Some((count, base)) = known(&total.groups[0], &[option]).filter(|_| table.breakdown.is_some() && left.is_some()) {
                        prop_assert!(is_harmless(count - shown.0, base - shown.1), "others: {number} {option}");
                    }
                }
            }
        }
        // Options add up to the base: what is hidden of a group is of enough, or of nobody.
        for (number, table) in tables(&releases, "morale") {
            for group in table.groups.iter().filter(|group| group.collapsed.is_none()) {
                let Some(base) = group.base else { continue };
                let shown: Vec<u64> = group.cells.iter().flatten().filter_map(|cell| cell.count).collect();
                let hidden = base - shown.iter().sum::<u64>();
                let few = (1..K).contains(&hidden) && shown.len() < POINTS.len() && !shown.is_empty();
                prop_assert!(!few, "release {number}: {group:?}");
            }
        }
    }
}

#[test]
fn a_group_in_which_all_say_the_same_is_not_shown_to() {
    let batch = vec![vec![12, 0, 0], vec![8, 9, 7], vec![9, 8, 10], vec![0, 0, 0]];
    let release = releases(&vec![batch]).remove(0);
    let morale = release.tables.iter().find(|table| table.question == "morale" && table.breakdown.is_some()).unwrap();
    let adults = &morale.groups[0];
    assert_eq!(adults.base, Some(12), "how many there are is no secret");
    assert!(adults.cells.iter().flatten().all(|cell| cell.count.is_none()), "{adults:?}");
    let others = &morale.groups[1..];
    assert!(
        others.iter().any(|group| group.cells.iter().flatten().any(|cell| cell.count.is_none())),
        "nor by subtraction"
    );
}

#[test]
fn what_is_of_enough_is_shown() {
    let batch = vec![vec![12, 6, 9], vec![8, 9, 7], vec![9, 8, 10], vec![0, 0, 0]];
    let release = releases(&vec![batch]).remove(0);
    let mut cells = tables(std::slice::from_ref(&release), "morale").flat_map(|(_, table)| &table.groups);
    assert!(cells.all(|group| group.cells.iter().flatten().all(|cell| cell.count.is_some())));
}
