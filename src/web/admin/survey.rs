//! Surveys: those that are published, and publishing one from a file.

use crate::app::App;
use crate::audit::{self, Action};
use crate::survey::store::{self, PublishError, SurveyVersion};
use crate::survey::{self, Problem, Severity};
use crate::web::Error;
use crate::web::auth::session::see_other;
use crate::web::auth::{AdminUser, done, frame};
use crate::web::problems::Problems;
use crate::web::ui::{self, Button, Field, Look};
use crate::web::upload::Upload;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

const HERE: &str = "/admin/surveys";

/// GET /admin/surveys
pub async fn index(app: Data<App>, req: HttpRequest, user: AdminUser) -> Result<HttpResponse, Error> {
    let versions = app.db.read(store::list).await?;
    let title = "Surveys";
    let published = [("published", "The survey is published: campaigns can be opened on it from now on.")];
    let mut frame = frame(&user.account, title, HERE);
    frame.is_wide = true;
    Ok(ui::page_response(
        StatusCode::OK,
        &frame,
        html! {
            (done(req.query_string(), &published))
            h1 { (title) }
            p { "A survey that is published never changes. Publishing another file with the same code makes a newer version; campaigns that run keep theirs." }
            @if !versions.is_empty() { (table(&versions)) }
            p { a.button href={ (HERE) "/new" } { "Publish a survey file" } }
            (shipped(&versions))
        },
    ))
}

/// GET /admin/surveys/new
pub async fn new(user: AdminUser) -> HttpResponse {
    form_page(&user, "", &[])
}

/// POST /admin/surveys
pub async fn create(app: Data<App>, user: AdminUser, upload: Upload) -> Result<HttpResponse, Error> {
    let pasted = upload.fields.get("source").to_owned();
    let source = match String::from_utf8(upload.file) {
        Ok(file) if file.is_empty() => pasted,
        Ok(file) => file,
        Err(_not_utf8) => return Ok(unreadable_page(&user, &pasted)),
    };
    match publish(&app, &user, source.clone()).await {
        Ok(()) => Ok(see_other("/admin/surveys?done=published")),
        Err(PublishError::Invalid(problems)) => Ok(form_page(&user, &source, &problems)),
        Err(PublishError::Busy) => Err(Error::Unavailable),
        Err(PublishError::Database(e)) => Err(e.into()),
    }
}

/// POST /admin/surveys/shipped/{name}
pub async fn create_shipped(app: Data<App>, user: AdminUser, name: Path<String>) -> Result<HttpResponse, Error> {
    let found = survey::shipped().iter().find(|(shipped, _)| *shipped == name.as_str());
    let (_, source) = found.ok_or(Error::NotFound)?;
    match publish(&app, &user, (*source).to_owned()).await {
        Ok(()) => Ok(see_other("/admin/surveys?done=published")),
        Err(PublishError::Database(e)) => Err(e.into()),
        Err(PublishError::Busy) => Err(Error::Unavailable),
        Err(e @ PublishError::Invalid(_)) => Err(Error::internal(e)),
    }
}

/// GET /admin/surveys/{hash}
pub async fn show(app: Data<App>, user: AdminUser, hash: Path<String>) -> Result<HttpResponse, Error> {
    let wanted = hash.clone();
    let source = app.db.read(move |conn| store::source(conn, &wanted)).await?.ok_or(Error::NotFound)?;
    let title = "A survey’s file";
    let mut frame = frame(&user.account, title, HERE);
    frame.is_wide = true;
    Ok(ui::page_response(
        StatusCode::OK,
        &frame,
        html! {
            p { a href=(HERE) { "All surveys" } }
            h1 { (title) }
            p { "Version " code { (hash) } }
            div.scroll role="region" aria-label="The file" tabindex="0" { pre { (source) } }
        },
    ))
}

async fn publish(app: &App, user: &AdminUser, source: String) -> Result<(), PublishError> {
    let (actor, now) = (user.actor(), app.clock.now());
    app.db
        .write(move |conn| {
            let version = store::publish(conn, now, &source)?;
            audit::record(conn, now, &actor, Action::PublishSurvey, &format!("{} ({})", version.title, version.code))?;
            Ok(())
        })
        .await
}

fn table(versions: &[SurveyVersion]) -> Markup {
    let head = ["Title", "Code", "Version", "Published"].map(|text| html! { (text) });
    let rows: Vec<Vec<Markup>> = versions
        .iter()
        .map(|version| {
            let short = version.hash.get(..12).unwrap_or(&version.hash);
            vec![
                html! { a href={ (HERE) "/" (version.hash) } { (version.title) } },
                html! { code { (version.code) } },
                html! { code { (short) } },
                html! { (version.published_at.date().format("%-d %B %Y")) },
            ]
        })
        .collect();
    ui::data_table("Published surveys", &head, &rows)
}

/// The surveys that come with Candour, those first that are not published.
fn shipped(versions: &[SurveyVersion]) -> Markup {
    let is_published = |source: &str| versions.iter().any(|version| version.hash == survey::hash(source));
    html! {
        h2 { "Surveys that come with Candour" }
        ul.list {
            @for (name, source) in survey::shipped() {
                li {
                    @let title = title_of(name, source);
                    (title) " "
                    @if is_published(source) {
                        span.soft { "(published)" }
                    } @else {
                        (ui::form(&format!("{HERE}/shipped/{name}"), ui::button(&Button {
                            label: "Publish", look: Look::Link, about: Some(&title), ..Button::default()
                        })))
                    }
                }
            }
        }
    }
}

fn title_of(name: &str, source: &str) -> String {
    survey::parse(source).map_or_else(|_problems| name.to_owned(), |checked| checked.survey.title.en)
}

fn unreadable_page(user: &AdminUser, pasted: &str) -> HttpResponse {
    let problem = Problem {
        line: 1,
        column: 1,
        severity: Severity::Error,
        message: "the file is not UTF-8 text".to_owned(),
        hint: "save it as UTF-8, or paste its text below".to_owned(),
    };
    form_page(user, pasted, &[problem])
}

fn form_page(user: &AdminUser, source: &str, found: &[Problem]) -> HttpResponse {
    let title = "Publish a survey file";
    let mut problems = Problems::default();
    for problem in found.iter().filter(|problem| problem.severity == Severity::Error) {
        let hint = if problem.hint.is_empty() { String::new() } else { format!(" ({})", problem.hint) };
        let place = format!("Line {}, column {}", problem.line, problem.column);
        problems.add("source", format!("{place}: {}{hint}", problem.message));
    }
    let mut frame = frame(&user.account, title, HERE);
    (frame.has_errors, frame.is_wide) = (!problems.is_empty(), true);
    let status = problems.status();
    let error = (!problems.is_empty()).then_some("The file has errors: they are listed above");
    ui::page_response(
        status,
        &frame,
        html! {
            (problems.summary())
            h1 { (title) }
            p { "A file in the survey format. Every problem in it is shown with its line, and nothing is published until there is none." }
            form method="post" action=(HERE) enctype="multipart/form-data" novalidate {
                div.field {
                    label for="f-file" { "The file" }
                    input #f-file type="file" name="file" accept=".toml,text/plain";
                }
                (ui::text_area(
                    &Field { name: "source", label: "Or its text", error, ..Field::default() },
                    source,
                    if source.is_empty() { 6 } else { 24 },
                ))
                div.buttons { (ui::button(&Button { label: "Publish", ..Button::default() })) a href=(HERE) { "Cancel" } }
            }
        },
    )
}
