//! What the pages about accounts share.

use crate::staff::{Account, Role};
use crate::web::Fields;
use crate::web::auth::{AdminUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Input, Look};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

/// What the pages that list accounts say after something was done.
pub(super) const DONE: [(&str, &str); 6] = [
    ("opened", "The account is open, and a link to choose a password is on its way by email. It works for 24 hours."),
    ("sent", "A link to choose a new password is on its way by email. It works for 24 hours."),
    ("changed", "Saved."),
    ("reads", "They may now read, redact and approve what people wrote in their own words. It is on record."),
    ("reads-not", "They no longer read comments, from now on. What they decided stays."),
    ("closed", "The account is closed, and its owner is signed out everywhere."),
];

/// Where accounts of this role are listed.
pub(super) fn list_path(role: &Role) -> String {
    match role {
        Role::Administrator => "/admin/administrators".to_owned(),
        Role::Interviewer(None) => "/admin/interviewers".to_owned(),
        Role::Hr(organisation) | Role::Interviewer(Some(organisation)) => {
            format!("/admin/organisations/{organisation}")
        }
    }
}

/// Where an account of this role is added by POST.
pub(super) fn create_path(role: &Role) -> String {
    match role {
        Role::Administrator | Role::Interviewer(None) => list_path(role),
        Role::Interviewer(Some(_)) => format!("{}/interviewers", list_path(role)),
        Role::Hr(_) => format!("{}/accounts", list_path(role)),
    }
}

pub(super) fn table(accounts: &[Account]) -> Markup {
    let head = ["Name", "Email address", "What they do", "State", "What you can do"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = accounts
        .iter()
        .map(|account| {
            vec![
                html! { (account.name) },
                html! { (account.email) },
                html! { (what(account)) },
                html! { (state(account)) },
                html! { @if !account.is_closed { (actions(account)) } },
            ]
        })
        .collect();
    ui::data_table("Accounts", &head, &rows)
}

fn what(account: &Account) -> &'static str {
    match (&account.role, account.holds_interviews, account.reads_comments) {
        (Role::Administrator, ..) => "Administrator",
        (Role::Hr(_), false, false) => "HR",
        (Role::Hr(_), false, true) => "HR, and reads comments",
        (Role::Hr(_), true, false) => "HR, and holds interviews",
        (Role::Hr(_), true, true) => "HR, holds interviews, and reads comments",
        (Role::Interviewer(_), ..) => "Holds interviews",
    }
}

pub(super) fn state(account: &Account) -> &'static str {
    match (account.is_closed, account.has_password) {
        (true, _) => "Closed",
        (false, true) => "Open",
        (false, false) => "Has not chosen a password yet",
    }
}

pub(super) fn actions(account: &Account) -> Markup {
    let about = Some(account.name.as_str());
    let button = |label, look| ui::button(&Button { label, look, about, ..Button::default() });
    let path = format!("/admin/accounts/{}", account.id);
    html! {
        (ui::form(&format!("{path}/password-links"), button("Send a password link", Look::Link)))
        @if let Role::Hr(_) = account.role {
            (ui::form(&format!("{path}/comments"), html! {
                (ui::hidden("may", if account.reads_comments { "no" } else { "yes" }))
                (button(if account.reads_comments { "Take the right to read comments away" } else { "Let them read comments" }, Look::Link))
            }))
        }
        a href={ (path) "/closure" } { "Close" span.unseen { " " (account.name) } }
    }
}

/// The form for a new account; `whose` is the organisation's name.
pub(super) fn page(
    user: &AdminUser,
    role: &Role,
    whose: Option<&str>,
    form: &Fields,
    problems: &Problems,
) -> HttpResponse {
    let (title, here) = match role {
        Role::Administrator => ("Add an administrator", "/admin/administrators"),
        Role::Hr(_) | Role::Interviewer(_) => ("Add somebody of HR", "/admin/organisations"),
    };
    let mut frame = frame(&user.account, title, here);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    ui::page_response(
        status,
        &frame,
        html! {
            (problems.summary())
            h1 { (title) }
            @if let Some(whose) = whose { p { "For " strong { (whose) } "." } }
            (ui::form(&create_path(role), html! {
                (name_and_email(form, problems))
                div.buttons { (ui::button(&Button { label: "Add the account", ..Button::default() })) a href=(list_path(role)) { "Cancel" } }
            }))
        },
    )
}

/// Who it is, in every form for a new account.
pub(super) fn name_and_email(form: &Fields, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field { name, label, hint, error: problems.on(name), ..Field::default() };
    let input = |kind, name| Input { kind, value: form.get(name), autocomplete: Some("off"), ..Input::default() };
    let hint = "They sign in with it, and get a link there to choose a password.";
    html! {
        (ui::text_input(&field("name", "Name", None), &input("text", "name")))
        (ui::text_input(&field("email", "Email address", Some(hint)), &input("email", "email")))
    }
}

/// Shows a password link where no mail is sent that could carry it.
pub(super) fn link_page(user: &AdminUser, account: &Account, url: &str) -> HttpResponse {
    let title = "Pass this link on";
    ui::page_response(
        StatusCode::OK,
        &frame(&user.account, title, ""),
        html! {
            h1 { (title) }
            p {
                "No mail server is set up here, so give " strong { (account.name) } " this link yourself, by a way that only "
                "they can read. With it they choose a password. It works once, for 24 hours, and is not shown again."
            }
            p.card { code { (url) } }
            p { a href=(list_path(&account.role)) { "Done" } }
        },
    )
}
