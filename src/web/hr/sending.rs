//! What goes out by e-mail: invitations, reminders, and once more what failed.
//! Handlers queue; a job sends.

use super::{open_campaign_of, path};
use crate::app::App;
use crate::audit::{self, Action};
use crate::id::{CampaignId, MailId};
use crate::web::Error;
use crate::web::auth::HrUser;
use crate::web::auth::session::see_other;
use crate::{invitation, mail};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// POST /hr/campaigns/{id}/sendings
pub async fn create(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    let (some, none) = (path(&campaign, "?done=sending"), path(&campaign, "?done=nobody"));
    let (actor, now) = (user.actor(), app.clock.now());
    let count = app
        .db
        .write(move |conn| {
            let count = invitation::send(conn, now, &campaign)?;
            if count > 0 {
                let subject = format!("{} ({count})", campaign.name);
                audit::record(conn, now, &actor, Action::SendInvitations, &subject)?;
            }
            Ok::<_, diesel::result::Error>(count)
        })
        .await?;
    Ok(see_other(if count > 0 { &some } else { &none }))
}

/// POST /hr/campaigns/{id}/reminders. Neither the answer nor the record says whether
/// there was anybody to remind: where people came one by one, that says who.
pub async fn remind(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    let (to, actor, now) = (path(&campaign, "?done=reminding"), user.actor(), app.clock.now());
    app.db
        .write(move |conn| {
            invitation::remind(conn, now, &campaign)?;
            audit::record(conn, now, &actor, Action::SendReminders, &campaign.name)
        })
        .await?;
    Ok(see_other(&to))
}

/// POST /hr/campaigns/{id}/sendings/{mail}/again
pub async fn again(app: Data<App>, user: HrUser, ids: Path<(CampaignId, MailId)>) -> Result<HttpResponse, Error> {
    let (id, mail_id) = ids.into_inner();
    let campaign = open_campaign_of(&app, &user, id).await?;
    let (to, now) = (path(&campaign, "?done=again"), app.clock.now());
    let is_ours = app.db.write(move |conn| mail::store::send_again(conn, now, &campaign.id, &mail_id)).await?;
    is_ours.then(|| see_other(&to)).ok_or(Error::NotFound)
}
