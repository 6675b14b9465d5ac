//! The real program is killed (SIGKILL) again and again while leavers send and
//! mails go out. Whoever was thanked is counted once; no mail goes out twice.

use crate::support::blinding::Blinding;
use crate::support::council::Council;
use crate::support::process::{Process, free_port};
use crate::support::{MailServer, TestApp, Visitor, kept};
use candour::db::schema::{invitation as invited, mail};
use candour::invitation;
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const LEAVERS: usize = 80;
const MAILS: usize = 60;
const KILLS: u64 = 4;

on_both! {
    fn nothing_acknowledged_is_lost_and_nothing_is_doubled(app: TestApp) {
        let mail_server = MailServer::start();
        let council = Council::new(&app.app, "Westmere");
        let codes = council.codes(&app.app, LEAVERS);
        queue_mails(&app, &council);
        let port = free_port();
        let smtp = [
            ("CANDOUR_SMTP_URL", mail_server.url().expose().clone()),
            ("CANDOUR_SMTP_CA_FILE", mail_server.authority().display().to_string()),
        ];
        let start = || Process::start(&app, port, "warn", &smtp);

        let mut process = start();
        let url = process.url.clone();
        let leavers: Vec<_> = codes
            .chunks(LEAVERS.div_ceil(4))
            .map(|codes| {
                let (codes, url) = (codes.to_vec(), url.clone());
                std::thread::spawn(move || codes.iter().for_each(|code| answer(&url, code)))
            })
            .collect();
        let mut kills = 0;
        while kills < KILLS || leavers.iter().any(|thread| !thread.is_finished()) {
            std::thread::sleep(Duration::from_millis(600 + 170 * (kills % 5)));
            if kills < KILLS {
                process.kill();
                process = start();
                kills += 1;
            }
        }
        for thread in leavers {
            thread.join().unwrap();
        }
        wait_until_nothing_is_queued(&app);
        process.kill();

        let counted = counted(&app);
        for code in &codes {
            assert_eq!(counted.get(&marker(code)), Some(&1), "{} of {LEAVERS} were counted", counted.len());
        }
        assert_eq!(counted.len(), LEAVERS);
        check_mails(&app, &mail_server);
    }
}

/// What makes one leaver's comment different from all others.
pub fn marker(code: &str) -> String {
    format!("marker {}", code.to_lowercase())
}

/// Somebody who presses the button again when the page does not load, until they
/// are thanked or told that they were counted.
pub fn answer(url: &str, code: &str) {
    let mut leaver = Visitor::new(url).patient();
    let words = marker(code);
    let story = [("q.directorate", "adults"), ("q.reasons", "none"), ("q.stay", words.as_str())];
    // Every other one has a browser that makes the ticket itself.
    if code.bytes().map(u32::from).sum::<u32>() % 2 == 0 {
        Blinding::whole(&mut leaver, code);
        leaver.press("Continue to the questions", &[]);
        leaver.answer(&story);
    } else {
        leaver.begin_and_answer(&format!("/i/{code}"), &story);
    }
    leaver.press("Send my answers", &[]);
    let is_thanked = leaver.page.has("Your answers have been sent");
    let is_told = leaver.page.status == 404 && leaver.page.has("they were counted, once");
    assert!(is_thanked || is_told, "{}: {}", leaver.page.status, leaver.page.words());
}

/// A few of the addresses answer slowly, so that a kill meets a mail half-way.
fn queue_mails(app: &TestApp, council: &Council) {
    let address = |n| if n % 20 == 5 { format!("slow{n}@example.org") } else { format!("p{n}@example.org") };
    let rows: String = (0..MAILS).map(|n| format!("Person {n},{}\n", address(n))).collect();
    let people = invitation::people::parse(&format!("name,email\n{rows}")).unwrap();
    let now = app.app.clock.now();
    let queued = app.app.db.write_blocking(|conn| {
        invitation::invite(conn, &council.campaign, people)?;
        invitation::send(conn, now, &council.campaign)
    });
    assert_eq!(queued.unwrap(), MAILS);
}

fn wait_until_nothing_is_queued(app: &TestApp) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        let queued = mail::table.filter(mail::state.eq("queued")).count();
        if app.app.db.read_blocking(|conn| queued.get_result::<i64>(conn)).unwrap() == 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("mails are still queued after a minute");
}

/// How often each comment is in the database.
fn counted(app: &TestApp) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for comment in kept(app).1 {
        *counted.entry(comment.text).or_insert(0) += 1;
    }
    counted
}

/// Nobody got two; whoever is said to have been sent one got it.
fn check_mails(app: &TestApp, server: &MailServer) {
    let mut received: BTreeMap<String, usize> = BTreeMap::new();
    for mail in server.received() {
        *received.entry(mail.to.concat()).or_insert(0) += 1;
    }
    let twice: Vec<_> = received.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "doubled: {twice:?}");
    let mails: Vec<(String, Option<String>)> = app
        .app
        .db
        .read_blocking(|conn| mail::table.inner_join(invited::table).select((mail::state, invited::email)).load(conn))
        .unwrap();
    assert_eq!(mails.len(), MAILS);
    for (state, email) in mails {
        let came = received.contains_key(email.as_deref().unwrap());
        let fits = if state == "sent" { came } else { state == "uncertain" || state == "sending" };
        assert!(fits, "a mail is {state}, and {}", if came { "came" } else { "never came" });
    }
}
