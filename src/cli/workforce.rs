//! `candour workforce upload|list|show|remove|template`.

use super::organisation::named;
use super::print;
use crate::app::App;
use crate::audit::{self, Action, Actor};
use crate::db::Conn;
use crate::id::OrganisationId;
use crate::workforce::{self, By, Counts, Kind, Measure, Period, store};
use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Workforce {
    /// Keep the figures of a period: headcount, starters, leavers and more by directorate and role
    Upload(Upload),
    /// List the periods of an organisation
    List {
        #[arg(long, value_name = "NAME")]
        organisation: String,
    },
    /// Show all figures of a period, with the rates that follow from them
    Show {
        #[arg(long, value_name = "NAME")]
        organisation: String,
        /// Of the last period that was over by this day [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        as_of: Option<NaiveDate>,
    },
    /// Delete the figures of a period
    Remove {
        #[arg(long, value_name = "NAME")]
        organisation: String,
        #[command(flatten)]
        period: Days,
    },
    /// Print the first line of a file, which names its columns
    Template,
}

#[derive(Debug, Args)]
pub struct Upload {
    /// Whose staff it is
    #[arg(long, value_name = "NAME")]
    organisation: String,
    #[command(flatten)]
    period: Days,
    /// The figures: CSV in UTF-8 or Windows-1252, with commas, semicolons or tabs
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Replace what was uploaded of this period before
    #[arg(long)]
    replace: bool,
    /// Say what would be kept, and keep nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Days {
    /// The first day of the period
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: NaiveDate,
    /// Its last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: NaiveDate,
}

impl Workforce {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        match self {
            Workforce::Upload(upload) => upload.run(app)?,
            Workforce::List { organisation } => list(app, &organisation)?,
            Workforce::Show { organisation, as_of } => {
                let as_of = as_of.unwrap_or(app.clock.now().date());
                let found = app.db.read_blocking(|conn| {
                    let organisation = named(conn, &organisation)?;
                    anyhow::Ok(store::latest(conn, &organisation.id, as_of)?)
                })?;
                show(&found.with_context(|| format!("no period of {organisation} was over by {as_of}"))?);
            }
            Workforce::Remove { organisation, period } => remove(app, &organisation, &period)?,
            Workforce::Template => print::bytes(workforce::template().as_bytes())?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Upload {
    fn run(self, app: &App) -> anyhow::Result<()> {
        let now = app.clock.now();
        let period = workforce::read_period(self.period.from, self.period.to, now.date())?;
        let bytes = std::fs::read(&self.file).with_context(|| format!("{} cannot be read", self.file.display()))?;
        let read = workforce::read(&bytes).map_err(|problems| refused(&self.file, &problems))?;
        read.warnings.iter().for_each(|warning| print::note(warning));
        let workforce = workforce::Workforce { period, rows: read.rows };
        show(&workforce);
        if self.dry_run {
            print::note("A dry run: nothing was kept.");
            return Ok(());
        }
        app.db.write_blocking(|conn| {
            let organisation = named(conn, &self.organisation)?;
            let known = store::of_period(conn, &organisation.id, period)?;
            if let (Some(known), false) = (&known, self.replace) {
                bail!("figures of {} were uploaded on {}: --replace replaces them", words(period), known.uploaded_on);
            }
            workforce::keep(conn, now, &organisation.id, &workforce, known.as_ref().map(|known| &known.id))?;
            record(conn, app, &organisation.id, Action::UploadWorkforce, period)
        })?;
        print::note(&format!("Kept the figures of {}.", words(period)));
        Ok(())
    }
}

fn refused(file: &std::path::Path, problems: &[workforce::Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(|problem| format!("  {problem}")).collect();
    anyhow::anyhow!("{}:\n{}\nNothing was kept.", file.display(), lines.join("\n"))
}

fn list(app: &App, organisation: &str) -> anyhow::Result<()> {
    let all = app.db.read_blocking(|conn| {
        let organisation = named(conn, organisation)?;
        anyhow::Ok(store::list(conn, &organisation.id)?)
    })?;
    let mut rows = vec![["FROM", "TO", "UPLOADED"].map(str::to_owned).to_vec()];
    rows.extend(
        all.iter().map(|one| [one.period.from, one.period.to, one.uploaded_on].map(|day| day.to_string()).to_vec()),
    );
    print::table(&rows);
    Ok(())
}

fn remove(app: &App, organisation: &str, period: &Days) -> anyhow::Result<()> {
    let period = Period { from: period.from, to: period.to };
    app.db.write_blocking(|conn| {
        let organisation = named(conn, organisation)?;
        let Some(known) = store::of_period(conn, &organisation.id, period)? else {
            bail!("there are no figures of {}: candour workforce list shows the periods", words(period));
        };
        store::delete(conn, &organisation.id, &known.id)?;
        record(conn, app, &organisation.id, Action::DeleteWorkforce, period)
    })?;
    print::line(&format!("Deleted the figures of {}.", words(period)));
    Ok(())
}

/// A table by directorate and one by role, and the rates.
fn show(workforce: &workforce::Workforce) {
    let total = workforce.total();
    let measures: Vec<Measure> = Measure::ALL.into_iter().filter(|measure| total.get(*measure).is_some()).collect();
    for by in By::ALL {
        let groups = workforce.groups(by);
        if groups.is_empty() {
            continue;
        }
        let line = |name: &str, counts: &Counts| {
            let numbers =
                measures.iter().map(|measure| counts.get(*measure).map(|it| it.to_string()).unwrap_or_default());
            std::iter::once(name.to_owned()).chain(numbers).collect::<Vec<String>>()
        };
        let heads = std::iter::once(by.as_str()).chain(measures.iter().map(|measure| measure.as_str()));
        let mut rows = vec![heads.map(|head| head.to_uppercase().replace('_', " ")).collect::<Vec<String>>()];
        rows.extend(groups.iter().map(|(name, of)| line(name, &workforce.sum(of))));
        rows.push(line("everybody", &total));
        print::table(&rows);
        print::line("");
    }
    for rate in Kind::ALL.into_iter().filter_map(|kind| kind.of(&total)) {
        print::line(&format!("{}: {rate} ({} of {})", rate.kind.label(), rate.numerator, rate.denominator));
    }
}

fn words(period: Period) -> String {
    format!("{} to {}", period.from, period.to)
}

fn record(
    conn: &mut Conn,
    app: &App,
    organisation: &OrganisationId,
    action: Action,
    period: Period,
) -> anyhow::Result<()> {
    let actor = Actor::operator().within(organisation);
    Ok(audit::record(conn, app.clock.now(), &actor, action, &words(period))?)
}
