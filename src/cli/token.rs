//! `candour token add|list|end`.

use super::organisation::named;
use super::print;
use crate::app::App;
use crate::audit::{self, Action, Actor};
use crate::campaign;
use crate::db::Conn;
use crate::id::{ApiTokenId, CampaignId, OrganisationId};
use crate::staff::organisation;
use crate::staff::token::{self, ApiToken, NewToken, Scope};
use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token with which a program reads releases, and print it
    Add(Add),
    /// List the tokens, never what they are
    List,
    /// End a token, by the id in the list
    End { id: String },
}

#[derive(Debug, Args)]
pub struct Add {
    #[arg(long, value_name = "NAME")]
    organisation: String,
    /// What it is for
    #[arg(long, value_name = "TEXT")]
    name: String,
    /// What it may read; again for another
    #[arg(long = "reads", value_enum, default_values_t = [Reads::Figures])]
    reads: Vec<Reads>,
    /// The one campaign that it reads of [default: all]
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
    /// On which it is still good [default: good until it is ended]
    #[arg(long, value_name = "YYYY-MM-DD")]
    last_day: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Reads {
    /// Lists, and releases as JSON, CSV, XLSX and ODS
    Figures,
    /// Papers with what people wrote: HTML, PDF and DOCX
    Papers,
}

impl Token {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        match self {
            Token::Add(add) => add.run(app)?,
            Token::List => list(app)?,
            Token::End { id } => end(app, &ApiTokenId::claimed(id))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Add {
    fn run(self, app: &App) -> anyhow::Result<()> {
        let now = app.clock.now();
        let secret = app.db.write_blocking(|conn| {
            let organisation = named(conn, &self.organisation)?.id;
            let campaign_id = self.campaign.map(|name| campaign_of(conn, &organisation, &name)).transpose()?;
            let new = NewToken {
                scopes: self.reads.into_iter().map(Scope::from).collect(),
                campaign_id,
                last_day: self.last_day,
                ..NewToken::new(organisation, self.name)
            };
            let (made, secret) = token::create(conn, &app.keys, now, new)?;
            record(conn, app, Action::CreateToken, &made)?;
            anyhow::Ok(secret)
        })?;
        print::note("Give this token to the program. It is shown this once:");
        print::line(secret.expose());
        Ok(())
    }
}

fn campaign_of(conn: &mut Conn, organisation: &OrganisationId, name: &str) -> anyhow::Result<CampaignId> {
    let found = campaign::store::by_name(conn, Some(organisation), name)?;
    found
        .into_iter()
        .next()
        .map(|campaign| campaign.id)
        .with_context(|| format!("the organisation has no campaign {name:?}"))
}

fn list(app: &App) -> anyhow::Result<()> {
    let rows = app.db.read_blocking(|conn| {
        let head = ["ID", "ORGANISATION", "NAME", "READS", "CAMPAIGN", "MADE", "USED LAST", "GOOD UNTIL"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for organisation in organisation::list(conn)? {
            for token in token::list(conn, &organisation.id)? {
                rows.push(row(conn, &organisation.name, &token)?);
            }
        }
        anyhow::Ok(rows)
    })?;
    print::table(&rows);
    Ok(())
}

fn row(conn: &mut Conn, organisation: &str, token: &ApiToken) -> anyhow::Result<Vec<String>> {
    let campaign = match &token.campaign_id {
        Some(id) => campaign::store::get(conn, id)?.map(|campaign| campaign.name).unwrap_or_default(),
        None => "all".to_owned(),
    };
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    Ok(vec![
        token.id.to_string(),
        organisation.to_owned(),
        token.name.clone(),
        token.scopes.to_string(),
        campaign,
        token.created_on.to_string(),
        day(token.used_on),
        day(token.last_day),
    ])
}

fn end(app: &App, id: &ApiTokenId) -> anyhow::Result<()> {
    let ended = app.db.write_blocking(|conn| {
        let Some(known) = token::get(conn, id)? else {
            bail!("there is no token {id}; candour token list says which there are");
        };
        let ended =
            token::delete(conn, &known.organisation_id, id)?.with_context(|| format!("{id} was ended meanwhile"))?;
        record(conn, app, Action::DeleteToken, &ended)?;
        Ok(ended)
    })?;
    print::line(&format!("Ended {}: nothing can be read with it any more.", ended.name));
    Ok(())
}

fn record(conn: &mut Conn, app: &App, action: Action, token: &ApiToken) -> anyhow::Result<()> {
    let actor = Actor::operator().within(&token.organisation_id);
    Ok(audit::record(conn, app.clock.now(), &actor, action, &token.name)?)
}

impl From<Reads> for Scope {
    fn from(reads: Reads) -> Self {
        match reads {
            Reads::Figures => Scope::Releases,
            Reads::Papers => Scope::Reports,
        }
    }
}
