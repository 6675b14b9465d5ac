//! The strict policy, in what is printed: no answer of few, none that all but few gave,
//! none that everybody gave; in a group, in those who are new in it, and in what is left of
//! the total when the groups of a table are taken off.

use super::finding::{Breach, Rule, Whose};
use super::published::{Known, Node, Points, Population, Published, Sums};
use std::collections::BTreeSet;

pub fn breaches(published: &Published) -> Vec<Breach> {
    let of_question = |question| Strict { published, question }.breaches();
    published.questions.iter().flat_map(of_question).collect()
}

struct Strict<'a> {
    published: &'a Published,
    question: &'a Population,
}

/// So many of so many, after one release and up to another.
#[derive(Clone, Copy, Default)]
struct Part {
    after: u32,
    up_to: u32,
    count: u64,
    of: u64,
}

impl Strict<'_> {
    fn breaches(&self) -> Vec<Breach> {
        let groups = self.question.sums.iter().map(|(node, sums)| (*node, sums));
        let tables: BTreeSet<Node> = self.question.sums.keys().map(|node| node.rest()).collect();
        let others = tables.into_iter().flat_map(|rest| self.of_others(rest));
        groups.flat_map(|(node, sums)| self.of_group(node, sums)).chain(others).collect()
    }

    fn of_group(&self, node: Node, sums: &Sums) -> Vec<Breach> {
        let mut found = Vec::new();
        for options in sums.options.keys() {
            // Where each is told by itself, it is judged by itself.
            let told = if options.len() > 1 { summed(options, sums) } else { Points::new() };
            let parts = parts(options, sums).into_iter().filter(|part| !told.contains_key(&part.up_to));
            let broken = parts.filter_map(|part| Some((self.broken(&part)?, part)));
            found.extend(broken.map(|(rule, part)| self.breach(node, options, &part, rule)));
        }
        found
    }

    /// Those who are in none of the groups of a table that tell how many gave an answer.
    fn of_others(&self, rest: Node) -> Vec<Breach> {
        let is_group =
            |node: Node| node.rest() == rest && node != rest && matches!(node, Node::Group(..) | Node::Pair(..));
        let groups: Vec<&Sums> =
            self.question.sums.iter().filter(|(node, _)| is_group(**node)).map(|(_, sums)| sums).collect();
        let Some(all) = self.question.sums.get(&Node::All).filter(|_| !groups.is_empty()) else { return Vec::new() };
        let sets: BTreeSet<&Vec<usize>> = groups.iter().flat_map(|sums| sums.options.keys()).collect();
        let mut found = Vec::new();
        for options in sets {
            let of_all = parts(options, all);
            let of_groups: Vec<Part> = groups.iter().flat_map(|sums| parts(options, sums)).collect();
            for (first, start) in of_all.iter().enumerate() {
                let mut left = Part { after: start.after, ..Part::default() };
                for part in of_all.get(first..).unwrap_or_default() {
                    left = Part { up_to: part.up_to, count: left.count + part.count, of: left.of + part.of, ..left };
                    let within = of_groups.iter().filter(|one| one.after >= left.after && one.up_to <= left.up_to);
                    let (count, of) = within.fold((0, 0), |(count, of), one| (count + one.count, of + one.of));
                    let others =
                        Part { count: left.count.saturating_sub(count), of: left.of.saturating_sub(of), ..left };
                    let broken = self.broken(&others).filter(|_| of > 0);
                    found.extend(broken.map(|rule| self.breach(rest, options, &others, rule)));
                }
            }
        }
        found
    }

    fn broken(&self, part: &Part) -> Option<Rule> {
        let terms = self.published.terms(part.up_to);
        let rest = part.of.saturating_sub(part.count);
        let is_few = |people: u64| (1..terms.k).contains(&people);
        match terms.is_strict && part.of > 0 {
            true if rest == 0 => Some(Rule::Alike),
            true if is_few(part.count) || is_few(rest) => Some(Rule::Few),
            _ => None,
        }
    }

    fn breach(&self, node: Node, options: &[usize], part: &Part, rule: Rule) -> Breach {
        let (breakdown, group) = self.published.place(node);
        let Part { after, up_to, count, .. } = *part;
        let names = options.iter().filter_map(|option| self.question.options.get(*option)).cloned();
        let (question, option) = (self.question.question.clone(), Some(names.collect::<Vec<String>>().join("+")));
        let whose = Whose { question, breakdown, group, option, after, up_to };
        Breach { whose, low: count, high: count, rule }
    }
}

/// Several options together, at the releases that tell each of them.
fn summed(options: &[usize], sums: &Sums) -> Points {
    let single = |option: &usize| sums.options.get(std::slice::from_ref(option));
    let Some(first) = options.first().and_then(single) else { return Points::new() };
    let at = |release: u32| {
        let counts = options.iter().map(|option| single(option)?.get(&release)?.exact());
        counts.sum::<Option<u64>>().map(|sum| (release, Known::exactly(sum)))
    };
    first.keys().filter_map(|release| at(*release)).collect()
}

/// From each release that tells both how many chose any of the options, as one or each, and
/// of how many, to the next that does.
fn parts(options: &[usize], sums: &Sums) -> Vec<Part> {
    let mut counts = summed(options, sums);
    counts.extend(sums.options.get(options).into_iter().flatten());
    let both = counts.iter().filter_map(|(at, count)| Some((*at, count.exact()?, sums.base.get(at)?.exact()?)));
    let parts = both.scan((0, 0, 0), |last, (at, count, base)| {
        let (after, counted, of) = std::mem::replace(last, (at, count, base));
        Some(Part { after, up_to: at, count: count.saturating_sub(counted), of: base.saturating_sub(of) })
    });
    parts.collect()
}
