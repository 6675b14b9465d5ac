//! The invitation: who asks, why, what happens to the answers, and the choice.

use super::refused::{self, Closed};
use super::words::Words;
use super::{language, place, section};
use crate::app::App;
use crate::campaign::{self, Campaign};
use crate::invitation::{self, InvitationCode, State};
use crate::survey::{self, Lang, Survey};
use crate::ticket;
use crate::web::{Error, Fields, Site, ui};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

/// What the pages about an invitation tell. Nothing of it is about the person.
#[derive(Debug)]
pub(super) struct Invited {
    code: InvitationCode,
    has_begun: bool,
    campaign: Campaign,
    organisation: String,
    survey: Survey,
}

/// `GET /i/{code}`. Changes nothing: links in e-mails are opened by machines too.
pub(crate) async fn show(
    site: web::Data<Site>,
    req: HttpRequest,
    code: web::Path<String>,
) -> Result<HttpResponse, Error> {
    refused::may_try(&site, &req)?;
    let lang = language::asked_for(&req);
    Ok(match look(&site.app, &code).await {
        Ok(invited) => page(&invited, lang),
        Err(closed) => refused::page(&site, &req, lang, &closed, &Fields::default()),
    })
}

/// `POST /answer/start`: exchanges the code for its ticket. From here on there is
/// the ticket only; the same code gets the same ticket again.
pub(crate) async fn start(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    refused::may_try(&site, &req)?;
    let lang = language::of_form(&fields);
    Ok(match exchange(&site.app, fields.get("code")).await {
        Ok(place) => section::first(&site.app, &req, &place, lang),
        Err(closed) => refused::page(&site, &req, lang, &closed, &fields),
    })
}

/// `POST /decline`: asks once more, and then does it.
pub(crate) async fn decline(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    refused::may_try(&site, &req)?;
    let lang = language::of_form(&fields);
    let is_sure = fields.get("sure") == "yes";
    let done = match look(&site.app, fields.get("code")).await {
        Ok(invited) if is_sure => say_no(&site.app, invited.code).await.map(|()| declined(lang)),
        Ok(invited) => Ok(sure(&invited, lang)),
        Err(closed) => Err(closed),
    };
    Ok(done.unwrap_or_else(|closed| refused::page(&site, &req, lang, &closed, &fields)))
}

/// The offer behind a code as it was typed. One that cannot be a code is looked
/// up all the same, so that it takes as long.
pub(super) async fn look(app: &App, typed: &str) -> Result<Invited, Closed> {
    let (keys, today) = (app.keys.clone(), app.clock.now().date());
    let code = InvitationCode::read(typed).unwrap_or_else(InvitationCode::random);
    app.db
        .read(move |conn| {
            let offer = invitation::look(conn, &keys, today, &code)?;
            let campaign = campaign::store::get(conn, &offer.campaign_id)?.ok_or(Closed::NotGood)?;
            let organisation = campaign::store::organisation_name(conn, &campaign.organisation_id)?;
            let survey = survey::store::load(conn, &campaign.survey_version)?.ok_or(Closed::NotGood)?;
            let has_begun = offer.state == State::TakenUp;
            Ok(Invited { code, has_begun, campaign, organisation, survey })
        })
        .await
}

async fn exchange(app: &App, typed: &str) -> Result<place::Place, Closed> {
    let (keys, today) = (app.keys.clone(), app.clock.now().date());
    let code = InvitationCode::read(typed).unwrap_or_else(InvitationCode::random);
    let seed = code.as_bytes();
    let campaign =
        app.db.write(move |conn| invitation::take_up(conn, &keys, today, &code).map_err(Closed::from)).await?;
    let ticket = ticket::mint(&app.keys, &campaign, &seed);
    place::enter(app, campaign, ticket).await
}

async fn say_no(app: &App, code: InvitationCode) -> Result<(), Closed> {
    let (keys, today) = (app.keys.clone(), app.clock.now().date());
    app.db.write(move |conn| invitation::decline(conn, &keys, today, &code).map(drop).map_err(Closed::from)).await
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
                @if let Some(last) = campaign.closes_on { " " ((words.until)(&words.date(last))) } }
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
