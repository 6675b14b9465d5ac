//! What a database says about itself: queries, nothing else.

use crate::db::Conn;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use std::collections::BTreeMap;

pub(super) use crate::backup::integrity;

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    value: String,
}

/// PostgreSQL's settings as they are for us; some it shows to its superuser only.
pub(super) fn server_settings(conn: &mut Conn) -> QueryResult<BTreeMap<String, String>> {
    let all: Vec<Setting> =
        sql_query("SELECT name::text AS name, coalesce(setting, '')::text AS value FROM pg_settings").load(conn)?;
    Ok(all.into_iter().map(|row| (row.name, row.value)).collect())
}

pub(super) fn journal_mode(conn: &mut Conn) -> QueryResult<String> {
    let query = "SELECT 'journal_mode' AS name, journal_mode AS value FROM pragma_journal_mode";
    Ok(sql_query(query).get_result::<Setting>(conn)?.value)
}
