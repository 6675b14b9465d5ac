//! An SMTP server that really speaks SMTP, with STARTTLS and AUTH: see
//! `smtp_server.py` for how it is told what to answer.

use super::python;
use candour::secret::Secret;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use tempfile::TempDir;

pub const USER: &str = "candour";
pub const PASSWORD: &str = "correct horse";

pub struct MailServer {
    process: Child,
    folder: TempDir,
    port: u16,
}

/// One message as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    pub to: Vec<String>,
    pub text: String,
}

/// How one `RCPT TO` was asked and answered.
#[derive(Clone, Debug, Deserialize)]
pub struct Attempt {
    pub tls: bool,
    pub authenticated: bool,
    pub reply: String,
}

impl MailServer {
    pub fn start() -> MailServer {
        MailServer::with(&certificate_until(4096))
    }

    /// Nobody should give it a message.
    pub fn with_expired_certificate() -> MailServer {
        MailServer::with(&certificate_until(2020))
    }

    fn with(made: &rcgen::CertifiedKey<rcgen::KeyPair>) -> MailServer {
        let folder = tempfile::tempdir().unwrap();
        let (certificate, key) = kept(made, folder.path());
        let mut process = python("tests/it/smtp_server.py")
            .arg(folder.path())
            .args([&certificate, &key])
            .args([USER, PASSWORD])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is missing: use tests/run, which installs it");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("ready ").and_then(|port| port.parse().ok());
        let port = port.expect("the mail server did not start: apt-get install python3-aiosmtpd, or use tests/run");
        MailServer { process, folder, port }
    }

    /// For `smtp_url`.
    pub fn url(&self) -> Secret<String> {
        self.url_as(USER, PASSWORD)
    }

    pub fn url_as(&self, user: &str, password: &str) -> Secret<String> {
        let password = password.replace(' ', "%20");
        Secret::new(format!("smtp://{user}:{password}@localhost:{}?tls=required", self.port))
    }

    /// For `smtp_ca_file`.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    pub fn received(&self) -> Vec<Received> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|is| is == "eml"))
            .collect();
        files.sort();
        files.iter().map(|file| received(file)).collect()
    }

    pub fn attempts(&self) -> Vec<Attempt> {
        let lines = std::fs::read_to_string(self.folder.path().join("attempts.jsonl")).unwrap_or_default();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

fn received(file: &Path) -> Received {
    #[derive(Deserialize)]
    struct Envelope {
        to: Vec<String>,
    }
    let bytes = std::fs::read(file).unwrap();
    let all = String::from_utf8_lossy(&bytes);
    let (envelope, text) = all.split_once('\n').unwrap();
    let Envelope { to } = serde_json::from_str(envelope).unwrap();
    Received { to, text: text.to_owned() }
}

/// A certificate for localhost that signs itself, good until the beginning of a year, and its key.
fn certificate_until(year: i32) -> rcgen::CertifiedKey<rcgen::KeyPair> {
    let mut params = rcgen::CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    params.not_after = rcgen::date_time_ymd(year, 1, 1);
    let signing_key = rcgen::KeyPair::generate().unwrap();
    rcgen::CertifiedKey { cert: params.self_signed(&signing_key).unwrap(), signing_key }
}

fn kept(made: &rcgen::CertifiedKey<rcgen::KeyPair>, folder: &Path) -> (PathBuf, PathBuf) {
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    (certificate, key)
}
