//! All questions side by side, in one system: nobody answers who did not respond, nobody
//! is asked a question because of an answer that they did not give, and what each question
//! tells of a group bears on all others.
//!
//! That is the strongest attack there is, and too much to solve where there are many
//! people to be told apart: there, questions are attacked one by one, within what the
//! sizes of groups tell ([`super::outer`]).

use super::attack::{Attack, Findings, Target};
use super::condition::{Condition, conditions};
use super::linear::Failure;
use super::pieces::Aim;
use super::program::{Contradiction, Program};
use super::published::{Node, Population, Published};
use super::search::{Searched, search};
use super::shape::{Family, Shape};
use super::system::{Split, System};
use crate::survey::Survey;

/// With more variables than this, questions are not put side by side.
const MOST: usize = 2_500;

/// Whether all questions are few enough to be put side by side.
pub fn is_small(published: &Published, families: &[Family]) -> bool {
    let classes: usize = families.iter().map(|family| family.classes(published)).sum();
    let parts = |population: &Population| match population.is_partition() {
        true => population.options.len() + 1,
        false => population.options.len() * 2 + 1,
    };
    let parts: usize = published.questions.iter().map(parts).sum();
    classes * published.releases().len().saturating_sub(1) * (parts + 1) <= MOST
}

/// The figures of all populations, and the attacks that they are asked for.
#[derive(Debug)]
pub struct Joint<'a> {
    pub published: &'a Published,
    pub attacks: &'a [Attack<'a>],
    pub shapes: Vec<Shape<'a>>,
    pub conditions: Vec<Condition>,
}

/// The people of one population: in each family, by each of its splits.
type Systems<'s> = Vec<Vec<System<'s>>>;

impl<'a> Joint<'a> {
    pub fn new(
        published: &'a Published,
        families: &'a [Family],
        survey: Option<&Survey>,
        attacks: &'a [Attack<'a>],
    ) -> Self {
        let shapes = families.iter().map(|family| Shape::new(published, family)).collect();
        Joint { published, attacks, shapes, conditions: conditions(published, survey) }
    }

    pub fn run(&self) -> Findings {
        let mut findings = Findings::default();
        if let Err(failure) = self.judge(&mut findings)
            && let Some((attack, shape)) = self.attacks.first().zip(self.shapes.first())
        {
            findings.breaches.push(attack.failed(shape, failure));
        }
        findings
    }

    fn judge(&self, findings: &mut Findings) -> Result<(), Failure> {
        let mut program = Program::default();
        let everybody = self.systems(&mut program, &self.published.everybody, &[Split::Options]);
        let questions: Vec<Systems> = self
            .published
            .questions
            .iter()
            .map(|question| self.systems(&mut program, question, &Split::of(question, self.alone(question))))
            .collect();
        for question in &questions {
            self.lie_within(&mut program, question, &everybody);
        }
        for condition in &self.conditions {
            self.asked_only_if(&mut program, condition, &questions);
        }
        let reduced = program.reduce().map_err(|Contradiction| Failure::Contradiction)?;
        let targets: Vec<(&Attack, Target)> = self.targets();
        findings.targets += targets.len();
        let systems_of = |attack: &Attack| -> Option<&Vec<System>> {
            let of = |question: &Population| std::ptr::eq(question, attack.population);
            let position = self.published.questions.iter().position(of);
            let systems = position.map_or(Some(&everybody), |position| questions.get(position))?;
            let family = self.shapes.iter().position(|shape| std::ptr::eq(shape.family, attack.family))?;
            systems.get(family)
        };
        let aim = |(attack, target): &(&Attack, Target)| {
            let mut systems = systems_of(attack).into_iter().flatten();
            let people = systems.find_map(|system| system.chose(target.node, target.span, target.option));
            Aim { variables: people.unwrap_or_default(), limits: target.limits, is_exact: false }
        };
        let aims: Vec<Aim> = targets.iter().map(aim).collect();
        let Searched { ranges, programs, doubtful } = search(&reduced, &aims, self.published.people(), true)?;
        findings.programs += programs;
        findings.doubtful += doubtful;
        for ((attack, target), range) in targets.iter().zip(ranges) {
            attack.conclude(target, range, findings);
        }
        Ok(())
    }

    fn targets(&self) -> Vec<(&'a Attack<'a>, Target)> {
        let mut targets = Vec::new();
        for attack in self.attacks {
            if let Some(shape) = self.shapes.iter().find(|shape| std::ptr::eq(shape.family, attack.family)) {
                targets.extend(attack.joined(shape).into_iter().map(|target| (attack, target)));
            }
        }
        targets
    }

    fn alone(&self, question: &Population) -> &[usize] {
        let of = self.attacks.iter().find(|attack| std::ptr::eq(attack.population, question));
        of.map_or(&[], |attack| &attack.alone)
    }

    /// One population: however it is split, its people are the same.
    fn systems<'s>(&'s self, program: &mut Program, population: &Population, splits: &[Split]) -> Systems<'s> {
        let in_family = |shape: &'s Shape<'a>| -> Vec<System<'s>> {
            splits.iter().map(|split| System::add_to(program, shape, population, split)).collect()
        };
        let systems: Systems = self.shapes.iter().map(in_family).collect();
        for of_family in &systems {
            let Some((first, others)) = of_family.split_first() else { continue };
            for cell in first.cells() {
                others.iter().for_each(|other| program.equal(other.at(cell, None), first.at(cell, None)));
            }
        }
        let Some((first, others)) = systems.split_first() else { return systems };
        for (other, first) in others.iter().flat_map(|other| other.iter().zip(first)) {
            for part in first.parts() {
                for span in self.batches() {
                    let all = |system: &System| system.people(Node::All, span, Some(&[part]));
                    program.equal(all(other), all(first));
                }
            }
        }
        systems
    }

    /// From each release to the next.
    fn batches(&self) -> Vec<(u32, u32)> {
        let releases = self.published.releases();
        releases.iter().copied().zip(releases.iter().copied().skip(1)).collect()
    }

    /// Nobody answers who did not respond.
    fn lie_within(&self, program: &mut Program, question: &Systems, everybody: &Systems) {
        for (question, everybody) in question.iter().zip(everybody) {
            let Some((question, everybody)) = question.first().zip(everybody.first()) else { continue };
            for cell in question.cells() {
                program.at_most(question.at(cell, None), everybody.at(cell, None));
            }
        }
    }

    /// Nobody is asked who did not give one of the answers.
    fn asked_only_if(&self, program: &mut Program, condition: &Condition, questions: &[Systems]) {
        let Some((question, about)) = questions.get(condition.question).zip(questions.get(condition.about)) else {
            return;
        };
        let is_partition = self.published.questions.get(condition.about).is_some_and(Population::is_partition);
        for (question, about) in question.iter().zip(about) {
            let Some((question, first)) = question.first().zip(about.first()) else { continue };
            for cell in question.cells() {
                let given = match is_partition {
                    true => first.at(cell, Some(&condition.options)),
                    // By each option of a multiple choice there is one system, and its first part
                    // are those who chose it.
                    false => {
                        let chosen = condition.options.iter().filter_map(|option| about.get(*option));
                        chosen.flat_map(|system| system.at(cell, Some(&[0]))).collect()
                    }
                };
                program.at_most(question.at(cell, None), given);
            }
        }
    }
}
