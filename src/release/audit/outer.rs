//! What a larger population says of one that lies in it: all responses of those who
//! answered a question, those who chose an option of those who were asked a question
//! because of it.

use super::condition::Condition;
use super::published::{Known, Node, Points, Population, Published, Sums};
use super::shape::Shape;
use std::collections::{BTreeMap, BTreeSet};

/// A population that another lies in.
#[derive(Debug, Hash, Default)]
pub struct Outer {
    pub points: BTreeMap<Node, Points>,
    pub bounds: Vec<Bound>,
}

impl Outer {
    /// Only how many there are, and how many of them are in a group of each breakdown.
    pub fn of_who_said(&self) -> Outer {
        let is_told = |node: &Node| matches!(node, Node::All | Node::Said(_));
        let told = self.points.iter().filter(|(node, _)| is_told(node));
        Outer { points: told.map(|(node, points)| (*node, points.clone())).collect(), bounds: Vec::new() }
    }

    /// Whether it tells anything of a population that its own figures do not.
    pub fn says_more(&self, shape: &Shape, population: &Population) -> bool {
        let is_told = |node: Node, release: u32| population.base(node, release).is_some();
        let mut points = self.points.iter().filter(|(node, _)| shape.has(**node));
        points.any(|(node, points)| points.keys().any(|at| !is_told(*node, *at)))
            || self.bounds.iter().any(|bound| bound.nodes.iter().all(|node| shape.has(*node)))
    }

    /// How many of a node came in a span, where that is published.
    pub fn known(&self, node: Node, (after, up_to): (u32, u32)) -> Option<u64> {
        let points = self.points.get(&node)?;
        let at = |release: u32| if release == 0 { Some(0) } else { points.get(&release)?.exact() };
        at(up_to)?.checked_sub(at(after)?)
    }
}

/// How many came to some nodes in a span, within limits.
#[derive(Debug, Hash)]
pub struct Bound {
    pub nodes: Vec<Node>,
    pub span: (u32, u32),
    pub low: u64,
    pub high: Option<u64>,
}

/// By nodes and span: no fewer, and no more.
type Limits = BTreeMap<(Vec<Node>, (u32, u32)), (u64, Option<u64>)>;

/// All responses, with what is published of them, and what other questions than `except`
/// tell of them: they are no fewer than those who answered one, and more by no more than
/// all those who did not answer it.
pub fn everybody(published: &Published, except: Option<&str>) -> Outer {
    let points = published.everybody.sums.iter().map(|(node, sums)| (*node, sums.base.clone())).collect();
    Outer { points, bounds: bounds(published, except) }
}

/// Those who were asked a question, with what is published of them.
pub fn asked(published: &Published, condition: &Condition) -> Outer {
    let Some(about) = published.questions.get(condition.about) else { return Outer::default() };
    // Of a multiple choice, whoever chose two of the options would be counted twice.
    if !about.is_partition() && condition.options.len() > 1 {
        return Outer::default();
    }
    let chose = |sums: &Sums, at: u32| -> Option<u64> {
        condition.options.iter().map(|option| sums.options.get(&vec![*option])?.get(&at)?.exact()).sum()
    };
    let points = |sums: &Sums| -> Points {
        let releases = sums.options.values().flat_map(|points| points.keys().copied());
        releases.filter_map(|at| Some((at, Known::exactly(chose(sums, at)?)))).collect()
    };
    let points = about.sums.iter().map(|(node, sums)| (*node, points(sums))).collect();
    Outer { points, bounds: Vec::new() }
}

pub fn bounds(published: &Published, except: Option<&str>) -> Vec<Bound> {
    let mut found = Limits::new();
    for question in &published.questions {
        if question.question.as_deref() == except {
            continue;
        }
        let mut shown: BTreeMap<(u32, u32), Vec<(Node, u64)>> = BTreeMap::new();
        for (node, sums) in question.sums.iter().filter(|(node, _)| **node != Node::All) {
            let exact = sums.base.iter().filter_map(|(at, known)| Some((*at, known.exact()?)));
            let mut last = (0, 0);
            for (at, people) in exact {
                shown.entry((last.0, at)).or_default().push((*node, people.saturating_sub(last.1)));
                last = (at, people);
            }
        }
        for (span, shown) in shown {
            let silent = silent(published, question, span);
            note(&mut found, published, span, &shown, silent);
        }
    }
    found.into_iter().map(|((nodes, span), (low, high))| Bound { nodes, span, low, high }).collect()
}

fn note(found: &mut Limits, published: &Published, span: (u32, u32), shown: &[(Node, u64)], silent: Option<u64>) {
    let is_known = |node: Node| [span.0, span.1].into_iter().all(|at| published.everybody.base(node, at).is_some());
    let unknown: Vec<(Node, u64)> = shown.iter().filter(|(node, _)| !is_known(*node)).copied().collect();
    let mut add = |nodes: Vec<Node>, low: u64| {
        let high = silent.map(|silent| low + silent);
        let bound = found.entry((nodes, span)).or_insert((low, high));
        bound.0 = bound.0.max(low);
        bound.1 = [bound.1, high].into_iter().flatten().min();
    };
    for (node, people) in &unknown {
        add(vec![*node], *people);
    }
    // Those who did not answer are in one group only.
    let kinds: BTreeSet<_> = unknown.iter().map(|(node, _)| kind(*node)).collect();
    for of in kinds {
        let alike: Vec<&(Node, u64)> = unknown.iter().filter(|(node, _)| kind(*node) == of).collect();
        if alike.len() > 1 {
            add(alike.iter().map(|(node, _)| *node).collect(), alike.iter().map(|(_, people)| people).sum());
        }
    }
}

/// Of which breakdown or crossing a node is a group.
fn kind(node: Node) -> (bool, usize) {
    match node {
        Node::All => (false, usize::MAX),
        Node::Said(breakdown) | Node::Group(breakdown, _) => (false, breakdown),
        Node::SaidBoth(crossing, _) | Node::Pair(crossing, _, _) => (true, crossing),
    }
}

/// How many came in a span and did not answer.
fn silent(published: &Published, question: &Population, span: (u32, u32)) -> Option<u64> {
    let came =
        |population: &Population| population.base(Node::All, span.1)?.checked_sub(population.base(Node::All, span.0)?);
    came(&published.everybody)?.checked_sub(came(question)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_asked_is_known_where_all_their_answers_are() {
        let points = |people: &[(u32, u64)]| -> Points {
            people.iter().map(|(at, people)| (*at, Known::exactly(*people))).collect()
        };
        let options = BTreeMap::from([(vec![0], points(&[(1, 5)])), (vec![1], points(&[(1, 2), (2, 4)]))]);
        let sums = BTreeMap::from([(Node::All, Sums { options, ..Sums::default() })]);
        let mut published = Published::default();
        published.questions.push(Population { kind: "single".into(), sums, ..Population::default() });
        let known = |published: &Published, options: &[usize]| {
            let outer = asked(published, &Condition { question: 1, about: 0, options: options.to_vec() });
            [(0, 1), (0, 2), (1, 2)].map(|span| outer.known(Node::All, span))
        };
        assert_eq!(known(&published, &[1]), [Some(2), Some(4), Some(2)]);
        assert_eq!(known(&published, &[0, 1]), [Some(7), None, None]);
        published.questions[0].kind = "multiple".into();
        assert_eq!(known(&published, &[0, 1]), [None; 3], "some chose both");
    }
}
