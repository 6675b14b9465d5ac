//! Every word about interviews on leavers' pages: part of [`super::words::Words`].

use crate::interview::Channel;
use crate::invitation::DeclineReason;

/// A time of the day or week that suits somebody, to be ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suits {
    Mornings,
    Afternoons,
    Evenings,
    Weekends,
}

impl Suits {
    pub const ALL: [Suits; 4] = [Suits::Mornings, Suits::Afternoons, Suits::Evenings, Suits::Weekends];

    pub fn as_str(self) -> &'static str {
        match self {
            Suits::Mornings => "mornings",
            Suits::Afternoons => "afternoons",
            Suits::Evenings => "evenings",
            Suits::Weekends => "weekends",
        }
    }
}

/// What can be wrong with what somebody leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    NoName,
    NoChannel,
    NoReach,
    NoNumber,
    NoEmail,
    NoPlace,
    TooLong { most: usize },
    NobodyLeft,
    NoTicket,
}

#[derive(Debug)]
pub(super) struct InterviewWords {
    pub how: &'static str,
    pub online_text: &'static str,
    pub independent_title: &'static str,
    pub independent_who: fn(&str) -> String,
    pub independent_knows: &'static str,
    pub independent_tells: fn(&str) -> String,
    pub who_they_are: fn(&str) -> String,
    pub nobody_yet: &'static str,
    pub ask_independent: &'static str,
    pub hr_title: fn(Option<&str>) -> String,
    pub hr_text: fn(&str) -> String,
    pub hr_knows: &'static str,
    pub ask_hr: fn(Option<&str>) -> String,
    pub kept_apart: &'static str,
    pub begun: &'static str,
    pub how_held: &'static str,

    pub why: &'static str,
    pub why_hint: &'static str,
    pub reason: fn(DeclineReason) -> &'static str,

    pub form_text: fn(u32) -> String,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub channel_label: &'static str,
    pub channel: fn(Channel) -> &'static str,
    pub reach: &'static str,
    pub reach_hint: &'static str,
    pub times: &'static str,
    pub suits: fn(Suits) -> &'static str,
    pub times_else: &'static str,
    pub times_hint: &'static str,
    pub lang: &'static str,
    pub access: &'static str,
    pub access_hint: &'static str,
    pub avoid: &'static str,
    pub avoid_hint: &'static str,
    pub directorate_hint: &'static str,
    pub rather_not: &'static str,
    pub ask: &'static str,
    pub wrong: fn(Wrong) -> String,

    pub asked_title: &'static str,
    pub asked_next: &'static str,
    pub asked_found: &'static str,
    pub asked_reach: fn(Channel) -> &'static str,
    pub asked_told: fn(&str) -> String,
    pub asked_told_hr: fn(&str) -> String,
    pub asked_mind: fn(bool) -> &'static str,

    pub standing_title: &'static str,
    pub waiting: &'static str,
    pub offered: &'static str,
    pub taken: fn(&str) -> String,
    pub agreed: fn(&str, &str, u32) -> String,
    pub not_agreed: fn(Channel) -> &'static str,
    pub mind_title: &'static str,
    pub change: &'static str,
    pub change_text: &'static str,
    pub save: &'static str,
    pub changed: &'static str,
    pub same_channel: &'static str,
    pub somebody_else: &'static str,
    pub instead_text: fn(bool) -> &'static str,
    pub online_instead: &'static str,
    pub withdraw: &'static str,
    pub withdraw_title: &'static str,
    pub withdraw_text: &'static str,
    pub withdraw_yes: &'static str,
    pub withdrawn_title: &'static str,
    pub withdrawn_text: &'static str,

    pub read_title: &'static str,
    pub read_text: &'static str,
    pub read_right: &'static str,
    pub read_wrong: &'static str,
    pub read_wrong_hint: &'static str,
    pub read_send: &'static str,
    pub read_empty: &'static str,
    pub read_both: &'static str,
    pub confirmed_title: &'static str,
    pub confirmed_text: &'static str,
    pub corrected_title: &'static str,
    pub corrected_text: &'static str,
    pub gone_title: &'static str,
    pub gone_text: &'static str,
}
