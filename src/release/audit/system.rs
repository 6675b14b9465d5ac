//! The equations of one population, split one way, in one family of breakdowns.

use super::outer::Outer;
use super::program::Program;
use super::published::{Node, Points, Population};
use super::shape::Shape;
use std::collections::BTreeMap;
use std::ops::Range;

/// How the people of a population are told apart by what they answered. Each is in one
/// part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// By the options of a question with which everybody chose one; there is one part
    /// where there are no options.
    Options,
    /// Of a question with which one can choose several: those who chose one option, those
    /// who chose one that excludes all others (none of them, perhaps), and the rest.
    Chosen { option: usize, alone: Vec<usize> },
    /// Those whose answer is favourable, and the rest.
    Favourable,
    /// Not at all.
    Together,
}

/// A program and the numbers of its variables.
#[derive(Debug)]
pub struct System<'a> {
    pub program: Program,
    shape: &'a Shape<'a>,
    split: Split,
    people: Cube,
}

/// Variables by class, batch and part.
#[derive(Clone, Debug)]
pub struct Cube {
    first: usize,
    batches: usize,
    parts: usize,
}

impl Split {
    fn parts(&self, population: &Population) -> usize {
        match self {
            Split::Options => population.options.len().max(1),
            Split::Chosen { alone, .. } => alone.len() + 2,
            Split::Favourable => 2,
            Split::Together => 1,
        }
    }

    /// The part of those who chose an option; none if they are in no part of their own.
    fn part(&self, option: usize) -> Option<usize> {
        match self {
            Split::Options => Some(option),
            Split::Chosen { option: chosen, alone } => {
                std::iter::once(chosen).chain(alone).position(|other| *other == option)
            }
            Split::Favourable | Split::Together => None,
        }
    }

    /// What is published of a node: of which parts, and how many up to which release.
    fn published(&self, population: &Population, node: Node) -> Vec<(Vec<usize>, Points)> {
        let Some(sums) = population.sums.get(&node) else { return Vec::new() };
        let all = || (0..self.parts(population)).collect::<Vec<usize>>();
        let one = |option: usize| sums.options.get(&vec![option]).cloned().unwrap_or_default();
        match self {
            Split::Together => vec![(all(), sums.base.clone())],
            Split::Options if population.options.is_empty() => vec![(all(), sums.base.clone())],
            Split::Options => {
                // Where every option is known, how many they are is nothing more.
                let is_told = |at: &u32| {
                    all().into_iter().all(|option| one(option).get(at).is_some_and(|known| known.exact().is_some()))
                };
                let base = sums.base.iter().filter(|(at, _)| !is_told(at)).map(|(at, known)| (*at, *known)).collect();
                let options = sums.options.iter().map(|(options, points)| (options.clone(), points.clone()));
                options.chain([(all(), base)]).collect()
            }
            Split::Chosen { option, alone } => {
                let chosen = std::iter::once(option).chain(alone).enumerate();
                let mut published: Vec<(Vec<usize>, Points)> =
                    chosen.map(|(part, option)| (vec![part], one(*option))).collect();
                published.push((all(), sums.base.clone()));
                published
            }
            Split::Favourable => vec![(vec![0], sums.favourable.clone()), (all(), sums.base.clone())],
        }
    }

    /// The ways in which a population is attacked.
    pub fn of(population: &Population, alone: &[usize]) -> Vec<Split> {
        let is_about_favour = population.sums.values().any(|sums| !sums.favourable.is_empty());
        if population.is_partition() {
            return vec![Split::Options];
        }
        let chosen = (0..population.options.len()).map(|option| Split::Chosen {
            option,
            alone: alone.iter().copied().filter(|other| *other != option).collect(),
        });
        chosen.chain(is_about_favour.then_some(Split::Favourable)).collect()
    }
}

impl Cube {
    fn new(program: &mut Program, shape: &Shape, parts: usize) -> Self {
        let batches = shape.releases.len().saturating_sub(1);
        let variables = program.variables(shape.classes() * batches * parts);
        Cube { first: variables.first().copied().unwrap_or(0), batches, parts }
    }

    fn variable(&self, class: usize, batch: usize, part: usize) -> usize {
        self.first + (class * self.batches + batch) * self.parts + part
    }
}

impl<'a> System<'a> {
    /// What is published of `population`, and what follows for it from the larger ones
    /// that it lies in.
    pub fn new(shape: &'a Shape<'a>, population: &Population, split: &Split, outers: &[&Outer]) -> Self {
        let mut program = Program::default();
        let mut system = System::add_to(&mut program, shape, population, split);
        system.program = program;
        for outer in outers {
            system.lie_within(population, outer);
        }
        system
    }

    /// What is published of `population`, written into a program that others are in.
    pub fn add_to(program: &mut Program, shape: &'a Shape<'a>, population: &Population, split: &Split) -> Self {
        let people = Cube::new(program, shape, split.parts(population));
        let mut system = System { program: std::mem::take(program), shape, split: split.clone(), people };
        for node in population.sums.keys().filter(|node| shape.has(**node)) {
            for (parts, points) in split.published(population, *node) {
                system.publish(*node, &parts, &points);
            }
        }
        for (node, span) in shape.published.deserted.iter().filter(|(node, _)| shape.has(*node)) {
            let people = system.people(*node, *span, None);
            system.program.bound(people, 0, Some(0));
        }
        *program = std::mem::take(&mut system.program);
        system
    }

    /// Each class of each batch.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let Cube { batches, .. } = self.people;
        (0..self.shape.classes()).flat_map(move |class| (0..batches).map(move |batch| (class, batch)))
    }

    pub fn parts(&self) -> Range<usize> {
        0..self.people.parts
    }

    /// The people of one class and batch in some parts (none: in all).
    pub fn at(&self, (class, batch): (usize, usize), parts: Option<&[usize]>) -> Vec<usize> {
        let all: Vec<usize> = self.parts().collect();
        parts.unwrap_or(&all).iter().map(|part| self.people.variable(class, batch, *part)).collect()
    }

    /// The people of a node in some parts (none: in all) who came in a span.
    pub fn people(&self, node: Node, (after, up_to): (u32, u32), parts: Option<&[usize]>) -> Vec<usize> {
        let all: Vec<usize> = (0..self.people.parts).collect();
        self.of(&self.people, node, (after, up_to), parts.unwrap_or(&all))
    }

    /// Those of a node who came in a span and chose `option` (none: whatever they chose);
    /// none if they are not told from others.
    pub fn chose(&self, node: Node, span: (u32, u32), option: Option<usize>) -> Option<Vec<usize>> {
        let Some(option) = option else { return Some(self.people(node, span, None)) };
        Some(self.people(node, span, Some(&[self.split.part(option)?])))
    }

    fn of(&self, cube: &Cube, node: Node, span: (u32, u32), parts: &[usize]) -> Vec<usize> {
        let batches = self.batches(span);
        let mut variables = Vec::new();
        for class in self.shape.within(node) {
            for batch in batches.clone() {
                variables.extend(parts.iter().map(|part| cube.variable(class, batch, *part)));
            }
        }
        variables
    }

    fn batches(&self, (after, up_to): (u32, u32)) -> Range<usize> {
        let place = |release: u32| self.shape.releases.iter().take_while(|at| **at < release).count();
        place(after)..place(up_to)
    }

    /// Running totals become what came from one to the next.
    fn publish(&mut self, node: Node, parts: &[usize], points: &Points) {
        let mut last = (0, 0);
        for (at, known) in points {
            let people = self.people(node, (last.0, *at), Some(parts));
            self.program.bound(people, signed(known.low) - last.1, Some(signed(known.high) - last.1));
            if let Some(exact) = known.exact() {
                last = (*at, signed(exact));
            }
        }
    }

    /// Each class of `outer` is that of the population and some people besides. Where both
    /// are published, so are these.
    fn lie_within(&mut self, population: &Population, outer: &Outer) {
        let mine = |node: &Node| self.shape.has(*node);
        let points: BTreeMap<Node, &Points> =
            outer.points.iter().filter(|(node, _)| mine(node)).map(|(node, points)| (*node, points)).collect();
        let bounds: Vec<_> = outer.bounds.iter().filter(|bound| bound.nodes.iter().all(mine)).collect();
        if population.question.is_none() {
            for bound in bounds {
                let people = bound.nodes.iter().flat_map(|node| self.people(*node, bound.span, None)).collect();
                self.program.bound(people, signed(bound.low), bound.high.map(signed));
            }
            return;
        }
        if !outer.says_more(self.shape, population) {
            return;
        }
        let besides = Cube::new(&mut self.program, self.shape, 1);
        for (node, points) in points {
            let (mut last, mut last_besides) = ((0, 0), (0, 0));
            for (at, known) in points {
                let Some(people) = known.exact().map(signed) else { continue };
                match population.base(node, *at).map(signed) {
                    Some(base) => {
                        let variables = self.of(&besides, node, (last_besides.0, *at), &[0]);
                        let more = people - base - last_besides.1;
                        self.program.bound(variables, more, Some(more));
                        last_besides = (*at, people - base);
                    }
                    None => {
                        let both = self.both(&besides, node, (last.0, *at));
                        self.program.bound(both, people - last.1, Some(people - last.1));
                    }
                }
                last = (*at, people);
            }
        }
        for bound in bounds {
            let both = bound.nodes.iter().flat_map(|node| self.both(&besides, *node, bound.span)).collect();
            self.program.bound(both, signed(bound.low), bound.high.map(signed));
        }
    }

    fn both(&self, besides: &Cube, node: Node, span: (u32, u32)) -> Vec<usize> {
        let mut variables = self.people(node, span, None);
        variables.extend(self.of(besides, node, span, &[0]));
        variables
    }
}

fn signed(people: u64) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX / 4)
}
