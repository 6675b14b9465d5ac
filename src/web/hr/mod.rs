//! What HR does: campaigns, whom to ask, what goes out to them, and releases.
//! HR sees how many were asked and how many took the offer up, and published
//! figures; never who, never an answer, never how many answers wait. What people wrote in
//! their own words is seen by those who were given the right to read it.

pub mod annex;
mod annex_page;
pub mod campaign;
mod campaign_fields;
pub mod campaign_form;
mod campaign_page;
pub mod closure;
pub mod comment;
pub mod interviewer;
mod interviewer_page;
mod interviews_part;
pub mod letter;
mod letter_words;
pub mod min_base;
pub mod mode;
mod mode_fields;
mod outreach_part;
pub mod paper;
mod paper_form;
pub mod people;
mod people_form;
mod policy_fields;
pub mod preview;
mod preview_page;
pub mod release;
pub mod review;
mod review_form;
mod review_page;
pub mod sending;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod token;
mod token_form;
pub mod workforce;
mod workforce_form;
mod workforce_page;
pub mod workforce_upload;

use super::Error;
use super::auth::HrUser;
use crate::app::App;
use crate::campaign::{Campaign, store};
use crate::id::CampaignId;
use crate::survey::{self, Survey};

/// The user's organisation's campaign of this id. Another organisation's is as
/// unknown as one that never was.
async fn campaign_of(app: &App, user: &HrUser, id: CampaignId) -> Result<Campaign, Error> {
    let organisation = user.organisation_id.clone();
    app.db.read(move |conn| store::find(conn, &organisation, &id)).await?.ok_or(Error::NotFound)
}

/// [`campaign_of`], if people can still be asked in it.
async fn open_campaign_of(app: &App, user: &HrUser, id: CampaignId) -> Result<Campaign, Error> {
    let campaign = campaign_of(app, user, id).await?;
    campaign.takes_invitations(app.clock.now().date()).then_some(campaign).ok_or(Error::NotFound)
}

async fn survey_of(app: &App, campaign: &Campaign) -> Result<Survey, Error> {
    let hash = campaign.survey_version.clone();
    let found = app.db.read(move |conn| survey::store::load(conn, &hash)).await?;
    found.ok_or_else(|| Error::internal("a campaign's survey version is gone"))
}

/// A page of a campaign: `/hr/campaigns/{id}{rest}`.
fn path(campaign: &Campaign, rest: &str) -> String {
    format!("/hr/campaigns/{}{rest}", campaign.id)
}

/// With a capital letter, as on a page.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
