//! The strict policy, in what is printed: no answer of few, none that all but few gave,
//! none that everybody gave; in a group, and in those who are new in it.

use super::finding::{Breach, Rule, Whose};
use super::published::{Node, Points, Population, Published, Sums};

pub fn breaches(published: &Published) -> Vec<Breach> {
    let of_question = |question| Strict { published, question }.breaches();
    published.questions.iter().flat_map(of_question).collect()
}

struct Strict<'a> {
    published: &'a Published,
    question: &'a Population,
}

/// So many of so many, after one release and up to another.
struct Part {
    after: u32,
    up_to: u32,
    count: u64,
    of: u64,
}

impl Strict<'_> {
    fn breaches(&self) -> Vec<Breach> {
        let groups = self.question.sums.iter().map(|(node, sums)| (*node, sums));
        groups.flat_map(|(node, sums)| self.of_group(node, sums)).collect()
    }

    fn of_group(&self, node: Node, sums: &Sums) -> Vec<Breach> {
        let mut found = Vec::new();
        for (options, points) in &sums.options {
            let names = options.iter().filter_map(|option| self.question.options.get(*option)).cloned();
            let option = names.collect::<Vec<String>>().join("+");
            let broken = parts(points, &sums.base).filter_map(|part| Some((self.broken(&part)?, part)));
            found.extend(broken.map(|(rule, part)| self.breach(node, &option, &part, rule)));
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

    fn breach(&self, node: Node, option: &str, part: &Part, rule: Rule) -> Breach {
        let (breakdown, group) = self.published.place(node);
        let Part { after, up_to, count, .. } = *part;
        let (question, option) = (self.question.question.clone(), Some(option.to_owned()));
        let whose = Whose { question, breakdown, group, option, after, up_to };
        Breach { whose, low: count, high: count, rule }
    }
}

/// From each release that tells both to the next that does.
fn parts<'a>(counts: &'a Points, bases: &'a Points) -> impl Iterator<Item = Part> + 'a {
    let both = counts.iter().filter_map(|(at, count)| Some((*at, count.exact()?, bases.get(at)?.exact()?)));
    both.scan((0, 0, 0), |last, (at, count, base)| {
        let (after, counted, of) = std::mem::replace(last, (at, count, base));
        Some(Part { after, up_to: at, count: count.saturating_sub(counted), of: base.saturating_sub(of) })
    })
}
