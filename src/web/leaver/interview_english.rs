//! Leavers' pages about interviews in English.

use super::interview_words::{InterviewWords, Suits, Wrong};
use crate::interview::Channel;
use crate::invitation::DeclineReason;

pub(super) const EN: InterviewWords = InterviewWords {
    how: "How would you like to answer?",
    online_text: "On these pages, without anyone knowing who you are.",
    independent_title: "Talk to an independent interviewer",
    independent_who: |organisation| format!("They do not work for {organisation}, and are not in its HR."),
    independent_knows: "They know what you leave to be reached by, and what you say. They enter your answers into the same questions as online, without your name.",
    independent_tells: |organisation| {
        format!("They tell nobody at {organisation} that they talked to you, or what you said.")
    },
    who_they_are: |names| format!("Who they are: {names}"),
    nobody_yet: "Just now there is nobody to take it. You can ask all the same: it goes to the first who can.",
    ask_independent: "Ask for an independent interview",
    hr_title: |post| format!("Talk to {}", post.unwrap_or("HR")),
    hr_text: |organisation| {
        format!(
            "This is confidential, and not anonymous: whoever you talk to works for {organisation}, and knows who you are."
        )
    },
    hr_knows: "They enter your answers into the same questions as online, without your name, and keep to themselves that they are yours.",
    ask_hr: |post| format!("Ask to talk to {}", post.unwrap_or("HR")),
    kept_apart: "However you answer, your answers are kept without your name, your address or the time.",
    begun: "You have begun already. If you sent your answers, or were interviewed, they were counted, and there is nothing more to do. If not, you can go on, or choose again.",
    how_held: "There is one exception, while it lasts: if you ask for an interview, what you leave is kept, locked, with the ticket that your answers will travel with. All of it is erased when the interview is handed in or called off.",

    why: "If you like: why?",
    why_hint: "It is counted, without your name. Leave it empty if you would rather not say.",
    reason: |reason| match reason {
        DeclineReason::NoTime => "I have no time",
        DeclineReason::NotAnonymous => "I do not trust that it is anonymous",
        DeclineReason::NothingChanges => "Nothing would change",
        DeclineReason::SaidAlready => "I have said it already",
        DeclineReason::Other => "Another reason",
    },

    form_text: |days| {
        format!(
            "Only the interviewer who takes it sees your name, how to reach you and what would make it easier. Whoever it is offered to before that sees how, when and in which language you would like to talk. What you leave is kept locked, and erased when the interview is done, when you withdraw, or after {days} days at the latest."
        )
    },
    name: "What should they call you?",
    name_hint: "A first name is enough.",
    channel_label: "How would you like to talk?",
    channel: |channel| match channel {
        Channel::Telephone => "By telephone",
        Channel::Video => "By video call",
        Channel::Email => "By e-mail",
        Channel::InPerson => "In person",
    },
    reach: "Where can they reach you?",
    reach_hint: "For the telephone a number; for video or e-mail an e-mail address; in person a place, with a number or address to arrange it. Best one that is yours, and not from work.",
    times: "When does it suit you?",
    suits: |suits| match suits {
        Suits::Mornings => "Mornings",
        Suits::Afternoons => "Afternoons",
        Suits::Evenings => "Evenings",
        Suits::Weekends => "Weekends",
    },
    times_else: "Anything else about times (optional)",
    times_hint: "Such as: not on Tuesdays; only after my last day.",
    lang: "In which language?",
    access: "Is there anything that would make it easier for you? (optional)",
    access_hint: "Such as an interpreter or another language, captions, no stairs, somebody with you.",
    avoid: "Do you know one of them? (optional)",
    avoid_hint: "Tick whoever should not get it. They are not told.",
    directorate_hint: "Optional. Some interviewers have named a part of the organisation that is too close to them: they are not asked. Without your answer, none of them is.",
    rather_not: "I would rather not say",
    ask: "Ask for the interview",
    wrong: |wrong| match wrong {
        Wrong::NoName => "Write what they should call you".to_owned(),
        Wrong::NoChannel => "Choose how you would like to talk".to_owned(),
        Wrong::NoReach => "Write where they can reach you".to_owned(),
        Wrong::NoNumber => "Write a telephone number in digits, such as 01632 960 123".to_owned(),
        Wrong::NoEmail => "Write an e-mail address, such as name@example.org".to_owned(),
        Wrong::NoPlace => {
            "Write a place, and a telephone number or e-mail address by which it can be arranged".to_owned()
        }
        Wrong::TooLong { most } => format!("Make it shorter: {most} characters fit"),
        Wrong::NoTicket => super::ticket_english::EN.ask_wrong.to_owned(),
        Wrong::NobodyLeft => "That leaves nobody. Leave one of them, or go back and choose another way".to_owned(),
    },

    asked_title: "You have asked for an interview",
    asked_next: "What happens next",
    asked_found: "An interviewer is found. That may take a few days.",
    asked_reach: |channel| match channel {
        Channel::Telephone => "They ring you to agree a time, or to talk at once if it suits you.",
        Channel::Video | Channel::Email => "They write to you by e-mail to agree a time.",
        Channel::InPerson => "They get in touch to agree a time and where you meet.",
    },
    asked_told: |organisation| format!("{organisation} is not told who asked. You get no more reminders."),
    asked_told_hr: |organisation| {
        format!("At {organisation} only whoever takes it is told who asked. You get no more reminders.")
    },
    asked_mind: |is_online| match is_online {
        true => {
            "If you change your mind, open the same link, or type the same code, again: you can leave other times, answer online instead, or withdraw."
        }
        false => {
            "If you change your mind, open the same link, or type the same code, again: you can leave other times, or withdraw."
        }
    },

    standing_title: "Your interview",
    waiting: "You have asked for an interview. There is nobody to take it just now: it goes to the first who can.",
    offered: "You have asked for an interview. It has been offered to an interviewer, who has not taken it yet.",
    taken: |name| format!("{name} has taken your interview."),
    agreed: |date, time, minutes| format!("Agreed for {date} at {time}, for about {minutes} minutes."),
    not_agreed: |channel| match channel {
        Channel::Telephone => "No time is set down yet. They ring you.",
        Channel::Video | Channel::Email => "No time is set down yet. They write to you by e-mail.",
        Channel::InPerson => "No time is set down yet. They get in touch with you.",
    },
    mind_title: "If something has changed",
    change: "Leave other times or details",
    change_text: "What you left is not shown, so that nobody else who has this link can see it. What you leave empty stays as it was.",
    save: "Save",
    changed: "Saved. The interviewer sees it as it is now.",
    same_channel: "As before",
    somebody_else: "Ask for somebody else",
    instead_text: |is_online| match is_online {
        true => "If you answer online or withdraw, the interview is called off and what you left is erased.",
        false => "If you withdraw, the interview is called off and what you left is erased.",
    },
    online_instead: "Answer online instead",
    withdraw: "Withdraw",
    withdraw_title: "Do you want to withdraw?",
    withdraw_text: "The interview is called off, and what you left and have said so far is erased. If you change your mind, open the link again: it still works for as long as the survey is open.",
    withdraw_yes: "Withdraw",
    withdrawn_title: "You have withdrawn",
    withdrawn_text: "What you left is erased, and you will not be reminded. If you change your mind, open your link again. You can close this page.",

    read_title: "What was written down",
    read_text: "This is what your interviewer has written down. Nothing has been handed in yet. This page works once.",
    read_right: "This is right",
    read_wrong: "If something is not right: what?",
    read_wrong_hint: "Your interviewer reads it, and nobody else.",
    read_send: "Send this to the interviewer",
    read_empty: "Write what is not right, or press “This is right”",
    read_both: "You have written what is not right: send it, or empty the box",
    confirmed_title: "Thank you: it is right",
    confirmed_text: "Your interviewer can hand your answers in now. They are counted together with everybody else's. You can close this page.",
    corrected_title: "Thank you: your interviewer will put it right",
    corrected_text: "They read what you wrote, and may get in touch. You can close this page.",
    gone_title: "There is nothing to look at here",
    gone_text: "This link works once, and only for as long as the interview goes on. If you have not answered yet, ask your interviewer for a new one.",
};
