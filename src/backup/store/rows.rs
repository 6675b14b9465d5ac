//! The rows of one table, read one after another in the order of its key, and put
//! in many at a time.

use super::catalog::{Column, Table, quoted};
use super::value::{Kind, Row, Value};
use crate::db::Conn;
use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::query_builder::BoxedSqlQuery;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Nullable, Text, Timestamp};

/// Values for one statement: PostgreSQL takes 65,535, SQLite 32,766.
const VALUES: usize = 8_000;
/// What waits for one statement, in bytes: rows can be long.
const BYTES: usize = 4 << 20;

/// Calls `f` with every row, its values in the order of [`Table::columns`]. Rows are
/// never together in memory, and both databases give them in the same order.
pub fn each<E: From<diesel::result::Error>>(
    conn: &mut Conn,
    table: &Table,
    mut f: impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let in_order = |column: &Column| match (&*conn, column.kind) {
        // Not as people of some country sort words: byte by byte, as SQLite does.
        (Conn::Postgres(_), Kind::Text) => format!("{} COLLATE \"C\"", quoted(&column.name)),
        _ => quoted(&column.name),
    };
    let order: Vec<String> = table.key.iter().map(in_order).collect();
    let query = format!("SELECT {} FROM {} ORDER BY {}", listed(table), quoted(&table.name), order.join(", "));
    match conn {
        Conn::Sqlite(c) => sql_query(query).load_iter::<Row, DefaultLoadingMode>(c)?.try_for_each(|row| f(row?)),
        Conn::Postgres(c) => sql_query(query).load_iter::<Row, PgRowByRowLoadingMode>(c)?.try_for_each(|row| f(row?)),
    }
}

pub fn count(conn: &mut Conn, table: &Table) -> QueryResult<u64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let query = format!("SELECT count(*) AS n FROM {}", quoted(&table.name));
    Ok(u64::try_from(sql_query(query).get_result::<Count>(conn)?.n).unwrap_or(0))
}

/// Rows on their way into a table, in the order in which they are added.
pub struct Batch<'a> {
    table: &'a Table,
    rows: Vec<Row>,
    bytes: usize,
}

impl<'a> Batch<'a> {
    pub fn new(table: &'a Table) -> Self {
        Batch { table, rows: Vec::new(), bytes: 0 }
    }

    pub fn add(&mut self, conn: &mut Conn, row: Row) -> QueryResult<()> {
        self.bytes += row.0.iter().map(size).sum::<usize>();
        self.rows.push(row);
        let is_full = (self.rows.len() + 1) * self.table.columns.len() > VALUES || self.bytes > BYTES;
        if is_full { self.flush(conn) } else { Ok(()) }
    }

    /// Puts in what is left.
    pub fn flush(&mut self, conn: &mut Conn) -> QueryResult<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let mut query = sql_query(statement(conn, self.table, rows.len())).into_boxed();
        for row in rows {
            for (column, value) in self.table.columns.iter().zip(row.0) {
                query = bind(query, self.table, column, value)?;
            }
        }
        query.execute(conn).map(drop)
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Integer(_) => 8,
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
    }
}

fn listed(table: &Table) -> String {
    table.columns.iter().map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
}

fn statement(conn: &Conn, table: &Table, rows: usize) -> String {
    let width = table.columns.len();
    let place = |number: usize| match conn {
        Conn::Postgres(_) => format!("${number}"),
        // A place with a name, as $1 is one to it, SQLite looks for among all before it.
        Conn::Sqlite(_) => "?".to_owned(),
    };
    let row = |at: usize| {
        let places: Vec<String> = (1..=width).map(|n| place(at * width + n)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("INSERT INTO {} ({}) VALUES {}", quoted(&table.name), listed(table), rows.join(", "))
}

type Insert = BoxedSqlQuery<'static, <Conn as Connection>::Backend, diesel::query_builder::SqlQuery>;

/// Typed as the column is, so that each database writes it as diesel would.
fn bind(query: Insert, table: &Table, column: &Column, value: Value) -> QueryResult<Insert> {
    let is_null = value == Value::Null;
    /// None: the value is not of the column's type.
    fn given<T>(is_null: bool, read: Option<T>) -> Option<Option<T>> {
        (is_null || read.is_some()).then_some(read)
    }
    let bound = match column.kind {
        Kind::Text => given(is_null, value.text()).map(|v| query.bind::<Nullable<Text>, _>(v)),
        Kind::Integer => given(is_null, value.integer()).map(|v| query.bind::<Nullable<Integer>, _>(v)),
        Kind::Bool => given(is_null, value.claim()).map(|v| query.bind::<Nullable<Bool>, _>(v)),
        Kind::Date => given(is_null, value.day()).map(|v| query.bind::<Nullable<Date>, _>(v)),
        Kind::Timestamp => given(is_null, value.moment()).map(|v| query.bind::<Nullable<Timestamp>, _>(v)),
        Kind::Binary => given(is_null, value.bytes()).map(|v| query.bind::<Nullable<Binary>, _>(v)),
    };
    bound.ok_or_else(|| {
        let what = format!("a value in {}.{} is not of the column's type", table.name, column.name);
        diesel::result::Error::SerializationError(what.into())
    })
}
