//! `candour doctor` finds what is wrong, all of it at once, and changes nothing.

use crate::backup::installation::{command, populate, rows};
use crate::support::{Database, MailServer, TestApp};
use candour::config::Settings;
use candour::db::{self, Db};
use candour::doctor::{self, Check, Finding};
use diesel::prelude::*;
use std::os::unix::fs::PermissionsExt;

fn examine(settings: &Settings) -> Vec<Check> {
    tokio::runtime::Runtime::new().unwrap().block_on(doctor::examine(settings))
}

/// What was found about one thing, in words.
#[track_caller]
fn about<'a>(checks: &'a [Check], of: &str) -> Vec<&'a str> {
    let check = checks.iter().find(|check| check.of == of).unwrap_or_else(|| panic!("no check of {of}: {checks:?}"));
    check.findings.iter().map(|found| found.what.as_str()).collect()
}

fn run(app: &TestApp, statement: &str) {
    let changed = app.app.db.write_blocking(|conn| diesel::sql_query(statement).execute(conn)).unwrap();
    assert!(changed > 0, "{statement}");
}

/// Another first byte for all that is sealed in a column.
fn damage(app: &TestApp, table: &str, column: &str) {
    let sqlite = app.app.settings.database.file().is_some();
    let changed = match sqlite {
        true => format!("CAST(x'09' || substr({column}, 2) AS BLOB)"),
        false => format!("'\\x09'::bytea || substr({column}, 2)"),
    };
    run(app, &format!("UPDATE {table} SET {column} = {changed} WHERE {column} IS NOT NULL"));
}

on_both! {
    fn an_installation_in_order_has_no_problems(app: TestApp) {
        populate(&app);
        let mail_server = MailServer::start();
        let settings = Settings {
            public_url: "https://candour.example.org".to_owned(),
            smtp_url: Some(mail_server.url()),
            smtp_ca_file: Some(mail_server.authority().to_owned()),
            ..(*app.app.settings).clone()
        };
        for file in [Some(settings.key_file.as_path()), settings.database.file()].into_iter().flatten() {
            std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
        let before = rows(&app.app.db);
        let mut checks = examine(&settings);
        // How the server of the tests is set up is not this installation's doing.
        checks.retain(|check| check.of != "server" || settings.database.file().is_some());
        let found: Vec<&Finding> = checks.iter().flat_map(|check| &check.findings).collect();
        assert!(found.is_empty() && checks.len() >= 7, "{found:?}");
        assert_eq!(rows(&app.app.db), before);
    }

    fn everything_that_is_damaged_is_found_at_once(app: TestApp) {
        let panel = populate(&app);
        damage(&app, "response", "sealed");
        damage(&app, "comment", "sealed");
        damage(&app, "spent_ticket", "envelope");
        run(&app, "UPDATE interview SET details = draft");
        run(&app, "UPDATE release SET body = replace(body, '\"release\":1', '\"release\":2')");
        let checks = examine(&app.app.settings);
        let found = about(&checks, "contents").join("\n");
        let damaged = ["19 responses do not open", "19 comments do not open", "3 of what waits", "interview", "release 1 is"];
        assert!(damaged.iter().all(|what| found.contains(what)), "{found}");
        assert_eq!(found.lines().count(), 5, "{found}");

        damage(&app, "campaign_key", "intake_key");
        let campaign = &panel.council.campaign.id;
        let found = about(&examine(&app.app.settings), "contents").join("\n");
        assert!(found.contains(&format!("campaign {campaign}: the key that seals what waits")), "{found}");
    }

    fn a_key_that_is_missing_another_or_open_to_all_is_said(app: TestApp) {
        let key_file = &app.app.settings.key_file;
        std::fs::set_permissions(key_file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(about(&examine(&app.app.settings), "files")[0].contains("is open to everybody"));
        std::fs::write(key_file, [9; 32]).unwrap();
        let checks = examine(&app.app.settings);
        assert!(about(&checks, "key")[0].contains("this is not the key"), "{checks:?}");
        assert!(about(&checks, "contents")[0].contains("without the key"), "{checks:?}");
        std::fs::remove_file(key_file).unwrap();
        assert!(about(&examine(&app.app.settings), "key")[0].contains("is missing"));
        assert!(!key_file.exists(), "a doctor makes no key");
    }

    fn an_operator_reads_every_problem_with_what_to_do(app: TestApp) {
        populate(&app);
        damage(&app, "response", "sealed");
        let done = command(&app, &app.database_url()).arg("doctor").output().unwrap();
        let out = String::from_utf8_lossy(&done.stdout).into_owned();
        assert_eq!(done.status.code(), Some(1), "{out}");
        let said = ["PROBLEM  address: public_url is", "PROBLEM  mail: there is no smtp_url", "ok       key", "19 responses"];
        assert!(said.iter().all(|what| out.contains(what)), "{out}");
        let (problems, remedies) = (out.matches("PROBLEM").count(), out.matches("         -> ").count());
        assert!(problems >= 3 && remedies == problems + out.matches("note   ").count(), "{out}");
        assert!(out.contains(&format!("{problems} problems.")), "{out}");
    }
}

#[test]
fn the_settings_of_the_tests_own_postgres_are_seen() {
    let app = TestApp::on_postgres();
    let checks = examine(&app.app.settings);
    let found = about(&checks, "server");
    // As it comes: initdb's default, that no operator's guide leaves as it is.
    assert!(found.iter().any(|what| what.contains("log_min_error_statement is error")), "{found:?}");
}

#[test]
fn tables_that_are_missing_old_or_changed_are_said() {
    let settings = |database: &Database| Settings { database: database.url(), ..Settings::default() };
    let folder = tempfile::tempdir().unwrap();
    let database = Database::sqlite(folder.path());
    let checks = examine(&settings(&database));
    assert!(about(&checks, "database")[0].contains("there is no database"), "{checks:?}");
    assert!(!folder.path().join("candour.db").exists(), "a doctor makes no database");

    let db = Db::open(&database.url()).unwrap();
    let versions = ["20261122000001", "20261122000002"].map(str::to_owned);
    db.write_blocking(|conn| anyhow::Ok(db::migrate_to(conn, &versions)?)).unwrap();
    let checks = examine(&settings(&database));
    assert!(about(&checks, "tables")[0].contains("migrations have not been run"), "{checks:?}");

    db.write_blocking(|conn| anyhow::Ok(db::migrate(conn)?)).unwrap();
    let alter = "ALTER TABLE response ADD COLUMN client_address TEXT";
    db.write_blocking(|conn| diesel::sql_query(alter).execute(conn)).unwrap();
    let checks = examine(&settings(&database));
    assert!(about(&checks, "tables")[0].contains("response has a column client_address"), "{checks:?}");
    let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')";
    db.write_blocking(|conn| diesel::sql_query(newer).execute(conn)).unwrap();
    assert!(about(&examine(&settings(&database)), "tables")[0].contains("a newer Candour"));
}

#[test]
fn a_database_that_is_damaged_is_said() {
    let app = TestApp::on_sqlite();
    populate(&app);
    app.app.db.forget_blocking().unwrap();
    let copy = app.folder().join("damaged.db");
    let mut bytes = std::fs::read(app.app.settings.database.file().unwrap()).unwrap();
    // Pages but the first, which holds what the tables are.
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8_192].fill(0xff);
    std::fs::write(&copy, bytes).unwrap();
    let settings =
        Settings { database: format!("sqlite:{}", copy.display()).parse().unwrap(), ..(*app.app.settings).clone() };
    let checks = examine(&settings);
    assert!(!about(&checks, "layout").is_empty(), "{checks:?}");
}
