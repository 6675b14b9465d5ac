//! Mail servers that are not what they should be.

use super::all_at_once;
use crate::support::council::Council;
use crate::support::process::{Process, free_port};
use crate::support::{MailServer, TestApp};
use candour::db::Backend;
use candour::db::schema::mail;
use candour::invitation::{self, people};
use candour::jobs::{self, Report};
use candour::mail::Transport;
use chrono::TimeDelta;
use diesel::prelude::*;
use std::net::TcpListener;
use std::sync::mpsc;
use std::time::Duration;

fn queue(app: &TestApp, emails: &[&str]) {
    let council = Council::new(&app.app, "Westmere");
    let rows: String = emails.iter().map(|email| format!("Pat,{email}\n")).collect();
    let people = people::parse(&format!("name,email\n{rows}")).unwrap();
    let now = app.app.clock.now();
    let queued = app.app.db.write_blocking(|conn| {
        invitation::invite(conn, &council.campaign, people)?;
        invitation::send(conn, now, &council.campaign)
    });
    assert_eq!(queued.unwrap(), emails.len());
}

fn states(app: &TestApp) -> Vec<(String, Option<String>)> {
    app.app.db.read_blocking(|conn| mail::table.select((mail::state, mail::last_error)).load(conn)).unwrap()
}

#[test]
fn smtp_with_a_certificate_that_expired_gets_no_mail_and_says_why_until_it_is_renewed() {
    let (expired, renewed) = (MailServer::with_expired_certificate(), MailServer::start());
    let app = TestApp::with(Backend::Sqlite, |settings| {
        settings.smtp_url = Some(expired.url());
        settings.smtp_ca_file = Some(expired.authority());
    });
    queue(&app, &["one@example.org", "two@example.org"]);
    let run = |transport: &Transport| {
        tokio::runtime::Runtime::new().unwrap().block_on(jobs::run_due(&app.app, transport)).unwrap()
    };
    let to_expired = Transport::from_settings(&app.app.settings).unwrap();
    // What is true of every mail is found out with one. Long after the last of the usual tries too.
    let mut tries = 0;
    for hours in [0, 1, 1, 3, 7, 24, 24] {
        app.app.clock.advance(TimeDelta::hours(hours));
        let report = run(&to_expired);
        assert_eq!((report.sent, report.failed, report.uncertain), (0, 0, 0));
        tries += report.retry;
    }
    assert!(tries >= 5);
    let states = states(&app);
    assert!(states.iter().all(|(state, _)| state == "queued"), "{states:?}");
    assert!(states.iter().flat_map(|(_, why)| why).any(|why| why.to_lowercase().contains("expired")), "{states:?}");
    assert!(expired.received().is_empty());

    let mut settings = (*app.app.settings).clone();
    (settings.smtp_url, settings.smtp_ca_file) = (Some(renewed.url()), Some(renewed.authority()));
    app.app.clock.advance(TimeDelta::hours(7));
    assert_eq!(run(&Transport::from_settings(&settings).unwrap()), Report { sent: 2, ..Report::default() });
}

/// It takes connections and says nothing, ever.
#[test]
#[ignore = "long: tests/run --long"]
fn smtp_that_hangs_holds_up_neither_pages_nor_the_end() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (came, comes) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            if came.send(stream.unwrap()).is_err() {
                return;
            }
        }
    });
    let app = TestApp::on_sqlite();
    queue(&app, &["one@example.org"]);
    let smtp = ("CANDOUR_SMTP_URL", format!("smtp://127.0.0.1:{port}?tls=none"));
    let process = Process::start(&app, free_port(), "info", &[smtp]);
    let _silent = comes.recv_timeout(Duration::from_secs(60)).unwrap();
    let (statuses, took) = all_at_once(&process.url, 50, "/");
    println!("50 pages in {took:?} while the mail server says nothing");
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    let took = process.end();
    println!("ended {took:?} after SIGTERM");
    // As long as the service unit waits.
    assert!(took < Duration::from_secs(55), "{took:?}");
    let states = states(&app);
    assert!(states.iter().all(|(state, _)| state == "queued"), "nothing went out, and it is known: {states:?}");
}
