//! Programs that run beside this one, and what they take: read from Linux's `/proc`.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// One tick of `/proc/*/stat`, on every Linux that there is.
const TICKS_A_SECOND: f64 = 100.0;

pub struct Process {
    child: Child,
    pub address: SocketAddr,
    /// From its start to its first answer.
    pub started_in: Duration,
}

impl Process {
    /// `candour serve` on this database and key.
    pub fn serve(candour: &Path, database: &str, key: &Path) -> anyhow::Result<Process> {
        let address = free_address()?;
        let mut command = Command::new(candour);
        command
            .arg("serve")
            .env_clear()
            .env("CANDOUR_DATABASE", database)
            .env("CANDOUR_KEY_FILE", key)
            .env("CANDOUR_MAIL_FOLDER", key.with_extension("mail"))
            .env("CANDOUR_LISTEN", address.to_string())
            .env("CANDOUR_PUBLIC_URL", format!("http://{address}"))
            .env("CANDOUR_BEHIND_PROXY", "true")
            .env("CANDOUR_LOG", "warn");
        Process::start(command, address)
    }

    /// This program again, with these words.
    pub fn ourselves(words: &[&str], address: SocketAddr) -> anyhow::Result<Process> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(words);
        Process::start(command, address)
    }

    fn start(mut command: Command, address: SocketAddr) -> anyhow::Result<Process> {
        let begun = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let mut process = Process { child, address, started_in: Duration::ZERO };
        while TcpStream::connect(address).is_err() {
            if let Some(status) = process.child.try_wait()? {
                anyhow::bail!("{command:?} ended with {status}");
            }
            anyhow::ensure!(begun.elapsed() < Duration::from_secs(30), "{command:?} does not listen");
            std::thread::sleep(Duration::from_millis(1));
        }
        process.started_in = begun.elapsed();
        Ok(process)
    }

    /// Seconds of processor, of all its threads.
    pub fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // After the name, which may have blanks in it; user and system time are the 14th and 15th.
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
        (ticks(11) + ticks(12)) / TICKS_A_SECOND
    }

    /// Bytes of memory: now (`VmRSS`), or the most so far (`VmHWM`).
    pub fn memory(&self, which: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with(which)).unwrap_or_default();
        let kilobytes: u64 = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0);
        kilobytes * 1024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// An address that nobody listened on a moment ago.
pub fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// The release build of Candour, beside which this program was built.
pub fn candour() -> anyhow::Result<PathBuf> {
    let ours = std::env::current_exe()?;
    let folder = ours.parent().and_then(Path::parent);
    let candour = folder.map(|folder| folder.join("candour")).filter(|file| file.is_file());
    candour.ok_or_else(|| anyhow::anyhow!("candour is not built: cargo build --release"))
}
