//! Opening a campaign: first the survey, then how it is asked.

use super::campaign::HERE;
use super::campaign_fields;
use super::mode_fields::{self, Serving};
use super::policy_fields;
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::{
    self, DEFAULT_CONTACT_DAYS, DEFAULT_MIN_BASE, DEFAULT_OFFER_DAYS, DEFAULT_REMINDER_DAYS, DEFAULT_REMINDER_LIMIT,
    NewCampaign, OpenError,
};
use crate::survey::{self, Code, Lang, Survey, SurveyVersion};
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Choice, Field};
use crate::web::{Error, Fields};
use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use chrono::NaiveDate;
use maud::html;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Chosen {
    survey_version: Option<String>,
}

/// GET /hr/campaigns/new, and with ?survey_version=HASH the rest of the form
pub async fn new(app: Data<App>, user: HrUser, chosen: Query<Chosen>) -> Result<HttpResponse, Error> {
    let Some(hash) = chosen.into_inner().survey_version else {
        return survey_page(&app, &user, &Problems::default()).await;
    };
    match load(&app, &hash).await? {
        Some(survey) => {
            let (form, serving) = (defaults(&hash, &survey), mode_fields::serving(&app, &user).await?);
            Ok(page(&user, &survey, &form, &Problems::default(), serving))
        }
        None => survey_page(&app, &user, &Problems::one("survey_version", "Choose a survey")).await,
    }
}

/// POST /hr/campaigns
pub async fn create(app: Data<App>, user: HrUser, form: Fields) -> Result<HttpResponse, Error> {
    let Some(survey) = load(&app, form.get("survey_version")).await? else {
        return survey_page(&app, &user, &Problems::one("survey_version", "Choose a survey")).await;
    };
    let (new, keys, actor, now) = (read(&user, &form), app.keys.clone(), user.actor(), app.clock.now());
    let opened = app
        .db
        .write(move |conn| {
            let opened = campaign::open(conn, &keys, now, new)?;
            audit::record(conn, now, &actor, Action::OpenCampaign, &opened.name)?;
            Ok(opened)
        })
        .await;
    match opened {
        Ok(opened) => Ok(see_other(&super::path(&opened, "?done=opened"))),
        Err(OpenError::Refused(refused)) => {
            Ok(page(&user, &survey, &form, &in_form(&form, &refused), mode_fields::serving(&app, &user).await?))
        }
        Err(OpenError::Database(e)) => Err(e.into()),
    }
}

async fn load(app: &App, hash: &str) -> Result<Option<Survey>, Error> {
    let hash = hash.to_owned();
    Ok(app.db.read(move |conn| survey::store::load(conn, &hash)).await?)
}

/// The form as a campaign. What cannot be read becomes a value that
/// [`campaign::open`] refuses, so that it says everything at once.
fn read(user: &HrUser, form: &Fields) -> NewCampaign {
    let min_base = match form.get("min_base") {
        "own" => form.get("min_base_own"),
        given => given,
    };
    let closes_on = (form.get("closing") == "date").then(|| date(form.get("closes_on")).unwrap_or(NaiveDate::MIN));
    NewCampaign {
        min_base: number(min_base).unwrap_or(0),
        closes_on,
        reminder_days: number(form.get("reminder_days")).unwrap_or(0),
        reminder_limit: number(form.get("reminder_limit")).unwrap_or(u32::MAX),
        breakdowns: form.all("breakdowns").filter_map(|code| Code::new(code).ok()).collect(),
        crossings: policy_fields::read_crossings(form),
        is_strict: policy_fields::is_strict(form),
        modes: mode_fields::read(form),
        post: Some(form.get("post").to_owned()),
        offer_days: number(form.get("offer_days")).unwrap_or(0),
        contact_days: number(form.get("contact_days")).unwrap_or(0),
        ..NewCampaign::new(user.organisation_id.clone(), form.get("survey_version"), form.get("name"))
    }
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()
}

fn in_form(form: &Fields, refused: &[campaign::Problem]) -> Problems {
    let mut problems = Problems::default();
    for problem in refused {
        match problem.field() {
            "min_base" if form.get("min_base") == "own" => problems.add("min_base_own", problem),
            "closes_on" if date(form.get("closes_on")).is_none() => {
                problems.add("closes_on", "Enter the last day, or choose that it has none");
            }
            _ => problems.add(mode_fields::in_form(problem), problem),
        }
    }
    problems
}

fn defaults(hash: &str, survey: &Survey) -> Fields {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let mut pairs = vec![
        pair("survey_version", hash.to_owned()),
        pair("min_base", DEFAULT_MIN_BASE.to_string()),
        pair("closing", "rolling".to_owned()),
        pair("reminder_days", DEFAULT_REMINDER_DAYS.to_string()),
        pair("reminder_limit", DEFAULT_REMINDER_LIMIT.to_string()),
        pair("mode_online", "1".to_owned()),
        pair("offer_days", DEFAULT_OFFER_DAYS.to_string()),
        pair("contact_days", DEFAULT_CONTACT_DAYS.to_string()),
    ];
    pairs.extend(survey.breakdowns().map(|question| pair("breakdowns", question.code.to_string())));
    Fields::new(pairs)
}

/// The newest version of each survey to choose from.
async fn survey_page(app: &App, user: &HrUser, problems: &Problems) -> Result<HttpResponse, Error> {
    let mut versions: Vec<SurveyVersion> = app.db.read(survey::store::list).await?;
    versions.dedup_by(|later, first| later.code == first.code);
    let title = "Which survey do you want to ask?";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let field = Field {
        name: "survey_version",
        label: title,
        error: problems.on("survey_version"),
        is_heading: true,
        ..Field::default()
    };
    let choices: Vec<Choice> = versions
        .iter()
        .map(|version| Choice { value: &version.hash, label: &version.title, ..Choice::default() })
        .collect();
    let body = html! {
        (problems.summary())
        @if versions.is_empty() {
            h1 { (title) }
            p { "No survey is published yet. An administrator publishes one: several come with Candour." }
            p { a href=(HERE) { "Back" } }
        } @else {
            form method="get" action={ (HERE) "/new" } {
                (ui::radios(&field, &choices))
                div.buttons {
                    (ui::button(&Button { label: "Continue", ..Button::default() }))
                    a href=(HERE) { "Cancel" }
                }
            }
        }
    };
    Ok(ui::page_response(status, &frame, body))
}

fn page(user: &HrUser, survey: &Survey, form: &Fields, problems: &Problems, serving: Serving) -> HttpResponse {
    let title = "Open a campaign";
    let mut frame = frame(&user.account, title, HERE);
    frame.has_errors = !problems.is_empty();
    let status = problems.status();
    let body = html! {
        (problems.summary())
        h1 { (title) }
        p {
            "Survey: " strong { (survey.title.get(Lang::En)) } " – "
            a href={ (HERE) "/new" } { "choose another" }
        }
        (ui::form(HERE, html! {
            (ui::hidden("survey_version", form.get("survey_version")))
            (campaign_fields::all(survey, form, problems, serving))
            div.buttons {
                (ui::button(&Button { label: "Open the campaign", ..Button::default() }))
                a href=(HERE) { "Cancel" }
            }
        }))
    };
    ui::page_response(status, &frame, body)
}
