//! What must hold of everything that is hidden, and whether it does.

use super::equations::{Equations, Place, Sum};
use super::reading::{any_batch, read};
use super::search::{Search, TooHard};
use super::structure::{Cut, Structure, cut};
use crate::release::model::Release;
use crate::survey::Code;
use std::fmt;

/// A number of people that is known too well: of whom, and within what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    pub place: Place,
    pub after: u32,
    pub up_to: u32,
    pub low: i64,
    pub high: i64,
}

#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub breaches: Vec<Breach>,
    /// Of how many it could not be told in the time.
    pub undecided: usize,
    pub attacked: usize,
}

/// What must hold: the policy of a release.
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    pub k: i64,
    pub width: i64,
    pub is_strict: bool,
}

impl Promise {
    pub fn of(release: &Release) -> Promise {
        let number = |people: u64| i64::try_from(people).expect("small");
        Promise {
            k: number(release.policy.k()),
            width: number(release.policy.width()),
            is_strict: release.policy.strict,
        }
    }

    /// Known and nobody, or k and more; or not known, maybe k, and wide.
    pub fn allows(&self, low: i64, high: i64) -> bool {
        if low == high { low == 0 || low >= self.k } else { high >= self.k && high - low >= self.width }
    }
}

/// Everything known after the last of `releases`.
pub fn equations(releases: &[Release], structure: &Structure) -> Equations {
    let last = releases.last().map_or(0, |release| release.number);
    let mut equations = structure.equations(last);
    for release in releases {
        read(release, structure, &mut equations);
    }
    equations
}

/// Tries everything that is to be hidden. `truth`, if given, is a population that
/// agrees: it saves time, and changes nothing.
pub fn attack(releases: &[Release], structure: &Structure, truth: Option<&dyn Fn(&Place) -> i64>) -> Outcome {
    let Some(last) = releases.last() else { return Outcome::default() };
    let (promise, equations) = (Promise::of(last), equations(releases, structure));
    let mut search = Search::new(&equations, PATIENCE);
    if let Some(truth) = truth {
        let mut people = vec![0; equations.len()];
        equations.places().for_each(|(place, position)| people[position] = truth(place));
        search.note(people);
    }
    let mut outcome = Outcome::default();
    for place in targets(structure, promise.is_strict) {
        for after in 0..last.number {
            for up_to in after + 1..=last.number {
                outcome.attacked += 1;
                let sum = equations.over(&place, after, up_to);
                match judge(&mut search, &sum, promise) {
                    Ok(None) => {}
                    Ok(Some((low, high))) => {
                        outcome.breaches.push(Breach { place: place.clone(), after, up_to, low, high });
                    }
                    Err(TooHard) => outcome.undecided += 1,
                }
            }
        }
    }
    outcome
}

/// Steps for one question; more than almost all need.
const PATIENCE: usize = 3000;

fn judge(search: &mut Search, sum: &Sum, promise: Promise) -> Result<Option<(i64, i64)>, TooHard> {
    if search.is_plainly_wide(sum, promise.k, promise.width) {
        return Ok(None);
    }
    let (low, high) = search.range(sum)?;
    Ok((!promise.allows(low, high)).then_some((low, high)))
}

/// Every group, of all responses and of those who answered a question. How many did
/// not say is no secret; what they answered is.
fn targets(structure: &Structure, is_strict: bool) -> Vec<Place> {
    let mut targets = Vec::new();
    for question in structure.populations() {
        let code = question.map(|question| question.code.as_str());
        for cut in groups(structure, question.is_some()) {
            targets.push(any_batch(code, &cut, None));
            if let Some(question) = question.filter(|_| is_strict) {
                let options = super::structure::options(question);
                targets.extend(options.iter().map(|option| any_batch(code, &cut, Some(option.as_str()))));
            }
        }
    }
    targets
}

fn groups(structure: &Structure, with_silent: bool) -> Vec<Cut> {
    let values = |breakdown: &Code| -> Vec<Option<Code>> { structure.values(breakdown) };
    let mut cuts = vec![Cut::new()];
    for breakdown in &structure.breakdowns {
        let said = values(breakdown).into_iter().filter(|value| with_silent || value.is_some());
        cuts.extend(said.map(|value| cut(&[(breakdown, &value)])));
    }
    for pair in structure.pairs.iter().filter(|pair| pair.is_crossed) {
        let (a, b) = &pair.breakdowns;
        for x in values(a).into_iter().filter(Option::is_some) {
            let of_b = values(b).into_iter().filter(Option::is_some);
            cuts.extend(of_b.map(|y| cut(&[(a, &x), (b, &y)])));
        }
    }
    cuts
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { question, cut, option, .. } = &self.place;
        let named = |(by, value): &(String, Option<String>)| format!("{by} {}", value.as_deref().unwrap_or("not said"));
        let who: Vec<String> = cut.iter().map(named).collect();
        let question = question.as_deref().unwrap_or("all responses");
        let option = option.as_deref().unwrap_or("all");
        write!(f, "{question}, {}, {option}, releases {} to {}: ", who.join(" and "), self.after + 1, self.up_to)?;
        write!(f, "{} to {}", self.low, self.high)
    }
}
