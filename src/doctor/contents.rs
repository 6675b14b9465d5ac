//! Whether what a database holds is what was put in: releases are as they were frozen,
//! and all that is sealed opens.

use super::Finding;
use crate::db::Conn;
use crate::id::CampaignId;
use crate::secret::Keys;
use crate::{campaign, interview, release, response};
use diesel::QueryResult;

const RESTORE: &str = "restore a backup from before, to compare; keep this database until you know";

/// What is wrong with it. Errors are of the database itself, and not of what it holds.
pub fn contents(conn: &mut Conn, keys: &Keys) -> QueryResult<Vec<Finding>> {
    let mut wrong = Vec::new();
    for campaign in campaign::store::ids(conn)? {
        let what = [releases(conn, &campaign)?, sealed(conn, keys, &campaign)?].concat();
        wrong.extend(what.into_iter().map(|what| format!("campaign {campaign}: {what}")));
    }
    for id in interview::damaged(conn, keys)? {
        wrong.push(format!("interview {id}: what it holds of the person does not open"));
    }
    Ok(wrong.into_iter().map(|what| Finding::problem(what, RESTORE)).collect())
}

/// They are as they were frozen, the list says so too, and what they counted is there.
fn releases(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<String>> {
    let listed = release::store::list(conn, campaign)?;
    let chain = match release::chain::verified(release::store::bodies(conn, campaign)?) {
        Err(broken) => return Ok(vec![broken.to_string()]),
        Ok(chain) => chain,
    };
    let (mut wrong, mut there) = (Vec::new(), 0);
    for (row, frozen) in listed.iter().zip(chain) {
        if row.hash != frozen.hash || row.number != frozen.number {
            wrong.push(format!("release {} is listed with another hash", row.number));
        }
        there += response::counted_first_in(conn, campaign, frozen.number)?;
        if there != frozen.base {
            wrong.push(format!("release {} counted {} responses, and {there} are there", frozen.number, frozen.base));
        }
    }
    Ok(wrong)
}

/// The campaign's own keys, and what they have sealed.
fn sealed(conn: &mut Conn, keys: &Keys, campaign: &CampaignId) -> QueryResult<Vec<String>> {
    let mut wrong = campaign::keys::damaged(conn, keys, campaign)?;
    if wrong.is_empty() {
        let damage = response::damage(conn, keys, campaign)?;
        let counts = [
            (damage.envelopes, "of what waits for a release"),
            (damage.responses, "responses"),
            (damage.comments, "comments"),
        ];
        let do_not = |(count, what): &(usize, &str)| format!("{count} {what} do not open");
        wrong.extend(counts.iter().filter(|(count, _)| *count > 0).map(do_not));
    }
    Ok(wrong)
}
