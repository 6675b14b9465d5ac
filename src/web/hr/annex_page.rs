//! The pages of an annex: what it would be, what it is, and why there is none.

use super::campaign::HERE;
use super::{path, sentence};
use crate::campaign::Campaign;
use crate::comment::annex::create::{AnnexError, Proposal};
use crate::comment::annex::make::most_quotes;
use crate::comment::{Annex, AnnexQuestion, Decision, ThemeCell, Themes, Topic};
use crate::release::Policy;
use crate::survey::{Lang, Survey};
use crate::web::auth::{HrUser, done, frame};
use crate::web::ui::{self, Button};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

const DONE: [(&str, &str); 2] = [
    ("added", "They are added to the report of this release, and never change. What they count is fixed from now on."),
    ("meanwhile", "Somebody else has added the comments of this release already. These are they."),
];

pub(super) fn made(user: &HrUser, campaign: &Campaign, survey: &Survey, annex: &Annex, query: &str) -> HttpResponse {
    let title = format!("Comments in release {}", annex.release);
    let body = html! {
        (done(query, &DONE))
        p { a href=(path(campaign, "/comments")) { "In their own words" } }
        h1 { (title) }
        @for question in &annex.questions { h2 { (label(survey, &question.question)) } (contents(question)) }
        p.hint.small { "Hash of these comments: " code { (annex.hash) } }
        p { a href=(path(campaign, &format!("/releases/{}", annex.release))) { "The report of release " (annex.release) } }
    };
    response(StatusCode::OK, user, &title, body)
}

pub(super) fn proposed(user: &HrUser, campaign: &Campaign, proposal: &Proposal, has_changed: bool) -> HttpResponse {
    let (annex, reading) = (&proposal.annex, &proposal.reading);
    let title = format!("What would be added to release {}", annex.release);
    let policy = reading.releases.last().map(|release| &release.policy);
    let body = html! {
        @if has_changed {
            (ui::warning(html! { p { "It has changed since you looked at it: somebody has decided about a comment, or about a theme. Look again. Nothing was added." } }))
        }
        p { a href=(path(campaign, "/comments")) { "In their own words" } }
        h1 { (title) }
        p.lead { "Everybody who sees the report will see this. It is added once, and never changes." }
        @for topic in reading.topics.iter().filter(|topic| !topic.comments.is_empty()) {
            h2 { (label(&reading.survey, topic.question.as_str())) }
            @match annex.questions.iter().find(|question| question.question == topic.question.as_str()) {
                Some(question) => { (how_many(policy, topic, question)) (contents(question)) },
                None => p { "Nothing: too few comments on this question have been read and decided about." },
            }
        }
        (ui::form(&path(campaign, &format!("/releases/{}/annex", annex.release)), html! {
            (ui::hidden("hash", &annex.hash))
            div.buttons {
                (ui::button(&Button { label: &format!("Add this to the report of release {}", annex.release), ..Button::default() }))
                a href=(path(campaign, "/comments")) { "Not yet" }
            }
        }))
    };
    let status = if has_changed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    response(status, user, &title, body)
}

pub(super) fn nothing(user: &HrUser, campaign: &Campaign, number: u32, why: &AnnexError) -> HttpResponse {
    let title = format!("Nothing can be added to release {number}");
    let body = html! {
        h1 { (title) }
        p.lead { (sentence(&why.to_string())) "." }
        p { "A question's comments are added when at least as many have been read and decided about as the smallest group with figures has people." }
        p { a href=(path(campaign, "/comments")) { "Go on reading" } }
    };
    response(StatusCode::UNPROCESSABLE_ENTITY, user, &title, body)
}

fn response(status: StatusCode, user: &HrUser, title: &str, body: Markup) -> HttpResponse {
    let mut frame = frame(&user.account, title, HERE);
    frame.is_wide = true;
    ui::page_response(status, &frame, body)
}

/// How many there are, how many can be quoted, and what is still to do.
fn how_many(policy: Option<&Policy>, topic: &Topic, question: &AnnexQuestion) -> Markup {
    let is_approved = |decision: Option<Decision>| decision == Some(Decision::Approved);
    let approved =
        topic.comments.iter().filter(|one| is_approved(one.review.as_ref().map(|review| review.decision))).count();
    let most = policy.map(|policy| most_quotes(policy, question.read)).unwrap_or_default();
    html! {
        p {
            (topic.comments.len()) " comments can be read, " (topic.to_do()) " are still to do, and " (approved)
            " are approved. Of " (question.read) " that are counted, " (most) " can be quoted."
            @if approved > most { " Which are is your choice by “Show this one before others”, and chance for the rest." }
        }
    }
}

fn contents(question: &AnnexQuestion) -> Markup {
    html! {
        @if question.quotes.is_empty() { p { "No comment is quoted." } }
        @for quote in &question.quotes { blockquote.card.said dir="auto" { (quote) } }
        @if let Some(themes) = &question.themes { (table(themes)) }
    }
}

fn table(themes: &Themes) -> Markup {
    let caption = format!("What {} people wrote about{}", themes.base, as_at(themes.as_at));
    let head = ["Theme", "People", "Percent", "95% interval"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = themes.cells.iter().map(row).collect();
    html! {
        (ui::data_table(&caption, &head, &rows))
        p.hint.small { "One comment can touch several themes." }
    }
}

fn row(cell: &ThemeCell) -> Vec<Markup> {
    let name = html! {
        (cell.label) (as_at(cell.as_at))
        @if let Some(base) = cell.base { " (of " (base) ")" }
    };
    match cell.figure {
        Some(figure) => vec![
            name,
            html! { (figure.count) },
            html! { (figure.percent) "%" },
            html! { (figure.low) " to " (figure.high) },
        ],
        None => vec![name, html! { "not published" }, html! { "–" }, html! { "–" }],
    }
}

fn as_at(number: Option<u32>) -> String {
    number.map_or_else(String::new, |number| format!(", as at release {number}"))
}

fn label<'a>(survey: &'a Survey, question: &'a str) -> &'a str {
    survey.question(question).map_or(question, |question| question.label.get(Lang::En))
}
