//! What a case is.

use crate::campaign;
use crate::id::{AccountId, CampaignId, InterviewId, InvitationId};
use crate::survey::{Code, Lang};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Who holds the interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Independent,
    Hr,
}

impl Mode {
    pub const ALL: [Mode; 2] = [Mode::Independent, Mode::Hr];

    pub fn as_str(self) -> &'static str {
        campaign::Mode::from(self).as_str()
    }

    pub fn read(text: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.as_str() == text)
    }
}

impl From<Mode> for campaign::Mode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Independent => campaign::Mode::Independent,
            Mode::Hr => campaign::Mode::Hr,
        }
    }
}

/// How somebody wants to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Telephone,
    Video,
    Email,
    InPerson,
}

impl Channel {
    pub const ALL: [Channel; 4] = [Channel::Telephone, Channel::Video, Channel::Email, Channel::InPerson];

    pub fn as_str(self) -> &'static str {
        match self {
            Channel::Telephone => "telephone",
            Channel::Video => "video",
            Channel::Email => "email",
            Channel::InPerson => "in_person",
        }
    }

    pub fn read(text: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

/// What somebody leaves who asks for an interview, all of it in their own words
/// but for the lists to choose from. It does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What the interviewer is to call them.
    pub name: String,
    pub channel: Channel,
    /// The number, the address, the place: what `channel` needs.
    pub reach: String,
    pub times: String,
    pub access: String,
    pub lang: Lang,
    /// Interviewers who are not to be given the case.
    pub avoid: BTreeSet<AccountId>,
    /// The option of the survey's question `directorate`, so that nobody who has
    /// declared it is offered the case.
    pub directorate: Option<Code>,
}

/// What was agreed about when and where. It does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// As clocks on walls say it where the interview is.
    pub at: NaiveDateTime,
    pub minutes: u32,
    pub place: String,
}

/// All that is sealed in a case but the answers. It does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub request: Request,
    pub plan: Option<Plan>,
    /// Whose case it is: to let the offer stand again when the case comes to nothing.
    pub invitation_id: InvitationId,
    /// What the answers are handed in with, as bytes that mean nothing here.
    pub right: Vec<u8>,
    /// Whoever asked may hold the right themselves too: they had begun online. Were
    /// their offer to stand again, another code would get them a second one.
    #[serde(default)]
    pub is_right_out: bool,
}

/// What an interviewer has entered so far. It does not print.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Names and values as the page sent them, by section.
    pub pages: BTreeMap<Code, Vec<(String, String)>>,
    /// For the interviewer alone: goes with the draft.
    pub notes: String,
    /// What the person wants put right, as they wrote it on the page that they
    /// were sent.
    pub correction: String,
    /// It was read to them.
    pub was_read_out: bool,
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There is no interviewer whom it can be offered to.
    Waiting,
    Offered,
    Taken,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Offered => "offered",
            State::Taken => "taken",
        }
    }

    pub fn read(text: &str) -> Option<State> {
        [State::Waiting, State::Offered, State::Taken].into_iter().find(|state| state.as_str() == text)
    }
}

/// Whether the person has seen what was written down, by a link of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadBack {
    None,
    Sent,
    Confirmed,
    Corrected,
}

impl ReadBack {
    pub fn as_str(self) -> &'static str {
        match self {
            ReadBack::None => "none",
            ReadBack::Sent => "sent",
            ReadBack::Confirmed => "confirmed",
            ReadBack::Corrected => "corrected",
        }
    }

    pub fn read(text: &str) -> Option<ReadBack> {
        let all = [ReadBack::None, ReadBack::Sent, ReadBack::Confirmed, ReadBack::Corrected];
        all.into_iter().find(|state| state.as_str() == text)
    }
}

/// A case as its row says it: nothing of whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: InterviewId,
    pub campaign_id: CampaignId,
    pub mode: Mode,
    pub state: State,
    pub interviewer_id: Option<AccountId>,
    pub asked_on: NaiveDate,
    /// The day from which the state holds.
    pub since: NaiveDate,
    pub draft_version: u32,
    pub read_back: ReadBack,
}

macro_rules! does_not_print {
    ($($name:ident)+) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([secret])"))
            }
        }
    )+ };
}

does_not_print! { Request Plan Details Draft }
