//! What is not whole, not ours or not wanted is refused, and the target stays empty.

use super::installation::{command, import_into, populate, rows};
use super::{Target, backup_of, restore, write};
use crate::support::{Catalog, TestApp};
use candour::app::WrongKey;
use candour::backup::{self, RestoreError};
use candour::db::single;
use candour::secret::KeyRing;
use diesel::prelude::*;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

/// Changes a backup behind its back.
fn tamper(file: &Path, statement: &str) {
    let mut conn = single::fill(file).unwrap();
    diesel::sql_query("PRAGMA foreign_keys = OFF").execute(&mut conn).unwrap();
    assert!(diesel::sql_query(statement).execute(&mut conn).unwrap() > 0, "{statement}");
}

fn is_empty(target: &Target) -> bool {
    Catalog::read(&target.db).0.is_empty()
}

fn refused(app: &TestApp, file: &Path) -> RestoreError {
    let target = Target::sqlite();
    let error = restore(app, file, &target.db).unwrap_err();
    assert!(is_empty(&target), "{error}");
    error
}

on_both! {
    fn a_target_with_anything_in_it_is_left_as_it_is(app: TestApp) {
        populate(&app);
        let before = rows(&app.app.db);
        let error = restore(&app, &backup_of(&app), &app.app.db).unwrap_err();
        assert!(matches!(&error, RestoreError::NotEmpty(tables) if tables.contains(&"response".to_owned())), "{error}");
        assert_eq!(rows(&app.app.db), before);
    }

    fn a_restore_that_is_killed_leaves_nothing_or_everything(app: TestApp) {
        import_into(&app, 1_000);
        let (file, before) = (backup_of(&app), rows(&app.app.db));
        let target = || if app.database_url().starts_with("sqlite") { Target::sqlite() } else { Target::postgres() };
        let start = |target: &Target| {
            let mut command = command(&app, &target.database.text());
            command.arg("restore").arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        };
        let (first, begun) = (target(), Instant::now());
        assert!(start(&first).wait().unwrap().success());
        let whole_time = begun.elapsed();
        let (mut empty, mut whole) = (0, 0);
        for tenths in [0, 2, 4, 6, 7, 8, 9, 10, 12] {
            let target = target();
            let mut child = start(&target);
            std::thread::sleep(whole_time * tenths / 10);
            child.kill().unwrap();
            child.wait().unwrap();
            if is_empty(&target) {
                empty += 1;
                // And it is still good for a restore.
                if empty == 3 {
                    restore(&app, &file, &target.db).unwrap();
                }
            } else {
                whole += 1;
                assert_eq!(rows(&target.db), before);
            }
        }
        assert!(empty >= 3, "{empty} empty, {whole} whole");
    }
}

#[test]
fn a_file_that_was_cut_or_changed_is_refused_or_nothing_of_what_counts_was_changed() {
    let app = TestApp::on_sqlite();
    populate(&app);
    let (file, before) = (backup_of(&app), rows(&app.app.db));
    let whole = std::fs::read(&file).unwrap();
    let damaged = app.folder().join("damaged");
    for length in [0, 1, 100, 4096, whole.len() / 2, whole.len() - 4096, whole.len() - 1] {
        std::fs::write(&damaged, &whole[..length]).unwrap();
        let error = refused(&app, &damaged);
        assert!(matches!(error, RestoreError::NotABackup(_) | RestoreError::Damaged(_)), "{length}: {error}");
    }
    // Most of a small file is room for more.
    let used: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let mut refusals = 0;
    for step in 0..60 {
        let at = used[used.len() * step / 60];
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (step % 8);
        std::fs::write(&damaged, &flipped).unwrap();
        let target = Target::sqlite();
        match restore(&app, &damaged, &target.db) {
            Ok(_) => assert_eq!(rows(&target.db), before, "a bit at {at}"),
            Err(_) => {
                assert!(is_empty(&target), "a bit at {at}");
                refusals += 1;
            }
        }
    }
    // The others lie in the text that has made the tables: it is not what is restored from.
    assert!(refusals > 30, "only {refusals} of 60 were found");
}

#[test]
fn a_backup_that_somebody_changed_with_care_is_refused() {
    let app = TestApp::on_sqlite();
    populate(&app);
    let file = backup_of(&app);
    let with = |statements: &[&str]| {
        let copy = app.folder().join("changed");
        std::fs::copy(&file, &copy).unwrap();
        statements.iter().for_each(|statement| tamper(&copy, statement));
        refused(&app, &copy)
    };
    let damaged = |error: RestoreError, what: &str| {
        assert!(matches!(&error, RestoreError::Damaged(wrong) if wrong.concat().contains(what)), "{error}")
    };
    damaged(with(&["UPDATE account SET name = 'Somebody else'"]), "account does not hold what it held");
    damaged(with(&["DELETE FROM comment"]), "comment does not hold");
    damaged(with(&["DELETE FROM organisation"]), "refers to a row of organisation");
    let seal = |error: RestoreError| assert!(matches!(error, RestoreError::Seal), "{error}");
    seal(with(&["UPDATE backup_table SET rows = rows + 1"]));
    seal(with(&["UPDATE backup SET made_at = '2020-01-01 00:00:00 UTC'"]));
    seal(with(&["DELETE FROM backup_table WHERE name = 'comment'"]));
    seal(with(&["DELETE FROM backup"]));
    let newer = with(&["INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')"]);
    assert!(matches!(&newer, RestoreError::Newer(which) if which == &["20991231000001"]), "{newer}");
    let later = with(&["UPDATE backup SET format = 2"]);
    assert!(matches!(later, RestoreError::Format(2, _)), "{later}");
}

#[test]
fn another_key_or_another_file_is_refused() {
    let app = TestApp::on_sqlite();
    let (file, target) = (backup_of(&app), Target::sqlite());
    let error = backup::restore(&target.db, &KeyRing::random(), &file, false, &mut |_| {}).unwrap_err();
    assert!(matches!(error, RestoreError::WrongKey(WrongKey::AnotherRoot)), "{error}");
    assert!(is_empty(&target));
    // A database of Candour's is no backup, nor is anything else.
    let copy = app.folder().join("copy.db");
    app.app.db.forget_blocking().unwrap();
    std::fs::copy(app.app.settings.database.file().unwrap(), &copy).unwrap();
    std::fs::write(app.folder().join("text"), "x".repeat(10_000)).unwrap();
    for other in [copy, app.folder().join("text")] {
        assert!(matches!(refused(&app, &other), RestoreError::NotABackup(_)));
    }
    assert!(matches!(refused(&app, Path::new("/nowhere")), RestoreError::Unreadable(..)));
}

#[test]
fn a_release_that_was_changed_before_the_backup_is_restored_only_when_told_to() {
    let app = TestApp::on_sqlite();
    populate(&app);
    let change = "UPDATE release SET body = replace(body, '\"release\":1', '\"release\":2')";
    app.app.db.write_blocking(|conn| diesel::sql_query(change).execute(conn)).unwrap();
    let file = backup_of(&app);
    let error = refused(&app, &file).to_string();
    assert!(error.contains("release 1 is not as it was frozen") && error.contains("--despite-problems"), "{error}");
    let target = Target::sqlite();
    let restored = backup::restore(&target.db, &super::ring(&app), &file, true, &mut |_| {}).unwrap();
    assert_eq!((restored.problems.len(), rows(&target.db)), (1, rows(&app.app.db)));
}

#[test]
fn a_key_that_is_too_new_or_too_old_for_the_backup_is_refused() {
    let app = TestApp::on_sqlite();
    populate(&app);
    let file = backup_of(&app);
    candour::app::rotation::rotate(&app.app).unwrap();
    restore(&app, &file, &Target::sqlite().db).unwrap();
    let later = app.folder().join("later");
    write(&app, &later).unwrap();
    std::fs::write(&app.app.settings.key_file, [7; 32]).unwrap();
    let error = refused(&app, &later);
    assert!(matches!(error, RestoreError::KeyOfAnotherTime), "{error}");
}
