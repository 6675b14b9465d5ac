//! What stands around every page of staff.

use crate::staff::{Account, Role};
use crate::web::ui::{self, Button, Frame, Look, NavItem};
use maud::{Markup, html};

const HR: [(&str, &str); 5] = [
    ("/hr/campaigns", "Campaigns"),
    ("/hr/interviewers", "Interviewers"),
    ("/hr/workforce", "Workforce"),
    ("/hr/tokens", "API tokens"),
    ("/hr/record", "Record"),
];
const INTERVIEWER: [(&str, &str); 2] = [("/interviews", "My interviews"), ("/interviews/conflicts", "Conflicts")];
const ADMINISTRATOR: [(&str, &str); 5] = [
    ("/admin/organisations", "Organisations"),
    ("/admin/interviewers", "Interviewers"),
    ("/admin/administrators", "Administrators"),
    ("/admin/surveys", "Surveys"),
    ("/admin/record", "Record"),
];

/// The layout for whoever is signed in; `here` is the entry of the navigation
/// that the page belongs to.
pub fn frame<'a>(account: &Account, title: &'a str, here: &str) -> Frame<'a> {
    let own: &[(&'static str, &'static str)] = match account.role {
        Role::Administrator => &ADMINISTRATOR,
        Role::Hr(_) => &HR,
        Role::Interviewer(_) => &[],
    };
    let besides: &[(&'static str, &'static str)] = if account.holds_interviews { &INTERVIEWER } else { &[] };
    let entries = own.iter().chain(besides);
    let nav = entries.map(|(href, label)| NavItem { href, label, is_current: *href == here }).collect();
    Frame { nav, aside: Some(aside(account)), home: Some(super::home(&account.role)), ..Frame::new(title) }
}

fn aside(account: &Account) -> Markup {
    let sign_out = Button { label: "Sign out", look: Look::Link, ..Button::default() };
    html! {
        a href="/password" { span.unseen { "Your account: " } (account.name) }
        (ui::form("/sign-out", ui::button(&sign_out)))
    }
}

/// Says what was just done, if the query names one of the page's own sentences.
pub fn done(query: &str, sentences: &[(&str, &str)]) -> Markup {
    let key = query.split('&').find_map(|part| part.strip_prefix("done=")).unwrap_or_default();
    match sentences.iter().find(|(name, _)| *name == key) {
        Some((_, sentence)) => ui::success(html! { p { (sentence) } }),
        None => Markup::default(),
    }
}
