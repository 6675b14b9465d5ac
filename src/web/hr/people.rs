//! Whom to ask: a file, a pasted list, or one person by hand.

use super::{campaign::HERE, open_campaign_of, path, people_form};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::Campaign;
use crate::id::CampaignId;
use crate::invitation::people::{self, Field, Person, RowProblem};
use crate::invitation::{self, Elsewhere, Invited};
use crate::sheet;
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, frame};
use crate::web::problems::Problems;
use crate::web::upload::Upload;
use crate::web::{Error, Fields, ui};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use maud::{Markup, html};

/// GET /hr/campaigns/{id}/people/new
pub async fn new(app: Data<App>, user: HrUser, id: Path<CampaignId>) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    Ok(people_form::page(&user, &campaign, &Fields::default(), &Problems::default()))
}

/// POST /hr/campaigns/{id}/people: one by hand
pub async fn create(app: Data<App>, user: HrUser, id: Path<CampaignId>, form: Fields) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    match Person::read(form.get("name"), form.get("email"), form.get("leaving_on")) {
        Ok(person) => add(&app, &user, &campaign, vec![person]).await,
        Err(refused) => {
            let mut problems = Problems::default();
            refused.iter().for_each(|problem| problems.add(field_name(problem.field), &problem.message));
            Ok(people_form::page(&user, &campaign, &form, &problems))
        }
    }
}

/// POST /hr/campaigns/{id}/people/uploads: a file, or its text
pub async fn create_many(
    app: Data<App>,
    user: HrUser,
    id: Path<CampaignId>,
    upload: Upload,
) -> Result<HttpResponse, Error> {
    let campaign = open_campaign_of(&app, &user, id.into_inner()).await?;
    let pasted = upload.fields.get("list").as_bytes();
    let bytes = if upload.file.is_empty() { pasted } else { upload.file.as_slice() };
    if bytes.trim_ascii().is_empty() {
        let problems = Problems::one("file", "Choose a file, or paste its text");
        return Ok(people_form::page(&user, &campaign, &Fields::default(), &problems));
    }
    match people::parse_csv(bytes) {
        Ok(people) => add(&app, &user, &campaign, people).await,
        Err(refused) => {
            let kept = Fields::new(vec![("list".to_owned(), sheet::decode(bytes).into_owned())]);
            Ok(people_form::page(&user, &campaign, &kept, &by_line(&refused)))
        }
    }
}

async fn add(app: &App, user: &HrUser, campaign: &Campaign, people: Vec<Person>) -> Result<HttpResponse, Error> {
    let (to, actor, now) = (campaign.clone(), user.actor(), app.clock.now());
    let (invited, elsewhere) = app
        .db
        .write(move |conn| {
            let elsewhere = invitation::elsewhere(conn, now.date(), &to, &people)?;
            let invited = invitation::invite(conn, &to, people)?;
            if invited.new > 0 {
                audit::record(conn, now, &actor, Action::AddPeople, &format!("{} ({})", to.name, invited.new))?;
            }
            Ok::<_, diesel::result::Error>((invited, elsewhere))
        })
        .await?;
    Ok(match invited.already.is_empty() && elsewhere.is_empty() {
        true => see_other(&path(campaign, "?done=added")),
        false => already_page(user, campaign, &invited, &elsewhere),
    })
}

/// Most lines to list: with more, the file is another one than was meant.
const MANY: usize = 200;

fn by_line(refused: &[RowProblem]) -> Problems {
    let mut problems = Problems::default();
    refused.iter().take(MANY).for_each(|problem| problems.add("list", problem));
    if refused.len() > MANY {
        problems.add("list", format!("And {} more lines", refused.len() - MANY));
    }
    problems
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::Email => "email",
        Field::LeavingOn => "leaving_on",
    }
}

fn already_page(user: &HrUser, campaign: &Campaign, invited: &Invited, elsewhere: &[Elsewhere]) -> HttpResponse {
    let title = match invited.already.is_empty() {
        true => "Some are on another list too",
        false => "Some were on the list already",
    };
    let body = html! {
        h1 { (title) }
        p {
            "Added: " strong { (invited.new) } "."
            @if !invited.already.is_empty() {
                " Nothing changed for these " (invited.already.len())
                ", who were on the list before or stood in the file twice:"
            }
        }
        @if !invited.already.is_empty() { ul { @for person in &invited.already { li { (person.name) } } } }
        @if !elsewhere.is_empty() { (twice(elsewhere)) }
        p { a.button href=(path(campaign, "")) { "Go on" } }
    };
    ui::page_response(StatusCode::OK, &frame(&user.account, title, HERE), body)
}

/// Of two campaigns over nearly the same people, each by itself gives nothing away.
fn twice(elsewhere: &[Elsewhere]) -> Markup {
    html! {
        p { "Of those whom you named, these are on the list of another open campaign as well:" }
        ul { @for other in elsewhere { li { (other.campaign) ": " (other.people) } } }
        p {
            "The figures of each campaign are protected by themselves. Whoever compares the releases of two campaigns that ask "
            "nearly the same people could tell what the few answered who are in one only. Ask each person in one campaign, or "
            "publish the figures of one of the two."
        }
    }
}
