//! What must hold of everything that is hidden, and whether it does.

use super::equations::{Equations, Place};
use super::reading::{any_batch, read};
use super::search::{Search, TooHard};
use super::structure::{Cut, Structure, cut};
use crate::release::model::Release;
use crate::survey::Code;
use std::collections::BTreeMap;
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
    /// Whether it is enough that they can be nobody. So it is where what one table says
    /// is joined with what another says of the same people.
    pub may_be_nobody: bool,
}

impl Promise {
    pub fn of(release: &Release) -> Promise {
        let number = |people: u64| i64::try_from(people).expect("small");
        Promise {
            k: number(release.policy.k()),
            width: number(release.policy.width()),
            is_strict: release.policy.strict,
            may_be_nobody: false,
        }
    }

    /// Known and nobody, or k and more; or not known, maybe k, and wide.
    pub fn allows(&self, low: i64, high: i64) -> bool {
        if low == high {
            return low == 0 || low >= self.k;
        }
        (high >= self.k || self.may_be_nobody && low == 0) && high - low >= self.width
    }
}

/// Everything known after the last of `releases`.
pub fn equations(releases: &[Release], structure: &Structure) -> Equations {
    written(releases, structure, true, |_| true)
}

/// With the tables of some questions only.
fn written(releases: &[Release], structure: &Structure, with_responses: bool, has: impl Fn(&str) -> bool) -> Equations {
    let last = releases.last().map_or(0, |release| release.number);
    let mut equations = structure.equations(last, with_responses);
    for release in releases {
        read(release, structure, &has, &mut equations);
    }
    equations
}

/// A population that agrees with the releases; it saves time, and changes nothing.
pub type Truth<'a> = &'a dyn Fn(&Place) -> i64;

/// Tries everything that is to be hidden.
pub fn attack(releases: &[Release], structure: &Structure, truth: Truth) -> Outcome {
    let Some(last) = releases.last() else { return Outcome::default() };
    let prepared = |equations| Prepared::new(equations, truth);
    let whole = prepared(equations(releases, structure));
    let apart = prepared(written(releases, structure, false, |_| true));
    let sizes = prepared(written(releases, structure, false, |question| structure.is_breakdown(question)));
    let promise = Promise::of(last);
    let mut attack = Attack { releases, structure, truth, promise, whole, apart, sizes, without: BTreeMap::new() };
    let mut outcome = Outcome::default();
    for place in targets(structure, promise.is_strict) {
        for (after, up_to) in spans(last.number) {
            outcome.attacked += 1;
            match attack.at(&place, after, up_to) {
                Ok(None) => {}
                Ok(Some(breach)) if attack.is_no_news(&breach) => {}
                Ok(Some(breach)) => outcome.breaches.push(breach),
                Err(TooHard) => outcome.undecided += 1,
            }
        }
    }
    outcome
}

struct Attack<'a> {
    releases: &'a [Release],
    structure: &'a Structure<'a>,
    truth: Truth<'a>,
    promise: Promise,
    whole: Prepared,
    /// Without that nobody answers who did not respond, or was not asked.
    apart: Prepared,
    /// With no more than how large groups are.
    sizes: Prepared,
    /// What is known without the figures of one question.
    without: BTreeMap<String, Prepared>,
}

impl Attack<'_> {
    /// How large a group is, and how many of it answered a question, is held to the whole
    /// promise by the tables that are about that; to less by all tables side by side. How
    /// many did not answer is no secret, and so what they tell of those who did is none:
    /// but that those are few.
    fn at(&mut self, place: &Place, after: u32, up_to: u32) -> Result<Option<Breach>, TooHard> {
        let joined = Promise { may_be_nobody: true, ..self.promise };
        let few = Promise { width: 0, ..joined };
        let is_silent = place.cut.iter().any(|(_, value)| value.is_none());
        let (own, joined) = match &place.question {
            None => (&mut self.sizes, joined),
            Some(_) => (&mut self.apart, few),
        };
        let found = match own.range_if_unsafe(place, after, up_to, self.promise)? {
            None if !is_silent => self.whole.range_if_unsafe(place, after, up_to, joined)?,
            found => found,
        };
        Ok(found.map(|(low, high)| Breach { place: place.clone(), after, up_to, low, high }))
    }

    /// That they are no more than those who were asked is no news of them.
    fn is_no_news(&mut self, breach: &Breach) -> bool {
        let Breach { place, after, up_to, low: 0, high } = breach else { return false };
        let Some(question) = &place.question else { return false };
        let written = || written(self.releases, self.structure, true, |one| one != question);
        let without = self.without.entry(question.clone()).or_insert_with(|| Prepared::new(written(), self.truth));
        without.range(place, *after, *up_to).is_ok_and(|range| range.1 == *high)
    }
}

fn spans(last: u32) -> impl Iterator<Item = (u32, u32)> {
    (0..last).flat_map(move |after| (after + 1..=last).map(move |up_to| (after, up_to)))
}

/// Steps for one question; more than almost all need.
const PATIENCE: usize = 3000;

struct Prepared {
    equations: Equations,
    search: Search,
}

impl Prepared {
    fn new(equations: Equations, truth: Truth) -> Prepared {
        let mut search = Search::new(&equations, PATIENCE);
        let mut people = vec![0; equations.len()];
        equations.places().for_each(|(place, position)| people[position] = truth(place));
        search.note(people);
        Prepared { equations, search }
    }

    fn range(&mut self, place: &Place, after: u32, up_to: u32) -> Result<(i64, i64), TooHard> {
        self.search.range(&self.equations.over(place, after, up_to))
    }

    fn range_if_unsafe(
        &mut self,
        place: &Place,
        after: u32,
        up_to: u32,
        promise: Promise,
    ) -> Result<Option<(i64, i64)>, TooHard> {
        let sum = self.equations.over(place, after, up_to);
        if self.search.is_plainly_wide(&sum, promise.k, promise.width) {
            return Ok(None);
        }
        let (low, high) = self.search.range(&sum)?;
        Ok((!promise.allows(low, high)).then_some((low, high)))
    }
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
