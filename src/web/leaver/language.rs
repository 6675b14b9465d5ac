//! Which language a page is in: asked for in the address, then carried in forms.

use crate::survey::Lang;
use crate::web::{Fields, ui};
use actix_web::HttpRequest;
use maud::{Markup, html};

/// `?lang=cy`; English if it is not said.
pub(in crate::web) fn asked_for(req: &HttpRequest) -> Lang {
    let of = |pair: &str| pair.strip_prefix("lang=").and_then(Lang::from_tag);
    req.query_string().split('&').find_map(of).unwrap_or_default()
}

pub(super) fn of_form(fields: &Fields) -> Lang {
    Lang::from_tag(fields.get("lang")).unwrap_or_default()
}

/// Links to the same page in the other languages that there are.
pub(in crate::web) fn links(path: &str, now: Lang, all: &[Lang]) -> Markup {
    html! {
        @for lang in all.iter().filter(|lang| **lang != now) {
            a href={ (path) "?lang=" (lang.tag()) } lang=(lang.tag()) hreflang=(lang.tag()) { (lang.name()) }
        }
    }
}

/// Buttons that show the form that they are in, as it is filled in, in the other
/// languages that there are.
pub(super) fn buttons(now: Lang, all: &[Lang]) -> Markup {
    html! {
        @for lang in all.iter().filter(|lang| **lang != now) {
            span lang=(lang.tag()) {
                (ui::button(&ui::Button {
                    label: lang.name(),
                    name: Some("go"),
                    value: Some(&format!("lang:{}", lang.tag())),
                    look: ui::Look::Link,
                    about: None,
                }))
            }
        }
    }
}
