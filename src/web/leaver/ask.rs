//! Asking for an interview, leaving other times or details, and withdrawing.

use super::ask_form::Sheet;
use super::invitation::{self as page, Invited};
use super::refused::{self, Closed};
use super::request::{self, Wrongs};
use super::standing::{self, title};
use super::words::Words;
use super::{choice, language, right, ticket_box};
use crate::interview::{self, Mode, Request};
use crate::invitation::{self, Exchange, Exchanged};
use crate::survey::Lang;
use crate::web::{Client, Fields, Site, ui};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

/// The field that names the interviewer whose interview the one asked for is to replace.
const IN_PLACE_OF: &str = "in_place_of";

/// `POST /interview`: the form. Nothing is changed yet.
pub(crate) async fn new(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = askable(&site, &req, &fields).await.map(|Askable { invited, mode, .. }| {
        form(&invited, mode, &Sheet { lang, form: &Fields::default(), wrongs: &Wrongs::default() })
    });
    refused::or_page(done, &site, &req, lang, &fields)
}

/// `POST /interview/ask`: takes the offer up, as answering online does, and asks.
pub(crate) async fn create(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = asked(&site, &req, lang, &fields).await;
    refused::or_page(done, &site, &req, lang, &fields)
}

/// `POST /interview/change`: the form, and with `save` what it says.
pub(crate) async fn change(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = changed(&site, &req, lang, &fields).await;
    refused::or_page(done, &site, &req, lang, &fields)
}

/// `POST /interview/withdraw`: asks once more, and then does it.
pub(crate) async fn withdraw(site: web::Data<Site>, req: HttpRequest, fields: Fields) -> HttpResponse {
    let lang = language::of_form(&fields);
    let done = withdrawn(&site, &req, lang, &fields).await;
    refused::or_page(done, &site, &req, lang, &fields)
}

struct Askable {
    invited: Invited,
    mode: Mode,
    /// There is a ticket to hand the answers in with.
    has_right: bool,
}

/// The invitation, if an interview of the mode that is named can be asked for: not
/// by whoever has sent their answers, so that nobody fills in the form in vain.
async fn askable(site: &Site, req: &HttpRequest, fields: &Fields) -> Result<Askable, Closed> {
    refused::may_try(site, req)?;
    let invited = page::look(site, fields.get("code")).await?;
    let mode = Mode::read(fields.get("mode")).filter(|mode| invited.may_ask(*mode)).ok_or(Closed::NotGood)?;
    let (keys, written) = (site.app.keys.clone(), fields.get(ticket_box::TICKET).to_owned());
    let read = site.app.db.read(move |conn| {
        let has_right = right::of(conn, &keys, &invited, &written)?.is_some();
        Ok::<_, Closed>((invited, has_right))
    });
    let (invited, has_right) = read.await?;
    Ok(Askable { invited, mode, has_right })
}

async fn asked(site: &Site, req: &HttpRequest, lang: Lang, fields: &Fields) -> Result<HttpResponse, Closed> {
    let Askable { invited, mode, has_right } = askable(site, req, fields).await?;
    if let Some(lang) = fields.get("go").strip_prefix("lang:").and_then(Lang::from_tag) {
        return Ok(form(&invited, mode, &Sheet { lang, form: fields, wrongs: &Wrongs::default() }));
    }
    if !has_right && !fields.get(ticket_box::TICKET).is_empty() {
        site.limits.wrong(Client::of(req, site.app.settings.behind_proxy));
    }
    let request = match request::request(fields, &invited.survey, invited.interviewers(mode), has_right) {
        Ok(request) => request,
        Err(wrongs) => return Ok(form(&invited, mode, &Sheet { lang, form: fields, wrongs: &wrongs })),
    };
    let channel = request.channel;
    if keep(site, fields, mode, request).await? {
        return Ok(standing::asked(&invited, mode, channel, lang));
    }
    Ok(page::page(&page::look(site, fields.get("code")).await?, lang))
}

/// The case and the offer that is taken up for it, both or neither. False: somebody
/// has taken an interview of theirs since the form was opened, and it goes on. A
/// browser that loads a page again must not erase what an interviewer has entered.
async fn keep(site: &Site, fields: &Fields, mode: Mode, request: Request) -> Result<bool, Closed> {
    let (keys, now, surveys) = (site.app.keys.clone(), site.app.clock.now(), site.surveys.clone());
    let (code, in_place_of) = (page::read(fields.get("code")), fields.get(IN_PLACE_OF).to_owned());
    let written = fields.get(ticket_box::TICKET).to_owned();
    site.app
        .db
        .write(move |conn| {
            invitation::hold(conn, &keys, &code)?;
            let invited = page::found(conn, &keys, now.date(), &surveys, code)?;
            let right = right::of(conn, &keys, &invited, &written)?.filter(|_| invited.may_ask(mode));
            let right = right.ok_or(Closed::NotGood)?.bytes();
            if invited.taken_by().is_some_and(|account| account.as_str() != in_place_of) {
                return Ok(false);
            }
            if invited.exchanged != Some(Exchanged::Blinded) {
                invitation::take_up(conn, &keys, now.date(), &invited.code, &Exchange::Here)?;
            }
            let (campaign, id) = (&invited.campaign, &invited.id);
            interview::ask(conn, &keys, now, campaign, mode, id, request, &right)?;
            if invited.exchanged.is_some() && invited.standing.is_none() {
                interview::keep_taken_up(conn, &keys, id)?;
            }
            Ok(true)
        })
        .await
}

async fn changed(site: &Site, req: &HttpRequest, lang: Lang, fields: &Fields) -> Result<HttpResponse, Closed> {
    refused::may_try(site, req)?;
    let invited = page::look(site, fields.get("code")).await?;
    let Some(open) = &invited.standing else { return Ok(page::page(&invited, lang)) };
    if fields.get("save") != "yes" {
        return Ok(change_form(&invited, &Sheet { lang, form: &Fields::default(), wrongs: &Wrongs::default() }));
    }
    let change = match request::change(fields, open.channel) {
        Ok(change) => change,
        Err(wrongs) => return Ok(change_form(&invited, &Sheet { lang, form: fields, wrongs: &wrongs })),
    };
    let (keys, id) = (site.app.keys.clone(), invited.id.clone());
    let is_kept = site.app.db.write(move |conn| interview::change(conn, &keys, &id, change)).await?;
    let invited = page::look(site, fields.get("code")).await?;
    Ok(match &invited.standing {
        Some(open) if is_kept => standing::page(&invited, open, lang, true),
        _ => page::page(&invited, lang),
    })
}

async fn withdrawn(site: &Site, req: &HttpRequest, lang: Lang, fields: &Fields) -> Result<HttpResponse, Closed> {
    refused::may_try(site, req)?;
    let invited = page::look(site, fields.get("code")).await?;
    if fields.get("sure") != "yes" {
        return Ok(match &invited.standing {
            Some(_) => standing::sure(&invited, lang),
            None => page::page(&invited, lang),
        });
    }
    if invited.standing.is_some() {
        let (keys, id) = (site.app.keys.clone(), invited.id.clone());
        let write = site.app.db.write(move |conn| {
            invitation::hold_by_id(conn, &id)?;
            let withdrawn = interview::withdraw_right(conn, &keys, &id)?;
            // Whoever may hold the ticket has begun online, and stays among those.
            if withdrawn == Some(false) {
                invitation::withdraw(conn, &id)?;
            }
            diesel::QueryResult::Ok(withdrawn.is_some())
        });
        // Not looked at again: in a campaign that is closed the link has no more to show.
        if write.await? {
            return Ok(standing::withdrawn(lang));
        }
    }
    // Pressed twice, or handed in at this very moment: as it stands by now.
    let invited = page::look(site, fields.get("code")).await?;
    Ok(if invited.has_declined { standing::withdrawn(lang) } else { page::page(&invited, lang) })
}

fn form(invited: &Invited, mode: Mode, sheet: &Sheet) -> HttpResponse {
    let words = &Words::of(sheet.lang).interview;
    let title = title(invited, mode, sheet.lang);
    // A form that comes back says what it said.
    let in_place_of = match (sheet.form.has(IN_PLACE_OF), invited.taken_by()) {
        (false, Some(account)) => account.as_str(),
        _ => sheet.form.get(IN_PLACE_OF),
    };
    let scripts = if right::is_to_be_written(invited) { vec![ui::TICKET.path.as_str()] } else { Vec::new() };
    respond(
        sheet,
        ui::Frame { scripts, ..ui::Frame::new(&title) },
        html! {
            @if mode == Mode::Hr { p { ((words.hr_text)(&invited.organisation)) } }
            p { ((words.form_text)(invited.campaign.contact_days)) }
            (ui::form("/interview/ask", html! {
                (choice::hidden(invited, sheet.lang))
                (ui::hidden("mode", mode.as_str()))
                (ui::hidden(IN_PLACE_OF, in_place_of))
                @if right::is_to_be_written(invited) { (sheet.ticket(invited)) }
                (sheet.request(&invited.survey, invited.interviewers(mode)))
                div.buttons {
                    (ui::button(&ui::Button { label: words.ask, ..ui::Button::default() }))
                    a.button.secondary href=(invited.path(sheet.lang)) { (Words::of(sheet.lang).decline_no) }
                    (language::buttons(sheet.lang, &invited.survey.languages))
                }
            }))
        },
    )
}

fn change_form(invited: &Invited, sheet: &Sheet) -> HttpResponse {
    let words = &Words::of(sheet.lang).interview;
    respond(
        sheet,
        ui::Frame::new(words.change),
        html! {
            p { (words.change_text) }
            (ui::form("/interview/change", html! {
                (choice::hidden(invited, sheet.lang))
                (ui::hidden("save", "yes"))
                (sheet.change())
                div.buttons {
                    (ui::button(&ui::Button { label: words.save, ..ui::Button::default() }))
                    a.button.secondary href=(invited.path(sheet.lang)) { (Words::of(sheet.lang).decline_no) }
                }
            }))
        },
    )
}

fn respond(sheet: &Sheet, frame: ui::Frame, body: maud::Markup) -> HttpResponse {
    let has_errors = !sheet.wrongs.is_empty();
    let status = if has_errors { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = frame.title;
    ui::page_response(
        status,
        &ui::Frame { lang: sheet.lang, has_errors, ..frame },
        html! { (sheet.wrongs.summary(sheet.lang)) h1 { (title) } (body) },
    )
}
