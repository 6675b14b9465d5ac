//! Queries on the counts of guesses.

use crate::clock::Time;
use crate::db::Conn;
use crate::db::schema::guess;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text, Timestamp};

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Integer)]
    number: i32,
}

/// Counts one more and returns how many there are now. A count that began by `over`
/// begins anew. In one statement, so that of two at once each sees the other.
pub(in crate::staff) fn count(conn: &mut Conn, counter: &str, now: Time, over: Time) -> QueryResult<i64> {
    let counted: Counted = diesel::sql_query(
        "INSERT INTO guess (counter, number, since) VALUES ($1, 1, $2) ON CONFLICT (counter) DO UPDATE SET
             number = CASE WHEN guess.since <= $3 THEN 1 ELSE guess.number + 1 END,
             since = CASE WHEN guess.since <= $3 THEN excluded.since ELSE guess.since END
         RETURNING number",
    )
    .bind::<Text, _>(counter)
    .bind::<Timestamp, _>(now)
    .bind::<Timestamp, _>(over)
    .get_result(conn)?;
    Ok(counted.number.into())
}

pub(in crate::staff) fn give_back(conn: &mut Conn, counter: &str) -> QueryResult<()> {
    diesel::update(guess::table.find(counter).filter(guess::number.gt(0)))
        .set(guess::number.eq(guess::number - 1))
        .execute(conn)
        .map(drop)
}

pub(in crate::staff) fn delete(conn: &mut Conn, counter: &str) -> QueryResult<()> {
    diesel::delete(guess::table.find(counter)).execute(conn).map(drop)
}

pub(in crate::staff) fn delete_begun_by(conn: &mut Conn, over: Time) -> QueryResult<usize> {
    diesel::delete(guess::table.filter(guess::since.le(over))).execute(conn)
}
