//! `candour-load`: people who answer, many at once, and what the same machine can do at
//! most beside it. Loopback only; bounded in count and in time. `benches/README.md`
//! says how to run each part.

#![expect(clippy::indexing_slicing, reason = "what goes wrong in a measurement ends it")]
#![expect(clippy::print_stdout, reason = "a table is what it is run for")]
#![expect(clippy::as_conversions, reason = "figures are for reading")]

mod council;
mod http;
mod limit;
mod measure;
mod person;
mod process;
mod random;

use clap::Parser;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Measures Candour on this machine, each figure beside a limit measured in the same run.
#[derive(Debug, Parser)]
enum Load {
    /// A leaver's page beside a fixed page of the same size
    Page {
        #[arg(long, default_value_t = 20_000)]
        requests: usize,
        #[arg(long, default_value_t = 5)]
        runs: usize,
    },
    /// Responses that are sent, beside the database alone
    Send {
        /// An empty PostgreSQL database instead of SQLite
        #[arg(long)]
        postgres: Option<String>,
        #[arg(long, default_value_t = 4_000)]
        people: usize,
        #[arg(long, default_value_t = 64)]
        clients: usize,
    },
    /// How long a start takes, and what a server takes that has nothing to do
    Start,
    /// People who answer at half the rate that the machine can, while releases are made
    Soak {
        #[arg(long)]
        postgres: Option<String>,
        #[arg(long, default_value_t = 600)]
        seconds: u64,
        /// People a second
        #[arg(long)]
        rate: f64,
    },
    /// A release of very many responses, beside DuckDB
    Release {
        #[arg(long, default_value_t = 1_000_000)]
        people: usize,
        /// And the next release, of so many more
        #[arg(long, default_value_t = 10_000)]
        more: usize,
        /// A Python that has the package duckdb
        #[arg(long, default_value = "python3")]
        python: PathBuf,
    },
    /// The bytes of a file at every address: what the others are measured against
    Fixed { address: SocketAddr, file: PathBuf },
}

fn main() -> anyhow::Result<()> {
    match Load::parse() {
        Load::Page { requests, runs } => measure::page::run(requests, runs),
        Load::Send { postgres, people, clients } => measure::send::run(postgres.as_deref(), people, clients),
        Load::Start => measure::start::run(),
        Load::Soak { postgres, seconds, rate } => measure::soak::run(postgres.as_deref(), seconds, rate),
        Load::Release { people, more, python } => measure::release::run(people, more, &python),
        Load::Fixed { address, file } => limit::serve_fixed(address, &file),
    }
}
