//! How large the groups are: the breakdowns' own tables, and the crossings'.

use super::line::Line;
use super::population::{grouped, within_one};
use super::together::{Candidate, Sum, Taken, Together};
use super::{Deciding, Place, Rules, Shown};
use crate::release::audit::{Deserted, Nested};
use crate::release::tabulate::{By, SplitCounts, Tabulated, Tabulation, crossed};

/// As decided.
#[derive(Clone, Debug)]
pub struct Sizes {
    now: u32,
    breakdowns: Vec<Own>,
    crossings: Vec<Crossing>,
    pub taken: Taken,
}

/// A breakdown's own table: everybody in any of its groups, and each group.
#[derive(Clone, Debug)]
struct Own {
    code: String,
    options: Vec<String>,
    grouped: Line,
    groups: Vec<Line>,
}

/// For each group of the first, those who gave the second as well; and each group of the
/// crossing.
#[derive(Clone, Debug)]
struct Crossing {
    a: usize,
    b: usize,
    rows: Vec<Line>,
    groups: Vec<Line>,
}

pub fn decide(deciding: &Deciding, rules: &Rules) -> Sizes {
    let mut everybody = Line::new(deciding.counts.responses.clone(), deciding.history.releases());
    everybody.advance(rules.now, rules.least);
    let owns = deciding.counts.breakdowns.iter().map(|code| own(deciding, rules, &everybody, code.as_str()));
    let mut sizes =
        Sizes { now: rules.now, breakdowns: owns.collect(), crossings: Vec::new(), taken: Taken::default() };
    for breakdown in deciding.counts.outermost_first() {
        sizes.decide_breakdown(deciding, rules, breakdown);
    }
    for (a, b) in &deciding.counts.crossings {
        sizes.decide_crossing(deciding, rules, *a, *b);
    }
    sizes
}

fn own(deciding: &Deciding, rules: &Rules, everybody: &Line, code: &str) -> Own {
    let table = deciding.counts.questions.iter().find(|question| question.question.as_str() == code);
    let options: Vec<String> = table.iter().flat_map(|table| &table.cells).map(ToString::to_string).collect();
    let line = |(at, option): (usize, &String)| {
        let points = deciding.history.points(&Place::size(code, code, option));
        table.map(|table| Line::new(table.total.cell(at), points))
    };
    let groups: Vec<Line> = options.iter().enumerate().filter_map(line).collect();
    let all = grouped(everybody, groups.iter(), deciding);
    let mut published = Line::new(all.sizes().clone(), deciding.history.points(&Place::new(code, None, None)));
    if everybody.is_at(rules.now) && !rules.held.contains(&Place::new(code, None, None)) {
        published.advance(rules.now, rules.least);
    }
    Own { code: code.to_owned(), options, grouped: published, groups }
}

impl Sizes {
    /// What the own table of `question` shows; none: it is no breakdown.
    pub fn shown_in(&self, question: &Tabulated) -> Option<Shown> {
        let position = self.breakdowns.iter().position(|own| own.code == question.question.as_str())?;
        let own = self.breakdowns.get(position)?;
        let crossing = |split: &SplitCounts| match split.by {
            By::One(a) => self.crossing(a, position),
            By::Two(..) => None,
        };
        let crossings: Vec<&Crossing> = question.splits.iter().filter_map(crossing).collect();
        let cells = |crossing: &&Crossing| -> Vec<Vec<Option<u32>>> {
            crossing.groups.chunks(own.options.len().max(1)).map(as_at).collect()
        };
        Some(Shown {
            total: own.grouped.as_at(),
            splits: crossings.iter().map(|crossing| as_at(&crossing.rows)).collect(),
            answers: None,
            cells: Some(as_at(&own.groups)),
            split_cells: Some(crossings.iter().map(cells).collect()),
        })
    }

    /// Whether it is shown, as of now, how large a group is.
    pub fn is_shown(&self, split: &SplitCounts, group: &str) -> bool {
        let position = split.groups.iter().position(|(one, _)| one == group);
        let lines = match split.by {
            By::One(breakdown) => self.breakdowns.get(breakdown).map(|own| &own.groups),
            By::Two(a, b) => self.crossing(a, b).map(|crossing| &crossing.groups),
        };
        let line = lines.zip(position).and_then(|(lines, position)| lines.get(position));
        line.is_some_and(|line| line.is_at(self.now))
    }

    /// The groups that nobody came to for some time since their size was last shown:
    /// whoever knows the place knows that.
    pub fn deserted(&self, counts: &Tabulation) -> Vec<Deserted> {
        let mut deserted = Vec::new();
        let mut add = |breakdown: &str, group: String, line: &Line| {
            if let Some(up_to) = line.deserted_until(self.now) {
                deserted.push(Deserted { breakdown: breakdown.to_owned(), group, after: line.last(), up_to });
            }
        };
        for own in &self.breakdowns {
            own.options.iter().zip(&own.groups).for_each(|(option, line)| add(&own.code, option.clone(), line));
        }
        for (crossing, (a, b)) in self.crossings.iter().zip(&counts.crossings) {
            let Some((first, second)) = self.breakdowns.get(*a).zip(self.breakdowns.get(*b)) else { continue };
            let pairs = first.options.iter().flat_map(|x| second.options.iter().map(move |y| crossed(x, y)));
            let name = crossed(&first.code, &second.code);
            pairs.zip(&crossing.groups).for_each(|(group, line)| add(&name, group, line));
        }
        deserted
    }

    /// Which breakdowns lie within others: that is known to all.
    pub fn nested(&self, counts: &Tabulation) -> Vec<Nested> {
        let of = |(at, inner): (usize, &Own)| -> Vec<Nested> {
            let holding = counts.holding(at).into_iter();
            let nested = holding.filter_map(|(position, within)| {
                let outer = self.breakdowns.get(position)?;
                let name = |within: &Option<usize>| outer.options.get((*within)?).cloned();
                let pairs =
                    inner.options.iter().zip(&within).filter_map(|(one, there)| Some((one.clone(), name(there)?)));
                Some(Nested {
                    inner: inner.code.clone(),
                    outer: outer.code.clone(),
                    within: pairs.collect(),
                    are_said_together: counts.nesting.are_said_together(at, position),
                })
            });
            nested.collect()
        };
        self.breakdowns.iter().enumerate().flat_map(of).collect()
    }

    fn crossing(&self, a: usize, b: usize) -> Option<&Crossing> {
        self.crossings.iter().find(|crossing| crossing.a == a && crossing.b == b)
    }

    fn decide_breakdown(&mut self, deciding: &Deciding, rules: &Rules, breakdown: usize) {
        let Some(own) = self.breakdowns.get(breakdown) else { return };
        let lines = own.groups.clone();
        let all = (0..lines.len()).collect();
        let mut sums = vec![Sum { whole: own.grouped.clone(), parts: all, is_published: true }];
        let mut may_advance = vec![own.grouped.is_at(rules.now); lines.len()];
        for (outer, within) in deciding.counts.holding(breakdown) {
            let Some(outer) = self.breakdowns.get(outer) else { continue };
            for (group, line) in outer.groups.iter().enumerate() {
                let parts = (0..lines.len()).filter(|part| within.get(*part) == Some(&Some(group)));
                sums.extend(within_one(line, &lines, parts.collect(), deciding, &mut may_advance));
            }
        }
        let places = own.options.iter().map(|option| Place::size(&own.code, &own.code, option));
        let mut together = Together { groups: candidates(lines, places, &may_advance), sums };
        let taken = together.advance(rules);
        if let Some(own) = self.breakdowns.get_mut(breakdown) {
            own.groups = together.lines();
        }
        self.taken.add(taken);
    }

    fn decide_crossing(&mut self, deciding: &Deciding, rules: &Rules, a: usize, b: usize) {
        let (Some(first), Some(second)) = (self.breakdowns.get(a), self.breakdowns.get(b)) else { return };
        let table = deciding.counts.questions.iter().find(|question| question.question.as_str() == second.code);
        let Some(split) = table.and_then(|table| table.splits.iter().find(|split| split.by == By::One(a))) else {
            return;
        };
        let row = |(group, counts): &(String, crate::release::tabulate::Counts)| {
            Line::new(counts.bases(), deciding.history.points(&Place::size(&second.code, &first.code, group)))
        };
        let rows: Vec<Line> = split.groups.iter().map(row).collect();
        let row_places = first.options.iter().map(|option| Place::size(&second.code, &first.code, option));
        let may_advance: Vec<bool> = first.groups.iter().map(|line| line.is_at(rules.now)).collect();
        let all = (0..rows.len()).collect();
        let sums = vec![Sum { whole: second.grouped.clone(), parts: all, is_published: true }];
        let mut of_rows = Together { groups: candidates(rows, row_places, &may_advance), sums };
        let mut taken = of_rows.advance(rules);
        let rows = of_rows.lines();

        let name = crossed(&first.code, &second.code);
        let (mut lines, mut places) = (Vec::new(), Vec::new());
        for (group, counts) in &split.groups {
            for (at, option) in second.options.iter().enumerate() {
                let place = Place::size(&second.code, &name, &crossed(group, option));
                lines.push(Line::new(counts.cell(at), deciding.history.points(&place)));
                places.push(place);
            }
        }
        let columns = second.options.len();
        let mut may_advance = vec![true; lines.len()];
        let mut sums = Vec::new();
        let by_row = rows.iter().enumerate().map(|(row, line)| (line, (row * columns..(row + 1) * columns).collect()));
        let by_column = second
            .groups
            .iter()
            .enumerate()
            .map(|(column, line)| (line, (column..lines.len()).step_by(columns.max(1)).collect::<Vec<usize>>()));
        for (whole, parts) in by_row.chain(by_column) {
            sums.extend(within_one(whole, &lines, parts, deciding, &mut may_advance));
        }
        let mut together = Together { groups: candidates(lines, places.into_iter(), &may_advance), sums };
        taken.add(together.advance(rules));
        self.crossings.push(Crossing { a, b, rows, groups: together.lines() });
        self.taken.add(taken);
    }
}

fn candidates(lines: Vec<Line>, places: impl Iterator<Item = Place>, may_advance: &[bool]) -> Vec<Candidate> {
    let all = lines.into_iter().zip(places).zip(may_advance);
    all.map(|((line, place), may_advance)| Candidate { place, line, may_advance: *may_advance, tells_of_few: false })
        .collect()
}

fn as_at(lines: &[Line]) -> Vec<Option<u32>> {
    lines.iter().map(Line::as_at).collect()
}
