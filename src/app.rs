//! What every request and every job needs, put together once at start-up.

use crate::clock::Clock;
use crate::config::Settings;
use crate::db::schema::setting;
use crate::db::{self, Db};
use crate::secret::{self, Keys, Purpose};
use crate::staff::{Guard, Hasher};
use anyhow::{Context, bail};
use diesel::prelude::*;
use std::path::Path;
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct App {
    pub db: Db,
    pub keys: Keys,
    pub clock: Clock,
    pub settings: Arc<Settings>,
    /// Counts guesses at passwords.
    pub guard: Guard,
    /// Hashes passwords, few at a time.
    pub hasher: Hasher,
}

impl App {
    /// Reads (or at the first start makes) the key, opens the database, and
    /// refuses to go on when the two do not belong together or the tables are
    /// not up to date. An empty database is set up.
    pub fn open(settings: Settings, clock: Clock) -> anyhow::Result<App> {
        let db = Db::open(&settings.database)
            .with_context(|| format!("the database {} cannot be used", settings.database))?;
        let is_new = db.write_blocking(|conn| anyhow::Ok(db::pending(conn)? == db::known()))?;
        let has_key = !is_new && db.read_blocking(fingerprint).is_ok_and(|known| known.is_some());
        let keys = key_at(&settings.key_file, !has_key)?;
        db.write_blocking(|conn| {
            if is_new {
                db::migrate(conn)?;
            }
            match db::pending(conn)? {
                0 => claim(conn, &keys),
                n => bail!("{n} migrations have not been run on {}: run candour migrate", settings.database),
            }
        })?;
        Ok(App { db, keys, clock, settings: Arc::new(settings), guard: Guard::default(), hasher: Hasher::default() })
    }
}

fn key_at(file: &Path, may_be_made: bool) -> anyhow::Result<Keys> {
    match std::fs::read(file) {
        Ok(bytes) => {
            let key = <[u8; 32]>::try_from(bytes)
                .ok()
                .with_context(|| format!("{} is not a key: a key is 32 bytes", file.display()))?;
            Ok(Keys::new(key))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && may_be_made => {
            let key: [u8; 32] = secret::random_bytes();
            write_private(file, &key).with_context(|| format!("the key {} cannot be written", file.display()))?;
            Ok(Keys::new(key))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => bail!(
            "the key {} is missing, and the database was made with one: put it back from where you keep it \
             (without it no invitation that is out can be taken up)",
            file.display()
        ),
        Err(e) => Err(e).with_context(|| format!("the key {} cannot be read", file.display())),
    }
}

/// Readable by the owner only, from the first byte on, and never over another.
fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file)?;
    out.write_all(bytes)?;
    out.sync_all()
}

/// Keeps the key's fingerprint with a new database; refuses another key later.
fn claim(conn: &mut db::Conn, keys: &Keys) -> anyhow::Result<()> {
    let ours = keys.hash(Purpose::Fingerprint, &[]);
    match fingerprint(conn)? {
        Some(known) if known == ours => Ok(()),
        Some(_) => bail!(
            "this is not the key that the database was made with: codes that are out and people who are signed in \
             would all be refused; name the right one with --key-file"
        ),
        None => {
            diesel::insert_into(setting::table)
                .values((setting::name.eq(FINGERPRINT), setting::value.eq(ours)))
                .execute(conn)?;
            Ok(())
        }
    }
}

const FINGERPRINT: &str = "key_fingerprint";

/// That of the key that the database was made with; none if its tables were made
/// (by `candour migrate`) and it was never used.
fn fingerprint(conn: &mut db::Conn) -> diesel::QueryResult<Option<String>> {
    setting::table.find(FINGERPRINT).select(setting::value).first(conn).optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_was_only_migrated_gets_its_key_and_one_that_was_used_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            database: format!("sqlite:{}", folder.path().join("candour.db").display()).parse().unwrap(),
            key_file: folder.path().join("candour.key"),
            ..Settings::default()
        };
        let open = || App::open(settings.clone(), Clock::system()).map(drop);
        Db::open(&settings.database).unwrap().write_blocking(|conn| anyhow::Ok(db::migrate(conn)?)).unwrap();
        open().unwrap();
        open().unwrap();
        std::fs::remove_file(&settings.key_file).unwrap();
        assert!(open().unwrap_err().to_string().contains("is missing"));
        std::fs::write(&settings.key_file, [1; 32]).unwrap();
        assert!(open().unwrap_err().to_string().contains("not the key"));
    }
}
