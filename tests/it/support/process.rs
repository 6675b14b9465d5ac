//! The real program, `candour serve`, as a process of its own: to read all that it
//! logs, and to kill it.

use super::app::TestApp;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Process {
    child: Child,
    pub url: String,
    log: PathBuf,
}

impl Process {
    /// Serves the database of `app` on `port` and logs at `level`. Ends when it is
    /// dropped.
    pub fn start(app: &TestApp, port: u16, level: &str, more: &[(&str, String)]) -> Process {
        let settings = &app.app.settings;
        let log = app.folder().join(format!("{}.log", candour::id::random()));
        let url = format!("http://127.0.0.1:{port}");
        let child = Command::new(env!("CARGO_BIN_EXE_candour"))
            .arg("serve")
            .env_clear()
            .env("CANDOUR_DATABASE", app.database_url())
            .env("CANDOUR_KEY_FILE", &settings.key_file)
            .env("CANDOUR_MAIL_FOLDER", &settings.mail_folder)
            .env("CANDOUR_LISTEN", format!("127.0.0.1:{port}"))
            .env("CANDOUR_PUBLIC_URL", &url)
            .env("CANDOUR_BEHIND_PROXY", "true")
            .env("CANDOUR_LOG", level)
            .envs(more.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
            .stdout(std::fs::File::create(log.with_extension("out")).unwrap())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut process = Process { child, url, log };
        process.wait_until_ready();
        process
    }

    fn wait_until_ready(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            if ureq::get(format!("{}/readyz", self.url)).call().is_ok() {
                return;
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("candour serve ended with {status}:\n{}", self.printed());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("candour serve was not ready after 30 seconds:\n{}", self.printed());
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A line of what Linux says of its memory, in MB: `VmRSS` now, `VmHWM` at its most.
    pub fn memory(&self, line: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let kilobytes = status.lines().find_map(|is| is.strip_prefix(line)?.strip_prefix(':'));
        kilobytes.unwrap().trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    /// SIGTERM, and how long it took to end.
    pub fn end(mut self) -> Duration {
        let begun = Instant::now();
        assert!(Command::new("kill").arg(self.pid().to_string()).status().unwrap().success());
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}:\n{}", self.printed());
        begun.elapsed()
    }

    /// All that it has printed so far, on either stream.
    pub fn printed(&self) -> String {
        let read = |file: PathBuf| std::fs::read_to_string(file).unwrap_or_default();
        read(self.log.clone()) + &read(self.log.with_extension("out"))
    }

    /// SIGKILL: nothing is flushed, nothing is finished.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// A port that nobody listened on a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
