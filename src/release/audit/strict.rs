//! The strict policy, where several answers are printed as one: not all people of a group
//! may have given any of them. What single answers tell is attacked like all else.

use super::finding::{Breach, Rule, Whose};
use super::published::{Node, Points, Population, Published, Sums};
use std::collections::BTreeMap;

pub fn breaches(published: &Published) -> Vec<Breach> {
    let groups =
        published.questions.iter().flat_map(|question| question.sums.iter().map(move |group| (question, group)));
    groups.flat_map(|(question, (node, sums))| of_group(published, question, *node, sums)).collect()
}

fn of_group(published: &Published, question: &Population, node: Node, sums: &Sums) -> Vec<Breach> {
    let (breakdown, group) = published.place(node);
    let mut found = Vec::new();
    for (options, points) in sums.options.iter().filter(|(options, _)| options.len() > 1) {
        let names: Vec<&str> =
            options.iter().filter_map(|option| question.options.get(*option)).map(String::as_str).collect();
        let told = told_by_each(options, sums);
        let told_by_all =
            points.iter().filter_map(|(at, count)| Some((*at, (count.exact()?, sums.base.get(at)?.exact()?))));
        let all: Counts = told.clone().into_iter().chain(told_by_all).collect();
        let (mut after, mut last) = (0, (0, 0));
        for (up_to, (count, of)) in all {
            let people = of.saturating_sub(last.1);
            let is_alike = people > 0 && count.saturating_sub(last.0) == people;
            // Where each is told by itself, each is judged by itself.
            if is_alike && published.terms(up_to).is_strict && !told.contains_key(&up_to) {
                let (question, option) = (question.question.clone(), Some(names.join("+")));
                let whose =
                    Whose { question, breakdown: breakdown.clone(), group: group.clone(), option, after, up_to };
                found.push(Breach { whose, low: people, high: people, rule: Rule::Alike });
            }
            (after, last) = (up_to, (count, of));
        }
    }
    found
}

/// So many of so many, by release.
type Counts = BTreeMap<u32, (u64, u64)>;

/// Several options together, at the releases that tell each of them.
fn told_by_each(options: &[usize], sums: &Sums) -> Counts {
    let single = |option: &usize| sums.options.get(std::slice::from_ref(option));
    let first = options.first().and_then(single).map(Points::keys);
    let at = |release: &u32| {
        let counts = options.iter().map(|option| single(option)?.get(release)?.exact());
        Some((*release, (counts.sum::<Option<u64>>()?, sums.base.get(release)?.exact()?)))
    };
    first.into_iter().flatten().filter_map(at).collect()
}
