//! `candour demo`: an invented council on a throwaway database, through the same
//! doors as a real one.

use super::release::{asked, freeze};
use super::{SettingsFlags, print, serve};
use crate::app::App;
use crate::campaign::{self, Campaign, NewCampaign};
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::Conn;
use crate::invitation::people::Person;
use crate::invitation::{self, InvitationCode, Letter, Letters};
use crate::mail::Transport;
use crate::staff::account::{self, Role};
use crate::staff::organisation::{self, Organisation};
use crate::staff::password::Password;
use crate::survey::{self, Answers, Code};
use crate::{demo, id, release, response, ticket};
use anyhow::{Context, anyhow, bail};
use clap::Args;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::ExitCode;

const ADMINISTRATOR: &str = "admin@wrenfordshire.example";
const HR: &str = "hr@wrenfordshire.example";
const INVITED: usize = 203;
const BY_EMAIL: usize = 12;
const ANSWERED: usize = 141;
const DECLINED: usize = 9;

#[derive(Debug, Args)]
pub struct Demo {
    /// Where to listen [default: 127.0.0.1:8080, or any free port if that is taken]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

/// What there is to try.
struct Council {
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
        let council = app.db.write_blocking(|conn| found(conn, &app))?;
        show(&app, &council);
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

fn found(conn: &mut Conn, app: &App) -> anyhow::Result<Council> {
    let now = app.clock.now();
    for (_, source) in survey::shipped() {
        survey::store::publish(conn, now, source)?;
    }
    let council = organisation::create(conn, demo::COUNCIL)?;
    let password = open_accounts(conn, &council)?;

    let leavers = open(conn, app, &council, "exit", "Leavers", &["directorate", "role", "service"])?;
    let letters = invite(conn, app, &leavers, INVITED)?;
    let survey = asked(conn, &leavers)?;
    for (letter, answers) in letters.iter().zip(demo::answers(&survey, ANSWERED, 10)) {
        answer(conn, app, &leavers, letter, &answers)?;
    }
    for letter in letters.iter().skip(ANSWERED).take(DECLINED) {
        invitation::decline(conn, &app.keys, now.date(), &code(letter)?, None)?;
    }
    let made = freeze(conn, app, &leavers, &council.name)?;
    release::store::publish(conn, &leavers.id, made.number)?;
    let listed = release::store::find(conn, &leavers.id, made.number)?.context("the release is there")?;

    let stayers = open(conn, app, &council, "retention", "Staying: autumn round", &["directorate", "service"])?;
    let round = invite(conn, app, &stayers, 90)?;
    let survey = asked(conn, &stayers)?;
    for (letter, answers) in round.iter().zip(demo::answers(&survey, 38, 11)) {
        answer(conn, app, &stayers, letter, &answers)?;
    }
    let url = |letter: Option<&Letter>| {
        let letter = letter.context("there are more letters than answers")?;
        anyhow::Ok(format!("{}/i/{}", app.settings.public_url, letter.code))
    };
    Ok(Council {
        password,
        report: format!("{}/reports/{}", app.settings.public_url, listed.id),
        leaver: url(letters.get(ANSWERED + DECLINED))?,
        by_letter: letters.get(ANSWERED + DECLINED + 1).map(|letter| letter.code.clone()).unwrap_or_default(),
        stayer: url(round.last())?,
    })
}

/// One password for both accounts, a new one each time.
fn open_accounts(conn: &mut Conn, council: &Organisation) -> anyhow::Result<String> {
    let password: String = id::random().chars().take(14).collect();
    let hash = Password::choose(&password, &[]).map_err(|e| anyhow!("{e}"))?.hash();
    let accounts = [(ADMINISTRATOR, "Sam Field", Role::Administrator), (HR, "Ann Rees", Role::Hr(council.id.clone()))];
    for (email, name, role) in accounts {
        let opened = account::open(conn, role, name, email.parse().context("the demo's addresses are right")?)?;
        account::set_password(conn, &opened.id, &hash, None)?;
    }
    Ok(password)
}

fn open(
    conn: &mut Conn,
    app: &App,
    council: &Organisation,
    survey: &str,
    name: &str,
    breakdowns: &[&str],
) -> anyhow::Result<Campaign> {
    let version = survey::store::latest(conn, survey)?.context("the survey was published")?;
    let breakdowns = breakdowns.iter().map(|code| Code::new(*code)).collect::<Result<Vec<_>, _>>()?;
    let new = NewCampaign { breakdowns, ..NewCampaign::new(council.id.clone(), version.hash, name) };
    Ok(campaign::open(conn, app.clock.now(), new)?)
}

/// Invites people on paper, so that their codes are known here; and some more by
/// e-mail, to whom nothing has gone out yet.
fn invite(conn: &mut Conn, app: &App, campaign: &Campaign, count: usize) -> anyhow::Result<Vec<Letter>> {
    let people = demo::people(count + BY_EMAIL)
        .iter()
        .enumerate()
        .map(|(n, (name, email))| {
            let channel = if n < count { "letter" } else { email };
            Person::read(name, channel, "").map_err(|problems| anyhow!("{name}: {problems:?}"))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    invitation::invite(conn, campaign, people)?;
    Ok(invitation::letters(conn, &app.keys, app.clock.now().date(), campaign, Letters::Unsent)?)
}

fn answer(conn: &mut Conn, app: &App, campaign: &Campaign, letter: &Letter, answers: &Answers) -> anyhow::Result<()> {
    let code = code(letter)?;
    invitation::take_up(conn, &app.keys, app.clock.now().date(), &code)?;
    let ticket = ticket::mint(&app.keys, &campaign.id, &code.as_bytes());
    let survey = asked(conn, campaign)?;
    Ok(response::hand_in(conn, &app.keys, campaign, &survey, &ticket, response::Mode::Online, answers)?)
}

fn code(letter: &Letter) -> anyhow::Result<InvitationCode> {
    InvitationCode::read(&letter.code).context("a letter's code is one")
}

fn show(app: &App, council: &Council) {
    let Council { password, report, leaver, by_letter, stayer } = council;
    let url = &app.settings.public_url;
    print::line(&format!(
        "
  {name}, an invented council, is running Candour.

  As a leaver           {leaver}
    with a letter       {url}  and the code {by_letter}
  As a member of staff  {stayer}
  As HR                 {url}/sign-in
                        {HR}  {password}
  As an administrator   {ADMINISTRATOR}  (the same password)
  As the committee      {report}

  E-mails become files in {mail}
  Everything goes when you stop it with Ctrl-C.
",
        name = demo::COUNCIL,
        mail = app.settings.mail_folder.display(),
    ));
}
