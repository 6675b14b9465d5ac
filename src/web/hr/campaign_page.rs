//! The page of one campaign: how it goes, what can be done, how it is set up.

use super::campaign::{HERE, day, kind, state};
use super::{interviews_part, mode_fields, outreach_part, path, policy_fields};
use crate::campaign::Campaign;
use crate::interview::Waiting;
use crate::invitation::{Counts, Ready};
use crate::mail::store::Problem;
use crate::release::store::Listed;
use crate::survey::{Lang, Survey};
use crate::web::auth::done;
use crate::web::ui::{self, Button, Look, Row};
use chrono::NaiveDate;
use maud::{Markup, html};

/// What the page shows.
pub(super) struct Facts {
    pub campaign: Campaign,
    pub survey: Survey,
    pub uptake: Counts,
    pub ready: Ready,
    pub waiting: Waiting,
    pub mail: Mail,
    pub releases: Vec<Listed>,
    /// The next release is prepared, and what it would show can be seen.
    pub is_previewed: bool,
    pub today: NaiveDate,
    /// Whoever looks may read what people wrote in their own words.
    pub reads_comments: bool,
}

/// How its e-mails are faring.
pub(super) struct Mail {
    pub waiting: u64,
    pub problems: Vec<Problem>,
    pub failed_reminders: u64,
}

const DONE: [(&str, &str); 10] = [
    ("opened", "The campaign is open. Next, add the people whom you want to ask."),
    ("raised", "The smallest group is raised. It counts from the next release on."),
    ("modes", "The ways to take part are as you set them. Whoever opens an invitation from now on finds them so."),
    ("closed", "The campaign is closed. Whoever is in the middle of answering has a week to finish."),
    ("added", "The people are on the list. Nothing has gone out to them yet."),
    ("sending", "The invitations are on their way. Load this page again to see whether any could not be delivered."),
    (
        "reminding",
        "Whoever has neither taken up the offer nor declined it, and is due a reminder, gets one. Nobody is told who that \
         is, or how many.",
    ),
    ("again", "It will be tried again at once."),
    ("nobody", "There was nobody to send anything to."),
    ("meanwhile", "Somebody else made a release at the same moment. Look at it before you make the next."),
];

impl Facts {
    pub fn is_open(&self) -> bool {
        self.campaign.takes_invitations(self.today)
    }
}

pub(super) fn body(facts: &Facts, query: &str) -> Markup {
    let campaign = &facts.campaign;
    html! {
        (done(query, &DONE))
        p { a href=(HERE) { "All campaigns" } }
        h1 { (campaign.name) }
        (uptake(&facts.uptake, campaign.min_base))
        (outreach_part::people(facts))
        (interviews_part::interviews(facts))
        (releases(facts))
        @if facts.reads_comments {
            p { a href=(path(campaign, "/comments")) { "What people wrote in their own words" } }
        }
        h2 { "How it is set up" }
        (ui::summary_list(&settings(facts)))
        @if facts.is_open() { p { a href=(path(campaign, "/closure")) { "Close the campaign" } } }
    }
}

/// How many, and never who: of a few, how many is who.
fn uptake(counts: &Counts, k: u32) -> Markup {
    let is_shown = counts.reached() >= u64::from(k);
    let tiles = [("Taken up", counts.taken_up), ("Declined", counts.declined), ("Outstanding", counts.outstanding)];
    html! {
        dl.tiles {
            div { dt { "Offered" } dd { (counts.offered) } }
            @for (name, count) in tiles { div { dt { (name) } dd { @if is_shown { (count) } @else { "–" } } } }
        }
        @if is_shown {
            p.hint.small { "You see how many, never who." }
        } @else {
            p.hint.small { "How many took it up is shown once " (k) " people have had the offer: of fewer, it would say who." }
        }
    }
}

fn releases(facts: &Facts) -> Markup {
    let campaign = &facts.campaign;
    let preview = Button { label: "Preview the next release", look: Look::Secondary, ..Button::default() };
    let label = if facts.releases.is_empty() { "Make the first release" } else { "Make the next release" };
    let make = Button { label, ..Button::default() };
    html! {
        h2 { "Releases" }
        @if facts.releases.is_empty() {
            p {
                "A release freezes the figures of all who have answered so far. It takes "
                (campaign.min_base.max(campaign.protection))
                " new responses at least. Between releases nobody sees anything."
            }
        } @else {
            (release_table(facts))
        }
        @if facts.is_previewed {
            p { "The next one is prepared: " a href=(path(campaign, "/preview")) { "what it would show" } "." }
        } @else {
            (ui::form(&path(campaign, "/preview"), ui::button(&preview)))
        }
        (ui::form(&path(campaign, "/releases"), ui::button(&make)))
    }
}

fn release_table(facts: &Facts) -> Markup {
    let head = ["Release", "As of", "Open to", "Hash"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = facts
        .releases
        .iter()
        .rev()
        .map(|release| {
            let href = path(&facts.campaign, &format!("/releases/{}", release.number));
            vec![
                html! { a href=(href) { "Release " (release.number) } },
                html! { (day(release.as_of)) },
                html! { (if release.is_public { "Everybody with its link" } else { "Your organisation" }) },
                html! { code { (release.hash.get(..12).unwrap_or(&release.hash)) } },
            ]
        })
        .collect();
    ui::data_table("Releases, newest first", &head, &rows)
}

fn settings(facts: &Facts) -> Vec<Row> {
    let campaign = &facts.campaign;
    let row = |key: &str, value: Markup| Row { key: html! { (key) }, value, action: None };
    let raise = || html! { a href=(path(campaign, "/min-base")) { "Raise" span.unseen { " the smallest group" } } };
    let modes = || html! { a href=(path(campaign, "/modes")) { "Change" span.unseen { " the ways to take part" } } };
    vec![
        row("Survey", html! { (facts.survey.title.get(Lang::En)) }),
        row("Kind", html! { (kind(campaign.kind)) }),
        row("Opened", html! { (day(campaign.opened_on)) }),
        row("State", html! { (state(campaign, facts.today)) }),
        Row {
            action: facts.is_open().then(raise),
            ..row("Smallest group with figures", html! { (campaign.min_base) " people" })
        },
        Row { action: facts.is_open().then(modes), ..row("Ways to take part", ways(campaign)) },
        row("Figures are split by", split_by(facts)),
        row("Policy", html! { (policy_fields::policy(campaign)) }),
        row("Hidden figures", html! { (policy_fields::protection(campaign)) }),
        row("Reminders", html! { (reminders(campaign)) }),
        row(
            "For everybody",
            html! { a href={ "/campaigns/" (campaign.id) } { "Its public page, with the key of its tickets" } },
        ),
    ]
}

fn ways(campaign: &Campaign) -> Markup {
    html! {
        @for (at, mode) in campaign.offered_modes().enumerate() {
            @if at > 0 { br; } (mode_fields::called(mode))
        }
    }
}

fn split_by(facts: &Facts) -> Markup {
    let splits = policy_fields::splits(&facts.campaign, &facts.survey);
    html! {
        @if splits.is_empty() { "Nothing" }
        @for (at, line) in splits.iter().enumerate() { @if at > 0 { br; } (line) }
    }
}

fn reminders(campaign: &Campaign) -> String {
    match campaign.reminder_limit {
        0 => "None".to_owned(),
        1 => format!("One, after {} days or more", campaign.reminder_days),
        n => format!("Up to {n}, at least {} days apart", campaign.reminder_days),
    }
}
