//! A PostgreSQL server of a test's own, to be stopped and started again under a
//! running process.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub struct Cluster {
    folder: TempDir,
    bin: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes a cluster with an empty database `candour`, and starts it.
    pub fn start() -> Cluster {
        let folder = tempfile::tempdir().unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
        let cluster = Cluster { bin: bin(), folder, port: super::process::free_port() };
        let data = cluster.data();
        cluster.run(
            "initdb",
            &[
                "--pgdata",
                &data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
        );
        cluster.again();
        cluster.run("createdb", &["-h", "127.0.0.1", "-p", &cluster.port.to_string(), "-U", "postgres", "candour"]);
        cluster
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/candour", self.port)
    }

    /// Starts the server that was stopped.
    pub fn again(&self) {
        let options = format!("-p {} -k {} -c listen_addresses=127.0.0.1", self.port, self.folder.path().display());
        let log = self.folder.path().join("server.log").display().to_string();
        self.run("pg_ctl", &["--pgdata", &self.data(), "--wait", "--log", &log, "--options", &options, "start"]);
    }

    /// Breaks all connections off and ends.
    pub fn stop(&self) {
        self.run("pg_ctl", &["--pgdata", &self.data(), "--mode=fast", "--wait", "stop"]);
    }

    /// Still there, still connected, and answers nothing; or answers again.
    pub fn freeze(&self, is_frozen: bool) {
        let pid = std::fs::read_to_string(self.folder.path().join("data/postmaster.pid")).unwrap();
        let pid = pid.lines().next().unwrap().to_owned();
        let signal = if is_frozen { "-STOP" } else { "-CONT" };
        let family = Command::new("pgrep").args(["-P", &pid]).output().expect("apt-get install procps");
        let family = String::from_utf8(family.stdout).unwrap();
        let told = Command::new("kill").arg(signal).arg(&pid).args(family.lines()).status().unwrap();
        assert!(told.success());
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// PostgreSQL refuses to run as root.
    fn run(&self, program: &str, arguments: &[&str]) {
        let program = self.bin.join(program);
        let is_root = std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0);
        let mut command = if is_root {
            let mut command = Command::new("setpriv");
            let user = if std::fs::read_to_string("/etc/passwd").unwrap().contains("\npostgres:") {
                "postgres"
            } else {
                "nobody"
            };
            command.args([&format!("--reuid={user}"), "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let log = std::fs::File::create(self.folder.path().join("log")).unwrap();
        let done = command
            .args(arguments)
            .env("HOME", "/tmp")
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .status()
            .expect("setpriv is missing: apt-get install util-linux");
        let said = || std::fs::read_to_string(self.folder.path().join("log")).unwrap();
        assert!(done.success(), "{arguments:?}: {}", said());
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.folder.path().join("data/postmaster.pid").exists() {
            self.freeze(false);
            self.run("pg_ctl", &["--pgdata", &self.data(), "--mode=immediate", "stop"]);
        }
    }
}

/// Debian's has its programs outside the path.
fn bin() -> PathBuf {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<PathBuf> = debian.map(|version| version.unwrap().path().join("bin")).collect();
    found.retain(|bin| bin.join("initdb").exists());
    found.sort();
    found.pop().unwrap_or_else(|| {
        #[expect(clippy::disallowed_methods, reason = "where a tool of the tests is")]
        let path = std::env::var_os("PATH").unwrap_or_default();
        let bin = std::env::split_paths(&path).find(|folder| folder.join("initdb").exists());
        bin.expect("PostgreSQL is missing: apt-get install postgresql, or use tests/run")
    })
}
