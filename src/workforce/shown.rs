//! What of a workforce a report may show: the whole, and the groups by directorate and
//! by role, never both at once. Everything in here is cleared.

use super::fold::{Folded, is_few, is_small};
use super::table::Table;
use super::{By, Counts, Kind, Measure, Number, Period, Rate, Workforce, nested};
use crate::survey::{Code, Question};

/// How many leavers' answers a release shows of a question's option, or of all (none);
/// `None` where it does not show that, and for everything where a campaign does not
/// ask leavers.
pub type Answered<'a> = dyn Fn(Option<(&Code, &Code)>) -> Option<u64> + 'a;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub period: Period,
    /// Everybody. Without what is about too few.
    pub total: Line,
    /// Those tables of which a group is left.
    pub by: Vec<Split>,
}

/// A table: its lines add up to the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    pub by: By,
    /// The campaign's breakdown whose options are these groups.
    pub question: Option<Code>,
    pub lines: Vec<Line>,
    /// Who stands together in the last line, if one is [`Line::is_others`].
    pub others: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The option of [`Split::question`] that it is.
    pub group: Option<Code>,
    pub label: String,
    pub is_others: bool,
    /// How many answered, where the release shows it.
    pub answered: Option<u64>,
    pub(super) counts: Counts,
}

impl Line {
    pub(super) fn new(group: Option<Code>, label: &str, counts: Counts) -> Line {
        Line { group, label: label.to_owned(), is_others: false, answered: None, counts }
    }

    /// None: not given, or not shown.
    pub fn number(&self, measure: Measure) -> Option<Number> {
        self.counts.get(measure)
    }

    /// None: not given, or not shown.
    pub fn rate(&self, kind: Kind) -> Option<Rate> {
        kind.of(&self.counts)
    }
}

/// `questions`: those by which the campaign splits its figures. `k`: its smallest
/// group.
pub fn shown(workforce: &Workforce, questions: &[&Question], k: u32, answered: &Answered) -> Shown {
    let held_back = held_back(&workforce.total(), answered(None), k);
    let counts = workforce.total().without(&held_back);
    let total = Line { answered: answered(None), ..Line::new(None, "Everybody", counts) };
    let tables = By::ALL.map(|by| Table::of(workforce, by, questions, &held_back, answered));
    let by = match total.number(Measure::Headcount) {
        Some(_) => cleared(workforce, tables, &held_back, k),
        None => Vec::new(),
    };
    Shown { period: workforce.period, total, by }
}

/// What is about too few even of everybody, and what would give it away: who was
/// there at the start, those who came, those who left and those at the end make one
/// sum, so that none of the four is held back alone.
fn held_back(total: &Counts, answered: Option<u64>, k: u32) -> Vec<Measure> {
    let get = |measure| total.people(measure);
    let is_few = |people: Option<u64>| people.is_some_and(|people| is_few(people, k));
    let less = |whole: Option<u64>, part: Option<u64>| whole?.checked_sub(part?);
    let (end, start) = (get(Measure::Headcount), get(Measure::HeadcountStart));
    let (starters, leavers, stayed) = (get(Measure::Starters), get(Measure::Leavers), get(Measure::Stayed));
    let mut held: Vec<Measure> = Vec::new();
    if is_few(end) {
        held.extend(Measure::ALL);
    }
    if is_few(starters) || is_few(start) {
        held.extend([Measure::Starters, Measure::HeadcountStart]);
    }
    if is_few(leavers) || is_few(less(leavers, answered)) {
        held.extend([Measure::Leavers, Measure::HeadcountStart]);
    }
    if is_few(stayed) || is_few(less(start, stayed)) || is_few(less(end, stayed)) {
        held.push(Measure::Stayed);
    }
    held
}

/// Folds both tables, and the second further for as long as the two side by side tell
/// of few.
fn cleared(workforce: &Workforce, tables: [Table; 2], held_back: &[Measure], k: u32) -> Vec<Split> {
    let [first, mut second] = tables;
    let is_few = |rows: &[usize]| is_small(&workforce.sum(rows).without(held_back), None, k);
    let one = first.folded(k);
    let other = loop {
        let Some(other) = second.folded(k) else { break None };
        let Some(one) = &one else { break Some(other) };
        let lines = (first.lines(one), second.lines(&other));
        let tells = |one: &[Vec<usize>], other: &[Vec<usize>]| nested::tells_of_few(one, other, &is_few);
        if !tells(&lines.0, &lines.1) && !tells(&lines.1, &lines.0) {
            break Some(other);
        }
        second.hold_smallest(&other);
    };
    let split = |(table, folded): (Table, Option<Folded>)| Some(table.split(&folded?));
    [(first, one), (second, other)].into_iter().filter_map(split).collect()
}
