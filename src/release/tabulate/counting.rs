//! One question on its way from answers to counts.

use super::counts::{Counts, One};
use super::{By, SplitCounts, Tabulated, codes, crossed};
use crate::survey::layout::{Layout, Place};
use crate::survey::{Answers, Choice, Code, Condition, Question, QuestionKind, Survey};

/// A question on its way to a [`Tabulated`].
#[derive(Clone, Debug)]
pub struct Counting<'a> {
    /// Its place in the survey.
    at: usize,
    cells: Cells,
    favourable: Vec<bool>,
    /// What lets further questions be asked, where it is this question alone.
    leads_on: Vec<&'a Condition>,
    /// The cells of the answer that is counted, and what it leads on to: kept for their room.
    chosen: Vec<usize>,
    asked_on: Vec<bool>,
    pub counted: Tabulated,
}

impl<'a> Counting<'a> {
    pub fn new(
        (at, question): (usize, &'a Question),
        survey: &'a Survey,
        split_by: &[&Question],
        crossings: &[(usize, usize)],
        batches: u32,
    ) -> Self {
        let favourable: Vec<bool> = question.cells().iter().map(|(_, _, is_favourable)| *is_favourable).collect();
        let codes: Vec<Code> = codes(question);
        let leads_on = leads_on(question, survey);
        let empty = Counts::empty(codes.len(), leads_on.len(), batches);
        let splits = splits_of(question, split_by, crossings);
        let splits = splits.into_iter().map(|by| SplitCounts {
            by,
            breakdown: name(by, split_by),
            groups: groups(by, split_by).into_iter().map(|group| (group, empty.clone())).collect(),
            columns: match by {
                By::One(_) => 1,
                By::Two(_, b) => split_by.get(b).map_or(1, |breakdown| breakdown.cells().len()),
            },
        });
        Counting {
            at,
            cells: Cells::of(question),
            counted: Tabulated {
                question: question.code.clone(),
                kind: question.type_name(),
                cells: codes,
                favourable: (0..).zip(&favourable).filter(|(_, is)| **is).map(|(at, _)| at).collect(),
                splits: splits.collect(),
                total: empty,
            },
            favourable,
            leads_on,
            chosen: Vec::new(),
            asked_on: Vec::new(),
        }
    }

    pub fn count(&mut self, batch: usize, groups: &[Option<usize>], layout: &Layout, places: &[Option<Place<'_>>]) {
        let Some(place) = places.get(self.at).copied().flatten() else { return };
        if !self.cells.choose(place, &mut self.chosen) {
            return;
        }
        self.asked_on.clear();
        if !self.leads_on.is_empty() {
            let answer = layout.answer(self.at, place).map(|(code, answer)| (code.clone(), answer));
            let alone: Answers = answer.into_iter().collect();
            self.asked_on.extend(self.leads_on.iter().map(|condition| condition.holds(&alone)));
        }
        let one = One {
            cells: &self.chosen,
            is_favourable: self.chosen.iter().any(|cell| self.favourable.get(*cell) == Some(&true)),
            asked_on: &self.asked_on,
        };
        self.counted.total.add(batch, one);
        let group = |breakdown: usize| groups.get(breakdown).copied().flatten();
        for split in &mut self.counted.splits {
            let position = match split.by {
                By::One(breakdown) => group(breakdown),
                By::Two(a, b) => group(a).zip(group(b)).map(|(row, column)| row * split.columns + column),
            };
            if let Some((_, counts)) = position.and_then(|position| split.groups.get_mut(position)) {
                counts.add(batch, one);
            }
        }
    }

    /// Adds what another has counted of the same question.
    pub fn merge(&mut self, other: &Counting<'_>) {
        self.counted.total.merge(&other.counted.total);
        for (split, theirs) in self.counted.splits.iter_mut().zip(&other.counted.splits) {
            for ((_, counts), (_, theirs)) in split.groups.iter_mut().zip(&theirs.groups) {
                counts.merge(theirs);
            }
        }
    }
}

/// Which of [`Question::cells`] an answer counts in, by its place: what
/// [`Question::counts_in`] says in codes.
#[derive(Clone, Debug)]
pub enum Cells {
    /// Of the option or point at each place; none: it is a reason for there being no answer.
    Options(Vec<Option<usize>>),
    Ratings,
    /// From and to, both included.
    Bands(Vec<(i64, i64)>),
    Years {
        from: i32,
    },
    None,
}

impl Cells {
    pub fn of(question: &Question) -> Cells {
        match &question.kind {
            QuestionKind::Single { .. } | QuestionKind::Multiple { .. } | QuestionKind::Scale { .. } => {
                let mut cells = 0..;
                let cell = |choice: &Choice| if choice.missing.is_none() { cells.next() } else { None };
                Cells::Options(question.choices().iter().map(cell).collect())
            }
            QuestionKind::Rating { .. } => Cells::Ratings,
            QuestionKind::Number { bands, .. } => Cells::Bands(bands.iter().map(|band| (band.from, band.to)).collect()),
            QuestionKind::Month { from, .. } => Cells::Years { from: *from },
            QuestionKind::Text { .. } => Cells::None,
        }
    }

    /// Puts them into `chosen`; false: the answer does not belong in the base.
    pub fn choose(&self, place: Place<'_>, chosen: &mut Vec<usize>) -> bool {
        chosen.clear();
        let cell = match (self, place) {
            (Cells::Options(cells), Place::One(at)) => cells.get(at).copied().flatten(),
            (Cells::Options(cells), Place::Many(places)) => {
                let all = places.iter().map(|at| cells.get(at).copied().flatten());
                return all.map(|cell| cell.map(|cell| chosen.push(cell))).all(|pushed| pushed.is_some());
            }
            (Cells::Ratings, Place::Rating(n)) => Some(usize::from(n)),
            (Cells::Bands(bands), Place::Number(n)) => bands.iter().position(|(from, to)| (from..=to).contains(&&n)),
            (Cells::Years { from }, Place::Month { year, .. }) => usize::try_from(year - from).ok(),
            _ => None,
        };
        chosen.extend(cell);
        cell.is_some()
    }
}

/// The conditions on which others are asked, of which `question` is the only one.
fn leads_on<'a>(question: &Question, survey: &'a Survey) -> Vec<&'a Condition> {
    let of_questions = survey.questions().filter_map(|other| other.ask_if.as_ref());
    let of_sections = survey.sections.iter().filter_map(|section| section.ask_if.as_ref());
    let is_alone = |condition: &&Condition| condition.all.iter().all(|clause| clause.question == question.code);
    of_questions.chain(of_sections).filter(is_alone).collect()
}

fn splits_of(question: &Question, split_by: &[&Question], crossings: &[(usize, usize)]) -> Vec<By> {
    match split_by.iter().position(|breakdown| breakdown.code == question.code) {
        Some(own) => crossings.iter().filter(|(_, b)| *b == own).map(|(a, _)| By::One(*a)).collect(),
        None => {
            let ones = (0..split_by.len()).map(By::One);
            ones.chain(crossings.iter().map(|(a, b)| By::Two(*a, *b))).collect()
        }
    }
}

fn name(by: By, split_by: &[&Question]) -> String {
    let code = |breakdown: usize| split_by.get(breakdown).map_or("", |breakdown| breakdown.code.as_str());
    match by {
        By::One(breakdown) => code(breakdown).to_owned(),
        By::Two(a, b) => crossed(code(a), code(b)),
    }
}

fn groups(by: By, split_by: &[&Question]) -> Vec<String> {
    let of = |breakdown: usize| split_by.get(breakdown).map(|breakdown| codes(breakdown)).unwrap_or_default();
    match by {
        By::One(breakdown) => of(breakdown).iter().map(Code::to_string).collect(),
        By::Two(a, b) => {
            let pair = |a: Code| of(b).into_iter().map(move |b| crossed(a.as_str(), b.as_str()));
            of(a).into_iter().flat_map(pair).collect()
        }
    }
}
