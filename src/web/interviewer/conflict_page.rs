//! The page of an interviewer's conflicts.

use crate::staff::interviewer::Conflict;
use crate::survey::Code;
use crate::web::Fields;
use crate::web::auth::{InterviewerUser, done, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Choice, Field, Look};
use actix_web::HttpResponse;
use maud::{Markup, html};

/// What the page is about.
pub(super) struct Facts {
    pub about: String,
    pub declared: Vec<Offered>,
    /// Organisations as a whole, all that there are.
    pub whole: Vec<Offered>,
    /// Directorates of those that the user serves.
    pub parts: Vec<Offered>,
}

/// A conflict that is declared or could be, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct Offered {
    pub conflict: Conflict,
    pub name: String,
}

impl Facts {
    pub fn offered(&self) -> impl Iterator<Item = &Offered> {
        self.whole.iter().chain(&self.parts)
    }
}

impl Offered {
    /// As the form sends it.
    pub fn value(&self) -> String {
        let directorate = self.conflict.directorate.as_ref().map_or("", Code::as_str);
        format!("{}/{directorate}", self.conflict.organisation_id)
    }
}

const DONE: [(&str, &str); 3] = [
    ("declared", "You are not offered such cases any more. Any that you had go to somebody else."),
    ("retracted", "It is taken back."),
    ("described", "Saved. Leavers read it from now on."),
];

pub(super) fn page(
    user: &InterviewerUser,
    facts: &Facts,
    query: &str,
    form: &Fields,
    problems: &Problems,
) -> HttpResponse {
    let title = "Conflicts";
    let mut frame = frame(&user.account, title, "/interviews/conflicts");
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let body = html! {
        (problems.summary())
        (done(query, &DONE))
        h1 { (title) }
        p {
            "You are never offered the case of somebody from an organisation, or a part of one, that you name here: because "
            "you worked there, say, or live with somebody who does. Nobody asks why."
            @if user.interviewer.is_independent() { " The organisation that employs you is left out anyway." }
        }
        (declared(facts))
        (declaring(facts, form, problems))
        (describing(facts, form, problems))
    };
    ui::page_response(status, &frame, body)
}

fn declared(facts: &Facts) -> Markup {
    html! {
        @if facts.declared.is_empty() { p { "You have named none." } } @else {
            ul.list {
                @for one in &facts.declared {
                    li {
                        span { (one.name) }
                        (ui::form("/interviews/conflicts/retraction", html! {
                            (ui::hidden("what", &one.value()))
                            (ui::button(&Button {
                                label: "Take it back", about: Some(&one.name), look: Look::Link, ..Button::default()
                            }))
                        }))
                    }
                }
            }
        }
    }
}

fn declaring(facts: &Facts, form: &Fields, problems: &Problems) -> Markup {
    let is_new = |one: &&Offered| !facts.declared.iter().any(|declared| declared.conflict == one.conflict);
    let open: Vec<(String, String)> = facts
        .offered()
        .filter(is_new)
        .map(|one| {
            let all = if one.conflict.directorate.is_none() { " (all of it)" } else { "" };
            (one.value(), format!("{}{all}", one.name))
        })
        .collect();
    let mut choices = vec![Choice { label: "Choose...", ..Choice::default() }];
    choices.extend(open.iter().map(|(value, label)| Choice {
        value,
        label,
        is_chosen: value == form.get("what"),
        ..Choice::default()
    }));
    let field = Field {
        name: "what",
        label: "Never offer me cases of",
        hint: Some("Cases of theirs that you have now go to somebody else, without what you have entered so far."),
        error: problems.on("what"),
        ..Field::default()
    };
    ui::form(
        "/interviews/conflicts",
        html! {
            (ui::select(&field, &choices))
            div.buttons { (ui::button(&Button { label: "Declare it", ..Button::default() })) }
        },
    )
}

fn describing(facts: &Facts, form: &Fields, problems: &Problems) -> Markup {
    let about = if form.has("about") { form.get("about") } else { &facts.about };
    let field = Field {
        name: "about",
        label: "Who you are",
        hint: Some("Leavers read your name and this before they choose whom to talk to."),
        error: problems.on("about"),
        ..Field::default()
    };
    html! {
        h2 { "What leavers are told" }
        (ui::form("/interviews/about", html! {
            (ui::text_area(&field, about, 3))
            div.buttons { (ui::button(&Button { label: "Save", look: Look::Secondary, ..Button::default() })) }
        }))
    }
}
