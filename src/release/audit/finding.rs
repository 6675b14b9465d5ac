//! What an audit finds, and what it attacked.

use serde::Serialize;
use std::collections::BTreeSet;

/// What came of attacking a campaign's releases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Audit {
    pub breaches: Vec<Breach>,
    pub attacked: Attacked,
    /// Of all hidden numbers, the one that is known best; none if none is hidden.
    pub narrowest: Option<Narrowest>,
    /// What is odd about the releases, and what the attack had to leave out.
    pub notes: Vec<String>,
    /// Of whom the numbers are not wide open, though they are not printed: known, and no
    /// secret, or breaches. Whoever knows less has to be asked of these only.
    #[serde(skip)]
    pub not_wide: BTreeSet<Whose>,
    /// Whether all questions were put side by side.
    #[serde(skip)]
    pub is_joined: bool,
}

/// Whose number it is: of which people, whatever is known of them.
#[derive(Clone, Debug, Hash, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Whose {
    /// None: all responses, whatever they answered.
    pub question: Option<String>,
    /// None: everybody. A crossing is `a*b`.
    pub breakdown: Option<String>,
    /// None: everybody, or with a breakdown those who did not say. Of a crossing it
    /// is `x*y`, with nothing in the place of what was not said.
    pub group: Option<String>,
    /// None: how many they are, whatever they chose.
    pub option: Option<String>,
    /// They came after the release of this number (0: from the beginning) ...
    pub after: u32,
    /// ... up to and with this one.
    pub up_to: u32,
}

/// What is attacked of all that there is.
#[derive(Clone, Copy, Debug, Default)]
pub enum Only<'a> {
    #[default]
    Everything,
    /// Everything, but without linear programs.
    Outline,
    /// These questions; a breakdown's own: how large its groups are.
    Questions(&'a BTreeSet<String>),
    These(&'a BTreeSet<Whose>, Depth),
}

/// How hard an attack is. What a lesser one finds is a breach, what it does not may be one.
#[derive(Clone, Copy, Debug, Hash, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// By what single equations say, without linear programs.
    Outline,
    /// Question by question.
    Apart,
    /// With all questions side by side as well, where there is not too much of that.
    Joined,
}

impl Only<'_> {
    /// What is asked of some only is asked often, of all at last.
    pub fn depth(&self) -> Depth {
        match self {
            Only::Everything => Depth::Joined,
            Only::Outline => Depth::Outline,
            Only::Questions(_) => Depth::Apart,
            Only::These(_, depth) => *depth,
        }
    }

    /// Whether a question is attacked at all.
    pub fn has_question(&self, question: &str) -> bool {
        match self {
            Only::Everything | Only::Outline => true,
            Only::Questions(questions) => questions.contains(question),
            Only::These(these, _) => these.iter().any(|whose| whose.question.as_deref() == Some(question)),
        }
    }

    /// Whether the sizes of the groups of any of `breakdowns` are.
    pub fn has_sizes(&self, mut breakdowns: impl Iterator<Item = impl AsRef<str>>) -> bool {
        match self {
            Only::Everything | Only::Outline => true,
            Only::Questions(questions) => breakdowns.any(|breakdown| questions.contains(breakdown.as_ref())),
            Only::These(these, _) => these.iter().any(|whose| whose.question.is_none()),
        }
    }

    pub fn has(&self, whose: impl FnOnce() -> Whose) -> bool {
        match self {
            Only::Everything | Only::Outline | Only::Questions(_) => true,
            Only::These(these, _) => these.contains(&whose()),
        }
    }
}

/// A number of people of whom more can be found out than the policy allows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Breach {
    #[serde(flatten)]
    pub whose: Whose,
    /// The fewest that they can be, and the most.
    pub low: u64,
    pub high: u64,
    pub rule: Rule,
}

/// Which rule is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// They are fewer than *k*, and that can be known.
    Few,
    /// They are known within less than the protection width.
    Narrow,
    /// Strict policy: everybody in a group gave the same answer.
    Alike,
    /// The figures cannot all be true.
    Contradiction,
    /// The solver failed, so that nothing can be said.
    Unsolved,
}

/// How much was attacked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attacked {
    /// Numbers that the releases publish.
    pub figures: usize,
    /// Groups and cells whose numbers they do not publish.
    pub hidden: usize,
    /// Numbers of people that were asked for: of a group, between two releases.
    pub targets: usize,
    /// Linear programs that were solved.
    pub programs: usize,
}

/// The hidden number that is known best.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Narrowest {
    #[serde(flatten)]
    pub whose: Whose,
    pub low: u64,
    pub high: u64,
}
