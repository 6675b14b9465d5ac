//! Two real processes on one database: what one is told the other knows, and what both
//! are asked at once is done once.

use crate::support::council::{Council, PASSWORD};
use crate::support::process::{Process, free_port};
use crate::support::{Database, MailServer, Page, TestApp, Visitor, kept};
use candour::db::schema::{mail, release};
use candour::invitation;
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::sync::Barrier;
use std::time::{Duration, Instant};

const STORY: [(&str, &str); 2] = [("q.directorate", "adults"), ("q.reasons", "none")];

struct Site {
    // In the order in which they go.
    processes: [Process; 2],
    app: TestApp,
    council: Council,
}

impl Site {
    /// SQLite is for one process, so this is for PostgreSQL alone.
    fn open(settings: &[(&str, String)]) -> Site {
        let app = TestApp::on_postgres();
        let council = Council::new(&app.app, "Westmere");
        let start = || Process::start(&app, free_port(), "info", settings);
        Site { processes: [start(), start()], council, app }
    }

    fn visitor(&self) -> Visitor {
        Visitor::new(&self.processes[0].url)
    }

    /// The same browser, sent on to a process by whatever stands before them.
    fn at(&self, process: usize, visitor: &mut Visitor) {
        visitor.go_on_at(&self.processes[process].url);
    }

    fn sign_in(&self, visitor: &mut Visitor, password: &str) -> u16 {
        visitor.open("/sign-in");
        visitor.press("Sign in", &[("email", &self.council.hr_email), ("password", password)]).status
    }

    fn releases(&self) -> i64 {
        self.app.app.db.read_blocking(|conn| release::table.count().get_result(conn)).unwrap()
    }
}

/// Two browsers press the same button on the page that each has, at the same moment.
fn press_together(button: &str, one: &mut Visitor, two: &mut Visitor) -> [Page; 2] {
    let both = Barrier::new(2);
    let press = |visitor: &mut Visitor| {
        both.wait();
        visitor.press(button, &[]).clone()
    };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| press(one));
        let second = press(two);
        [first.join().unwrap(), second]
    })
}

#[test]
fn who_signed_in_at_one_is_signed_in_at_the_other_and_out_of_both_at_once() {
    let site = Site::open(&[]);
    let mut hr = site.visitor();
    assert_eq!(site.sign_in(&mut hr, PASSWORD), 200);
    let campaign = format!("/hr/campaigns/{}", site.council.campaign.id);
    for process in [1, 0, 1] {
        site.at(process, &mut hr);
        hr.open(&campaign).expect(200, "Leavers 2026");
    }
    hr.press("Sign out", &[]);
    for process in [0, 1] {
        site.at(process, &mut hr);
        hr.open(&campaign).expect(200, "Sign in");
    }
}

#[test]
fn two_that_start_at_once_on_an_empty_database_both_serve() {
    let (app, empty) = (TestApp::on_postgres(), Database::empty_postgres());
    let both = Barrier::new(2);
    let start = || {
        both.wait();
        Process::start(&app, free_port(), "info", &[("CANDOUR_DATABASE", empty.text())])
    };
    let served = std::thread::scope(|scope| {
        let first = scope.spawn(start);
        let second = start();
        [first.join().unwrap(), second]
    });
    for process in &served {
        Visitor::new(&process.url).open("/readyz").expect(200, "");
    }
    drop(served);
}

#[test]
fn guesses_count_together() {
    let site = Site::open(&[]);
    let mut mallory = site.visitor();
    // Five from one network for one address: here three, there two.
    for process in [0, 1, 0, 1, 0] {
        site.at(process, &mut mallory);
        assert_eq!(site.sign_in(&mut mallory, "not this one either"), 422);
    }
    for process in [0, 1] {
        site.at(process, &mut mallory);
        assert_eq!(site.sign_in(&mut mallory, PASSWORD), 422, "a sixth was looked at");
    }
    assert_eq!(site.sign_in(&mut site.visitor(), PASSWORD), 200, "somebody from elsewhere is let in");
}

#[test]
fn pages_of_one_questionnaire_come_from_either_and_a_ticket_that_is_spent_at_both_at_once_counts_once() {
    let site = Site::open(&[]);
    let codes = site.council.codes(&site.app.app, 8);
    for (n, code) in codes.iter().enumerate() {
        let mut leaver = site.visitor();
        leaver.open(&format!("/i/{code}")).expect(200, "Answer online");
        site.at(1, &mut leaver);
        leaver.press("Answer online", &[]);
        site.at(n % 2, &mut leaver);
        let words = format!("marker {n}");
        let story = [STORY[0], STORY[1], ("q.stay", words.as_str())];
        leaver.answer(&story);
        let mut again = site.visitor();
        again.page = leaver.page.clone();
        site.at(1 - n % 2, &mut again);
        let pages = press_together("Send my answers", &mut leaver, &mut again);
        let (thanked, told): (Vec<_>, Vec<_>) = pages.iter().partition(|page| page.has("Your answers have been sent"));
        assert_eq!((thanked.len(), told.len()), (1, 1), "{}\n{}", pages[0].words(), pages[1].words());
        told[0].expect(404, "they were counted, once");
    }
    let mut counted = BTreeMap::new();
    for comment in kept(&site.app).1 {
        *counted.entry(comment.text).or_insert(0) += 1;
    }
    let once: BTreeMap<String, i32> = (0..codes.len()).map(|n| (format!("marker {n}"), 1)).collect();
    assert_eq!(counted, once);
}

#[test]
fn a_release_that_is_pressed_at_both_at_once_is_made_once() {
    let site = Site::open(&[]);
    for code in site.council.codes(&site.app.app, 6) {
        let mut leaver = site.visitor();
        leaver.begin_and_answer(&format!("/i/{code}"), &STORY);
        leaver.send_answers();
    }
    let presser = || {
        let mut hr = site.visitor();
        assert_eq!(site.sign_in(&mut hr, PASSWORD), 200);
        hr.open(&format!("/hr/campaigns/{}", site.council.campaign.id));
        hr
    };
    let (mut one, mut two) = (presser(), presser());
    site.at(1, &mut two);
    let pages = press_together("Make the first release", &mut one, &mut two);
    assert!(pages.iter().all(|page| page.status < 500), "{}\n{}", pages[0].words(), pages[1].words());
    assert!(pages.iter().any(|page| page.status == 200), "{}\n{}", pages[0].words(), pages[1].words());
    assert_eq!(site.releases(), 1);
    assert_eq!(kept(&site.app).0.len(), 6);
}

#[test]
fn who_lacks_the_new_key_is_not_ready_until_the_file_is_there() {
    let app = TestApp::on_postgres();
    let council = Council::new(&app.app, "Westmere");
    // Another machine has a copy of its own.
    let (ours, copy) = (app.app.settings.key_file.clone(), app.folder().join("copy.key"));
    std::fs::copy(&ours, &copy).unwrap();
    let process = Process::start(&app, free_port(), "info", &[("CANDOUR_KEY_FILE", copy.display().to_string())]);
    candour::app::rotation::rotate(&app.app).unwrap();
    let mut visitor = Visitor::new(&process.url);
    visitor.open("/readyz").expect(503, "");
    std::fs::copy(&ours, &copy).unwrap();
    visitor.open("/readyz").expect(200, "");
    let code = council.codes(&app.app, 1).remove(0);
    visitor.begin_and_answer(&format!("/i/{code}"), &STORY);
    visitor.send_answers();
}

#[test]
fn mails_go_out_once_however_many_processes_send_them() {
    const MAILS: usize = 300;
    let server = MailServer::start();
    let site = Site::open(&[
        ("CANDOUR_SMTP_URL", server.url().expose().clone()),
        ("CANDOUR_SMTP_CA_FILE", server.authority().display().to_string()),
    ]);
    let (app, now) = (&site.app.app, site.app.app.clock.now());
    let rows: String = (0..MAILS).map(|n| format!("Person {n},p{n}@example.org\n")).collect();
    let people = invitation::people::parse(&format!("name,email\n{rows}")).unwrap();
    let queued = app.db.write_blocking(|conn| {
        invitation::invite(conn, &site.council.campaign, people)?;
        invitation::send(conn, now, &site.council.campaign)
    });
    assert_eq!(queued.unwrap(), MAILS);
    let begun = Instant::now();
    let under_way = || {
        let waiting = mail::table.filter(mail::state.ne("sent")).count();
        app.db.read_blocking(|conn| waiting.get_result::<i64>(conn)).unwrap()
    };
    while under_way() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(120), "{} mails are still under way", under_way());
        std::thread::sleep(Duration::from_millis(100));
    }
    let mut to: Vec<String> = server.received().iter().map(|mail| mail.to.concat()).collect();
    to.sort();
    let mut all: Vec<String> = (0..MAILS).map(|n| format!("p{n}@example.org")).collect();
    all.sort();
    assert_eq!(to, all);
}
