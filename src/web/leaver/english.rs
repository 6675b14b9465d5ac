//! Leavers' pages in English.

use super::words::Words;
use crate::survey::Lang;
use crate::survey::form::Wrong;

pub(super) const EN: Words = Words {
    start_title: "Answer in confidence",
    start_lead: "You were asked for your views by a letter or an e-mail, or you began earlier and wrote your ticket down.",
    code_label: "Your code or your ticket",
    code_hint: "Letters and digits in groups of four, such as ABCD-EFGH-JKMN. Capitals, spaces and dashes do not matter.",
    go_on: "Continue",
    no_code: "No code? Ask whoever asked for your views to send you one. The pages cannot be used without it, so that everybody answers once.",

    asks: |organisation| format!("{organisation} would like to hear from you."),
    minutes: |minutes| format!("It takes about {minutes} minutes."),
    until: |date| format!("You can begin until {date}."),
    what_happens: "What happens to your answers",
    nobody_sees: |organisation| {
        format!(
            "Nobody at {organisation} sees your answers as yours. They are kept without your name, your address or the time."
        )
    },
    least_people: |k| format!("Only figures about at least {k} people are published, never about fewer."),
    own_words: |organisation, least| {
        format!(
            "What you write in your own words is kept apart from your other answers. Somebody at {organisation} whom it has given the right may read it when at least {least} people have answered, and a report may quote it without what would tell who you are. So leave out names, and whatever else would tell."
        )
    },
    knows_offered: |organisation| {
        format!("{organisation} knows that you were invited. It is told how many people took part, and not who.")
    },
    your_choice: "It is your choice. Saying no has no consequences, and nobody is told that it was you.",
    may_skip: "You can prefer not to answer any question.",
    how_title: "How your name and your answers are kept apart",
    how_apart: "When you begin, your code is exchanged for a ticket. Your answers travel with the ticket only. What the service keeps has nothing in it that joins a code to a ticket.",
    how_nothing_else: "No cookies that follow you, no note of your computer's address. Until you press Send your answers are in your own browser only, sealed, and not on our computers.",
    how_blind: "Where your browser runs our script, it makes the ticket itself, and we sign it without seeing it. Then not even a service that was changed to note everything could tell whose it is, but by the time and by your network.",
    how_limits: "Without script the exchange happens on the service's own computer, which makes no note of it. You trust whoever runs it to run it as published. If you would rather not, say no.",
    answer_online: "Answer online",
    no_thanks: "No, thank you",
    open_again: "Opening this page does not begin anything. You can come back to it.",
    already_begun: "You have begun already. If you have not sent your answers, you can go on. If you sent them, they were counted, and there is nothing more to do.",

    decline_title: "Do you want to say no?",
    decline_text: "You will get no reminders. If you change your mind, open the link or type the code again: it still works for as long as the survey is open.",
    decline_yes: "Say no",
    decline_no: "Go back",
    declined_title: "You have said no",
    declined_text: "Thank you for telling us. You will not be reminded. If you change your mind, open your link again. You can close this page.",

    section_of: |at, of| format!("Section {at} of {of}"),
    next: "Continue",
    back: "Back",
    needs_answer: "(needs an answer)",
    choose_all: "Choose all that apply.",
    prefer_not: "Prefer not to say",
    month: "Month",
    year: "Year",
    months: Lang::En.months(),
    at_most: |max| format!("Up to {} characters.", thousands(max)),
    careful: "Leave out names and whatever would tell who you are.",
    wrong: |wrong| match wrong {
        Wrong::Missing => "Answer this, or choose “Prefer not to say”".to_owned(),
        Wrong::NotAnOption => "Choose one of the answers on the page".to_owned(),
        Wrong::MoreThanOne => "Choose one answer only".to_owned(),
        Wrong::ExclusiveWithOthers => {
            "“None” and “Prefer not to say” cannot stand beside other answers: choose one or the other".to_owned()
        }
        Wrong::NotANumber => "Write a whole number in digits, such as 12".to_owned(),
        Wrong::OutOfRange { min, max } => format!("Write a number from {min} to {max}"),
        Wrong::NotAMonth => "Choose a month and write the year in four digits".to_owned(),
        Wrong::TooLong { max, length } => {
            format!("Make the text shorter: it has {} characters, and {} fit", thousands(length), thousands(max))
        }
    },
    ticket_title: "Stop here and come back, or go on from another device",
    ticket_text: "Type this ticket on the first page of this site: that works until you send your answers. Where we made the ticket, your link works too. The ticket is yours alone: whoever has it can answer in your place.",
    ticket_unsent: "What you have answered so far is in this browser only, sealed, and not on our computers. If you close the browser, or go on elsewhere, you begin with empty pages.",
    lost_title: "Some answers could not be taken over",
    lost_text: "The page that you sent was incomplete or very old. What you answered on it is still here. Please look through the other sections again.",

    check_title: "Check your answers",
    check_text: "Nothing has been sent yet. Change what you like.",
    change: "Change",
    send_title: "Send your answers",
    send_text: "Once sent, answers cannot be changed or taken back, because nobody can tell which are yours.",
    send: "Send my answers",

    thanks_title: "Thank you. Your answers have been sent",
    thanks_text: "They count once, together with everybody else's. Nobody can tell which are yours.",
    thanks_next: "When enough people have answered, the organisation gets the figures, and may publish them.",
    thanks_close: "There is nothing more to do. If others use this device, close this window.",

    refused_title: "This code or ticket cannot be used",
    refused_sent: "If you have sent your answers, or were interviewed, they were counted, once. There is nothing more to do.",
    refused_else: "If you have not:",
    refused_typed: "Check that it is typed as in the letter or e-mail.",
    refused_newer: "If you had more than one letter or e-mail and began with another one, use that one.",
    refused_late: "The survey may have closed.",
    refused_ask: "Ask whoever asked for your views for a new code.",

    away_title: "We cannot take this just now",
    away_text: "Your answers are kept in this page. Wait half a minute, then try again. Do not close the page.",
    fault_title: "Something went wrong on our side",
    fault_text: "Your answers are kept in this page. Try again in a while. If it goes on, tell whoever runs this service the reference below.",
    reference: "Reference",
    try_again: "Try again",

    interview: super::interview_english::EN,
    ticket: super::ticket_english::EN,
};

/// 2,000.
fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    if head.is_empty() { tail.to_owned() } else { format!("{head},{tail}") }
}
