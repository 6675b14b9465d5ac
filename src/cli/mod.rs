//! The commands: what users script against. Parsing and dispatch are here; each
//! command's file says what it does with the stages.
//!
//! Results go to standard output, everything else to standard error. Exit codes:
//! 0 done, 1 not done (the message says why and what to do), 2 wrong usage.

mod account;
mod audit;
mod backup;
mod campaign;
mod demo;
mod doctor;
mod import;
mod key;
mod organisation;
mod print;
mod release;
mod report;
mod serve;
mod survey;
mod token;
mod workforce;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{self, Overrides, Settings};
use crate::db::{self, Db};
use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit and retention interviews that leavers trust, and figures that a committee
/// can rely on.
#[derive(Debug, Parser)]
#[command(name = "candour", version, max_term_width = 100)]
#[command(after_help = "Start with `candour demo`. Settings can also stand in a TOML file (--config) or in \
    CANDOUR_* variables of the same names (CANDOUR_DATABASE, CANDOUR_PUBLIC_URL, ...); flags win over \
    variables, variables over the file.")]
struct Candour {
    #[command(flatten)]
    settings: SettingsFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
struct SettingsFlags {
    /// A TOML file with settings
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// sqlite:FILE or postgres://USER@HOST/NAME [default: sqlite:candour.db]
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// The installation's key; made with a new database [default: candour.key]
    #[arg(long, global = true, value_name = "FILE")]
    key_file: Option<String>,
    /// What to log: error, warn, info, debug, or a filter such as candour=debug,warn [default: info,actix_server=warn]
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service; on an empty database, print a link to set it up
    Serve(serve::Serve),
    /// Run an invented council on a throwaway database, and print the links to try
    Demo(demo::Demo),
    /// Bring the database's tables up to date
    Migrate,
    /// Check and publish survey files
    #[command(subcommand)]
    Survey(survey::Survey),
    /// Add and list organisations
    #[command(subcommand)]
    Organisation(organisation::Organisation),
    /// Add and list the accounts of administrators, HR and interviewers
    #[command(subcommand)]
    Account(account::Account),
    /// Make, list and end the tokens of programs
    #[command(subcommand)]
    Token(token::Token),
    /// Open and list campaigns
    #[command(subcommand)]
    Campaign(campaign::Campaign),
    /// Write a consistent copy of the database to one file
    Backup(backup::Backup),
    /// Put a backup into an empty database
    Restore(backup::Restore),
    /// Say whether everything is in order, and what to do about what is not
    Doctor(doctor::Doctor),
    /// Change the key that seals what open interviews hold of people
    #[command(subcommand)]
    Key(key::Key),
    /// Turn the CSV file of an earlier questionnaire into responses
    Import(import::Import),
    /// Upload, show and delete an organisation's workforce figures
    #[command(subcommand)]
    Workforce(workforce::Workforce),
    /// Make, show and attack releases
    #[command(subcommand)]
    Release(release::Release),
    /// Write a release as a paper: page, PDF, Word, spreadsheet, CSV or JSON
    Report(report::Report),
}

/// Runs the command of this process.
pub fn main() -> ExitCode {
    let candour = Candour::parse();
    match run(candour) {
        Ok(code) => code,
        Err(error) => {
            print::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(candour: Candour) -> anyhow::Result<ExitCode> {
    let flags = candour.settings;
    match candour.command {
        Command::Serve(serve) => serve.run(flags),
        Command::Demo(demo) => demo.run(flags),
        Command::Migrate => migrate(&flags.load(vec![])?),
        Command::Survey(survey) => survey.run(flags),
        Command::Organisation(organisation) => organisation.run(&flags.open()?),
        Command::Account(account) => account.run(&flags.open()?),
        Command::Token(token) => token.run(&flags.open()?),
        Command::Campaign(campaign) => campaign.run(&flags.open()?),
        Command::Backup(backup) => backup.run(&flags.load(vec![])?),
        Command::Restore(restore) => restore.run(&flags.load(vec![])?),
        Command::Doctor(doctor) => doctor.run(&flags.load(vec![])?),
        Command::Key(key) => key.run(&flags.open()?),
        Command::Import(import) => import.run(&flags.open()?),
        Command::Workforce(workforce) => workforce.run(&flags.open()?),
        Command::Release(release) => release.run(flags),
        Command::Report(report) => report.run(&flags.open()?),
    }
}

impl SettingsFlags {
    /// The settings of this run; `more` are the flags of the command itself.
    fn load(self, more: Overrides) -> anyhow::Result<Settings> {
        let text = |value: Option<String>| value.map(toml::Value::String);
        let mut flags: Overrides = [("database", self.database), ("key_file", self.key_file), ("log", self.log)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, text(value)?)))
            .collect();
        flags.extend(more);
        Ok(Settings::load(self.config.as_deref(), config::environment(), flags)?)
    }

    fn is_empty(&self) -> bool {
        let SettingsFlags { config, database, key_file, log } = self;
        config.is_none() && database.is_none() && key_file.is_none() && log.is_none()
    }

    fn open(self) -> anyhow::Result<App> {
        App::open(self.load(vec![])?, Clock::system())
    }
}

fn migrate(settings: &Settings) -> anyhow::Result<ExitCode> {
    let db =
        Db::open(&settings.database).with_context(|| format!("the database {} cannot be used", settings.database))?;
    let done = db.write_blocking(|conn| anyhow::Ok(db::migrate(conn)?))?;
    match done.len() {
        0 => print::line("The tables are up to date."),
        n => print::line(&format!("Done: {n} migrations ({}).", done.join(", "))),
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Candour::command().debug_assert();
    }
}
