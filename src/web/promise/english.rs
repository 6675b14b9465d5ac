//! The promise in English. Short words and short sentences: it is for people who
//! have never thought about any of this, and read it on a phone.

use super::words::Words;

pub(super) const EN: Words = Words {
    title: "What we know about you, and what we cannot know",
    lead: "You were asked what you think of your work. This page says who can find out what. “We” is this service, Candour, and the people who run it.",
    short_title: "In short",
    short: &[
        "We know that you were invited. We do not know which answers are yours.",
        "What is published is about groups of people, never about one person.",
        "What you write in your own words could give you away. You can leave it out.",
    ],

    know_title: "What we know",
    know: &[
        ("That you were invited.", "The organisation gave us your name, so that the invitation could reach you."),
        (
            "Whether you began, or said no.",
            "So that we do not remind you for nothing. The organisation is told how many people did, and never who.",
        ),
        (
            "What people answered.",
            "We keep no name, no time and no computer’s address with an answer, and we do not keep answers in the order in which they came.",
        ),
        (
            "How to reach you, if you ask for an interview.",
            "It is locked away until the interview is over, and then erased. Only the interviewer who takes it can read it.",
        ),
    ],

    cannot_title: "What we cannot know",
    cannot: "Which answers are yours. How that is done depends on your browser. The page where you get your ticket says which of the two it was.",
    scripted_title: "If your browser runs scripts, as most do",
    scripted: &[
        "Think of a slip of paper in an envelope, with carbon paper around it. You write a secret number on the slip and close the envelope. We check your invitation, stamp the envelope from outside and give it back. The stamp goes through to the slip, but we have not seen the number.",
        "Later you come back with the slip and without the envelope. We see our stamp, so we know that you were invited. We cannot see which envelope the slip was in. The slip is your ticket, and your answers come with nothing else.",
        "Your browser does this with large numbers instead of paper. Even if somebody changed our server in secret, to write down all that it is sent, it could not tell which answers are yours. All that it could guess by is the time, the network that you come from, and what sort of browser and language you use.",
    ],
    unscripted_title: "If it does not",
    unscripted: &[
        "Then our server makes your ticket out of your code, and makes no note of it. Nothing that we keep joins the two. But it could have made a note, and you could not tell. So here you have to trust the people who run the server.",
    ],
    interviewed_title: "If you talk to an interviewer",
    interviewed: &[
        "They know who you are and what you say. They hand your answers in with a ticket, like everybody’s. From then on, nothing that we keep says which answers are yours.",
    ],

    could_title: "What could still point to you",
    could: &[
        (
            "What you write.",
            "A name, a date, or a story that only you could tell. What you write may be read by the organisation, once enough people have answered.",
        ),
        (
            "Being one of very few.",
            "If only a few people left your team, people may guess. That is why no figure is ever about fewer than five people, or the number that your invitation names. If a question narrows it down too much, choose “Prefer not to say”.",
        ),
        (
            "Being watched.",
            "Your employer may see which sites you visit on its network, and everything that you do on its computers. Use a phone or computer of your own, and a connection of your own.",
        ),
        (
            "The time.",
            "Somebody who watches our server, or who copies its data again and again and has its key as well, can see when a code was used and when answers came. If you were the only one that hour, they can put two and two together.",
        ),
        (
            "Showing it to somebody.",
            "Whoever sees your screen, your code or your ticket knows what you know. If you were sent a letter, somebody printed it.",
        ),
        (
            "What stays on your device.",
            "Your browser remembers that you were here, and the e-mail has your link. If others use the device, open the link in a private window and close it afterwards.",
        ),
    ],

    check_title: "How you can check",
    check: &[
        (
            "Compare the fingerprint.",
            "The stamp is the same for everybody in a campaign. If yours were one of a kind, we could know you by it. So the page where you begin shows its fingerprint: eight groups of four letters and digits. The campaign’s public page and the foot of every report must show the same. Ask a colleague to read theirs out.",
        ),
        (
            "Look behind the page.",
            "Your browser can show the source of every page (on most computers with Ctrl and U). There is nothing in it from other sites, and no cookie that says who you are.",
        ),
        (
            "Leave time in between.",
            "Begin today, write your ticket down, and answer tomorrow or next week. Then the time gives nothing away.",
        ),
        (
            "Use another network.",
            "Begin at home, and answer by phone or at a library. The Tor Browser, which hides where you come from, is fine too.",
        ),
        (
            "Read the scripts.",
            "What your browser does is short, and explained step by step. If you do not read such things, ask somebody who does. A server that was changed could also send a changed script. But it cannot know who will look, and one person who looks is enough.",
        ),
    ],
    scripts: "All that there is:",

    rather_not_title: "If you would rather not",
    rather_not: "Then say no, or do nothing. It has no consequences, and nobody is told that it was you.",
};
