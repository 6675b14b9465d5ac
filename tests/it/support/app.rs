//! An installation on a database of its own, at a fixed moment.

use super::database::Database;
use candour::app::App;
use candour::clock::Clock;
use candour::config::Settings;
use candour::db::Backend;
use chrono::{DateTime, Utc};
use tempfile::TempDir;

/// An installation. Dropping it takes its database and its files away.
pub struct TestApp {
    pub app: App,
    // In the order in which they go: connections first, then the database, then its files.
    _database: Database,
    _folder: TempDir,
}

impl TestApp {
    pub fn on_sqlite() -> TestApp {
        TestApp::on(Backend::Sqlite)
    }

    pub fn on_postgres() -> TestApp {
        TestApp::on(Backend::Postgres)
    }

    fn on(backend: Backend) -> TestApp {
        let folder = tempfile::tempdir().unwrap();
        let key_file = folder.path().join("candour.key");
        std::fs::write(&key_file, [7; 32]).unwrap();
        let database = match backend {
            Backend::Sqlite => Database::sqlite(folder.path()),
            Backend::Postgres => Database::postgres(),
        };
        let settings = Settings {
            database: database.url(),
            key_file,
            mail_folder: folder.path().join("mail"),
            ..Settings::default()
        };
        let app = App::open(settings, Clock::standing_at(start())).unwrap();
        TestApp { app, _database: database, _folder: folder }
    }
}

/// The moment at which every test begins: a Tuesday morning.
pub fn start() -> DateTime<Utc> {
    "2026-09-01T09:30:00Z".parse().unwrap()
}
