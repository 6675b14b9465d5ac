//! The attack on one population in one family of breakdowns: every group, every span.

use super::asking::Asking;
use super::finding::{Breach, Narrowest, Only, Rule, Whose};
use super::limits::Limits;
use super::linear::Failure;
use super::outer::Outer;
use super::pieces::Range;
use super::published::{Node, Population, Published};
use super::shape::{Family, Shape};
use super::system::Split;

/// With more variables than this, what follows from larger populations is asked for by
/// how many answered, not also by what.
const MANY: usize = 600;

/// What is attacked.
#[derive(Debug)]
pub struct Attack<'a> {
    pub published: &'a Published,
    pub population: &'a Population,
    pub family: &'a Family,
    /// Options that exclude all others.
    pub alone: Vec<usize>,
    /// The populations that this one lies in: all responses first, then those who were asked
    /// because of an answer.
    pub outers: Vec<Outer>,
    /// Whether everybody together is asked for as well.
    pub with_all: bool,
    pub only: Only<'a>,
    /// Whether all questions are attacked side by side as well: then what larger
    /// populations tell is left to that.
    pub is_joined: bool,
}

/// How it is attacked: by which of its answers, and within which larger populations.
pub struct Way<'a> {
    pub split: Split,
    pub outers: Vec<&'a Outer>,
}

#[derive(Clone, Debug, Default)]
pub struct Findings {
    pub breaches: Vec<Breach>,
    pub narrowest: Option<Narrowest>,
    pub targets: usize,
    pub programs: usize,
    pub doubtful: usize,
    pub not_wide: Vec<Whose>,
}

/// People to ask for.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub node: Node,
    pub span: (u32, u32),
    /// None: whatever they answered.
    pub option: Option<usize>,
    pub limits: Limits,
}

impl Attack<'_> {
    pub fn run(&self) -> Findings {
        let shape = Shape::new(self.published, self.family);
        let mut findings = Findings::default();
        let nodes = self.nodes(&shape);
        if self.population.question.is_none() {
            let groups: Vec<Node> = nodes.into_iter().filter(|node| !is_silent(*node)).collect();
            let alone = [Way { split: Split::Options, outers: Vec::new() }];
            self.attack(&shape, &alone, &groups, Limits::in_full, &mut findings);
            if !self.is_joined && self.outers.iter().any(|outer| !outer.bounds.is_empty()) {
                let told = [Way { split: Split::Options, outers: self.outers.iter().collect() }];
                self.attack(&shape, &told, &groups, Limits::as_told, &mut findings);
            }
            return findings;
        }
        // Of who did not say, what they answered has to stay open, even if how many they
        // are does not; of all others, also for whoever knows that.
        let (silent, groups): (Vec<Node>, Vec<Node>) = nodes.iter().partition(|node| is_silent(**node));
        let splits = Split::of(self.population, &self.alone);
        let alone: Vec<Way> = splits.iter().map(|split| Way { split: split.clone(), outers: Vec::new() }).collect();
        self.attack(&shape, &alone, &silent, Limits::in_full, &mut findings);
        // How many were asked because of an answer is no secret either.
        let told: Vec<Outer> = self.outers.iter().take(1).map(Outer::of_who_said).collect();
        let is_large = shape.classes() * shape.releases.len() * self.population.options.len() > MANY;
        let ways = if is_large { alone } else { Vec::new() };
        let ways = ways.into_iter().chain(self.ways(&splits, &told, is_large)).collect::<Vec<_>>();
        self.attack(&shape, &ways, &groups, Limits::in_full, &mut findings);
        // How many did not answer is no secret, and so neither is how many did, within
        // that: but nobody may be shown to be in a small group.
        if !self.is_joined && self.outers.iter().any(|outer| outer.says_more(&shape, self.population)) {
            let ways: Vec<Way> = self.ways(&splits, &self.outers, is_large).collect();
            self.attack(&shape, &ways, &groups, Limits::for_few, &mut findings);
        }
        findings
    }

    /// What all questions side by side are asked for: sizes are held to what must not be
    /// told of them, how many answered to that they cannot be shown to be few.
    pub fn joined(&self, shape: &Shape) -> Vec<Target> {
        let groups: Vec<Node> = self.nodes(shape).into_iter().filter(|node| !is_silent(*node)).collect();
        match self.population.question {
            None => self.targets(shape, &groups, Limits::as_told),
            Some(_) => self.targets(shape, &groups, Limits::for_few),
        }
    }

    /// A question within larger populations.
    fn ways<'w>(&self, splits: &[Split], outers: &'w [Outer], is_large: bool) -> impl Iterator<Item = Way<'w>> {
        let splits = if is_large { vec![Split::Together] } else { splits.to_vec() };
        splits.into_iter().map(|split| Way { split, outers: outers.iter().collect() })
    }

    /// The groups whose figures the tables show or hide, and those who did not say.
    fn nodes(&self, shape: &Shape) -> Vec<Node> {
        let rows = &self.population.rows;
        let has_row = |node: &Node| match *node {
            // A table of sizes names all groups there are, whatever it shows of them.
            _ if self.population.question.is_none() => true,
            Node::Group(breakdown, 0) => {
                rows.iter().any(|row| matches!(row, Node::Group(other, _) if *other == breakdown))
            }
            // Of a group that is hidden whole, a table of sizes has no cells.
            Node::Pair(crossing, x, y) if x == 0 || y == 0 || self.population.question.is_none() => {
                rows.iter().any(|row| matches!(row, Node::Pair(other, _, _) if *other == crossing))
            }
            node => rows.contains(&node),
        };
        let groups = shape.groups().into_iter().filter(has_row);
        self.with_all.then_some(Node::All).into_iter().chain(groups).collect()
    }

    fn attack(
        &self,
        shape: &Shape,
        ways: &[Way],
        nodes: &[Node],
        limits: impl Fn(Limits) -> Limits,
        findings: &mut Findings,
    ) {
        let targets = self.targets(shape, nodes, limits);
        if targets.is_empty() {
            return;
        }
        findings.targets += targets.len();
        if let Err(failure) = self.judge(shape, ways, &targets, findings) {
            findings.breaches.push(self.failed(shape, failure));
        }
    }

    fn targets(&self, shape: &Shape, nodes: &[Node], limits: impl Fn(Limits) -> Limits) -> Vec<Target> {
        let spans = shape.spans();
        let all = nodes.iter().flat_map(|node| spans.iter().map(|span| (*node, *span)));
        let targets = all.flat_map(|(node, span)| self.targets_of(node, span));
        let wanted = targets.filter(|target| self.only.has(|| self.whose(target)));
        wanted.map(|target| Target { limits: limits(target.limits), ..target }).collect()
    }

    fn whose(&self, target: &Target) -> Whose {
        let Target { node, span: (after, up_to), option, .. } = *target;
        let (breakdown, group) = self.published.place(node);
        let option = option.and_then(|option| self.population.options.get(option).cloned());
        Whose { question: self.population.question.clone(), breakdown, group, option, after, up_to }
    }

    /// How many they are; and under the strict policy how many of them gave each answer.
    fn targets_of(&self, node: Node, span: (u32, u32)) -> impl Iterator<Item = Target> + use<> {
        let terms = self.published.terms(span.1);
        let room = self.outers.iter().filter_map(|outer| outer.known(node, span)).min();
        let (least, width) = (terms.k, terms.width);
        let limits = Limits { least, width, may_be_nobody: false, room, is_answer: false, of: None };
        let of = self.population.base(node, span.1).zip(self.population.base(node, span.0));
        let of = of.and_then(|(up_to, after)| up_to.checked_sub(after));
        let has_answers = terms.is_strict && self.population.question.is_some();
        let options = if has_answers { self.population.options.len() } else { 0 };
        let answers =
            (0..options).map(move |option| (Some(option), Limits { room: of.or(room), is_answer: true, of, ..limits }));
        let all = std::iter::once((None, limits)).chain(answers);
        all.map(move |(option, limits)| Target { node, span, option, limits })
    }

    fn judge(&self, shape: &Shape, ways: &[Way], targets: &[Target], findings: &mut Findings) -> Result<(), Failure> {
        let ranges = Asking::new(shape, self.population, ways, targets, self.only)?.ranges(findings)?;
        targets.iter().zip(ranges).for_each(|(target, range)| self.conclude(target, range, findings));
        Ok(())
    }

    /// Whether what is asked for can be read off, knowing nothing else.
    fn is_printed(&self, target: &Target) -> bool {
        let Some(sums) = self.population.sums.get(&target.node) else { return false };
        let points = match target.option {
            None => Some(&sums.base),
            Some(option) => sums.options.get(std::slice::from_ref(&option)),
        };
        let is_at = |release: u32| points.and_then(|points| points.get(&release)?.exact()).is_some();
        (target.span.0 == 0 || is_at(target.span.0)) && is_at(target.span.1)
    }

    pub fn conclude(&self, target: &Target, range: Range, findings: &mut Findings) {
        let Range { low, high, .. } = range;
        if !target.limits.is_wide(low, high) && !self.is_printed(target) {
            findings.not_wide.push(self.whose(target));
        }
        if low == high && range.is_exact && target.limits.broken(low, high).is_none() {
            return;
        }
        let whose = self.whose(target);
        if let Some(rule) = target.limits.broken(low, high) {
            findings.breaches.push(Breach { whose, low, high, rule });
        } else if low < high
            && findings.narrowest.as_ref().is_none_or(|narrowest| high - low < narrowest.high - narrowest.low)
        {
            findings.narrowest = Some(Narrowest { whose, low, high });
        }
    }

    pub fn failed(&self, shape: &Shape, failure: Failure) -> Breach {
        let names: Vec<&str> = self
            .family
            .breakdowns
            .iter()
            .filter_map(|at| Some(self.published.breakdowns.get(*at)?.name.as_str()))
            .collect();
        let whose = Whose {
            question: self.population.question.clone(),
            breakdown: (!names.is_empty()).then(|| names.join("*")),
            group: None,
            option: None,
            after: 0,
            up_to: shape.releases.last().copied().unwrap_or(0),
        };
        let rule = match failure {
            Failure::Contradiction => Rule::Contradiction,
            Failure::Unsolved => Rule::Unsolved,
        };
        Breach { whose, low: 0, high: self.published.people(), rule }
    }
}

fn is_silent(node: Node) -> bool {
    matches!(node, Node::Group(_, 0) | Node::Pair(_, 0, _) | Node::Pair(_, _, 0))
}
