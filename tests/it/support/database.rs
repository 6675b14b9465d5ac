//! A database for one test, and what it says about its own tables.

use candour::db::{Backend, Conn, DatabaseUrl, Db};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock};

pub enum Database {
    Sqlite(String),
    Postgres { cluster: String, name: String },
}

impl Database {
    pub fn sqlite(folder: &Path) -> Database {
        Database::Sqlite(folder.join("candour.db").display().to_string())
    }

    /// A copy of a migrated template, which is some twenty times as fast as
    /// running the migrations.
    pub fn postgres() -> Database {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        let cluster = cluster();
        let template = TEMPLATE.get_or_init(|| {
            let empty = Database::empty_postgres();
            Db::open(&empty.url()).unwrap().write_blocking(|conn| anyhow::Ok(candour::db::migrate(conn)?)).unwrap();
            let name = empty.name().to_owned();
            std::mem::forget(empty);
            name
        });
        let name = fresh_name();
        at_cluster(&cluster, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Database::Postgres { cluster, name }
    }

    pub fn empty_postgres() -> Database {
        let (cluster, name) = (cluster(), fresh_name());
        at_cluster(&cluster, &format!("CREATE DATABASE {name}"));
        Database::Postgres { cluster, name }
    }

    pub fn url(&self) -> DatabaseUrl {
        self.text().parse().unwrap()
    }

    pub fn text(&self) -> String {
        match self {
            Database::Sqlite(file) => format!("sqlite:{file}"),
            Database::Postgres { cluster, name } => format!("{cluster}/{name}"),
        }
    }

    fn name(&self) -> &str {
        match self {
            Database::Sqlite(name) | Database::Postgres { name, .. } => name,
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Database::Postgres { cluster, name } = self {
            at_cluster(cluster, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// Where `tests/run` has started PostgreSQL for us.
fn cluster() -> String {
    #[expect(clippy::disallowed_methods, reason = "how tests/run tells the tests, and no setting of the product's")]
    let cluster = std::env::var("CANDOUR_TEST_POSTGRES");
    cluster.expect(
        "CANDOUR_TEST_POSTGRES is not set, so the PostgreSQL half cannot run: use tests/run, which starts a server, \
         or set it to an empty server of your own, such as postgres://postgres@127.0.0.1:5432",
    )
}

fn fresh_name() -> String {
    format!("candour_test_{}", candour::id::random())
}

/// One at a time: a template can be copied only while nobody else looks at it.
fn at_cluster(cluster: &str, statement: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn: MutexGuard<'_, ()> = ONE_AT_A_TIME.lock().unwrap_or_else(|broken| broken.into_inner());
    let mut conn = PgConnection::establish(&format!("{cluster}/postgres"))
        .expect("the server that CANDOUR_TEST_POSTGRES names does not answer");
    diesel::sql_query(statement).execute(&mut conn).unwrap();
}

/// A column as the database itself describes it.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Column {
    #[diesel(sql_type = Text)]
    pub name: String,
    /// In the words of schema.rs: `Text`, `Integer`, ...
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Bool)]
    pub is_nullable: bool,
}

impl Column {
    /// Its value as text, in SQL.
    pub fn as_text(&self, conn: &Conn) -> String {
        let name = format!("\"{}\"", self.name);
        let value = match (self.kind.as_str(), conn) {
            ("Binary", Conn::Sqlite(_)) => format!("hex({name})"),
            _ => format!("cast({name} as text)"),
        };
        format!("coalesce({value}, '-')")
    }
}

/// The tables of a database, without the one that migrations keep for themselves.
pub struct Catalog(pub BTreeMap<String, Vec<Column>>);

impl Catalog {
    pub fn read(db: &Db) -> Catalog {
        db.read_blocking(|conn| {
            let tables: Vec<Name> = diesel::sql_query(match conn {
                Conn::Sqlite(_) => "SELECT name FROM sqlite_master WHERE type = 'table'",
                Conn::Postgres(_) => {
                    "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public'"
                }
            })
            .load(conn)?;
            let mut catalog = BTreeMap::new();
            for Name { name } in tables {
                if !name.starts_with("__diesel") && !name.starts_with("sqlite_") {
                    let columns = columns(conn, &name)?;
                    catalog.insert(name, columns);
                }
            }
            diesel::QueryResult::Ok(Catalog(catalog))
        })
        .unwrap()
    }
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn columns(conn: &mut Conn, table: &str) -> QueryResult<Vec<Column>> {
    let backend = if matches!(conn, Conn::Sqlite(_)) { Backend::Sqlite } else { Backend::Postgres };
    let query = match backend {
        Backend::Sqlite => format!(
            "SELECT name, type AS kind, \"notnull\" = 0 AS is_nullable FROM pragma_table_info('{table}') ORDER BY cid"
        ),
        Backend::Postgres => format!(
            "SELECT column_name::text AS name, data_type::text AS kind, is_nullable = 'YES' AS is_nullable
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'
             ORDER BY ordinal_position"
        ),
    };
    let mut columns: Vec<Column> = diesel::sql_query(query).load(conn)?;
    for column in &mut columns {
        column.kind = match column.kind.to_ascii_lowercase().as_str() {
            "text" => "Text",
            "integer" => "Integer",
            "bigint" => "BigInt",
            "boolean" => "Bool",
            "date" => "Date",
            "timestamp" | "timestamp without time zone" => "Timestamp",
            "blob" | "bytea" => "Binary",
            other => panic!("{table}.{}: the type {other} is not one of those that both databases share", column.name),
        }
        .to_owned();
    }
    Ok(columns)
}
