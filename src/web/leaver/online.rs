//! Answering online, on an invitation's page: a button that gets a ticket, made by the
//! browser where it runs our script, and here where it does not. Somebody whose browser
//! has made one already is asked for it.

use super::invitation::Invited;
use super::words::Words;
use super::{choice, ticket_box};
use crate::id::CampaignId;
use crate::invitation::Exchanged;
use crate::survey::Lang;
use crate::ticket::blind::PublicKey;
use crate::web::ui::{self, Look};
use maud::{Markup, html};

/// How somebody gets their ticket now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The code can be exchanged: by the browser's own doing, or here.
    Exchange,
    /// The code gives its ticket again, which was made here.
    Again,
    /// A browser has made it, and nobody else knows it.
    Kept,
}

impl Way {
    pub fn of(invited: &Invited) -> Way {
        // A ticket that went into a case with nobody having seen it is as good as none.
        let is_in_case = invited.standing.as_ref().is_some_and(|standing| !standing.is_right_out);
        match invited.exchanged {
            Some(Exchanged::Blinded) => Way::Kept,
            Some(Exchanged::Here) if !(is_in_case && invited.is_open) => Way::Again,
            Some(Exchanged::Here) | None => Way::Exchange,
        }
    }

    /// The scripts that its page is better with.
    pub fn scripts(self) -> Vec<&'static str> {
        match self {
            Way::Exchange => vec![ui::EXCHANGE.path.as_str()],
            Way::Again => Vec::new(),
            Way::Kept => vec![ui::EXCHANGE.path.as_str(), ui::TICKET.path.as_str()],
        }
    }
}

/// The way, with `beside` beside its button.
pub(super) fn part(invited: &Invited, lang: Lang, label: &str, look: Look, beside: &Markup) -> Markup {
    let words = &Words::of(lang).ticket;
    match (Way::of(invited), &invited.standing) {
        (Way::Exchange, _) => html! {
            p { (words.before) }
            div.buttons { (button(invited, lang, label, look)) (beside) }
            (says(lang))
        },
        // With a case that is open the ticket is in there.
        (Way::Again, _) | (Way::Kept, Some(_)) => html! {
            div.buttons { (choice::button(invited, lang, "/answer/start", label, look, None)) (beside) }
        },
        (Way::Kept, None) => html! {
            (ticket_box::form(invited, lang))
            p.soft.small { (words.lost) }
            div data-pending hidden {
                p { (words.pending) }
                (button(invited, lang, words.go_on_here, Look::Secondary))
                (says(lang))
            }
            (beside)
        },
    }
}

/// Which key it is, and where everybody can look it up.
pub(super) fn key(campaign: &CampaignId, key: &PublicKey, lang: Lang) -> Markup {
    let words = &Words::of(lang).ticket;
    html! {
        (words.key) " " code data-fingerprint { (key.fingerprint()) } ". "
        a href={ "/campaigns/" (campaign) "?lang=" (lang.tag()) } { (words.key_page) } "."
    }
}

/// How it is done, for those who want to know, and with which key. The script looks
/// at the key that is shown.
pub(super) fn how(invited: &Invited, lang: Lang) -> Markup {
    let words = Words::of(lang);
    let body = html! {
        p { (words.how_apart) }
        @if choice::has_interviews(invited) { p { (words.interview.how_held) } }
        p { (words.how_nothing_else) }
        p { (words.how_blind) }
        p { (words.how_limits) }
        p { (key(&invited.campaign.id, &invited.key, lang)) " " (words.ticket.key_checked) }
    };
    ui::details(words.how_title, body)
}

fn button(invited: &Invited, lang: Lang, label: &str, look: Look) -> Markup {
    html! {
        form method="post" action="/answer/start" novalidate data-campaign=(invited.campaign.id)
            data-page=(invited.path(lang)) {
            (choice::hidden(invited, lang))
            (ui::button(&ui::Button { label, look, ..ui::Button::default() }))
        }
    }
}

/// What the script may have to say, in the page's language.
fn says(lang: Lang) -> Markup {
    let words = &Words::of(lang).ticket;
    html! {
        div role="status" {
            p hidden data-when="working" { (words.working) }
            p hidden data-when="unable" { (words.unable) }
        }
        div.notice.warning role="alert" tabindex="-1" hidden data-when="away key signature" {
            p hidden data-when="away" { (words.away) }
            p hidden data-when="key" { (words.wrong_key) }
            p hidden data-when="signature" { (words.wrong_signature) }
            div hidden data-when="away key" {
                p { (words.without_text) }
                button.button.secondary type="button" data-without { (words.without) }
            }
        }
    }
}
