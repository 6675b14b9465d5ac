//! SQLite's disk is full.

use super::{are_counted_once, is_away_with_answers, leavers, story};
use crate::support::TestApp;
use crate::support::Visitor;
use crate::support::process::{Process, free_port};
use candour::db::{Backend, Conn};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system of a few megabytes, as long as it lives.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    fn mount(megabytes: u32) -> SmallDisk {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m,mode=0777");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).status();
        assert!(done.unwrap().success(), "a small disk cannot be mounted here: run this as root, outside a container");
        SmallDisk { folder }
    }

    /// Takes all room that is left, but for so much.
    fn fill(&self, leave: usize) -> PathBuf {
        let (ballast, keep) = (self.folder.path().join("ballast"), self.folder.path().join("keep"));
        std::fs::write(&keep, vec![0; leave]).unwrap();
        let mut file = std::fs::File::create(&ballast).unwrap();
        while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
        std::fs::remove_file(keep).unwrap();
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _gone = Command::new("umount").arg("--lazy").arg(self.folder.path()).status();
    }
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

fn integrity(file: &Path) -> String {
    let mut conn = SqliteConnection::establish(&file.display().to_string()).unwrap();
    let said: Vec<Said> = diesel::sql_query("PRAGMA integrity_check").load(&mut conn).unwrap();
    said.into_iter().map(|line| line.integrity_check).collect()
}

fn limit_pages(app: &TestApp, pragma: &str) {
    let limit = |conn: &mut Conn| match conn {
        Conn::Sqlite(c) => c.batch_execute(pragma),
        Conn::Postgres(_) => unreachable!(),
    };
    app.app.db.write_blocking(limit).unwrap();
}

/// The same as on a full disk, without one: SQLite may not grow its file.
#[test]
fn where_sqlite_may_not_grow_answers_stay_in_their_page_until_it_may() {
    let app = TestApp::on_sqlite();
    let (_, codes) = leavers(&app, 60);
    limit_pages(&app, "PRAGMA max_page_count = 1");
    let mut sent = Vec::new();
    let mut refused = Vec::new();
    for code in &codes {
        let (mut leaver, words) = (app.visitor(), format!("Comment {code}"));
        leaver.open(&format!("/i/{code}"));
        leaver.press("Answer online", &[]);
        while leaver.page.status == 200 && !leaver.page.has("Check your answers") {
            let asked = leaver.page.attributes("form [name]", "name");
            let story = story(&words);
            let fields: Vec<_> =
                story.into_iter().filter(|(field, _)| asked.iter().any(|name| name == field)).collect();
            leaver.press("Continue", &fields);
        }
        if leaver.page.status == 200 {
            leaver.press("Send my answers", &[]);
        }
        if leaver.page.status == 200 {
            leaver.page.expect(200, "Your answers have been sent");
            sent.push(words);
        } else {
            leaver.page.expect(503, "Your answers are kept in this page");
            refused.push((leaver, words));
        }
        if refused.len() == 3 {
            break;
        }
    }
    assert_eq!(refused.len(), 3, "{} were kept where there is no room", sent.len());
    // Others read on.
    app.visitor().open(&format!("/i/{}", codes[59])).expect(200, "Answer online");
    limit_pages(&app, "PRAGMA max_page_count = 1000000");
    for (mut leaver, words) in refused {
        leaver.press("Try again", &[]);
        if !leaver.page.has("Your answers have been sent") {
            leaver.answer(&story(&words));
            leaver.send_answers();
        }
        sent.push(words);
    }
    are_counted_once(&app, &sent);
}

/// Runs a command; whether it worked, and what it said.
fn candour(app: &TestApp, address: &str, arguments: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_candour"))
        .args(["--database", address, "--key-file"])
        .arg(&app.app.settings.key_file)
        .args(arguments)
        .env_clear()
        .output()
        .unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
}

/// A release and a backup say that the disk is full, and leave no file of theirs.
fn nothing_is_left_half_done(disk: &SmallDisk, candour: impl Fn(&[&str]) -> (bool, String), commands: &[&[&str]]) {
    for arguments in commands {
        let (is_done, said) = candour(arguments);
        assert!(!is_done, "{arguments:?} worked on a full disk");
        assert!(["full", "No space", "I/O"].iter().any(|words| said.contains(words)), "{arguments:?}: {said}");
    }
    let left: Vec<_> = std::fs::read_dir(disk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".part")), "{left:?}");
}

#[test]
#[ignore = "long: tests/run --long"]
fn a_full_disk_refuses_and_loses_nothing_and_goes_on_when_there_is_room() {
    let disk = SmallDisk::mount(12);
    let database = disk.folder.path().join("candour.db");
    let app = TestApp::with(Backend::Sqlite, |settings| {
        settings.database = format!("sqlite:{}", database.display()).parse().unwrap();
    });
    let (council, codes) = leavers(&app, 40);
    let address = format!("sqlite:{}", database.display());
    let process = Process::start(&app, free_port(), "info", &[("CANDOUR_DATABASE", address.clone())]);
    let (mut sent, mut refused) = (Vec::new(), Vec::new());
    let mut ready: Vec<(Visitor, String)> = codes
        .iter()
        .map(|code| {
            let (mut leaver, words) = (Visitor::new(&process.url), format!("Comment {code}"));
            leaver.begin_and_answer(&format!("/i/{code}"), &story(&words));
            (leaver, words)
        })
        .collect();
    // Enough for a release to be possible at all.
    for (mut leaver, words) in ready.drain(..12) {
        leaver.send_answers();
        sent.push(words);
    }
    let ballast = disk.fill(24 * 1024);
    for (mut leaver, words) in ready {
        leaver.press("Send my answers", &[]);
        if leaver.page.status == 200 {
            leaver.page.expect(200, "Your answers have been sent");
            sent.push(words);
        } else {
            let ticket = leaver.page.attributes("input[name=ticket]", "value").remove(0);
            is_away_with_answers(&leaver, "ticket", &ticket);
            refused.push((leaver, words));
        }
    }
    println!("{} were kept, {} refused", sent.len(), refused.len());
    assert!(!refused.is_empty(), "the disk was not full");
    assert!(process.printed().contains("the database can keep nothing more"), "{}", process.printed());
    Visitor::new(&process.url).open("/readyz").expect(200, "ok");

    let run = |arguments: &[&str]| candour(&app, &address, arguments);
    let campaign = council.campaign.id.as_str();
    let backup = disk.folder.path().join("now.backup").display().to_string();
    let release = ["release", "create", "--campaign", campaign];
    nothing_is_left_half_done(&disk, run, &[&release, &["backup", &backup]]);
    assert!(!Path::new(&backup).exists());

    std::fs::remove_file(ballast).unwrap();
    for (mut leaver, words) in refused {
        leaver.press("Try again", &[]).expect(200, "Your answers have been sent");
        sent.push(words);
    }
    for arguments in [&release[..], &["backup", &backup]] {
        let (is_done, said) = run(arguments);
        assert!(is_done, "{said}");
    }
    process.kill();
    assert_eq!(integrity(&database), "ok");
    are_counted_once(&app, &sent);
}
