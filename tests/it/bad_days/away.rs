//! The database is away for a while, under a running service.

use super::{all_at_once, are_counted_once, is_away_with_answers, leavers, story};
use crate::support::cluster::Cluster;
use crate::support::council::PASSWORD;
use crate::support::process::{Process, free_port};
use crate::support::{TestApp, Visitor};
use candour::db::Backend;
use candour::invitation::{self, people};
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use std::time::{Duration, Instant};

/// Less than anybody would wait who did not know that it is away.
const QUICK: Duration = Duration::from_secs(8);

struct Service {
    cluster: Cluster,
    app: TestApp,
    process: Process,
    hr_email: String,
    codes: Vec<String>,
}

impl Service {
    fn start() -> Service {
        let cluster = Cluster::start();
        let app = TestApp::with(Backend::Postgres, |settings| settings.database = cluster.url().parse().unwrap());
        let (council, codes) = leavers(&app, 3);
        let process = Process::start(&app, free_port(), "info", &[("CANDOUR_DATABASE", cluster.url())]);
        let people = people::parse("name,email\nPat Young,pat@example.org\n").unwrap();
        let now = app.app.clock.now();
        let queue = |conn: &mut candour::db::Conn| {
            invitation::invite(conn, &council.campaign, people)?;
            invitation::send(conn, now, &council.campaign)
        };
        // Goes out once the service is well.
        assert_eq!(app.app.db.write_blocking(queue).unwrap(), 1);
        Service { cluster, app, process, hr_email: council.hr_email, codes }
    }

    fn visitor(&self) -> Visitor {
        Visitor::new(&self.process.url)
    }

    fn wait_for_mail(&self) {
        let begun = Instant::now();
        while self.app.mails().is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(60), "{}", self.process.printed());
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

#[test]
fn postgres_is_stopped_and_started_and_nobody_loses_an_answer() {
    let service = Service::start();
    let url = &service.process.url;
    let mut staff = service.visitor();
    staff.open("/sign-in");
    staff.press("Sign in", &[("email", &service.hr_email), ("password", PASSWORD)]).expect(200, "Leavers 2026");
    let (mut answering, mut sending) = (service.visitor(), service.visitor());
    answering.open(&format!("/i/{}", service.codes[0]));
    answering.press("Answer online", &[]);
    sending.begin_and_answer(&format!("/i/{}", service.codes[1]), &story("I would not go"));
    // The next mail is queued when there is nothing to queue it in any more.
    service.wait_for_mail();

    service.cluster.stop();
    answering.press("Continue", &[("q.directorate", "adults")]);
    is_away_with_answers(&answering, "q.directorate", "adults");
    sending.press("Send my answers", &[]);
    let ticket = sending.page.attributes("input[name=ticket]", "value").remove(0);
    is_away_with_answers(&sending, "ticket", &ticket);
    staff.open("/hr/campaigns").expect(503, "The service is away for a moment");
    assert_eq!(staff.page.header("retry-after"), Some("30"));
    let (statuses, took) = all_at_once(url, 200, &format!("/i/{}", service.codes[2]));
    assert!(statuses.iter().all(|status| *status == 503), "{statuses:?}");
    assert!(took < QUICK, "the last of 200 waited {took:?}");
    println!("200 people at once were told within {took:?}");
    assert_eq!(service.visitor().open("/readyz").status, 503);
    assert_eq!(service.visitor().open("/healthz").status, 200);

    service.cluster.again();
    // Those who come first find it there.
    sending.press("Try again", &[]).expect(200, "Your answers have been sent");
    answering.press("Try again", &[]).expect(200, "Continue");
    answering.answer(&story("Nor would I"));
    answering.send_answers();
    staff.open("/hr/campaigns").expect(200, "Leavers 2026");
    assert_eq!(service.visitor().open("/readyz").status, 200);
    let (statuses, _) = all_at_once(url, 50, &format!("/i/{}", service.codes[2]));
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    are_counted_once(&service.app, &["I would not go".to_owned(), "Nor would I".to_owned()]);

    // Work that is due goes on.
    let lost = service.visitor().open("/sign-in/link").status;
    assert_eq!(lost, 200);
    let mut forgetful = service.visitor();
    forgetful.open("/sign-in/link");
    let before = service.app.mails().len();
    let button = forgetful.page.all("form button").remove(0);
    forgetful.press(&button, &[("email", &service.hr_email)]);
    let begun = Instant::now();
    while service.app.mails().len() == before {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", service.process.printed());
        std::thread::sleep(Duration::from_millis(100));
    }
    let log = service.process.printed();
    assert_eq!(
        (log.matches("the database is away").count(), log.matches("the database is back").count()),
        (1, 1),
        "{log}"
    );
}

/// It answers nothing, and breaks nothing off: only waiting shows it.
#[test]
#[ignore = "long: tests/run --long"]
fn postgres_hangs_and_whoever_comes_later_is_told_soon() {
    let service = Service::start();
    let (url, path) = (&service.process.url, format!("/i/{}", service.codes[0]));
    assert_eq!(service.visitor().open(&path).status, 200);
    service.cluster.freeze(true);
    // All connections wait for it.
    let waiting: Vec<_> = (0..8)
        .map(|_| {
            let (mut visitor, path) = (service.visitor(), path.clone());
            std::thread::spawn(move || visitor.open(&path).status)
        })
        .collect();
    std::thread::sleep(Duration::from_secs(1));
    let (first, took) = all_at_once(url, 50, &path);
    println!("the first 50 were told within {took:?}");
    assert!(first.iter().all(|status| *status == 503), "{first:?}");
    let (then, took) = all_at_once(url, 200, &path);
    assert!(then.iter().all(|status| *status == 503), "{then:?}");
    println!("200 more were told within {took:?}");
    assert!(took < QUICK, "the last of 200 waited {took:?}");
    service.cluster.freeze(false);
    // Those whose connections waited for it get their page; a job may have had one of the eight.
    let waited: Vec<u16> = waiting.into_iter().map(|one| one.join().unwrap()).collect();
    assert!(waited.contains(&200) && waited.iter().all(|status| matches!(status, 200 | 503)), "{waited:?}");
    let (after, _) = all_at_once(url, 50, &path);
    assert!(after.iter().all(|status| *status == 200), "{after:?}");
}

#[test]
#[ignore = "long: tests/run --long"]
fn another_program_locks_sqlite_and_answers_stay_in_their_page() {
    let app = TestApp::on_sqlite();
    let (_, codes) = leavers(&app, 2);
    let mut leaver = app.visitor();
    leaver.begin_and_answer(&format!("/i/{}", codes[0]), &story("I would not go"));
    let file = app.database_url();
    let mut other = SqliteConnection::establish(file.strip_prefix("sqlite:").unwrap()).unwrap();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();

    leaver.press("Send my answers", &[]);
    leaver.page.expect(503, "Your answers are kept in this page");
    // Who only reads is not held up.
    app.visitor().open(&format!("/i/{}", codes[1])).expect(200, "Answer online");
    // One finds out, the others are told.
    let begun = Instant::now();
    let all: Vec<_> = (0..50)
        .map(|_| {
            let (mut visitor, code) = (app.visitor(), codes[1].clone());
            std::thread::spawn(move || {
                visitor.open(&format!("/i/{code}"));
                let begun = Instant::now();
                (visitor.press("Answer online", &[]).status, begun.elapsed())
            })
        })
        .collect();
    let mut told: Vec<(u16, Duration)> = all.into_iter().map(|one| one.join().unwrap()).collect();
    told.sort_by_key(|(_, took)| *took);
    println!("50 at once: half of them within {:?}, all within {:?}", told[25].1, begun.elapsed());
    assert!(told.iter().all(|(status, _)| *status == 503), "{told:?}");
    assert!(told[45].1 < QUICK, "{told:?}");

    other.batch_execute("ROLLBACK").unwrap();
    leaver.press("Try again", &[]).expect(200, "Your answers have been sent");
    are_counted_once(&app, &["I would not go".to_owned()]);
}
