//! `candour serve`: the web service and the jobs beside it, in one process.

use super::{SettingsFlags, print};
use crate::app::App;
use crate::clock::Clock;
use crate::config::{LogFormat, Settings};
use crate::jobs;
use crate::mail::Transport;
use crate::staff;
use crate::web;
use anyhow::{Context, anyhow};
use clap::Args;
use std::io::IsTerminal;
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often work that is due is looked for.
const JOBS_EVERY: Duration = Duration::from_secs(2);
/// How long a mail that is being sent may still take when the service stops.
const LAST_MAIL: Duration = Duration::from_secs(35);

#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Where Prometheus may ask for metrics [default: nowhere]
    #[arg(long, value_name = "ADDRESS:PORT")]
    metrics_listen: Option<String>,
    /// The address that people see, as in links [default: http:// and where it listens]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

impl Serve {
    pub fn run(self, flags: SettingsFlags) -> anyhow::Result<ExitCode> {
        let named = [("listen", self.listen), ("metrics_listen", self.metrics_listen), ("public_url", self.public_url)];
        let more = named.into_iter().filter_map(|(name, value)| Some((name, toml::Value::String(value?)))).collect();
        let settings = flags.load(more)?;
        start_log(&settings)?;
        let app = App::open(settings, Clock::system())?;
        let transport = Transport::from_settings(&app.settings)?;
        let listener = bind(&app)?;
        print::note(&format!("Candour is at {}", app.settings.public_url));
        offer_set_up(&app)?;
        run(app, listener, transport)?;
        Ok(ExitCode::SUCCESS)
    }
}

pub fn bind(app: &App) -> anyhow::Result<TcpListener> {
    let at = app.settings.listen;
    TcpListener::bind(at).with_context(|| format!("cannot listen on {at}; another address can be given with --listen"))
}

/// Serves until it is told to stop (SIGTERM or Ctrl-C), then finishes what it has
/// accepted.
pub fn run(app: App, listener: TcpListener, transport: Transport) -> anyhow::Result<()> {
    let metrics = app
        .settings
        .metrics_listen
        .map(|at| TcpListener::bind(at).with_context(|| format!("cannot listen on {at} for metrics")))
        .transpose()?;
    web::server::run(async move {
        let is_over = Arc::new(AtomicBool::new(false));
        let working = tokio::spawn(work(app.clone(), transport, is_over.clone()));
        web::server::start(app, listener, metrics)?.await?;
        // The mail that is on its way is seen to its end, so that what became of it is known.
        is_over.store(true, Ordering::SeqCst);
        let _ = tokio::time::timeout(LAST_MAIL, working).await;
        anyhow::Ok(())
    })
}

/// Does what is due until it is over. A failure is logged, and tried again next
/// time.
async fn work(app: App, transport: Transport, is_over: Arc<AtomicBool>) {
    let mut ticks = tokio::time::interval(JOBS_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !is_over.load(Ordering::SeqCst) {
        ticks.tick().await;
        if let Err(error) = jobs::run_until(&app, &transport, || is_over.load(Ordering::SeqCst)).await {
            tracing::error!(error = format!("{error:#}"), "work that is due could not be done");
        }
    }
}

/// While nobody can sign in, whoever started the service gets a link to begin.
fn offer_set_up(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let token = app.db.write_blocking(|conn| staff::link::mint_set_up(conn, &app.keys, now))?;
    if let Some(token) = token {
        print::note(&format!(
            "Nobody can sign in yet. Open this link (once, within a day) to make the first administrator:\n  {}{}",
            app.settings.public_url,
            staff::link::set_up_path(&token)
        ));
    }
    Ok(())
}

/// Whatever is asked for, of the libraries only warnings get into the log: what they
/// say besides is of connections and their bytes, and so of who was there when and how
/// much they wrote.
pub fn start_log(settings: &Settings) -> anyhow::Result<()> {
    use tracing_subscriber::filter::{EnvFilter, LevelFilter, Targets};
    use tracing_subscriber::prelude::*;
    let asked_for =
        EnvFilter::try_new(&settings.log).map_err(|e| anyhow!("log = {:?} is not right: {e}", settings.log))?;
    let of_ours = Targets::new().with_default(LevelFilter::WARN).with_target("candour", LevelFilter::TRACE);
    let lines =
        tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let registry = tracing_subscriber::registry().with(asked_for).with(of_ours);
    match settings.log_format {
        LogFormat::Text => registry.with(lines).init(),
        LogFormat::Json => registry.with(lines.json()).init(),
    }
    Ok(())
}
