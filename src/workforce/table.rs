//! A workforce's groups by directorate or by role, as a campaign's breakdowns know
//! them: before anything is folded, and after.

use super::fold::{self, Folded, Group};
use super::shown::{Answered, Line, Split};
use super::{By, Measure, Workforce, is_same};
use crate::survey::{Choice, Code, Question, QuestionKind};
use std::collections::BTreeSet;

/// A table before anything is folded.
pub(super) struct Table {
    by: By,
    question: Option<Code>,
    others_label: String,
    groups: Vec<Named>,
    /// Groups that are not shown by themselves, however large.
    held: BTreeSet<usize>,
}

struct Named {
    option: Option<Code>,
    label: String,
    /// Which rows it adds up.
    rows: Vec<usize>,
    group: Group,
}

impl Table {
    pub fn of(
        workforce: &Workforce,
        by: By,
        questions: &[&Question],
        held_back: &[Measure],
        answered: &Answered,
    ) -> Table {
        let named = workforce.groups(by);
        let question = alike(by, &named, questions);
        let mut groups: Vec<Named> = Vec::new();
        for (name, rows) in named {
            let choice = question.and_then(|question| option(question, &name));
            let option = choice.map(|choice| choice.code.clone());
            // A code and a label of one option are one group.
            match groups.iter_mut().find(|known| option.is_some() && known.option == option) {
                Some(known) => known.rows.extend(rows),
                None => {
                    let label = choice.map_or(name, |choice| choice.label.en.clone());
                    groups.push(Named { option, label, rows, group: Group::default() });
                }
            }
        }
        for Named { option, rows, group, .. } in &mut groups {
            let answered = question.zip(option.as_ref()).and_then(|(it, code)| answered(Some((&it.code, code))));
            *group = Group { counts: workforce.sum(rows).without(held_back), answered };
        }
        let others = question.and_then(|question| question.others.as_ref());
        let others_label = others.map_or("All others", |others| others.en.as_str()).to_owned();
        let question = question.map(|question| question.code.clone());
        Table { by, question, others_label, groups, held: BTreeSet::new() }
    }

    pub fn folded(&self, k: u32) -> Option<Folded> {
        fold::fold(&self.fold_groups(), k, &self.held)
    }

    /// Holds the smallest group back that is shown by itself.
    pub fn hold_smallest(&mut self, folded: &Folded) {
        self.held.extend(fold::smallest(&self.fold_groups(), &folded.shown));
    }

    /// The rows of each line.
    pub fn lines(&self, folded: &Folded) -> Vec<Vec<usize>> {
        let rows = |groups: &[usize]| self.named(groups).flat_map(|named| &named.rows).copied().collect();
        let one_by_one = folded.shown.iter().map(|at| rows(&[*at]));
        let others = (!folded.others.is_empty()).then(|| rows(&folded.others));
        one_by_one.chain(others).collect()
    }

    pub fn split(&self, folded: &Folded) -> Split {
        let line = |named: &Named| Line {
            answered: named.group.answered,
            ..Line::new(named.option.clone(), &named.label, named.group.counts.clone())
        };
        let mut lines: Vec<Line> = self.named(&folded.shown).map(line).collect();
        if !folded.others.is_empty() {
            let together = self.named(&folded.others).map(|named| &named.group.counts).collect();
            let answered = self.named(&folded.others).map(|named| named.group.answered).sum();
            lines.push(Line { is_others: true, answered, ..Line::new(None, &self.others_label, together) });
        }
        let others = self.named(&folded.others).map(|named| named.label.clone()).collect();
        Split { by: self.by, question: self.question.clone(), lines, others }
    }

    fn named<'a>(&'a self, places: &'a [usize]) -> impl Iterator<Item = &'a Named> {
        places.iter().filter_map(|at| self.groups.get(*at))
    }

    fn fold_groups(&self) -> Vec<Group> {
        self.groups.iter().map(|named| named.group.clone()).collect()
    }
}

/// The breakdown that has these groups for options: the one of the same name, or else
/// the one that has most of them.
fn alike<'a>(by: By, named: &[(String, Vec<usize>)], questions: &[&'a Question]) -> Option<&'a Question> {
    let known = |question: &Question| named.iter().filter(|(name, _)| option(question, name).is_some()).count();
    let namesake = questions.iter().find(|question| question.code.as_str() == by.as_str());
    let likeliest = questions.iter().rev().max_by_key(|question| known(question));
    namesake.or(likeliest).copied().filter(|question| known(question) > 0)
}

/// The option that has this code or this label, in whatever language.
fn option<'a>(question: &'a Question, name: &str) -> Option<&'a Choice> {
    let QuestionKind::Single { choices } = &question.kind else { return None };
    let is_it = |choice: &&Choice| {
        let welsh = choice.label.cy.as_deref();
        choice.missing.is_none()
            && [Some(choice.code.as_str()), Some(&choice.label.en), welsh]
                .into_iter()
                .flatten()
                .any(|is| is_same(is, name))
    };
    choices.iter().find(is_it)
}
