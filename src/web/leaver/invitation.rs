//! The invitation: who asks, why, what happens to the answers, and the choice.

use super::refused::{self, Closed};
use super::words::Words;
use super::{language, place, section};
use crate::campaign::{self, Campaign};
use crate::invitation::{self, InvitationCode, State};
use crate::survey::{Lang, Survey};
use crate::ticket;
use crate::web::{Fields, Site, ui};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use std::sync::Arc;

/// What the pages about an invitation tell. Nothing of it is about the person.
#[derive(Debug)]
pub(super) struct Invited {
    code: InvitationCode,
    has_begun: bool,
    campaign: Campaign,
    organisation: String,
    survey: Arc<Survey>,
}

/// `GET /i/{code}`. Changes nothing: links in e-mails are opened by machines too.
pub(crate) async fn show(site: web::Data<Site>, req: HttpRequest, code: web::Path<String>) -> HttpResponse {
    let lang = language::asked_for(&req);
    let done = match refused::may_try(&site, &req) {
        Ok(()) => look(&site, &code).await.map(|invited| page(&invited, lang)),
        Err(closed) => Err(closed),
    };
    refused::or_page(done, &site, &req, lang, &Fields::default())
}

/// `POST /answer/start`: exchanges the code for its ticket. From here on there is
/// the ticket only; the same code gets the same ticket again.
pub(crate) async fn start(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = match refused::may_try(&site, &req) {
        Ok(()) => exchange(&site, fields.get("code")).await.map(|place| section::first(&site.app, &req, &place, lang)),
        Err(closed) => Err(closed),
    };
    refused::or_page(done, &site, &req, lang, &fields)
}

/// `POST /decline`: asks once more, and then does it.
pub(crate) async fn decline(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = say_no(&site, &req, lang, &fields).await;
    refused::or_page(done, &site, &req, lang, &fields)
}

async fn say_no(site: &Site, req: &HttpRequest, lang: Lang, fields: &Fields) -> Result<HttpResponse, Closed> {
    refused::may_try(site, req)?;
    let invited = look(site, fields.get("code")).await?;
    if fields.get("sure") != "yes" {
        return Ok(sure(&invited, lang));
    }
    let (keys, today) = (site.app.keys.clone(), site.app.clock.now().date());
    site.app
        .db
        .write(move |conn| invitation::decline(conn, &keys, today, &invited.code, None).map_err(Closed::from))
        .await?;
    Ok(declined(lang))
}

/// The offer behind a code as it was typed. One that cannot be a code is looked
/// up all the same, so that it takes as long.
pub(super) async fn look(site: &Site, typed: &str) -> Result<Invited, Closed> {
    let (keys, today, surveys) = (site.app.keys.clone(), site.app.clock.now().date(), site.surveys.clone());
    let code = InvitationCode::read(typed).unwrap_or_else(InvitationCode::random);
    site.app
        .db
        .read(move |conn| {
            let offer = invitation::look(conn, &keys, today, &code)?;
            let campaign = campaign::store::get(conn, &offer.campaign_id)?.ok_or(Closed::NotGood)?;
            let organisation = campaign::store::organisation_name(conn, &campaign.organisation_id)?;
            let survey = surveys.get(conn, &campaign.survey_version)?.ok_or(Closed::NotGood)?;
            let has_begun = offer.state == State::TakenUp;
            Ok(Invited { code, has_begun, campaign, organisation, survey })
        })
        .await
}

async fn exchange(site: &Site, typed: &str) -> Result<place::Place, Closed> {
    let (keys, today) = (site.app.keys.clone(), site.app.clock.now().date());
    let code = InvitationCode::read(typed).unwrap_or_else(InvitationCode::random);
    let seed = code.as_bytes();
    let taken = site.app.db.write(move |conn| invitation::take_up(conn, &keys, today, &code).map_err(Closed::from));
    let campaign = taken.await?.campaign_id;
    let ticket = ticket::mint(&site.app.keys, &campaign, &seed);
    place::enter(site, campaign, ticket).await
}

pub(super) fn page(invited: &Invited, lang: Lang) -> HttpResponse {
    let words = Words::of(lang);
    let Invited { campaign, organisation, survey, .. } = invited;
    let path = format!("/i/{}", invited.code.spell());
    let title = survey.title.get(lang);
    let aside = (survey.languages.len() > 1).then(|| language::links(&path, lang, &survey.languages));
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, aside, ..ui::Frame::new(title) },
        html! {
            h1 { (title) }
            p.lead { ((words.asks)(organisation)) " " ((words.minutes)(survey.minutes)) }
            @if invited.has_begun { (ui::notice(html! { p { (words.already_begun) } })) }
            @if let Some(introduction) = &survey.introduction { p { (introduction.get(lang)) } }
            div.card {
                h2 { (words.what_happens) }
                ul {
                    li { ((words.nobody_sees)(organisation)) }
                    li { ((words.least_people)(campaign.min_base)) }
                    li { ((words.own_words)(organisation, campaign.comment_min_base)) }
                    li { ((words.knows_offered)(organisation)) }
                }
            }
            p { (words.your_choice) " " (words.may_skip)
                @if let Some(last) = campaign.closes_on { " " ((words.until)(&lang.date(last))) } }
            (choice(invited, lang))
            p.soft.small { (words.open_again) }
            (ui::details(words.how_title, html! {
                p { (words.how_apart) }
                p { (words.how_nothing_else) }
                p { (words.how_limits) }
            }))
        },
    )
}

fn choice(invited: &Invited, lang: Lang) -> Markup {
    let words = Words::of(lang);
    html! {
        div.buttons {
            (code_button("/answer/start", invited, lang, words.answer_online, ui::Look::Primary))
            @if !invited.has_begun { (code_button("/decline", invited, lang, words.no_thanks, ui::Look::Secondary)) }
        }
    }
}

fn code_button(action: &str, invited: &Invited, lang: Lang, label: &str, look: ui::Look) -> Markup {
    ui::form(
        action,
        html! {
            (ui::hidden("code", &invited.code.spell()))
            (ui::hidden("lang", lang.tag()))
            (ui::button(&ui::Button { label, look, ..ui::Button::default() }))
        },
    )
}

fn sure(invited: &Invited, lang: Lang) -> HttpResponse {
    let words = Words::of(lang);
    let back = format!("/i/{}?lang={}", invited.code.spell(), lang.tag());
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, ..ui::Frame::new(words.decline_title) },
        html! {
            h1 { (words.decline_title) }
            p { (words.decline_text) }
            (ui::form("/decline", html! {
                (ui::hidden("code", &invited.code.spell()))
                (ui::hidden("lang", lang.tag()))
                (ui::hidden("sure", "yes"))
                div.buttons {
                    (ui::button(&ui::Button { label: words.decline_yes, ..ui::Button::default() }))
                    a.button.secondary href=(back) { (words.decline_no) }
                }
            }))
        },
    )
}

fn declined(lang: Lang) -> HttpResponse {
    let words = Words::of(lang);
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, ..ui::Frame::new(words.declined_title) },
        html! {
            h1 { (words.declined_title) }
            p.lead { (words.declined_text) }
        },
    )
}
