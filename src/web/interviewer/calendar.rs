//! The calendar file of a time that was agreed.

use super::{HERE, ics, opened};
use crate::app::App;
use crate::id::InterviewId;
use crate::secret::{Purpose, hex};
use crate::web::Error;
use crate::web::auth::InterviewerUser;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};

/// GET /interviews/{id}/calendar.ics
pub async fn show(app: Data<App>, user: InterviewerUser, id: Path<InterviewId>) -> Result<HttpResponse, Error> {
    let opened = opened(&app, &user, &id).await?;
    let plan = opened.details.plan.ok_or(Error::InterviewGone)?;
    // A calendar keeps it for years: it leads back to the case for nobody else.
    let uid = hex(&app.keys.mac(Purpose::Calendar, &[id.as_str().as_bytes(), user.account.id.as_str().as_bytes()]));
    let description = format!("Whom you talk to, and how, is in Candour: {}{HERE}", app.settings.public_url);
    let file = ics::write(&ics::Event {
        uid: &uid,
        made_at: app.clock.now(),
        at: plan.at,
        minutes: plan.minutes,
        summary: "Interview",
        description: &description,
    });
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8; method=PUBLISH")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"interview.ics\""))
        .body(file))
}
