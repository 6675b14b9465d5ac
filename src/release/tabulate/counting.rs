//! One question on its way from answers to counts.

use super::counts::{Counts, One};
use super::{By, SplitCounts, Tabulated, codes, crossed};
use crate::survey::{Answers, Code, Condition, Question, Survey};
use std::collections::BTreeMap;

/// A question on its way to a [`Tabulated`].
#[derive(Debug)]
pub struct Counting<'a> {
    question: &'a Question,
    positions: BTreeMap<Code, usize>,
    favourable: Vec<Code>,
    /// What lets further questions be asked, where it is this question alone.
    leads_on: Vec<&'a Condition>,
    pub counted: Tabulated,
}

impl<'a> Counting<'a> {
    pub fn new(
        question: &'a Question,
        survey: &'a Survey,
        split_by: &[&Question],
        crossings: &[(usize, usize)],
        batches: u32,
    ) -> Self {
        let cells = question.cells();
        let codes: Vec<Code> = codes(question);
        let favourable: Vec<Code> =
            cells.into_iter().filter(|(_, _, is_favourable)| *is_favourable).map(|(code, _, _)| code).collect();
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
            question,
            positions: codes.iter().cloned().zip(0..).collect(),
            counted: Tabulated {
                question: question.code.clone(),
                kind: question.type_name(),
                cells: codes.clone(),
                favourable: (0..).zip(&codes).filter(|(_, code)| favourable.contains(code)).map(|(at, _)| at).collect(),
                splits: splits.collect(),
                total: empty,
            },
            favourable,
            leads_on,
        }
    }

    pub fn count(&mut self, batch: usize, groups: &[Option<usize>], answers: &Answers) {
        let Some(codes) = answers.get(&self.question.code).and_then(|answer| self.question.counts_in(answer)) else {
            return;
        };
        let one = One {
            cells: codes.iter().filter_map(|code| self.positions.get(code).copied()).collect(),
            is_favourable: codes.iter().any(|code| self.favourable.contains(code)),
            asked_on: self.leads_on.iter().map(|condition| condition.holds(answers)).collect(),
        };
        self.counted.total.add(batch, &one);
        let group = |breakdown: usize| groups.get(breakdown).copied().flatten();
        for split in &mut self.counted.splits {
            let position = match split.by {
                By::One(breakdown) => group(breakdown),
                By::Two(a, b) => group(a).zip(group(b)).map(|(row, column)| row * split.columns + column),
            };
            if let Some((_, counts)) = position.and_then(|position| split.groups.get_mut(position)) {
                counts.add(batch, &one);
            }
        }
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
