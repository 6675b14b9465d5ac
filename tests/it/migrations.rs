//! The tables come up, go away and come up again, the same on both databases and
//! as `src/db/schema.rs` has them.

use crate::support::council::Council;
use crate::support::{Catalog, Column, Database, TestApp, sources};
use candour::app::App;
use candour::clock::Clock;
use candour::config::Settings;
use candour::db::{self, Conn, Db};
use candour::id::CampaignId;
use candour::response;
use candour::staff::token::{self, NewToken, Scope};
use diesel::prelude::*;
use std::collections::BTreeMap;

fn up_down_and_up(database: &Database) {
    let db = Db::open(&database.url()).unwrap();
    let migrate = || db.write_blocking(|conn| anyhow::Ok(db::migrate(conn)?)).unwrap();
    let pending = || db.write_blocking(|conn| anyhow::Ok(db::pending(conn)?)).unwrap();

    assert_eq!(pending(), db::known());
    assert_eq!(migrate().len(), db::known());
    let first = Catalog::read(&db).0;
    assert_eq!((pending(), migrate().len()), (0, 0));

    db.write_blocking(|conn| anyhow::Ok(db::revert_all(conn)?)).unwrap();
    assert_eq!(Catalog::read(&db).0, BTreeMap::new(), "something was left behind on the way down");

    assert_eq!(migrate().len(), db::known());
    assert_eq!(Catalog::read(&db).0, first);
}

#[test]
fn sqlite_goes_up_down_and_up() {
    let folder = tempfile::tempdir().unwrap();
    up_down_and_up(&Database::sqlite(folder.path()));
}

#[test]
fn postgres_goes_up_down_and_up() {
    up_down_and_up(&Database::empty_postgres());
}

/// A row in every table that the migrations for interviews touch, and in those that
/// hang on them, as the version before them left it.
const BEFORE: &str = r#"
    INSERT INTO organisation VALUES ('o1', 'Milbury');
    INSERT INTO account VALUES ('a1', NULL, 'ada@example.org', 'Ada', 'administrator', 'hash', FALSE),
        ('a2', 'o1', 'ann@example.org', 'Ann', 'hr', NULL, TRUE);
    INSERT INTO session VALUES ('s1', 'a1', '2026-09-01 12:00:00');
    INSERT INTO sign_in_link VALUES ('t1', NULL, 'set_up', '2026-09-01 12:00:00'),
        ('t2', 'a2', 'password', '2026-09-02 12:00:00');
    INSERT INTO audit_entry VALUES ('e1', '2026-09-01 10:00:00', 'o1', 'a2', 'sign_in', 'with a password');
    INSERT INTO api_token VALUES ('p1', 'hash', 'o1', 'Dashboard', 'releases:read', '2026-08-01');
    INSERT INTO survey_version VALUES ('v1', 'exit', 'Leaving', 'source', '2026-08-01 10:00:00');
    INSERT INTO campaign VALUES ('c1', 'o1', 'v1', 'Leavers', 'exit', 5, 10, '2026-08-02', NULL, NULL, 7, 2);
    INSERT INTO campaign_breakdown VALUES ('c1', 0, 'directorate');
    INSERT INTO invitation VALUES ('i1', 'c1', 'Pat', 'pat@example.org', NULL, 'offered', 2, '2026-08-20'),
        ('i2', 'c1', 'Lee', NULL, '2026-10-01', 'taken_up', 0, NULL);
    INSERT INTO invitation_code VALUES ('h1', 'i1', FALSE);
    INSERT INTO mail VALUES ('m1', 'reminder', 'i1', NULL, 'failed', 3, '2026-08-20 10:00:00', 'refused'),
        ('m2', 'password', NULL, 'a2', 'queued', 0, '2026-09-01 10:00:00', NULL);
    INSERT INTO response VALUES ('c1', 'r1', 'online', NULL, '{"pay":{"one":"a"}}'), ('c1', 'r2', 'hr', 1, '{}');
    INSERT INTO comment VALUES ('c1', 't1', 'why', 1, 'They said "no"' || chr(10) || 'twice – ŵ');
    INSERT INTO spent_ticket VALUES ('c1', 'k1');
"#;

/// The migrations of the version before interviews, and what it wrote.
fn as_before_interviews(db: &Db, own: &str) {
    use diesel::connection::SimpleConnection;
    db.write_blocking(|conn| {
        // Makes the table in which migrations are noted.
        db::pending(conn)?;
        for folder in ["common/2026-11-22-000001_base", own] {
            conn.batch_execute(&sources::read(&format!("migrations/{folder}/up.sql")))?;
        }
        conn.batch_execute(
            "INSERT INTO __diesel_schema_migrations (version) VALUES ('20261122000001'), ('20261122000002')",
        )?;
        let line_feed = if matches!(conn, Conn::Sqlite(_)) { "char(10)" } else { "chr(10)" };
        Ok::<_, anyhow::Error>(conn.batch_execute(&BEFORE.replace("chr(10)", line_feed))?)
    })
    .unwrap();
}

/// All rows of all tables, in the columns that `of` has.
fn rows(db: &Db, of: &BTreeMap<String, Vec<Column>>) -> BTreeMap<String, Vec<String>> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let lines = |table: &str, columns: &[Column]| {
        let read = db.read_blocking(|conn| {
            let line = columns.iter().map(|column| column.as_text(conn)).collect::<Vec<_>>().join(" || '|' || ");
            diesel::sql_query(format!("SELECT {line} AS line FROM \"{table}\" ORDER BY 1")).load(conn)
        });
        let rows: Vec<Line> = read.unwrap();
        rows.into_iter().map(|row| row.line).collect()
    };
    of.iter().map(|(table, columns)| (table.clone(), lines(table, columns))).collect()
}

fn interviews_come_and_every_row_stays(database: &Database, own: &str) {
    let db = Db::open(&database.url()).unwrap();
    as_before_interviews(&db, own);
    let pending = db.write_blocking(|conn| anyhow::Ok(db::pending(conn)?)).unwrap();
    let mut columns = Catalog::read(&db).0;
    // What goes under the seal is looked at when it is opened.
    for sealed in ["response", "comment"] {
        let stay = ["campaign_id", "id", "release"];
        columns.get_mut(sealed).unwrap().retain(|column| stay.contains(&column.name.as_str()));
    }
    let before = rows(&db, &columns);
    assert!(
        pending >= 2 && before["mail"].len() == 2 && before["session"].len() == 1 && before["api_token"].len() == 1
    );
    db.write_blocking(|conn| anyhow::Ok(db::migrate(conn)?)).unwrap();
    assert_eq!(rows(&db, &columns), before);
    assert_eq!(
        rows(&db, &Catalog::read(&db).0)["campaign_mode"],
        ["c1|online|1|1|2026-08-02|-|-|-".to_owned()].map(|line| if matches!(database, Database::Sqlite(_)) {
            line
        } else {
            line.replace("|1|1|", "|1|true|")
        })
    );
    // What hangs on an account still does.
    let gone = db.write_blocking(|conn| diesel::sql_query("DELETE FROM account WHERE id = 'a1'").execute(conn));
    assert_eq!(gone.unwrap(), 1);
    let orphan = "INSERT INTO session VALUES ('s2', 'nobody', '2026-09-01 12:00:00')";
    assert!(db.write_blocking(|conn| diesel::sql_query(orphan).execute(conn)).is_err());
    assert!(rows(&db, &columns)["session"].is_empty());
    what_was_in_the_clear_is_sealed(database);
}

/// By the first start after the migration.
fn what_was_in_the_clear_is_sealed(database: &Database) {
    let folder = tempfile::tempdir().unwrap();
    let (database, key_file) = (database.url(), folder.path().join("candour.key"));
    let settings = Settings { database, key_file, ..Settings::default() };
    let app = App::open(settings, Clock::system()).unwrap();
    let id = CampaignId::claimed("c1");
    let sealed = rows(&app.db, &Catalog::read(&app.db).0);
    // The form's byte, the nonce, the tag and something more, in hexadecimal.
    for (table, forms) in [("response", &["02", "03"][..]), ("comment", &["02"])] {
        let is_of =
            |line: &str, form: &str| line.contains(&format!("|{form}")) || line.contains(&format!("|\\x{form}"));
        let is_sealed = |line: &String| line.len() > 80 && forms.iter().any(|form| is_of(line, form));
        assert!(sealed[table].iter().all(is_sealed), "{table}: {:?}", sealed[table]);
    }
    let (responses, comments) = app
        .db
        .write_blocking(|conn| {
            assert_eq!(response::waiting(conn, &id)?, 1);
            response::count_in(conn, &app.keys, &id, 2)?;
            QueryResult::Ok((response::counted(conn, &app.keys, &id)?, response::comments(conn, &app.keys, &id)?))
        })
        .unwrap();
    let told: Vec<_> = responses.iter().map(|one| (one.release, one.mode, one.answers.len())).collect();
    assert_eq!(told, [(2, response::Mode::Online, 1), (1, response::Mode::Hr, 0)]);
    assert_eq!((comments[0].question.as_str(), comments[0].text.as_str()), ("why", "They said \"no\"\ntwice – ŵ"));
}

#[test]
fn sqlite_keeps_every_row_when_interviews_come() {
    let folder = tempfile::tempdir().unwrap();
    interviews_come_and_every_row_stays(&Database::sqlite(folder.path()), "sqlite/2026-11-22-000002_answers");
}

#[test]
fn postgres_keeps_every_row_when_interviews_come() {
    interviews_come_and_every_row_stays(&Database::empty_postgres(), "postgres/2026-11-22-000002_answers");
}

on_both! {
    fn a_token_that_was_restricted_is_gone_on_the_way_down_and_does_not_read_all(app: TestApp) {
        use diesel::connection::SimpleConnection;
        let council = Council::new(&app.app, "Milbury");
        let (all, now) = (NewToken::new(council.organisation.clone(), "All"), app.app.clock.now());
        let campaign_id = Some(council.campaign.id.clone());
        let made = [
            NewToken { campaign_id, name: "One campaign".to_owned(), ..all.clone() },
            NewToken { last_day: Some(now.date()), name: "Until today".to_owned(), ..all.clone() },
            NewToken { scopes: Scope::ALL.to_vec(), name: "Papers too".to_owned(), ..all.clone() },
            all,
        ];
        let db = &app.app.db;
        let names = |way: &str| {
            db.write_blocking(|conn| {
                let own = if matches!(conn, Conn::Sqlite(_)) { "sqlite" } else { "postgres" };
                conn.batch_execute(&sources::read(&format!("migrations/{own}/2026-11-22-000010_token_scopes/{way}.sql")))
            })
            .unwrap();
            let tokens = rows(db, &Catalog::read(db).0)["api_token"].clone();
            tokens.iter().filter_map(|line| line.split('|').find(|field| field.contains(' ') || *field == "All").map(str::to_owned)).collect::<Vec<_>>()
        };
        for new in made {
            db.write_blocking(|conn| anyhow::Ok(token::create(conn, &app.app.keys, now, new)?)).unwrap();
        }
        assert_eq!(names("down"), ["All"]);
        assert_eq!(names("up"), ["All"]);
    }

    fn the_schema_is_what_the_migrations_make(app: TestApp) {
        let there = Catalog::read(&app.app.db).0;
        let written = schema(&sources::read("src/db/schema.rs"));
        assert_eq!(written.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>());
        for (table, columns) in &written {
            assert_eq!(columns, &there[table], "src/db/schema.rs and the database differ about {table}");
        }
    }
}

/// Reads `table (key) { column: Kind, ... }` out of schema.rs.
fn schema(source: &str) -> BTreeMap<String, Vec<Column>> {
    let mut tables = BTreeMap::new();
    let (_, body) = source.split_once("\ntables! {\n").expect("schema.rs has a tables! block");
    let mut table = String::new();
    for line in body.lines().take_while(|line| *line != "}").map(str::trim) {
        if let Some((name, _key)) = line.strip_suffix('{').and_then(|line| line.split_once('(')) {
            table = name.trim().to_owned();
        } else if let Some((name, kind)) = line.strip_suffix(',').and_then(|line| line.split_once(": ")) {
            let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
            let column =
                Column { name: name.to_owned(), kind: inner.unwrap_or(kind).to_owned(), is_nullable: inner.is_some() };
            tables.entry(table.clone()).or_insert_with(Vec::new).push(column);
        }
    }
    tables
}
