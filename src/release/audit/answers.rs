//! The strict policy: what can be found out of single answers.
//!
//! Of every group and span, an option must not be shown to be the answer of 1 to *k* - 1
//! people, nor of all but so many, nor of everybody there is.

use super::attack::{Attack, Findings, Way};
use super::finding::{Breach, Rule};
use super::limits::Limits;
use super::linear::Failure;
use super::pieces::{Aim, Range};
use super::published::Node;
use super::search::{Searched, search};
use super::shape::Shape;
use super::system::Split;

/// Those of a node who came in a span and chose an option; or all others of them.
#[derive(Clone, Copy, Debug)]
struct Answer {
    node: Node,
    span: (u32, u32),
    /// Among the options of the question, and among the parts of the system.
    option: usize,
    part: usize,
    is_rest: bool,
}

impl Attack<'_> {
    /// Attacks the answers of all `nodes`, in the spans that a strict release ends.
    pub(super) fn attack_answers(
        &self,
        shape: &Shape,
        ways: &[Way],
        nodes: &[Node],
        findings: &mut Findings,
    ) -> Result<(), Failure> {
        let is_strict = |span: &(u32, u32)| self.published.terms(span.1).is_strict;
        let spans: Vec<(u32, u32)> = shape.spans().into_iter().filter(is_strict).collect();
        if spans.is_empty() {
            return Ok(());
        }
        for way in ways {
            let options: Vec<(usize, usize)> = match &way.split {
                Split::Options => (0..self.population.options.len()).map(|option| (option, option)).collect(),
                Split::Chosen { option, .. } => vec![(*option, 0)],
                Split::Favourable | Split::Together => continue,
            };
            let places = nodes.iter().flat_map(|node| spans.iter().map(|span| (*node, *span)));
            let answers: Vec<Answer> = places
                .flat_map(|(node, span)| options.iter().map(move |(option, part)| (node, span, *option, *part)))
                .flat_map(|(node, span, option, part)| {
                    [false, true].map(|is_rest| Answer { node, span, option, part, is_rest })
                })
                .collect();
            self.attack_way(shape, way, &answers, findings)?;
        }
        Ok(())
    }

    fn attack_way(&self, shape: &Shape, way: &Way, answers: &[Answer], findings: &mut Findings) -> Result<(), Failure> {
        let (system, reduced) = self.system(shape, way)?;
        let aim = |answer: &Answer, is_exact: bool| {
            let others = || (0..system.parts()).filter(|part| *part != answer.part).collect();
            let parts: Vec<usize> = if answer.is_rest { others() } else { vec![answer.part] };
            let limits = self.limits(answer);
            Aim { variables: system.people(answer.node, answer.span, Some(&parts)), limits, is_exact }
        };
        let aims: Vec<Aim> = answers.iter().map(|answer| aim(answer, false)).collect();
        let Searched { ranges, programs, doubtful } = search(&reduced, &aims, self.published.people())?;
        findings.targets += aims.len();
        findings.programs += programs;
        findings.doubtful += doubtful;
        let mut alike = Vec::new();
        for (answer, range) in answers.iter().zip(ranges) {
            if let Some(rule) = self.limits(answer).broken(range.low, range.high) {
                findings.breaches.push(self.told(answer, range, rule));
            } else if answer.is_rest && range.is_exact && range.high == 0 {
                alike.push(Answer { is_rest: false, ..*answer });
            }
        }
        // Nobody answered otherwise: is anybody there?
        let aims: Vec<Aim> = alike.iter().map(|answer| aim(answer, true)).collect();
        let Searched { ranges, programs, .. } = search(&reduced, &aims, self.published.people())?;
        findings.programs += programs;
        let there = alike.iter().zip(ranges).filter(|(_, range)| range.low > 0);
        findings.breaches.extend(there.map(|(answer, range)| self.told(answer, range, Rule::Alike)));
        Ok(())
    }

    fn limits(&self, answer: &Answer) -> Limits {
        let terms = self.published.terms(answer.span.1);
        Limits { least: terms.k, width: 0, may_be_nobody: false, room: None }.for_few()
    }

    fn told(&self, answer: &Answer, range: Range, rule: Rule) -> Breach {
        let (breakdown, group) = self.published.place(answer.node);
        let option = self.population.options.get(answer.option);
        Breach {
            question: self.population.question.clone(),
            breakdown,
            group,
            option: option.map(|option| if answer.is_rest { format!("not {option}") } else { option.clone() }),
            after: answer.span.0,
            up_to: answer.span.1,
            low: range.low,
            high: range.high,
            rule,
        }
    }
}
