//! Where somebody's interview stands. What they left to be reached by is not on
//! these pages: whoever printed their letter could have the link.

use super::choice;
use super::invitation::{Invited, languages};
use super::online::{self, Way};
use super::words::Words;
use crate::campaign;
use crate::interview::{Channel, Mode, Standing, State};
use crate::survey::Lang;
use crate::web::ui::{self, Look};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

/// What an interview of this mode is asked for as.
pub(super) fn title(invited: &Invited, mode: Mode, lang: Lang) -> String {
    let words = &Words::of(lang).interview;
    let post = invited.campaign.modes.iter().find(|one| one.mode == mode.into()).and_then(|one| one.post.as_deref());
    match mode {
        Mode::Independent => words.ask_independent.to_owned(),
        Mode::Hr => (words.ask_hr)(post),
    }
}

/// Right after asking: what happens next.
pub(super) fn asked(invited: &Invited, mode: Mode, channel: Channel, lang: Lang) -> HttpResponse {
    let words = &Words::of(lang).interview;
    let told = match mode {
        Mode::Independent => (words.asked_told)(&invited.organisation),
        Mode::Hr => (words.asked_told_hr)(&invited.organisation),
    };
    plain(
        words.asked_title,
        lang,
        html! {
            h1 { (words.asked_title) }
            h2 { (words.asked_next) }
            ul {
                li { (words.asked_found) }
                li { ((words.asked_reach)(channel)) }
                li { (told) }
            }
            p { ((words.asked_mind)(invited.campaign.offers(campaign::Mode::Online))) }
        },
    )
}

/// The page that the link leads to while the case is open.
pub(super) fn page(invited: &Invited, open: &Standing, lang: Lang, is_changed: bool) -> HttpResponse {
    let words = &Words::of(lang).interview;
    let is_online = invited.campaign.offers(campaign::Mode::Online);
    let scripts = if is_online { Way::of(invited).scripts() } else { Vec::new() };
    let withdraw = choice::button(invited, lang, "/interview/withdraw", words.withdraw, Look::Secondary, None);
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, aside: languages(invited, lang), scripts, ..ui::Frame::new(words.standing_title) },
        html! {
            @if is_changed { (ui::success(html! { p { (words.changed) } })) }
            h1 { (words.standing_title) }
            (state(open, lang))
            h2 { (words.mind_title) }
            div.buttons {
                (choice::button(invited, lang, "/interview/change", words.change, Look::Primary, None))
                @for mode in Mode::ALL.into_iter().filter(|mode| invited.may_ask(*mode)) {
                    @let label = if mode == open.mode { words.somebody_else.to_owned() } else { title(invited, mode, lang) };
                    (choice::button(invited, lang, "/interview", &label, Look::Secondary, Some(mode)))
                }
            }
            p { ((words.instead_text)(is_online)) }
            @if is_online { (online::part(invited, lang, words.online_instead, Look::Secondary, &withdraw)) }
            @else { div.buttons { (withdraw) } }
            @if is_online && Way::of(invited) == Way::Exchange { (online::how(invited, lang)) }
        },
    )
}

fn state(open: &Standing, lang: Lang) -> Markup {
    let words = &Words::of(lang).interview;
    html! {
        @match (open.state, &open.interviewer) {
            (State::Waiting, _) => p.lead { (words.waiting) },
            (State::Taken, Some(known)) => {
                p.lead { ((words.taken)(&known.name)) }
                p { (known.about) }
                p {
                    @match &open.plan {
                        Some(plan) => strong {
                            ((words.agreed)(&lang.date(plan.at.date()), &plan.at.format("%H:%M").to_string(), plan.minutes))
                        },
                        None => ((words.not_agreed)(open.channel)),
                    }
                }
            },
            (State::Offered | State::Taken, _) => p.lead { (words.offered) },
        }
    }
}

/// Asks once more before the case goes.
pub(super) fn sure(invited: &Invited, lang: Lang) -> HttpResponse {
    let words = &Words::of(lang).interview;
    plain(
        words.withdraw_title,
        lang,
        html! {
            h1 { (words.withdraw_title) }
            p { (words.withdraw_text) }
            (ui::form("/interview/withdraw", html! {
                (choice::hidden(invited, lang))
                (ui::hidden("sure", "yes"))
                div.buttons {
                    (ui::button(&ui::Button { label: words.withdraw_yes, ..ui::Button::default() }))
                    a.button.secondary href=(invited.path(lang)) { (Words::of(lang).decline_no) }
                }
            }))
        },
    )
}

pub(super) fn withdrawn(lang: Lang) -> HttpResponse {
    let words = &Words::of(lang).interview;
    plain(
        words.withdrawn_title,
        lang,
        html! {
            h1 { (words.withdrawn_title) }
            p.lead { (words.withdrawn_text) }
        },
    )
}

fn plain(title: &str, lang: Lang, body: Markup) -> HttpResponse {
    ui::page_response(StatusCode::OK, &ui::Frame { lang, ..ui::Frame::new(title) }, body)
}
