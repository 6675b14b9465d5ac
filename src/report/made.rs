//! The last section of a report: by which rules its figures were made, and what it
//! means that some are not there.

use super::html::day;
use super::view::NOT_PUBLISHED;
use crate::release::{Policy, Release};
use maud::{Markup, html};

/// `about` is the campaign's public page.
pub fn made(release: &Release, about: &str) -> Markup {
    html! {
        section.report-made aria-labelledby="made" {
            h2 #made { "How these figures were made" }
            p { "Each percentage is of those who were asked the question and answered it. "
                "\u{201c}Prefer not to say\u{201d}, \u{201c}do not know\u{201d} and \u{201c}not applicable\u{201d} are not counted. "
                "Percentages are rounded to one decimal, a half upwards; the number of people stands beside each, so that "
                "its digits tell nothing more." }
            p { "The 95% interval (Wilson) says how far a percentage can be trusted: had the same kind of people answered "
                "again, it would hold the true share 19 times in 20. It is wide where few answered." }
            (not_published(&release.policy))
            @if release.tables.iter().any(|table| table.others.is_some()) { (others()) }
            p { "\u{201c}As at release 1\u{201d} means that the figures are those of that release: fewer than "
                (release.policy.least()) " people have come since, or newer figures would give away so few." }
            p { "This release is frozen: its figures never change. The next has a new number." }
            (facts(release, about))
        }
    }
}

fn not_published(policy: &Policy) -> Markup {
    let k = policy.k();
    html! {
        p #not-published { dfn { (NOT_PUBLISHED) } " means not published. No figure is about fewer than " (k) " people. "
            "A group is not shown if fewer than " (k) " are in it, or none, or if its figures would give away "
            "those of a group that small by subtraction or by comparing releases. All of these look the same." }
        @if let Some(width) = policy.protection {
            p { "Before this release was frozen, an attack on all figures of all releases so far was made to put them together "
                "in every way: it cannot show that 1 to " (k - 1) " people are in a group that is not shown, and where it "
                "leaves open how many they are, the least and the most that it finds are " (width) " or more apart." }
        }
        @if policy.strict {
            p { "Stricter rules apply, for publication to the world: within a group that is shown, too, no answer has a figure that 1 to "
                (k - 1) " people gave, or that all but 1 to " (k - 1) " gave; neighbouring answers may be shown as one instead; "
                "and no group is shown in which everybody gave the same answer." }
        }
    }
}

fn others() -> Markup {
    html! {
        p #others { "The last figures of a table may be of " dfn { "all others" } ", or have a name of their own: that is everybody "
            "less the groups that are shown. So they are the people of all groups that are not shown, those who did "
            "not say which group they are in, and, where a group's figures are as at an earlier release, those of it who came later." }
    }
}

fn facts(release: &Release, about: &str) -> Markup {
    let policy = &release.policy;
    html! {
        dl.summary {
            (fact("Release", html! { (release.number) ", " (day(release)) }))
            (fact("Responses counted", html! { (release.base) }))
            (fact("Smallest group shown", html! { (policy.k()) " people" }))
            @if let Some(width) = policy.protection {
                (fact("Hidden numbers stay open by", html! { (width) " people at least" }))
                (fact("Rules", html! { @if policy.strict { "Strict: answers within groups too" } @else { "Standard: whole groups" } }))
            }
            (fact("Survey", html! { (release.survey.code) ", version " span.report-hash { (release.survey.version) } }))
            (fact("Hash (SHA-256)", html! { span.report-hash { (release.hash) } }))
            @if let Some(previous) = &release.previous_hash {
                (fact("Hash of the release before", html! { span.report-hash { (previous) } }))
            }
            @if let Some(fingerprint) = &release.ticket_key {
                (fact("Key of the tickets", html! {
                    span.report-hash { (fingerprint) } br; a href=(about) { "What it is, and how to check it" }
                }))
            }
        }
    }
}

fn fact(key: &str, value: Markup) -> Markup {
    html! { div { dt { (key) } dd { (value) } } }
}
