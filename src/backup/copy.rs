//! Tables copied from one database to another, and counted.

use super::contents::Contents;
use super::store::{self, Batch, Part, Table};
use super::{Progress, Rows};
use crate::db::Conn;
use diesel::QueryResult;

/// Says after every row how far it has come.
pub struct Counter<'a> {
    progress: Progress,
    tell: &'a mut dyn FnMut(Progress),
}

impl<'a> Counter<'a> {
    pub fn new(what: &'static str, total: u64, tell: &'a mut dyn FnMut(Progress)) -> Self {
        Counter { progress: Progress { what, done: 0, total }, tell }
    }

    fn count(&mut self) {
        self.progress.done += 1;
        (self.tell)(self.progress);
    }
}

/// Copies the rows in the order of their keys; says what they were.
pub fn copy(from: &mut Conn, to: &mut Conn, table: &Table, counter: &mut Counter<'_>) -> QueryResult<Part> {
    let (mut contents, mut batch) = (Contents::of(table), Batch::new(table));
    store::each(from, table, |row| {
        contents.add(&row);
        counter.count();
        batch.add(to, row)
    })?;
    batch.flush(to)?;
    Ok(part(table, contents))
}

/// What the rows of a table come to.
pub fn look(conn: &mut Conn, table: &Table, counter: &mut Counter<'_>) -> QueryResult<Part> {
    let mut contents = Contents::of(table);
    store::each(conn, table, |row| {
        contents.add(&row);
        counter.count();
        QueryResult::Ok(())
    })?;
    Ok(part(table, contents))
}

pub fn total(conn: &mut Conn, tables: &[Table]) -> QueryResult<u64> {
    tables.iter().map(|table| store::count(conn, table)).sum()
}

/// How many rows of each table, but for those that have none.
pub fn counted(parts: &[Part]) -> Vec<Rows> {
    let rows = |part: &Part| Rows { table: part.name.clone(), rows: u64::try_from(part.rows).unwrap_or(0) };
    parts.iter().map(rows).filter(|part| part.rows > 0).collect()
}

fn part(table: &Table, contents: Contents) -> Part {
    let rows = i64::try_from(contents.rows()).unwrap_or(i64::MAX);
    Part { name: table.name.clone(), rows, sha256: contents.finish() }
}
