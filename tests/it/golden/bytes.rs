//! The same release gives the same bytes: twice, and from a database of the other kind.

use super::demo::{council, paper};
use crate::backup::installation::{command, run};
use crate::support::{Database, TestApp};
use candour::report::Format;

#[test]
fn the_same_release_is_the_same_bytes_twice_and_on_sqlite_and_postgres() {
    let app = TestApp::on_sqlite();
    council(&app);
    let backup = app.folder().join("council.backup").display().to_string();
    assert!(run(&app, &["backup", &backup]).status.success());
    let other = Database::empty_postgres();
    let restored = command(&app, &other.text()).args(["restore", &backup]).output().unwrap();
    assert!(restored.status.success(), "{restored:?}");
    for format in Format::ALL {
        let bytes = |database: &str| std::fs::read(paper(&app, database, format)).unwrap();
        let first = bytes(&app.database_url());
        assert!(first.len() > 10_000, "{format:?}: {} bytes", first.len());
        assert!(bytes(&app.database_url()) == first, "{format:?} is another file the second time");
        assert!(bytes(&other.text()) == first, "{format:?} is another file from PostgreSQL");
    }
}
