//! Random people who move from release to release, against two attackers: whoever has
//! what is published, and all combinations of it (`ways.rs`); and one who knows besides
//! which ways people went, with the attack on the tables.

mod ways;

use super::*;
use crate::release::disclosure::attack::{Atom, Sum, fewest_exposed};
use crate::release::{Policy, sample};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

const OUTCOMES: [&str; 5] = ["online", "independent", "hr", "declined", "outstanding"];
const OUTSTANDING: usize = 4;

/// What became of somebody's offer at each release; none: not offered yet.
type Path = Vec<Option<usize>>;

#[derive(Clone, Debug)]
struct Story {
    k: u32,
    releases: usize,
    people: BTreeMap<Path, u64>,
}

/// Some come, some move. Whoever moves does so with others, or alone.
fn story(most_releases: usize) -> impl Strategy<Value = Story> {
    let k = prop_oneof![Just(3_u64), Just(5), Just(10)];
    (k, 1..=most_releases)
        .prop_flat_map(|(k, releases)| {
            let few = prop_oneof![4 => Just(0), 3 => 1..k, 4 => k..3 * k];
            let come = prop::collection::vec(few.clone(), OUTCOMES.len());
            let moves = prop::collection::vec((0..OUTCOMES.len(), 0..OUTCOMES.len(), few), 0..4);
            (Just(k), prop::collection::vec((come, moves), releases))
        })
        .prop_map(|(k, rounds)| {
            let mut people: BTreeMap<Path, u64> = BTreeMap::new();
            let releases = rounds.len();
            for (round, (come, moves)) in rounds.into_iter().enumerate() {
                let stay = |(mut path, count): (Path, u64)| {
                    path.push(path.last().copied().flatten());
                    (path, count)
                };
                people = people.into_iter().map(stay).collect();
                for (from, to, count) in moves {
                    shift(&mut people, from, to, count);
                }
                for (outcome, count) in come.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                    let path = std::iter::repeat_n(None, round).chain([Some(outcome)]).collect();
                    *people.entry(path).or_default() += count;
                }
            }
            Story { k: u32::try_from(k).unwrap(), releases, people }
        })
}

/// An answer is for good; nobody who declined becomes outstanding again.
fn shift(people: &mut BTreeMap<Path, u64>, from: usize, to: usize, mut count: u64) {
    if from < 3 || from == 3 && to == OUTSTANDING {
        return;
    }
    let paths: Vec<Path> = people.keys().filter(|path| path.last() == Some(&Some(from))).cloned().collect();
    for path in paths {
        let moving = people[&path].min(count);
        count -= moving;
        *people.get_mut(&path).unwrap() -= moving;
        let mut moved = path;
        *moved.last_mut().unwrap() = Some(to);
        *people.entry(moved).or_default() += moving;
    }
    people.retain(|_, count| *count > 0);
}

impl Story {
    fn counts(&self, release: usize) -> UptakeCounts {
        let of = |outcome: usize| -> u64 {
            self.people.iter().filter(|(path, _)| path[release] == Some(outcome)).map(|(_, people)| people).sum()
        };
        let taken_up = of(0) + of(1) + of(2);
        UptakeCounts {
            offered: taken_up + of(3) + of(4),
            taken_up,
            modes: (0..3).map(|mode| (OUTCOMES[mode].to_owned(), of(mode))).collect(),
            declined: of(3),
            ..UptakeCounts::default()
        }
    }

    fn releases(&self) -> Vec<Release> {
        let mut releases: Vec<Release> = Vec::new();
        for number in 0..self.releases {
            let counts = self.counts(number);
            let number = u32::try_from(number + 1).unwrap();
            let policy = Policy { min_base: self.k, ..sample::empty_release().policy };
            // There is no release without enough new responses: here, of earlier questionnaires.
            let base = counts.taken_up + u64::from(number) * policy.least();
            let release = Release { number, policy, base, ..sample::empty_release() };
            let uptake = uptake(&counts, &release, &releases);
            releases.push(Release { uptake, ..release });
        }
        releases
    }

    /// What somebody can find out who knows which ways people went, though not how many: the
    /// fewest people whom a combination of `figures` counts, each once.
    fn exposed(&self, figures: &[Figure]) -> Option<(u64, Vec<Path>)> {
        // Whoever looks does not know in which part those who are new are: somebody
        // may have come at any time, to any part, and stayed.
        let stayers = (0..self.releases).flat_map(|at| (0..OUTCOMES.len()).map(move |outcome| (at, outcome)));
        let stayer = |(at, outcome)| -> Path { (0..self.releases).map(|now| (now >= at).then_some(outcome)).collect() };
        let mut paths = self.people.clone();
        for path in stayers.map(stayer) {
            paths.entry(path).or_default();
        }
        let paths: Vec<(Path, u64)> = paths.into_iter().collect();
        let atoms: Vec<Atom> =
            (0..).zip(&paths).map(|(batch, (_, people))| Atom { group: None, batch, people: *people }).collect();
        let is_in = |path: &Path, figure: &Figure| path[figure.at].is_some_and(|outcome| figure.of.contains(&outcome));
        let sums: Vec<Sum> =
            figures.iter().map(|figure| paths.iter().map(|(path, _)| is_in(path, figure)).collect()).collect();
        let (people, atoms) = fewest_exposed(&atoms, &sums, u64::from(self.k), |_| true)?;
        let path = |atom: &Atom| paths[usize::try_from(atom.batch).unwrap()].0.clone();
        Some((people, atoms.iter().map(path).collect()))
    }
}

impl Story {
    /// Each release with all its numbers, but for those of fewer than k.
    fn unprotected(&self) -> Vec<Release> {
        let release = |number: usize| {
            let counts = self.counts(number);
            let others = [counts.declined, counts.offered - counts.taken_up - counts.declined];
            let sides =
                [counts.modes.clone(), vec![("declined".to_owned(), others[0]), ("outstanding".to_owned(), others[1])]];
            let before = Before { releases: Vec::new(), k: u64::from(self.k), least: u64::from(self.k) };
            let alone = |side: &Vec<Part>| InParts { sides: side.iter().map(|part| vec![part.clone()]).collect() };
            let mut parts = InParts { sides: sides.to_vec() }.shown(&before, &[]);
            parts.cells = sides.iter().flat_map(|side| alone(side).shown(&before, &[]).cells).collect();
            let uptake = figure(counts.taken_up, counts.offered).map(|taken_up| Uptake {
                as_at: None,
                offered: counts.offered,
                taken_up,
                by_mode: Some(parts),
                declined_because: None,
                interviews: None,
                independent_option: None,
            });
            Release {
                number: u32::try_from(number + 1).unwrap(),
                uptake,
                base: counts.taken_up,
                ..sample::empty_release()
            }
        };
        (0..self.releases).map(release).collect()
    }

    /// The control: every sum and part of k people or more, in every release.
    fn large_enough(&self) -> Vec<Figure> {
        let sets = || (0..5).map(|one| vec![one]).chain([(0..5).collect(), (0..3).collect()]);
        let all = (0..self.releases).flat_map(|at| sets().map(move |of| Figure { of, at }));
        let people = |figure: &Figure| -> u64 {
            let is_in = |path: &Path| path[figure.at].is_some_and(|outcome| figure.of.contains(&outcome));
            self.people.iter().filter(|(path, _)| is_in(path)).map(|(_, people)| people).sum()
        };
        all.filter(|figure| people(figure) >= u64::from(self.k)).collect()
    }
}

/// A published number: of whom, and when.
#[derive(Clone, Debug)]
struct Figure {
    of: Vec<usize>,
    at: usize,
}

fn published(releases: &[Release]) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (at, uptake) in releases.iter().enumerate().filter_map(|(at, release)| Some((at, fresh(release)?))) {
        figures.push(Figure { of: (0..5).collect(), at });
        figures.push(Figure { of: (0..3).collect(), at });
        let parts = uptake.by_mode.iter().filter(|parts| parts.as_at.is_none());
        let cells = parts.flat_map(|parts| &parts.cells).enumerate().filter(|(_, cell)| cell.count.is_some());
        figures.extend(cells.map(|(outcome, _)| Figure { of: vec![outcome], at }));
    }
    figures
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_combination_of_two_releases_gives_fewer_than_k(story in story(2)) {
        prop_assert_eq!(story.exposed(&published(&story.releases())), None);
    }
}

fn stories(count: usize, releases: usize) -> Vec<Story> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| story(releases).new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn no_combination_of_whatever_releases_gives_fewer_than_k() {
    for story in stories(2000, 6).into_iter().chain(stories(200, 12)) {
        let releases = story.releases();
        assert_eq!(ways::fewest_counted(&releases, u64::from(story.k)), None, "{story:?}\n{:?}", published(&releases));
    }
}

#[test]
fn no_attack_on_uptake_and_tables_together_finds_anything() {
    for story in stories(100, 6).into_iter().chain(stories(20, 12)) {
        assert_eq!(audit::uptake::breaches(&story.releases()), [], "{story:?}");
    }
}

// The way that everybody went is more than anybody can know from releases: see
// "What this does not do". These stories are small and restless.
#[test]
fn whoever_knows_which_ways_nobody_went_hardly_ever_gets_further() {
    let is_broken = |story: &Story| story.exposed(&published(&story.releases())).is_some();
    let broken = stories(500, 6).iter().filter(|story| is_broken(story)).count();
    assert!(broken <= 2, "the attack found {broken} of 500");
}

#[test]
fn showing_whatever_is_large_enough_is_broken_by_the_same_attacks() {
    let (mut from_outside, mut knowing) = (0, 0);
    for story in stories(100, 6) {
        from_outside += usize::from(ways::fewest_counted(&story.unprotected(), u64::from(story.k)).is_some());
        knowing += usize::from(story.exposed(&story.large_enough()).is_some());
    }
    assert!(from_outside >= 40 && knowing >= 60, "only {from_outside} and {knowing} of 100");
}

#[test]
fn much_of_what_is_large_enough_is_shown() {
    let (mut large, mut shown) = (0, 0);
    for story in stories(500, 6) {
        large += story.large_enough().len();
        shown += published(&story.releases()).len();
    }
    assert!(shown * 2 >= large, "only {shown} of {large}");
}
