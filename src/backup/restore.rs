//! Putting a backup into an empty database: all of it, or nothing.

use super::copy::{self, Counter};
use super::store::{self, CatalogError, Meta, Part, Table};
use super::{FORMAT, Progress, Rows, seal};
use crate::app::{self, WrongKey};
use crate::db::single::{self, SingleError};
use crate::db::{self, Conn, Db, MigrationError};
use crate::doctor::{self, Finding};
use crate::secret::{KeyRing, Keys};
use std::path::{Path, PathBuf};

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The moment that the backup shows, in UTC.
    pub made_at: String,
    pub rows: Vec<Rows>,
    /// Migrations that came after the backup, and were run.
    pub migrated: Vec<String>,
    /// What is wrong with what the backup holds, and was wrong before it was made.
    pub problems: Vec<Finding>,
}

#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("{0} cannot be opened: {1}")]
    Unreadable(PathBuf, String),
    #[error("{0} is not a backup that candour backup has made, or its beginning is damaged")]
    NotABackup(PathBuf),
    #[error("the backup is of a later layout ({0}): restore it with the Candour that made it ({1})")]
    Format(i32, String),
    #[error("a newer Candour has made the backup (migrations {}): restore it with that one", .0.join(", "))]
    Newer(Vec<String>),
    #[error("the backup is damaged: {}", .0.join("; "))]
    Damaged(Vec<String>),
    #[error("the backup is not as it was written: its seal does not fit, so it was changed or is damaged")]
    Seal,
    #[error(transparent)]
    WrongKey(#[from] WrongKey),
    #[error(
        "the backup needs the key file of its own time, which is not this one (candour key rotate changed it): name \
         the copy that you kept with --key-file"
    )]
    KeyOfAnotherTime,
    #[error(
        "the database is not empty (there are rows in {}): name an empty one with --database; what is there is not \
         touched", .0.join(", ")
    )]
    NotEmpty(Vec<String>),
    #[error("the database has tables that are not Candour's ({}): name one that has none", .0.join(", "))]
    NotOurs(Vec<String>),
    #[error("what was written to {0} is not what the backup holds: nothing was restored")]
    NotTheSame(String),
    #[error(
        "the backup is whole, but the database was not in order when it was made; nothing was restored \
         (--despite-problems does): {}", listed(.0)
    )]
    Problems(Vec<Finding>),
    #[error(transparent)]
    Migration(#[from] MigrationError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Restores the backup in `file` to `target`, which has to be empty. Killed at any
/// moment it leaves it empty.
pub fn restore(
    target: &Db,
    ring: &KeyRing,
    file: &Path,
    despite_problems: bool,
    tell: &mut dyn FnMut(Progress),
) -> Result<Restored, RestoreError> {
    let mut backup = Backup::open(file, ring)?;
    backup.check(tell)?;
    let (migrated, problems) = target.write_blocking(|to| {
        make_way(to)?;
        db::migrate_to(to, &backup.versions)?;
        backup.copy_to(to, tell)?;
        let migrated = db::migrate(to)?;
        app::complete(to, &backup.keys)?;
        let problems = doctor::contents(to, &backup.keys)?;
        if !problems.is_empty() && !despite_problems {
            return Err(RestoreError::Problems(problems));
        }
        Ok((migrated, problems))
    })?;
    // What making room has left in SQLite's log.
    target.forget_blocking()?;
    Ok(Restored { made_at: backup.meta.made_at, rows: copy::counted(&backup.parts), migrated, problems })
}

/// A file that says what it is, and that belongs to the key.
struct Backup {
    conn: Conn,
    meta: Meta,
    parts: Vec<Part>,
    versions: Vec<String>,
    tables: Vec<Table>,
    keys: Keys,
}

impl Backup {
    fn open(file: &Path, ring: &KeyRing) -> Result<Backup, RestoreError> {
        let there = std::fs::File::open(file).and_then(|open| open.metadata());
        let there = there.map_err(|e| RestoreError::Unreadable(file.into(), e.to_string()))?.len();
        let not_a_backup = |_: diesel::result::Error| RestoreError::NotABackup(file.into());
        let mut conn = single::read(file).map_err(|error| match error {
            SingleError::Query(error) => not_a_backup(error),
            other => RestoreError::Unreadable(file.into(), other.to_string()),
        })?;
        if !store::is_ours(&mut conn).map_err(not_a_backup)? {
            return Err(RestoreError::NotABackup(file.into()));
        }
        let written = store::length(&mut conn).map_err(unreadable)?;
        if u64::try_from(written).ok() != Some(there) {
            return Err(RestoreError::Damaged(vec![format!("{written} bytes were written, and {there} are there")]));
        }
        let wrong = store::integrity(&mut conn).map_err(unreadable)?;
        if !wrong.is_empty() {
            return Err(RestoreError::Damaged(wrong));
        }
        let (meta, parts) = store::read_meta(&mut conn).map_err(unreadable)?.ok_or(RestoreError::Seal)?;
        if meta.format != FORMAT {
            return Err(RestoreError::Format(meta.format, meta.candour));
        }
        let versions = db::applied(&mut conn).map_err(unreadable)?;
        let unknown = db::unknown(&versions);
        if !unknown.is_empty() {
            return Err(RestoreError::Newer(unknown));
        }
        let keys = app::keys_for(&mut conn, ring).map_err(|error| match error {
            WrongKey::Database(error) => unreadable(error),
            WrongKey::NoSealingKey => RestoreError::KeyOfAnotherTime,
            wrong => wrong.into(),
        })?;
        if !seal::fits(&keys, &meta, &versions, &parts) {
            return Err(RestoreError::Seal);
        }
        let tables = store::of_migrations(&versions)?;
        Ok(Backup { conn, meta, parts, versions, tables, keys })
    }

    /// Makes sure that every table is there and holds what it held.
    fn check(&mut self, tell: &mut dyn FnMut(Progress)) -> Result<(), RestoreError> {
        let mut counter = Counter::new("Checking the backup", self.total(), tell);
        let mut wrong = Vec::new();
        for table in &self.tables {
            match copy::look(&mut self.conn, table, &mut counter) {
                Ok(found) if self.parts.contains(&found) => {}
                Ok(_) => wrong.push(format!("{} does not hold what it held", table.name)),
                Err(error) => wrong.push(format!("{} cannot be read ({error})", table.name)),
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(RestoreError::Damaged(wrong)) }
    }

    /// Writes the rows of every table in the order of their keys, and reads them back.
    fn copy_to(&mut self, to: &mut Conn, tell: &mut dyn FnMut(Progress)) -> Result<(), RestoreError> {
        let total = self.total();
        let mut counter = Counter::new("Restoring", total, tell);
        for table in &self.tables {
            copy::copy(&mut self.conn, to, table, &mut counter)?;
        }
        let mut counter = Counter::new("Checking what was restored", total, tell);
        for table in &self.tables {
            if !self.parts.contains(&copy::look(to, table, &mut counter)?) {
                return Err(RestoreError::NotTheSame(table.name.clone()));
            }
        }
        Ok(())
    }

    fn total(&self) -> u64 {
        self.parts.iter().map(|part| u64::try_from(part.rows).unwrap_or(0)).sum()
    }
}

/// Takes away what an empty database has: tables without rows, perhaps of other
/// migrations than the backup's.
fn make_way(to: &mut Conn) -> Result<(), RestoreError> {
    let full = store::has_rows(to)?;
    if !full.is_empty() {
        return Err(RestoreError::NotEmpty(full));
    }
    db::revert_all(to)?;
    let left: Vec<String> = store::tables_of(to)?.into_keys().collect();
    if left.is_empty() { Ok(()) } else { Err(RestoreError::NotOurs(left)) }
}

fn listed(problems: &[Finding]) -> String {
    problems.iter().map(|found| found.what.as_str()).collect::<Vec<_>>().join("; ")
}

/// What SQLite says of a file that it cannot make sense of.
fn unreadable(error: diesel::result::Error) -> RestoreError {
    RestoreError::Damaged(vec![error.to_string()])
}
