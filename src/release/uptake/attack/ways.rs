//! All that can be had from published numbers of people who move: every combination
//! that counts everybody once or not at all, whichever way they went.

use super::{OUTCOMES, fresh};
use crate::release::Release;
use std::collections::BTreeMap;

/// How often whoever is in an outcome at a release is counted from then on: least and
/// most, over the ways that they may go. None: nobody is there.
type Times = [Option<(i64, i64)>; 5];

/// Sums of published numbers, a bit each, with nought in the middle. Those that are further
/// off are of no use to anybody here.
#[derive(Clone, Copy)]
struct Sums([u64; WORDS]);

const WORDS: usize = 32;
const NOUGHT: usize = WORDS * 32;

impl Sums {
    fn only(sum: usize) -> Self {
        let mut sums = Sums([0; WORDS]);
        sums.0[(NOUGHT + sum) / 64] |= 1 << ((NOUGHT + sum) % 64);
        sums
    }

    fn has(&self, sum: usize) -> bool {
        self.0[(NOUGHT + sum) / 64] >> ((NOUGHT + sum) % 64) & 1 == 1
    }

    /// Adds to these each of `others` and so many.
    fn take(&mut self, others: &Sums, more: i64) {
        let (words, bits) = (more.div_euclid(64), u32::try_from(more.rem_euclid(64)).unwrap());
        for (at, word) in self.0.iter_mut().enumerate() {
            let from = |at: i64| usize::try_from(at).ok().and_then(|at| others.0.get(at)).copied().unwrap_or(0);
            let at = i64::try_from(at).unwrap() - words;
            *word |= from(at) << bits | from(at - 1).checked_shr(64 - bits).unwrap_or(0);
        }
    }
}

/// What one release says: how many were offered an interview, and of which sets of
/// outcomes it is known how many are in them.
struct Told {
    offered: i64,
    sets: Vec<(Vec<usize>, i64)>,
}

/// The fewest people, from 1 to k-1, whom a combination of what `releases` tell counts once
/// each, and all others not at all, as far as these releases tell who may have gone where.
pub fn fewest_counted(releases: &[Release], k: u64) -> Option<u64> {
    let told: Vec<Told> = releases.iter().filter_map(told).collect();
    let mut sums: BTreeMap<Times, Sums> = BTreeMap::from([([None; 5], Sums::only(0))]);
    for (at, now) in told.iter().enumerate().rev() {
        let newcomers = now.offered - at.checked_sub(1).map_or(0, |before| told[before].offered);
        let mut next: BTreeMap<Times, Sums> = BTreeMap::new();
        for (after, found) in &sums {
            let from_then_on = from_then_on(now, told.get(at + 1), after);
            // Whoever is new may be anywhere.
            let bounds = if newcomers > 0 { (0, 1) } else { (-1, 2) };
            for (counted, people) in combinations(now, &from_then_on, bounds) {
                next.entry(counted).or_insert(Sums([0; WORDS])).take(found, people);
            }
        }
        sums = next;
    }
    (1..k).find(|few| sums.values().any(|sums| sums.has(usize::try_from(*few).unwrap())))
}

/// Every way to take each set of `now` once, to leave it, or to take it off, if nobody is
/// counted less or more often than the `bounds`: with the people that it comes to.
fn combinations(now: &Told, from_then_on: &Times, (least, most): (i64, i64)) -> Vec<(Times, i64)> {
    let mut all = vec![([None; 5], 0)];
    for (of, people) in now.sets.iter().filter(|(_, people)| *people > 0) {
        let is_within = |(low, high): (i64, i64)| low >= least && high <= most;
        let mut more = Vec::new();
        for times in -1..=1 {
            let counted = |outcome: usize| from_then_on[outcome].map(|(low, high)| (low + times, high + times));
            if of.iter().filter_map(|outcome| counted(*outcome)).all(is_within) {
                for (some, sum) in &all {
                    let mut some: Times = *some;
                    of.iter().for_each(|outcome| some[*outcome] = counted(*outcome));
                    more.push((some, sum + times * people));
                }
            }
        }
        all = more;
    }
    all
}

/// How often whoever is in an outcome now is counted by what is told later.
fn from_then_on(now: &Told, later: Option<&Told>, after: &Times) -> Times {
    std::array::from_fn(|outcome| {
        let may_become = |to: usize| match (outcome, to, later) {
            (_, _, None) => false,
            (0..3, _, _) => to == outcome,
            (_, 0..3, Some(later)) => may_grow(to, now, later),
            _ => true,
        };
        let ways: Vec<(i64, i64)> = (0..5).filter(|to| may_become(*to)).filter_map(|to| after[to]).collect();
        let least = ways.iter().map(|(least, _)| *least).min().unwrap_or(0);
        let most = ways.iter().map(|(_, most)| *most).max().unwrap_or(0);
        Some((least, most))
    })
}

/// Whether anybody can have answered in this mode between two releases.
fn may_grow(mode: usize, now: &Told, later: &Told) -> bool {
    let alone = |told: &Told| told.sets.iter().find(|(of, _)| *of == [mode]).map(|(_, people)| *people);
    match (alone(now), alone(later)) {
        (Some(before), Some(after)) => after > before,
        _ => true,
    }
}

fn told(release: &Release) -> Option<Told> {
    let uptake = fresh(release)?;
    let (offered, taken_up) = (uptake.offered, uptake.taken_up.count);
    let cells = uptake.by_mode.as_ref().filter(|parts| parts.as_at.is_none()).map(|parts| &parts.cells);
    let mut sets = Vec::new();
    for (side, all) in [(0..3, taken_up), (3..5, offered - taken_up)] {
        let (mut hidden, mut left) = (Vec::new(), all);
        for outcome in side {
            let cell = cells.map(|cells| cells.iter().find(|cell| cell.option == OUTCOMES[outcome]));
            // A mode that is not there was not offered.
            let shown = cell.and_then(|cell| cell.map_or(Some(0), |cell| cell.count));
            match shown {
                Some(people) => {
                    left -= people;
                    sets.push((vec![outcome], people));
                }
                None => hidden.push(outcome),
            }
        }
        if !hidden.is_empty() {
            sets.push((hidden, left));
        }
    }
    let number = |people: u64| i64::try_from(people).unwrap();
    Some(Told { offered: number(offered), sets: sets.into_iter().map(|(of, people)| (of, number(people))).collect() })
}
