//! What earlier versions wrote, brought into the form of today when this one first
//! opens the database; nothing reads it afterwards.

use super::sealing::{self, Kept, Responses, Text};
use super::store;
use crate::campaign;
use crate::db::{self, Conn};
use crate::id::CampaignId;
use crate::secret::{DataKey, Keys};
use diesel::QueryResult;
use serde::de::DeserializeOwned;

/// Seals what these campaigns have from before there were seals. What cannot be read
/// stays as it is, and keeps nobody from starting: doctor says which campaign has it.
pub fn seal_plain(conn: &mut Conn, keys: &Keys, campaigns: &[CampaignId]) -> QueryResult<()> {
    for campaign in campaigns {
        let ours = super::sealed_with(conn, keys, campaign)?;
        reseal(conn, &ours, &Earlier::Plain)?;
    }
    Ok(())
}

/// Binds the release that counted it into the seal of everything that was sealed before
/// that was done: by a new key, so that what the old one sealed opens never again. What
/// does not open stays as it is, and doctor says which campaign has it.
pub fn bind_releases(conn: &mut Conn, keys: &Keys) -> QueryResult<()> {
    for campaign in campaign::keys::with_unbound_responses(conn, keys)? {
        db::alone(conn, campaign.as_str())?;
        // Another process may have done it while this one waited.
        let Some(old) = campaign::keys::unbound_responses(conn, keys, &campaign)? else { continue };
        campaign::keys::renew_responses(conn, keys, &campaign)?;
        let ours = super::sealed_with(conn, keys, &campaign)?;
        reseal(conn, &ours, &Earlier::Unbound(old))?;
    }
    Ok(())
}

/// How it was written.
enum Earlier {
    /// In the clear.
    Plain,
    /// Sealed with this key, wherever it lay.
    Unbound(DataKey),
}

impl Earlier {
    fn read<T: DeserializeOwned>(&self, campaign: &CampaignId, id: &str, row: &[u8]) -> Option<T> {
        match self {
            Earlier::Plain => sealing::read_plain(row),
            Earlier::Unbound(key) => sealing::open_unbound(key, campaign, id, row),
        }
    }
}

fn reseal(conn: &mut Conn, ours: &Responses, earlier: &Earlier) -> QueryResult<()> {
    let campaign = &ours.campaign;
    for row in store::responses(conn, campaign)? {
        if let Some(kept) = earlier.read::<Kept>(campaign, row.id.as_str(), &row.sealed) {
            let sealed = ours.seal(&row.id, row.release, &kept)?;
            store::set_response(conn, campaign, &row.id, &sealed)?;
        }
    }
    for row in store::comments(conn, campaign)? {
        if let Some(text) = earlier.read::<Text>(campaign, row.id.as_str(), &row.sealed) {
            let sealed = sealing::seal_comment(&ours.key, campaign, &row.id, row.release, &text)?;
            store::set_comment(conn, campaign, &row.id, &sealed)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::App;
    use crate::response::{self, Damage, Mode};
    use crate::staff::organisation;
    use crate::staff::tests::app;
    use crate::survey::{self, Answer, Answers, Code};

    /// A campaign of which a release has counted this many, as the version before left it.
    fn as_before(app: &App, people: usize) -> CampaignId {
        let source = survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap().1;
        let now = app.clock.now();
        app.db
            .write_blocking(|conn| {
                let version = survey::store::publish(conn, now, source)?;
                let council = organisation::create(conn, "Milbury")?;
                let new = campaign::NewCampaign::new(council.id, version.hash.clone(), "Leavers");
                let campaign = campaign::open(conn, &app.keys, now, new)?.id;
                let survey = survey::store::load(conn, &version.hash)?.unwrap();
                let answers = Answers::from([(Code::new("comment").unwrap(), Answer::Text("Too far".to_owned()))]);
                response::record_all(conn, &app.keys, &campaign, Mode::Online, &survey, &vec![answers; people])?;
                response::count_in(conn, &app.keys, &campaign, 1)?;
                let ours = response::sealed_with(conn, &app.keys, &campaign)?;
                for row in store::responses(conn, &campaign)? {
                    let kept = ours.open(&row.id, row.release, &row.sealed)?;
                    let before = sealing::seal_unbound(&ours.key, &campaign, row.id.as_str(), &kept)?;
                    store::set_response(conn, &campaign, &row.id, &before)?;
                }
                for row in store::comments(conn, &campaign)? {
                    let text = sealing::open_comment(&ours.key, &campaign, &row.id, row.release, &row.sealed)?;
                    let before = sealing::seal_unbound(&ours.key, &campaign, row.id.as_str(), &text)?;
                    store::set_comment(conn, &campaign, &row.id, &before)?;
                }
                campaign::keys::unbind_responses(conn, &app.keys, &campaign)?;
                anyhow::Ok(campaign)
            })
            .unwrap()
    }

    #[test]
    fn what_was_sealed_without_its_release_is_bound_to_it_at_the_first_start_and_opens_no_other_way() {
        let app = app();
        let campaign = as_before(&app, 6);
        app.db.write_blocking(|conn| bind_releases(conn, &app.keys)).unwrap();
        let old = app.db.read_blocking(|conn| store::responses(conn, &campaign)).unwrap();
        app.db
            .write_blocking(|conn| {
                assert_eq!(response::damage(conn, &app.keys, &campaign)?, Damage::default());
                assert_eq!(response::counted(conn, &app.keys, &campaign)?.len(), 6);
                assert_eq!(response::comments(conn, &app.keys, &campaign)?.len(), 6);
                // Done once: a second start changes nothing.
                bind_releases(conn, &app.keys)?;
                assert!(old == store::responses(conn, &campaign)?);
                QueryResult::Ok(())
            })
            .unwrap();
    }
}
