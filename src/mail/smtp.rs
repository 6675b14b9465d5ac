//! The conversation with a mail server, step by step, so that after a failure we
//! know whether the message can have been taken: not before its last line was
//! sent. (Lettre's own transport says only that something failed; and its timeout
//! does not bound the wait for a reply.)

use super::transport::{Outcome, TransportError};
use super::write::Written;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use std::fmt;
use std::path::Path;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;
use url::Url;

/// For each step but the last.
const STEP: Duration = Duration::from_secs(30);
/// Servers look at a message for a while before they say that they take it.
const VERDICT: Duration = Duration::from_secs(120);

pub struct Server {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    hello: ClientId,
    /// Kept between messages, one message at a time.
    conversation: Mutex<Option<AsyncSmtpConnection>>,
}

enum Security {
    /// TLS from the first byte.
    Tls(TlsParameters),
    /// STARTTLS, or nothing is sent.
    StartTls(TlsParameters),
    /// STARTTLS where the server has it.
    IfOffered(TlsParameters),
    None,
}

/// Certification authorities to trust besides the system's.
pub(super) struct Trust(Option<Certificate>);

impl Trust {
    pub(super) fn read(file: Option<&Path>) -> Result<Trust, TransportError> {
        let Some(path) = file else { return Ok(Trust(None)) };
        let bad = |why: String| TransportError::Authority(path.to_owned(), why);
        let pem = std::fs::read(path).map_err(|e| bad(e.to_string()))?;
        Certificate::from_pem(&pem).map(Some).map(Trust).map_err(|e| bad(e.to_string()))
    }

    fn parameters(&self, host: &str) -> Result<TlsParameters, TransportError> {
        let mut builder = TlsParameters::builder(host.to_owned());
        if let Trust(Some(certificate)) = self {
            builder = builder.add_root_certificate(certificate.clone());
        }
        builder.build().map_err(|e| TransportError::Url(e.to_string()))
    }
}

impl Server {
    /// `smtps://` is TLS from the start; `smtp://` is STARTTLS, unless it says
    /// `?tls=opportunistic` or `?tls=none`. No error shows the password.
    pub(super) fn from_url(url: &str, trust: &Trust) -> Result<Server, TransportError> {
        let bad = |why: &str| TransportError::Url(why.to_owned());
        let url = Url::parse(url).map_err(|e| TransportError::Url(e.to_string()))?;
        let host = url.host_str().ok_or_else(|| bad("it names no host"))?.to_owned();
        let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let (security, port) = match (url.scheme(), tls.as_deref()) {
            ("smtps", None | Some("required")) => (Security::Tls(trust.parameters(&host)?), SUBMISSIONS_PORT),
            ("smtp", None | Some("required")) => (Security::StartTls(trust.parameters(&host)?), SUBMISSION_PORT),
            ("smtp", Some("opportunistic")) => (Security::IfOffered(trust.parameters(&host)?), SUBMISSION_PORT),
            ("smtp", Some("none")) => (Security::None, SMTP_PORT),
            ("smtp" | "smtps", Some(_)) => return Err(bad("tls is required, opportunistic or none")),
            _ => return Err(bad("it begins with smtp:// or smtps://")),
        };
        let decoded = |text: &str| percent_decoded(text).ok_or_else(|| bad("its user or password is not UTF-8"));
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None if url.username().is_empty() => None,
            None => return Err(bad("it has a user and no password")),
        };
        let port = url.port().unwrap_or(port);
        Ok(Server { host, port, security, credentials, hello: ClientId::default(), conversation: Mutex::new(None) })
    }

    pub(super) async fn send(&self, message: &Written) -> Outcome {
        let mut kept = self.conversation.lock().await;
        let mut conn = match self.connection(kept.take()).await {
            Ok(conn) => conn,
            Err(why) => return Outcome::Unreachable(why),
        };
        let outcome = deliver(&mut conn, message).await;
        let goes_on = match outcome {
            Outcome::Sent => true,
            // After a no in the middle the server must forget what it has heard.
            Outcome::Refused(_) | Outcome::Later(_) => matches!(timeout(STEP, conn.command(Rset)).await, Ok(Ok(_))),
            Outcome::Unreachable(_) | Outcome::Unknown(_) => false,
        };
        if goes_on {
            *kept = Some(conn);
        }
        outcome
    }

    /// Connects and signs in, and says goodbye.
    pub(super) async fn greet(&self) -> Result<(), String> {
        let mut conn = self.connection(None).await?;
        let _ = timeout(STEP, conn.quit()).await;
        Ok(())
    }

    pub(super) async fn rest(&self) {
        if let Some(mut conn) = self.conversation.lock().await.take() {
            // Whether it hears the goodbye is all the same.
            let _ = timeout(STEP, conn.quit()).await;
        }
    }

    /// The one that we have, if it still answers; else a new one.
    async fn connection(&self, kept: Option<AsyncSmtpConnection>) -> Result<AsyncSmtpConnection, String> {
        if let Some(mut conn) = kept
            && matches!(timeout(STEP, conn.test_connected()).await, Ok(true))
        {
            return Ok(conn);
        }
        match timeout(STEP, self.connect()).await {
            Ok(Ok(conn)) => Ok(conn),
            Ok(Err(e)) => Err(format!("the mail server could not be used: {e}")),
            Err(_late) => Err("the mail server did not answer in time".to_owned()),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, ConnectError> {
        let tls = match &self.security {
            Security::Tls(parameters) => Some(parameters.clone()),
            Security::StartTls(_) | Security::IfOffered(_) | Security::None => None,
        };
        let at = (self.host.as_str(), self.port);
        let mut conn = AsyncSmtpConnection::connect_tokio1(at, Some(STEP), &self.hello, tls, None).await?;
        match &self.security {
            Security::StartTls(parameters) if conn.can_starttls() => {
                conn.starttls(parameters.clone(), &self.hello).await?;
            }
            Security::StartTls(_) => return Err(ConnectError::NoStartTls),
            Security::IfOffered(parameters) if conn.can_starttls() => {
                conn.starttls(parameters.clone(), &self.hello).await?;
            }
            Security::IfOffered(_) | Security::Tls(_) | Security::None => {}
        }
        if let Some(credentials) = &self.credentials {
            conn.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(conn)
    }
}

#[derive(Debug, thiserror::Error)]
enum ConnectError {
    #[error("it does not offer STARTTLS, and smtp_url wants it")]
    NoStartTls,
    #[error("{0}")]
    Smtp(#[from] Error),
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({}:{})", self.host, self.port)
    }
}

async fn deliver(conn: &mut AsyncSmtpConnection, message: &Written) -> Outcome {
    let mut parameters = Vec::new();
    if !message.to.to_string().is_ascii() {
        if !conn.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Outcome::Refused("the mail server cannot send to addresses with such characters".to_owned());
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    // A no to the sender is about our settings and not about this message.
    match timeout(STEP, conn.command(Mail::new(Some(message.from.clone()), parameters))).await {
        Ok(Ok(_)) => {}
        Ok(Err(e)) => return Outcome::Unreachable(format!("the mail server did not let us send: {e}")),
        Err(_late) => return Outcome::Unreachable("the mail server did not answer in time".to_owned()),
    }
    for step in [Step::Recipient, Step::Data] {
        let reply = match step {
            Step::Recipient => timeout(STEP, conn.command(Rcpt::new(message.to.clone(), Vec::new()))).await,
            Step::Data => timeout(STEP, conn.command(Data)).await,
        };
        match reply {
            Ok(Ok(_)) => {}
            Ok(Err(e)) if e.is_permanent() => return Outcome::Refused(e.to_string()),
            Ok(Err(e)) => return Outcome::Later(e.to_string()),
            Err(_late) => return Outcome::Later("the mail server did not answer in time".to_owned()),
        }
    }
    match timeout(VERDICT, conn.message(&message.text())).await {
        Ok(Ok(_)) => Outcome::Sent,
        Ok(Err(e)) if e.is_permanent() => Outcome::Refused(e.to_string()),
        Ok(Err(e)) if e.is_transient() => Outcome::Later(e.to_string()),
        Ok(Err(e)) => Outcome::Unknown(format!("the mail server broke off before it said whether it took it: {e}")),
        Err(_late) => Outcome::Unknown("the mail server did not say whether it took it".to_owned()),
    }
}

enum Step {
    Recipient,
    Data,
}

/// What a URL's `%40` stand for.
fn percent_decoded(text: &str) -> Option<String> {
    // A form's pair is decoded the same way, but for the plus sign.
    let pair = format!("v={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
}
