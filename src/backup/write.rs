//! Making a backup.

use super::copy::{self, Counter};
use super::file::Beside;
use super::store::{self, CatalogError, Meta, Part, Table};
use super::{FORMAT, Progress, Rows, seal};
use crate::app::{self, WrongKey};
use crate::clock::Time;
use crate::db::single::{self, SingleError};
use crate::db::{self, Conn, Db, MigrationError};
use crate::secret::{KeyRing, Keys};
use std::io;
use std::path::{Path, PathBuf};

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub rows: Vec<Rows>,
    /// Tables in the database that are not Candour's.
    pub left_out: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0} is there already: name another file, or say --replace")]
    Exists(PathBuf),
    #[error("{0} cannot be written")]
    Unwritable(PathBuf, #[source] io::Error),
    #[error("the database has no tables: there is nothing to back up")]
    Empty,
    #[error("a newer Candour has set up the database (migrations {}): back it up with that one", .0.join(", "))]
    Newer(Vec<String>),
    #[error("the database is not as its migrations leave it: {}", .0.join("; "))]
    Differs(Vec<String>),
    #[error(transparent)]
    WrongKey(#[from] WrongKey),
    #[error(transparent)]
    Migration(#[from] MigrationError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error("the file cannot be filled: {0}")]
    File(#[from] SingleError),
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// Writes all that `source` holds at one moment to `target`, while others go on
/// using it.
pub fn write(
    source: &Db,
    ring: &KeyRing,
    now: Time,
    target: &Path,
    may_replace: bool,
    tell: &mut dyn FnMut(Progress),
) -> Result<Made, BackupError> {
    if !may_replace && target.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(target.into()));
    }
    let unwritable = |error| BackupError::Unwritable(target.into(), error);
    let beside = Beside::new(target).map_err(unwritable)?;
    let made = source.read_blocking(|from| {
        let versions = versions(from)?;
        let keys = app::keys_for(from, ring)?;
        let tables = store::of_migrations(&versions)?;
        let (wrong, left_out) = store::differences(&tables, &store::tables_of(from)?);
        if !wrong.is_empty() {
            return Err(BackupError::Differs(wrong));
        }
        let mut to = single::fill(beside.path())?;
        db::migrate_to(&mut to, &versions)?;
        store::prepare(&mut to)?;
        let mut counter = Counter::new("Writing", copy::total(from, &tables)?, tell);
        let parts = single::write(&mut to, |to| fill(from, to, &keys, now, &versions, &tables, &mut counter))?;
        Ok(Made { rows: copy::counted(&parts), left_out })
    })?;
    match beside.finish(may_replace) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(BackupError::Exists(target.into())),
        finished => finished.map(|()| made).map_err(unwritable),
    }
}

/// The migrations of a database that this Candour knows its way about in.
fn versions(conn: &mut Conn) -> Result<Vec<String>, BackupError> {
    let versions = db::applied(conn)?;
    let unknown = db::unknown(&versions);
    if versions.is_empty() {
        Err(BackupError::Empty)
    } else if !unknown.is_empty() {
        Err(BackupError::Newer(unknown))
    } else {
        Ok(versions)
    }
}

fn fill(
    from: &mut Conn,
    to: &mut Conn,
    keys: &Keys,
    now: Time,
    versions: &[String],
    tables: &[Table],
    counter: &mut Counter<'_>,
) -> diesel::QueryResult<Vec<Part>> {
    let mut parts = Vec::new();
    for table in tables {
        parts.push(copy::copy(from, to, table, counter)?);
    }
    parts.sort_by(|a, b| a.name.cmp(&b.name));
    let candour = env!("CARGO_PKG_VERSION").to_owned();
    let mut meta = Meta { format: FORMAT, candour, made_at: now.to_string(), seal: String::new() };
    meta.seal = seal::made(keys, &meta, versions, &parts);
    store::write_meta(to, &meta, &parts)?;
    Ok(parts)
}
