//! Every row of every table comes back, in a database of either kind.

use super::installation::{command, populate, rows};
use super::{Target, backup_of, beside, restore, ring, write};
use crate::support::{Catalog, TestApp};
use candour::app::App;
use candour::backup::BackupError;
use candour::config::Settings;
use candour::db::{Conn, Db};
use diesel::connection::SimpleConnection;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

on_both! {
    fn every_row_of_every_table_comes_back_in_either_database(app: TestApp) {
        populate(&app);
        let before = rows(&app.app.db);
        let empty: Vec<_> = before.iter().filter(|(_, rows)| rows.is_empty()).map(|(table, _)| table).collect();
        assert!(empty.is_empty(), "this test says nothing of the tables {empty:?}: give them a row");
        let file = backup_of(&app);
        for target in [Target::sqlite(), Target::postgres()] {
            let restored = restore(&app, &file, &target.db).unwrap();
            assert_eq!(rows(&target.db), before);
            let told: Vec<(String, usize)> =
                restored.rows.iter().map(|part| (part.table.clone(), part.rows.try_into().unwrap())).collect();
            let there: Vec<_> = before.iter().map(|(table, rows)| (table.clone(), rows.len())).collect();
            assert_eq!(told, there, "every table is spoken of");
            // And it starts, with the key that it was made with.
            let settings = Settings { database: target.database.url(), ..(*app.app.settings).clone() };
            App::open(settings, app.app.clock.clone()).unwrap();
            // From there the same file comes again.
            let again = app.folder().join(format!("{}.backup", candour::id::random()));
            let now = app.app.clock.now();
            candour::backup::write(&target.db, &ring(&app), now, &again, false, &mut |_| {}).unwrap();
            assert!(std::fs::read(&again).unwrap() == std::fs::read(&file).unwrap(), "the same rows make the same bytes");
        }
    }

    fn the_tables_of_a_backup_are_those_of_the_database(app: TestApp) {
        let file = backup_of(&app);
        let held = Catalog::read(&Db::open(&format!("sqlite:{}", file.display()).parse().unwrap()).unwrap()).0;
        for (table, columns) in Catalog::read(&app.app.db).0 {
            let names = |columns: &[crate::support::Column]| {
                columns.iter().map(|column| column.name.clone()).collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(held.get(&table).map(|held| names(held)), Some(names(&columns)), "{table}");
        }
    }

    fn a_column_that_no_migration_made_stops_a_backup_and_a_table_is_named(app: TestApp) {
        let alter = |statement: &str| {
            app.app.db.write_blocking(|conn| diesel::RunQueryDsl::execute(diesel::sql_query(statement), conn)).unwrap();
        };
        alter("CREATE TABLE scratch (n INTEGER)");
        let file = app.folder().join("b");
        assert_eq!(write(&app, &file).unwrap().left_out, ["scratch"]);
        alter("ALTER TABLE response ADD COLUMN client_address TEXT");
        let refused = write(&app, &app.folder().join("c")).unwrap_err();
        let BackupError::Differs(what) = refused else { panic!("{refused}") };
        assert_eq!(what, ["response has a column client_address"]);
        assert!(!app.folder().join("c").exists());
    }

    fn a_backup_shows_one_moment_while_others_write(app: TestApp) {
        let is_over = AtomicBool::new(false);
        let count = |db: &Db| (rows(db)["organisation"].len(), rows(db)["survey_version"].len());
        let moments: Vec<usize> = std::thread::scope(|scope| {
            scope.spawn(|| {
                // One of each, in one transaction.
                for n in (0..3_000).take_while(|_| !is_over.load(Ordering::SeqCst)) {
                    let both = |conn: &mut Conn| {
                        conn.batch_execute(&format!(
                            "INSERT INTO organisation VALUES ('o{n}', 'Council {n}');
                             INSERT INTO survey_version VALUES ('v{n}', 'exit', 't', 's', '2026-08-01 10:00:00')"
                        ))
                    };
                    app.app.db.write_blocking(both).unwrap();
                }
            });
            let moments = (0..6).map(|n| {
                let (file, target) = (app.folder().join(format!("moment{n}")), Target::sqlite());
                write(&app, &file).unwrap();
                restore(&app, &file, &target.db).unwrap();
                let (organisations, versions) = count(&target.db);
                assert_eq!(organisations, versions);
                organisations
            });
            let moments = moments.collect();
            is_over.store(true, Ordering::SeqCst);
            moments
        });
        assert!(moments.is_sorted() && moments.first() < moments.last(), "{moments:?}");
    }

    fn an_operator_backs_up_and_restores_from_the_command_line(app: TestApp) {
        populate(&app);
        let (file, target) = (app.folder().join("kept").display().to_string(), Target::sqlite());
        let run = |database: &str, words: &[&str]| command(&app, database).args(words).output().unwrap();
        let done = run(&app.database_url(), &["backup", &file]);
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success() && out.contains("response"), "{out}{err}");
        assert!(err.contains("is not in it: keep a copy"), "{err}");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(beside(Path::new(&file)), Vec::<String>::new());

        let refused = run(&app.database_url(), &["backup", &file]);
        assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("--replace"));
        assert!(run(&app.database_url(), &["backup", &file, "--replace"]).status.success());

        let restored = run(&target.database.text(), &["restore", &file]);
        assert!(restored.status.success(), "{restored:?}");
        assert_eq!(rows(&target.db), rows(&app.app.db));
        let made = target.database.url().file().map(|file| std::fs::metadata(file).unwrap().permissions().mode());
        assert_eq!(made.map(|mode| mode & 0o777), Some(0o600), "a database is made for its owner only");
        let twice = run(&target.database.text(), &["restore", &file]);
        let said = String::from_utf8_lossy(&twice.stderr);
        assert!(!twice.status.success() && said.contains("is not empty"), "{said}");
    }
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let app = TestApp::on_sqlite();
    let missing = app.folder().join("mistyped.db");
    let done = command(&app, &format!("sqlite:{}", missing.display())).args(["backup", "b"]).output().unwrap();
    assert!(
        !done.status.success() && String::from_utf8_lossy(&done.stderr).contains("there is no database"),
        "{done:?}"
    );
    assert!(!missing.exists() && !Path::new("b").exists());
}
