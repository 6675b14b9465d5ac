//! A campaign's public page in English.

use super::words::Words;
use crate::survey::Kind;

pub(super) const EN: Words = Words {
    asks: |organisation, kind| match kind {
        Kind::Exit => format!("{organisation} asks those who leave why they do, and what would have kept them."),
        Kind::Retention => format!("{organisation} asks those who work there what makes them stay."),
    },
    who: "Who asks",
    about: "What about",
    kind: |kind| match kind {
        Kind::Exit => "Leaving",
        Kind::Retention => "Staying",
    },
    since: "Since",
    until: "Until",
    least: "Smallest group",
    people: |k| format!("{k} people"),
    least_means: |k, comments| {
        format!(
            "Only figures about at least {k} people are published, never about fewer. What people write in their own words is read when at least {comments} have answered."
        )
    },
    hidden: |w| {
        format!(
            "A figure that is hidden cannot be worked out from those that are not: whoever tries is left with a range of {w} people at least. The program attacks its own figures before it publishes them."
        )
    },
    strict: "These figures are made for the world to see: within a group, answers that only few people gave are hidden too, or put together with others.",

    key_title: "The key of this campaign",
    key_for: "With this key the service stamps the tickets that people’s browsers make, without seeing them. When one comes back with answers, it knows that somebody was invited, and cannot know who.",
    key_one: "There is one for the whole campaign. Whoever was given a key of their own could be known by it, and that is why everybody can compare.",
    fingerprint: "Its fingerprint",
    check_title: "How to check it",
    check: &[
        "If you were asked to answer: the page where you begin shows a fingerprint. It must be this one.",
        "Every report says it at its foot. It must be this one there too.",
        "Open this page again on another network, or on somebody else’s phone. A page that was made up for you alone would not follow you there.",
        "Read it out to a colleague who was asked as well. All eight groups must be the same.",
    ],
    whole_key: "The whole key, for those who want to work it out",
    whole_key_text: "The fingerprint is the first 32 digits of the SHA-256 of this key in binary. With the key in a file called key.pem:",
    as_json: "The key as JSON",

    releases_title: "Published figures",
    no_releases: "None so far.",
    release: |number, day| format!("Release {number}, {day}"),
    promise: "What is known about those who answer, and what cannot be known",
};
