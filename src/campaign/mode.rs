//! The ways in which a campaign lets people take its offer up.

use chrono::NaiveDate;

/// How somebody takes an offer up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Answering alone, without anyone knowing who it is.
    Online,
    /// Talking to an interviewer who is not of the organisation's HR.
    Independent,
    /// Talking to somebody in HR, or in another post that the campaign names:
    /// confidential, not anonymous.
    Hr,
}

impl Mode {
    pub const ALL: [Mode; 3] = [Mode::Online, Mode::Independent, Mode::Hr];

    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Online => "online",
            Mode::Independent => "independent",
            Mode::Hr => "hr",
        }
    }

    pub fn read(text: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.as_str() == text)
    }
}

/// A mode that a campaign has, or had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedMode {
    pub mode: Mode,
    pub is_on: bool,
    /// The day on which it was first switched on.
    pub since: NaiveDate,
    /// For *HR*: what the post is called that people talk to ("the principal
    /// social worker"); none: HR.
    pub post: Option<String>,
    /// Of a mode that was first switched on when offers were out already.
    pub before: Option<Before>,
}

/// How the offer was taken up before a mode was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Those to whom the offer had gone out.
    pub offered: u64,
    pub taken_up: u64,
}
