//! `candour account add|reset|comments|close|list`.

use super::organisation::named;
use super::print;
use crate::app::App;
use crate::audit::{self, Action, Actor};
use crate::db::Conn;
use crate::interview;
use crate::staff::EmailAddress;
use crate::staff::account::{self, Account as StaffAccount, Role};
use crate::staff::link::{self, LinkPurpose};
use crate::staff::{interviewer, organisation};
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
        /// Whose HR it is, or in a post of which an interviewer is; an administrator and
        /// an independent interviewer belong to no organisation
        #[arg(long, required_if_eq("role", "hr"))]
        organisation: Option<String>,
        /// Who employs an independent interviewer, if it is one of the organisations
        /// here: they are never offered to it
        #[arg(long, conflicts_with = "organisation")]
        employer: Option<String>,
        /// Who an interviewer is, for leavers to read
        #[arg(long, value_name = "TEXT", required_if_eq("role", "interviewer"))]
        about: Option<String>,
    },
    /// Print a new one-time link with which its owner chooses another password
    Reset {
        #[arg(long)]
        email: String,
    },
    /// Let somebody of HR read, redact and approve what people wrote in their own words
    Comments {
        #[arg(long)]
        email: String,
        /// Take the right away again
        #[arg(long)]
        take_away: bool,
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
    Interviewer,
}

/// What `account add` is told, but for who it is.
struct New {
    role: RoleName,
    organisation: Option<String>,
    employer: Option<String>,
    about: Option<String>,
}

impl Account {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        let now = app.clock.now();
        match self {
            Account::Add { role, email, name, organisation, employer, about } => {
                let email = parsed(&email)?;
                let token = app.db.write_blocking(|conn| {
                    let added = add(conn, New { role, organisation, employer, about }, &name, email)?;
                    record(conn, app, Action::OpenAccount, &added)?;
                    anyhow::Ok(link::mint(conn, &app.keys, now, &added.id, LinkPurpose::Password)?)
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
            Account::Comments { email, take_away } => {
                app.db.write_blocking(|conn| let_read_comments(conn, app, &email, !take_away))?;
                let change = if take_away { "no longer reads" } else { "may now read" };
                print::line(&format!("{email} {change} comments."));
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

fn add(conn: &mut Conn, new: New, name: &str, email: EmailAddress) -> anyhow::Result<StaffAccount> {
    let organisation = new.organisation.map(|name| named(conn, &name)).transpose()?.map(|found| found.id);
    let employer = new.employer.map(|name| named(conn, &name)).transpose()?.map(|found| found.id);
    if new.role != RoleName::Interviewer && (employer.is_some() || new.about.is_some()) {
        bail!("--employer and --about are for interviewers");
    }
    Ok(match (new.role, organisation) {
        (RoleName::Administrator, None) => account::open(conn, Role::Administrator, name, email)?,
        (RoleName::Hr, Some(organisation)) => account::open(conn, Role::Hr(organisation), name, email)?,
        (RoleName::Interviewer, organisation) => {
            let about = new.about.unwrap_or_default();
            interviewer::open(conn, organisation, name, email, employer.as_ref(), &about)?
        }
        _ => bail!("an administrator belongs to no organisation; HR belongs to one"),
    })
}

fn let_read_comments(conn: &mut Conn, app: &App, email: &str, may: bool) -> anyhow::Result<()> {
    let known = known(conn, email)?;
    if !matches!(known.role, Role::Hr(_)) || known.is_closed {
        bail!("{email} is not an open account of somebody of HR: only they read comments");
    }
    if account::let_read_comments(conn, &known.id, may)? {
        record(conn, app, if may { Action::GiveCommentRight } else { Action::TakeCommentRight }, &known)?;
    }
    Ok(())
}

fn list(app: &App) -> anyhow::Result<()> {
    let rows = app.db.read_blocking(|conn| {
        let mut rows = vec![["EMAIL", "NAME", "ROLE", "ORGANISATION", ""].map(str::to_owned).to_vec()];
        let row = |organisation: &str, a: StaffAccount| {
            let state = if a.is_closed { "closed" } else { "" };
            vec![a.email.to_string(), a.name.clone(), role(&a).to_owned(), organisation.to_owned(), state.to_owned()]
        };
        rows.extend(account::list(conn, None)?.into_iter().map(|account| row("-", account)));
        rows.extend(interviewer::independent(conn)?.into_iter().map(|one| row("-", one.account)));
        for organisation in organisation::list(conn)? {
            let accounts = account::list(conn, Some(&organisation.id))?;
            rows.extend(accounts.into_iter().map(|account| row(&organisation.name, account)));
        }
        anyhow::Ok(rows)
    })?;
    print::table(&rows);
    Ok(())
}

fn role(account: &StaffAccount) -> &'static str {
    match (&account.role, account.holds_interviews, account.reads_comments) {
        (Role::Hr(_), true, true) => "hr, interviewer, reads comments",
        (Role::Hr(_), true, false) => "hr, interviewer",
        (Role::Hr(_), false, true) => "hr, reads comments",
        (Role::Interviewer(None), ..) => "independent interviewer",
        (other, ..) => other.as_str(),
    }
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
