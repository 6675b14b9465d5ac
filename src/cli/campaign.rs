//! `candour campaign open|list|close`.

use super::organisation::named;
use super::print;
use crate::app::App;
use crate::audit::{self, Action, Actor};
use crate::campaign::{self, Crossing, Mode, NewCampaign};
use crate::db::Conn;
use crate::staff::organisation;
use crate::survey::{self, Code};
use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Campaign {
    /// Open a campaign; its survey version, its breakdowns and how hidden figures are protected are fixed from then on, its smallest group can only be raised
    Open(Open),
    /// List the campaigns of all organisations
    List,
    /// Close a campaign: no invitation can be taken up from now on
    Close {
        #[command(flatten)]
        campaign: CampaignName,
    },
}

#[derive(Debug, Args)]
pub struct Open {
    /// Whose campaign it is
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// The code of a published survey, as in `candour survey list`
    #[arg(long, value_name = "CODE")]
    survey: String,
    /// What it is called; one of its organisation's only
    #[arg(long)]
    name: String,
    /// A question by which figures are split, or mode: how people took part; give it again for more
    #[arg(long, value_name = "QUESTION")]
    breakdown: Vec<String>,
    /// Two of the breakdowns at once, such as directorate*role; give it again for more
    #[arg(long, value_name = "QUESTION*QUESTION", value_parser = campaign::read_crossing)]
    crossing: Vec<Crossing>,
    /// How far apart the least and the greatest are, at least, that a hidden number of people can be
    #[arg(long, value_name = "PEOPLE", default_value_t = campaign::DEFAULT_PROTECTION)]
    protection: u32,
    /// Hide small counts within a group as well: for figures that are published to the world
    #[arg(long)]
    strict: bool,
    /// The fewest people that a figure may be about
    #[arg(long, value_name = "K", default_value_t = campaign::DEFAULT_MIN_BASE)]
    min_base: u32,
    /// The last day on which an invitation can be taken up [default: rolling]
    #[arg(long, value_name = "YYYY-MM-DD")]
    closes_on: Option<NaiveDate>,
    /// At least this many days lie between what one person is sent
    #[arg(long, value_name = "DAYS", default_value_t = campaign::DEFAULT_REMINDER_DAYS)]
    reminder_days: u32,
    /// At most this many reminders
    #[arg(long, value_name = "N", default_value_t = campaign::DEFAULT_REMINDER_LIMIT)]
    reminder_limit: u32,
    /// A way to take part; give it again for more, in the order in which they are offered
    #[arg(long, value_name = "MODE", default_value = "online", value_parser = ["online", "independent", "hr"])]
    mode: Vec<String>,
    /// What the post is called that holds hr interviews, such as "the principal social worker" [default: HR]
    #[arg(long, value_name = "TEXT")]
    post: Option<String>,
    /// In how many days an interviewer takes a case before another is offered it
    #[arg(long, value_name = "DAYS", default_value_t = campaign::DEFAULT_OFFER_DAYS)]
    offer_days: u32,
    /// After how many days what somebody left to be reached by is erased
    #[arg(long, value_name = "DAYS", default_value_t = campaign::DEFAULT_CONTACT_DAYS)]
    contact_days: u32,
}

/// Which campaign a command is about.
#[derive(Debug, Args)]
pub struct CampaignName {
    /// The campaign's name or id
    #[arg(long = "campaign", value_name = "N")]
    name: String,
    /// Whose campaign, where several organisations have one of that name
    #[arg(long)]
    organisation: Option<String>,
}

impl CampaignName {
    /// The one campaign that is meant, and its organisation's name.
    pub fn find(&self, conn: &mut Conn) -> anyhow::Result<(campaign::Campaign, String)> {
        let organisation = self.organisation.as_deref().map(|name| named(conn, name)).transpose()?;
        let mut found = campaign::store::by_name(conn, organisation.as_ref().map(|o| &o.id), &self.name)?;
        match (found.pop(), found.is_empty()) {
            (Some(campaign), true) => {
                let owner = organisation::get(conn, &campaign.organisation_id)?.context("its organisation is gone")?;
                Ok((campaign, owner.name))
            }
            (Some(_), false) => {
                bail!("several organisations have a campaign {:?}: name one with --organisation", self.name)
            }
            (None, _) => bail!("there is no campaign {:?}; candour campaign list shows them", self.name),
        }
    }
}

impl Campaign {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        match self {
            Campaign::Open(open) => open.run(app)?,
            Campaign::List => list(app)?,
            Campaign::Close { campaign } => {
                let closed = app.db.write_blocking(|conn| {
                    let (campaign, _) = campaign.find(conn)?;
                    let closed = campaign::close(conn, app.clock.now(), &campaign)?;
                    if closed {
                        record(conn, app, Action::CloseCampaign, &campaign)?;
                    }
                    anyhow::Ok(closed)
                })?;
                print::line(if closed { "Closed." } else { "It was closed before." });
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Open {
    fn run(self, app: &App) -> anyhow::Result<()> {
        let breakdowns = self.breakdown.into_iter().map(Code::new).collect::<Result<Vec<_>, _>>()?;
        let opened = app.db.write_blocking(|conn| {
            let organisation = named(conn, &self.organisation)?;
            let version = survey::store::latest(conn, &self.survey)?.with_context(|| {
                format!("no survey {:?} is published; candour survey list shows which are", self.survey)
            })?;
            let new = NewCampaign {
                min_base: self.min_base,
                closes_on: self.closes_on,
                reminder_days: self.reminder_days,
                reminder_limit: self.reminder_limit,
                breakdowns,
                crossings: self.crossing,
                protection: self.protection,
                is_strict: self.strict,
                modes: self.mode.iter().filter_map(|mode| Mode::read(mode)).collect(),
                post: self.post,
                offer_days: self.offer_days,
                contact_days: self.contact_days,
                ..NewCampaign::new(organisation.id, version.hash, self.name)
            };
            let opened = campaign::open(conn, &app.keys, app.clock.now(), new)?;
            record(conn, app, Action::OpenCampaign, &opened)?;
            anyhow::Ok(opened)
        })?;
        print::line(&format!("Opened {} ({}).", opened.name, opened.id));
        Ok(())
    }
}

fn list(app: &App) -> anyhow::Result<()> {
    let today = app.clock.now().date();
    let rows = app.db.read_blocking(|conn| {
        let mut rows = vec![["ORGANISATION", "CAMPAIGN", "OPENED", "STATE", "ID"].map(str::to_owned).to_vec()];
        for organisation in organisation::list(conn)? {
            rows.extend(campaign::store::list(conn, &organisation.id)?.into_iter().map(|c| {
                let state = if c.takes_invitations(today) { "open" } else { "closed" };
                vec![organisation.name.clone(), c.name, c.opened_on.to_string(), state.to_owned(), c.id.to_string()]
            }));
        }
        anyhow::Ok(rows)
    })?;
    print::table(&rows);
    Ok(())
}

/// Puts on record what the operator did to a campaign.
pub fn record(conn: &mut Conn, app: &App, action: Action, campaign: &campaign::Campaign) -> anyhow::Result<()> {
    let actor = Actor::operator().within(&campaign.organisation_id);
    Ok(audit::record(conn, app.clock.now(), &actor, action, &campaign.name)?)
}
