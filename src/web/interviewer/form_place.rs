//! A case with all that is asked in it, or why nothing can be entered any more.

use crate::campaign::{self, Campaign};
use crate::db::Conn;
use crate::id::{AccountId, InterviewId};
use crate::interview::{self, Opened, SaveError};
use crate::secret::Keys;
use crate::survey::Survey;
use crate::ticket::{self, Ticket};
use crate::web::{Error, Site};
use std::sync::Arc;

/// A case that its interviewer can enter answers into, and hand in.
#[derive(Debug)]
pub(super) struct Place {
    pub opened: Opened,
    pub campaign: Campaign,
    pub survey: Arc<Survey>,
    pub ticket: Ticket,
}

/// Why the way ends here.
#[derive(Debug)]
pub(super) enum Closed {
    /// Not theirs, or not any more: nobody is told which.
    Gone,
    /// The person has answered online meanwhile.
    Answered,
    /// The campaign takes no more responses.
    Late,
    /// It was changed elsewhere: the version that is there now.
    Stale(u32),
    Failed(Error),
}

impl From<diesel::result::Error> for Closed {
    fn from(error: diesel::result::Error) -> Self {
        Closed::Failed(error.into())
    }
}

/// What looking a case up takes.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub site: Site,
    pub by: AccountId,
    pub id: InterviewId,
}

impl Way {
    pub fn new(site: &Site, by: &AccountId, id: &InterviewId) -> Way {
        Way { site: site.clone(), by: by.clone(), id: id.clone() }
    }

    pub async fn place(&self) -> Result<Place, Closed> {
        let way = self.clone();
        self.site.app.db.read(move |conn| way.find(conn)).await
    }

    /// As they were a moment ago: what is written later looks again.
    pub fn find(&self, conn: &mut Conn) -> Result<Place, Closed> {
        let keys = &self.site.app.keys;
        let opened = interview::open(conn, keys, &self.by, &self.id)?.ok_or(Closed::Gone)?;
        let campaign = campaign::store::get(conn, &opened.case.campaign_id)?.ok_or_else(lost)?;
        let survey = self.site.surveys.get(conn, &campaign.survey_version)?.ok_or_else(lost)?;
        let ticket = genuine(keys, &campaign, &opened)?;
        if ticket::is_spent(conn, keys, &campaign.id, &ticket)? {
            return Err(Closed::Answered);
        }
        if !campaign.takes_responses(self.site.app.clock.now().date()) {
            return Err(Closed::Late);
        }
        Ok(Place { opened, campaign, survey, ticket })
    }

    /// Keeps what `enter` makes of the draft that is there; returns the case with it.
    /// `base_version`: the one that the page was made from; none: it did not say.
    pub async fn save(
        &self,
        base_version: Option<u32>,
        enter: impl FnOnce(&Survey, interview::Draft) -> interview::Draft + Send + 'static,
    ) -> Result<Place, Closed> {
        let way = self.clone();
        let save = move |conn: &mut Conn| {
            let mut place = way.find(conn)?;
            let there = place.opened.case.draft_version;
            let base_version = base_version.ok_or(Closed::Failed(Error::Malformed))?;
            place.opened.draft = enter(&place.survey, place.opened.draft);
            let keys = &way.site.app.keys;
            let saved = interview::save_draft(conn, keys, &way.by, &way.id, base_version, &place.opened.draft);
            place.opened.case.draft_version = saved.map_err(|error| refused(error, there))?;
            Ok(place)
        };
        self.site.app.db.write(save).await
    }

    /// Takes a case away whose person has answered otherwise. False: it was gone.
    pub async fn end(&self) -> Result<bool, Error> {
        let way = self.clone();
        Ok(self.site.app.db.write(move |conn| interview::end(conn, &way.by, &way.id)).await?)
    }
}

/// `there`: the version that the case had when it was looked up.
pub(super) fn refused(error: SaveError, there: u32) -> Closed {
    match error {
        SaveError::Gone => Closed::Gone,
        SaveError::Stale => Closed::Stale(there),
        SaveError::Database(error) => error.into(),
    }
}

fn lost() -> Closed {
    Closed::Failed(Error::internal("a case's campaign, its survey or its right to hand in is gone"))
}

/// The right to hand in that was left with the case.
fn genuine(keys: &Keys, campaign: &Campaign, opened: &Opened) -> Result<Ticket, Closed> {
    let ticket = Ticket::from_bytes(&opened.details.right);
    ticket.filter(|ticket| ticket::is_genuine(keys, &campaign.id, ticket)).ok_or_else(lost)
}
