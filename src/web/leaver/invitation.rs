//! The invitation: who asks, why, what happens to the answers, and the choice.

use super::exchange::exchange;
use super::online::{self, Way};
use super::refused::{self, Closed};
use super::section::{self, Came};
use super::words::Words;
use super::{choice, language, place, right, standing};
use crate::campaign::{self, Campaign};
use crate::db::Conn;
use crate::id::{AccountId, InvitationId};
use crate::interview::{self, Known, Standing};
use crate::invitation::{self, Exchange, Exchanged, InvitationCode, State};
use crate::secret::Keys;
use crate::survey::{Lang, Survey};
use crate::ticket::blind::PublicKey;
use crate::ticket::{self, Ticket};
use crate::web::surveys::Surveys;
use crate::web::{Fields, Site, ui};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use maud::html;
use std::sync::Arc;

/// What the pages about an invitation tell. Nothing of it is about the person but
/// how their own interview stands.
#[derive(Debug)]
pub(super) struct Invited {
    pub code: InvitationCode,
    pub id: InvitationId,
    pub has_begun: bool,
    /// How their code was exchanged, if it was.
    pub exchanged: Option<Exchanged>,
    pub has_declined: bool,
    /// Interviews can be asked for.
    pub is_open: bool,
    pub campaign: Campaign,
    /// What the campaign's tickets are signed with.
    pub key: PublicKey,
    pub organisation: String,
    pub survey: Arc<Survey>,
    /// Their open case.
    pub standing: Option<Standing>,
    /// Those who might be given a case, by mode; only the modes that are on.
    pub interviewers: Vec<(interview::Mode, Vec<Known>)>,
}

impl Invited {
    pub fn interviewers(&self, mode: interview::Mode) -> &[Known] {
        self.interviewers.iter().find(|(of, _)| *of == mode).map(|(_, known)| known.as_slice()).unwrap_or_default()
    }

    /// Whoever has taken their interview.
    pub fn taken_by(&self) -> Option<&AccountId> {
        self.standing.as_ref()?.interviewer.as_ref().map(|known| &known.account_id)
    }

    /// Whether an interview of this mode can be asked for.
    pub fn may_ask(&self, mode: interview::Mode) -> bool {
        self.is_open && self.campaign.offers(mode.into())
    }

    /// Whether they can answer online: who has begun goes on, though it is off by now.
    pub fn may_answer(&self) -> bool {
        self.campaign.offers(campaign::Mode::Online) || (self.has_begun && self.standing.is_none())
    }

    /// The page that the link leads to.
    pub fn path(&self, lang: Lang) -> String {
        format!("/i/{}?lang={}", self.code.spell(), lang.tag())
    }

    /// The ticket that the code is good for here: nothing keeps the two together.
    pub fn ticket(&self, keys: &Keys) -> Ticket {
        ticket::mint(keys, &self.campaign.id, &self.code.as_bytes())
    }
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
/// the ticket only; the same code gets the same ticket again. Whoever's browser has
/// made one already is asked for it, unless it is in the interview that they had asked
/// for.
pub(crate) async fn start(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = started(&site, &req, lang, fields.get("code")).await;
    refused::or_page(done, &site, &req, lang, &fields)
}

async fn started(site: &Site, req: &HttpRequest, lang: Lang, typed: &str) -> Result<HttpResponse, Closed> {
    refused::may_try(site, req)?;
    let (keys, today, surveys) = (site.app.keys.clone(), site.app.clock.now().date(), site.surveys.clone());
    let code = read(typed);
    let write = site.app.db.write(move |conn| {
        invitation::hold(conn, &keys, &code)?;
        let invited = found(conn, &keys, today, &surveys, code)?;
        let (ticket, came) = match Way::of(&invited) {
            Way::Kept if invited.may_answer() => {
                let held = right::of(conn, &keys, &invited, "")?;
                interview::withdraw(conn, &keys, &invited.id)?;
                (held, Came::WithTicket)
            }
            _ => {
                exchange(conn, &keys, today, &invited, &Exchange::Here)?;
                (Some(invited.ticket(&keys)), Came::Here)
            }
        };
        Ok::<_, Closed>((invited, ticket, came))
    });
    let (invited, ticket, came) = write.await?;
    let Some(ticket) = ticket else { return Ok(page(&invited, lang)) };
    let place = place::enter(site, invited.campaign.id, ticket).await?;
    Ok(section::first(&site.app, req, &place, lang, came))
}

/// The offer behind a code as it was typed. One that cannot be a code is looked
/// up all the same, so that it takes as long.
pub(super) async fn look(site: &Site, typed: &str) -> Result<Invited, Closed> {
    let (keys, today, surveys) = (site.app.keys.clone(), site.app.clock.now().date(), site.surveys.clone());
    let code = read(typed);
    site.app.db.read(move |conn| found(conn, &keys, today, &surveys, code)).await
}

pub(super) fn read(typed: &str) -> InvitationCode {
    InvitationCode::read(typed).unwrap_or_else(InvitationCode::random)
}

pub(super) fn found(
    conn: &mut Conn,
    keys: &Keys,
    today: NaiveDate,
    surveys: &Surveys,
    code: InvitationCode,
) -> Result<Invited, Closed> {
    let offer = invitation::look(conn, keys, today, &code)?;
    let campaign = campaign::store::get(conn, &offer.campaign_id)?.ok_or(Closed::NotGood)?;
    let mut interviewers = Vec::new();
    for mode in interview::Mode::ALL {
        if campaign.offers(mode.into()) {
            interviewers.push((mode, interview::interviewers(conn, &campaign, mode)?));
        }
    }
    Ok(Invited {
        has_begun: offer.state == State::TakenUp,
        exchanged: offer.exchanged,
        has_declined: offer.state == State::Declined,
        is_open: campaign.takes_invitations(today),
        organisation: campaign::store::organisation_name(conn, &campaign.organisation_id)?,
        survey: surveys.get(conn, &campaign.survey_version)?.ok_or(Closed::NotGood)?,
        standing: interview::standing(conn, keys, &offer.invitation_id)?,
        id: offer.invitation_id,
        code,
        key: campaign::keys::public(conn, &campaign.id)?,
        campaign,
        interviewers,
    })
}

/// Where their interview stands, or else the offer.
pub(super) fn page(invited: &Invited, lang: Lang) -> HttpResponse {
    match &invited.standing {
        Some(open) => standing::page(invited, open, lang, false),
        None => offer(invited, lang),
    }
}

fn offer(invited: &Invited, lang: Lang) -> HttpResponse {
    let words = Words::of(lang);
    let Invited { campaign, organisation, survey, .. } = invited;
    let title = survey.title.get(lang);
    let (has_interviews, way) = (choice::has_interviews(invited), Way::of(invited));
    ui::page_response(
        StatusCode::OK,
        &ui::Frame { lang, aside: languages(invited, lang), scripts: way.scripts(), ..ui::Frame::new(title) },
        html! {
            h1 { (title) }
            p.lead { ((words.asks)(organisation)) " " ((words.minutes)(survey.minutes)) }
            @if invited.has_begun {
                @let begun = match way {
                    Way::Kept => words.ticket.begun,
                    _ if has_interviews => words.interview.begun,
                    _ => words.already_begun,
                };
                (ui::notice(html! { p { (begun) } }))
            }
            @if let Some(introduction) = &survey.introduction { p { (introduction.get(lang)) } }
            @if has_interviews { (choice::blocks(invited, lang)) }
            div.card {
                h2 { (words.what_happens) }
                ul {
                    @if has_interviews { li { (words.interview.kept_apart) } }
                    @else { li { ((words.nobody_sees)(organisation)) } }
                    li { ((words.least_people)(campaign.min_base)) }
                    li { ((words.own_words)(organisation, campaign.comment_min_base)) }
                    li { ((words.knows_offered)(organisation)) }
                }
            }
            p { (words.your_choice) " " (words.may_skip)
                @if let Some(last) = campaign.closes_on { " " ((words.until)(&lang.date(last))) } }
            (choice::buttons(invited, lang))
            p.soft.small { (words.open_again) }
            (online::how(invited, lang))
        },
    )
}

/// Links to the page of this invitation in the other languages of its survey.
pub(super) fn languages(invited: &Invited, lang: Lang) -> Option<maud::Markup> {
    let all = &invited.survey.languages;
    (all.len() > 1).then(|| language::links(&format!("/i/{}", invited.code.spell()), lang, all))
}
