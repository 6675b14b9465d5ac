//! Attacks what uptake tells together with the tables: how many people answered in each
//! mode, up to each release.
//!
//! The unknowns are the people of each mode who had answered by each release; they only
//! become more. What is published of them is a sum: all responses; those who took the
//! offer up; a mode, in uptake or in the mode's own table; the interviews that were
//! held. Linear programs say between which numbers everything else lies, and so what came
//! between two releases.

use super::finding::{Breach, Rule, Whose};
use super::linear::{least, most, number};
use crate::release::model::Release;
use system::{MODES, System};

mod reading;
mod system;
#[cfg(test)]
mod tests;

/// What can be found out about fewer people than the last release's policy allows, or more
/// closely, from all `releases` of a campaign, first to last.
pub fn breaches(releases: &[Release]) -> Vec<Breach> {
    let Some(policy) = releases.last().map(|last| &last.policy) else { return Vec::new() };
    if releases.iter().all(|release| release.uptake.is_none()) {
        return Vec::new();
    }
    let mut breaches = Vec::new();
    let Some(system) = reading::read(releases) else { return vec![contradiction(releases)] };
    let mut known = Known { targets: targets(&system), policy: (policy.k(), policy.width()) };
    while let Some(position) = known.targets.iter().position(|target| target.is_open(known.policy)) {
        let Some(target) = known.targets.get(position).copied() else { break };
        // Most and least of it.
        for sign in [1.0, -1.0] {
            let Some(world) = system.best(&target.terms(sign)) else { return vec![contradiction(releases)] };
            known.learn(&world);
        }
        if let Some(target) = known.targets.get_mut(position) {
            target.is_settled = true;
        }
    }
    for target in &known.targets {
        let (low, high) = (least(target.low), most(target.high));
        let rule = match known.policy {
            (k, _) if low == high => (1..k).contains(&low).then_some(Rule::Few),
            (k, _) if high < k => Some(Rule::Few),
            (_, width) => (high.saturating_sub(low) < width).then_some(Rule::Narrow),
        };
        breaches.extend(rule.map(|rule| target.breach(releases, (low, high), rule)));
    }
    breaches
}

struct Known {
    targets: Vec<Target>,
    policy: (u64, u64),
}

impl Known {
    /// Widens what is thought possible by what is.
    fn learn(&mut self, world: &[f64]) {
        for target in &mut self.targets {
            let people: f64 =
                target.terms(1.0).into_iter().filter_map(|(at, times)| Some(world.get(at)? * times)).sum();
            target.low = target.low.min(people);
            target.high = target.high.max(people);
        }
    }
}

/// Those of a mode who answered between two releases, by their place in the list: none
/// for the beginning.
#[derive(Clone, Copy, Debug)]
struct Target {
    mode: usize,
    after: Option<usize>,
    up_to: usize,
    low: f64,
    high: f64,
    is_settled: bool,
}

impl Target {
    fn terms(&self, sign: f64) -> Vec<(usize, f64)> {
        let end = (System::column(self.up_to, self.mode), sign);
        let start = self.after.map(|after| (System::column(after, self.mode), -sign));
        std::iter::once(end).chain(start).collect()
    }

    /// Whether it is not known yet to be as wide as it has to be.
    fn is_open(&self, (k, width): (u64, u64)) -> bool {
        let is_seen =
            self.low <= self.high && most(self.high) >= k && most(self.high).saturating_sub(least(self.low)) >= width;
        !self.is_settled && !is_seen
    }

    fn breach(&self, releases: &[Release], (low, high): (u64, u64), rule: Rule) -> Breach {
        let number = |at: usize| releases.get(at).map_or(0, |release| release.number);
        let group = MODES.get(self.mode).map(|mode| (*mode).to_owned());
        Breach { whose: whose(group, self.after.map_or(0, number), number(self.up_to)), low, high, rule }
    }
}

fn targets(system: &System) -> Vec<Target> {
    let starts = |up_to: usize| std::iter::once(None).chain((0..up_to).map(Some));
    let spans = (0..system.releases).flat_map(|up_to| starts(up_to).map(move |after| (after, up_to)));
    let of = |(after, up_to): (Option<usize>, usize)| {
        (0..MODES.len()).map(move |mode| {
            let people = |at: usize| system.exact(System::column(at, mode));
            let exact = people(up_to).zip(after.map_or(Some(0), people)).map(|(end, start)| end.abs_diff(start));
            let (low, high) =
                exact.map_or((f64::INFINITY, f64::NEG_INFINITY), |people| (number(people), number(people)));
            Target { mode, after, up_to, low, high, is_settled: exact.is_some() }
        })
    };
    spans.flat_map(of).collect()
}

fn contradiction(releases: &[Release]) -> Breach {
    let last = releases.last().map_or(0, |release| release.number);
    Breach { whose: whose(None, 0, last), low: 0, high: 0, rule: Rule::Contradiction }
}

fn whose(group: Option<String>, after: u32, up_to: u32) -> Whose {
    Whose { question: None, breakdown: Some("uptake".to_owned()), group, option: None, after, up_to }
}
