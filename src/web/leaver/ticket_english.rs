//! Leavers' pages about tickets in English.

use super::ticket_words::TicketWords;

pub(super) const EN: TicketWords = TicketWords {
    before: "First you get a ticket, made by your own browser where it can. Whoever closes the tab before they press Send needs it to come back.",
    working: "Your browser is making your ticket …",
    unable: "Your browser cannot make a ticket (it is too old, or this page did not come over https). If you go on, we make it, and keep no note of it.",
    away: "That did not get through. Nothing is lost: in this tab, load the page again and press again.",
    wrong_key: "Your browser has stopped, and nothing was sent: the key is not the one that everybody is given, or not the one that this tab saw before. By a key of your own your answers could be known. Load the page again; if this comes back, tell whoever asked for your views.",
    wrong_signature: "Your browser has stopped: our signature is not good, and a ticket with a bad one could be known again. Press again; if this comes back, tell whoever asked for your views.",
    without_text: "Or go on without it: then we make your ticket. We keep no note of it; you have to trust us with that.",
    without: "Go on without it",

    key: "The key that tickets are signed with, the same for everybody:",
    key_page: "Compare it with the public page",
    key_checked: "Your browser stops where it is another.",

    made_there: "Your browser made this ticket. We signed it without seeing it, so we cannot tell whose it is.",
    made_here: "We made your ticket, because no script of ours made it in your browser, and kept no note of it.",

    title: "Your ticket",
    keep_text: "Keep this until you have sent your answers. If you close this tab before that, you need it to come back.",
    yours: "Your link does not give it to you again, and nobody can find it for you. It is yours alone: whoever has it can answer in your place.",
    scan: |url| {
        format!(
            "To answer on another device, open {url} there and type the ticket, or scan this to copy it: the square holds the ticket and nothing else."
        )
    },
    qr: "Your ticket as a QR code",
    copy: "Copy",
    copied: "Copied.",
    keep: "Keep it in this browser until my answers are sent",
    kept: "This browser keeps it. Others who use this browser could find it.",
    forget: "Forget it",
    forgotten: "This browser has forgotten it.",
    refused: "Your browser does not allow that. Write the ticket down, or take a picture of it.",
    begin: "Continue to the questions",

    begun: "You have begun already, with a ticket that a browser made: we cannot tell which. If you have sent your answers, they were counted, and there is nothing more to do. If not, go on with your ticket.",
    label: "Your ticket",
    hint: "Letters and digits in groups of four, as you kept it. Capitals, spaces and dashes do not matter.",
    filled: "Filled in from what this browser keeps.",
    lost: "If it is lost, nobody can find it again: nobody knows whose it is.",
    pending: "In this tab you were in the middle of it:",
    go_on_here: "Go on in this tab",
    ask_hint: "You have begun with a ticket that your browser made. Your interviewer hands your answers in with it, so that they count once.",
    ask_wrong: "Write your ticket as you kept it: this is not one that can be used here",
};
