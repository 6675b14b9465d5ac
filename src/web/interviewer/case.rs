//! The page of one case: whom to talk to and how, when, what to say first, and on
//! to the questionnaire. For whoever has taken it.

use super::list::{language, mode};
use super::{HERE, Setting, contact, opened, opening, path, setting, until, when};
use crate::id::InterviewId;
use crate::interview::{Opened, ReadBack};
use crate::survey::Lang;
use crate::web::auth::{InterviewerUser, done, frame};
use crate::web::{Error, Site, ui};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use maud::{Markup, html};

const DONE: [(&str, &str); 3] = [
    ("taken", "It is yours. Get in touch with them, and agree a time."),
    ("planned", "The time is kept. Whoever is reached by e-mail gets a message; tell anybody else yourself."),
    ("unplanned", "No time is agreed now."),
];

/// GET /interviews/{id}
pub async fn show(
    site: Data<Site>,
    req: HttpRequest,
    user: InterviewerUser,
    id: Path<InterviewId>,
) -> Result<HttpResponse, Error> {
    let opened = opened(&site.app, &user, &id).await?;
    let setting = setting(&site, &opened.case.campaign_id).await?;
    let mut frame = frame(&user.account, "Interview", HERE);
    frame.is_wide = true;
    let body = html! {
        (done(req.query_string(), &DONE))
        p { a href=(HERE) { "My interviews" } }
        h1 { "Interview with " (opened.details.request.name) }
        p.lead { (mode(opened.case.mode)) " for " (setting.organisation) " · " (setting.campaign.name) }
        div.desk {
            div {
                h2 { "How to reach them" }
                (ui::summary_list(&contact::rows(&opened.details.request, language(opened.details.request.lang))))
                h2 { "When" }
                (time(&opened, site.app.clock.now().date()))
                h2 { "The interview" }
                (interview(&opened, &setting))
            }
            div {
                h2 { "What to say first" }
                (first_words(&opened, &setting, &user.account.name))
            }
        }
        h2 { "If you cannot hold it" }
        p { "It is offered to somebody else, without anything that you entered." }
        p.actions { a href=(path(&id, "/passing")) { "Give it back" } }
    };
    Ok(ui::page_response(StatusCode::OK, &frame, body))
}

fn time(opened: &Opened, today: NaiveDate) -> Markup {
    let id = &opened.case.id;
    html! {
        @match &opened.details.plan {
            Some(plan) => {
                p { strong { (when(plan)) } span.soft { ", " (until(today, plan.at.date())) } }
                @if !plan.place.is_empty() { p { (plan.place) } }
                p.actions {
                    a href=(path(id, "/plan")) { "Change the time" }
                    a href=(path(id, "/calendar.ics")) { "Put it in your calendar" }
                }
                p.hint.small { "The calendar file says “Interview” and when, and nothing of whom it is with." }
            },
            None => {
                p { "No time is agreed yet." }
                p { a.button href=(path(id, "/plan")) { "Agree a time" } }
            }
        }
    }
}

fn interview(opened: &Opened, setting: &Setting) -> Markup {
    let id = &opened.case.id;
    let has_begun = opened.draft.pages.values().any(|page| !page.is_empty());
    html! {
        p {
            (setting.survey.title.get(Lang::En)) ": " (setting.survey.questions().count()) " questions, about "
            (setting.survey.minutes) " minutes online and longer in a talk."
        }
        p {
            a.button href=(path(id, "/questionnaire")) {
                @if has_begun { "Go on with the questionnaire" } @else { "Open the questionnaire" }
            }
        }
        @if has_begun { p { (read_back(opened)) " " a href=(path(id, "/read-back")) { "Read it back" } } }
    }
}

/// Whether the person has heard or seen what was written down.
pub(super) fn read_back(opened: &Opened) -> &'static str {
    match (opened.case.read_back, opened.draft.was_read_out) {
        (ReadBack::Corrected, _) => "They want something put right.",
        (ReadBack::Confirmed, _) => "They have confirmed what you wrote.",
        (_, true) => "You have read out what you wrote.",
        (ReadBack::Sent, false) => "It was sent to them, and they have not answered yet.",
        (ReadBack::None, false) => "They have not heard yet what you wrote.",
    }
}

fn first_words(opened: &Opened, setting: &Setting, name: &str) -> Markup {
    let lang = opened.details.request.lang;
    let minutes = opened.details.plan.as_ref().map(|plan| plan.minutes);
    html! {
        div.card.said lang=(lang.tag()) {
            @for sentence in opening::sentences(setting, opened.case.mode, lang, name, minutes) { p { (sentence) } }
        }
        p.hint.small {
            "What they left to be reached by is erased when you hand in or they withdraw, and " (setting.campaign.contact_days)
            " days after they asked at the latest."
        }
    }
}
