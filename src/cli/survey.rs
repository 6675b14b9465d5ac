//! `candour survey check FILE...`, `publish FILE...`, `list`.

use super::{SettingsFlags, print};
use crate::survey;
use anyhow::{Context, bail};
use clap::Subcommand;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Survey {
    /// Print every problem of survey files, with its place and a hint; exit code 1 if there is an error
    Check {
        /// Survey files (surveys/README.md describes the format)
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Publish survey files, so that campaigns can use them
    Publish {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// List the published surveys, the newest version of each first
    List,
}

impl Survey {
    pub fn run(self, flags: SettingsFlags) -> anyhow::Result<ExitCode> {
        match self {
            Survey::Check { files } => check(&files),
            Survey::Publish { files } => publish(flags, &files),
            Survey::List => list(flags),
        }
    }
}

fn check(files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut has_error = false;
    for file in files {
        let explained = survey::explain::explain(&file.display().to_string(), &read(file)?);
        print::line(explained.text.trim_end());
        has_error |= explained.has_errors;
    }
    Ok(if has_error { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// All or none: a file with an error keeps the others from being published too.
fn publish(flags: SettingsFlags, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut sources = Vec::new();
    let mut has_error = false;
    for file in files {
        let bytes = read(file)?;
        let explained = survey::explain::explain(&file.display().to_string(), &bytes);
        if explained.has_errors {
            print::note(explained.text.trim_end());
            has_error = true;
        }
        sources.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    if has_error {
        bail!("nothing was published");
    }
    let app = flags.open()?;
    let now = app.clock.now();
    let published = app.db.write_blocking(|conn| {
        sources
            .iter()
            .map(|source| survey::store::publish(conn, now, source))
            .collect::<Result<Vec<_>, survey::store::PublishError>>()
    })?;
    for version in published {
        print::line(&format!("{}  {}  {}", version.code, version.hash, version.title));
    }
    Ok(ExitCode::SUCCESS)
}

fn list(flags: SettingsFlags) -> anyhow::Result<ExitCode> {
    let app = flags.open()?;
    let versions = app.db.read_blocking(survey::store::list)?;
    let mut rows = vec![vec!["CODE".to_owned(), "PUBLISHED".to_owned(), "VERSION".to_owned(), "TITLE".to_owned()]];
    rows.extend(versions.into_iter().map(|v| {
        let short: String = v.hash.chars().take(12).collect();
        vec![v.code.to_string(), v.published_at.date().to_string(), short, v.title]
    }));
    print::table(&rows);
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))
}
