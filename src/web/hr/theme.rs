//! The themes that a campaign's comments can be given.

use super::campaign::HERE;
use super::comment::reading_of;
use super::{campaign_of, path, survey_of};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::Campaign;
use crate::comment::theme::{self, ThemeError};
use crate::comment::{Reading, Theme};
use crate::db::Conn;
use crate::id::CampaignId;
use crate::survey::Survey;
use crate::web::auth::session::see_other;
use crate::web::auth::{CommentReader, done, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Input, Look};
use crate::web::{Error, Fields};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

const DONE: [(&str, &str); 3] = [
    ("added", "The theme is there. Comments that were read before do not have it: look at them again if it fits some."),
    ("renamed", "Saved."),
    ("retired", "The theme is retired. Reports that are out keep it; later ones leave it out."),
];

/// GET /hr/campaigns/{id}/themes
pub async fn index(
    app: Data<App>,
    req: HttpRequest,
    user: CommentReader,
    id: Path<CampaignId>,
) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user.0, id.into_inner()).await?;
    page(&app, &user, &campaign, &Fields::default(), &Problems::default(), req.query_string()).await
}

/// POST /hr/campaigns/{id}/themes
pub async fn create(
    app: Data<App>,
    user: CommentReader,
    id: Path<CampaignId>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let campaign = campaign_of(&app, &user.0, id.into_inner()).await?;
    let label = form.get("label").to_owned();
    let added =
        change(&app, &user, &campaign, move |conn, campaign, survey| theme::add(conn, campaign, survey, &label)).await;
    answer(&app, &user, &campaign, &form, "label", added, "added").await
}

/// POST /hr/campaigns/{id}/themes/{theme}: calls it something else
pub async fn update(
    app: Data<App>,
    user: CommentReader,
    ids: Path<(CampaignId, String)>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let (id, code) = ids.into_inner();
    let campaign = campaign_of(&app, &user.0, id).await?;
    let field = field_of(&code);
    let label = form.get(&field).to_owned();
    let renamed = change(&app, &user, &campaign, move |conn, campaign, survey| {
        theme::rename(conn, campaign, survey, &code, &label)
    })
    .await;
    answer(&app, &user, &campaign, &form, &field, renamed, "renamed").await
}

/// POST /hr/campaigns/{id}/themes/{theme}/retirement
pub async fn retire(
    app: Data<App>,
    user: CommentReader,
    ids: Path<(CampaignId, String)>,
    form: Fields,
) -> Result<HttpResponse, Error> {
    let (id, code) = ids.into_inner();
    let campaign = campaign_of(&app, &user.0, id).await?;
    let field = field_of(&code);
    let retired =
        change(&app, &user, &campaign, move |conn, campaign, survey| theme::retire(conn, campaign, survey, &code))
            .await;
    answer(&app, &user, &campaign, &form, &field, retired, "retired").await
}

async fn change(
    app: &App,
    user: &CommentReader,
    campaign: &Campaign,
    change: impl FnOnce(&mut Conn, &Campaign, &Survey) -> Result<String, ThemeError> + Send + 'static,
) -> Result<(), ThemeError> {
    let (actor, now, of) = (user.0.actor(), app.clock.now(), campaign.clone());
    let survey = survey_of(app, campaign).await.map_err(|_gone| diesel::result::Error::NotFound)?;
    app.db
        .write(move |conn| {
            let label = change(conn, &of, &survey)?;
            Ok(audit::record(conn, now, &actor, Action::ChangeThemes, &format!("{}: {label}", of.name))?)
        })
        .await
}

async fn answer(
    app: &App,
    user: &CommentReader,
    campaign: &Campaign,
    form: &Fields,
    field: &str,
    changed: Result<(), ThemeError>,
    done: &str,
) -> Result<HttpResponse, Error> {
    match changed {
        Ok(()) => Ok(see_other(&path(campaign, &format!("/themes?done={done}")))),
        Err(ThemeError::Unknown) => Err(Error::NotFound),
        Err(ThemeError::Database(e)) => Err(e.into()),
        Err(e @ (ThemeError::NoLabel | ThemeError::TooLong | ThemeError::Taken | ThemeError::TooMany)) => {
            page(app, user, campaign, form, &Problems::one(field, e), "").await
        }
    }
}

async fn page(
    app: &App,
    user: &CommentReader,
    campaign: &Campaign,
    form: &Fields,
    problems: &Problems,
    query: &str,
) -> Result<HttpResponse, Error> {
    let reading = reading_of(app, campaign).await?;
    let (of, survey) = (campaign.id.clone(), reading.survey.clone());
    let themes = app.db.read(move |conn| theme::list(conn, &of, &survey)).await?;
    let title = "Themes";
    let mut frame = frame(&user.0.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let body = html! {
        (problems.summary())
        (done(query, &DONE))
        p { a href=(path(campaign, "/comments")) { "In their own words" } }
        h1 { (title) }
        p { "What a comment can be about. They begin as the reasons that the survey offers; change them to what people write." }
        @for theme in themes.iter().filter(|theme| !theme.is_retired) { (one(campaign, &reading, theme, form, problems)) }
        (add(campaign, form, problems))
        (retired(&themes))
    };
    Ok(ui::page_response(problems.status(), &frame, body))
}

/// In how many comments it is now, for whoever reads them.
fn one(campaign: &Campaign, reading: &Reading, theme: &Theme, form: &Fields, problems: &Problems) -> Markup {
    let reviews = reading.topics.iter().flat_map(|topic| &topic.comments).filter_map(|one| one.review.as_ref());
    let comments = reviews.filter(|review| review.themes.contains(&theme.code)).count();
    let (name, here) = (field_of(theme.code.as_str()), path(campaign, &format!("/themes/{}", theme.code)));
    let value = if form.has(&name) { form.get(&name) } else { &theme.label };
    let hint = format!("In {comments} comments so far.");
    let field =
        Field { name: &name, label: &theme.label, hint: Some(&hint), error: problems.on(&name), ..Field::default() };
    let button = |label, look| ui::button(&Button { label, look, about: Some(&theme.label), ..Button::default() });
    html! {
        div.card {
            (ui::form(&here, html! {
                (ui::text_input(&field, &Input { value, autocomplete: Some("off"), ..Input::default() }))
                (button("Rename", Look::Secondary))
            }))
            (ui::form(&format!("{here}/retirement"), button("Retire", Look::Link)))
        }
    }
}

fn add(campaign: &Campaign, form: &Fields, problems: &Problems) -> Markup {
    let field = Field { name: "label", label: "Name", error: problems.on("label"), ..Field::default() };
    html! {
        h2 { "Add a theme" }
        (ui::form(&path(campaign, "/themes"), html! {
            (ui::text_input(&field, &Input { value: form.get("label"), autocomplete: Some("off"), ..Input::default() }))
            (ui::button(&Button { label: "Add it", ..Button::default() }))
        }))
    }
}

fn retired(themes: &[Theme]) -> Markup {
    let retired: Vec<&Theme> = themes.iter().filter(|theme| theme.is_retired).collect();
    html! {
        @if !retired.is_empty() {
            h2 { "Retired" }
            ul { @for theme in retired { li { (theme.label) } } }
        }
    }
}

fn field_of(code: &str) -> String {
    format!("label-{code}")
}
