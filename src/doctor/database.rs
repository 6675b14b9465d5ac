//! The database: that it is there, is up to date, belongs to the key, and holds what
//! was put in.

use super::{Check, Finding, contents, postgres, store};
use crate::app;
use crate::backup;
use crate::config::Settings;
use crate::db::{self, Conn, Db};

/// What is looked at once there is a connection.
type Look = fn(&mut Conn, &Settings) -> Vec<Finding>;

const LOOKS: [(&str, Look); 5] =
    [("tables", tables), ("layout", layout), ("server", server), ("key", key), ("contents", holdings)];

pub fn examine(settings: &Settings) -> Vec<Check> {
    match open(settings) {
        Err(finding) => vec![Check { of: "database", findings: vec![finding] }],
        Ok(db) => LOOKS.iter().map(|(of, look)| Check { of, findings: one(&db, settings, *look) }).collect(),
    }
}

fn open(settings: &Settings) -> Result<Db, Finding> {
    if let Some(missing) = settings.database.file().filter(|file| !file.exists()) {
        let what = format!("there is no database {}", missing.display());
        return Err(Finding::problem(what, "name yours with --database; candour serve makes a new one"));
    }
    let remedy = "start the database, or name the right one with --database";
    Db::open(&settings.database).map_err(|error| Finding::problem(error.to_string(), remedy))
}

/// Each in a transaction of its own: on PostgreSQL a query that fails ends one.
fn one(db: &Db, settings: &Settings, look: Look) -> Vec<Finding> {
    db.read_blocking(|conn| diesel::QueryResult::Ok(look(conn, settings))).unwrap_or_else(|error| vec![unread(&error)])
}

fn unread(error: &diesel::result::Error) -> Finding {
    Finding::problem(format!("the database cannot be read: {error}"), "mend it, or restore a backup")
}

/// They are those that the migrations of this Candour leave.
fn tables(conn: &mut Conn, _settings: &Settings) -> Vec<Finding> {
    let applied = match db::applied(conn) {
        Ok(applied) => applied,
        Err(error) => return vec![unread(&error)],
    };
    let unknown = db::unknown(&applied);
    if !unknown.is_empty() {
        let what = format!("a newer Candour has changed the tables (migrations {})", unknown.join(", "));
        return vec![Finding::problem(what, "run that one")];
    }
    let missing = db::known().saturating_sub(applied.len());
    if missing > 0 {
        let what = format!("{missing} migrations have not been run");
        return vec![Finding::problem(what, "make a backup, then run candour migrate")];
    }
    match backup::differences(conn, &applied) {
        Err(error) => vec![Finding::problem(error.to_string(), "restore a backup")],
        Ok((wrong, others)) => {
            let wrong = wrong.into_iter().map(|what| {
                Finding::problem(format!("the tables are not as the migrations leave them: {what}"), "undo that")
            });
            let others = others.into_iter().map(|table| {
                Finding::note(format!("the table {table} is not Candour's: backups leave it out"), "keep it elsewhere")
            });
            wrong.chain(others).collect()
        }
    }
}

/// Where the database itself can say whether its files are whole.
fn layout(conn: &mut Conn, _settings: &Settings) -> Vec<Finding> {
    match store::integrity(conn) {
        Ok(wrong) => wrong
            .into_iter()
            .map(|what| Finding::problem(format!("the database is damaged: {what}"), "restore a backup"))
            .collect(),
        Err(error) => vec![unread(&error)],
    }
}

/// How it keeps what it acknowledges, and what it keeps besides.
fn server(conn: &mut Conn, _settings: &Settings) -> Vec<Finding> {
    let found = match conn {
        Conn::Sqlite(_) => store::journal_mode(conn).map(|mode| sqlite(&mode)),
        Conn::Postgres(_) => store::server_settings(conn).map(|settings| postgres::findings(&settings)),
    };
    found.unwrap_or_else(|error| vec![unread(&error)])
}

fn sqlite(journal_mode: &str) -> Vec<Finding> {
    if journal_mode == "wal" {
        return Vec::new();
    }
    let what =
        format!("SQLite's journal mode is {journal_mode} and not wal: readers and the writer wait for each other");
    vec![Finding::problem(what, "keep the database on a local disk: network file systems have no shared memory")]
}

fn key(conn: &mut Conn, settings: &Settings) -> Vec<Finding> {
    let ring = app::read_key_file(&settings.key_file).map_err(|error| format!("{error:#}"));
    match ring.and_then(|ring| app::keys_for(conn, &ring).map_err(|error| error.to_string())) {
        Ok(_) => Vec::new(),
        Err(what) => vec![Finding::problem(what, "put the right file back: nothing that is sealed opens without it")],
    }
}

fn holdings(conn: &mut Conn, settings: &Settings) -> Vec<Finding> {
    let ring = app::read_key_file(&settings.key_file).ok();
    let Some(keys) = ring.and_then(|ring| app::keys_for(conn, &ring).ok()) else {
        return vec![Finding::problem("what is sealed could not be looked at, without the key", "see above")];
    };
    contents(conn, &keys).unwrap_or_else(|error| vec![unread(&error)])
}
