//! API tokens of the organisation.

use super::token_form::{self, day_or_refused, said};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::{self, Campaign};
use crate::id::{ApiTokenId, CampaignId};
use crate::secret::Secret;
use crate::staff::token::{self, ApiToken, CreateTokenError, NewToken, Scope};
use crate::web::api::page::briefly;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, done, frame};
use crate::web::ui::{self, Button, Look};
use crate::web::{Error, Fields};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use maud::{Markup, html};

pub(super) const HERE: &str = "/hr/tokens";

/// GET /hr/tokens
pub async fn index(app: Data<App>, req: HttpRequest, user: HrUser) -> Result<HttpResponse, Error> {
    let organisation = user.organisation_id.clone();
    let (tokens, campaigns) = app
        .db
        .read(move |conn| {
            let campaigns = campaign::store::list(conn, &organisation)?;
            diesel::QueryResult::Ok((token::list(conn, &organisation)?, campaigns))
        })
        .await?;
    let title = "API tokens";
    let body = html! {
        (done(req.query_string(), &[("deleted", "The token is ended: nothing can be read with it any more.")]))
        h1 { (title) }
        p {
            "With a token a program, such as a spreadsheet or a dashboard, reads what your organisation has released, and "
            "nothing else."
        }
        @if !tokens.is_empty() { (table(&tokens, &campaigns, app.clock.now().date())) }
        p { a.button href={ (HERE) "/new" } { "Make a token" } }
        p { a href="/api" { "How to have figures in Excel, Power BI and other programs" } }
        (briefly(&app.settings.public_url, &campaigns.iter().collect::<Vec<_>>()))
    };
    let mut frame = frame(&user.account, title, HERE);
    frame.is_wide = true;
    Ok(ui::page_response(StatusCode::OK, &frame, body))
}

/// GET /hr/tokens/new
pub async fn new(app: Data<App>, user: HrUser) -> Result<HttpResponse, Error> {
    let campaigns = campaigns_of(&app, &user).await?;
    Ok(token_form::page(&user, &token_form::defaults(), &campaigns, &[]))
}

/// POST /hr/tokens
pub async fn create(app: Data<App>, user: HrUser, form: Fields) -> Result<HttpResponse, Error> {
    let (keys, now, actor) = (app.keys.clone(), app.clock.now(), user.actor());
    let new = read(&user, &form);
    let made = app
        .db
        .write(move |conn| {
            let (made, secret) = token::create(conn, &keys, now, new)?;
            audit::record(conn, now, &actor, Action::CreateToken, &made.name)?;
            Ok((made, secret))
        })
        .await;
    match made {
        Ok((made, secret)) => {
            let campaigns = campaigns_of(&app, &user).await?;
            Ok(shown_once(&app, &user, &campaigns, &made, &secret))
        }
        Err(CreateTokenError::Database(e)) => Err(e.into()),
        Err(CreateTokenError::Refused(refused)) => {
            Ok(token_form::page(&user, &form, &campaigns_of(&app, &user).await?, &refused))
        }
    }
}

/// The form as a token. What cannot be read becomes a value that [`token::create`]
/// refuses, so that it says everything at once.
fn read(user: &HrUser, form: &Fields) -> NewToken {
    let campaign = Some(form.get("campaign")).filter(|id| !id.is_empty());
    NewToken {
        scopes: form.all("scopes").filter_map(Scope::parse).collect(),
        campaign_id: campaign.map(CampaignId::claimed),
        last_day: day_or_refused(form.get("last_day")),
        ..NewToken::new(user.organisation_id.clone(), form.get("name"))
    }
}

async fn campaigns_of(app: &App, user: &HrUser) -> Result<Vec<Campaign>, Error> {
    let organisation = user.organisation_id.clone();
    Ok(app.db.read(move |conn| campaign::store::list(conn, &organisation)).await?)
}

/// POST /hr/tokens/{id}/deletion
pub async fn delete(app: Data<App>, user: HrUser, id: Path<ApiTokenId>) -> Result<HttpResponse, Error> {
    let (organisation, actor, now) = (user.organisation_id.clone(), user.actor(), app.clock.now());
    let ended = app
        .db
        .write(move |conn| {
            let ended = token::delete(conn, &organisation, &id)?;
            if let Some(ended) = &ended {
                audit::record(conn, now, &actor, Action::DeleteToken, &ended.name)?;
            }
            Ok::<_, diesel::result::Error>(ended)
        })
        .await?;
    ended.map(|_| see_other("/hr/tokens?done=deleted")).ok_or(Error::NotFound)
}

fn table(tokens: &[ApiToken], campaigns: &[Campaign], today: NaiveDate) -> Markup {
    let head = ["What it is for", "What it reads", "Made on", "Used last on", "Good until", "What you can do"];
    let day = |day: Option<NaiveDate>, none: &str| day.map_or_else(|| none.to_owned(), super::campaign::day);
    let rows: Vec<Vec<Markup>> = tokens
        .iter()
        .map(|token| {
            let end = Button { label: "End it", look: Look::Link, about: Some(&token.name), ..Button::default() };
            vec![
                html! { (token.name) },
                html! { (said(token, campaigns)) },
                html! { (super::campaign::day(token.created_on)) },
                html! { (day(token.used_on, "never")) },
                html! {
                    (day(token.last_day, "you end it"))
                    @if token.is_over(today) { " (over)" }
                },
                ui::form(&format!("{HERE}/{}/deletion", token.id), ui::button(&end)),
            ]
        })
        .collect();
    ui::data_table("Your organisation’s tokens", &head.map(|text| html! { (text) }), &rows)
}

fn shown_once(
    app: &App,
    user: &HrUser,
    campaigns: &[Campaign],
    made: &ApiToken,
    secret: &Secret<String>,
) -> HttpResponse {
    let title = "Copy the token now";
    let reached: Vec<&Campaign> = campaigns.iter().filter(|campaign| made.reaches(&campaign.id)).collect();
    let body = html! {
        h1 { (title) }
        p { "It is shown this once. Whoever has it can read what it was made for until you end it, or its time is over." }
        p.card { code { (secret.expose()) } }
        @if made.scopes.have(Scope::Releases) { (briefly(&app.settings.public_url, &reached)) }
        p { a href="/api" { "How to have figures in Excel, Power BI and other programs" } }
        p { a href=(HERE) { "Done" } }
    };
    ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body)
}
