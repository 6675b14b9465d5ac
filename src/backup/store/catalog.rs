//! Which tables there are, as the database itself describes them.

use super::value::Kind;
use crate::db::single::{self, SingleError};
use crate::db::{self, Conn, MigrationError};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Integer, Text};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    /// In the order of their names: the order in which they were made differs
    /// between the two databases.
    pub columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub key: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error("{table}.{column} is of the type {kind:?}, which a backup cannot hold")]
    Kind { table: String, column: String, kind: String },
    #[error("the tables {} refer to each other in a circle", .0.join(", "))]
    Circle(Vec<String>),
    #[error(transparent)]
    Migration(#[from] MigrationError),
    #[error(transparent)]
    Single(#[from] SingleError),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// The tables that these migrations make, each after those that it refers to.
pub fn of_migrations(versions: &[String]) -> Result<Vec<Table>, CatalogError> {
    let mut conn = single::in_memory()?;
    db::migrate_to(&mut conn, versions)?;
    let mut waiting: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in names(&mut conn)? {
        let mut refers_to = referred(&mut conn, &name)?;
        refers_to.remove(&name);
        waiting.insert(name, refers_to);
    }
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let ready = waiting.iter().find(|(_, refers_to)| refers_to.iter().all(|name| !waiting.contains_key(name)));
        let Some(name) = ready.map(|(name, _)| name.clone()) else {
            return Err(CatalogError::Circle(waiting.into_keys().collect()));
        };
        waiting.remove(&name);
        ordered.push(table(&mut conn, name)?);
    }
    Ok(ordered)
}

/// What the tables are called and which columns they have, in any database.
pub fn tables_of(conn: &mut Conn) -> QueryResult<BTreeMap<String, BTreeSet<String>>> {
    names(conn)?.into_iter().map(|name| Ok((name.clone(), column_names(conn, &name)?))).collect()
}

/// What `there` lacks of `tables`, or has otherwise; and what it has beside them.
pub fn differences(tables: &[Table], there: &BTreeMap<String, BTreeSet<String>>) -> (Vec<String>, Vec<String>) {
    let mut wrong = Vec::new();
    for table in tables {
        let wanted: BTreeSet<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        let Some(columns) = there.get(&table.name) else {
            wrong.push(format!("there is no table {}", table.name));
            continue;
        };
        wrong.extend(wanted.difference(columns).map(|column| format!("{} has no column {column}", table.name)));
        wrong.extend(columns.difference(&wanted).map(|column| format!("{} has a column {column}", table.name)));
    }
    let known: BTreeSet<&String> = tables.iter().map(|table| &table.name).collect();
    (wrong, there.keys().filter(|name| !known.contains(name)).cloned().collect())
}

/// Those of the tables that are not empty.
pub fn has_rows(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let mut found = Vec::new();
    for name in names(conn)? {
        let rows: Vec<Number> = sql_query(format!("SELECT 1 AS n FROM {} LIMIT 1", quoted(&name))).load(conn)?;
        if rows.iter().any(|row| row.n == 1) {
            found.push(name);
        }
    }
    Ok(found)
}

/// As SQL writes the name of a table or a column.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    n: i32,
}

#[derive(QueryableByName)]
struct Described {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    /// From one; nought: not in the key.
    #[diesel(sql_type = Integer)]
    key: i32,
}

/// Without those that diesel and SQLite keep for themselves.
fn names(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let all: Vec<Name> = sql_query(match conn {
        Conn::Sqlite(_) => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
        Conn::Postgres(_) => {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        }
    })
    .load(conn)?;
    let is_ours = |name: &String| !name.starts_with("__diesel") && !name.starts_with("sqlite_");
    Ok(all.into_iter().map(|row| row.name).filter(is_ours).collect())
}

fn column_names(conn: &mut Conn, table: &str) -> QueryResult<BTreeSet<String>> {
    let query = match conn {
        Conn::Sqlite(_) => "SELECT name FROM pragma_table_info($1)",
        Conn::Postgres(_) => {
            "SELECT column_name::text AS name FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1"
        }
    };
    let all: Vec<Name> = sql_query(query).bind::<Text, _>(table).load(conn)?;
    Ok(all.into_iter().map(|row| row.name).collect())
}

fn table(conn: &mut Conn, name: String) -> Result<Table, CatalogError> {
    let query = "SELECT name, lower(type) AS kind, pk AS key FROM pragma_table_info($1) ORDER BY name";
    let described: Vec<Described> = sql_query(query).bind::<Text, _>(&name).load(conn)?;
    let (mut columns, mut key) = (Vec::new(), BTreeMap::new());
    for Described { name: column, kind, key: position } in described {
        let Some(kind) = Kind::of(&kind) else {
            return Err(CatalogError::Kind { table: name, column, kind });
        };
        let column = Column { name: column, kind };
        if position > 0 {
            key.insert(position, column.clone());
        }
        columns.push(column);
    }
    // A table without a key of its own has all columns for it.
    let key = if key.is_empty() { columns.clone() } else { key.into_values().collect() };
    Ok(Table { name, columns, key })
}

fn referred(conn: &mut Conn, table: &str) -> QueryResult<BTreeSet<String>> {
    let query = "SELECT \"table\" AS name FROM pragma_foreign_key_list($1)";
    let all: Vec<Name> = sql_query(query).bind::<Text, _>(table).load(conn)?;
    Ok(all.into_iter().map(|row| row.name).collect())
}
