//! A backup tells nothing of the order in which rows came, and keeps nothing that was
//! erased.

use super::installation::{answer, populate};
use super::{Target, backup_of, beside, restore};
use crate::support::{Catalog, TestApp};
use candour::db::{Conn, Db, single};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = Text)]
    key: String,
}

fn number(conn: &mut Conn, query: &str) -> i64 {
    diesel::sql_query(query).get_result::<Number>(conn).unwrap().n
}

on_both! {
    fn a_backup_between_two_responses_keeps_no_order_and_no_log(app: TestApp) {
        let panel = populate(&app);
        let codes = panel.council.codes(&app.app, 2);
        answer(&app, &codes[0]);
        let file = backup_of(&app);
        answer(&app, &codes[1]);
        assert_eq!(beside(&file), Vec::<String>::new());
        let mut conn = single::read(&file).unwrap();
        assert_eq!(number(&mut conn, "SELECT freelist_count AS n FROM pragma_freelist_count"), 0);
        for (table, columns) in Catalog::read(&app.app.db).0 {
            // Where there are row numbers, they count the rows in the order of their key.
            let query = format!("SELECT name AS key FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk");
            let key: Vec<Key> = diesel::sql_query(query).load(&mut conn).unwrap();
            let key: Vec<String> = key.into_iter().map(|row| row.key).collect();
            assert!(!key.is_empty() && !columns.is_empty(), "{table}");
            let query = format!(
                "SELECT count(*) AS n
                 FROM (SELECT rowid AS r, row_number() OVER (ORDER BY {}) AS place FROM \"{table}\") WHERE r <> place",
                key.join(", ")
            );
            match diesel::sql_query(&query).get_result::<Number>(&mut conn) {
                Ok(misplaced) => assert_eq!(misplaced.n, 0, "{table}"),
                Err(without) => assert!(without.to_string().contains("no such column: rowid"), "{table}: {without}"),
            }
        }
    }

    fn what_was_erased_is_not_in_a_backup(app: TestApp) {
        let panel = populate(&app);
        let words = "Erased before the backup was made";
        panel.write(|conn| diesel::sql_query(format!("UPDATE account SET name = '{words}'")).execute(conn));
        panel.write(|conn| diesel::sql_query("UPDATE account SET name = 'Ann'").execute(conn));
        let bytes = std::fs::read(backup_of(&app)).unwrap();
        assert!(!bytes.windows(words.len()).any(|part| part == words.as_bytes()));
        assert!(bytes.windows(3).any(|part| part == b"Ann"));
    }
}

#[test]
fn rows_are_restored_to_postgres_in_the_order_of_their_keys() {
    let app = TestApp::on_sqlite();
    populate(&app);
    let target = Target::postgres();
    restore(&app, &backup_of(&app), &target.db).unwrap();
    let in_order = |db: &Db, order: &str| {
        let query = format!("SELECT id AS key FROM response ORDER BY {order}");
        db.read_blocking(|conn| diesel::sql_query(query).load::<Key>(conn))
            .unwrap()
            .into_iter()
            .map(|row| row.key)
            .collect::<Vec<_>>()
    };
    let lying = in_order(&target.db, "ctid");
    assert_eq!(lying, in_order(&target.db, "campaign_id COLLATE \"C\", id COLLATE \"C\""));
    let one = "SELECT count(DISTINCT xmin::text) AS n FROM response";
    assert_eq!(target.db.read_blocking(|conn| QueryResult::Ok(number(conn, one))).unwrap(), 1);
}
