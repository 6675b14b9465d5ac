//! The auditor: tries to find out from releases what they hide.
//!
//! It knows nothing of how figures were chosen and reads nothing but the releases, and
//! the questionnaire where it has it. What `disclosure.md` says that an attacker has, it
//! writes down as equations ([`system`]) between the numbers of people of each class, each
//! batch and each answer, makes them small ([`program`]), and asks linear programs
//! ([`linear`]) how few and how many each hidden group can be ([`search`]).

mod asking;
mod attack;
mod condition;
mod determined;
mod digits;
mod finding;
mod joint;
mod knowledge;
mod limits;
mod linear;
mod memory;
mod others;
mod outer;
mod outline;
mod parallel;
mod pieces;
mod program;
mod published;
mod reading;
mod search;
mod shape;
mod strict;
mod system;
#[cfg(test)]
mod tests;
pub mod uptake;
mod words;

pub use finding::{Attacked, Audit, Breach, Depth, Narrowest, Only, Rule, Whose};
pub use knowledge::{Deserted, Knowledge, Nested};
pub use memory::Memory;

use super::model::Release;
use crate::survey::Survey;
use attack::{Attack, Findings};
use joint::Joint;
use outer::Outer;
use published::{Clash, Population, Published};
use shape::Family;
use std::cmp::Reverse;

/// Attacks a campaign's `releases`, first to last and all of them. `progress` hears how
/// many of how many parts are done.
pub fn audit(
    releases: &[Release],
    survey: Option<&Survey>,
    only: Only<'_>,
    progress: &mut dyn FnMut(usize, usize),
) -> Audit {
    let (knowledge, mut memory) = (Knowledge::default(), Memory::default());
    let mut audit = audit_knowing(&knowledge, releases, survey, only, &mut memory, progress);
    if matches!(only, Only::Everything) {
        audit.breaches.extend(uptake::breaches(releases));
    }
    audit
}

/// The same for an attacker who knows the place: nobody can hide behind a group to which
/// nobody came, and in no team of another directorate.
pub fn audit_knowing(
    knowledge: &Knowledge,
    releases: &[Release],
    survey: Option<&Survey>,
    only: Only<'_>,
    memory: &mut Memory,
    progress: &mut dyn FnMut(usize, usize),
) -> Audit {
    let mut published = reading::read(releases);
    knowledge.add_to(&mut published);
    let (families, is_complete) = shape::families(&published);
    // What is asked of some questions only is asked often: of all, at last.
    let is_small = joint::is_small(&published, &families);
    let is_joined = is_small && only.depth() == Depth::Joined;
    let attacks = attacks(&published, &families, survey, only, is_joined);
    let joint = is_joined.then(|| Joint::new(&published, &families, survey, &attacks));
    let (known, new): (Vec<_>, Vec<_>) =
        attacks.iter().map(|attack| (attack, memory.of(attack))).partition(|(_, findings)| findings.is_some());
    let new = new.into_iter().map(|(attack, _)| Job::One(attack));
    let mut jobs: Vec<Job> = joint.iter().map(Job::Joint).chain(new).collect();
    jobs.sort_by_cached_key(|job| Reverse(job.weight(&published)));
    let mut audit = Audit {
        attacked: Attacked { figures: published.figures, hidden: published.hidden, ..Attacked::default() },
        breaches: published.clashes.iter().map(|clash| as_printed(&published, clash)).collect(),
        is_joined,
        ..Audit::default()
    };
    if !is_complete {
        audit.notes.push("There are too many crossings to attack them all together: each was attacked alone.".into());
    }
    if !is_small {
        audit.notes.push(
            "There are too many figures to put all questions side by side: each was attacked within how large groups are."
                .into(),
        );
    }
    audit.breaches.extend(strict::breaches(&published));
    let found = parallel::each(&jobs, Job::run, progress);
    for (job, findings) in jobs.iter().zip(&found) {
        if let Job::One(attack) = job {
            memory.keep(attack, findings);
        }
    }
    let mut doubtful = 0;
    let known = known.into_iter().filter_map(|(_, findings)| findings);
    for findings in known.chain(found) {
        audit.attacked.targets += findings.targets;
        audit.attacked.programs += findings.programs;
        audit.breaches.extend(findings.breaches);
        audit.not_wide.extend(findings.not_wide);
        doubtful += findings.doubtful;
        let width = |narrowest: &Narrowest| narrowest.high - narrowest.low;
        audit.narrowest = audit.narrowest.into_iter().chain(findings.narrowest).min_by_key(width);
    }
    if doubtful > 0 {
        audit.notes.push(format!("Of {doubtful} ranges it is not known whether whole people fill them."));
    }
    // Found in several ways, the narrowest counts.
    audit.breaches.sort_by_cached_key(|breach| (breach.whose.clone(), breach.high - breach.low));
    audit.breaches.dedup_by(|one, other| one.whose == other.whose);
    audit
}

fn attacks<'a>(
    published: &'a Published,
    families: &'a [Family],
    survey: Option<&Survey>,
    only: Only<'a>,
    is_joined: bool,
) -> Vec<Attack<'a>> {
    let conditions = condition::conditions(published, survey);
    let mut attacks = Vec::new();
    for (position, family) in families.iter().enumerate() {
        let names = family.breakdowns.iter().filter_map(|at| published.breakdowns.get(*at));
        let attack = |population: &'a Population, outers: Vec<Outer>| Attack {
            published,
            population,
            family,
            alone: alone(population, survey),
            outers,
            with_all: position == 0,
            only,
            is_joined,
        };
        if family.breakdowns.is_empty() || only.has_sizes(names.map(|breakdown| &breakdown.name)) {
            let told = Outer { bounds: outer::bounds(published, None), ..Outer::default() };
            attacks.push(attack(&published.everybody, vec![told]));
        }
        for (position, question) in published.questions.iter().enumerate() {
            if question.question.as_deref().is_some_and(|question| only.has_question(question)) {
                let asked = conditions.iter().filter(|condition| condition.question == position);
                let asked = asked.map(|condition| outer::asked(published, condition));
                let everybody = outer::everybody(published, question.question.as_deref());
                attacks.push(attack(question, std::iter::once(everybody).chain(asked).collect()));
            }
        }
    }
    attacks
}

/// The options of a question that are never chosen with another.
fn alone(population: &Population, survey: Option<&Survey>) -> Vec<usize> {
    let asked = population.question.as_deref().and_then(|code| survey?.question(code));
    let choices = asked.map(|question| question.choices()).unwrap_or_default();
    let exclusive = choices.iter().filter(|choice| choice.is_exclusive);
    exclusive.filter_map(|choice| population.options.iter().position(|option| option == choice.code.as_str())).collect()
}

/// What is done by itself.
enum Job<'a> {
    One(&'a Attack<'a>),
    Joint(&'a Joint<'a>),
}

impl Job<'_> {
    /// How much there may be to do, roughly: what takes longest is begun first.
    fn weight(&self, published: &Published) -> usize {
        match self {
            Job::One(attack) => attack.family.classes(published) * attack.population.options.len(),
            Job::Joint(_) => usize::MAX,
        }
    }

    fn run(&self) -> Findings {
        match self {
            Job::One(attack) => attack.run(),
            Job::Joint(joint) => joint.run(),
        }
    }
}

/// What needs no attack to be seen.
fn as_printed(published: &Published, clash: &Clash) -> Breach {
    let (breakdown, group) = published.place(clash.node);
    let Clash { question, option, up_to, people, rule, .. } = clash.clone();
    Breach {
        whose: Whose { question, breakdown, group, option, after: 0, up_to },
        low: people.low,
        high: people.high,
        rule,
    }
}
