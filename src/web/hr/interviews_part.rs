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
            (cases(&facts.waiting, facts.uptake.reached(), facts.campaign.min_base))
            p.hint.small {
                "A case is counted here from the day after it was asked for. How many answered online, and how many in an "
                "interview, is in the releases. "
                a href=(path(&facts.campaign, "/modes")) { "Ways to take part" }
            }
        }
    }
}

/// Of fewer than k people, that one of them asks for an interview would say who.
fn cases(waiting: &Waiting, reached: u64, k: u32) -> Markup {
    let ages = [
        ("1 or 2 days ago", waiting.up_to_two_days),
        ("3 to 7 days ago", waiting.up_to_a_week),
        ("Longer ago", waiting.longer),
    ];
    let head = ["Asked for", "Cases"].map(|text| html! { (text) });
    html! {
        @if reached < u64::from(k) {
            p { "Whether cases wait for an interviewer is shown once " (k) " people have had the offer." }
        } @else if ages.iter().all(|(_, cases)| *cases == 0) {
            p { "No case waits for an interviewer." }
        } @else {
            (ui::data_table(
                "Cases that no interviewer has taken yet",
                &head,
                &ages.map(|(age, cases)| vec![html! { (age) }, html! { (cases) }]),
            ))
            @if waiting.without_interviewer > 0 { (without_interviewer()) }
        }
    }
}

/// Not how many: who changes the interviewers and looks again would see how many
/// are of a kind.
fn without_interviewer() -> Markup {
    html! {
        div.card {
            p { strong { "For at least one of them there is no interviewer who could take it." } }
            p { a href="/hr/interviewers" { "Choose more interviewers" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(waiting: Waiting, reached: u64) -> String {
        cases(&waiting, reached, 5).into_string()
    }

    #[test]
    fn how_long_cases_wait_is_shown_once_k_people_were_reached() {
        let one = Waiting { up_to_a_week: 1, without_interviewer: 1, ..Waiting::default() };
        let hidden = said(one, 4);
        assert_eq!(hidden, said(Waiting::default(), 4), "a case or none: it looks the same");
        assert!(hidden.contains("once 5 people") && !hidden.contains("No case"));
        assert!(said(one, 5).contains("at least one") && said(one, 5).contains("/hr/interviewers"));
        assert!(said(Waiting { longer: 2, ..Waiting::default() }, 5).contains("Longer ago"));
        assert!(!said(Waiting { longer: 2, ..Waiting::default() }, 5).contains("/hr/interviewers"));
        assert!(said(Waiting::default(), 5).contains("No case waits"));
    }
}
