//! What every request and every job needs, put together once at start-up.

mod key_file;
pub mod rotation;

use crate::campaign;
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::schema::setting;
use crate::db::{self, Conn, Db};
use crate::queue::Queue;
use crate::response;
use crate::secret::{KeyRing, Keys};
use crate::staff::{Guard, Hasher};
use anyhow::{Context, bail};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::path::Path;
use std::sync::Arc;

/// Whoever comes when so many wait is asked to come again.
const MAX_REPORTS_WAITING: usize = 64;

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
    /// Writes reports, few at a time.
    pub press: Queue,
}

impl App {
    /// Reads (or at the first start makes) the key, opens the database, and
    /// refuses to go on when the two do not belong together or the tables are
    /// not up to date. An empty database is set up.
    pub fn open(settings: Settings, clock: Clock) -> anyhow::Result<App> {
        let db = Db::open(&settings.database)
            .with_context(|| format!("the database {} cannot be used", settings.database))?;
        let is_new = db.write_blocking(|conn| {
            db::alone(conn, STARTING)?;
            anyhow::Ok(db::pending(conn)? == db::known())
        })?;
        let has_key = !is_new && db.read_blocking(fingerprint).is_ok_and(|known| known.is_some());
        let ring = key_file::read_or_make(&settings.key_file, !has_key)?;
        let keys = db.write_blocking(|conn| {
            db::alone(conn, STARTING)?;
            if is_new {
                db::migrate(conn)?;
            }
            match db::pending(conn)? {
                0 => {
                    let keys = claim(conn, &ring)?;
                    complete(conn, &keys)?;
                    Ok(keys)
                }
                n => bail!("{n} migrations have not been run on {}: run candour migrate", settings.database),
            }
        })?;
        Ok(App {
            db,
            keys,
            clock,
            settings: Arc::new(settings),
            guard: Guard::default(),
            hasher: Hasher::default(),
            press: Queue::of_processors(MAX_REPORTS_WAITING),
        })
    }

    /// After a release: nothing is left behind of where and in which order what it
    /// counted lay before. That it fails is no reason to undo the release.
    pub fn tidy_blocking(&self) {
        if let Err(error) = self.db.tidy_blocking("spent_ticket") {
            tracing::warn!(%error, "what a release has counted may still be in the database's log");
        }
    }

    /// [`App::tidy_blocking`], off the async threads.
    pub async fn tidy(&self) {
        let app = self.clone();
        // It says itself what is wrong.
        let _ = tokio::task::spawn_blocking(move || app.tidy_blocking()).await;
    }

    /// Goes over to the sealing key that the database names, if another process has
    /// changed it, out of the key file as it is now.
    pub async fn follow_key(&self) -> anyhow::Result<()> {
        let named = self.db.read(sealing_fingerprint).await?;
        if named == self.keys.sealing_fingerprint() {
            return Ok(());
        }
        let ring = key_file::read_or_make(&self.settings.key_file, false)?;
        if !self.keys.follow(&ring, named.as_deref()) {
            bail!("the sealing key was changed, and the new one is not in {}", self.settings.key_file.display());
        }
        tracing::info!("the sealing key was changed: this process uses the new one now");
        Ok(())
    }
}

/// Gives keys to campaigns from before they had any, seals what they have, and binds
/// into seals what was not bound into them before.
pub fn complete(conn: &mut Conn, keys: &Keys) -> QueryResult<()> {
    let were_without = campaign::keys::complete(conn, keys)?;
    response::seal_plain(conn, keys, &were_without)?;
    response::bind_releases(conn, keys)
}

/// Keeps the keys' fingerprints with a new database, and refuses a key file that does
/// not belong to it.
fn claim(conn: &mut db::Conn, ring: &KeyRing) -> anyhow::Result<Keys> {
    if fingerprint(conn)?.is_none() {
        set(conn, FINGERPRINT, &ring.fingerprint())?;
        if let Some(sealing) = ring.newest() {
            name_sealing_key(conn, &sealing.fingerprint())?;
        }
    }
    Ok(keys_for(conn, ring)?)
}

/// The keys that are in the key file; it is never made.
pub fn read_key_file(file: &Path) -> anyhow::Result<KeyRing> {
    key_file::read_or_make(file, false)
}

/// Why a key file does not belong to a database.
#[derive(Debug, thiserror::Error)]
pub enum WrongKey {
    #[error(
        "this is not the key that the database was made with: codes that are out and people who are signed in would \
         all be refused; name the right one with --key-file"
    )]
    AnotherRoot,
    #[error(
        "the key file does not have the key that interviews are sealed with (candour key rotate changed it): put back \
         the newest copy of the file; without it neither answers nor interviews can be opened"
    )]
    NoSealingKey,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// The keys of the file, to work with on this database, if they are its own.
pub fn keys_for(conn: &mut Conn, ring: &KeyRing) -> Result<Keys, WrongKey> {
    if fingerprint(conn)? != Some(ring.fingerprint()) {
        return Err(WrongKey::AnotherRoot);
    }
    let named = sealing_fingerprint(conn)?;
    ring.keys(named.as_deref()).ok_or(WrongKey::NoSealingKey)
}

/// Of several processes that start at once, one sets the database up.
const STARTING: &str = "starting";
const FINGERPRINT: &str = "key_fingerprint";
const SEALING_FINGERPRINT: &str = "sealing_key_fingerprint";

/// That of the root that the database was made with; none if its tables were made
/// (by `candour migrate`) and it was never used.
fn fingerprint(conn: &mut Conn) -> QueryResult<Option<String>> {
    setting(conn, FINGERPRINT)
}

/// That of the key that interviews are sealed with; none: one derived from the root.
fn sealing_fingerprint(conn: &mut Conn) -> QueryResult<Option<String>> {
    setting(conn, SEALING_FINGERPRINT)
}

fn name_sealing_key(conn: &mut Conn, fingerprint: &str) -> QueryResult<()> {
    set(conn, SEALING_FINGERPRINT, fingerprint)
}

fn setting(conn: &mut Conn, name: &str) -> QueryResult<Option<String>> {
    setting::table.find(name).select(setting::value).first(conn).optional()
}

fn set(conn: &mut Conn, name: &str, value: &str) -> QueryResult<()> {
    if diesel::update(setting::table.find(name)).set(setting::value.eq(value)).execute(conn)? == 0 {
        diesel::insert_into(setting::table).values((setting::name.eq(name), setting::value.eq(value))).execute(conn)?;
    }
    Ok(())
}

/// Interviews are sealed with another key than this process has.
#[derive(Debug, thiserror::Error)]
#[error("{0}: the key was changed; a running service goes over to the new one within seconds, so try again")]
pub struct KeyChanged(pub String);

/// Refuses to go on when interviews are sealed with another key by now: what this
/// process seals, nobody could open. No rotation begins until the transaction ends.
pub fn check_sealing_key(conn: &mut Conn, keys: &Keys) -> QueryResult<()> {
    in_table(conn, "ROW EXCLUSIVE")?;
    if sealing_fingerprint(conn)? == keys.sealing_fingerprint() {
        return Ok(());
    }
    Err(diesel::result::Error::QueryBuilderError(Box::new(KeyChanged("an interview cannot be sealed".to_owned()))))
}

/// Whether these are the keys that the database is sealed with: what does not open
/// with them is damaged.
pub fn has_our_keys(conn: &mut Conn, keys: &Keys) -> QueryResult<bool> {
    let is_our_root = fingerprint(conn)? == Some(keys.fingerprint());
    Ok(is_our_root && sealing_fingerprint(conn)? == keys.sealing_fingerprint())
}

/// Whether an error means that the key was changed under a running process.
pub fn is_key_changed(error: &diesel::result::Error) -> bool {
    matches!(error, diesel::result::Error::QueryBuilderError(inner) if inner.is::<KeyChanged>())
}

/// Waits for all who have written interviews, and lets nobody write any until the
/// transaction ends.
fn only_rotation(conn: &mut Conn) -> QueryResult<()> {
    in_table(conn, "EXCLUSIVE")
}

fn in_table(conn: &mut Conn, mode: &str) -> QueryResult<()> {
    match conn {
        // One writer at a time anyway.
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(postgres) => postgres.batch_execute(&format!("LOCK TABLE interview IN {mode} MODE")),
    }
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
        // What is sealed hangs on a key that can be changed, from the first day on.
        assert_eq!(std::fs::read(&settings.key_file).unwrap().len(), 64);
        let named = Db::open(&settings.database).unwrap().read_blocking(sealing_fingerprint).unwrap();
        assert!(named.is_some());
        std::fs::remove_file(&settings.key_file).unwrap();
        assert!(open().unwrap_err().to_string().contains("is missing"));
        std::fs::write(&settings.key_file, [1; 32]).unwrap();
        assert!(open().unwrap_err().to_string().contains("not the key"));
    }
}
