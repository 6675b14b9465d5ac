//! Backups go from either database into either; what is damaged, changed, not ours or
//! not in order is refused, and nothing half done is left behind.

mod damage;
mod earlier;
pub mod installation;
mod order;
mod round_trip;

use crate::support::{Database, TestApp};
use candour::app;
use candour::backup::{self, BackupError, Made, RestoreError, Restored};
use candour::db::Db;
use candour::secret::KeyRing;
use std::path::{Path, PathBuf};

fn ring(app: &TestApp) -> KeyRing {
    app::read_key_file(&app.app.settings.key_file).unwrap()
}

fn write(app: &TestApp, file: &Path) -> Result<Made, BackupError> {
    backup::write(&app.app.db, &ring(app), app.app.clock.now(), file, false, &mut |_| {})
}

fn restore(app: &TestApp, file: &Path, to: &Db) -> Result<Restored, RestoreError> {
    backup::restore(to, &ring(app), file, false, &mut |_| {})
}

/// A backup of this installation, in its folder.
fn backup_of(app: &TestApp) -> PathBuf {
    let file = app.folder().join("candour.backup");
    write(app, &file).unwrap();
    file
}

/// What lies beside a file with its name in theirs.
fn beside(file: &Path) -> Vec<String> {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let entries = std::fs::read_dir(file.parent().unwrap()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|other| *other != name && other.contains(&name)).collect()
}

/// An empty database of either kind, for as long as it is kept.
struct Target {
    db: Db,
    database: Database,
    _folder: tempfile::TempDir,
}

impl Target {
    fn sqlite() -> Target {
        let folder = tempfile::tempdir().unwrap();
        Target::new(Database::sqlite(folder.path()), folder)
    }

    fn postgres() -> Target {
        Target::new(Database::empty_postgres(), tempfile::tempdir().unwrap())
    }

    fn new(database: Database, folder: tempfile::TempDir) -> Target {
        Target { db: Db::open(&database.url()).unwrap(), database, _folder: folder }
    }
}
