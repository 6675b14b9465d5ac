//! Every word on leavers' pages. One struct, filled once per language: a missing
//! translation does not compile.

use super::interview_words::InterviewWords;
use super::ticket_words::TicketWords;
use crate::survey::Lang;
use crate::survey::form::Wrong;

/// What the pages say in one language. Functions where a name or number is in
/// the middle of a sentence.
#[derive(Debug)]
pub(super) struct Words {
    pub start_title: &'static str,
    pub start_lead: &'static str,
    pub code_label: &'static str,
    pub code_hint: &'static str,
    pub go_on: &'static str,
    pub no_code: &'static str,

    pub asks: fn(&str) -> String,
    pub minutes: fn(u32) -> String,
    pub until: fn(&str) -> String,
    pub what_happens: &'static str,
    pub nobody_sees: fn(&str) -> String,
    pub least_people: fn(u32) -> String,
    pub own_words: fn(&str, u32) -> String,
    pub knows_offered: fn(&str) -> String,
    pub your_choice: &'static str,
    pub may_skip: &'static str,
    pub how_title: &'static str,
    pub how_apart: &'static str,
    pub how_nothing_else: &'static str,
    pub how_blind: &'static str,
    pub how_limits: &'static str,
    pub answer_online: &'static str,
    pub no_thanks: &'static str,
    pub open_again: &'static str,
    pub already_begun: &'static str,

    pub decline_title: &'static str,
    pub decline_text: &'static str,
    pub decline_yes: &'static str,
    pub decline_no: &'static str,
    pub declined_title: &'static str,
    pub declined_text: &'static str,

    pub section_of: fn(usize, usize) -> String,
    pub next: &'static str,
    pub back: &'static str,
    pub needs_answer: &'static str,
    pub choose_all: &'static str,
    pub prefer_not: &'static str,
    pub month: &'static str,
    pub year: &'static str,
    pub months: [&'static str; 12],
    pub at_most: fn(usize) -> String,
    pub careful: &'static str,
    pub wrong: fn(Wrong) -> String,
    pub ticket_title: &'static str,
    pub ticket_text: &'static str,
    pub ticket_unsent: &'static str,
    pub lost_title: &'static str,
    pub lost_text: &'static str,

    pub check_title: &'static str,
    pub check_text: &'static str,
    pub change: &'static str,
    pub send_title: &'static str,
    pub send_text: &'static str,
    pub send: &'static str,

    pub thanks_title: &'static str,
    pub thanks_text: &'static str,
    pub thanks_next: &'static str,
    pub thanks_close: &'static str,

    pub refused_title: &'static str,
    pub refused_sent: &'static str,
    pub refused_else: &'static str,
    pub refused_typed: &'static str,
    pub refused_newer: &'static str,
    pub refused_late: &'static str,
    pub refused_ask: &'static str,

    pub away_title: &'static str,
    pub away_text: &'static str,
    pub fault_title: &'static str,
    pub fault_text: &'static str,
    pub reference: &'static str,
    pub try_again: &'static str,

    pub interview: InterviewWords,
    pub ticket: TicketWords,
}

impl Words {
    pub fn of(lang: Lang) -> &'static Words {
        match lang {
            Lang::En => &super::english::EN,
            Lang::Cy => &super::welsh::CY,
        }
    }
}
