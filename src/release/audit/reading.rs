//! From releases to [`Published`]. Figures that are "as at" an earlier release are the
//! figures of that one again, and have to be the same.

use super::published::{Breakdown, Clash, Known, Node, Population, Published, Sums, Terms};
use crate::release::model::{Cell, Group, Release, Table};
use std::collections::BTreeSet;

pub fn read(releases: &[Release]) -> Published {
    let mut reader = Reader { published: Published::default(), release: 0 };
    for table in releases.iter().flat_map(|release| &release.tables) {
        reader.name(table);
    }
    for release in releases {
        reader.release(release);
    }
    reader.published
}

struct Reader {
    published: Published,
    release: u32,
}

impl Reader {
    /// Learns the names of breakdowns, crossings and groups. What no table is split by is
    /// no breakdown to an attacker.
    fn name(&mut self, table: &Table) {
        let Some(breakdown) = table.breakdown.as_deref() else { return };
        let names: Vec<&str> = breakdown.split('*').collect();
        let positions: Vec<usize> = names.iter().map(|name| self.breakdown(name)).collect();
        if let [a, b] = positions.as_slice() {
            self.crossing(*a, *b);
        }
        for group in table.groups.iter().filter_map(|group| group.group.as_deref()) {
            for (breakdown, group) in positions.iter().zip(group.split('*')) {
                self.group(*breakdown, group);
            }
        }
    }

    fn breakdown(&mut self, name: &str) -> usize {
        let breakdowns = &mut self.published.breakdowns;
        let known = breakdowns.iter().position(|breakdown| breakdown.name == name);
        known.unwrap_or_else(|| {
            breakdowns.push(Breakdown { name: name.to_owned(), groups: Vec::new() });
            breakdowns.len() - 1
        })
    }

    fn crossing(&mut self, a: usize, b: usize) -> usize {
        let crossings = &mut self.published.crossings;
        crossings.iter().position(|crossing| *crossing == (a, b)).unwrap_or_else(|| {
            crossings.push((a, b));
            crossings.len() - 1
        })
    }

    /// Numbered from 1.
    fn group(&mut self, breakdown: usize, name: &str) -> usize {
        let Some(breakdown) = self.published.breakdowns.get_mut(breakdown) else { return 0 };
        let known = breakdown.groups.iter().position(|group| group == name);
        1 + known.unwrap_or_else(|| {
            breakdown.groups.push(name.to_owned());
            breakdown.groups.len() - 1
        })
    }

    fn release(&mut self, release: &Release) {
        self.release = release.number;
        let policy = &release.policy;
        let terms = Terms { k: policy.k(), width: policy.width() };
        self.published.terms.insert(release.number, terms);
        self.base(None, Node::All, release.number, Some(release.base));
        for table in &release.tables {
            let own = self.published.breakdown(&table.question);
            match (own, table.breakdown.as_deref()) {
                (Some(own), None) => table.groups.iter().for_each(|group| self.own(own, group)),
                (Some(own), Some(by)) => self.crossed(own, by, &table.groups),
                (None, by) => self.question(table, by),
            }
        }
    }

    /// A breakdown's own table: how large its groups are.
    fn own(&mut self, breakdown: usize, group: &Group) {
        let at = group.as_at.unwrap_or(self.release);
        self.base(None, Node::Said(breakdown), at, group.base);
        for cell in group.cells.iter().flatten() {
            let place = self.group(breakdown, &cell.option);
            let at = cell.as_at.unwrap_or(at);
            self.base(None, Node::Group(breakdown, place), at, cell.count);
            if cell.base.is_some() {
                self.base(None, Node::Said(breakdown), at, cell.base);
            }
        }
    }

    /// A breakdown by another: how large the groups of their crossing are.
    fn crossed(&mut self, own: usize, by: &str, groups: &[Group]) {
        let by = self.breakdown(by);
        let crossing = self.crossing(by, own);
        for group in groups {
            let Some(name) = &group.group else { continue };
            let x = self.group(by, name);
            let at = group.as_at.unwrap_or(self.release);
            self.base(None, Node::SaidBoth(crossing, x), at, group.base);
            for cell in group.cells.iter().flatten() {
                let y = self.group(own, &cell.option);
                self.base(None, Node::Pair(crossing, x, y), cell.as_at.unwrap_or(at), cell.count);
            }
        }
    }

    fn question(&mut self, table: &Table, by: Option<&str>) {
        let question = self.population(table);
        let breakdowns: Vec<usize> = by.iter().flat_map(|by| by.split('*')).map(|name| self.breakdown(name)).collect();
        for group in &table.groups {
            let names = group.group.as_deref().unwrap_or_default();
            let places: Vec<usize> =
                breakdowns.iter().zip(names.split('*')).map(|(breakdown, name)| self.group(*breakdown, name)).collect();
            let node = match (breakdowns.as_slice(), places.as_slice()) {
                ([a, b], [x, y]) => Node::Pair(self.crossing(*a, *b), *x, *y),
                ([breakdown], [place]) => Node::Group(*breakdown, *place),
                _ => Node::All,
            };
            self.figures(question, node, group);
        }
    }

    fn population(&mut self, table: &Table) -> usize {
        let questions = &mut self.published.questions;
        let known = questions.iter().position(|known| known.question.as_deref() == Some(&table.question));
        known.unwrap_or_else(|| {
            let question = Some(table.question.clone());
            questions.push(Population { question, kind: table.kind.clone(), ..Population::default() });
            questions.len() - 1
        })
    }

    fn option(&mut self, question: usize, name: &str) -> usize {
        let Some(population) = self.published.questions.get_mut(question) else { return 0 };
        population.options.iter().position(|option| option == name).unwrap_or_else(|| {
            population.options.push(name.to_owned());
            population.options.len() - 1
        })
    }

    fn figures(&mut self, question: usize, node: Node, group: &Group) {
        let at = group.as_at.unwrap_or(self.release);
        self.base(Some(question), node, at, group.base);
        for Cell { option, as_at, count, .. } in group.cells.iter().flatten() {
            let option = self.option(question, option);
            self.count(question, node, vec![option], as_at.unwrap_or(at), *count);
        }
        for union in group.collapsed.iter().flatten() {
            let options: BTreeSet<usize> = union.options.iter().map(|option| self.option(question, option)).collect();
            self.count(question, node, options.into_iter().collect(), at, union.count);
        }
        if let Some(favourable) = group.favourable {
            self.published.figures += 1;
            let known = Known::exactly(favourable.count);
            self.sums(Some(question), node).favourable.entry(at).or_insert(known);
        }
    }

    fn base(&mut self, question: Option<usize>, node: Node, at: u32, base: Option<u64>) {
        self.row(question, node);
        let Some(people) = base else { return self.published.hidden += 1 };
        let known = Known::exactly(people);
        self.published.figures += 1;
        let before = *self.sums(question, node).base.entry(at).or_insert(known);
        self.compare(question, node, None, at, before, known);
    }

    fn count(&mut self, question: usize, node: Node, options: Vec<usize>, at: u32, count: Option<u64>) {
        let Some(people) = count else { return self.published.hidden += 1 };
        let known = Known::exactly(people);
        self.published.figures += 1;
        let option = options.first().copied();
        let points = self.sums(Some(question), node).options.entry(options).or_default();
        let before = *points.entry(at).or_insert(known);
        self.compare(Some(question), node, option, at, before, known);
    }

    fn compare(
        &mut self,
        question: Option<usize>,
        node: Node,
        option: Option<usize>,
        up_to: u32,
        first: Known,
        second: Known,
    ) {
        if first == second {
            return;
        }
        let population = question.and_then(|question| self.published.questions.get(question));
        let option = option.and_then(|option| population?.options.get(option).cloned());
        let question = population.and_then(|population| population.question.clone());
        self.published.clashes.push(Clash { question, node, option, up_to, first, second });
    }

    fn row(&mut self, question: Option<usize>, node: Node) {
        self.counted(question).rows.insert(node);
    }

    fn sums(&mut self, question: Option<usize>, node: Node) -> &mut Sums {
        self.counted(question).sums.entry(node).or_default()
    }

    fn counted(&mut self, question: Option<usize>) -> &mut Population {
        let Published { everybody, questions, .. } = &mut self.published;
        question.and_then(|question| questions.get_mut(question)).unwrap_or(everybody)
    }
}
