//! Where a ticket leads: its campaign and the survey that it asks.

use super::Closed;
use crate::campaign::{self, Campaign};
use crate::db::Conn;
use crate::id::CampaignId;
use crate::secret::Keys;
use crate::survey::Survey;
use crate::ticket::{self, Ticket};
use crate::web::Site;
use crate::web::surveys::Surveys;
use chrono::NaiveDate;
use std::sync::Arc;

/// A ticket that can be handed in today, and what for.
#[derive(Debug)]
pub(super) struct Place {
    pub campaign: Campaign,
    pub survey: Arc<Survey>,
    pub ticket: Ticket,
}

/// The place of a ticket that names its campaign, as our own pages do.
pub(super) async fn enter(site: &Site, campaign: CampaignId, ticket: Ticket) -> Result<Place, Closed> {
    let (keys, today, surveys) = known(site);
    site.app.db.read(move |conn| place(conn, &surveys, &keys, today, &campaign, ticket)).await
}

/// The place of a ticket that somebody typed: it says itself which campaign it
/// is for, to whoever holds the key. None given: as long as if there were.
pub(super) async fn find(site: &Site, ticket: Option<Ticket>) -> Result<Place, Closed> {
    let (keys, today, surveys) = known(site);
    let is_real = ticket.is_some();
    let ticket = ticket.unwrap_or_else(|| ticket::mint(&keys, &CampaignId::claimed(""), &[]));
    site.app
        .db
        .read(move |conn| {
            let ids = campaign::store::ids(conn)?;
            let own: Vec<CampaignId> = ids.into_iter().filter(|id| ticket::is_genuine(&keys, id, &ticket)).collect();
            match own.first() {
                Some(id) if is_real => place(conn, &surveys, &keys, today, id, ticket),
                _ => Err(Closed::NotGood),
            }
        })
        .await
}

fn known(site: &Site) -> (Keys, NaiveDate, Arc<Surveys>) {
    (site.app.keys.clone(), site.app.clock.now().date(), site.surveys.clone())
}

fn place(
    conn: &mut Conn,
    surveys: &Surveys,
    keys: &Keys,
    today: NaiveDate,
    id: &CampaignId,
    ticket: Ticket,
) -> Result<Place, Closed> {
    let is_good = ticket::is_genuine(keys, id, &ticket) && !ticket::is_spent(conn, keys, id, &ticket)?;
    let campaign = campaign::store::get(conn, id)?.filter(|campaign| is_good && campaign.takes_responses(today));
    let campaign = campaign.ok_or(Closed::NotGood)?;
    let survey = surveys.get(conn, &campaign.survey_version)?.ok_or(Closed::NotGood)?;
    Ok(Place { campaign, survey, ticket })
}
