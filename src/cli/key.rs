//! `candour key rotate`.

use super::print;
use crate::app::{App, rotation};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Key {
    /// Seal what open interviews hold of people with a new key, and forget the old one
    ///
    /// Names, telephone numbers and draft answers of open interviews are sealed with a
    /// key in the key file. This puts a new one there, seals all anew and takes the
    /// old one out of the file. Killed at any point it loses nothing: run it again.
    /// Codes, tickets and sign-ins stay as they are.
    ///
    /// Back up the key file before and after. Backups of the database from before
    /// need the key file from before. A service that is running keeps the old key and
    /// changes no interview until it is restarted.
    Rotate,
}

impl Key {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        match self {
            Key::Rotate => {
                let resealed = rotation::rotate(app)?;
                print::line(&format!("The key is changed. Open interviews sealed anew: {resealed}."));
                print::note("Restart Candour if it is running, and back up the key file now.");
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
