//! Uploading the workforce figures of a period: a file or its text, looked at once
//! more where something is odd or would be replaced.

use super::workforce::{path, words};
use super::workforce_form::{self, Odd};
use crate::app::App;
use crate::audit::{self, Action};
use crate::id::WorkforceId;
use crate::sheet;
use crate::web::auth::HrUser;
use crate::web::auth::session::see_other;
use crate::web::problems::Problems;
use crate::web::upload::Upload;
use crate::web::{Error, Fields};
use crate::workforce::store;
use crate::workforce::{self, KeepError, Period, Problem, Workforce};
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::NaiveDate;

/// GET /hr/workforce/new
pub async fn new(user: HrUser) -> HttpResponse {
    workforce_form::page(&user, &Fields::default(), &Problems::default())
}

/// POST /hr/workforce/uploads
pub async fn create(app: Data<App>, user: HrUser, upload: Upload) -> Result<HttpResponse, Error> {
    let pasted = upload.fields.get("list").as_bytes();
    let bytes = if upload.file.is_empty() { pasted } else { upload.file.as_slice() };
    let form = kept(&upload.fields, bytes);
    let mut problems = Problems::default();
    let period = period(&form, app.clock.now().date(), &mut problems);
    let read = match bytes.trim_ascii().is_empty() {
        true => {
            problems.add("file", "Choose a file, or paste its text");
            None
        }
        false => workforce::read(bytes).map_err(|refused| by_line(&refused, &mut problems)).ok(),
    };
    let (Some(period), Some(read)) = (period, read) else {
        return Ok(workforce_form::page(&user, &form, &problems));
    };
    let organisation = user.organisation_id.clone();
    let known = app.db.read(move |conn| store::of_period(conn, &organisation, period)).await?;
    let odd = Odd { period, warnings: read.warnings, known };
    let workforce = Workforce { period, rows: read.rows };
    if !odd.is_empty() && form.get("seen") != odd.seen() {
        return Ok(workforce_form::confirm(&user, &form, &odd, &workforce));
    }
    keep(&app, &user, &form, odd, workforce).await
}

async fn keep(app: &App, user: &HrUser, form: &Fields, odd: Odd, workforce: Workforce) -> Result<HttpResponse, Error> {
    let (organisation, actor, now) = (user.organisation_id.clone(), user.actor(), app.clock.now());
    let (replaces, of) = (odd.known.as_ref().map(|known| known.id.clone()), workforce.clone());
    let kept: Result<WorkforceId, KeepError> = app
        .db
        .write(move |conn| {
            let id = workforce::keep(conn, now, &organisation, &of, replaces.as_ref())?;
            audit::record(conn, now, &actor, Action::UploadWorkforce, &words(of.period))?;
            Ok(id)
        })
        .await;
    match kept {
        Ok(id) => Ok(see_other(&path(&id, "?done=uploaded"))),
        // Somebody else's came in between: they are looked at before they are replaced.
        Err(KeepError::Another(known)) => {
            let odd = Odd { known: Some(*known), ..odd };
            Ok(workforce_form::confirm(user, form, &odd, &workforce))
        }
        Err(e @ KeepError::Meanwhile) => {
            Ok(workforce_form::page(user, form, &Problems::one("from", super::sentence(&e.to_string()))))
        }
        Err(KeepError::Database(e)) => Err(e.into()),
    }
}

/// What was typed, and the file as text: to be shown again.
fn kept(fields: &Fields, bytes: &[u8]) -> Fields {
    let list = ("list".to_owned(), sheet::decode(bytes).into_owned());
    let others = ["from", "to", "seen"].map(|name| (name.to_owned(), fields.get(name).to_owned()));
    Fields::new(others.into_iter().chain([list]).collect())
}

fn period(form: &Fields, today: NaiveDate, problems: &mut Problems) -> Option<Period> {
    let mut day = |name: &str, which: &str| {
        let read = NaiveDate::parse_from_str(form.get(name).trim(), "%Y-%m-%d");
        problems.check(name, read.map_err(|_no_date| format!("Enter the {which} day of the period, as in 2026-03-31")))
    };
    let (from, to) = (day("from", "first"), day("to", "last"));
    problems.check("to", workforce::read_period(from?, to?, today))
}

/// Most problems to list: with more, the file is another one than was meant.
const MANY: usize = 200;

fn by_line(refused: &[Problem], problems: &mut Problems) {
    refused.iter().take(MANY).for_each(|problem| problems.add("list", problem));
    if refused.len() > MANY {
        problems.add("list", format!("And {} more", refused.len() - MANY));
    }
}
