//! Migrations: the portable ones and those of one database, in one sequence.

use super::Conn;
use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const COMMON: EmbeddedMigrations = embed_migrations!("migrations/common");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

#[derive(Debug, thiserror::Error)]
#[error("the database's tables could not be brought up to date: {0}")]
pub struct MigrationError(String);

/// Brings the tables up to date; returns the names of what was done.
pub fn migrate(conn: &mut Conn) -> Result<Vec<String>, MigrationError> {
    match conn {
        Conn::Sqlite(c) => names(c.run_pending_migrations(Sequence(SQLITE))),
        Conn::Postgres(c) => names(c.run_pending_migrations(Sequence(POSTGRES))),
    }
}

/// How many migrations have not been run. Diesel makes the table that it keeps
/// them in, if it is not there: so this wants a transaction that may write.
pub fn pending(conn: &mut Conn) -> Result<usize, MigrationError> {
    match conn {
        Conn::Sqlite(c) => c.pending_migrations(Sequence(SQLITE)).map(|m| m.len()),
        Conn::Postgres(c) => c.pending_migrations(Sequence(POSTGRES)).map(|m| m.len()),
    }
    .map_err(|e| MigrationError(e.to_string()))
}

/// The versions of the migrations that have been run, in their order; none where
/// there are no tables. Unlike [`pending`] it changes nothing.
pub fn applied(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let is_there = match conn {
        Conn::Sqlite(_) => "SELECT count(*) AS n FROM sqlite_master WHERE name = '__diesel_schema_migrations'",
        Conn::Postgres(_) => {
            "SELECT count(*) AS n FROM pg_tables
             WHERE schemaname = current_schema() AND tablename = '__diesel_schema_migrations'"
        }
    };
    if sql_query(is_there).get_result::<Count>(conn)?.n == 0 {
        return Ok(Vec::new());
    }
    let versions = sql_query("SELECT CAST(version AS TEXT) AS version FROM __diesel_schema_migrations ORDER BY 1");
    Ok(versions.load::<Version>(conn)?.into_iter().map(|row| row.version).collect())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = Text)]
    version: String,
}

/// Runs the migrations of these versions and no others, on a database that has no
/// tables: as an earlier Candour would have set it up.
pub fn migrate_to(conn: &mut Conn, versions: &[String]) -> Result<(), MigrationError> {
    fn run<DB: Backend>(
        conn: &mut impl MigrationHarness<DB>,
        source: EmbeddedMigrations,
        versions: &[String],
    ) -> diesel::migration::Result<()> {
        for migration in Sequence(source).migrations()? {
            if versions.contains(&migration.name().version().to_string()) {
                conn.run_migration(&*migration)?;
            }
        }
        Ok(())
    }
    // The table that diesel keeps them in is made by the first look.
    pending(conn)?;
    match conn {
        Conn::Sqlite(c) => run(c, SQLITE, versions),
        Conn::Postgres(c) => run(c, POSTGRES, versions),
    }
    .map_err(|e| MigrationError(e.to_string()))
}

/// Those of `versions` that this Candour does not know: a newer one made them.
pub fn unknown(versions: &[String]) -> Vec<String> {
    let migrations = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&Sequence(SQLITE)).unwrap_or_default();
    let known: Vec<String> = migrations.iter().map(|migration| migration.name().version().to_string()).collect();
    versions.iter().filter(|version| !known.contains(version)).cloned().collect()
}

/// How many migrations there are in all: as many as are pending on an empty
/// database.
pub fn known() -> usize {
    let count = |source: &EmbeddedMigrations| {
        MigrationSource::<diesel::sqlite::Sqlite>::migrations(source).map_or(0, |all| all.len())
    };
    count(&COMMON) + count(&SQLITE)
}

/// Takes every table away again, with all that is in it: where a backup is to come
/// in, after it was made sure that nothing is.
pub fn revert_all(conn: &mut Conn) -> Result<Vec<String>, MigrationError> {
    match conn {
        Conn::Sqlite(c) => names(c.revert_all_migrations(Sequence(SQLITE))),
        Conn::Postgres(c) => names(c.revert_all_migrations(Sequence(POSTGRES))),
    }
}

struct Sequence(EmbeddedMigrations);

impl<DB: Backend> MigrationSource<DB> for Sequence {
    fn migrations(&self) -> diesel::migration::Result<Vec<Box<dyn Migration<DB>>>> {
        let mut all = MigrationSource::<DB>::migrations(&COMMON)?;
        all.extend(MigrationSource::<DB>::migrations(&self.0)?);
        all.sort_by_key(|migration| migration.name().version().to_string());
        Ok(all)
    }
}

fn names(
    done: diesel::migration::Result<Vec<diesel::migration::MigrationVersion<'_>>>,
) -> Result<Vec<String>, MigrationError> {
    done.map(|versions| versions.iter().map(ToString::to_string).collect()).map_err(|e| MigrationError(e.to_string()))
}
