//! Whole journeys, and then their last request alone: a response that is durable before
//! anybody is thanked for it, beside what the database can do at most.

use super::{head, percentile, row};
use crate::council::Council;
use crate::http::Client;
use crate::limit;
use crate::person::{Person, Ready, Step};
use crate::process::{self, Process};
use crate::random::Random;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// What lies in the database of one response until a release counts it: an envelope.
const ENVELOPE: usize = 8_192;
const SPAN: Duration = Duration::from_secs(5);

type Took = Vec<(Step, Duration)>;

pub fn run(postgres: Option<&str>, people: usize, clients: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let limit_before = limit(folder.path(), postgres, clients, "before")?;
    let council = Council::shipped(folder.path(), postgres)?;
    let codes = council.codes(people)?;
    let candour = Process::serve(&process::candour()?, &council.database, &council.key)?;

    let (cpu, begun) = (candour.cpu(), Instant::now());
    let (ready, turns) = prepare(candour.address, &codes, clients)?;
    let (turning, turning_cpu) = (begun.elapsed().as_secs_f64(), candour.cpu() - cpu);

    let (cpu, begun) = (candour.cpu(), Instant::now());
    let sends = send(candour.address, ready, clients)?;
    let (sending, sending_cpu) = (begun.elapsed().as_secs_f64(), candour.cpu() - cpu);
    let limit_after = limit(folder.path(), postgres, clients, "after")?;
    let limit = (limit_before + limit_after) / 2.0;
    let rate = people as f64 / sending;

    let waits = council.app.db.read_blocking(|conn| candour::response::waiting(conn, &council.campaign.id))?;
    anyhow::ensure!(waits == people as u64, "{waits} of {people} are there");
    head(&format!("Sending, {} clients, {}", clients, if postgres.is_some() { "PostgreSQL" } else { "SQLite" }));
    row("pages on the way, a second", format!("{:.0}", turns.len() as f64 / turning));
    row("processor time for each of them, µs", format!("{:.0}", turning_cpu / turns.len() as f64 * 1e6));
    row("of these, 99 of 100 within, ms", format!("{:.1}", percentile(durations(&turns), 99)));
    row("responses sent and durable, a second", format!("{rate:.0}"));
    row("processor time for each, µs", format!("{:.0}", sending_cpu / people as f64 * 1e6));
    row("of these, 99 of 100 within, ms", format!("{:.1}", percentile(durations(&sends), 99)));
    row("the same rows into the database alone, a second", format!("{limit:.0} ({limit_before:.0}, {limit_after:.0})"));
    row("sent, of what the database can do", format!("{:.0} %", 100.0 * rate / limit));
    row("most memory", format!("{:.1} MB", candour.memory("VmHWM") as f64 / 1e6));
    Ok(())
}

fn limit(folder: &std::path::Path, postgres: Option<&str>, clients: usize, name: &str) -> anyhow::Result<f64> {
    match postgres {
        Some(url) => limit::insert_into_postgres(url, clients, ENVELOPE, SPAN),
        None => limit::insert_into_sqlite(&folder.join(name), clients, ENVELOPE, SPAN),
    }
}

fn durations(took: &Took) -> Vec<Duration> {
    took.iter().map(|(_, took)| *took).collect()
}

/// Everybody as far as their last page.
pub fn prepare(address: SocketAddr, codes: &[String], clients: usize) -> anyhow::Result<(Vec<Ready>, Took)> {
    let all = Mutex::new((Vec::with_capacity(codes.len()), Took::new()));
    among(clients, codes.iter().enumerate().collect(), |(number, code)| {
        let mut took = Took::new();
        let ready = Person::new(Client::new(address, number), Random(number as u64)).answer(code, &mut took)?;
        let mut all = all.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        all.0.push(ready);
        all.1.extend(took);
        Ok(())
    })?;
    all.into_inner().map_err(|_poisoned| anyhow::anyhow!("a client broke off"))
}

pub fn send(address: SocketAddr, ready: Vec<Ready>, clients: usize) -> anyhow::Result<Took> {
    let all = Mutex::new(Took::new());
    among(clients, ready.into_iter().enumerate().collect(), |(number, ready)| {
        let mut took = Took::new();
        Person::new(Client::new(address, number), Random(0)).send(&ready, &mut took)?;
        all.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(took);
        Ok(())
    })?;
    all.into_inner().map_err(|_poisoned| anyhow::anyhow!("a client broke off"))
}

/// Does `work` for each of `items`, so many at a time.
fn among<T: Send>(clients: usize, items: Vec<T>, work: impl Fn(T) -> anyhow::Result<()> + Sync) -> anyhow::Result<()> {
    let items = Mutex::new(items.into_iter());
    let next = || items.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    while let Some(item) = next() {
                        work(item)?;
                    }
                    Ok(())
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| anyhow::bail!("a client broke off")))
    })
}
