//! `candour import`: an earlier questionnaire's CSV file becomes responses.

use super::campaign::{CampaignName, record};
use super::print;
use super::release::asked;
use crate::app::App;
use crate::audit::Action;
use crate::response::import::{self, Map};
use anyhow::Context;
use clap::Args;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    campaign: CampaignName,
    /// Which column is which question, and which value which answer (surveys/examples/README.md describes it)
    #[arg(long, value_name = "MAP.toml")]
    map: PathBuf,
    /// The answers: CSV in UTF-8 or Windows-1252, with commas, semicolons or tabs
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Say what would be imported, and import nothing
    #[arg(long)]
    dry_run: bool,
    /// Import a file that was imported before, or one like it; its people count twice then
    #[arg(long)]
    again: bool,
}

impl Import {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        let (campaign, survey) = app.db.read_blocking(|conn| {
            let (campaign, _) = self.campaign.find(conn)?;
            let survey = asked(conn, &campaign)?;
            anyhow::Ok((campaign, survey))
        })?;
        let map = Map::read(&name(&self.map), &text(&self.map)?, &survey)?;
        let bytes = std::fs::read(&self.file).with_context(|| format!("{} cannot be read", self.file.display()))?;
        let import = self.read(&map, &survey, &bytes)?;
        show(&import);
        if self.dry_run {
            app.db.read_blocking(|conn| import::check(conn, &app.keys, &campaign, &survey, &import, self.again))?;
            print::note("A dry run: nothing was imported.");
            return Ok(ExitCode::SUCCESS);
        }
        app.db.write_blocking(|conn| {
            import::keep(conn, &app.keys, &campaign, &survey, &import, self.again)?;
            record(conn, app, Action::Import, &campaign)
        })?;
        print::note(&format!("Imported {} responses into {}.", import.people.len(), campaign.name));
        Ok(ExitCode::SUCCESS)
    }

    fn read(&self, map: &Map, survey: &crate::survey::Survey, bytes: &[u8]) -> anyhow::Result<import::Import> {
        let bar = std::io::stderr().is_terminal().then(|| print::progress("Reading", bytes.len()));
        let progress = |read: usize| {
            if let Some(bar) = &bar {
                bar.set_position(u64::try_from(read).unwrap_or(u64::MAX));
            }
        };
        let import = import::read(map, survey, &name(&self.file), bytes, progress);
        if let Some(bar) = &bar {
            bar.finish_and_clear();
        }
        Ok(import?)
    }
}

/// What becomes of each question's cells.
fn show(import: &import::Import) {
    let mut rows = vec![["QUESTION", "ANSWERED", "MISSING", "EMPTY", "NOT ASKED"].map(str::to_owned).to_vec()];
    rows.extend(import.questions.iter().map(|tally| {
        let counts = [tally.answered, tally.missing, tally.skipped, tally.not_asked];
        std::iter::once(tally.question.to_string()).chain(counts.iter().map(ToString::to_string)).collect()
    }));
    print::table(&rows);
    print::line(&format!("{} people, {} empty rows", import.people.len(), import.empty_rows));
}

fn name(file: &Path) -> String {
    file.display().to_string()
}

fn text(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}
