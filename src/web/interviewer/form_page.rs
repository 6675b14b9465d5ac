//! The questionnaire's page: what there is at a glance, and every section.

use super::form_place::Place;
use super::sheet::{self, Sheet};
use super::{HERE, draft, path};
use crate::staff::Account;
use crate::survey::Lang;
use crate::web::answers::interviewed;
use crate::web::auth::frame;
use crate::web::ui::{self, Button, Field, Look};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::NaiveTime;
use maud::{Markup, html};

/// What the last button sends.
pub(super) const READ_BACK: &str = "read-back";

pub(super) struct View<'a> {
    pub account: &'a Account,
    pub place: &'a Place,
    pub lang: Lang,
    pub word: Word,
}

/// What the page says of itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    None,
    Saved(NaiveTime),
    /// Saved, but some of it cannot be handed in as it is.
    Wrong(NaiveTime),
    /// Not saved: somebody saved something else since.
    Stale,
}

pub(super) fn page(view: &View) -> HttpResponse {
    let Place { opened, survey, .. } = view.place;
    let read = interviewed(survey, &opened.draft);
    let sheet = Sheet { survey, lang: view.lang, draft: &opened.draft, read: &read };
    let status = match view.word {
        Word::None | Word::Saved(_) => StatusCode::OK,
        Word::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Word::Stale => StatusCode::CONFLICT,
    };
    let title = "Questionnaire";
    let mut frame = frame(view.account, title, HERE);
    (frame.is_wide, frame.has_interview) = (true, true);
    frame.has_errors = matches!(view.word, Word::Wrong(_) | Word::Stale);
    let body = html! {
        @if let Word::Wrong(_) = view.word { (ui::error_summary(Lang::En, &sheet::problems(&sheet))) }
        @if view.word == Word::Stale { (stale(view)) }
        p { a href=(path(&opened.case.id, "")) { "Back to the interview" } }
        h1 { (title) }
        @if !opened.draft.correction.is_empty() {
            (ui::notice(html! { h2 { "They want this put right" } p { (opened.draft.correction) } }))
        }
        form.interview #questionnaire method="post" action=(path(&opened.case.id, "/questionnaire")) novalidate
            autocomplete="off" data-unsaved[view.word == Word::Stale] {
            (ui::hidden("version", &opened.case.draft_version.to_string()))
            (ui::hidden("account", view.account.id.as_str()))
            (ui::hidden("lang", view.lang.tag()))
            (glance(view, &sheet))
            div {
                (sheet::sections(&sheet))
                (end())
            }
        }
    };
    ui::page_response(status, &frame, body)
}

/// What stays in sight: whether it is saved, how far they are, and the notes.
fn glance(view: &View, sheet: &Sheet) -> Markup {
    let notes = Field { name: draft::NOTES, label: "Notes", hint: Some(NOTES_HINT), ..Field::default() };
    html! {
        div.glance {
            div.state {
                p #saved role="status" tabindex="-1" { (how_it_stands(view.word)) }
                p.clock data-scripted hidden { "Open for " span #clock role="timer" { "0:00" } }
                (button("Save", "save", Look::Primary))
            }
            div.elsewhere #elsewhere hidden {
                p { "Keep what is on this page, or load what was entered there? The other is lost." }
                div.buttons {
                    button.button type="button" data-keep { "Keep this page" }
                    button.button.secondary type="button" data-load { "Load the newer one" }
                }
            }
            nav aria-label="Sections" { (sheet::contents(sheet)) }
            @for lang in sheet.survey.languages.iter().filter(|lang| **lang != view.lang) {
                (button(&format!("Questions in {}", in_english(*lang)), &format!("lang:{}", lang.tag()), Look::Link))
            }
            details {
                summary { "Notes for yourself" }
                (ui::text_area(&notes, &sheet.draft.notes, 6))
            }
            (keys())
        }
    }
}

const NOTES_HINT: &str = "They are never stored with the answers, and are erased when you hand in.";

fn how_it_stands(word: Word) -> String {
    match word {
        Word::None => "Nothing is unsaved".to_owned(),
        Word::Saved(at) | Word::Wrong(at) => format!("Saved at {}", at.format("%H:%M")),
        Word::Stale => "Not saved".to_owned(),
    }
}

fn stale(view: &View) -> Markup {
    ui::warning(html! {
        h2 { "This was changed in another tab or on another device" }
        p { "What you entered on this page is below, and is not saved yet. Save it to put it in place of what was entered there, or "
            a href=(path(&view.place.opened.case.id, "/questionnaire")) { "load what was entered there" } "." }
    })
}

/// The keys, for whoever has the script that minds them.
fn keys() -> Markup {
    let all = [
        ("1 to 9, 0, a …", "choose the option beside which it stands"),
        ("r, d, x", "refused, don’t know, not asked"),
        ("n or Enter", "the next question"),
        ("p", "the question before"),
        ("Esc", "out of a text, so that keys work again"),
    ];
    html! {
        details data-scripted hidden {
            summary { "Keys" }
            dl { @for (key, what) in all { dt { (key) } dd { (what) } } }
            p.hint { "They work while a question has the focus, and not while you type a text." }
            div.choice {
                input #keys-on type="checkbox" checked;
                label for="keys-on" { "Use these keys" }
            }
        }
    }
}

fn end() -> Markup {
    html! {
        section.part aria-labelledby="end" {
            h2 #end tabindex="-1" { "When the interview is over" }
            p { "Read back what you wrote down, or have them read it themselves. Then hand it in. What nobody came to is handed in as not asked." }
            div.buttons { (button("Save, read back and hand in", READ_BACK, Look::Primary)) }
        }
    }
}

pub(super) fn button(label: &str, value: &str, look: Look) -> Markup {
    ui::button(&Button { label, name: Some("go"), value: Some(value), look, about: None })
}

fn in_english(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "English",
        Lang::Cy => "Welsh",
    }
}
