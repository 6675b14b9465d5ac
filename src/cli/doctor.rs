//! `candour doctor`.

use super::print;
use crate::config::Settings;
use crate::doctor::{self, Check, Finding};
use clap::Args;
use std::process::ExitCode;

/// Looks at the settings, the files, the mail server, the database and all that is in
/// it, and changes nothing. Says everything that is wrong at once, each with what to do.
/// Exit code 1 if there is any problem; a note is none.
#[derive(Debug, Args)]
pub struct Doctor {}

impl Doctor {
    pub fn run(self, settings: &Settings) -> anyhow::Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let checks = runtime.block_on(doctor::examine(settings));
        checks.iter().for_each(show);
        let problems = checks.iter().flat_map(|check| &check.findings).filter(|found| found.is_problem).count();
        match problems {
            0 => print::line("No problems."),
            1 => print::line("1 problem."),
            n => print::line(&format!("{n} problems.")),
        }
        Ok(if problems == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn show(check: &Check) {
    if check.findings.is_empty() {
        print::line(&format!("ok       {}", check.of));
    }
    for Finding { is_problem, what, remedy } in &check.findings {
        let word = if *is_problem { "PROBLEM" } else { "note   " };
        print::line(&format!("{word}  {}: {what}", check.of));
        print::line(&format!("         -> {remedy}"));
    }
}
