//! A hundred times the service and whoever makes a release are killed (SIGKILL), at
//! random moments, while leavers send.

use super::{are_counted_once, tell};
use crate::crash::{answer, marker};
use crate::support::TestApp;
use crate::support::council::Council;
use crate::support::process::{Process, free_port};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::hash::{BuildHasher, RandomState};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const KILLS: u32 = 100;
const MOST_LEAVERS: usize = 4_000;

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// Somewhere between the two, another each time.
fn moment(from: u64, to: u64) -> Duration {
    Duration::from_millis(from + RandomState::new().hash_one(0) % (to - from))
}

/// Until it is over: makes releases, of which most are killed on their way. How many were begun, and came to an end.
fn release_and_kill(app: &TestApp, campaign: &str, is_over: &AtomicBool) -> (u32, u32) {
    let (mut begun, mut done) = (0, 0);
    while !is_over.load(Ordering::SeqCst) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_candour"))
            .args(["release", "create", "--campaign", campaign, "--database", &app.database_url(), "--key-file"])
            .arg(&app.app.settings.key_file)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(moment(50, 3_000));
        let _over = child.kill();
        begun += 1;
        done += u32::from(child.wait().unwrap().success());
    }
    (begun, done)
}

on_both! {
    #[ignore = "long: tests/run --long"]
    fn after_a_hundred_kills_everything_acknowledged_is_there_once(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let codes = Arc::new(council.codes(&app.app, MOST_LEAVERS));
        let (port, begun) = (free_port(), Instant::now());
        let mut process = Process::start(&app, port, "warn", &[]);
        let (is_over, next) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let thanked = Arc::new(Mutex::new(Vec::new()));
        let leavers: Vec<_> = (0..4)
            .map(|_| {
                let (url, codes, is_over) = (process.url.clone(), Arc::clone(&codes), Arc::clone(&is_over));
                let (next, thanked) = (Arc::clone(&next), Arc::clone(&thanked));
                std::thread::spawn(move || {
                    while !is_over.load(Ordering::SeqCst) {
                        let Some(code) = codes.get(next.fetch_add(1, Ordering::SeqCst)) else { return };
                        answer(&url, code);
                        thanked.lock().unwrap().push(marker(code));
                    }
                })
            })
            .collect();
        let (process, (releases, finished)) = std::thread::scope(|scope| {
            let releasing = scope.spawn(|| release_and_kill(&app, council.campaign.id.as_str(), &is_over));
            for _kill in 0..KILLS {
                std::thread::sleep(moment(20, 900));
                process.kill();
                process = Process::start(&app, port, "warn", &[]);
            }
            is_over.store(true, Ordering::SeqCst);
            (process, releasing.join().unwrap())
        });
        for leaver in leavers {
            leaver.join().unwrap();
        }
        let log = process.printed();
        process.kill();
        let thanked = thanked.lock().unwrap().clone();
        tell(&format!(
            "{KILLS} kills in {:?}: {} thanked; {releases} releases begun, {finished} ended by themselves",
            begun.elapsed(),
            thanked.len()
        ));
        assert!(!log.contains("panicked"), "{log}");
        if let Some(file) = app.database_url().strip_prefix("sqlite:") {
            let mut conn = SqliteConnection::establish(file).unwrap();
            let said: Vec<Said> = diesel::sql_query("PRAGMA integrity_check").load(&mut conn).unwrap();
            assert_eq!(said.into_iter().map(|line| line.integrity_check).collect::<String>(), "ok");
        }
        are_counted_once(&app, &thanked);
    }
}
