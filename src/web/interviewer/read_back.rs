//! Reading back: the interviewer reads out what they wrote down, or has the person
//! read it themselves by a link that works once.

use super::read_back_page as pages;
use super::{opened, path, setting};
use crate::app::App;
use crate::id::InterviewId;
use crate::interview::{self, SaveError};
use crate::web::auth::InterviewerUser;
use crate::web::auth::session::see_other;
use crate::web::{Error, Fields, Site};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

/// GET /interviews/{id}/read-back
pub async fn show(
    site: Data<Site>,
    req: HttpRequest,
    user: InterviewerUser,
    id: Path<InterviewId>,
) -> Result<HttpResponse, Error> {
    let opened = opened(&site.app, &user, &id).await?;
    let setting = setting(&site, &opened.case.campaign_id).await?;
    Ok(pages::summary(&user, &opened, &setting, req.query_string()))
}

/// POST /interviews/{id}/read-back: it was read out, as the page showed it
pub async fn create(
    app: Data<App>,
    user: InterviewerUser,
    id: Path<InterviewId>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let mut opened = opened(&app, &user, &id).await?;
    let version = form.get("version").parse().map_err(|_not_a_number| Error::Malformed)?;
    opened.draft.was_read_out = true;
    let (keys, by, case) = (app.keys.clone(), user.account.id, id.clone());
    let saved = app.db.write(move |conn| interview::save_draft(conn, &keys, &by, &case, version, &opened.draft)).await;
    match saved {
        Ok(_version) => Ok(see_other(&path(&id, "/read-back?done=read"))),
        Err(SaveError::Stale) => Ok(see_other(&path(&id, "/read-back?done=changed"))),
        Err(SaveError::Gone) => Err(Error::InterviewGone),
        Err(SaveError::Database(e)) => Err(e.into()),
    }
}

/// POST /interviews/{id}/read-back/links: a link to pass on, shown once
pub async fn create_link(app: Data<App>, user: InterviewerUser, id: Path<InterviewId>) -> Result<HttpResponse, Error> {
    let opened = opened(&app, &user, &id).await?;
    let (keys, by, id) = (app.keys.clone(), user.account.id.clone(), id.into_inner());
    let token = app.db.write(move |conn| interview::make_read_back(conn, &keys, &by, &id)).await?;
    let url = format!("{}/read-back/{}", app.settings.public_url, token.expose());
    Ok(pages::link(&user, &opened, &url))
}

/// POST /interviews/{id}/read-back/mails: the same by e-mail
pub async fn create_mail(app: Data<App>, user: InterviewerUser, id: Path<InterviewId>) -> Result<HttpResponse, Error> {
    let opened = opened(&app, &user, &id).await?;
    if !pages::can_be_mailed(&opened) {
        return Err(Error::NotFound);
    }
    let (now, by, case) = (app.clock.now(), user.account.id, id.clone());
    app.db.write(move |conn| interview::mail_read_back(conn, now, &by, &case)).await?;
    Ok(see_other(&path(&id, "/read-back?done=mailed")))
}
