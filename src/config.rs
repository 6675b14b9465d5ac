//! Settings: one struct, from defaults, then a TOML file, then `CANDOUR_*`
//! variables, then flags; the later wins. The only place that reads the
//! environment.

use crate::db::DatabaseUrl;
use crate::secret::Secret;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Every setting there is. The same names serve in the file (`public_url`), in
/// the environment (`CANDOUR_PUBLIC_URL`) and, for some, as flags
/// (`--public-url`). An unknown one is an error.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where the service listens.
    pub listen: SocketAddr,
    /// Where Prometheus may ask for metrics; not at all if it is not set.
    pub metrics_listen: Option<SocketAddr>,
    #[serde(deserialize_with = "parsed")]
    pub database: DatabaseUrl,
    /// The installation's key: 32 bytes, made at the first start if it is missing;
    /// after `candour key rotate` as many again for what seals interviews.
    pub key_file: PathBuf,
    /// The address that people see, as in links: `https://candour.example.org`. If
    /// it is not set, where the service listens.
    pub public_url: String,
    /// Take the client's address from the last `X-Forwarded-For` entry: only
    /// behind a proxy that sets it.
    pub behind_proxy: bool,
    /// `smtp://user:password@host:587?tls=required` or `smtps://...`.
    pub smtp_url: Option<Secret<String>>,
    /// A PEM file with a certification authority to trust besides the system's.
    pub smtp_ca_file: Option<PathBuf>,
    /// Where `.eml` files go when there is no `smtp_url`.
    pub mail_folder: PathBuf,
    pub mail_from: String,
    /// What is logged, as in `info` or `candour=debug,warn`.
    pub log: String,
    pub log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("the settings file {0} cannot be read: {1}")]
    Unreadable(PathBuf, std::io::Error),
    #[error("the settings file {0} is not right, line {1}: {2}")]
    File(PathBuf, usize, String),
    #[error("{0} is not a setting of Candour's; the settings are: {1}")]
    UnknownVariable(String, String),
    #[error("a setting is not right: {0}")]
    Value(String),
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            #[expect(clippy::expect_used, reason = "a constant that a test parses")]
            database: "sqlite:candour.db".parse().expect("the default is well formed"),
            key_file: PathBuf::from("candour.key"),
            public_url: "http://127.0.0.1:8080".to_owned(),
            behind_proxy: false,
            smtp_url: None,
            smtp_ca_file: None,
            mail_folder: PathBuf::from("candour-mail"),
            mail_from: "Candour <candour@localhost>".to_owned(),
            log: "info,actix_server=warn".to_owned(),
            log_format: LogFormat::Text,
        }
    }
}

/// What the flags said, by setting.
pub type Overrides = Vec<(&'static str, toml::Value)>;

/// The variables of this process that may be settings.
pub fn environment() -> Vec<(String, String)> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| name.starts_with("CANDOUR_"))
        .collect()
}

impl Settings {
    /// Puts the sources together. `file`: must be there if it is named.
    pub fn load(
        file: Option<&Path>,
        environment: Vec<(String, String)>,
        flags: Overrides,
    ) -> Result<Settings, SettingsError> {
        let mut all = toml::Table::new();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|e| SettingsError::Unreadable(path.into(), e))?;
            // Once alone, so that an error shows its line.
            toml::from_str::<Settings>(&text).map_err(|e| in_file(path, &text, &e))?;
            all = toml::from_str(&text).map_err(|e| in_file(path, &text, &e))?;
        }
        for (name, value) in environment {
            let key = name.strip_prefix("CANDOUR_").unwrap_or(&name).to_ascii_lowercase();
            if !NAMES.contains(&key.as_str()) {
                // Variables of the test set-up are not the product's.
                if key.starts_with("test_") {
                    continue;
                }
                return Err(SettingsError::UnknownVariable(name, NAMES.join(", ")));
            }
            let value = match value.parse::<bool>() {
                Ok(claim) => toml::Value::Boolean(claim),
                Err(_not_a_claim) => toml::Value::String(value),
            };
            all.insert(key, value);
        }
        all.extend(flags.into_iter().map(|(key, value)| (key.to_owned(), value)));
        let is_public_url_given = all.contains_key("public_url");
        let mut settings: Settings = toml::Value::Table(all)
            .try_into()
            .map_err(|e: toml::de::Error| SettingsError::Value(e.message().to_owned()))?;
        if !is_public_url_given {
            settings.public_url = format!("http://{}", settings.listen);
        }
        settings.public_url = settings.public_url.trim_end_matches('/').to_owned();
        if !settings.public_url.starts_with("http://") && !settings.public_url.starts_with("https://") {
            return Err(SettingsError::Value("public_url begins with https:// (or http://)".to_owned()));
        }
        Ok(settings)
    }

    /// Whether people reach the service over TLS: cookies and HSTS follow it.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The line by its number: what stands in it may be a password.
fn in_file(path: &Path, text: &str, error: &toml::de::Error) -> SettingsError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    SettingsError::File(path.into(), before.matches('\n').count() + 1, error.message().to_owned())
}

const NAMES: [&str; 12] = [
    "listen",
    "metrics_listen",
    "database",
    "key_file",
    "public_url",
    "behind_proxy",
    "smtp_url",
    "smtp_ca_file",
    "mail_folder",
    "mail_from",
    "log",
    "log_format",
];

fn parsed<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn flags_win_over_environment_over_file_over_defaults() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("candour.toml");
        std::fs::write(&file, "log = 'warn'\nmail_from = 'a@example.org'\npublic_url = 'https://file.example.org/'")
            .unwrap();
        let settings = Settings::load(
            Some(&file),
            env(&[("CANDOUR_MAIL_FROM", "b@example.org"), ("CANDOUR_LOG", "debug"), ("CANDOUR_BEHIND_PROXY", "true")]),
            vec![("log", toml::Value::String("trace".into()))],
        )
        .unwrap();
        assert_eq!((settings.log.as_str(), settings.mail_from.as_str()), ("trace", "b@example.org"));
        assert_eq!(settings.public_url, "https://file.example.org");
        assert!(settings.behind_proxy && settings.is_https());
        assert_eq!(settings.listen, Settings::default().listen);
    }

    #[test]
    fn links_lead_to_where_it_listens_unless_told_otherwise() {
        let settings = Settings::load(None, env(&[("CANDOUR_LISTEN", "127.0.0.1:9090")]), vec![]).unwrap();
        assert_eq!(settings.public_url, "http://127.0.0.1:9090");
    }

    #[test]
    fn an_unknown_setting_is_an_error_that_names_it() {
        let error = Settings::load(None, env(&[("CANDOUR_DATABSE", "x")]), vec![]).unwrap_err();
        assert!(error.to_string().contains("CANDOUR_DATABSE"));
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("candour.toml");
        std::fs::write(&file, "log = 'warn'\ndatabse = 'postgres://ann:hunter2@db/x'").unwrap();
        let error = Settings::load(Some(&file), vec![], vec![]).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("databse"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}
