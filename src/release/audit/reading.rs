//! From releases to [`Published`]. Figures that are "as at" an earlier release are the
//! figures of that one again, and have to be the same.

use super::digits::{self, Row, Told};
use super::finding::Rule;
use super::others;
use super::published::{Breakdown, Clash, Known, Node, Population, Published, Sums, Terms};
use crate::release::model::{Cell, Group, Release, Table};
use std::collections::BTreeSet;

pub fn read(releases: &[Release]) -> Published {
    let printing = digits::Terms { decimals: 1, people: 0, width: 0 };
    let mut reader = Reader { published: Published::default(), number: 0, printing };
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
    /// Of the release that is read, and what its policy is.
    number: u32,
    printing: digits::Terms,
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
        self.number = release.number;
        let policy = &release.policy;
        self.printing = digits::Terms { decimals: policy.decimals, people: release.base, width: policy.width() };
        let terms = Terms { k: policy.k(), width: policy.width(), is_strict: policy.strict };
        self.published.terms.insert(release.number, terms);
        self.base(None, Node::All, release.number, Some(Known::exactly(release.base)));
        for table in &release.tables {
            let own = self.published.breakdown(&table.question);
            match (own, table.breakdown.as_deref()) {
                (Some(own), None) => table.groups.iter().for_each(|group| self.own(own, group)),
                (Some(own), Some(by)) => self.crossed(own, by, &table.groups),
                (None, by) => self.question(table, by, total(release, table)),
            }
        }
    }

    /// A breakdown's own table: how large its groups are.
    fn own(&mut self, breakdown: usize, group: &Group) {
        let at = group.as_at.unwrap_or(self.number);
        let told = self.told(None, Node::Said(breakdown), group, true);
        for (cell, people) in group.cells.iter().flatten().zip(told.cells) {
            let place = self.group(breakdown, &cell.option);
            let at = cell.as_at.unwrap_or(at);
            self.base(None, Node::Group(breakdown, place), at, people);
            if let Some(base) = cell.base {
                self.base(None, Node::Said(breakdown), at, Some(Known::exactly(base)));
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
            let at = group.as_at.unwrap_or(self.number);
            let told = self.told(None, Node::SaidBoth(crossing, x), group, true);
            for (cell, people) in group.cells.iter().flatten().zip(told.cells) {
                let y = self.group(own, &cell.option);
                self.base(None, Node::Pair(crossing, x, y), cell.as_at.unwrap_or(at), people);
            }
        }
    }

    fn question(&mut self, table: &Table, by: Option<&str>, total: Option<&Group>) {
        let question = self.population(table);
        let rows: Vec<(Node, &Group)> =
            table.groups.iter().map(|group| (self.node(by, group.group.as_deref()), group)).collect();
        for (node, group) in &rows {
            self.figures(question, *node, group);
        }
        if let Some((others, total)) = table.others.as_ref().zip(total) {
            let told = others::told(total, &table.groups, others, self.is_partition(question), self.printing);
            told.into_iter().for_each(|told| self.others(question, &rows, total, told));
        }
    }

    fn node(&mut self, by: Option<&str>, group: Option<&str>) -> Node {
        let breakdowns: Vec<usize> = by.iter().flat_map(|by| by.split('*')).map(|name| self.breakdown(name)).collect();
        let names = group.unwrap_or_default().split('*');
        let places: Vec<usize> =
            breakdowns.iter().zip(names).map(|(breakdown, name)| self.group(*breakdown, name)).collect();
        match (breakdowns.as_slice(), places.as_slice()) {
            ([a, b], [x, y]) => Node::Pair(self.crossing(*a, *b), *x, *y),
            ([breakdown], [place]) => Node::Group(*breakdown, *place),
            _ => Node::All,
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
        let at = group.as_at.unwrap_or(self.number);
        let told = self.told(Some(question), node, group, self.is_partition(question));
        for (Cell { option, as_at, .. }, people) in group.cells.iter().flatten().zip(told.cells) {
            let option = self.option(question, option);
            self.count(question, node, vec![option], as_at.unwrap_or(at), people);
        }
        for (union, people) in group.collapsed.iter().flatten().zip(told.unions) {
            let options: BTreeSet<usize> = union.options.iter().map(|option| self.option(question, option)).collect();
            self.count(question, node, options.into_iter().collect(), at, people);
        }
        if let Some(favourable) = group.favourable {
            self.published.figures += 1;
            let known = Known::exactly(favourable.count);
            self.sums(Some(question), node).favourable.entry(at).or_insert(known);
        }
    }

    /// What is printed of a group and can be worked out from it alone.
    fn told(&mut self, question: Option<usize>, node: Node, group: &Group, is_partition: bool) -> Told {
        let at = group.as_at.unwrap_or(self.number);
        let told = Row::of(group, is_partition).told(self.printing);
        self.base(question, node, at, group.base.map(Known::exactly));
        if let Some(people) = told.base {
            self.know(question, node, None, at, people);
        }
        let people = told.base.unwrap_or(Known { low: 0, high: self.printing.people });
        let wrong = told.wrong.iter().map(|at| group.cells.iter().flatten().nth(*at).map(|cell| cell.option.clone()));
        for option in wrong.chain(told.is_wrong.then_some(None)) {
            self.clash(question, node, option, at, people, Rule::Contradiction);
        }
        if told.is_traced {
            self.clash(question, node, None, at, people, Rule::Narrow);
        }
        told
    }

    /// What the row of all others tells of the rest of its table.
    fn others(&mut self, question: usize, rows: &[(Node, &Group)], total: &Group, told: others::Told) {
        match told {
            others::Told::People { group, option, people } => {
                let row = group.map_or(Some((Node::All, total)), |at| rows.get(at).copied());
                let options = option.map(|option| vec![self.option(question, &option)]);
                if let Some((node, group)) = row {
                    self.know(Some(question), node, options, group.as_at.unwrap_or(self.number), people);
                }
            }
            others::Told::Wrong { option } => {
                let people = Known { low: 0, high: self.printing.people };
                let node = rows.first().map_or(Node::All, |(node, _)| node.rest());
                self.clash(Some(question), node, option, self.number, people, Rule::Contradiction);
            }
        }
    }

    /// How many there are of a node, if that is printed; or follows from what is.
    fn base(&mut self, question: Option<usize>, node: Node, at: u32, people: Option<Known>) {
        self.counted(question).rows.insert(node);
        let Some(people) = people else { return self.published.hidden += 1 };
        self.published.figures += 1;
        self.know(question, node, None, at, people);
    }

    fn count(&mut self, question: usize, node: Node, options: Vec<usize>, at: u32, people: Option<Known>) {
        let Some(people) = people else { return self.published.hidden += 1 };
        self.published.figures += 1;
        self.know(Some(question), node, Some(options), at, people);
    }

    /// What is known already has to be so as well. No options: however they answered.
    fn know(&mut self, question: Option<usize>, node: Node, options: Option<Vec<usize>>, at: u32, people: Known) {
        let option = options.as_ref().and_then(|options| options.first().copied());
        let sums = self.sums(question, node);
        let points = match options {
            Some(options) => sums.options.entry(options).or_default(),
            None => &mut sums.base,
        };
        let before = *points.entry(at).or_insert(people);
        let both = before.and(people);
        points.insert(at, both.unwrap_or(before));
        if both.is_none() {
            let population = question.and_then(|question| self.published.questions.get(question));
            let option = option.and_then(|option| population?.options.get(option).cloned());
            self.clash(question, node, option, at, before.or(people), Rule::Contradiction);
        }
    }

    fn clash(
        &mut self,
        question: Option<usize>,
        node: Node,
        option: Option<String>,
        up_to: u32,
        people: Known,
        rule: Rule,
    ) {
        let population = question.and_then(|question| self.published.questions.get(question));
        let question = population.and_then(|population| population.question.clone());
        self.published.clashes.push(Clash { question, node, option, up_to, people, rule });
    }

    fn is_partition(&self, question: usize) -> bool {
        self.published.questions.get(question).is_some_and(Population::is_partition)
    }

    fn sums(&mut self, question: Option<usize>, node: Node) -> &mut Sums {
        self.counted(question).sums.entry(node).or_default()
    }

    fn counted(&mut self, question: Option<usize>) -> &mut Population {
        let Published { everybody, questions, .. } = &mut self.published;
        question.and_then(|question| questions.get_mut(question)).unwrap_or(everybody)
    }
}

/// Everybody's figures of the question of a table.
fn total<'r>(release: &'r Release, table: &Table) -> Option<&'r Group> {
    let is_total = |one: &&Table| one.question == table.question && one.breakdown.is_none();
    release.tables.iter().find(is_total)?.groups.first()
}
