//! Leavers' pages: the invitation, the questions, section by section, and Send.
//! They work without script (with it, the browser makes the ticket itself) and with
//! nothing kept on the server: what was answered so far travels, sealed, in the page
//! itself, and the ticket with it. The one place where a code becomes a ticket, or the
//! right to one, is [`exchange`].
//!
//! None of these pages but the invitation's is ever compressed: they hold a code or a
//! ticket beside what was typed, and the length of compressed pages gives such secrets
//! away to whoever can watch it and make a browser send text of theirs (BREACH). The
//! invitation's holds nothing that comes with a request but the code itself.

pub(super) mod ask;
mod ask_form;
mod backup;
pub(super) mod begin;
mod check;
mod choice;
pub(super) mod decline;
mod draft;
mod english;
pub(super) mod exchange;
mod interview_english;
mod interview_welsh;
mod interview_words;
pub(super) mod invitation;
pub(super) mod language;
mod online;
mod place;
mod question;
pub(super) mod read_back;
mod refused;
mod request;
mod right;
mod scale;
pub(super) mod section;
pub(super) mod send;
mod standing;
pub(super) mod start;
#[cfg(test)]
mod tests;
mod ticket_box;
mod ticket_english;
mod ticket_welsh;
mod ticket_words;
mod welsh;
mod words;

use refused::Closed;
