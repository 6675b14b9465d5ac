//! `candour key rotate`.

use super::print;
use crate::app::{App, rotation};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Key {
    /// Seal interviews and campaigns' keys with a new key, and forget the old one
    ///
    /// What open interviews hold of people, and the keys with which answers are sealed,
    /// are sealed with a key in the key file. This puts a new one there, seals all anew
    /// and takes the old one out of the file. Killed at any point it loses nothing: run
    /// it again. Codes, tickets and sign-ins stay as they are.
    ///
    /// Back up the key file before and after. Backups of the database from before
    /// need the key file from before. A service that is running goes over to the new
    /// key by itself within seconds; on another machine, when it has the new file.
    Rotate,
}

impl Key {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        match self {
            Key::Rotate => {
                let resealed = rotation::rotate(app)?;
                print::line(&format!("The key is changed. Open interviews sealed anew: {resealed}."));
                print::note(
                    "Back up the key file now, and copy it to other machines that run Candour. A running service goes \
                     over to it by itself.",
                );
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
