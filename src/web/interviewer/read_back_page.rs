//! What was written down, to read out; and the link by which they read it
//! themselves.

use super::{HERE, Setting, case, path};
use crate::interview::{Channel, Opened, ReadBack};
use crate::survey::Lang;
use crate::web::answers::{self, Interviewed};
use crate::web::auth::{InterviewerUser, done, frame};
use crate::web::ui::{self, Button, Look};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

const DONE: [(&str, &str); 2] =
    [("read", "That is noted."), ("mailed", "The e-mail with the link is on its way. What they answer is shown here.")];

/// Whether we know an address to send the link to.
pub(super) fn can_be_mailed(opened: &Opened) -> bool {
    opened.details.request.channel == Channel::Email
}

pub(super) fn summary(user: &InterviewerUser, opened: &Opened, setting: &Setting, query: &str) -> HttpResponse {
    let id = &opened.case.id;
    let title = "Read it back";
    let interviewed = answers::interviewed(&setting.survey, &opened.draft);
    let lang = opened.details.request.lang;
    let body = html! {
        (done(query, &DONE))
        @if query.contains("done=changed") {
            (ui::warning(html! { p { "What you wrote was changed after you opened this page. Read out what is here now." } }))
        }
        p { a href=(path(id, "")) { "Interview with " (opened.details.request.name) } }
        h1 { (title) }
        (standing(opened))
        p.lead { "Read this to them. Put right in the " a href=(path(id, "/questionnaire")) { "questionnaire" } " what is not as they meant it." }
        (left_out(&interviewed))
        div lang=(lang.tag()) { (answers::sections(lang, &interviewed)) }
        (ui::form(&path(id, "/read-back"), html! {
            (ui::hidden("version", &opened.case.draft_version.to_string()))
            div.buttons {
                (ui::button(&Button { label: "I have read it to them", ..Button::default() }))
                a href=(path(id, "/questionnaire")) { "Back to the questionnaire" }
            }
        }))
        (sending(opened))
    };
    ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body)
}

fn standing(opened: &Opened) -> Markup {
    let said = case::read_back(opened);
    match (opened.case.read_back, opened.draft.was_read_out) {
        (ReadBack::Corrected, _) => ui::warning(html! {
            p { strong { (said) } " They wrote:" }
            p.said { (opened.draft.correction) }
            p { "Once you have changed the answers, read them out or send them again, if they wish." }
        }),
        (ReadBack::Confirmed, _) | (_, true) => ui::success(html! {
            p { (said) " " a href=(path(&opened.case.id, "/hand-in")) { "Hand it in" } }
        }),
        (ReadBack::Sent, false) => ui::notice(html! { p { (said) } }),
        (ReadBack::None, false) => Markup::default(),
    }
}

fn left_out(interviewed: &Interviewed) -> Markup {
    let (open, all, wrong) = (interviewed.not_asked(), interviewed.asked(), interviewed.problems.len());
    html! {
        @match open {
            0 => p { "All " (all) " questions were asked." },
            1 => p { "One of " (all) " questions was not asked." },
            n => p { (n) " of " (all) " questions were not asked." },
        }
        @if wrong > 0 {
            (ui::warning(html! {
                p {
                    @if wrong == 1 { "One answer" } @else { (wrong) " answers" }
                    " cannot be taken as entered, and will not count: put that right in the questionnaire first."
                }
            }))
        }
    }
}

fn sending(opened: &Opened) -> Markup {
    let id = &opened.case.id;
    let secondary = |label| Button { label, look: Look::Secondary, ..Button::default() };
    html! {
        h2 { "Or let them read it themselves" }
        p {
            "They get a link that works once: they confirm what you wrote, or write what is to be put right. It stops working "
            "when you change an answer, hand in or send another."
        }
        @if can_be_mailed(opened) {
            (ui::form(&path(id, "/read-back/mails"), ui::button(&secondary("Send it to them by e-mail"))))
        }
        (ui::form(&path(id, "/read-back/links"), ui::button(&secondary("Make a link to pass on"))))
    }
}

/// The link, once.
pub(super) fn link(user: &InterviewerUser, opened: &Opened, url: &str) -> HttpResponse {
    let title = "A link for them";
    let id = &opened.case.id;
    let body = html! {
        h1 { (title) }
        (ui::success(html! {
            p { "Copy it or read it out now: it is not shown again." }
            p { code.reach { (url) } }
        }))
        h2 { "What to say with it" }
        div.card.said lang=(opened.details.request.lang.tag()) { p { (with_it(opened.details.request.lang)) } }
        p.hint.small { "Whoever has the link can read the answers until it is used. Pass it on to nobody else, and not in a message that others read." }
        p { a href=(path(id, "/read-back")) { "Back to what you wrote" } }
    };
    ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body)
}

fn with_it(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "Open this address and read what I wrote down. If it is right, say so at the end of the page; if not, write what \
             I should put right. It works once, and you need no password."
        }
        Lang::Cy => {
            "Agorwch y cyfeiriad hwn a darllenwch yr hyn a ysgrifennais. Os yw'n gywir, dywedwch hynny ar ddiwedd y dudalen; \
             os nad yw, ysgrifennwch beth ddylwn i ei gywiro. Mae'n gweithio unwaith, ac nid oes angen cyfrinair."
        }
    }
}
