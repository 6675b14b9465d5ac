//! How long a start takes on a database that is there, and what an idle server takes.

use super::{head, median, row};
use crate::council::Council;
use crate::process::{self, Process};
use std::time::Duration;

const RUNS: usize = 9;

pub fn run() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let council = Council::shipped(folder.path(), None)?;
    council.codes(1_000)?;
    let candour = process::candour()?;
    let mut took = Vec::new();
    for _run in 0..RUNS {
        let server = Process::serve(&candour, &council.database, &council.key)?;
        took.push(server.started_in.as_secs_f64() * 1e3);
    }
    let server = Process::serve(&candour, &council.database, &council.key)?;
    std::thread::sleep(Duration::from_secs(5));
    let (cpu, memory) = (server.cpu(), server.memory("VmRSS"));
    std::thread::sleep(Duration::from_secs(10));
    head("A start, and a server that has nothing to do");
    row("from the start to listening, ms (median)", format!("{:.0}", median(took)));
    row("memory when idle", format!("{:.1} MB", memory as f64 / 1e6));
    row("processor time of ten idle seconds, ms", format!("{:.0}", (server.cpu() - cpu) * 1e3));
    Ok(())
}
