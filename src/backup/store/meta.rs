//! What a backup's file says about itself, in two tables that are in no
//! installation.

use crate::db::Conn;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Integer, Text};

/// "Cndr", by which `file` and SQLite's own tools know whose file it is.
const APPLICATION: i32 = 0x436e_6472;

#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Meta {
    #[diesel(sql_type = Integer)]
    pub format: i32,
    /// The version of the program that made it.
    #[diesel(sql_type = Text)]
    pub candour: String,
    /// The moment that it shows, in UTC.
    #[diesel(sql_type = Text)]
    pub made_at: String,
    /// A keyed hash of all the rest.
    #[diesel(sql_type = Text)]
    pub seal: String,
}

/// What it holds of one table.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Part {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    pub rows: i64,
    #[diesel(sql_type = Text)]
    pub sha256: String,
}

/// Makes a file with tables ready for rows: what making the tables has left behind is
/// gone, and nothing says when that was.
pub fn prepare(conn: &mut Conn) -> QueryResult<()> {
    conn.batch_execute(&format!(
        "UPDATE __diesel_schema_migrations SET run_on = '2000-01-01 00:00:00';
         PRAGMA application_id = {APPLICATION};
         CREATE TABLE backup
             (format INTEGER NOT NULL, candour TEXT NOT NULL, made_at TEXT NOT NULL, seal TEXT NOT NULL);
         CREATE TABLE backup_table (name TEXT NOT NULL PRIMARY KEY, rows INTEGER NOT NULL, sha256 TEXT NOT NULL)
             WITHOUT ROWID;
         VACUUM;"
    ))
}

pub fn write_meta(conn: &mut Conn, meta: &Meta, parts: &[Part]) -> QueryResult<()> {
    sql_query("INSERT INTO backup (format, candour, made_at, seal) VALUES ($1, $2, $3, $4)")
        .bind::<Integer, _>(meta.format)
        .bind::<Text, _>(&meta.candour)
        .bind::<Text, _>(&meta.made_at)
        .bind::<Text, _>(&meta.seal)
        .execute(conn)?;
    for part in parts {
        sql_query("INSERT INTO backup_table (name, rows, sha256) VALUES ($1, $2, $3)")
            .bind::<Text, _>(&part.name)
            .bind::<BigInt, _>(part.rows)
            .bind::<Text, _>(&part.sha256)
            .execute(conn)?;
    }
    Ok(())
}

/// Whether the file says that it is a backup of Candour's.
pub fn is_ours(conn: &mut Conn) -> QueryResult<bool> {
    let found: Vec<Number> = sql_query("SELECT application_id AS n FROM pragma_application_id").load(conn)?;
    Ok(found.iter().any(|row| row.n == APPLICATION))
}

/// None: it says nothing, or twice.
pub fn read_meta(conn: &mut Conn) -> QueryResult<Option<(Meta, Vec<Part>)>> {
    let metas: Vec<Meta> = sql_query("SELECT format, candour, made_at, seal FROM backup").load(conn)?;
    let parts = sql_query("SELECT name, rows, sha256 FROM backup_table ORDER BY name").load(conn)?;
    let [meta] = metas.as_slice() else { return Ok(None) };
    Ok(Some((meta.clone(), parts)))
}

/// How many bytes the file has that SQLite has written.
pub fn length(conn: &mut Conn) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Length {
        #[diesel(sql_type = BigInt)]
        bytes: i64,
    }
    let query = "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size";
    Ok(sql_query(query).get_result::<Length>(conn)?.bytes)
}

/// What SQLite finds wrong with how the file is laid out; PostgreSQL has nothing
/// like it for the asking.
pub fn integrity(conn: &mut Conn) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Text)]
        what: String,
    }
    if let Conn::Postgres(_) = conn {
        return Ok(Vec::new());
    }
    let layout: Vec<Found> = sql_query("SELECT integrity_check AS what FROM pragma_integrity_check").load(conn)?;
    let orphans: Vec<Found> = sql_query(
        "SELECT \"table\" || ' refers to a row of ' || \"parent\" || ' that is not there' AS what
         FROM pragma_foreign_key_check",
    )
    .load(conn)?;
    Ok(layout
        .into_iter()
        .map(|found| found.what)
        .filter(|what| what != "ok")
        .chain(orphans.into_iter().map(|found| found.what))
        .collect())
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = Integer)]
    n: i32,
}
