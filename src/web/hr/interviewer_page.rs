//! The page of those who hold the organisation's interviews.

use crate::staff::{Account, Interviewer, Organisation, Role};
use crate::web::Fields;
use crate::web::auth::{HrUser, done, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Choice, Field, Look};
use actix_web::HttpResponse;
use maud::{Markup, html};

pub(super) const HERE: &str = "/hr/interviewers";

/// What the page is about.
pub(super) struct Facts {
    /// Independent interviewers who may be chosen.
    pub pool: Vec<Interviewer>,
    /// Those of them who are.
    pub chosen: Vec<Interviewer>,
    /// The organisation's own people who hold its interviews.
    pub own: Vec<Interviewer>,
    /// Those of HR who do not.
    pub colleagues: Vec<Account>,
    pub employers: Vec<Organisation>,
}

const DONE: [(&str, &str); 3] = [
    ("chosen", "Saved. Cases that were waiting for somebody are offered within a minute."),
    ("enrolled", "They hold interviews from now on, and find them under “My interviews”."),
    ("ended", "They hold no more interviews. Any that they had go to somebody else."),
];

pub(super) fn page(user: &HrUser, facts: &Facts, query: &str, form: &Fields, problems: &Problems) -> HttpResponse {
    let title = "Interviewers";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let body = html! {
        (problems.summary())
        (done(query, &DONE))
        h1 { (title) }
        p { "Whom leavers can talk to, where a campaign offers it. You are never told who talks to whom." }
        (pool(facts))
        (own(facts))
        @if !facts.colleagues.is_empty() { (enrolling(facts, form, problems)) }
    };
    ui::page_response(status, &frame, body)
}

fn pool(facts: &Facts) -> Markup {
    html! {
        h2 { "Independent interviewers" }
        p {
            "They belong to nobody’s HR, and are shared by all organisations here: a neighbouring authority’s people interview "
            "your leavers, and yours theirs. Nobody interviews for whoever employs them, so your own people are not listed."
        }
        @if facts.pool.is_empty() {
            p { "There are none yet. An administrator of this installation adds them." }
        } @else {
            (ui::form(HERE, html! {
                (ticks(facts))
                div.buttons { (ui::button(&Button { label: "Save", ..Button::default() })) }
            }))
        }
    }
}

fn ticks(facts: &Facts) -> Markup {
    let hints: Vec<String> = facts.pool.iter().map(|one| hint(one, facts)).collect();
    let choices: Vec<Choice> = facts
        .pool
        .iter()
        .zip(&hints)
        .map(|(one, hint)| Choice {
            value: one.account.id.as_str(),
            label: &one.account.name,
            hint: Some(hint),
            is_chosen: facts.chosen.iter().any(|chosen| chosen.account.id == one.account.id),
            ..Choice::default()
        })
        .collect();
    let field = Field {
        name: "interviewer",
        label: "Who interviews your leavers",
        hint: Some("The more, the sooner somebody has time. Tick all of them if you know of no reason against it."),
        ..Field::default()
    };
    ui::checkboxes(&field, &choices)
}

/// What leavers read about them, and for whom they work.
fn hint(one: &Interviewer, facts: &Facts) -> String {
    let employer = one.employer.as_ref().and_then(|id| facts.employers.iter().find(|employer| employer.id == *id));
    match employer {
        Some(employer) => format!("{} (Employed by {}.)", one.about, employer.name),
        None => one.about.clone(),
    }
}

fn own(facts: &Facts) -> Markup {
    html! {
        h2 { "Your own people" }
        p {
            "They hold interviews with HR, or with another post that the campaign names. Leavers are told that these are "
            "confidential and not anonymous. An administrator adds people in posts outside HR."
        }
        @if facts.own.is_empty() { p { "Nobody yet." } } @else { (own_table(&facts.own)) }
    }
}

fn own_table(own: &[Interviewer]) -> Markup {
    let head = ["Name", "What leavers read", "What you can do"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = own
        .iter()
        .map(|one| {
            let about = Some(one.account.name.as_str());
            let end = Button { label: "No more interviews", about, look: Look::Link, ..Button::default() };
            let action = format!("{HERE}/colleagues/{}/deletion", one.account.id);
            vec![
                html! { (one.account.name) },
                html! { (one.about) },
                html! { @if matches!(one.account.role, Role::Hr(_)) { (ui::form(&action, ui::button(&end))) } },
            ]
        })
        .collect();
    ui::data_table("Your own interviewers", &head, &rows)
}

fn enrolling(facts: &Facts, form: &Fields, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field { name, label, hint, error: problems.on(name), ..Field::default() };
    let mut choices = vec![Choice { label: "Choose...", ..Choice::default() }];
    choices.extend(facts.colleagues.iter().map(|colleague| Choice {
        value: colleague.id.as_str(),
        label: &colleague.name,
        is_chosen: colleague.id.as_str() == form.get("colleague"),
        ..Choice::default()
    }));
    let hint = "Leavers read it before they choose whom to talk to. For example: “HR adviser. Works with schools.”";
    html! {
        h3 { "Have somebody of HR hold interviews" }
        (ui::form(&format!("{HERE}/colleagues"), html! {
            (ui::select(&field("colleague", "Who", None), &choices))
            (ui::text_area(&field("about", "Who they are", Some(hint)), form.get("about"), 3))
            div.buttons { (ui::button(&Button { label: "Let them hold interviews", look: Look::Secondary, ..Button::default() })) }
        }))
    }
}
