//! `candour demo`: an invented council on a throwaway database, through the same
//! doors as a real one.

mod council;
mod offers;
mod reading;

use super::{SettingsFlags, print, serve};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Settings;
use crate::demo;
use crate::mail::Transport;
use anyhow::{Context, bail};
use clap::Args;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::ExitCode;

const ADMINISTRATOR: &str = "admin@wrenfordshire.example";
const HR: &str = "hr@wrenfordshire.example";
const INTERVIEWER: &str = "interviewer@harrowmere.example";

#[derive(Debug, Args)]
pub struct Demo {
    /// Where to listen [default: 127.0.0.1:8080, or any free port if that is taken]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

/// What there is to try.
struct Links {
    password: String,
    report: String,
    leaver: String,
    by_letter: String,
    stayer: String,
}

impl Demo {
    /// Takes no settings from outside: the demo touches nothing but its own folder.
    pub fn run(self, flags: SettingsFlags) -> anyhow::Result<ExitCode> {
        if !flags.is_empty() {
            bail!("the demo has a database, a key and settings of its own: it takes --listen only");
        }
        let listener = bind(self.listen)?;
        let address = listener.local_addr()?;
        // Gone when it goes out of scope, and so when the service ends.
        let folder = tempfile::Builder::new().prefix("candour-demo-").tempdir()?;
        print::note("Making an invented council ...");
        let settings = settings(folder.path(), address)?;
        serve::start_log(&settings)?;
        let app = App::open(settings, Clock::system())?;
        let links = app.db.write_blocking(|conn| council::found(conn, &app))?;
        show(&app, &links);
        let transport = Transport::from_settings(&app.settings)?;
        serve::run(app, listener, transport)?;
        print::note("Everything of the demo is gone again.");
        Ok(ExitCode::SUCCESS)
    }
}

fn bind(listen: Option<SocketAddr>) -> anyhow::Result<TcpListener> {
    let usual = SocketAddr::from(([127, 0, 0, 1], 8080));
    match listen {
        Some(at) => TcpListener::bind(at).with_context(|| format!("cannot listen on {at}")),
        None => TcpListener::bind(usual)
            .or_else(|_| TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))))
            .context("cannot listen on 127.0.0.1"),
    }
}

fn settings(folder: &Path, address: SocketAddr) -> anyhow::Result<Settings> {
    Ok(Settings {
        listen: address,
        database: format!("sqlite:{}", folder.join("demo.db").display()).parse()?,
        key_file: folder.join("demo.key"),
        mail_folder: folder.join("mail"),
        mail_from: "Wrenfordshire County Council <leavers@wrenfordshire.example>".to_owned(),
        public_url: format!("http://{address}"),
        log: "warn".to_owned(),
        ..Settings::default()
    })
}

fn show(app: &App, links: &Links) {
    let Links { password, report, leaver, by_letter, stayer } = links;
    let url = &app.settings.public_url;
    print::line(&format!(
        "
  {name}, an invented council, is running Candour.

  As a leaver           {leaver}
    with a letter       {url}  and the code {by_letter}
  As a member of staff  {stayer}
  As HR                 {url}/sign-in
                        {HR}  {password}
  As an interviewer     {INTERVIEWER}  (the same password)
  As an administrator   {ADMINISTRATOR}  (the same password)
  As the committee      {report}
    the paper           {report}.pdf

  E-mails become files in {mail}
  Everything goes when you stop it with Ctrl-C.
",
        name = demo::COUNCIL,
        mail = app.settings.mail_folder.display(),
    ));
}
