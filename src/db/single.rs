//! SQLite files that are not the installation's database: made at once, or only
//! read. Nothing is left beside them, and no other process looks at them.

use super::Conn;
use diesel::connection::SimpleConnection;
use diesel::result::Error as QueryError;
use diesel::{Connection, SqliteConnection};
use std::path::Path;
use url::Url;

/// Why a file cannot be used; the path stands in what the caller says.
#[derive(Debug, thiserror::Error)]
pub enum SingleError {
    #[error("its path cannot be given to SQLite")]
    Path,
    #[error(transparent)]
    Open(#[from] diesel::ConnectionError),
    #[error(transparent)]
    Query(#[from] QueryError),
}

/// Opens an empty file to be filled. It is worth nothing until it is whole, so its
/// journal is in memory, and whoever makes it sees to it that it reaches the disk.
pub fn fill(file: &Path) -> Result<Conn, SingleError> {
    open(
        file,
        None,
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON;",
    )
}

/// Runs `f` in one transaction on it.
pub fn write<T, E: From<QueryError>>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
    super::in_transaction(conn, "BEGIN", f)
}

/// Opens a file to be read as it lies there, without any that lie beside it.
pub fn read(file: &Path) -> Result<Conn, SingleError> {
    open(
        file,
        Some("mode=ro&immutable=1"),
        "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )
}

/// A database that is gone when it is dropped.
pub fn in_memory() -> Result<Conn, SingleError> {
    Ok(Conn::Sqlite(SqliteConnection::establish(":memory:")?))
}

fn open(file: &Path, query: Option<&str>, settings: &str) -> Result<Conn, SingleError> {
    let file = std::path::absolute(file).map_err(|_none| SingleError::Path)?;
    let mut url = Url::from_file_path(file).map_err(|()| SingleError::Path)?;
    url.set_query(query);
    let mut conn = SqliteConnection::establish(url.as_str())?;
    conn.batch_execute(settings)?;
    Ok(Conn::Sqlite(conn))
}
