//! What people wrote in their own words: how far the reading has come, and the comments
//! of one question. Nothing stands beside a comment but what was decided about it.

use super::campaign::HERE;
use super::{campaign_of, path};
use crate::app::App;
use crate::campaign::Campaign;
use crate::comment::{Decision, Opened, ReadError, Reading, Topic, reading, store};
use crate::id::CampaignId;
use crate::survey::Lang;
use crate::web::auth::{CommentReader, done, frame};
use crate::web::{Error, ui};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

/// Comments on one page of a question's.
const PAGE: usize = 100;
/// Characters of a comment in a list.
const BEGINNING: usize = 80;

const DONE: [(&str, &str); 2] =
    [("saved", "Saved."), ("all", "Saved. All comments on this question have been decided about.")];

/// GET /hr/campaigns/{id}/comments
pub async fn index(app: Data<App>, user: CommentReader, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user.0, id.into_inner()).await?;
    let reading = reading_of(&app, &campaign).await?;
    let of = campaign.id.clone();
    let with_annex = app.db.read(move |conn| store::with_annex(conn, &of)).await?;
    let title = "In their own words";
    let body = html! {
        p { a href=(path(&campaign, "")) { (campaign.name) } }
        h1 { (title) }
        (rules(&campaign))
        (topics(&campaign, &reading))
        p { a href=(path(&campaign, "/themes")) { "Themes" } " that a comment can be given" }
        (to_report(&campaign, &reading, &with_annex))
    };
    Ok(ui::page_response(StatusCode::OK, &frame(&user.0.account, title, HERE), body))
}

/// GET /hr/campaigns/{id}/comments/{question}
pub async fn topic(
    app: Data<App>,
    req: HttpRequest,
    user: CommentReader,
    ids: Path<(CampaignId, String)>,
) -> Result<HttpResponse, Error> {
    let (id, question) = ids.into_inner();
    let campaign = campaign_of(&app, &user.0, id).await?;
    let reading = reading_of(&app, &campaign).await?;
    let topic = reading.topic(&question).ok_or(Error::NotFound)?;
    let title = label(&reading, topic);
    let page = req.query_string().split('&').find_map(|part| part.strip_prefix("page=")?.parse::<usize>().ok());
    let body = html! {
        (done(req.query_string(), &DONE))
        p { a href=(path(&campaign, "/comments")) { "All questions" } }
        h1 { (title) }
        @match topic.comments.iter().find(|one| !one.is_decided()) {
            _ if !topic.is_open => (closed(&campaign)),
            _ if topic.comments.is_empty() => p { "Nobody has written anything here." },
            Some(next) => {
                (ui::progress(&progress(topic), topic.comments.len() - topic.to_do(), topic.comments.len()))
                p { a.button href=(comment_path(&campaign, topic, next)) { "Go on reading" } }
            },
            None => p { (progress(topic)) "." },
        }
        (list(&campaign, topic, page.unwrap_or(1)))
    };
    Ok(ui::page_response(StatusCode::OK, &frame(&user.0.account, title, HERE), body))
}

/// All that can be read of a campaign.
pub(super) async fn reading_of(app: &App, campaign: &Campaign) -> Result<Reading, Error> {
    let (keys, of) = (app.keys.clone(), campaign.clone());
    app.db.read(move |conn| reading::open(conn, &keys, &of)).await.map_err(unreadable)
}

pub(super) fn unreadable(error: ReadError) -> Error {
    match error {
        ReadError::Database(e) => e.into(),
        e @ ReadError::Damaged(_) => Error::internal(e),
    }
}

/// A question, as whoever answered it read it.
pub(super) fn label<'a>(reading: &'a Reading, topic: &'a Topic) -> &'a str {
    let found = reading.survey.question(topic.question.as_str());
    found.map_or(topic.question.as_str(), |question| question.label.get(Lang::En))
}

pub(super) fn topic_path(campaign: &Campaign, topic: &Topic) -> String {
    path(campaign, &format!("/comments/{}", topic.question))
}

pub(super) fn comment_path(campaign: &Campaign, topic: &Topic, comment: &Opened) -> String {
    format!("{}/{}", topic_path(campaign, topic), comment.id)
}

/// "12 of 40 to do".
pub(super) fn progress(topic: &Topic) -> String {
    format!("{} of {} to do", topic.to_do(), topic.comments.len())
}

/// What was decided, in a word or two.
pub(super) fn standing(comment: &Opened) -> &'static str {
    match comment.review.as_ref().map(|review| review.decision) {
        Some(Decision::Approved) => "Approved",
        Some(Decision::NotPublished(_)) => "Not to be published",
        Some(Decision::Later) => "Put off",
        None => "To do",
    }
}

fn rules(campaign: &Campaign) -> Markup {
    ui::notice(html! {
        p {
            "You read these because you were given the right to. Do not try to find out who wrote what, and keep no copies. "
            "Nothing of a comment goes anywhere until you have approved it, without whatever would tell who somebody is."
        }
        p {
            "A comment can be read once a release has counted " (campaign.comment_min_base) " people or more who could have "
            "written it. It stands alone: when it came, how it was given and what else the person said is not shown to anyone."
        }
    })
}

fn closed(campaign: &Campaign) -> Markup {
    html! {
        p {
            "Nothing can be read here yet. Comments open when releases have counted " (campaign.comment_min_base)
            " people or more who were asked this question."
        }
    }
}

fn topics(campaign: &Campaign, reading: &Reading) -> Markup {
    html! {
        @if reading.topics.is_empty() { p { "This survey asks for nothing in people's own words." } }
        @for topic in &reading.topics {
            div.card {
                h2 { a href=(topic_path(campaign, topic)) { (label(reading, topic)) } }
                @if !topic.is_open {
                    (closed(campaign))
                } @else if topic.comments.is_empty() {
                    p { "Nobody has written anything here." }
                } @else {
                    p { (progress(topic)) }
                }
            }
        }
    }
}

fn to_report(campaign: &Campaign, reading: &Reading, with_annex: &[u32]) -> Markup {
    let latest = reading.releases.last().map(|release| release.number);
    let annex = |number: u32| path(campaign, &format!("/releases/{number}/annex"));
    html! {
        h2 { "In the report" }
        @match latest {
            None => p { "Comments are added to a release, and there is none yet." },
            Some(number) if with_annex.contains(&number) => p {
                "Release " (number) " has its comments. What you read from now on can be added to the next release."
            },
            Some(number) => p { a.button href=(annex(number)) { "Add to the report of release " (number) } },
        }
        @if !with_annex.is_empty() {
            ul { @for number in with_annex { li { a href=(annex(*number)) { "Comments in release " (number) } } } }
        }
    }
}

fn list(campaign: &Campaign, topic: &Topic, page: usize) -> Markup {
    let pages = topic.comments.len().div_ceil(PAGE);
    let page = page.clamp(1, pages.max(1));
    let here = topic_path(campaign, topic);
    html! {
        ol.list start=((page - 1) * PAGE + 1) {
            @for (at, one) in topic.comments.iter().enumerate().skip((page - 1) * PAGE).take(PAGE) {
                li {
                    a href=(comment_path(campaign, topic, one)) { "Comment " (at + 1) }
                    span.soft { (standing(one)) }
                    span dir="auto" { (beginning(&one.text)) }
                }
            }
        }
        @if pages > 1 {
            p.actions {
                @if page > 1 { a href={ (here) "?page=" (page - 1) } { "Those before" } }
                span { "Page " (page) " of " (pages) }
                @if page < pages { a href={ (here) "?page=" (page + 1) } { "Those after" } }
            }
        }
    }
}

fn beginning(text: &str) -> String {
    let mut beginning: String = text.chars().take(BEGINNING).collect();
    if beginning.len() < text.len() {
        beginning.push('…');
    }
    beginning
}

#[cfg(test)]
mod tests;
