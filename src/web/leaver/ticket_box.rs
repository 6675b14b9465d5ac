//! Where somebody gives the ticket that their browser made. A script fills in what
//! the browser keeps, if they had asked for that.

use super::begin::FIRST;
use super::invitation::Invited;
use super::words::Words;
use crate::survey::Lang;
use crate::web::ui::{self, Field, Input};
use maud::{Markup, html};

/// The field, wherever it stands.
pub(super) const TICKET: &str = "ticket";

/// A form of its own, to the questions. It does not carry the code: nobody is to see
/// the two together.
pub(super) fn form(invited: &Invited, lang: Lang) -> Markup {
    let words = Words::of(lang);
    ui::form(
        "/answer",
        html! {
            (ui::hidden("campaign", invited.campaign.id.as_str()))
            (ui::hidden("lang", lang.tag()))
            (ui::hidden("go", FIRST))
            (field(invited, lang, words.ticket.hint, "", None))
            div.buttons { (ui::button(&ui::Button { label: words.go_on, ..ui::Button::default() })) }
        },
    )
}

pub(super) fn field(invited: &Invited, lang: Lang, hint: &str, value: &str, error: Option<&str>) -> Markup {
    let words = &Words::of(lang).ticket;
    html! {
        div data-asked=(invited.campaign.id) {
            (ui::text_input(
                &Field { name: TICKET, label: words.label, hint: Some(hint), error, ..Field::default() },
                &Input { value, autocomplete: Some("off"), width: Some(34), is_code: true, ..Input::default() },
            ))
            (says(words.filled, lang))
        }
    }
}

/// The line on which the script says what it has done, and takes it back. Its room is
/// there before.
pub(super) fn says(kept: &str, lang: Lang) -> Markup {
    let words = &Words::of(lang).ticket;
    html! {
        div.line.says {
            span role="status" data-kept=(kept) data-forgotten=(words.forgotten) data-copied=(words.copied)
                data-refused=(words.refused) {}
            button.link type="button" data-forget disabled { (words.forget) }
        }
    }
}
