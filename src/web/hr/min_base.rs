//! Raising the smallest group that figures may be about.

use super::campaign::HERE;
use super::{open_campaign_of, path, sentence};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::{self, Campaign, RaiseError};
use crate::id::CampaignId;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Input};
use crate::web::{Error, Fields};
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use maud::html;

/// GET /hr/campaigns/{id}/min-base
pub async fn edit(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    Ok(page(&user, &campaign, "", &Problems::default()))
}

/// POST /hr/campaigns/{id}/min-base
pub async fn update(app: Data<App>, user: HrUser, id: Path<CampaignId>, form: Fields) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    let typed = form.get("min_base");
    let Ok(min_base) = typed.trim().parse::<u32>() else {
        return Ok(page(&user, &campaign, typed, &Problems::one("min_base", "Enter a whole number, like 10")));
    };
    let (mut raised, actor, now) = (campaign.clone(), user.actor(), app.clock.now());
    let done = app
        .db
        .write(move |conn| {
            campaign::raise_min_base(conn, &mut raised, min_base)?;
            audit::record(conn, now, &actor, Action::RaiseMinBase, &format!("{} to {min_base}", raised.name))?;
            Ok(())
        })
        .await;
    match done {
        Ok(()) => Ok(see_other(&path(&campaign, "?done=raised"))),
        Err(RaiseError::Database(e)) => Err(e.into()),
        Err(e @ (RaiseError::WouldLower(_) | RaiseError::TooHigh)) => {
            Ok(page(&user, &campaign, typed, &Problems::one("min_base", sentence(&e.to_string()))))
        }
    }
}

fn page(user: &HrUser, campaign: &Campaign, typed: &str, problems: &Problems) -> HttpResponse {
    let title = "Raise the smallest group";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let field = Field {
        name: "min_base",
        label: "Smallest group with figures",
        hint: Some("It cannot be lowered again."),
        error: problems.on("min_base"),
        ..Field::default()
    };
    let input = Input {
        value: typed,
        inputmode: Some("numeric"),
        width: Some(4),
        unit: Some("people"),
        autocomplete: Some("off"),
        ..Input::default()
    };
    let body = html! {
        (problems.summary())
        h1 { (title) }
        p { "In " strong { (campaign.name) } " figures are about " (campaign.min_base) " people or more now." }
        (ui::form(&path(campaign, "/min-base"), html! {
            (ui::text_input(&field, &input))
            div.buttons {
                (ui::button(&Button { label: "Raise it", ..Button::default() }))
                a href=(path(campaign, "")) { "Cancel" }
            }
        }))
    };
    ui::page_response(status, &frame, body)
}
