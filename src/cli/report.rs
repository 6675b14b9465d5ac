//! `candour report`: a release as a paper, in any format.

use super::campaign::CampaignName;
use super::{print, release};
use crate::app::App;
use crate::paper::Paper;
use crate::report::template::Part;
use crate::report::{Format, Template};
use crate::template::{self, Typed};
use crate::web;
use anyhow::{Context, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct Report {
    #[command(flatten)]
    campaign: CampaignName,
    /// The number of the release [default: the latest]
    #[arg(long, value_name = "K")]
    release: Option<u32>,
    #[arg(long, value_enum, default_value = "html")]
    format: Format,
    /// Where to write it
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    look: LookFlags,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What is in it, and how it looks [default: as the organisation saved it]")]
struct LookFlags {
    /// A TOML file with title, committee, date, parts, breakdowns, accent, logo_alt, instead of what was saved
    #[arg(long, value_name = "FILE.toml")]
    template: Option<PathBuf>,
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Whom it is for
    #[arg(long, value_name = "TEXT")]
    committee: Option<String>,
    /// The day that stands on it
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// A part that is in it; give it again for more
    #[arg(long, value_name = "PART", value_parser = Part::ALL.map(Part::code))]
    part: Vec<String>,
    /// A question by which its figures are split; give it again for more
    #[arg(long, value_name = "QUESTION")]
    breakdown: Vec<String>,
    /// A colour that can be read on white, as in #0b5c6b
    #[arg(long, value_name = "COLOUR")]
    accent: Option<String>,
    /// A picture: PNG or JPEG
    #[arg(long, value_name = "FILE", requires = "logo_alt")]
    logo: Option<PathBuf>,
    /// What the logo says
    #[arg(long, value_name = "TEXT")]
    logo_alt: Option<String>,
}

impl Report {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        let paper = app.db.read_blocking(|conn| release::find(conn, &self.campaign, self.release))?;
        let template = self.look.read(&paper)?;
        let about = format!("{}/campaigns/{}", app.settings.public_url, paper.listed.campaign_id);
        let bytes = paper.write(self.format, &template, &about, web::ui::STYLE)?;
        std::fs::write(&self.out, bytes).with_context(|| format!("{} cannot be written", self.out.display()))?;
        print::note(&format!("Wrote {}.", self.out.display()));
        Ok(ExitCode::SUCCESS)
    }
}

impl LookFlags {
    /// Flags win over the file, and the file over what was saved.
    fn read(self, paper: &Paper) -> anyhow::Result<Template> {
        let known: Vec<String> = paper.breakdowns().into_iter().map(|(code, _)| code).collect();
        let mut typed = match &self.template {
            Some(file) => read_file(file)?,
            None => saved(&paper.template, &known),
        };
        let set = |field: &mut String, flag: Option<String>| *field = flag.unwrap_or(std::mem::take(field));
        set(&mut typed.title, self.title);
        set(&mut typed.committee, self.committee);
        set(&mut typed.date, self.date);
        set(&mut typed.accent, self.accent);
        set(&mut typed.logo_alt, self.logo_alt);
        typed.parts = Some(self.part).filter(|parts| !parts.is_empty()).or(typed.parts);
        typed.breakdowns = Some(self.breakdown).filter(|codes| !codes.is_empty()).or(typed.breakdowns);
        if let Some(file) = &self.logo {
            typed.logo = Some(std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?);
        }
        match template::read(&typed, Some(&known)) {
            Ok(template) => Ok(template),
            Err(problems) => {
                let lines: Vec<String> =
                    problems.iter().map(|problem| format!("  {}: {}", problem.field, problem.message)).collect();
                bail!("the paper cannot look like that:\n{}", lines.join("\n"))
            }
        }
    }
}

/// As the organisation saved it for all of its campaigns; not each is split by the same.
fn saved(template: &Template, known: &[String]) -> Typed {
    let mut typed = Typed::from(template);
    typed.breakdowns = typed.breakdowns.map(|codes| codes.into_iter().filter(|code| known.contains(code)).collect());
    typed
}

fn read_file(file: &Path) -> anyhow::Result<Typed> {
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    toml::from_str(&text).with_context(|| format!("{name} is no template"))
}
