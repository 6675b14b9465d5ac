//! The committee paper: what is in it and how it looks, tried out on a release and
//! saved as the organisation's template.

use super::paper_form::{self, KEPT_LOGO, SAVE};
use super::release::find;
use super::{campaign::HERE, path};
use crate::app::App;
use crate::audit::{self, Action};
use crate::campaign::Campaign;
use crate::id::CampaignId;
use crate::paper::Paper;
use crate::report::template::Part;
use crate::report::{Format, Template};
use crate::staff::organisation;
use crate::template::{self, Typed, store};
use crate::web::auth::session::see_other;
use crate::web::auth::{HrUser, done, frame};
use crate::web::problems::Problems;
use crate::web::upload::Upload;
use crate::web::{Error, Fields, report, ui};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::ValueEnum;
use diesel::QueryResult;
use maud::html;

/// GET /hr/campaigns/{id}/releases/{number}/paper
pub async fn edit(
    app: Data<App>,
    req: HttpRequest,
    user: HrUser,
    ids: Path<(CampaignId, u32)>,
) -> Result<HttpResponse, Error> {
    let (campaign, paper) = find(&app, &user, ids.into_inner()).await?;
    let form = as_typed(&paper.template, &paper);
    Ok(page(&user, &campaign, &paper, &form, &Problems::default(), Some(&paper.template), req.query_string()))
}

/// POST /hr/campaigns/{id}/releases/{number}/paper: looked at, saved, or taken away as a file
pub async fn update(
    app: Data<App>,
    user: HrUser,
    ids: Path<(CampaignId, u32)>,
    upload: Upload,
) -> Result<HttpResponse, Error> {
    let (campaign, mut paper) = find(&app, &user, ids.into_inner()).await?;
    let typed = typed(&upload, &paper);
    let form = kept(&upload.fields, &typed);
    let known: Vec<String> = paper.breakdowns().into_iter().map(|(code, _)| code).collect();
    let template = match template::read(&typed, Some(&known)) {
        Ok(template) => template,
        Err(refused) => {
            let mut problems = Problems::default();
            refused.iter().for_each(|problem| problems.add(problem.field, &problem.message));
            return Ok(page(&user, &campaign, &paper, &form, &problems, None, ""));
        }
    };
    match upload.fields.get("go") {
        SAVE => save(&app, &user, &campaign, &paper, template).await,
        go => match Format::from_str(go, true) {
            Ok(format) => {
                paper.template = template;
                report::attached(&app, paper, format).await
            }
            Err(_preview) => Ok(page(&user, &campaign, &paper, &form, &Problems::default(), Some(&template), "")),
        },
    }
}

async fn save(
    app: &App,
    user: &HrUser,
    campaign: &Campaign,
    paper: &Paper,
    template: Template,
) -> Result<HttpResponse, Error> {
    let to = path(campaign, &format!("/releases/{}/paper?done=saved", paper.listed.number));
    let (of, actor, now) = (user.organisation_id.clone(), user.actor(), app.clock.now());
    app.db
        .write(move |conn| {
            store::save(conn, &of, &template)?;
            let name = organisation::get(conn, &of)?.map(|one| one.name).unwrap_or_default();
            audit::record(conn, now, &actor, Action::SaveTemplate, &name)?;
            QueryResult::Ok(())
        })
        .await?;
    Ok(see_other(&to))
}

/// All breakdowns ticked are whatever breakdowns there are, in other campaigns too.
fn typed(upload: &Upload, paper: &Paper) -> Typed {
    let fields = &upload.fields;
    let text = |name: &str| fields.get(name).to_owned();
    let all = |name: &str| fields.all(name).map(str::to_owned).collect::<Vec<String>>();
    let breakdowns = all("breakdowns");
    let is_all = paper.breakdowns().iter().all(|(code, _)| breakdowns.contains(code));
    let new = (!upload.file.is_empty()).then(|| upload.file.clone());
    let before = || BASE64.decode(fields.get(KEPT_LOGO)).ok().filter(|bytes| !bytes.is_empty());
    Typed {
        title: text("title"),
        committee: text("committee"),
        date: text("date"),
        parts: Some(all("parts")),
        breakdowns: (!is_all).then_some(breakdowns),
        accent: text("accent"),
        logo_alt: text("logo_alt"),
        logo: if fields.has("without_logo") { None } else { new.or_else(before) },
    }
}

/// What was typed, to be shown again, with the logo that came along.
fn kept(fields: &Fields, typed: &Typed) -> Fields {
    let is_kept = |name: &str| name != KEPT_LOGO && name != "without_logo" && name != "go";
    let mut pairs: Vec<(String, String)> = fields.pairs().iter().filter(|(name, _)| is_kept(name)).cloned().collect();
    let logo = typed.logo.as_deref().filter(|bytes| template::read_logo(bytes).is_ok());
    pairs.extend(logo.map(|bytes| (KEPT_LOGO.to_owned(), BASE64.encode(bytes))));
    Fields::new(pairs)
}

/// The form as somebody would have filled it in who wanted this.
fn as_typed(template: &Template, paper: &Paper) -> Fields {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut pairs = vec![
        pair("title", &text(&template.title)),
        pair("committee", &text(&template.committee)),
        pair("accent", &template.look.accent.to_string()),
    ];
    pairs.extend(template.parts.iter().map(|part: &Part| pair("parts", part.code())));
    let is_chosen = |code: &String| template.breakdowns.as_ref().is_none_or(|chosen| chosen.contains(code));
    pairs.extend(
        paper.breakdowns().iter().filter(|(code, _)| is_chosen(code)).map(|(code, _)| pair("breakdowns", code)),
    );
    if let Some(logo) = &template.look.logo {
        pairs.extend([pair("logo_alt", &logo.alt), pair(KEPT_LOGO, &BASE64.encode(&logo.bytes))]);
    }
    Fields::new(pairs)
}

const HEADING: &str = "What is in the paper, and how it looks";

/// The form, and under it the paper as it would be.
fn page(
    user: &HrUser,
    campaign: &Campaign,
    paper: &Paper,
    form: &Fields,
    problems: &Problems,
    preview: Option<&Template>,
    query: &str,
) -> HttpResponse {
    let release = path(campaign, &format!("/releases/{}", paper.listed.number));
    let title = format!("The paper of {}", paper.title());
    let mut frame = frame(&user.account, &title, HERE);
    (frame.is_wide, frame.has_report, frame.has_errors) = (true, true, !problems.is_empty());
    let saved = "Saved: every paper of your organisation looks like this from now on, the public one too.";
    let body = html! {
        div.noprint {
            (problems.summary())
            (done(query, &[("saved", saved)]))
            p { a href=(release) { (paper.title()) } }
            // The paper below has a heading of its own.
            @if preview.is_some() { h2 { (HEADING) } } @else { h1 { (HEADING) } }
            (paper_form::form(&format!("{release}/paper"), paper, form, problems))
        }
        @if let Some(template) = preview {
            hr.noprint;
            (report::preview(paper, template))
        }
    };
    ui::page_response(problems.status(), &frame, body)
}
