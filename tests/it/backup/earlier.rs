//! A backup of an earlier Candour comes back and is brought up to date.

use super::Target;
use candour::app::App;
use candour::clock::Clock;
use candour::config::Settings;
use candour::db;
use candour::doctor;
use candour::secret::Purpose;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

/// As the Candour before blind tickets left it: answers in the clear.
const BEFORE: &str = r#"
    INSERT INTO organisation VALUES ('o1', 'Milbury');
    INSERT INTO survey_version VALUES ('v1', 'exit', 'Leaving', 'source', '2026-08-01 10:00:00');
    INSERT INTO campaign VALUES ('c1', 'o1', 'v1', 'Leavers', 'exit', 5, 10, '2026-08-02', NULL, NULL, 7, 2, 3, 42);
    INSERT INTO response VALUES ('c1', 'r1', 'online', 1, '{"directorate": {"one": "adults"}}');
    INSERT INTO comment VALUES ('c1', 't1', 'stay', 1, 'The work itself');
    INSERT INTO spent_ticket VALUES ('c1', 'k1');
"#;

#[derive(QueryableByName)]
struct Sealed {
    #[diesel(sql_type = diesel::sql_types::Binary)]
    sealed: Vec<u8>,
}

fn comes_back(source: Target, target: Target) {
    let folder = tempfile::tempdir().unwrap();
    let key_file = folder.path().join("candour.key");
    std::fs::write(&key_file, [7; 32]).unwrap();
    let key = candour::app::read_key_file(&key_file).unwrap();
    let fingerprint = key.keys(None).unwrap().hash(Purpose::Fingerprint, &[]);
    let versions = ["20261122000001", "20261122000002", "20261122000003", "20261122000004"].map(str::to_owned);
    source
        .db
        .write_blocking(|conn| {
            db::migrate_to(conn, &versions)?;
            conn.batch_execute(BEFORE)?;
            let setting = format!("INSERT INTO setting VALUES ('key_fingerprint', '{fingerprint}')");
            anyhow::Ok(conn.batch_execute(&setting)?)
        })
        .unwrap();
    let (file, now) = (folder.path().join("earlier"), Clock::system().now());
    candour::backup::write(&source.db, &key, now, &file, false, &mut |_| {}).unwrap();
    assert!(std::fs::read(&file).unwrap().windows(15).any(|part| part == b"The work itself"));

    let restored = candour::backup::restore(&target.db, &key, &file, false, &mut |_| {}).unwrap();
    assert_eq!(restored.migrated.first().map(String::as_str), Some("20261122000005"));
    for table in ["response", "comment"] {
        let query = format!("SELECT sealed FROM {table}");
        let rows: Vec<Sealed> = target.db.read_blocking(|conn| diesel::sql_query(query).load(conn)).unwrap();
        assert_eq!(rows.len(), 1);
        assert!(!rows[0].sealed.starts_with(b"{"), "what was in the clear is sealed now");
    }
    let settings = Settings { database: target.database.url(), key_file, ..Settings::default() };
    let app = App::open(settings, Clock::system()).unwrap();
    assert_eq!(app.db.read_blocking(|conn| doctor::contents(conn, &app.keys)).unwrap(), []);
}

#[test]
fn from_sqlite_to_postgres() {
    comes_back(Target::sqlite(), Target::postgres());
}

#[test]
fn from_postgres_to_sqlite() {
    comes_back(Target::postgres(), Target::sqlite());
}
