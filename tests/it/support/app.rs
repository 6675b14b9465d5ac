//! An installation on a database of its own, at a fixed moment.

use super::database::Database;
use super::server::Server;
use super::visitor::Visitor;
use candour::app::App;
use candour::clock::Clock;
use candour::config::Settings;
use candour::db::Backend;
use chrono::{DateTime, Utc};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use tempfile::TempDir;

/// An installation. Dropping it takes its database and its files away.
pub struct TestApp {
    // In the order in which they go: the server, what uses the database, the
    // database, its files.
    server: OnceLock<Server>,
    listener: Mutex<Option<TcpListener>>,
    pub app: App,
    database: Database,
    folder: TempDir,
}

impl TestApp {
    pub fn on_sqlite() -> TestApp {
        TestApp::with(Backend::Sqlite, |_| {})
    }

    pub fn on_postgres() -> TestApp {
        TestApp::with(Backend::Postgres, |_| {})
    }

    /// With settings that differ from the usual ones.
    pub fn with(backend: Backend, change: impl FnOnce(&mut Settings)) -> TestApp {
        let folder = tempfile::tempdir().unwrap();
        let key_file = folder.path().join("candour.key");
        std::fs::write(&key_file, [7; 32]).unwrap();
        let database = match backend {
            Backend::Sqlite => Database::sqlite(folder.path()),
            Backend::Postgres => Database::postgres(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut settings = Settings {
            database: database.url(),
            key_file,
            public_url: format!("http://{}", listener.local_addr().unwrap()),
            // Each visitor says an address of their own.
            behind_proxy: true,
            mail_folder: folder.path().join("mail"),
            ..Settings::default()
        };
        change(&mut settings);
        let app = App::open(settings, Clock::standing_at(start())).unwrap();
        TestApp { server: OnceLock::new(), listener: Mutex::new(Some(listener)), app, database, folder }
    }

    /// With the password in it, if there is one: settings do not show it.
    pub fn database_url(&self) -> String {
        self.database.text()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The address of the site; its server starts when it is first asked for.
    pub fn url(&self) -> &str {
        self.server.get_or_init(|| {
            let listener = self.listener.lock().unwrap().take().unwrap();
            Server::start(self.app.clone(), listener)
        });
        &self.app.settings.public_url
    }

    /// Somebody nobody knows yet.
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.url())
    }

    /// The e-mails in the mail folder, as texts, in the order of their names.
    pub fn mails(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(&self.app.settings.mail_folder) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|is| is == "eml"));
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }
}

/// The moment at which every test begins: a Tuesday morning.
pub fn start() -> DateTime<Utc> {
    "2026-09-01T09:30:00Z".parse().unwrap()
}
