//! The ways in which a campaign lets people take its offer up.

use super::open::{Problem, check_modes};
use super::{Campaign, store};
use crate::clock::Time;
use crate::db::Conn;
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

#[derive(Debug, thiserror::Error)]
pub enum ModesError {
    /// Never empty.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Refused(Vec<Problem>),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Sets which modes are on, in the order in which they are offered, each with what
/// its post is called (*HR* only); those that are not named are off. `before` is how
/// the offer was taken up until now: it stays beside a mode that was never on, so
/// that what followed can be compared with it. Returns the modes as they are then.
pub fn set_modes(
    conn: &mut Conn,
    now: Time,
    campaign: &Campaign,
    modes: Vec<(Mode, Option<String>)>,
    before: Before,
) -> Result<Vec<OfferedMode>, ModesError> {
    let named: Vec<Mode> = modes.iter().map(|(mode, _)| *mode).collect();
    let modes: Vec<(Mode, Option<String>)> =
        modes.into_iter().map(|(mode, post)| (mode, named_post(mode, post))).collect();
    let problems = check_modes(&named, modes.iter().find_map(|(_, post)| post.as_deref()));
    if !problems.is_empty() {
        return Err(ModesError::Refused(problems));
    }
    // Somebody else may be setting them too, and nothing that was is forgotten.
    store::hold(conn, &campaign.id)?;
    let old = store::modes(conn, &campaign.id)?;
    let set = changed(&old, modes, now.date(), Some(before).filter(|before| before.offered > 0));
    store::replace_modes(conn, &campaign.id, &set)?;
    Ok(set)
}

/// What the post is called, without spaces at its ends; none: HR, or a mode without one.
pub(super) fn named_post(mode: Mode, post: Option<String>) -> Option<String> {
    let post = post.map(|post| post.split_whitespace().collect::<Vec<_>>().join(" "));
    post.filter(|post| mode == Mode::Hr && !post.is_empty())
}

fn changed(
    old: &[OfferedMode],
    on: Vec<(Mode, Option<String>)>,
    today: NaiveDate,
    before: Option<Before>,
) -> Vec<OfferedMode> {
    let off: Vec<OfferedMode> = old
        .iter()
        .filter(|had| on.iter().all(|(mode, _)| *mode != had.mode))
        .map(|had| OfferedMode { is_on: false, ..had.clone() })
        .collect();
    let on = on.into_iter().map(|(mode, post)| match old.iter().find(|had| had.mode == mode) {
        Some(had) => OfferedMode { is_on: true, post, ..had.clone() },
        None => OfferedMode { mode, is_on: true, since: today, post, before },
    });
    on.chain(off).collect()
}
