//! All that a campaign's releases say, put together: for every population, for every
//! group of it, how many were published up to which release.

use super::finding::Rule;
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of the releases, read by [`super::reading::read`].
#[derive(Debug, Default)]
pub struct Published {
    /// By release.
    pub terms: BTreeMap<u32, Terms>,
    pub breakdowns: Vec<Breakdown>,
    /// Positions among the breakdowns, in the order in which `a*b` names them.
    pub crossings: Vec<(usize, usize)>,
    /// All responses.
    pub everybody: Population,
    /// Those who answered, for each question that is no breakdown.
    pub questions: Vec<Population>,
    pub figures: usize,
    pub hidden: usize,
    pub clashes: Vec<Clash>,
    /// Groups of which it is known that nobody came after one release, up to another.
    pub deserted: Vec<(Node, (u32, u32))>,
    pub nestings: Vec<Nesting>,
}

/// A breakdown whose groups lie within those of another, both by position.
#[derive(Debug, Hash)]
pub struct Nesting {
    pub inner: usize,
    pub outer: usize,
    /// The group of the outer one that each of the inner one lies within, where that is
    /// known.
    pub within: BTreeMap<usize, usize>,
    /// Whether nobody says the one and not the other.
    pub are_said_together: bool,
}

/// What a release promises.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Terms {
    pub k: u64,
    pub width: u64,
    pub is_strict: bool,
}

#[derive(Debug, Hash)]
pub struct Breakdown {
    pub name: String,
    pub groups: Vec<String>,
}

#[derive(Debug, Hash, Default)]
pub struct Population {
    /// None: all responses.
    pub question: Option<String>,
    pub kind: String,
    pub options: Vec<String>,
    /// The groups that its tables have rows for, with figures or without.
    pub rows: BTreeSet<Node>,
    pub sums: BTreeMap<Node, Sums>,
}

/// Whose figures they are. Groups are numbered from 1; 0 are those who did not say.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    All,
    /// Those who are in any group of a breakdown.
    Said(usize),
    /// A group of a breakdown.
    Group(usize, usize),
    /// Of a crossing, those of a group of the first breakdown who are in any of the
    /// second.
    SaidBoth(usize, usize),
    /// A group of a crossing.
    Pair(usize, usize, usize),
}

impl Node {
    /// Those who are in no group of the same breakdown or crossing.
    pub fn rest(self) -> Node {
        match self {
            Node::All => Node::All,
            Node::Said(breakdown) | Node::Group(breakdown, _) => Node::Group(breakdown, 0),
            Node::SaidBoth(crossing, _) | Node::Pair(crossing, _, _) => Node::Pair(crossing, 0, 0),
        }
    }
}

/// What was published of one group: running totals, by the release that they are up to.
#[derive(Debug, Hash, Default)]
pub struct Sums {
    pub base: Points,
    /// By option; sets of several options are shown as one.
    pub options: BTreeMap<Vec<usize>, Points>,
    pub favourable: Points,
}

pub type Points = BTreeMap<u32, Known>;

/// A number of people, or between which two it lies.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq)]
pub struct Known {
    pub low: u64,
    pub high: u64,
}

/// Figures that cannot be true, or tell too much as they are printed.
#[derive(Clone, Debug)]
pub struct Clash {
    pub question: Option<String>,
    pub node: Node,
    pub option: Option<String>,
    pub up_to: u32,
    pub people: Known,
    pub rule: Rule,
}

impl Known {
    pub fn exactly(people: u64) -> Self {
        Known { low: people, high: people }
    }

    pub fn exact(self) -> Option<u64> {
        (self.low == self.high).then_some(self.low)
    }

    /// What is in both; none if nothing is.
    pub fn and(self, other: Known) -> Option<Known> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        (low <= high).then_some(Known { low, high })
    }

    /// From the least of both to the greatest.
    pub fn or(self, other: Known) -> Known {
        Known { low: self.low.min(other.low), high: self.high.max(other.high) }
    }
}

impl Published {
    /// The group of a breakdown or of a crossing, by their names.
    pub fn group(&self, breakdown: &str, group: &str) -> Option<Node> {
        let one = |breakdown: usize, group: &str| {
            let groups = &self.breakdowns.get(breakdown)?.groups;
            groups.iter().position(|one| one == group).map(|at| at + 1)
        };
        match breakdown.split_once('*') {
            None => {
                let at = self.breakdown(breakdown)?;
                Some(Node::Group(at, one(at, group)?))
            }
            Some((a, b)) => {
                let pair = (self.breakdown(a)?, self.breakdown(b)?);
                let crossing = self.crossings.iter().position(|crossing| *crossing == pair)?;
                let (x, y) = group.split_once('*')?;
                Some(Node::Pair(crossing, one(pair.0, x)?, one(pair.1, y)?))
            }
        }
    }

    pub fn breakdown(&self, name: &str) -> Option<usize> {
        self.breakdowns.iter().position(|breakdown| breakdown.name == name)
    }

    /// What the policy of the release of this number says; of the next one, if it is not
    /// there.
    pub fn terms(&self, release: u32) -> Terms {
        let at = self.terms.range(release..).next().or(self.terms.iter().next_back());
        at.map_or(Terms { k: 1, width: 0, is_strict: false }, |(_, terms)| *terms)
    }

    /// A node's breakdown and group, as breaches name them.
    pub fn place(&self, node: Node) -> (Option<String>, Option<String>) {
        let group = |breakdown: usize, group: usize| -> Option<String> {
            self.breakdowns.get(breakdown)?.groups.get(group.checked_sub(1)?).cloned()
        };
        let name = |at: usize| self.breakdowns.get(at).map_or(String::new(), |breakdown| breakdown.name.clone());
        let crossing = |at: usize| self.crossings.get(at).copied().unwrap_or_default();
        match node {
            Node::All => (None, None),
            Node::Said(breakdown) => (Some(name(breakdown)), None),
            Node::Group(breakdown, at) => (Some(name(breakdown)), group(breakdown, at)),
            Node::SaidBoth(at, x) => {
                let (a, b) = crossing(at);
                (Some(format!("{}*{}", name(a), name(b))), Some(format!("{}*", group(a, x).unwrap_or_default())))
            }
            Node::Pair(at, x, y) => {
                let (a, b) = crossing(at);
                let names = format!("{}*{}", group(a, x).unwrap_or_default(), group(b, y).unwrap_or_default());
                (Some(format!("{}*{}", name(a), name(b))), Some(names))
            }
        }
    }

    /// All releases up to which anything is published, with 0 for the beginning.
    pub fn releases(&self) -> Vec<u32> {
        let points = |sums: &Sums| -> Vec<u32> { sums.base.keys().copied().collect() };
        let populations = std::iter::once(&self.everybody).chain(&self.questions);
        let published = populations.flat_map(|population| population.sums.values()).flat_map(points);
        let all: BTreeSet<u32> = published.chain(self.terms.keys().copied()).chain([0]).collect();
        all.into_iter().collect()
    }

    /// How many have responded: nobody else is in any figure.
    pub fn people(&self) -> u64 {
        let totals = self.everybody.sums.get(&Node::All);
        totals.and_then(|sums| sums.base.values().map(|known| known.high).max()).unwrap_or(0)
    }
}

impl Nesting {
    /// Whether somebody can be in such groups of the two; 0: did not say.
    pub fn allows(&self, inner: usize, outer: usize) -> bool {
        match (inner, outer) {
            (0, 0) => true,
            (0, _) | (_, 0) => !self.are_said_together,
            _ => self.within.get(&inner).is_none_or(|within| *within == outer),
        }
    }
}

impl Population {
    /// Whether everybody in the base is in exactly one option.
    pub fn is_partition(&self) -> bool {
        self.kind != "multiple"
    }

    pub fn base(&self, node: Node, release: u32) -> Option<u64> {
        if release == 0 {
            return Some(0);
        }
        self.sums.get(&node)?.base.get(&release)?.exact()
    }
}
