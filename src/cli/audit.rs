//! `candour release audit`: of a campaign's releases, or of files without a database.

use super::campaign::CampaignName;
use super::release::asked;
use super::{SettingsFlags, print};
use crate::release::{self, audit, chain, freeze, store};
use crate::survey::{self, Survey};
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

#[derive(Debug, Args)]
pub struct Audit {
    #[command(flatten)]
    campaign: Option<CampaignName>,
    /// Releases up to this one [default: all]
    #[arg(long, value_name = "K")]
    release: Option<u32>,
    /// The releases of one campaign as JSON, all that there are, in any order
    #[arg(value_name = "FILE.json", required_unless_present = "name", conflicts_with = "name")]
    files: Vec<PathBuf>,
    /// The questionnaire, for what its questions tell of one another
    #[arg(long, value_name = "FILE.toml", requires = "files")]
    survey: Option<PathBuf>,
    /// Hold them to this smallest group [default: what each release says]
    #[arg(long, value_name = "K")]
    min_base: Option<u32>,
    /// Hold them to ranges as wide as this [default: what each release says]
    #[arg(long, value_name = "W")]
    protection: Option<u32>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// What an audit can be printed as.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What is attacked.
struct Attacked {
    releases: Vec<release::Release>,
    survey: Option<Survey>,
}

impl Audit {
    pub fn run(self, flags: SettingsFlags) -> anyhow::Result<ExitCode> {
        let Attacked { mut releases, survey } = match &self.campaign {
            Some(campaign) => of_campaign(campaign, flags)?,
            None => self.of_files()?,
        };
        releases.retain(|release| self.release.is_none_or(|last| release.number <= last));
        if releases.is_empty() {
            bail!("there is no release to attack");
        }
        for policy in releases.iter_mut().map(|release| &mut release.policy) {
            policy.min_base = self.min_base.unwrap_or(policy.min_base);
            policy.protection = self.protection.or(policy.protection);
        }
        let started = Instant::now();
        let audit = attack(&releases, survey.as_ref());
        match self.format {
            Format::Text => show(&audit, &releases, started.elapsed().as_secs_f64()),
            Format::Json => print::line(&serde_json::to_string_pretty(&audit)?),
        }
        Ok(if audit.breaches.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn of_files(&self) -> anyhow::Result<Attacked> {
        let mut releases = Vec::new();
        for file in &self.files {
            releases.push(read(file)?);
        }
        releases.sort_by_key(|release| release.number);
        for (one, next) in releases.iter().zip(releases.iter().skip(1)) {
            if one.number == next.number {
                bail!("two files hold release {}", one.number);
            }
            if one.campaign != next.campaign || one.organisation != next.organisation {
                bail!("the files are of two campaigns, {:?} and {:?}: give those of one", one.campaign, next.campaign);
            }
            if next.previous_hash.as_deref() != Some(one.hash.as_str()) {
                print::note(&format!(
                    "Release {} does not follow release {}: is one missing?",
                    next.number, one.number
                ));
            }
        }
        let survey = self.survey.as_deref().map(questionnaire).transpose()?;
        Ok(Attacked { releases, survey })
    }
}

fn of_campaign(name: &CampaignName, flags: SettingsFlags) -> anyhow::Result<Attacked> {
    flags.open()?.db.read_blocking(|conn| {
        let (campaign, _) = name.find(conn)?;
        let releases = chain::verified(store::bodies(conn, &campaign.id)?)?;
        let survey = Some(release::with_mode(&asked(conn, &campaign)?));
        Ok(Attacked { releases, survey })
    })
}

/// A release from elsewhere may have been laid out anew, which is no reason not to
/// attack it.
fn read(file: &Path) -> anyhow::Result<release::Release> {
    let name = file.display();
    let body = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    match freeze::verify(body.trim_end()) {
        Ok(release) => Ok(release),
        Err(broken) => {
            let release = serde_json::from_str(&body).with_context(|| format!("{name} is no release"))?;
            print::note(&format!("{name} is not as it was frozen: {broken}"));
            Ok(release)
        }
    }
}

fn questionnaire(file: &Path) -> anyhow::Result<Survey> {
    let name = file.display();
    let source = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    match survey::parse(&source) {
        Ok(checked) => Ok(release::with_mode(&checked.survey)),
        Err(_problems) => bail!("{name} is no survey: candour survey check says what is wrong with it"),
    }
}

fn attack(releases: &[release::Release], survey: Option<&Survey>) -> audit::Audit {
    let mut bar = None;
    let mut progress = |done: usize, of: usize| {
        if std::io::stderr().is_terminal() {
            let bar = bar.get_or_insert_with(|| print::progress("Attacking", of));
            bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
        }
    };
    let audit = audit::audit(releases, survey, audit::Only::Everything, &mut progress);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    audit
}

fn show(audit: &audit::Audit, releases: &[release::Release], seconds: f64) {
    audit.breaches.iter().for_each(|breach| print::line(&breach.to_string()));
    audit.notes.iter().for_each(|note| print::note(note));
    let audit::Attacked { figures, hidden, targets, programs } = audit.attacked;
    print::line(&format!(
        "Attacked {} releases: {figures} figures published, {hidden} hidden; \
         {targets} numbers of people asked for, {programs} linear programs, {seconds:.1} seconds",
        releases.len()
    ));
    match &audit.narrowest {
        Some(narrowest) => print::line(&format!("Narrowest range: {narrowest}")),
        None => print::line("No number is hidden that was asked for"),
    }
    match audit.breaches.len() {
        0 => print::line("Nothing was found out"),
        1 => print::line("1 breach"),
        several => print::line(&format!("{several} breaches")),
    }
}
