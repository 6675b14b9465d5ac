//! One value of any column, the same whichever database it comes from.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::pg::{Pg, PgValue};
use diesel::row::{Field, NamedRow, Row as UnnamedRow};
use diesel::sql_types::{BigInt, Binary, Bool, Date, Integer, Text, Timestamp};
use diesel::sqlite::{Sqlite, SqliteType, SqliteValue};

/// The types of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Bool,
    Date,
    Timestamp,
    Binary,
}

impl Kind {
    /// By the name that the migrations give it.
    pub(super) fn of(name: &str) -> Option<Kind> {
        Some(match name {
            "text" => Kind::Text,
            "integer" => Kind::Integer,
            "boolean" => Kind::Bool,
            "date" => Kind::Date,
            "timestamp" => Kind::Timestamp,
            "blob" => Kind::Binary,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    /// Also what is true or false: 1 or 0.
    Integer(i64),
    /// Also days and moments, as diesel writes them for SQLite.
    Text(String),
    Bytes(Vec<u8>),
}

/// The values of one row, in the order in which the query names the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub Vec<Value>);

impl QueryableByName<Sqlite> for Row {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let values = (0..row.field_count()).map(|at| match UnnamedRow::get(row, at) {
            Some(field) => field.value().map_or(Ok(Value::Null), of_sqlite),
            None => Err("a row has lost a column".into()),
        });
        values.collect::<Result<_, _>>().map(Row)
    }
}

impl QueryableByName<Pg> for Row {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let values = (0..row.field_count()).map(|at| match UnnamedRow::get(row, at) {
            Some(field) => field.value().map_or(Ok(Value::Null), of_postgres),
            None => Err("a row has lost a column".into()),
        });
        values.collect::<Result<_, _>>().map(Row)
    }
}

fn of_sqlite(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Value> {
    Ok(match value.value_type() {
        None => Value::Null,
        Some(SqliteType::Text) => {
            // As bytes, because diesel would mend what is no text.
            let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
            Value::Text(String::from_utf8(bytes).map_err(|_quotes| "a text is not UTF-8")?)
        }
        Some(SqliteType::Binary) => Value::Bytes(<Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?),
        Some(SqliteType::SmallInt | SqliteType::Integer | SqliteType::Long) => {
            Value::Integer(<i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?)
        }
        Some(SqliteType::Float | SqliteType::Double) => return Err("a value is a number with a fraction".into()),
    })
}

fn of_postgres(value: PgValue<'_>) -> deserialize::Result<Value> {
    // As the catalogue pg_type numbers them.
    Ok(match value.get_oid().get() {
        16 => Value::Integer(<bool as FromSql<Bool, Pg>>::from_sql(value)?.into()),
        17 => Value::Bytes(<Vec<u8> as FromSql<Binary, Pg>>::from_sql(value)?),
        20 => Value::Integer(<i64 as FromSql<BigInt, Pg>>::from_sql(value)?),
        23 => Value::Integer(<i32 as FromSql<Integer, Pg>>::from_sql(value)?.into()),
        25 | 1043 => Value::Text(<String as FromSql<Text, Pg>>::from_sql(value)?),
        1082 => Value::Text(written_day(<NaiveDate as FromSql<Date, Pg>>::from_sql(value)?)),
        1114 => Value::Text(written_moment(<NaiveDateTime as FromSql<Timestamp, Pg>>::from_sql(value)?)),
        other => return Err(format!("a value is of PostgreSQL's type {other}").into()),
    })
}

const DAY: &str = "%F";
const MOMENT: &str = "%F %T%.f";

fn written_day(day: NaiveDate) -> String {
    day.format(DAY).to_string()
}

fn written_moment(moment: NaiveDateTime) -> String {
    moment.format(MOMENT).to_string()
}

impl Value {
    pub(super) fn text(self) -> Option<String> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn bytes(self) -> Option<Vec<u8>> {
        if let Value::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    pub(super) fn integer(&self) -> Option<i32> {
        if let Value::Integer(number) = self { i32::try_from(*number).ok() } else { None }
    }

    pub(super) fn claim(&self) -> Option<bool> {
        if let Value::Integer(number) = self { Some(*number != 0) } else { None }
    }

    pub(super) fn day(&self) -> Option<NaiveDate> {
        if let Value::Text(text) = self { NaiveDate::parse_from_str(text, DAY).ok() } else { None }
    }

    pub(super) fn moment(&self) -> Option<NaiveDateTime> {
        if let Value::Text(text) = self { NaiveDateTime::parse_from_str(text, MOMENT).ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_read_as_they_are_written() {
        for text in ["2026-09-01 12:00:00", "2026-09-01 12:00:00.120", "2026-09-01 12:00:00.123456"] {
            assert_eq!(Value::Text(text.into()).moment().map(written_moment).as_deref(), Some(text));
        }
        assert_eq!(Value::Text("2026-09-01".into()).day().map(written_day).as_deref(), Some("2026-09-01"));
        assert_eq!(Value::Text("1st of September".into()).day(), None);
    }
}
