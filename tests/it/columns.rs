//! Every column is classified in `migrations/columns.toml`, and the classes keep
//! persons and answers in tables of their own.

use crate::support::{Catalog, Column, TestApp, sources};
use candour::db::Conn;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Person,
    Answer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Class {
    Person,
    Contact,
    Code,
    Invitation,
    Answer,
    Ticket,
    Batch,
    Sealed,
    Case,
    Tally,
    Staff,
    Credential,
    Publication,
    Policy,
    Operation,
    Key,
    Reference,
}

impl Class {
    fn side(self) -> Option<Side> {
        match self {
            Class::Person | Class::Contact | Class::Code | Class::Invitation => Some(Side::Person),
            Class::Answer | Class::Ticket | Class::Batch => Some(Side::Answer),
            Class::Staff | Class::Credential | Class::Publication | Class::Policy => None,
            Class::Sealed | Class::Case | Class::Tally => None,
            Class::Operation | Class::Key | Class::Reference => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    owner: String,
    columns: BTreeMap<String, Class>,
}

/// `migrations/columns.toml`.
pub struct Tables(BTreeMap<String, Table>);

impl Tables {
    pub fn read() -> Tables {
        Tables(toml::from_str(&sources::read("migrations/columns.toml")).unwrap())
    }

    /// The module whose store has the table's queries.
    pub fn owner(&self, table: &str) -> Option<&str> {
        self.0.get(table).map(|table| table.owner.as_str())
    }

    pub fn side(&self, table: &str) -> Option<Side> {
        self.sides(table).into_iter().next()
    }

    fn sides(&self, table: &str) -> BTreeSet<Side> {
        let columns = self.0.get(table).into_iter().flat_map(|table| table.columns.values());
        columns.filter_map(|class| class.side()).collect()
    }

    fn on(&self, side: Side) -> Vec<&str> {
        self.0.keys().map(String::as_str).filter(|table| self.side(table) == Some(side)).collect()
    }

    /// What is in one of the two and not in the other.
    fn differences(&self, catalog: &BTreeMap<String, Vec<Column>>) -> Vec<String> {
        let classified: BTreeSet<(&str, &str)> = self
            .0
            .iter()
            .flat_map(|(name, table)| table.columns.keys().map(move |column| (name.as_str(), column.as_str())))
            .collect();
        let there: BTreeSet<(&str, &str)> = catalog
            .iter()
            .flat_map(|(name, columns)| columns.iter().map(move |column| (name.as_str(), column.name.as_str())))
            .collect();
        let unclassified = there.difference(&classified).map(|(t, c)| format!("{t}.{c} is not classified"));
        let stale = classified.difference(&there).map(|(t, c)| format!("{t}.{c} is classified but does not exist"));
        unclassified.chain(stale).collect()
    }
}

on_both! {
    fn every_column_is_classified(app: TestApp) {
        let differences = Tables::read().differences(&Catalog::read(&app.app.db).0);
        assert!(differences.is_empty(), "migrations/columns.toml:\n{}", differences.join("\n"));
    }

    fn answers_lie_without_time_number_or_order(app: TestApp) {
        let (tables, catalog) = (Tables::read(), Catalog::read(&app.app.db));
        let answer_side = tables.on(Side::Answer);
        assert_eq!(answer_side, ["comment", "comment_review", "response", "spent_ticket"]);
        for table in answer_side {
            for column in &catalog.0[table] {
                let is_batch = tables.0[table].columns[&column.name] == Class::Batch;
                assert!(["Text", "Binary"].contains(&column.kind.as_str()) || is_batch, "{table}.{} is a {}", column.name, column.kind);
            }
            assert_eq!(defaults(&app, table), Vec::<String>::new(), "{table} has columns that fill themselves in");
            for other in referred(&app, table) {
                assert_eq!(other, "campaign", "{table} refers to {other}");
            }
        }
    }
}

#[test]
fn no_table_holds_something_of_both_sides() {
    let tables = Tables::read();
    for name in tables.0.keys() {
        assert!(tables.sides(name).len() < 2, "{name} holds something of both sides of the wall");
    }
    assert_eq!(tables.on(Side::Person), ["invitation", "invitation_code", "mail"]);
}

#[test]
fn sqlite_keeps_no_row_numbers_beside_answers() {
    let app = TestApp::on_sqlite();
    for table in Tables::read().on(Side::Answer) {
        let query = format!("SELECT sql AS text FROM sqlite_master WHERE name = '{table}'");
        let made_by = texts(&app, &query).concat();
        assert!(made_by.trim_end().ends_with("WITHOUT ROWID"), "{made_by}");
    }
}

#[test]
fn the_readme_explains_every_class() {
    let readme = sources::read("migrations/README.md");
    for line in readme.lines().filter(|line| line.starts_with("| `")) {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let class: Class = toml::Value::from(cells.next().unwrap().trim_matches('`')).try_into().unwrap();
        let side = match class.side() {
            Some(Side::Person) => "person",
            Some(Side::Answer) => "answer",
            None => "-",
        };
        assert_eq!(cells.next(), Some(side), "{line}");
    }
    for class in Tables::read().0.values().flat_map(|table| table.columns.values()) {
        let word = format!("{class:?}").to_lowercase();
        assert!(readme.contains(&format!("| `{word}` |")), "{word} is not explained");
    }
}

#[test]
fn a_column_that_nobody_classified_is_found() {
    let column = |name: &str| Column { name: name.into(), kind: "Text".into(), is_nullable: false };
    let mut catalog = Catalog::read(&TestApp::on_sqlite().app.db).0;
    catalog.get_mut("response").unwrap().push(column("client_address"));
    catalog.get_mut("mail").unwrap().retain(|column| column.name != "state");
    assert_eq!(
        Tables::read().differences(&catalog),
        ["response.client_address is not classified", "mail.state is classified but does not exist"]
    );
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Nullable<Text>)]
    text: Option<String>,
}

/// One text from each row; the column is called `text`.
fn texts(app: &TestApp, query: &str) -> Vec<String> {
    let rows = app.app.db.read_blocking(|conn| diesel::sql_query(query).load::<Line>(conn)).unwrap();
    rows.into_iter().filter_map(|row| row.text).collect()
}

fn is_sqlite(app: &TestApp) -> bool {
    app.app.db.read_blocking(|conn| QueryResult::Ok(matches!(conn, Conn::Sqlite(_)))).unwrap()
}

/// The columns' default values.
fn defaults(app: &TestApp, table: &str) -> Vec<String> {
    texts(
        app,
        &if is_sqlite(app) {
            format!("SELECT dflt_value AS text FROM pragma_table_info('{table}')")
        } else {
            format!("SELECT column_default::text AS text FROM information_schema.columns WHERE table_name = '{table}'")
        },
    )
}

/// The tables that a table's foreign keys refer to.
fn referred(app: &TestApp, table: &str) -> Vec<String> {
    texts(
        app,
        &if is_sqlite(app) {
            format!("SELECT \"table\" AS text FROM pragma_foreign_key_list('{table}')")
        } else {
            format!(
                "SELECT confrelid::regclass::text AS text FROM pg_constraint
                 WHERE contype = 'f' AND conrelid = '{table}'::regclass"
            )
        },
    )
}
