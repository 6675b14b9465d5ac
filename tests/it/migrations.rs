//! The tables come up, go away and come up again, the same on both databases and
//! as `src/db/schema.rs` has them.

use crate::support::{Catalog, Column, Database, TestApp, sources};
use candour::db::{self, Db};
use std::collections::BTreeMap;

fn up_down_and_up(database: &Database) {
    let db = Db::open(&database.url()).unwrap();
    let migrate = || db.write_blocking(|conn| anyhow::Ok(db::migrate(conn)?)).unwrap();
    let pending = || db.write_blocking(|conn| anyhow::Ok(db::pending(conn)?)).unwrap();

    assert_eq!(pending(), db::known());
    assert_eq!(migrate().len(), db::known());
    let first = Catalog::read(&db).0;
    assert_eq!((pending(), migrate().len()), (0, 0));

    db.write_blocking(|conn| anyhow::Ok(db::revert_all(conn)?)).unwrap();
    assert_eq!(Catalog::read(&db).0, BTreeMap::new(), "something was left behind on the way down");

    assert_eq!(migrate().len(), db::known());
    assert_eq!(Catalog::read(&db).0, first);
}

#[test]
fn sqlite_goes_up_down_and_up() {
    let folder = tempfile::tempdir().unwrap();
    up_down_and_up(&Database::sqlite(folder.path()));
}

#[test]
fn postgres_goes_up_down_and_up() {
    up_down_and_up(&Database::empty_postgres());
}

on_both! {
    fn the_schema_is_what_the_migrations_make(app: TestApp) {
        let there = Catalog::read(&app.app.db).0;
        let written = schema(&sources::read("src/db/schema.rs"));
        assert_eq!(written.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
        for (table, columns) in &written {
            assert_eq!(columns, &there[table], "src/db/schema.rs and the database differ about {table}");
        }
    }
}

/// Reads `table (key) { column: Kind, ... }` out of schema.rs.
fn schema(source: &str) -> BTreeMap<String, Vec<Column>> {
    let mut tables = BTreeMap::new();
    let (_, body) = source.split_once("\ntables! {\n").expect("schema.rs has a tables! block");
    let mut table = String::new();
    for line in body.lines().take_while(|line| *line != "}").map(str::trim) {
        if let Some((name, _key)) = line.strip_suffix('{').and_then(|line| line.split_once('(')) {
            table = name.trim().to_owned();
        } else if let Some((name, kind)) = line.strip_suffix(',').and_then(|line| line.split_once(": ")) {
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            let column =
                Column { name: name.to_owned(), kind: inner.unwrap_or(kind).to_owned(), is_nullable: inner.is_some() };
            tables.entry(table.clone()).or_insert_with(Vec::new).push(column);
        }
    }
    tables
}
