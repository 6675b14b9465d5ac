//! Leavers' pages: the invitation, the questions, section by section, and Send.
//! They work without script and with nothing kept on the server: what was answered
//! so far travels, sealed, in the page itself, and the ticket with it.
//! The one place where a code becomes a ticket is [`invitation`].
//!
//! None of these pages is ever compressed: they hold a code or a ticket beside
//! what was typed, and the length of compressed pages gives such secrets away to
//! whoever can watch it and make a browser send text of theirs (BREACH).

pub(super) mod ask;
mod ask_form;
mod backup;
mod check;
mod choice;
pub(super) mod decline;
mod draft;
mod english;
mod interview_english;
mod interview_welsh;
mod interview_words;
pub(super) mod invitation;
pub(super) mod language;
mod place;
mod question;
pub(super) mod read_back;
mod refused;
mod request;
mod scale;
pub(super) mod section;
pub(super) mod send;
mod standing;
pub(super) mod start;
#[cfg(test)]
mod tests;
mod welsh;
mod words;

use refused::Closed;
