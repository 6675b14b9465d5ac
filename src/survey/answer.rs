//! One person's answers, by question code.

use super::model::Code;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Answers by question. A question that is not in it was not asked, or was
/// passed over.
pub type Answers = BTreeMap<Code, Answer>;

/// The stored form is JSON of these names, stable for ever: `{"one":"pay"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    One(Code),
    /// May be empty when a file says of each option that it was not chosen.
    Many(BTreeSet<Code>),
    Rating(u8),
    Number(i64),
    Month {
        year: i32,
        month: u8,
    },
    Text(String),
    Missing(Missing),
}

/// Why there is no answer to a question that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    NotKnown,
    PreferNotToSay,
    NotApplicable,
    /// The interviewer did not come to it.
    NotAsked,
}

impl Answer {
    /// Whether the answer is or includes `code`: what `ask_if` looks at. The
    /// reasons for a missing answer have codes of the same spelling as in
    /// survey files (`prefer_not_to_say`). What was not asked has no code, like
    /// what was not answered.
    pub fn has(&self, code: &Code) -> bool {
        match self {
            Answer::One(one) => one == code,
            Answer::Many(many) => many.contains(code),
            Answer::Rating(n) => n.to_string() == code.as_str(),
            Answer::Number(n) => n.to_string() == code.as_str(),
            Answer::Missing(Missing::NotAsked) | Answer::Month { .. } | Answer::Text(_) => false,
            Answer::Missing(missing) => missing.code() == code.as_str(),
        }
    }
}

impl Missing {
    pub const ALL: [Missing; 4] =
        [Missing::NotKnown, Missing::PreferNotToSay, Missing::NotApplicable, Missing::NotAsked];

    /// Those that an option of a survey can mean: nobody who is asked answers that
    /// they were not.
    pub const OF_OPTIONS: [Missing; 3] = [Missing::NotKnown, Missing::PreferNotToSay, Missing::NotApplicable];

    pub fn code(self) -> &'static str {
        match self {
            Missing::NotKnown => "not_known",
            Missing::PreferNotToSay => "prefer_not_to_say",
            Missing::NotApplicable => "not_applicable",
            Missing::NotAsked => "not_asked",
        }
    }
}
