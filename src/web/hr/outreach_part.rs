//! The part of a campaign's page about getting the offer to people.

use super::campaign_page::Facts;
use super::path;
use crate::mail::State;
use crate::mail::store::Problem;
use crate::web::ui::{self, Button, Look};
use maud::{Markup, html};

pub(super) fn people(facts: &Facts) -> Markup {
    html! {
        h2 { "People" }
        @if facts.is_open() {
            (sendings(facts))
            p { a href=(path(&facts.campaign, "/people/new")) .button.secondary[facts.ready.invitations > 0] { "Add people" } }
        } @else {
            p { "The campaign is closed: nobody can be asked any more." }
        }
        @if facts.mail.waiting > 0 {
            p.soft { (count(facts.mail.waiting, "invitation is", "invitations are")) " on the way." }
        }
        // Fewer could say who has not answered.
        @if facts.mail.failed_reminders >= u64::from(facts.campaign.min_base) {
            p { (count(facts.mail.failed_reminders, "reminder", "reminders")) " could not be delivered." }
        }
        @if !facts.mail.problems.is_empty() { (problems(facts)) }
    }
}

fn sendings(facts: &Facts) -> Markup {
    let (campaign, ready) = (&facts.campaign, &facts.ready);
    let send = |to: &str, label: String, look| {
        let button = Button { label: &label, look, ..Button::default() };
        ui::form(&path(campaign, to), ui::button(&button))
    };
    html! {
        @if ready.invitations > 0 {
            (send("/sendings", format!("Send {}", count(ready.invitations, "invitation", "invitations")), Look::Primary))
        }
        @if may_remind(facts) {
            (send("/reminders", "Send reminders".to_owned(), Look::Secondary))
        }
        @if ready.letters > 0 {
            (send("/letters", format!("Print {}", count(ready.letters, "letter", "letters")), Look::Secondary))
        }
        @if ready.all_letters > ready.letters {
            (letters_again(facts))
        }
    }
}

/// Whether anybody was ever sent an e-mail, and not whether a reminder is due: that
/// would say who has not answered, where people came one by one.
fn may_remind(facts: &Facts) -> bool {
    let not_mailed = [facts.ready.invitations, facts.ready.all_letters].map(|n| u64::try_from(n).unwrap_or(u64::MAX));
    facts.campaign.reminder_limit > 0 && facts.uptake.offered > not_mailed.into_iter().fold(0, u64::saturating_add)
}

/// To everybody, because a list of who has not answered is nobody's business.
fn letters_again(facts: &Facts) -> Markup {
    let label = format!("Print all {} letters", facts.ready.all_letters);
    let again =
        Button { label: &label, name: Some("to"), value: Some("everyone"), look: Look::Secondary, ..Button::default() };
    ui::details(
        "Remind by letter, or print again",
        html! {
            p {
                "This prints a letter with a new code for everybody who is asked on paper, also for those who have answered: "
                "else you would see who has not."
            }
            (ui::form(&path(&facts.campaign, "/letters"), ui::button(&again)))
        },
    )
}

fn problems(facts: &Facts) -> Markup {
    let head = ["Name", "Email address", "What happened", "What you can do"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = facts.mail.problems.iter().map(|problem| row(facts, problem)).collect();
    html! {
        h3 { "Invitations that did not go out" }
        (ui::data_table("By address", &head, &rows))
    }
}

fn row(facts: &Facts, problem: &Problem) -> Vec<Markup> {
    let about = Some(problem.name.as_str());
    let again = Button { label: "Try again now", look: Look::Link, about, ..Button::default() };
    let action = path(&facts.campaign, &format!("/sendings/{}/again", problem.mail_id));
    vec![
        html! { (problem.name) },
        html! { (problem.email) },
        html! {
            (what(problem.state))
            @if let Some(error) = &problem.error { br; span.soft.small { (error) } }
        },
        html! { @if facts.is_open() { (ui::form(&action, ui::button(&again))) } },
    ]
}

fn what(state: State) -> &'static str {
    match state {
        State::Queued => "Will be tried again",
        State::Sending => "Is being sent",
        State::Sent => "Sent",
        State::Failed => "Not delivered",
        State::Uncertain => "May have arrived or not",
    }
}

fn count(n: impl TryInto<u64>, one: &str, many: &str) -> String {
    let n = n.try_into().unwrap_or(u64::MAX);
    format!("{n} {}", if n == 1 { one } else { many })
}
