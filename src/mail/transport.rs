//! The way out: a mail server, or a folder where there is none.

use super::smtp::{Server, Trust};
use super::write::Written;
use crate::config::Settings;
use crate::id::MailId;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub enum Transport {
    Smtp(Box<Server>),
    /// One `.eml` file a message, named by the mail's id: doing it again
    /// overwrites the file and never doubles it.
    Folder(PathBuf),
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// The server will never take it, for this reason.
    Refused(String),
    /// The server did not take it now.
    Later(String),
    /// There is no server to talk to: true of every other message as well.
    Unreachable(String),
    /// The server has it all, and did not say whether it took it.
    Unknown(String),
}

#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    #[error("smtp_url is not right: {0}; write it as smtp://user:password@host:587?tls=required")]
    Url(String),
    #[error("smtp_ca_file {0} cannot be used: {1}")]
    Authority(PathBuf, String),
    #[error("mail_from {0:?} is not an address to send from, as in Candour <candour@example.org>")]
    From(String),
    #[error("the mail folder {0} cannot be made: {1}")]
    Folder(PathBuf, std::io::Error),
}

impl Transport {
    /// Finds what is wrong with the settings now rather than at the first mail.
    pub fn from_settings(settings: &Settings) -> Result<Transport, TransportError> {
        super::write::sender(&settings.mail_from).ok_or_else(|| TransportError::From(settings.mail_from.clone()))?;
        match &settings.smtp_url {
            Some(url) => {
                let trust = Trust::read(settings.smtp_ca_file.as_deref())?;
                Ok(Transport::Smtp(Box::new(Server::from_url(url.expose(), &trust)?)))
            }
            None => Transport::folder(&settings.mail_folder),
        }
    }

    fn folder(path: &Path) -> Result<Transport, TransportError> {
        std::fs::create_dir_all(path).map_err(|e| TransportError::Folder(path.to_owned(), e))?;
        Ok(Transport::Folder(path.to_owned()))
    }

    /// Whether doing a message again does no harm.
    pub fn is_repeatable(&self) -> bool {
        matches!(self, Transport::Folder(_))
    }

    pub async fn send(&self, id: &MailId, message: Written) -> Outcome {
        match self {
            Transport::Smtp(server) => server.send(&message).await,
            Transport::Folder(folder) => {
                let (folder, name) = (folder.clone(), format!("{id}.eml"));
                match tokio::task::spawn_blocking(move || put(&folder, &name, &message.text())).await {
                    Ok(Ok(())) => Outcome::Sent,
                    Ok(Err(e)) => Outcome::Unreachable(format!("the mail folder cannot be written: {e}")),
                    Err(_stopped) => Outcome::Unreachable("the process is ending".to_owned()),
                }
            }
        }
    }

    /// Whether there is a server that lets us in; nothing is sent. With a folder, none
    /// is needed.
    pub async fn greet(&self) -> Result<(), String> {
        match self {
            Transport::Smtp(server) => server.greet().await,
            Transport::Folder(_) => Ok(()),
        }
    }

    /// Says goodbye to the server, if there is a conversation: nothing more is to
    /// be sent for now.
    pub async fn rest(&self) {
        if let Transport::Smtp(server) = self {
            server.rest().await;
        }
    }
}

/// For the service's own account only: a message holds a code or a link.
fn private(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// There whole or not at all, and there for good.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let part = folder.join(format!("{name}.part"));
    let mut file = private(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&part, folder.join(name))?;
    std::fs::File::open(folder)?.sync_all()
}
