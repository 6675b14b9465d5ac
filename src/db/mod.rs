//! The one door to the database, for SQLite and PostgreSQL alike.
//!
//! [`Db::read`] and [`Db::write`] run one closure in one transaction, off the
//! async threads; the `_blocking` forms are for the command line and for jobs
//! that are already off them. Nothing here knows what the tables mean: queries
//! live in the `store.rs` of the stage that owns the table.

mod connection;
mod migrations;
mod pool;
pub mod schema;
pub mod single;
mod together;

pub use connection::{Backend, Conn, DatabaseUrl, InvalidDatabaseUrl};
pub use migrations::{MigrationError, applied, known, migrate, migrate_to, pending, revert_all, unknown};

use connection::Manager;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::result::Error as QueryError;
use pool::{Pool, Taken};
use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;
use together::Writer;

/// Connections to one database.
///
/// SQLite has one writer, so that writers queue for it instead of failing
/// against each other, and readers beside it (write-ahead logging).
#[derive(Clone, Debug)]
pub struct Db {
    writers: Writers,
    readers: Pool,
}

#[derive(Clone, Debug)]
enum Writers {
    /// Of a SQLite database.
    One(Writer),
    /// Of a PostgreSQL database.
    Many(Pool),
}

/// No connection could be had: the database is away, or all are busy.
#[derive(Debug, thiserror::Error)]
#[error("the database cannot be reached: {0}")]
pub struct Unavailable(String);

impl From<Unavailable> for QueryError {
    fn from(away: Unavailable) -> QueryError {
        QueryError::QueryBuilderError(Box::new(away))
    }
}

impl Db {
    /// Connects, and fails at once with the reason if the database cannot be
    /// reached. A SQLite file that is missing is made, for its owner only.
    pub fn open(url: &DatabaseUrl) -> Result<Db, Unavailable> {
        if let Some(file) = url.file() {
            make_private(file).map_err(|e| Unavailable(format!("{}: {e}", file.display())))?;
        }
        let manager = Manager::new(url.clone());
        manager.check().map_err(|e| Unavailable(e.to_string()))?;
        let pool = |size| Pool::new(&manager, size);
        Ok(match url.backend() {
            Backend::Sqlite => Db { writers: Writers::One(Writer::new(pool(1))), readers: pool(4) },
            Backend::Postgres => {
                let shared = pool(8);
                Db { writers: Writers::Many(shared.clone()), readers: shared }
            }
        })
    }

    /// Runs `f` in a transaction that sees one moment and changes nothing.
    pub async fn read<T, E>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<QueryError> + Send + 'static,
    {
        let db = self.clone();
        blocking(move || db.read_blocking(f)).await
    }

    /// Runs `f` in a transaction that is durable when this returns `Ok`, and
    /// undone when `f` returns an error. On SQLite others may be in the same one.
    pub async fn write<T, E>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<QueryError> + Send + 'static,
    {
        match &self.writers {
            Writers::One(writer) => writer.write(f).await,
            Writers::Many(_) => {
                let db = self.clone();
                blocking(move || db.write_blocking(f)).await
            }
        }
    }

    /// [`Db::read`] on this thread.
    pub fn read_blocking<T, E: From<QueryError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut taken = take(&self.readers)?;
        let begin = match &*taken.connection {
            Conn::Sqlite(_) => "BEGIN",
            Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        in_taken(&mut taken, begin, f)
    }

    /// [`Db::write`] on this thread.
    pub fn write_blocking<T, E: From<QueryError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        match &self.writers {
            // A transaction that reads first and writes later fails at once when
            // another wrote in between, unless it asked for the lock up front.
            Writers::One(writer) => writer.turn()?.use_for(|taken| in_taken(taken, "BEGIN IMMEDIATE", f)),
            Writers::Many(pool) => in_taken(&mut take(pool)?, "BEGIN", f),
        }
    }

    /// Empties SQLite's write-ahead log, which keeps what was erased until it is
    /// written over. Somebody who reads keeps it from being emptied: then the next
    /// time does. PostgreSQL has no such file; what holds there is in `deploy/`.
    pub fn forget_blocking(&self) -> Result<(), QueryError> {
        let Writers::One(writer) = &self.writers else { return Ok(()) };
        writer.turn()?.use_for(|taken| {
            taken.connection.batch_execute(&format!(
                "PRAGMA busy_timeout = {}; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = {};",
                FORGETTING.as_millis(),
                connection::BUSY.as_millis(),
            ))
        })
    }

    /// Takes what was erased from `table` out of its pages, and out of SQLite's log.
    pub fn tidy_blocking(&self, table: &str) -> Result<(), QueryError> {
        match &self.writers {
            // What SQLite erases it overwrites; only its log still has it.
            Writers::One(_) => self.forget_blocking(),
            Writers::Many(pool) => take(pool)?.connection.batch_execute(&format!("VACUUM {table}")),
        }
    }

    /// [`Db::forget_blocking`], off the async threads.
    pub async fn forget(&self) -> Result<(), QueryError> {
        let db = self.clone();
        blocking(move || db.forget_blocking()).await
    }
}

/// Waits for whoever is [`alone`] in `what`, and keeps others from being so until the
/// transaction ends. A lock that leaves nothing in PostgreSQL's tables or its log.
pub fn beside_others(conn: &mut Conn, what: &str) -> Result<(), QueryError> {
    lock(conn, "pg_advisory_xact_lock_shared", what)
}

/// Waits for all who are [`beside_others`] in `what`, and keeps them out until the
/// transaction ends.
pub fn alone(conn: &mut Conn, what: &str) -> Result<(), QueryError> {
    lock(conn, "pg_advisory_xact_lock", what)
}

fn lock(conn: &mut Conn, how: &str, what: &str) -> Result<(), QueryError> {
    use diesel::RunQueryDsl;
    match conn {
        // One writer at a time anyway.
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(c) => diesel::sql_query(format!("SELECT {how}(hashtextextended($1, 0))"))
            .bind::<diesel::sql_types::Text, _>(what)
            .execute(c)
            .map(drop),
    }
}

/// SQLite would make it for everybody to read; its log it makes like the file.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// How long [`Db::forget`] waits for those who read.
const FORGETTING: Duration = Duration::from_millis(100);

/// Whether an error means that the database is away (or has no room), and not that a query is
/// wrong or that a constraint said no.
pub fn is_unavailable(error: &QueryError) -> bool {
    match error {
        QueryError::QueryBuilderError(inner) => inner.is::<Unavailable>(),
        QueryError::DatabaseError(kind, info) => {
            use diesel::result::DatabaseErrorKind::{ClosedConnection, ReadOnlyTransaction, UnableToSendCommand};
            // SQLite and PostgreSQL have no kind of their own for a lock that was not given in time.
            let is_locked = ["database is locked", "lock timeout", "terminating connection"];
            matches!(kind, ClosedConnection | ReadOnlyTransaction | UnableToSendCommand)
                || is_locked.iter().chain(&NO_ROOM).any(|words| info.message().contains(words))
        }
        QueryError::BrokenTransactionManager => true,
        _ => false,
    }
}

/// What SQLite says when its disk is full or gives up, and PostgreSQL when its is full.
const NO_ROOM: [&str; 3] = ["database or disk is full", "disk I/O error", "No space left on device"];

/// Whether an error means that the database is there and can keep nothing more: whoever
/// runs it has to make room.
pub fn is_without_room(error: &QueryError) -> bool {
    match error {
        QueryError::DatabaseError(_, info) => NO_ROOM.iter().any(|words| info.message().contains(words)),
        _ => false,
    }
}

/// Whether an error is a unique constraint's no: for stages to turn into their
/// own outcome, since `MultiConnection` has no `ON CONFLICT`.
pub fn is_unique_violation(error: &QueryError) -> bool {
    matches!(error, QueryError::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _))
}

fn take(pool: &Pool) -> Result<Taken, QueryError> {
    pool.take().map_err(QueryError::from)
}

/// [`in_transaction`], and tells those who come next whether the database was there.
fn in_taken<T, E: From<QueryError>>(
    taken: &mut Taken,
    begin: &str,
    f: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    if let Err(error) = begin_with(&mut taken.connection, begin) {
        if is_unavailable(&error) {
            taken.is_away(&error);
        }
        return Err(error.into());
    }
    taken.is_there();
    finish(&mut taken.connection, f)
}

async fn blocking<T, E>(f: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<QueryError> + Send + 'static,
{
    match tokio::task::spawn_blocking(f).await {
        Ok(result) => result,
        Err(stopped) => Err(E::from(QueryError::QueryBuilderError(Box::new(stopped)))),
    }
}

fn in_transaction<T, E: From<QueryError>>(
    conn: &mut Conn,
    begin: &str,
    f: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    begin_with(conn, begin)?;
    finish(conn, f)
}

fn begin_with(conn: &mut Conn, begin: &str) -> Result<(), QueryError> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, begin),
        Conn::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, begin),
    }
}

/// What `f` comes to in the transaction that has begun.
fn finish<T, E: From<QueryError>>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
    type Manager = <Conn as diesel::Connection>::TransactionManager;
    match f(conn) {
        Ok(value) => {
            Manager::commit_transaction(conn)?;
            Ok(value)
        }
        Err(error) => {
            // What went wrong first is what is to be told. Of a connection that is gone,
            // and where SQLite has undone all by itself (no room), this fails too; it is
            // not used again.
            let _ = Manager::rollback_transaction(conn);
            Err(error)
        }
    }
}
