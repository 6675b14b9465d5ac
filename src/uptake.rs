//! How offers were taken up, put together from what the invitations' side knows:
//! what a release says of uptake.

use crate::campaign::Campaign;
use crate::db::Conn;
use crate::invitation;
use crate::release::UptakeCounts;
use diesel::QueryResult;

/// As of now.
pub fn counts(conn: &mut Conn, campaign: &Campaign) -> QueryResult<UptakeCounts> {
    let counts = invitation::uptake(conn, &campaign.id)?;
    Ok(UptakeCounts { offered: counts.reached(), taken_up: counts.taken_up, ..UptakeCounts::default() })
}
