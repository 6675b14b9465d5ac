//! One question: its total, then its groups by each breakdown, then by each crossing.

use super::line::Line;
use super::sizes::Sizes;
use super::together::{Candidate, Sum, Taken, Together};
use super::{Deciding, Place, Rules, Shown};
use crate::release::series::Series;
use crate::release::tabulate::{By, Counts, SplitCounts, Tabulated};

pub fn decide(deciding: &Deciding, question: &Tabulated, sizes: &Sizes, rules: &Rules) -> (Shown, Taken) {
    let here = Place::new(question.question.as_str(), None, None);
    let mut total = Line::new(question.total.bases(), deciding.history.points(&here));
    if !rules.held.contains(&here) {
        total.advance(rules.now, rules.least);
    }
    let mut population =
        Population { deciding, question, sizes, rules, total, splits: Vec::new(), taken: Taken::default() };
    population.splits = question.splits.iter().map(|split| population.lines(split)).collect();
    for position in deciding.counts.outermost_first() {
        population.decide_breakdown(position);
    }
    for position in 0..question.splits.len() {
        population.decide_crossing(position);
    }
    let as_at = |split: &Vec<Line>| split.iter().map(Line::as_at).collect();
    let shown = Shown {
        total: population.total.as_at(),
        splits: population.splits.iter().map(as_at).collect(),
        ..Shown::default()
    };
    (shown, population.taken)
}

struct Population<'a> {
    deciding: &'a Deciding<'a>,
    question: &'a Tabulated,
    sizes: &'a Sizes,
    rules: &'a Rules<'a>,
    total: Line,
    /// As far as they are decided.
    splits: Vec<Vec<Line>>,
    taken: Taken,
}

impl Population<'_> {
    fn place(&self, split: &SplitCounts, group: &str) -> Place {
        Place::size(self.question.question.as_str(), &split.breakdown, group)
    }

    fn lines(&self, split: &SplitCounts) -> Vec<Line> {
        let line = |(group, counts): &(String, Counts)| {
            Line::new(counts.bases(), self.deciding.history.points(&self.place(split, group)))
        };
        split.groups.iter().map(line).collect()
    }

    fn position_of(&self, by: By) -> Option<usize> {
        self.question.splits.iter().position(|split| split.by == by)
    }

    fn lines_by(&self, breakdown: usize) -> &[Line] {
        self.position_of(By::One(breakdown)).and_then(|at| self.splits.get(at)).map_or(&[], Vec::as_slice)
    }

    fn decide_breakdown(&mut self, breakdown: usize) {
        let Some(position) = self.position_of(By::One(breakdown)) else { return };
        let Some(lines) = self.splits.get(position).cloned() else { return };
        let all: Vec<usize> = (0..lines.len()).collect();
        let mut sums = sums(&self.total, &lines, all, self.deciding).to_vec();
        let mut may_advance =
            vec![self.total.is_at(self.rules.now) && grouped_is_at(&sums, self.rules.now); lines.len()];
        for (outer, within) in self.deciding.counts.holding(breakdown) {
            for (group, line) in self.lines_by(outer).iter().enumerate() {
                let parts: Vec<usize> =
                    (0..lines.len()).filter(|part| within.get(*part) == Some(&Some(group))).collect();
                sums.extend(within_one(line, &lines, parts, self.deciding, &mut may_advance));
            }
        }
        self.take(position, lines, &may_advance, sums);
    }

    fn decide_crossing(&mut self, position: usize) {
        let Some((split, By::Two(a, b))) = self.question.splits.get(position).map(|split| (split, split.by)) else {
            return;
        };
        let columns = split.columns;
        let Some(lines) = self.splits.get(position).cloned() else { return };
        let mut sums = Vec::new();
        let mut may_advance = vec![true; lines.len()];
        let rows = self
            .lines_by(a)
            .iter()
            .enumerate()
            .map(|(row, line)| (line, (row * columns..(row + 1) * columns).collect::<Vec<usize>>()));
        let columns = self
            .lines_by(b)
            .iter()
            .enumerate()
            .map(|(column, line)| (line, (column..lines.len()).step_by(columns).collect()));
        for (whole, parts) in rows.chain(columns) {
            sums.extend(within_one(whole, &lines, parts, self.deciding, &mut may_advance));
        }
        self.take(position, lines, &may_advance, sums);
    }

    fn take(&mut self, position: usize, lines: Vec<Line>, may_advance: &[bool], sums: Vec<Sum>) {
        let Some(split) = self.question.splits.get(position) else { return };
        let candidate = |((line, (group, counts)), may_advance): ((Line, &(String, Counts)), &bool)| {
            let place = self.place(split, group);
            let is_shown = self.sizes.is_shown(split, group) || self.rules.freed.contains(&place);
            Candidate {
                tells_of_few: tells_of_few(&line, counts, self.rules),
                may_advance: *may_advance && is_shown,
                place,
                line,
            }
        };
        let groups = lines.into_iter().zip(&split.groups).zip(may_advance).map(candidate).collect();
        let mut together = Together { groups, sums };
        self.taken.add(together.advance(self.rules));
        if let Some(split) = self.splits.get_mut(position) {
            *split = together.lines();
        }
    }
}

/// Whether of those who are new in a group 1 to k-1 are asked another question: how many
/// they are can be read from the answers to this one.
fn tells_of_few(line: &Line, counts: &Counts, rules: &Rules) -> bool {
    counts.asked_on().iter().any(|asked| (1..rules.k).contains(&asked.between(line.last(), rules.now)))
}

/// `whole` as a sum of `parts` and of those who did not say; and, for who knows who did
/// not, of the parts alone.
pub fn sums(whole: &Line, lines: &[Line], parts: Vec<usize>, deciding: &Deciding) -> [Sum; 2] {
    let grouped = grouped(whole, parts.iter().filter_map(|part| lines.get(*part)), deciding);
    [
        Sum { whole: whole.clone(), parts: parts.clone(), is_published: true },
        Sum { whole: grouped, parts, is_published: false },
    ]
}

/// The same of groups that may only advance with `whole`.
pub fn within_one(
    whole: &Line,
    lines: &[Line],
    parts: Vec<usize>,
    deciding: &Deciding,
    may_advance: &mut [bool],
) -> [Sum; 2] {
    for part in &parts {
        if let Some(may) = may_advance.get_mut(*part) {
            *may &= whole.is_at(deciding.now);
        }
    }
    sums(whole, lines, parts, deciding)
}

/// All who are in one of the groups, brought up to date with `whole` where they are
/// nobody or enough.
pub fn grouped<'l>(whole: &Line, groups: impl Iterator<Item = &'l Line>, deciding: &Deciding) -> Line {
    let groups: Vec<&Line> = groups.collect();
    let size = |batch: u32| groups.iter().map(|group| group.between(batch - 1, batch)).sum();
    let mut grouped = Line::new(Series::new((1..=deciding.now).map(size).collect()), Vec::new());
    for point in whole.points() {
        let least = if *point == deciding.now { deciding.least } else { deciding.history.least(*point) };
        grouped.advance(*point, least);
    }
    grouped
}

/// Whether all sums are up to date, those of who knows who did not say as well.
fn grouped_is_at(sums: &[Sum], now: u32) -> bool {
    sums.iter().all(|sum| sum.whole.is_at(now))
}
