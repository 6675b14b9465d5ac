//! `candour organisation add NAME`, `list`.

use super::print;
use crate::app::App;
use crate::db::Conn;
use crate::staff::organisation;
use anyhow::Context;
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Organisation {
    /// Add an organisation: an employer, to which everything else belongs
    Add { name: String },
    /// List the organisations
    List,
}

impl Organisation {
    pub fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        match self {
            Organisation::Add { name } => {
                let added = app.db.write_blocking(|conn| organisation::create(conn, &name))?;
                print::line(&format!("Added {}.", added.name));
            }
            Organisation::List => {
                for organisation in app.db.read_blocking(organisation::list)? {
                    print::line(&organisation.name);
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The organisation of this name, or an error that says which there are.
pub fn named(conn: &mut Conn, name: &str) -> anyhow::Result<organisation::Organisation> {
    let known = organisation::by_name(conn, name)?;
    if let Some(known) = known {
        return Ok(known);
    }
    let all: Vec<String> = organisation::list(conn)?.into_iter().map(|o| o.name).collect();
    let hint = if all.is_empty() {
        "there is none yet: candour organisation add NAME".to_owned()
    } else {
        format!("there are: {}", all.join(", "))
    };
    None.with_context(|| format!("there is no organisation {name:?}; {hint}"))
}
