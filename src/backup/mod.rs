//! The whole database as one file, and the way back.
//!
//! A backup shows one moment. It is a SQLite file with Candour's own tables,
//! whichever database it was made from, so that it goes back into either. Every
//! table's rows are written anew in the order of their keys, and so nothing comes
//! along of the order in which they came, of what was erased, or of a log. The same
//! rows make the same bytes.
//!
//! Which tables there are comes from the migrations and is compared with the live
//! database; what rows mean is the stages' business. The key file is never in a
//! backup.

mod contents;
mod copy;
mod file;
mod restore;
mod seal;
mod store;
mod write;

pub use restore::{RestoreError, Restored, restore};
pub use store::{CatalogError, integrity};
pub use write::{BackupError, Made, write};

use crate::db::Conn;

/// The layout of the files that this Candour writes; it reads no later one.
pub const FORMAT: i32 = 1;

/// How the tables of a database differ from those that these migrations make, in
/// words; and which it has beside them.
pub fn differences(conn: &mut Conn, versions: &[String]) -> Result<(Vec<String>, Vec<String>), CatalogError> {
    Ok(store::differences(&store::of_migrations(versions)?, &store::tables_of(conn)?))
}

/// How far long work has come, in rows.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub what: &'static str,
    pub done: u64,
    pub total: u64,
}

/// How many rows there are of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    pub table: String,
    pub rows: u64,
}
