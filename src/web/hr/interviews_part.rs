//! The part of a campaign's page about interviews: that cases wait, and for how
//! long; never whose, and never how many there are of a kind.

use super::campaign_page::Facts;
use super::path;
use crate::campaign::Mode;
use crate::interview::Waiting;
use crate::web::ui;
use maud::{Markup, html};

/// Nothing of a campaign that never offered an interview.
pub(super) fn interviews(facts: &Facts) -> Markup {
    let has_interviews = facts.campaign.modes.iter().any(|offered| offered.mode != Mode::Online);
    html! {
        @if has_interviews {
            h2 { "Interviews" }
            // Of fewer, how many ask for an interview would say who.
            @if facts.uptake.reached() >= u64::from(facts.campaign.min_base) {
                (waiting(facts))
            } @else {
                p { "Whether cases wait is shown once " (facts.campaign.min_base) " people have had the offer." }
            }
            p.hint.small {
                "How many answered online and how many in an interview is in the releases. "
                a href=(path(&facts.campaign, "/modes")) { "Ways to take part" }
            }
        }
    }
}

fn waiting(facts: &Facts) -> Markup {
    let Waiting { up_to_two_days, up_to_a_week, longer, without_interviewer } = facts.waiting;
    let ages = [("Up to 2 days", up_to_two_days), ("3 to 7 days", up_to_a_week), ("Longer", longer)];
    let head = ["Asked for", "Cases"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = ages.iter().map(|(age, cases)| vec![html! { (age) }, html! { (cases) }]).collect();
    html! {
        @if up_to_two_days + up_to_a_week + longer == 0 {
            p { "No case waits for an interviewer." }
        } @else {
            (ui::data_table("Cases that no interviewer has taken yet", &head, &rows))
        }
        @if without_interviewer > 0 {
            div.card {
                p {
                    strong { (cases(without_interviewer)) " no interviewer who could take "
                    (if without_interviewer == 1 { "it" } else { "them" }) ". " }
                    a href="/hr/interviewers" { "Choose more interviewers" }
                }
            }
        }
    }
}

fn cases(number: u64) -> String {
    if number == 1 { "1 case has".to_owned() } else { format!("{number} cases have") }
}
