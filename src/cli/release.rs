//! `candour release create|preview|show|list|audit`.

use super::audit::Audit;
use super::campaign::{CampaignName, record};
use super::{SettingsFlags, print};
use crate::app::App;
use crate::audit::Action;
use crate::campaign::Campaign;
use crate::clock::Time;
use crate::db::Conn;
use crate::paper::Paper;
use crate::release::{self, preview::Standing};
use crate::report::{Format, Template};
use crate::survey::{self, Survey};
use crate::uptake;
use anyhow::Context;
use clap::{Subcommand, ValueEnum};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Release {
    /// Freeze the figures of a campaign up to now; refused while too few people have answered since the last
    Create {
        #[command(flatten)]
        campaign: CampaignName,
    },
    /// Prepare the next release and print what it would show and what not, and none of its figures
    Preview {
        #[command(flatten)]
        campaign: CampaignName,
    },
    /// Print a release
    Show {
        #[command(flatten)]
        campaign: CampaignName,
        /// Which [default: the latest]
        #[arg(long, value_name = "K")]
        number: Option<u32>,
        #[arg(long, value_enum, default_value = "json")]
        format: Data,
    },
    /// List the releases of a campaign
    List {
        #[command(flatten)]
        campaign: CampaignName,
    },
    /// Try to find out from releases what they hide; exit code 1 if that succeeds anywhere
    Audit(Audit),
}

/// What a release can be printed as.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Data {
    Json,
    Csv,
}

impl Release {
    pub fn run(self, flags: SettingsFlags) -> anyhow::Result<ExitCode> {
        match self {
            Release::Create { campaign } => create(&flags.open()?, &campaign)?,
            Release::Preview { campaign } => preview(&flags.open()?, &campaign)?,
            Release::Show { campaign, number, format } => {
                let app = flags.open()?;
                let paper = app.db.read_blocking(|conn| find(conn, &campaign, number))?;
                print::bytes(&match format {
                    Data::Json => format!("{}\n", paper.frozen()).into_bytes(),
                    Data::Csv => paper.write(Format::Csv, &Template::default(), "", "")?,
                })?;
            }
            Release::List { campaign } => list(&flags.open()?, &campaign)?,
            Release::Audit(audit) => return audit.run(flags),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The latest release, if no number is given.
pub fn find(conn: &mut Conn, name: &CampaignName, number: Option<u32>) -> anyhow::Result<Paper> {
    let (campaign, _) = name.find(conn)?;
    let number = match number {
        Some(number) => number,
        None => {
            release::store::latest(conn, &campaign.id)?
                .with_context(|| format!("{} has no release yet; candour release create makes one", campaign.name))?
                .number
        }
    };
    Paper::find(conn, &campaign.id, number)?.with_context(|| format!("{} has no release {number}", campaign.name))
}

/// The survey that a campaign asks.
pub fn asked(conn: &mut Conn, campaign: &Campaign) -> anyhow::Result<Survey> {
    survey::store::load(conn, &campaign.survey_version)?.context("the campaign's survey is not in the database")
}

/// Freezes a release of `campaign` as of `now` and puts it on record.
pub fn freeze(
    conn: &mut Conn,
    app: &App,
    now: Time,
    campaign: &Campaign,
    organisation: &str,
) -> anyhow::Result<release::Release> {
    let survey = asked(conn, campaign)?;
    let uptake = uptake::counts(conn, campaign)?;
    let made = release::create(conn, &app.keys, now, campaign, organisation, &survey, uptake)?;
    record(conn, app, Action::CreateRelease, campaign)?;
    Ok(made)
}

/// Prepares, makes and keeps, each in a transaction of its own: a running service takes
/// answers meanwhile.
fn create(app: &App, name: &CampaignName) -> anyhow::Result<()> {
    prepare(app, name)?;
    let drafted = app.db.read_blocking(|conn| drafted(conn, app, name))?;
    let method = drafted.method();
    let made = app.db.write_blocking(|conn| {
        let (campaign, _) = name.find(conn)?;
        let made = release::keep(conn, &campaign, drafted)?;
        record(conn, app, Action::CreateRelease, &campaign)?;
        anyhow::Ok(made)
    })?;
    print::line(&format!("Release {} of {}: {} responses, {}", made.number, made.campaign, made.base, made.hash));
    print::note(&format!("{method}."));
    Ok(())
}

fn preview(app: &App, name: &CampaignName) -> anyhow::Result<()> {
    let campaign = prepare(app, name)?;
    app.db.write_blocking(|conn| record(conn, app, Action::PreviewRelease, &campaign))?;
    let drafted = app.db.read_blocking(|conn| drafted(conn, app, name))?;
    let preview = drafted.preview();
    let mut rows = vec![["QUESTION", "BREAKDOWN", "GROUP", "OPTION", "IN THE RELEASE"].map(str::to_owned).to_vec()];
    for table in &preview.tables {
        let mut row = |group: &Option<String>, option: &str, standing: Standing| {
            let or_all = |code: &Option<String>| code.clone().unwrap_or_else(|| "-".to_owned());
            let place = [table.question.clone(), or_all(&table.breakdown), or_all(group), option.to_owned()];
            rows.push(place.into_iter().chain([standing.reason()]).collect());
        };
        for group in &table.groups {
            row(&group.group, "-", group.standing);
            group.options.iter().for_each(|(option, standing)| row(&group.group, option, *standing));
        }
    }
    print::table(&rows);
    print::line(&format!("Release {} of {}, as of {}: not made yet", preview.number, campaign.name, preview.as_of));
    print::note(&format!("{}.", drafted.method()));
    Ok(())
}

/// The draft of the next release, with what waits if that is enough.
fn prepare(app: &App, name: &CampaignName) -> anyhow::Result<Campaign> {
    let campaign = app.db.write_blocking(|conn| {
        let (campaign, _) = name.find(conn)?;
        let uptake = uptake::counts(conn, &campaign)?;
        release::prepare(conn, &app.keys, app.clock.now(), &campaign, uptake)?;
        anyhow::Ok(campaign)
    })?;
    app.tidy_blocking();
    Ok(campaign)
}

fn drafted(conn: &mut Conn, app: &App, name: &CampaignName) -> anyhow::Result<release::Drafted> {
    let (campaign, organisation) = name.find(conn)?;
    let survey = asked(conn, &campaign)?;
    let drafted = release::drafted(conn, &app.keys, &campaign, &organisation, &survey)?;
    drafted.context("somebody else was making a release at the same moment: look at it before you make the next")
}

fn list(app: &App, name: &CampaignName) -> anyhow::Result<()> {
    let listed = app.db.read_blocking(|conn| {
        let (campaign, _) = name.find(conn)?;
        anyhow::Ok(release::store::list(conn, &campaign.id)?)
    })?;
    let mut rows = vec![["NUMBER", "AS OF", "HASH"].map(str::to_owned).to_vec()];
    rows.extend(listed.into_iter().map(|r| vec![r.number.to_string(), r.as_of.to_string(), r.hash]));
    print::table(&rows);
    Ok(())
}
