//! Whether what a database holds is what was put in.

use crate::db::Conn;
use crate::release;
use crate::secret::Keys;
use diesel::QueryResult;

/// What is wrong with it, in words; empty: nothing.
pub fn contents(conn: &mut Conn, _keys: &Keys) -> QueryResult<Vec<String>> {
    releases(conn)
}

/// Each campaign's releases are as they were frozen, and the list says so too.
fn releases(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let mut wrong = Vec::new();
    for campaign in release::store::campaigns(conn)? {
        let listed = release::store::list(conn, &campaign)?;
        match release::chain::verified(release::store::bodies(conn, &campaign)?) {
            Err(broken) => wrong.push(format!("campaign {campaign}: {broken}")),
            Ok(chain) => wrong.extend(
                listed
                    .iter()
                    .zip(chain)
                    .filter(|(row, frozen)| row.hash != frozen.hash || row.number != frozen.number)
                    .map(|(row, _)| format!("campaign {campaign}: release {} is listed with another hash", row.number)),
            ),
        }
    }
    Ok(wrong)
}
