//! Which database, and how to make a connection to it.

use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// The two databases that Candour runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// `sqlite:FILE` or `postgres://...`; anything else is refused here and not
/// taken for a file name later. May hold a password, so it does not print it.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    backend: Backend,
    location: String,
}

#[derive(Debug, thiserror::Error)]
#[error("the database is not given as sqlite:FILE or postgres://USER@HOST/NAME")]
pub struct InvalidDatabaseUrl;

impl DatabaseUrl {
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The SQLite file; none for PostgreSQL.
    pub fn file(&self) -> Option<&std::path::Path> {
        (self.backend == Backend::Sqlite).then(|| std::path::Path::new(&self.location))
    }
}

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.to_ascii_lowercase();
        if lower.starts_with("postgres://") || lower.starts_with("postgresql://") {
            return Ok(DatabaseUrl { backend: Backend::Postgres, location: text.to_owned() });
        }
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.trim_start_matches("//").is_empty() => {
                let path = path.strip_prefix("//").unwrap_or(path);
                Ok(DatabaseUrl { backend: Backend::Sqlite, location: path.to_owned() })
            }
            // Not repeated: libpq's other forms hold passwords too.
            _ => Err(InvalidDatabaseUrl),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.backend {
            Backend::Sqlite => write!(f, "sqlite:{}", self.location),
            Backend::Postgres => write!(f, "postgres://{}", place(&self.location)),
        }
    }
}

/// Host and database of a PostgreSQL URL. A password stands before the @ (and may
/// have a ? in it), or among the parameters (and may have an @ in it).
fn place(url: &str) -> &str {
    let (front, parameters) = url.split_once('?').unwrap_or((url, ""));
    match front.rsplit_once('@') {
        Some((_, place)) => place,
        None if parameters.contains('@') => "",
        None => front.split_once("://").map_or(front, |(_, place)| place),
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// How long SQLite waits for a lock.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// Makes connections of the variant that the URL names. Diesel's own manager
/// would try each variant in turn, and take a mistyped URL for a SQLite file.
#[derive(Clone, Debug)]
pub(super) struct Manager {
    url: DatabaseUrl,
}

impl Manager {
    pub(super) fn new(url: DatabaseUrl) -> Self {
        Manager { url }
    }

    pub(super) fn check(&self) -> Result<(), diesel::r2d2::Error> {
        r2d2::ManageConnection::connect(self).map(drop)
    }
}

/// What libpq is told where the URL does not say it itself. A standby is no database of
/// ours, whoever led us to it: a proxy does not know at once which server is the primary. So
/// it is refused when connecting, and tried again. And a server that is not there any more is
/// given up before the operating system does, which takes a quarter of an hour and more.
const WANTED: [(&str, &str); 6] = [
    ("target_session_attrs", "read-write"),
    ("connect_timeout", "5"),
    ("keepalives_idle", "15"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "20000"),
];

fn as_wanted(url: &str) -> String {
    // As libpq reads it: a password may have a ? in it.
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = match rest.find(['@', '/']) {
        Some(at) => rest.split_at(at).1.trim_start_matches('@'),
        None => rest,
    };
    let query = place.split_once('?').map(|(_, query)| query);
    let named = |name: &str| query.unwrap_or_default().split('&').any(|pair| pair.split('=').next() == Some(name));
    let (mut wanted, mut mark) = (url.to_owned(), if query.is_some() { '&' } else { '?' });
    for (name, value) in WANTED {
        if !named(name) {
            wanted.push_str(&format!("{mark}{name}={value}"));
            mark = '&';
        }
    }
    wanted
}

impl fmt::Debug for Conn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Conn::Postgres(_) => "Conn::Postgres",
            Conn::Sqlite(_) => "Conn::Sqlite",
        })
    }
}

impl r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        let connect = || -> Result<Conn, ConnectionError> {
            Ok(match self.url.backend {
                Backend::Postgres => Conn::Postgres(PgConnection::establish(&as_wanted(&self.url.location))?),
                Backend::Sqlite => Conn::Sqlite(SqliteConnection::establish(&self.url.location)?),
            })
        };
        let mut conn = connect().map_err(diesel::r2d2::Error::ConnectionError)?;
        conn.batch_execute(&match self.url.backend {
            // busy_timeout first: switching to WAL needs a lock itself.
            // secure_delete: what is erased is overwritten, not only unlinked.
            Backend::Sqlite => format!(
                "PRAGMA busy_timeout = {}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                 PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
                BUSY.as_millis()
            ),
            Backend::Postgres => "SET TIME ZONE 'UTC'; SET lock_timeout = '10s';".to_owned(),
        })
        .map_err(diesel::r2d2::Error::QueryError)?;
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || diesel::r2d2::R2D2Connection::is_broken(conn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_takes_no_writes_or_has_vanished_is_given_up_whatever_the_address_looks_like() {
        let patience =
            "connect_timeout=5&keepalives_idle=15&keepalives_interval=5&keepalives_count=3&tcp_user_timeout=20000";
        for (url, mark) in [("postgres://db/c", '?'), ("postgres://u:h?s@db/c", '?'), ("postgres://db/c?user=u@x", '&')]
        {
            assert_eq!(as_wanted(url), format!("{url}{mark}target_session_attrs=read-write&{patience}"));
        }
        let own = "postgres://u@a,b/c?target_session_attrs=any&connect_timeout=2";
        assert_eq!(as_wanted(own), format!("{own}&{}", patience.replace("connect_timeout=5&", "")));
    }

    #[test]
    fn a_password_in_an_address_does_not_print() {
        for url in
            ["postgres://u:hush@db/c", "postgresql://db/c?user=u&password=hush", "postgres://u:a@db/c?password=@hush"]
        {
            let url: DatabaseUrl = url.parse().unwrap();
            assert_eq!(format!("{url} {url:?}"), "postgres://db/c DatabaseUrl(postgres://db/c)");
        }
        let url: DatabaseUrl = "postgres://u:hu?sh@db/c".parse().unwrap();
        assert!(!url.to_string().contains("hu"), "{url}");
        for wrong in ["host=db password=hush", "mysql://u:hush/c"] {
            let refused = wrong.parse::<DatabaseUrl>().unwrap_err();
            assert!(!format!("{refused} {refused:?}").contains("hush"), "{refused}");
        }
    }
}
