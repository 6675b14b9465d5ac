//! Closing a campaign by hand.

use super::campaign::HERE;
use super::{campaign_of, open_campaign_of, path};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign;
use crate::id::CampaignId;
use crate::web::Error;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, frame};
use crate::web::ui::{self, Button, Look};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use maud::html;

/// GET /hr/campaigns/{id}/closure
pub async fn new(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    let title = "Close the campaign?";
    let close = Button { label: "Close the campaign", look: Look::Danger, ..Button::default() };
    Ok(ui::page_response(
        StatusCode::OK,
        &frame(&user.account, title, HERE),
        html! {
            h1 { (title) }
            p { strong { (campaign.name) } }
            p {
                "From now on no invitation can be taken up, and no more can be sent. Whoever is in the middle of answering "
                "has a week to finish. You can still release figures. A closed campaign cannot be opened again."
            }
            (ui::form(&path(&campaign, "/closure"), html! {
                div.buttons { (ui::button(&close)) a href=(path(&campaign, "")) { "Cancel" } }
            }))
        },
    ))
}

/// POST /hr/campaigns/{id}/closure
pub async fn create(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user, id.into_inner()).await?;
    let (to, actor, now) = (path(&campaign, "?done=closed"), user.actor(), app.clock.now());
    app.db
        .write(move |conn| match campaign::close(conn, now, &campaign)? {
            true => audit::record(conn, now, &actor, Action::CloseCampaign, &campaign.name),
            false => Ok(()),
        })
        .await?;
    Ok(see_other(&to))
}
