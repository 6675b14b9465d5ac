//! A leaver's page beside a fixed page of the same bytes.

use super::{head, median, row};
use crate::council::Council;
use crate::http::Client;
use crate::process::{self, Process};
use std::net::SocketAddr;
use std::time::Instant;

const CLIENTS: usize = 8;
const GZIP: &str = "accept-encoding: gzip\r\n";

pub fn run(requests: usize, runs: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let council = Council::shipped(folder.path(), None)?;
    let codes = council.codes(200)?;
    let candour = Process::serve(&process::candour()?, &council.database, &council.key)?;
    let path = |n: usize| format!("/i/{}", codes[n % codes.len()]);
    let page = Client::new(candour.address, 0).get(&path(0), GZIP)?;
    let plain = Client::new(candour.address, 0).get(&path(0), "")?;
    let file = folder.path().join("page");
    std::fs::write(&file, &page.body)?;
    let address = process::free_address()?;
    let file_name = file.display().to_string();
    let fixed = Process::ourselves(&["fixed", &address.to_string(), &file_name], address)?;
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _run in 0..runs {
        let a = cpu_per_request(&candour, requests, path)?;
        let b = cpu_per_request(&fixed, requests, path)?;
        ours.push(a.0);
        theirs.push(b.0);
        ratios.push(a.1 / b.1);
        println!("<!-- {:.0} and {:.0} requests a second, {:.1} and {:.1} µs -->", a.0, b.0, a.1 * 1e6, b.1 * 1e6);
    }
    head("The page that a leaver's link leads to");
    row("bytes, as they are and packed", format!("{}, {}", plain.body.len(), page.body.len()));
    row("requests a second", format!("{:.0}", median(ours)));
    row("requests a second for a fixed page of the same bytes", format!("{:.0}", median(theirs)));
    row("processor time for each, beside the fixed page's", format!("{:.2} times", median(ratios)));
    row("most memory", format!("{:.1} MB", candour.memory("VmHWM") as f64 / 1e6));
    Ok(())
}

/// Requests a second, and seconds of the server's processor for each.
fn cpu_per_request(
    server: &Process,
    requests: usize,
    path: impl Fn(usize) -> String + Copy + Send + Sync,
) -> anyhow::Result<(f64, f64)> {
    ask(server.address, requests / 10, path)?;
    let (cpu, begun) = (server.cpu(), Instant::now());
    ask(server.address, requests, path)?;
    let took = begun.elapsed().as_secs_f64();
    Ok((requests as f64 / took, (server.cpu() - cpu) / requests as f64))
}

fn ask(
    address: SocketAddr,
    requests: usize,
    path: impl Fn(usize) -> String + Copy + Send + Sync,
) -> anyhow::Result<()> {
    let done: Vec<anyhow::Result<()>> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                scope.spawn(move || {
                    let mut connection = Client::new(address, client);
                    for n in 0..requests / CLIENTS {
                        // So many people that none of them is held up for asking too often.
                        connection.be((client * requests + n) % 4_000);
                        let answer = connection.get(&path(n), GZIP)?;
                        anyhow::ensure!(answer.status == 200, "{}: {:.300}", answer.status, answer.text());
                    }
                    Ok(())
                })
            })
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap_or_else(|_| anyhow::bail!("a client broke off")))
            .collect()
    });
    done.into_iter().collect()
}
