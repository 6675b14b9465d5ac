//! The ways to take part, on an invitation's page.

use super::invitation::Invited;
use super::online;
use super::words::Words;
use crate::campaign;
use crate::interview::{self, Known};
use crate::survey::Lang;
use crate::web::ui;
use maud::{Markup, html};

/// More names than this are too many for a line.
const NAMES: usize = 3;

/// Whether there is more to choose from than answering online.
pub(super) fn has_interviews(invited: &Invited) -> bool {
    interview::Mode::ALL.into_iter().any(|mode| invited.may_ask(mode))
}

/// A block for each way, in the order that the campaign sets.
pub(super) fn blocks(invited: &Invited, lang: Lang) -> Markup {
    let offered = invited.campaign.offered_modes();
    html! {
        h2 { (Words::of(lang).interview.how) }
        @for offered in offered {
            @match offered.mode {
                campaign::Mode::Online => (online(invited, lang)),
                campaign::Mode::Independent => (independent(invited, lang)),
                campaign::Mode::Hr => (hr(invited, lang, offered.post.as_deref())),
            }
        }
        @if invited.may_answer() && !invited.campaign.offers(campaign::Mode::Online) { (online(invited, lang)) }
    }
}

fn online(invited: &Invited, lang: Lang) -> Markup {
    let words = Words::of(lang);
    html! {
        div.card {
            h3 { (words.answer_online) }
            p { (words.interview.online_text) " " ((words.nobody_sees)(&invited.organisation)) }
            (online::part(invited, lang, words.answer_online, ui::Look::Primary, &Markup::default()))
        }
    }
}

fn independent(invited: &Invited, lang: Lang) -> Markup {
    let words = &Words::of(lang).interview;
    let mode = interview::Mode::Independent;
    html! {
        @if invited.may_ask(mode) {
            div.card {
                h3 { (words.independent_title) }
                p { ((words.independent_who)(&invited.organisation)) " " ((words.independent_tells)(&invited.organisation)) }
                p { (words.independent_knows) }
                (who(invited.interviewers(mode), lang))
                (button(invited, lang, "/interview", words.ask_independent, ui::Look::Primary, Some(mode)))
            }
        }
    }
}

fn hr(invited: &Invited, lang: Lang, post: Option<&str>) -> Markup {
    let words = &Words::of(lang).interview;
    let mode = interview::Mode::Hr;
    html! {
        @if invited.may_ask(mode) {
            div.card {
                h3 { ((words.hr_title)(post)) }
                p { ((words.hr_text)(&invited.organisation)) }
                p { (words.hr_knows) }
                (who(invited.interviewers(mode), lang))
                (button(invited, lang, "/interview", &(words.ask_hr)(post), ui::Look::Primary, Some(mode)))
            }
        }
    }
}

/// Names at a glance, and who they are for whoever wants to know.
fn who(known: &[Known], lang: Lang) -> Markup {
    let words = &Words::of(lang).interview;
    let mut names = known.iter().take(NAMES).map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
    if known.len() > NAMES {
        names += ", …";
    }
    html! {
        @if known.is_empty() { p.soft { (words.nobody_yet) } } @else {
            (ui::details(&(words.who_they_are)(&names), html! {
                @for one in known { p { strong { (one.name) } br; (one.about) } }
            }))
        }
    }
}

/// Below everything: answering, where that is all there is to choose, and saying no.
pub(super) fn buttons(invited: &Invited, lang: Lang) -> Markup {
    let words = Words::of(lang);
    let no = html! {
        @if !invited.has_begun { (button(invited, lang, "/decline", words.no_thanks, ui::Look::Secondary, None)) }
    };
    if has_interviews(invited) || !invited.may_answer() {
        return html! { div.buttons { (no) } };
    }
    online::part(invited, lang, words.answer_online, ui::Look::Primary, &no)
}

/// A form of one button, that carries the code.
pub(super) fn button(
    invited: &Invited,
    lang: Lang,
    action: &str,
    label: &str,
    look: ui::Look,
    mode: Option<interview::Mode>,
) -> Markup {
    ui::form(
        action,
        html! {
            (hidden(invited, lang))
            @if let Some(mode) = mode { (ui::hidden("mode", mode.as_str())) }
            (ui::button(&ui::Button { label, look, ..ui::Button::default() }))
        },
    )
}

/// What all forms about an invitation carry.
pub(super) fn hidden(invited: &Invited, lang: Lang) -> Markup {
    html! {
        (ui::hidden("code", &invited.code.spell()))
        (ui::hidden("lang", lang.tag()))
    }
}
