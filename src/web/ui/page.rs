//! The one layout.

use super::{Common, style};
use crate::survey::Lang;
use crate::web::headers::WITH_SCRIPT;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use maud::{DOCTYPE, Markup, html};

/// What stands around a page's own content.
#[derive(Debug)]
pub struct Frame<'a> {
    pub title: &'a str,
    pub lang: Lang,
    /// The title says "Error: " and the summary has the focus.
    pub has_errors: bool,
    /// For tables and charts: twice as wide as what is good to read.
    pub is_wide: bool,
    /// Has a report on it, and so loads the stylesheet of reports.
    pub has_report: bool,
    /// Is an interviewer's questionnaire, which has a stylesheet and a script.
    pub has_interview: bool,
    /// Scripts of ours that a leaver's page loads; it works without them.
    pub scripts: Vec<&'static str>,
    pub nav: Vec<NavItem<'a>>,
    /// At the end of the header: a language switch, who is signed in.
    pub aside: Option<Markup>,
    /// Where the wordmark leads; nowhere if none (a leaver on the way through a
    /// questionnaire is not to lose it by a slip).
    pub home: Option<&'a str>,
}

#[derive(Clone, Debug)]
pub struct NavItem<'a> {
    pub href: &'a str,
    pub label: &'a str,
    pub is_current: bool,
}

impl<'a> Frame<'a> {
    pub fn new(title: &'a str) -> Self {
        Frame {
            title,
            lang: Lang::En,
            has_errors: false,
            is_wide: false,
            has_report: false,
            has_interview: false,
            scripts: Vec::new(),
            nav: Vec::new(),
            aside: None,
            home: None,
        }
    }

    fn has_script(&self) -> bool {
        self.has_interview || !self.scripts.is_empty()
    }
}

pub fn page(frame: &Frame, body: Markup) -> Markup {
    let words = Common::of(frame.lang);
    html! {
        (DOCTYPE)
        html lang=(frame.lang.tag()) {
            head {
                meta charset="utf-8";
                title { @if frame.has_errors { (words.error_prefix) } (frame.title) " – " (words.product) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="format-detection" content="telephone=no";
                link rel="icon" href=(style::ICON);
                link rel="stylesheet" href=(style::SITE.path);
                @if frame.has_report { link rel="stylesheet" href=(style::REPORT.path); }
                @if frame.has_interview {
                    link rel="stylesheet" href=(style::INTERVIEW.path);
                    script type="module" src=(style::SCRIPT.path) {}
                }
                @for path in &frame.scripts { script type="module" src=(path) {} }
            }
            body {
                a.skip href="#main" { (words.skip) }
                (header(frame, words))
                main #main .wide[frame.is_wide] tabindex="-1" { (body) }
                footer {
                    p { @if frame.has_script() { (words.promise_with_script) } @else { (words.promise) } " " (promise(frame.lang)) }
                }
            }
        }
    }
}

/// [`page`] as a response, under the policy that its scripts need.
pub fn page_response(status: StatusCode, frame: &Frame, body: Markup) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    if frame.has_script() {
        response.insert_header((header::CONTENT_SECURITY_POLICY, WITH_SCRIPT));
    }
    response.content_type("text/html; charset=utf-8").body(page(frame, body).into_string())
}

/// To the page that says it all: beside this one, which may be half filled in.
fn promise(lang: Lang) -> Markup {
    let words = Common::of(lang);
    html! {
        a href={ "/promise?lang=" (lang.tag()) } target="_blank" rel="noopener" { (words.promise_link) }
    }
}

fn header(frame: &Frame, words: &Common) -> Markup {
    html! {
        header {
            div.bar .wide[frame.is_wide] {
                @match frame.home {
                    Some(href) => a.wordmark href=(href) { (words.product) },
                    None => span.wordmark { (words.product) },
                }
                @if !frame.nav.is_empty() {
                    nav aria-label="Main" {
                        ul {
                            @for item in &frame.nav {
                                li { a href=(item.href) aria-current=[item.is_current.then_some("page")] { (item.label) } }
                            }
                        }
                    }
                }
                @if let Some(aside) = &frame.aside { div.aside { (aside) } }
            }
        }
    }
}
