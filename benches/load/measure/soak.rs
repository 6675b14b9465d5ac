//! People who come at a fixed rate for minutes, while releases are made: nobody may be
//! refused, nobody may wait, and memory may not grow.

use super::{head, percentile, row};
use crate::council::Council;
use crate::http::Client;
use crate::person::{Person, Step};
use crate::process::{self, Process};
use crate::random::Random;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const CLIENTS: usize = 64;
/// Between two releases.
const PAUSE: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Seen {
    took: Vec<(Step, Duration)>,
    refused: Vec<String>,
}

pub fn run(postgres: Option<&str>, seconds: u64, rate: f64) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let council = Council::shipped(folder.path(), postgres)?;
    let people = (rate * seconds as f64) as usize;
    let codes = council.codes(people)?;
    let candour = Process::serve(&process::candour()?, &council.database, &council.key)?;
    let (begun, next) = (Instant::now(), AtomicUsize::new(0));
    let seen = Mutex::new(Seen::default());
    let (mut memory, mut releases) = (Vec::new(), Vec::new());
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let crowd: Vec<_> = (0..CLIENTS)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(code) = codes.get(number) else { return };
                        let due = Duration::from_secs_f64(number as f64 / rate);
                        std::thread::sleep(due.saturating_sub(begun.elapsed()));
                        let mut took = Vec::new();
                        let mut person = Person::new(Client::new(candour.address, number), Random(number as u64));
                        let ready = person.answer(code, &mut took);
                        let sent = ready.and_then(|ready| person.send(&ready, &mut took));
                        let mut seen = seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        seen.took.extend(took);
                        seen.refused.extend(sent.err().map(|error| error.to_string()));
                    }
                })
            })
            .collect();
        while crowd.iter().any(|client| !client.is_finished()) {
            std::thread::sleep(PAUSE.min(Duration::from_secs(seconds / 4)));
            memory.push(candour.memory("VmRSS") as f64 / 1e6);
            releases.extend(release(&council)?);
        }
        Ok(())
    })?;
    let seen = seen.into_inner().map_err(|_poisoned| anyhow::anyhow!("a client broke off"))?;
    let of = |step| seen.took.iter().filter(|(is, _)| *is == step).map(|(_, took)| *took).collect::<Vec<_>>();
    let late = begun.elapsed().as_secs_f64() / seconds as f64;
    head(&format!("{seconds} seconds at {rate:.0} people a second, with releases"));
    row("requests, refused", format!("{}, {}", seen.took.len(), seen.refused.len()));
    for (what, step) in [("the link", Step::Open), ("a page on the way", Step::Turn), ("sending", Step::Send)] {
        let figures = [50, 99].map(|percent| format!("{:.1}", percentile(of(step), percent)));
        row(&format!("{what}: 50 and 99 of 100 within, ms"), figures.join(", "));
    }
    row(
        "releases made meanwhile, and the longest, s",
        format!("{}, {:.1}", releases.len(), releases.iter().copied().fold(0.0, f64::max)),
    );
    row("memory, from beginning to end, MB", memory.iter().map(|mb| format!("{mb:.0}")).collect::<Vec<_>>().join(" "));
    row("time taken, of the time given", format!("{late:.2}"));
    if let Some(why) = seen.refused.first() {
        anyhow::bail!("somebody was refused: {why}");
    }
    anyhow::ensure!(late < 1.2, "people came faster than they were served");
    Ok(())
}

/// As `candour release create` does beside a running service; how long it took. Too few
/// may wait for one.
fn release(council: &Council) -> anyhow::Result<Option<f64>> {
    let begun = Instant::now();
    let made = Command::new(process::candour()?)
        .args(["release", "create", "--campaign", "Leavers 2026"])
        .env("CANDOUR_DATABASE", &council.database)
        .env("CANDOUR_KEY_FILE", &council.key)
        .output()?;
    let said = String::from_utf8_lossy(&made.stderr);
    anyhow::ensure!(made.status.success() || said.contains("needed before the next"), "{said}");
    Ok(made.status.success().then(|| begun.elapsed().as_secs_f64()))
}
