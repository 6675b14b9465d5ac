//! A survey that has been checked: whatever is in here makes sense.

use super::answer::{Answer, Answers, Missing};
use super::lang::Lang;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;

/// A stable name for a survey, section, question, scale or option: lower-case
/// letters, digits and underscores, 1 to 60 characters. Labels are for reading,
/// codes are for ever.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a code: use lower-case letters, digits and _, 60 characters at most")]
pub struct InvalidCode(pub String);

impl Code {
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidCode> {
        let text = text.into();
        let well_formed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if (1..=60).contains(&text.len()) && text.chars().all(well_formed) {
            Ok(Code(text))
        } else {
            Err(InvalidCode(text))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Code {
    type Error = InvalidCode;
    fn try_from(text: String) -> Result<Self, InvalidCode> {
        Code::new(text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.0
    }
}

impl Borrow<str> for Code {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A code that no question can have: by it, campaigns split figures by how the
/// answers were given.
pub const MODE: &str = "mode";

/// Words for people, in English and in whatever other languages there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub en: String,
    pub cy: Option<String>,
}

impl Text {
    /// In `lang`, or in English where it is not translated.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Cy => self.cy.as_deref().unwrap_or(&self.en),
        }
    }
}

/// Which of the two kinds of campaign a survey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Exit,
    Retention,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    pub code: Code,
    pub kind: Kind,
    pub title: Text,
    /// What it is about, for the first page; none if the title says it all.
    pub introduction: Option<Text>,
    /// How long it takes, as told to whoever is asked.
    pub minutes: u32,
    /// The languages it is wholly or partly in; English first, always there.
    pub languages: Vec<Lang>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub code: Code,
    pub title: Text,
    pub help: Option<Text>,
    pub ask_if: Option<Condition>,
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub code: Code,
    pub label: Text,
    pub help: Option<Text>,
    /// What an interviewer may say to help the answer along.
    pub prompt: Option<Text>,
    /// Needs an answer or "prefer not to say"; else it may be left out.
    pub is_required: bool,
    /// Figures may be split by it: only a single choice can be.
    pub is_breakdown: bool,
    /// Of a breakdown: what its groups are called together that are too small to be
    /// shown one by one.
    pub others: Option<Text>,
    pub ask_if: Option<Condition>,
    pub kind: QuestionKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    Single {
        choices: Vec<Choice>,
    },
    Multiple {
        choices: Vec<Choice>,
    },
    /// One point of a named scale that several questions share.
    Scale {
        scale: Scale,
    },
    /// 0 to 10. `favourable`: the lowest rating that counts as favourable.
    Rating {
        low: Text,
        high: Text,
        favourable: Option<u8>,
    },
    /// A whole number of `unit`, tabulated in bands.
    Number {
        unit: Text,
        min: i64,
        max: i64,
        bands: Vec<Band>,
    },
    /// A month of a year, tabulated by year; `from` and `to` are years.
    Month {
        from: i32,
        to: i32,
    },
    /// Free text of at most `max_length` characters; never tabulated.
    Text {
        max_length: usize,
    },
}

/// An option of a choice or a point of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub code: Code,
    pub label: Text,
    /// Cannot be chosen together with another ("none of these").
    pub is_exclusive: bool,
    pub is_favourable: bool,
    /// Not an answer but a reason for there being none; outside every base.
    pub missing: Option<Missing>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    pub code: Code,
    pub points: Vec<Choice>,
}

/// `from` to `to`, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    pub code: Code,
    pub label: Text,
    pub from: i64,
    pub to: i64,
}

/// Holds when every clause does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub all: Vec<Clause>,
}

/// About one earlier question: its answer has one of `any_of` (if there are
/// any), and none of `none_of`. A question that was not answered has no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub question: Code,
    pub any_of: Vec<Code>,
    pub none_of: Vec<Code>,
}

impl Condition {
    pub fn holds(&self, answers: &Answers) -> bool {
        self.all.iter().all(|clause| {
            let given = answers.get(&clause.question);
            let has = |code: &Code| given.is_some_and(|answer| answer.has(code));
            (clause.any_of.is_empty() || clause.any_of.iter().any(has)) && !clause.none_of.iter().any(has)
        })
    }
}

impl Survey {
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions().find(|question| question.code.as_str() == code)
    }

    pub fn breakdowns(&self) -> impl Iterator<Item = &Question> {
        self.questions().filter(|question| question.is_breakdown)
    }
}

impl Question {
    /// The word for its type in files, releases and reports.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            QuestionKind::Single { .. } => "single",
            QuestionKind::Multiple { .. } => "multiple",
            QuestionKind::Scale { .. } => "scale",
            QuestionKind::Rating { .. } => "rating",
            QuestionKind::Number { .. } => "number",
            QuestionKind::Month { .. } => "month",
            QuestionKind::Text { .. } => "text",
        }
    }

    /// The options or points that can be chosen, those that mean "missing"
    /// included; empty for the other types.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            QuestionKind::Single { choices } | QuestionKind::Multiple { choices } => choices,
            QuestionKind::Scale { scale } => &scale.points,
            _ => &[],
        }
    }

    /// The rows of its table, in order: code, label, and whether it counts as
    /// favourable. Empty for what is not tabulated (text; a number without bands).
    pub fn cells(&self) -> Vec<(Code, Text, bool)> {
        let plain = |text: String| Text { en: text, cy: None };
        match &self.kind {
            QuestionKind::Single { .. } | QuestionKind::Multiple { .. } | QuestionKind::Scale { .. } => self
                .choices()
                .iter()
                .filter(|choice| choice.missing.is_none())
                .map(|choice| (choice.code.clone(), choice.label.clone(), choice.is_favourable))
                .collect(),
            QuestionKind::Rating { favourable, .. } => (0..=10_u8)
                .map(|n| (Code(n.to_string()), plain(n.to_string()), favourable.is_some_and(|least| n >= least)))
                .collect(),
            QuestionKind::Number { bands, .. } => {
                bands.iter().map(|band| (band.code.clone(), band.label.clone(), false)).collect()
            }
            QuestionKind::Month { from, to } => {
                (*from..=*to).map(|year| (Code(year.to_string()), plain(year.to_string()), false)).collect()
            }
            QuestionKind::Text { .. } => Vec::new(),
        }
    }

    /// The cells of [`Question::cells`] that an answer counts in. None: it does
    /// not belong in the base (missing, or an answer that the question has no
    /// place for).
    pub fn counts_in(&self, answer: &Answer) -> Option<Vec<Code>> {
        let offered = |code: &Code| self.choices().iter().any(|c| c.code == *code && c.missing.is_none());
        match (answer, &self.kind) {
            (Answer::One(code), QuestionKind::Single { .. } | QuestionKind::Scale { .. }) => {
                offered(code).then(|| vec![code.clone()])
            }
            (Answer::Many(codes), QuestionKind::Multiple { .. }) => {
                codes.iter().all(offered).then(|| codes.iter().cloned().collect())
            }
            (Answer::Rating(n), QuestionKind::Rating { .. }) => (*n <= 10).then(|| vec![Code(n.to_string())]),
            (Answer::Number(n), QuestionKind::Number { bands, .. }) => {
                bands.iter().find(|band| (band.from..=band.to).contains(n)).map(|band| vec![band.code.clone()])
            }
            (Answer::Month { year, .. }, QuestionKind::Month { from, to }) => {
                (*from..=*to).contains(year).then(|| vec![Code(year.to_string())])
            }
            _ => None,
        }
    }
}

/// Labels by code, for whoever renders a table.
pub fn labels(question: &Question) -> BTreeMap<Code, Text> {
    question.cells().into_iter().map(|(code, label, _)| (code, label)).collect()
}
