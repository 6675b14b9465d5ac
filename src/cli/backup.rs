//! `candour backup` and `candour restore`.

use super::print;
use crate::app;
use crate::backup::{self, Progress, Rows};
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::Db;
use anyhow::{Context, bail};
use clap::Args;
use indicatif::ProgressBar;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

/// The file is a SQLite database of its own, from SQLite and PostgreSQL alike, and can
/// be restored into either. It can be made while Candour runs, and shows one moment.
/// Rows lie in it in the order of their keys: it tells nothing of the order in which
/// they came.
///
/// The key file is not in it. Keep a copy of that apart: without it a backup cannot be
/// used, and whoever has both can open what is sealed.
#[derive(Debug, Args)]
pub struct Backup {
    /// Where to write it; readable by you alone
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Put it in the place of a file that is there already
    #[arg(long)]
    replace: bool,
}

/// All of it or nothing: stopped at any moment, the database is as empty as it was.
/// What the backup holds is checked before and after. A backup of an earlier Candour is
/// brought up to date.
#[derive(Debug, Args)]
pub struct Restore {
    /// What candour backup has written
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Restore what the backup holds even if the installation was not in order when it was made
    #[arg(long)]
    despite_problems: bool,
}

impl Backup {
    pub fn run(self, settings: &Settings) -> anyhow::Result<ExitCode> {
        if let Some(missing) = settings.database.file().filter(|file| !file.exists()) {
            bail!("there is no database {}: name yours with --database", missing.display());
        }
        let (db, ring) = (open(settings)?, app::read_key_file(&settings.key_file)?);
        let mut bar = Bar::default();
        let now = Clock::system().now();
        let made = backup::write(&db, &ring, now, &self.file, self.replace, &mut |progress| bar.show(progress))?;
        bar.end();
        show(&made.rows);
        for table in &made.left_out {
            print::note(&format!("Left out: the table {table}, which is not Candour's."));
        }
        print::note(&format!(
            "Written to {}. The key file {} is not in it: keep a copy of that, and not in the same place.",
            self.file.display(),
            settings.key_file.display()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    pub fn run(self, settings: &Settings) -> anyhow::Result<ExitCode> {
        let (db, ring) = (open(settings)?, app::read_key_file(&settings.key_file)?);
        let mut bar = Bar::default();
        let despite = self.despite_problems;
        let restored = backup::restore(&db, &ring, &self.file, despite, &mut |progress| bar.show(progress))?;
        bar.end();
        show(&restored.rows);
        if !restored.migrated.is_empty() {
            print::note(&format!("Brought up to date: {}.", restored.migrated.join(", ")));
        }
        for problem in &restored.problems {
            print::note(&format!("As it was in the backup: {}", problem.what));
        }
        print::note(&format!(
            "Restored to {}: every row is as it was at {}, and was read back.",
            settings.database, restored.made_at
        ));
        Ok(ExitCode::SUCCESS)
    }
}

fn open(settings: &Settings) -> anyhow::Result<Db> {
    Db::open(&settings.database).with_context(|| format!("the database {} cannot be used", settings.database))
}

fn show(rows: &[Rows]) {
    let mut lines = vec![["TABLE", "ROWS"].map(str::to_owned).to_vec()];
    lines.extend(rows.iter().map(|Rows { table, rows }| vec![table.clone(), rows.to_string()]));
    print::table(&lines);
}

/// A bar for each piece of work, on a terminal.
#[derive(Default)]
struct Bar(Option<(&'static str, ProgressBar)>);

impl Bar {
    fn show(&mut self, Progress { what, done, total }: Progress) {
        if !std::io::stderr().is_terminal() {
            return;
        }
        if self.0.as_ref().is_none_or(|(shown, _)| *shown != what) {
            self.end();
            self.0 = Some((what, print::progress(what, usize::try_from(total).unwrap_or(usize::MAX))));
        }
        if let Some((_, bar)) = &self.0 {
            bar.set_position(done);
        }
    }

    fn end(&mut self) {
        if let Some((_, bar)) = self.0.take() {
            bar.finish_and_clear();
        }
    }
}
