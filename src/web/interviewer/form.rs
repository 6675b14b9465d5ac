//! The questionnaire in an interviewer's form: the whole survey on one page, saved
//! by a script as they type and by buttons without.

use super::form_closed::{self, Unsaved};
use super::form_page::{self, READ_BACK, View, Word};
use super::form_place::{Closed, Place, Way};
use super::{draft, path};
use crate::id::InterviewId;
use crate::staff::Account;
use crate::survey::Lang;
use crate::web::answers::interviewed;
use crate::web::auth::InterviewerUser;
use crate::web::auth::session::see_other;
use crate::web::{Error, Fields, Site};
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use chrono::NaiveTime;
use serde_json::json;

/// GET /interviews/{id}/questionnaire
pub async fn show(
    site: Data<Site>,
    req: HttpRequest,
    user: InterviewerUser,
    id: Path<InterviewId>,
) -> Result<HttpResponse, Error> {
    let way = Way::new(&site, &user.account.id, &id);
    let place = match way.place().await {
        Ok(place) => place,
        Err(closed) => return form_closed::page(&way, &user.account, closed).await,
    };
    let asked = |name: &str| req.query_string().split('&').find_map(|pair| pair.strip_prefix(name)).map(str::to_owned);
    let saved = asked("saved=").and_then(|at| NaiveTime::parse_from_str(&at, "%H:%M").ok());
    let lang = asked("lang=").and_then(|tag| Lang::from_tag(&tag)).unwrap_or(place.opened.details.request.lang);
    let word = saved.map_or(Word::None, Word::Saved);
    Ok(form_page::page(&View { account: &user.account, place: &place, lang: spoken(&place, lang), word }))
}

/// POST /interviews/{id}/questionnaire: for the script, which asks for JSON, the
/// version that comes next and our time; for a button, the page that it leads to.
pub async fn save(
    site: Data<Site>,
    req: HttpRequest,
    user: Result<InterviewerUser, Error>,
    id: Path<InterviewId>,
    sent: Result<Fields, Error>,
) -> Result<HttpResponse, Error> {
    let is_script = req.headers().get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    let sent = match sent {
        Ok(sent) => sent,
        Err(error) if is_script => return Ok(form_closed::json(&error.into())),
        Err(error) => return Err(error),
    };
    let user = match user {
        Ok(user) => user,
        Err(error) if is_script => return Ok(form_closed::json(&error.into())),
        Err(Error::NotSignedIn) => return Ok(form_closed::kept(&id, &Error::NotSignedIn.into(), &sent)),
        Err(error) => return Err(error),
    };
    let way = Way::new(&site, &user.account.id, &id);
    let at = site.app.clock.now().in_britain().time();
    match keep(&way, &user.account, &sent).await {
        Ok(place) if is_script => {
            let saved_at = at.format("%H:%M").to_string();
            Ok(HttpResponse::Ok().json(json!({ "version": place.opened.case.draft_version, "saved_at": saved_at })))
        }
        Ok(place) => Ok(after(&user.account, &place, &sent, at)),
        Err(Unsaved::Closed(Closed::Answered)) if is_script => {
            let closed = if way.end().await? { Closed::Answered } else { Closed::Gone };
            Ok(form_closed::json(&closed.into()))
        }
        Err(unsaved) if is_script => Ok(form_closed::json(&unsaved)),
        Err(Unsaved::Closed(Closed::Stale(_))) => stale(&way, &user.account, &sent).await,
        Err(Unsaved::Closed(closed @ (Closed::Gone | Closed::Answered | Closed::Late))) => {
            form_closed::page(&way, &user.account, closed).await
        }
        Err(Unsaved::Closed(Closed::Failed(error))) if error.status_code().is_client_error() => Err(error),
        Err(unsaved @ (Unsaved::SomebodyElse | Unsaved::Closed(Closed::Failed(_)))) => {
            Ok(form_closed::kept(&id, &unsaved, &sent))
        }
    }
}

async fn keep(way: &Way, account: &Account, sent: &Fields) -> Result<Place, Unsaved> {
    // Signed in anew, perhaps as another: the page is still the first one's.
    if sent.has("account") && sent.get("account") != account.id.as_str() {
        return Err(Unsaved::SomebodyElse);
    }
    let (base_version, sent) = (sent.get("version").parse().ok(), sent.clone());
    Ok(way.save(base_version, move |survey, old| draft::entered(survey, &sent, old)).await?)
}

/// Where a button leads once all is saved.
fn after(account: &Account, place: &Place, sent: &Fields, at: NaiveTime) -> HttpResponse {
    let lang = spoken(place, Lang::from_tag(sent.get("lang")).unwrap_or_default());
    let (id, go) = (&place.opened.case.id, sent.get("go"));
    if let Some(lang) = go.strip_prefix("lang:").and_then(Lang::from_tag) {
        return see_other(&path(id, &format!("/questionnaire?lang={}", lang.tag())));
    }
    if !interviewed(&place.survey, &place.opened.draft).problems.is_empty() {
        return form_page::page(&View { account, place, lang, word: Word::Wrong(at) });
    }
    if go == READ_BACK {
        return see_other(&path(id, "/read-back"));
    }
    let section =
        go.strip_prefix("save:").filter(|code| place.survey.sections.iter().any(|s| s.code.as_str() == *code));
    let back_to = section.map(|code| format!("#end-{code}")).unwrap_or_default();
    see_other(&path(id, &format!("/questionnaire?lang={}&saved={}{back_to}", lang.tag(), at.format("%H:%M"))))
}

/// What was sent, above what is there by now: saved when the button is pressed again.
async fn stale(way: &Way, account: &Account, sent: &Fields) -> Result<HttpResponse, Error> {
    let mut place = match way.place().await {
        Ok(place) => place,
        Err(closed) => return form_closed::page(way, account, closed).await,
    };
    place.opened.draft = draft::entered(&place.survey, sent, place.opened.draft);
    let lang = spoken(&place, Lang::from_tag(sent.get("lang")).unwrap_or_default());
    Ok(form_page::page(&View { account, place: &place, lang, word: Word::Stale }))
}

/// `wanted`, if the survey is in it.
fn spoken(place: &Place, wanted: Lang) -> Lang {
    if place.survey.languages.contains(&wanted) { wanted } else { Lang::En }
}
