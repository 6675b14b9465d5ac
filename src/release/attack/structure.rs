//! What is known of a campaign's figures before there are any: from the questionnaire,
//! and from what everybody in the place knows.

use super::equations::{Equations, Place};
use crate::survey::{Code, Condition, Question, QuestionKind, Survey};

/// Who can be told from whom, and how.
#[derive(Clone, Debug)]
pub struct Structure<'a> {
    pub survey: &'a Survey,
    pub breakdowns: Vec<Code>,
    /// Pairs of breakdowns of which an attacker knows what the two have in common:
    /// crossings, and those of which one lies within the other.
    pub pairs: Vec<Pair>,
}

#[derive(Clone, Debug)]
pub struct Pair {
    pub breakdowns: (Code, Code),
    /// Whether figures of it may be published.
    pub is_crossed: bool,
    /// Values that nobody can have both of (none: did not say).
    pub never: Vec<(Option<Code>, Option<Code>)>,
}

/// A value of a breakdown, or of two.
pub type Cut = Vec<(String, Option<String>)>;

impl Structure<'_> {
    pub fn question(&self, code: &str) -> &Question {
        self.survey.question(code).expect("a question of the survey")
    }

    pub fn is_breakdown(&self, code: &str) -> bool {
        self.breakdowns.iter().any(|breakdown| breakdown.as_str() == code)
    }

    /// The values of a breakdown; none, last: did not say.
    pub fn values(&self, breakdown: &Code) -> Vec<Option<Code>> {
        let codes = options(self.question(breakdown.as_str())).into_iter().map(Some);
        codes.chain([None]).collect()
    }

    /// The questions that have a table and are no breakdowns; none: all responses.
    pub fn populations(&self) -> Vec<Option<&Question>> {
        let is_split =
            |question: &&Question| !options(question).is_empty() && !self.is_breakdown(question.code.as_str());
        std::iter::once(None).chain(self.survey.questions().filter(is_split).map(Some)).collect()
    }

    /// Everybody, each value of each breakdown, each two values of each pair.
    fn cuts(&self) -> Vec<Cut> {
        let mut cuts = vec![Cut::new()];
        for breakdown in &self.breakdowns {
            cuts.extend(self.values(breakdown).iter().map(|value| cut(&[(breakdown, value)])));
        }
        for Pair { breakdowns: (a, b), .. } in &self.pairs {
            for x in self.values(a) {
                cuts.extend(self.values(b).iter().map(|y| cut(&[(a, &x), (b, y)])));
            }
        }
        cuts
    }

    /// All that holds of releases 1 to `releases`, whatever they publish. `with_responses`:
    /// also that nobody answers who did not respond, or was not asked.
    pub fn equations(&self, releases: u32, with_responses: bool) -> Equations {
        let mut equations = Equations::default();
        for batch in 1..=releases {
            for question in self.populations() {
                for cut in self.cuts() {
                    within_a_cut(&mut equations, question, &cut, batch);
                    if with_responses && let Some(question) = question {
                        let place = |question| place(question, &cut, None, batch);
                        let (base, responses) = (place(Some(question)), place(None));
                        let (base, responses) = (equations.add_place(base), equations.add_place(responses));
                        equations.lies_within(base, responses);
                    }
                }
                for option in shown_options(question) {
                    self.between_cuts(&mut equations, &place(question, &Cut::new(), option.as_ref(), batch));
                }
            }
            for question in self.populations().into_iter().flatten().filter(|_| with_responses) {
                for cut in self.cuts() {
                    self.asked_only_if(&mut equations, question, &cut, batch);
                }
            }
        }
        equations
    }

    /// Groups, and who did not say, are everybody.
    fn between_cuts(&self, equations: &mut Equations, everybody: &Place) {
        let mut at = |cut: Cut| equations.add_place(Place { cut, ..everybody.clone() });
        let mut sums = Vec::new();
        for breakdown in &self.breakdowns {
            let parts = self.values(breakdown).iter().map(|value| at(cut(&[(breakdown, value)]))).collect::<Vec<_>>();
            sums.push((at(Cut::new()), parts));
        }
        let mut empty = Vec::new();
        for Pair { breakdowns: (a, b), never, .. } in &self.pairs {
            let (of_a, of_b) = (self.values(a), self.values(b));
            for x in &of_a {
                let parts = of_b.iter().map(|y| at(cut(&[(a, x), (b, y)]))).collect();
                sums.push((at(cut(&[(a, x)])), parts));
            }
            for y in &of_b {
                let parts = of_a.iter().map(|x| at(cut(&[(a, x), (b, y)]))).collect();
                sums.push((at(cut(&[(b, y)])), parts));
            }
            empty.extend(never.iter().map(|(x, y)| at(cut(&[(a, x), (b, y)]))));
        }
        for (whole, parts) in sums {
            equations.is_sum_of(whole, parts);
        }
        for place in empty {
            equations.equal(vec![(place, 1)], 0);
        }
    }

    fn asked_only_if(&self, equations: &mut Equations, question: &Question, cut: &Cut, batch: u32) {
        let sections = self.survey.sections.iter();
        let section = sections.filter(|section| section.questions.iter().any(|one| one.code == question.code));
        let conditions: Vec<&Condition> =
            section.filter_map(|section| section.ask_if.as_ref()).chain(&question.ask_if).collect();
        for clause in conditions.into_iter().flat_map(|condition| &condition.all) {
            let about = self.question(clause.question.as_str());
            if self.is_breakdown(about.code.as_str()) || clause.any_of.is_empty() {
                continue;
            }
            let mut sum = vec![(equations.add_place(place(Some(question), cut, None, batch)), 1)];
            let counted = clause.any_of.iter().filter(|code| options(about).contains(code));
            sum.extend(counted.map(|code| (equations.add_place(place(Some(about), cut, Some(code), batch)), -1)));
            equations.at_most(sum, 0);
        }
    }
}

fn within_a_cut(equations: &mut Equations, question: Option<&Question>, cut: &Cut, batch: u32) {
    let mut add = |option: Option<&Code>| equations.add_place(place(question, cut, option, batch));
    let base = add(None);
    let Some(question) = question else { return };
    let cells: Vec<usize> = options(question).iter().map(|option| add(Some(option))).collect();
    if !matches!(question.kind, QuestionKind::Multiple { .. }) {
        equations.is_sum_of(base, cells);
        return;
    }
    for cell in &cells {
        equations.lies_within(*cell, base);
    }
    let choices = question.choices().iter().filter(|choice| choice.missing.is_none());
    for (exclusive, choice) in cells.iter().zip(choices) {
        for other in cells.iter().filter(|other| choice.is_exclusive && *other != exclusive) {
            equations.at_most(vec![(*exclusive, 1), (*other, 1), (base, -1)], 0);
        }
    }
}

pub fn options(question: &Question) -> Vec<Code> {
    question.cells().into_iter().map(|(code, _, _)| code).collect()
}

fn shown_options(question: Option<&Question>) -> Vec<Option<Code>> {
    let cells = question.map(options).unwrap_or_default();
    std::iter::once(None).chain(cells.into_iter().map(Some)).collect()
}

fn place(question: Option<&Question>, cut: &Cut, option: Option<&Code>, batch: u32) -> Place {
    let question = question.map(|question| question.code.to_string());
    Place { question, cut: cut.clone(), option: option.map(Code::to_string), batch }
}

pub fn cut(values: &[(&Code, &Option<Code>)]) -> Cut {
    values.iter().map(|(breakdown, value)| (breakdown.to_string(), value.as_ref().map(Code::to_string))).collect()
}
