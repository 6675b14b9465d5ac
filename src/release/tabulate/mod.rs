//! From answers to counts, batch by batch. Nothing in here is fit to publish:
//! that is what [`super::disclosure`] decides.

mod counting;
mod counts;

pub use counts::{Counts, Row};

use super::nesting::Nesting;
use super::series::Series;
use crate::survey::layout::{Layout, Place};
use crate::survey::{Answer, Answers, Code, Question, Survey, journey};
use counting::{Cells, Counting};

/// All counts of a campaign. A batch is what one release counted first; batches
/// are numbered as releases are, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabulation {
    /// In the campaign's order.
    pub breakdowns: Vec<Code>,
    /// How many groups each of them has.
    pub options: Vec<usize>,
    /// Which groups of one breakdown lie within a group of another.
    pub nesting: Nesting,
    /// Responses, whatever they answered.
    pub responses: Series,
    /// Each of two of the breakdowns, by their positions.
    pub crossings: Vec<(usize, usize)>,
    /// One for each question that has a table, in the survey's order.
    pub questions: Vec<Tabulated>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tabulated {
    pub question: Code,
    pub kind: &'static str,
    pub cells: Vec<Code>,
    /// Positions of the favourable ones.
    pub favourable: Vec<usize>,
    pub total: Counts,
    /// By each breakdown, then by each crossing. A question that is a breakdown itself
    /// is only split by the one that it is crossed with: its cells are then how large
    /// the crossing's groups are.
    pub splits: Vec<SplitCounts>,
}

/// The counts of one question by the options of a breakdown, or of a crossing;
/// whoever gave no option is in none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitCounts {
    pub by: By,
    /// `directorate`, or `directorate*role`.
    pub breakdown: String,
    /// A crossing's row by row: all of the second breakdown for each of the first.
    pub groups: Vec<(String, Counts)>,
    pub columns: usize,
}

/// What a question is split by: a breakdown, or a crossing of two, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    One(usize),
    Two(usize, usize),
}

impl Tabulated {
    /// Whether everybody in the base is in one of the cells and in no other.
    pub fn is_partition(&self) -> bool {
        self.kind != "multiple"
    }

    /// Cells that can be shown as one, if single ones are of too few: the two sides of a
    /// scale and its middle; else the favourable ones and the others.
    pub fn parts(&self) -> Vec<Vec<usize>> {
        let all = self.cells.len();
        if self.kind == "scale" && all > 3 {
            let (half, rest) = (all / 2, all - all / 2);
            let parts = [(0..half), (half..rest), (rest..all)];
            return parts.into_iter().map(Iterator::collect).filter(|part: &Vec<usize>| !part.is_empty()).collect();
        }
        if !self.is_partition() || self.favourable.is_empty() {
            return Vec::new();
        }
        let rest = (0..all).filter(|cell| !self.favourable.contains(cell)).collect();
        vec![self.favourable.clone(), rest]
    }
}

impl Tabulation {
    /// The breakdowns, by position: each after those that its groups lie within.
    pub fn outermost_first(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.breakdowns.len()).collect();
        all.sort_by_key(|breakdown| self.holding(*breakdown).len());
        all
    }

    /// The breakdowns within whose groups all groups of `breakdown` lie, and in which.
    pub fn holding(&self, breakdown: usize) -> Vec<(usize, Vec<Option<usize>>)> {
        let groups = self.options.get(breakdown).copied().unwrap_or_default();
        let others = (0..self.breakdowns.len()).filter(|other| *other != breakdown);
        let holding = |other: usize| Some((other, self.nesting.within(breakdown, groups, other)?));
        // Of two that divide people alike, the first holds the second.
        let is_alike = |other: usize| {
            let theirs = self.options.get(other).copied().unwrap_or_default();
            other > breakdown && self.nesting.within(other, theirs, breakdown).is_some()
        };
        others.filter(|other| !is_alike(*other)).filter_map(holding).collect()
    }
}

/// Counts the responses of batches 1 to `batches`. A breakdown that is no question of the
/// survey splits nothing.
pub fn tabulate(
    survey: &Survey,
    breakdowns: &[Code],
    crossings: &[(Code, Code)],
    batches: u32,
    responses: impl IntoIterator<Item = (u32, Answers)>,
) -> Tabulation {
    let mut tabulator = Tabulator::new(survey, breakdowns, crossings, batches);
    let layout = Layout::of(survey);
    for (batch, mut answers) in responses {
        // What the survey has no place for has no cell either.
        answers
            .retain(|code, answer| survey.question(code.as_str()).is_some_and(|asked| journey::admits(asked, answer)));
        answers.retain(|_, answer| !matches!(answer, Answer::Text(_)));
        let places = layout.write(&answers).unwrap_or_default();
        let _is_whole = tabulator.add(batch, None, &places);
    }
    tabulator.finish()
}

/// Counts responses as they are kept, in one pass that keeps none. Several can share the
/// work and be [merged](Tabulator::merge).
#[derive(Clone, Debug)]
pub struct Tabulator<'a> {
    layout: Layout,
    split_by: Vec<(usize, &'a Question, Cells)>,
    crossings: Vec<(usize, usize)>,
    tables: Vec<Counting<'a>>,
    arrived: Vec<u64>,
    nesting: Nesting,
}

impl<'a> Tabulator<'a> {
    pub fn new(survey: &'a Survey, breakdowns: &[Code], crossings: &[(Code, Code)], batches: u32) -> Self {
        let placed = |code: &Code| survey.questions().enumerate().find(|(_, question)| question.code == *code);
        let split_by: Vec<(usize, &Question)> = breakdowns.iter().filter_map(placed).collect();
        let at = |code: &Code| split_by.iter().position(|(_, breakdown)| breakdown.code == *code);
        let crossings: Vec<(usize, usize)> = crossings.iter().filter_map(|(a, b)| at(a).zip(at(b))).collect();
        let questions: Vec<&Question> = split_by.iter().map(|(_, question)| *question).collect();
        let tables = survey.questions().enumerate().filter(|(_, question)| !question.cells().is_empty());
        Tabulator {
            layout: Layout::of(survey),
            tables: tables.map(|placed| Counting::new(placed, survey, &questions, &crossings, batches)).collect(),
            split_by: split_by.into_iter().map(|(at, question)| (at, question, Cells::of(question))).collect(),
            crossings,
            arrived: vec![0; length(batches)],
            nesting: Nesting::default(),
        }
    }

    /// Counts one response of `batch`: what [`Layout::write`] made of its answers. `last`:
    /// the option that it has of the survey's last question, if that is not among them.
    /// None: it is of another survey, and not counted.
    pub fn add(&mut self, batch: u32, last: Option<usize>, response: &[u8]) -> Option<()> {
        let mut places: Vec<Option<Place<'_>>> = vec![None; self.layout.len()];
        self.layout.each(response, |at, place| {
            if let Some(slot) = places.get_mut(at) {
                *slot = Some(place);
            }
        })?;
        if let (Some(slot), Some(option)) = (places.last_mut(), last) {
            *slot = Some(Place::One(option));
        }
        let Some(index) = batch.checked_sub(1).map(length) else { return Some(()) };
        let Some(responses) = self.arrived.get_mut(index) else { return Some(()) };
        *responses += 1;
        let mut chosen = Vec::new();
        let group = |(at, _, cells): &(usize, &Question, Cells)| {
            let place = places.get(*at).copied().flatten()?;
            cells.choose(place, &mut chosen).then(|| chosen.first().copied())?
        };
        let groups: Vec<Option<usize>> = self.split_by.iter().map(group).collect();
        self.nesting.add(&groups);
        for table in &mut self.tables {
            table.count(index, &groups, &self.layout, &places);
        }
        Some(())
    }

    /// Adds what another has counted of the same survey, batches and breakdowns.
    pub fn merge(&mut self, other: &Tabulator<'_>) {
        for (responses, theirs) in self.arrived.iter_mut().zip(&other.arrived) {
            *responses += theirs;
        }
        self.nesting.merge(&other.nesting);
        for (table, theirs) in self.tables.iter_mut().zip(&other.tables) {
            table.merge(theirs);
        }
    }

    pub fn finish(self) -> Tabulation {
        Tabulation {
            breakdowns: self.split_by.iter().map(|(_, breakdown, _)| breakdown.code.clone()).collect(),
            options: self.split_by.iter().map(|(_, breakdown, _)| breakdown.cells().len()).collect(),
            nesting: self.nesting,
            responses: Series::new(self.arrived),
            crossings: self.crossings,
            questions: self.tables.into_iter().map(|table| table.counted).collect(),
        }
    }
}

fn codes(question: &Question) -> Vec<Code> {
    question.cells().into_iter().map(|(code, _, _)| code).collect()
}

/// How a breakdown of these two, or a group of it, is written.
pub fn crossed(a: &str, b: &str) -> String {
    format!("{a}*{b}")
}

fn length(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::sample;
    use crate::survey::{Answer, Missing};

    fn code(text: &str) -> Code {
        Code::new(text).unwrap()
    }

    fn answers(given: &[(&str, Answer)]) -> Answers {
        given.iter().map(|(question, answer)| (code(question), answer.clone())).collect()
    }

    fn many(codes: &[&str]) -> Answer {
        Answer::Many(codes.iter().map(|text| code(text)).collect())
    }

    #[test]
    fn answers_are_counted_by_question_group_and_batch() {
        let adults = Answer::One(code("adults"));
        let responses = vec![
            (1, answers(&[("directorate", adults.clone()), ("reasons", many(&["pay", "career"]))])),
            (1, answers(&[("directorate", adults.clone()), ("reasons", many(&[]))])),
            (2, answers(&[("reasons", many(&["pay"]))])),
            (2, answers(&[("directorate", adults), ("reasons", Answer::Missing(Missing::PreferNotToSay))])),
        ];
        let counted = tabulate(&sample::survey(), &[code("directorate")], &[], 2, responses);
        assert_eq!(counted.responses, Series::new(vec![2, 2]));
        let reasons = counted.questions.iter().find(|table| table.question.as_str() == "reasons").unwrap();
        assert_eq!(reasons.total.bases(), Series::new(vec![2, 1]), "whoever did not say is in no base");
        assert_eq!(reasons.total.cell(0), Series::new(vec![1, 1]), "pay");
        let (group, counts) = &reasons.splits[0].groups[0];
        assert_eq!(group, "adults");
        assert_eq!(counts.up_to(2), Row { base: 2, cells: vec![1, 0, 1], favourable: 0, asked_on: Vec::new() });
    }

    #[test]
    fn texts_have_no_table_and_breakdowns_are_not_split() {
        let counted = tabulate(&sample::survey(), &[code("directorate")], &[], 1, Vec::new());
        let names: Vec<(&str, usize)> =
            counted.questions.iter().map(|table| (table.question.as_str(), table.splits.len())).collect();
        assert_eq!(names, [("directorate", 0), ("reasons", 1), ("morale", 1), ("recommend", 1), ("years", 1)]);
    }

    #[test]
    fn responses_of_other_batches_are_not_counted() {
        let counted = tabulate(&sample::survey(), &[], &[], 1, vec![(0, Answers::new()), (2, Answers::new())]);
        assert_eq!(counted.responses.up_to(9), 0);
    }
}
