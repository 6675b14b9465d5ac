//! Migrations: the portable ones and those of one database, in one sequence.

use super::Conn;
use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
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

/// How many migrations there are in all: as many as are pending on an empty
/// database.
pub fn known() -> usize {
    let count = |source: &EmbeddedMigrations| {
        MigrationSource::<diesel::sqlite::Sqlite>::migrations(source).map_or(0, |all| all.len())
    };
    count(&COMMON) + count(&SQLITE)
}

/// Takes every table away again, with all that is in it. For tests of the way
/// down; no command calls it.
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
        Ok(all)
    }
}

fn names(
    done: diesel::migration::Result<Vec<diesel::migration::MigrationVersion<'_>>>,
) -> Result<Vec<String>, MigrationError> {
    done.map(|versions| versions.iter().map(ToString::to_string).collect()).map_err(|e| MigrationError(e.to_string()))
}
