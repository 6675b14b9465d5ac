//! `candour account add|reset|close|list`.

use super::organisation::named;
use super::print;
use crate::app::App;
use crate::audit::{self, Action, Actor};
use crate::db::Conn;
use crate::interview;
use crate::staff::EmailAddress;
use crate::staff::account::{self, Account as StaffAccount, Role};
use crate::staff::link::{self, LinkPurpose};
use crate::staff::organisation;
use anyhow::{Context, bail};
use clap::{Subcommand, ValueEnum};
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Account {
    /// Add an account, and print a one-time link with which its owner chooses a password
    Add {
        #[arg(long, value_enum)]
        role: RoleName,
        #[arg(long)]
        email: String,
        #[arg(long, value_name = "FULL NAME")]
        name: String,
        /// Whose HR it is; an administrator belongs to no organisation
        #[arg(long, required_if_eq("role", "hr"))]
        organisation: Option<String>,
    },
    /// Print a new one-time link with which its owner chooses another password
    Reset {
        #[arg(long)]
        email: String,
    },
    /// Close an account, and sign its owner out
    Close {
        #[arg(long)]
        email: String,
    },
    /// List the accounts
    List,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    Administrator,
    Hr,
}

impl Account {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        let now = app.clock.now();
        match self {
            Account::Add { role, email, name, organisation } => {
                let email = parsed(&email)?;
                let token = app.db.write_blocking(|conn| {
                    let role = match (role, organisation) {
                        (RoleName::Administrator, None) => Role::Administrator,
                        (RoleName::Hr, Some(organisation)) => Role::Hr(named(conn, &organisation)?.id),
                        _ => bail!("an administrator belongs to no organisation; HR belongs to one"),
                    };
                    let added = account::open(conn, role, &name, email)?;
                    record(conn, app, Action::OpenAccount, &added)?;
                    Ok(link::mint(conn, &app.keys, now, &added.id, LinkPurpose::Password)?)
                })?;
                print_link(app, &link::path(&token));
            }
            Account::Reset { email } => {
                let token = app.db.write_blocking(|conn| {
                    let known = known(conn, &email)?;
                    if known.is_closed {
                        bail!("the account of {email} is closed");
                    }
                    record(conn, app, Action::SendPasswordLink, &known)?;
                    Ok(link::mint(conn, &app.keys, now, &known.id, LinkPurpose::Password)?)
                })?;
                print_link(app, &link::path(&token));
            }
            Account::Close { email } => {
                app.db.write_blocking(|conn| {
                    let known = known(conn, &email)?;
                    account::close(conn, &known.id)?;
                    interview::let_go(conn, &app.keys, now, &known.id)?;
                    record(conn, app, Action::CloseAccount, &known)
                })?;
                print::line(&format!("Closed the account of {email}."));
            }
            Account::List => list(app)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list(app: &App) -> anyhow::Result<()> {
    let rows = app.db.read_blocking(|conn| {
        let mut rows = vec![["EMAIL", "NAME", "ROLE", "ORGANISATION", ""].map(str::to_owned).to_vec()];
        let mut groups = vec![(None, "-".to_owned())];
        groups.extend(organisation::list(conn)?.into_iter().map(|o| (Some(o.id), o.name)));
        for (id, organisation) in groups {
            rows.extend(account::list(conn, id.as_ref())?.into_iter().map(|a| {
                let state = if a.is_closed { "closed" } else { "" };
                vec![a.email.to_string(), a.name, a.role.as_str().to_owned(), organisation.clone(), state.to_owned()]
            }));
        }
        anyhow::Ok(rows)
    })?;
    print::table(&rows);
    Ok(())
}

fn record(conn: &mut Conn, app: &App, action: Action, account: &StaffAccount) -> anyhow::Result<()> {
    let actor = match account.role.organisation() {
        Some(organisation) => Actor::operator().within(organisation),
        None => Actor::operator(),
    };
    Ok(audit::record(conn, app.clock.now(), &actor, action, account.email.as_str())?)
}

fn known(conn: &mut Conn, email: &str) -> anyhow::Result<StaffAccount> {
    account::by_email(conn, &parsed(email)?)?.with_context(|| format!("there is no account of {email}"))
}

fn parsed(email: &str) -> anyhow::Result<EmailAddress> {
    email.parse().with_context(|| format!("{email:?} is not an e-mail address"))
}

fn print_link(app: &App, path: &str) {
    print::note("Give this link to the account's owner. It works once, for a day:");
    print::line(&format!("{}{path}", app.settings.public_url));
}
