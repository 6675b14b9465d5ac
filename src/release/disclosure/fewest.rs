//! Complementary suppression: which groups to hold back, so that what is left of each
//! sum is nobody or enough.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, SolveOutcome, Variable};
use std::collections::BTreeSet;

/// What is left of a sum, less all the groups that could be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remainder {
    pub people: u64,
    /// By how many people it grows for each group that is held back.
    pub gains: Vec<(usize, u64)>,
}

/// What chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Nothing had to be chosen.
    None,
    /// An integer program, solved to the end.
    Optimal,
    /// Greedily, where the program would have been too large or took too long.
    Heuristic,
}

/// Beyond this, greed.
const MOST_GROUPS: usize = 400;
/// So that the same figures give the same release on a slow machine.
const MOST_NODES: u64 = 20_000;

/// The groups to hold back, of those with these `sizes`: the fewest, and of several
/// such choices the smallest groups. Every remainder is then 0, or `least` at least,
/// unless no choice makes it so.
pub fn fewest(sizes: &[u64], remainders: &[Remainder], least: u64) -> (BTreeSet<usize>, Method) {
    let rules: Vec<Rule> = remainders.iter().flat_map(|one| rules(one, least)).collect();
    if rules.iter().all(|rule| rule.if_held.is_some()) {
        return (BTreeSet::new(), Method::None);
    }
    let optimal = (sizes.len() <= MOST_GROUPS).then(|| solve(sizes, &rules)).flatten();
    match optimal {
        Some(held) => (held, Method::Optimal),
        None => (greedy(sizes, &rules), Method::Heuristic),
    }
}

/// Of the groups in `gains` so many must be held back that these come to `needed`; or
/// only if one of them, `if_held`, is.
struct Rule {
    needed: u64,
    gains: Vec<(usize, u64)>,
    if_held: Option<usize>,
}

impl Rule {
    fn is_kept(&self, held: &BTreeSet<usize>) -> bool {
        let gained: u64 = self.gains.iter().filter(|(group, _)| held.contains(group)).map(|(_, gain)| gain).sum();
        gained >= self.needed || self.if_held.is_some_and(|group| !held.contains(&group))
    }
}

fn rules(remainder: &Remainder, least: u64) -> Vec<Rule> {
    let needed = least.saturating_sub(remainder.people);
    let all: u64 = remainder.gains.iter().map(|(_, gain)| gain).sum();
    let rule = |if_held| Rule { needed, gains: remainder.gains.clone(), if_held };
    match remainder.people {
        // What no choice can mend is left to the audit.
        _ if needed == 0 || all < needed => Vec::new(),
        0 => {
            let short = remainder.gains.iter().filter(|(_, gain)| *gain < needed);
            short.map(|(group, _)| rule(Some(*group))).collect()
        }
        _ => vec![rule(None)],
    }
}

fn solve(sizes: &[u64], rules: &[Rule]) -> Option<BTreeSet<usize>> {
    let all: u64 = sizes.iter().sum::<u64>() + 1;
    let mut program = Problem::new(OptimizationDirection::Minimize);
    // One group less outweighs all people.
    let held: Vec<Variable> =
        sizes.iter().map(|size| program.add_binary_var(1.0 + float(*size) / float(all))).collect();
    for rule in rules {
        let gain = |(group, gain): &(usize, u64)| Some((*held.get(*group)?, float((*gain).min(rule.needed))));
        let mut terms: Vec<(Variable, f64)> = rule.gains.iter().filter_map(gain).collect();
        let unconditional = match rule.if_held {
            None => float(rule.needed),
            Some(group) => {
                let variable = held.get(group)?;
                let own = terms.iter_mut().find(|(other, _)| other == variable)?;
                own.1 -= float(rule.needed);
                0.0
            }
        };
        program.add_constraint(terms, ComparisonOp::Ge, unconditional);
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(MOST_NODES);
    let Ok(SolveOutcome::Solution(solution)) = program.solve_with(options) else { return None };
    let chosen = |(group, variable): (usize, &Variable)| (solution.var_value(*variable) > 0.5).then_some(group);
    let chosen: BTreeSet<usize> = held.iter().enumerate().filter_map(chosen).collect();
    rules.iter().all(|rule| rule.is_kept(&chosen)).then_some(chosen)
}

/// Holds back what mends most for its size, until all is mended; then lets go what was
/// not needed after all.
fn greedy(sizes: &[u64], rules: &[Rule]) -> BTreeSet<usize> {
    let size = |group: usize| sizes.get(group).copied().unwrap_or(0);
    let mut held = BTreeSet::new();
    loop {
        let broken: Vec<&Rule> = rules.iter().filter(|rule| !rule.is_kept(&held)).collect();
        let mends = |group: usize| broken.iter().filter(|rule| rule.gains.iter().any(|(one, _)| *one == group)).count();
        let candidates = (0..sizes.len()).filter(|group| !held.contains(group) && mends(*group) > 0);
        let Some(best) = candidates.max_by_key(|group| (mends(*group), std::cmp::Reverse(size(*group)))) else { break };
        held.insert(best);
    }
    let mut largest_first: Vec<usize> = held.iter().copied().collect();
    largest_first.sort_by_key(|group| std::cmp::Reverse(size(*group)));
    for group in largest_first {
        held.remove(&group);
        if !rules.iter().all(|rule| rule.is_kept(&held)) {
            held.insert(group);
        }
    }
    held
}

/// Numbers of people are far below 2^52.
fn float(people: u64) -> f64 {
    u32::try_from(people).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn remainder(people: u64, gains: &[(usize, u64)]) -> Remainder {
        Remainder { people, gains: gains.to_vec() }
    }

    #[test]
    fn one_small_group_takes_the_smallest_partner_along() {
        let gains = [(0, 12), (1, 7), (2, 30)];
        let (held, method) = fewest(&[12, 7, 30], &[remainder(3, &gains)], 5);
        assert_eq!((held, method), (BTreeSet::from([1]), Method::Optimal));
        assert_eq!(fewest(&[12, 7, 30], &[remainder(0, &gains)], 5), (BTreeSet::new(), Method::None));
    }

    #[test]
    fn one_partner_that_serves_two_sums_is_better_than_two() {
        let sums = [remainder(2, &[(0, 6), (1, 40)]), remainder(4, &[(1, 40), (2, 7)])];
        assert_eq!(fewest(&[6, 40, 7], &sums, 5).0, BTreeSet::from([1]));
    }

    #[test]
    fn where_more_are_wanted_than_a_group_has_two_go() {
        let sums = [remainder(0, &[(0, 3), (1, 4)]), remainder(1, &[(0, 3)])];
        assert_eq!(fewest(&[3, 4], &sums, 5), (BTreeSet::new(), Method::None), "the second cannot be mended: 1 and 3");
        let sums = [remainder(0, &[(0, 3), (1, 4)]), remainder(2, &[(0, 3)])];
        assert_eq!(fewest(&[3, 4], &sums, 5).0, BTreeSet::from([0, 1]));
    }

    fn problem() -> impl Strategy<Value = (Vec<u64>, Vec<Remainder>)> {
        prop::collection::vec(1_u64..12, 1..7).prop_flat_map(|sizes| {
            let all = sizes.len();
            let sum = (0_u64..8, prop::collection::btree_set(0..all, 1..=all));
            let sizes_too = sizes.clone();
            let sums = prop::collection::vec(sum, 1..5).prop_map(move |sums| {
                let gains =
                    |groups: BTreeSet<usize>| groups.into_iter().map(|group| (group, sizes_too[group])).collect();
                sums.into_iter().map(|(people, groups)| Remainder { people, gains: gains(groups) }).collect()
            });
            (Just(sizes), sums)
        })
    }

    proptest! {
        #[test]
        fn nothing_cheaper_would_do((sizes, sums) in problem()) {
            let all_rules: Vec<Rule> = sums.iter().flat_map(|sum| rules(sum, 5)).collect();
            let is_kept = |held: &BTreeSet<usize>| all_rules.iter().all(|rule| rule.is_kept(held));
            let cost = |held: &BTreeSet<usize>| (held.len(), held.iter().map(|group| sizes[*group]).sum::<u64>());
            let choices = (0..1_u32 << sizes.len()).map(|bits| -> BTreeSet<usize> {
                (0..sizes.len()).filter(|group| bits >> group & 1 == 1).collect()
            });
            let best = choices.filter(is_kept).map(|held| cost(&held)).min().unwrap();
            let (held, _) = fewest(&sizes, &sums, 5);
            prop_assert!(is_kept(&held));
            prop_assert_eq!(cost(&held), best);
            prop_assert!(is_kept(&greedy(&sizes, &all_rules)));
        }
    }
}
