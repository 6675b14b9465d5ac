//! The marks and words that several parts of a report page share.

use super::view::{self, NOT_PUBLISHED};
use crate::release::Figure;
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

/// A table that is too wide for the page scrolls by itself, by keyboard too.
pub fn scrolling(label: &str, table: Markup) -> Markup {
    html! { div.scroll role="region" aria-label=(label) tabindex="0" { (table) } }
}

pub fn percent(figure: Option<Figure>) -> Markup {
    html! { @match figure { Some(figure) => (view::percent(figure.percent)), None => (hidden()) } }
}

pub fn count(figure: Option<Figure>) -> Markup {
    html! { @match figure { Some(figure) => (figure.count), None => (hidden()) } }
}

pub fn as_at_small(release: Option<u32>) -> Markup {
    html! { @if let Some(release) = release { small { "as at release " (release) } } }
}
