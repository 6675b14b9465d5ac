//! Whether all that lies here opens: a look that changes nothing.

use super::{MOST_AT_ONCE, sealing, store};
use crate::campaign;
use crate::db::Conn;
use crate::id::CampaignId;
use crate::secret::Keys;
use crate::ticket;
use diesel::QueryResult;

/// How many do not open: they are damaged, sealed with another key, or not where they
/// were put, such as in another release.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Damage {
    pub envelopes: usize,
    pub responses: usize,
    pub comments: usize,
}

/// Opens everything of a campaign, some at a time, and keeps nothing of it.
pub fn damage(conn: &mut Conn, keys: &Keys, campaign: &CampaignId) -> QueryResult<Damage> {
    let (intake, ours) = (campaign::keys::intake(conn, keys, campaign)?, super::sealed_with(conn, keys, campaign)?);
    Ok(Damage {
        envelopes: closed(
            |after| ticket::envelopes(conn, campaign, after, MOST_AT_ONCE),
            |row| row.ticket_hash.as_str(),
            |row| sealing::open_envelope(&intake, campaign, &row.ticket_hash, &row.sealed).is_some(),
        )?,
        responses: closed(
            |after| store::responses_after(conn, campaign, after, MOST_AT_ONCE),
            |row| row.id.as_str(),
            |row| ours.open(&row.id, row.release, &row.sealed).is_ok(),
        )?,
        comments: closed(
            |after| store::comments_after(conn, campaign, after, MOST_AT_ONCE),
            |row| row.id.as_str(),
            |row| sealing::open_comment(&ours.key, campaign, &row.id, row.release, &row.sealed).is_ok(),
        )?,
    })
}

/// Counts the rows that do not open, page by page.
fn closed<T>(
    mut page: impl FnMut(&str) -> QueryResult<Vec<T>>,
    key: impl Fn(&T) -> &str,
    opens: impl Fn(&T) -> bool,
) -> QueryResult<usize> {
    let (mut after, mut closed) = (String::new(), 0);
    loop {
        let rows = page(&after)?;
        let Some(last) = rows.last() else { return Ok(closed) };
        key(last).clone_into(&mut after);
        closed += rows.iter().filter(|row| !opens(row)).count();
    }
}
