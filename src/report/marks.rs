//! The marks and words that several parts of a report page share.

use super::view::NOT_PUBLISHED;
use maud::{Markup, html};

/// The one mark for what is not published, whatever the reason.
pub fn hidden() -> Markup {
    html! { span.report-hidden { (NOT_PUBLISHED) } }
}

pub fn hidden_note() -> Markup {
    html! { (NOT_PUBLISHED) ": " a href="#not-published" { "not published" } "." }
}

pub fn as_at(release: Option<u32>) -> Markup {
    html! { @if let Some(release) = release { ", as at release " (release) } }
}

pub fn people(number: u64) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{number} people") }
}
