//! What interviewers do: the cases offered to them and theirs, the interview
//! itself, and reading back what was written down. An interviewer sees who a case
//! is about only once they have taken it, and nothing of it once it is closed.
//!
//! A case that is another's, closed, or that never was gets one and the same
//! answer. No address and no title of a page has anything of a person in it.

pub mod calendar;
pub mod case;
pub mod conflict;
mod conflict_page;
mod contact;
mod draft;
pub mod form;
mod form_closed;
mod form_page;
mod form_place;
pub mod hand_in;
mod hand_in_page;
mod ics;
pub mod list;
mod opening;
pub mod passing;
pub mod plan;
mod plan_form;
pub mod read_back;
mod read_back_page;
mod sheet;
mod sheet_condition;
mod sheet_question;
#[cfg(test)]
mod tests;

use super::auth::InterviewerUser;
use super::{Error, Site};
use crate::app::App;
use crate::campaign::{self, Campaign};
use crate::id::{CampaignId, InterviewId};
use crate::interview::{self, Opened, Plan, TakeError};
use crate::staff::organisation;
use crate::survey::{Lang, Survey};
use chrono::{NaiveDate, TimeDelta};
use std::sync::Arc;

/// The entry of the navigation that these pages belong to.
const HERE: &str = "/interviews";

/// A page of a case: `/interviews/{id}{rest}`.
fn path(id: &InterviewId, rest: &str) -> String {
    format!("{HERE}/{id}{rest}")
}

/// The case, if the user has taken it.
async fn opened(app: &App, user: &InterviewerUser, id: &InterviewId) -> Result<Opened, Error> {
    let (keys, by, id) = (app.keys.clone(), user.account.id.clone(), id.clone());
    let found = app.db.read(move |conn| interview::open(conn, &keys, &by, &id)).await?;
    found.ok_or(Error::InterviewGone)
}

/// What a case is about, but for the person.
struct Setting {
    campaign: Campaign,
    organisation: String,
    survey: Arc<Survey>,
}

async fn setting(site: &Site, id: &CampaignId) -> Result<Setting, Error> {
    let (surveys, id) = (site.surveys.clone(), id.clone());
    let found = site
        .app
        .db
        .read(move |conn| {
            let Some(campaign) = campaign::store::get(conn, &id)? else { return Ok(None) };
            let organisation = organisation::get(conn, &campaign.organisation_id)?;
            let survey = surveys.get(conn, &campaign.survey_version)?;
            Ok::<_, diesel::result::Error>(organisation.zip(survey).map(|(organisation, survey)| Setting {
                campaign,
                organisation: organisation.name,
                survey,
            }))
        })
        .await?;
    found.ok_or_else(|| Error::internal("a case's campaign, its organisation or its survey is gone"))
}

impl From<TakeError> for Error {
    fn from(error: TakeError) -> Self {
        match error {
            TakeError::Gone => Error::InterviewGone,
            TakeError::Database(e) => e.into(),
        }
    }
}

fn day(date: NaiveDate) -> String {
    Lang::En.date(date)
}

/// Tuesday 8 September 2026, 14:30 to 15:30.
fn when(plan: &Plan) -> String {
    let end = plan.at.checked_add_signed(TimeDelta::minutes(plan.minutes.into())).unwrap_or(plan.at);
    let (weekday, date) = (plan.at.format("%A"), day(plan.at.date()));
    format!("{weekday} {date}, {} to {}", plan.at.format("%H:%M"), end.format("%H:%M"))
}

/// How far off a day is, in words.
fn until(today: NaiveDate, due: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        n if n > 1 => format!("in {n} days"),
        -1 => "yesterday".to_owned(),
        n => format!("{} days ago", -n),
    }
}
