//! Into which classes people fall, and between which releases they came: the variables
//! of a system are numbered by both.

use super::published::{Nesting, Node, Published};

/// More classes than this are not put into one system.
const MOST_CLASSES: usize = 20_000;

/// More classes than this are not put into one system for the sake of a breakdown that lies
/// within another.
const MOST_NESTED: usize = 200;

/// Breakdowns that are linked by crossings, or of which one lies within the other, and so
/// belong into one system.
#[derive(Clone, Debug, Hash, Default, PartialEq, Eq)]
pub struct Family {
    /// Positions among the breakdowns.
    pub breakdowns: Vec<usize>,
    /// Positions among the crossings.
    pub crossings: Vec<usize>,
}

/// All families there are. Where one would be too large, its crossings are taken one by
/// one; false, then.
pub fn families(published: &Published) -> (Vec<Family>, bool) {
    let mut is_complete = true;
    let mut families: Vec<Family> =
        (0..published.breakdowns.len()).map(|at| Family { breakdowns: vec![at], crossings: vec![] }).collect();
    for (crossing, pair) in published.crossings.iter().enumerate() {
        is_complete &= link(&mut families, published, *pair, Some(crossing), MOST_CLASSES);
    }
    for nesting in &published.nestings {
        link(&mut families, published, (nesting.inner, nesting.outer), None, MOST_NESTED);
    }
    if families.is_empty() {
        families.push(Family::default());
    }
    families.sort_by_key(|family| family.breakdowns.first().copied());
    (families, is_complete)
}

/// Makes one family of those of two breakdowns; false: that would be too large, and the
/// two are one besides.
fn link(
    families: &mut Vec<Family>,
    published: &Published,
    (a, b): (usize, usize),
    crossing: Option<usize>,
    most: usize,
) -> bool {
    let (mut linked, rest): (Vec<Family>, Vec<Family>) =
        families.drain(..).partition(|family| family.breakdowns.contains(&a) || family.breakdowns.contains(&b));
    *families = rest;
    let mut joined = Family { breakdowns: Vec::new(), crossings: crossing.into_iter().collect() };
    for family in &linked {
        joined.breakdowns.extend(&family.breakdowns);
        joined.crossings.extend(&family.crossings);
    }
    joined.breakdowns.sort_unstable();
    joined.breakdowns.dedup();
    joined.crossings.sort_unstable();
    joined.crossings.dedup();
    let is_small = joined.classes(published) <= most;
    if !is_small {
        families.append(&mut linked);
        joined = Family { breakdowns: vec![a, b], crossings: crossing.into_iter().collect() };
        joined.breakdowns.sort_unstable();
    }
    families.push(joined);
    is_small
}

impl Family {
    /// How many there are.
    pub fn classes(&self, published: &Published) -> usize {
        let sizes = self.breakdowns.iter().filter_map(|at| published.breakdowns.get(*at));
        let all: usize = sizes.map(|breakdown| breakdown.groups.len() + 1).product();
        let is_nested = published.nestings.iter().any(|nesting| self.holds(nesting));
        if is_nested && all <= MOST_CLASSES { Shape::new(published, self).classes() } else { all }
    }

    fn holds(&self, nesting: &Nesting) -> bool {
        self.breakdowns.contains(&nesting.inner) && self.breakdowns.contains(&nesting.outer)
    }

    fn place(&self, breakdown: usize) -> Option<usize> {
        self.breakdowns.iter().position(|at| *at == breakdown)
    }

    /// Whether somebody can be in these groups of its breakdowns.
    fn allows(&self, published: &Published, class: &[usize]) -> bool {
        let group = |breakdown: usize| class.get(self.place(breakdown)?).copied();
        let mut pairs = published.nestings.iter().filter_map(|one| Some((one, group(one.inner)?, group(one.outer)?)));
        pairs.all(|(nesting, inner, outer)| nesting.allows(inner, outer))
    }
}

/// The classes of a family, and the releases.
#[derive(Debug)]
pub struct Shape<'a> {
    pub published: &'a Published,
    pub family: &'a Family,
    /// The group of each in each of the family's breakdowns; 0: did not say.
    classes: Vec<Vec<usize>>,
    /// All releases, with 0 for the beginning.
    pub releases: Vec<u32>,
}

impl<'a> Shape<'a> {
    pub fn new(published: &'a Published, family: &'a Family) -> Self {
        let mut classes: Vec<Vec<usize>> = vec![Vec::new()];
        for breakdown in family.breakdowns.iter().filter_map(|at| published.breakdowns.get(*at)) {
            let with = |class: &Vec<usize>, group: usize| class.iter().copied().chain([group]).collect();
            classes = classes
                .iter()
                .flat_map(|class| (0..=breakdown.groups.len()).map(move |group| with(class, group)))
                .collect();
        }
        classes.retain(|class| family.allows(published, class));
        Shape { published, family, classes, releases: published.releases() }
    }

    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// Whether a node is made of these classes.
    pub fn has(&self, node: Node) -> bool {
        let is_mine = |breakdown: usize| self.family.breakdowns.contains(&breakdown);
        match node {
            Node::All => true,
            Node::Said(breakdown) | Node::Group(breakdown, _) => is_mine(breakdown),
            Node::SaidBoth(crossing, _) | Node::Pair(crossing, _, _) => {
                self.published.crossings.get(crossing).is_some_and(|(a, b)| is_mine(*a) && is_mine(*b))
            }
        }
    }

    /// The classes that a node is made of.
    pub fn within(&self, node: Node) -> Vec<usize> {
        let place = |breakdown: usize| self.family.place(breakdown);
        let crossed = |crossing: usize| self.published.crossings.get(crossing).copied();
        let is_in = |class: &[usize]| -> Option<bool> {
            let group = |breakdown: usize| class.get(place(breakdown)?).copied();
            Some(match node {
                Node::All => true,
                Node::Said(breakdown) => group(breakdown)? != 0,
                Node::Group(breakdown, at) => group(breakdown)? == at,
                Node::SaidBoth(crossing, x) => {
                    let (a, b) = crossed(crossing)?;
                    group(a)? == x && group(b)? != 0
                }
                Node::Pair(crossing, x, y) => {
                    let (a, b) = crossed(crossing)?;
                    group(a)? == x && group(b)? == y
                }
            })
        };
        let classes = self.classes.iter().enumerate();
        classes.filter(|(_, class)| is_in(class).unwrap_or(false)).map(|(at, _)| at).collect()
    }

    /// All groups that can be asked for, those who did not say among them.
    pub fn groups(&self) -> Vec<Node> {
        let size = |at: usize| self.published.breakdowns.get(at).map_or(0, |breakdown| breakdown.groups.len());
        let mut nodes = Vec::new();
        for breakdown in &self.family.breakdowns {
            nodes.extend((0..=size(*breakdown)).map(|group| Node::Group(*breakdown, group)));
        }
        for crossing in &self.family.crossings {
            let (a, b) = self.published.crossings.get(*crossing).copied().unwrap_or_default();
            let pairs = (0..=size(a)).flat_map(|x| (0..=size(b)).map(move |y| Node::Pair(*crossing, x, y)));
            nodes.extend(pairs);
        }
        nodes
    }

    /// From after which release up to which.
    pub fn spans(&self) -> Vec<(u32, u32)> {
        let ends = self.releases.iter().enumerate();
        ends.flat_map(|(at, end)| self.releases.iter().take(at).map(|start| (*start, *end))).collect()
    }
}
