use super::*;
use crate::campaign::{self, Campaign};
use crate::clock::Clock;
use crate::config::Settings;
use crate::id::AccountId;
use crate::invitation::tests::{Ground, ground};
use crate::invitation::{self, Counts, InvitationCode, Letters, people};
use crate::mail::State;
use crate::mail::store::{self, Problem};
use crate::secret::Secret;
use crate::staff::account::{self, Role};
use crate::staff::link::LinkPurpose;
use smtp::Smtp;
use std::sync::Arc;

mod smtp;

struct World {
    app: App,
    ground: Ground,
    folder: Transport,
    mails: std::path::PathBuf,
}

fn world() -> World {
    let ground = ground();
    let mails = ground.folder().join("mail");
    let settings = Settings {
        mail_folder: mails.clone(),
        public_url: "https://candour.example.org".to_owned(),
        mail_from: "Candour <candour@example.org>".to_owned(),
        ..Settings::default()
    };
    let folder = Transport::from_settings(&settings).unwrap();
    let clock = Clock::standing_at("2026-11-02T09:00:00Z".parse().unwrap());
    let (db, keys, settings) = (ground.db.clone(), ground.keys.clone(), Arc::new(settings));
    let app = App {
        db,
        keys,
        clock,
        settings,
        guard: staff::Guard::default(),
        hasher: staff::Hasher::default(),
        press: crate::queue::Queue::new(1, 1),
    };
    World { app, ground, folder, mails }
}

impl World {
    fn smtp(&self, port: u16) -> Transport {
        let smtp_url = Some(Secret::new(format!("smtp://127.0.0.1:{port}?tls=none")));
        Transport::from_settings(&Settings { smtp_url, ..Settings::clone(&self.app.settings) }).unwrap()
    }

    fn campaign(&self) -> Campaign {
        self.app.db.read_blocking(|conn| campaign::store::get(conn, &self.ground.campaign)).unwrap().unwrap()
    }

    /// Invites people by their addresses ("letter" is one), and queues their mails.
    fn invite(&self, emails: &[&str]) -> usize {
        let rows: Vec<String> = emails.iter().enumerate().map(|(n, email)| format!("Person {n},{email}\n")).collect();
        let people = people::parse(&format!("name,email\n{}", rows.concat())).unwrap();
        let (now, campaign) = (self.app.clock.now(), self.campaign());
        self.app
            .db
            .write_blocking(|conn| {
                invitation::invite(conn, &campaign, people)?;
                invitation::send(conn, now, &campaign)
            })
            .unwrap()
    }

    fn remind(&self) -> usize {
        let (now, campaign) = (self.app.clock.now(), self.campaign());
        self.app.db.write_blocking(|conn| remind(conn, now, &campaign)).unwrap()
    }

    fn problems(&self) -> Vec<Problem> {
        self.app.db.read_blocking(|conn| store::problems(conn, &self.ground.campaign)).unwrap()
    }

    fn counts(&self) -> Counts {
        self.app.db.read_blocking(|conn| invitation::uptake(conn, &self.ground.campaign)).unwrap()
    }

    fn send_again(&self, problem: &Problem) -> bool {
        let now = self.app.clock.now();
        self.app
            .db
            .write_blocking(|conn| store::send_again(conn, now, &self.ground.campaign, &problem.mail_id))
            .unwrap()
    }

    fn take_up(&self, code: &InvitationCode) {
        let today = self.app.clock.now().date();
        self.app
            .db
            .write_blocking(|conn| invitation::take_up(conn, &self.app.keys, today, code, &invitation::Exchange::Here))
            .unwrap();
    }

    fn files(&self) -> Vec<String> {
        let mut files: Vec<_> = std::fs::read_dir(&self.mails).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        assert!(files.iter().all(|file| file.extension().is_some_and(|e| e == "eml")));
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }

    fn pass(&self, minutes: i64) {
        self.app.clock.advance(TimeDelta::minutes(minutes));
    }
}

/// The code in a message: the line that has nothing else on it.
fn code_in(mail: &str) -> InvitationCode {
    mail.lines().find_map(|line| line.strip_prefix("    ").and_then(InvitationCode::read)).unwrap()
}

#[tokio::test]
async fn an_invitation_goes_out_once_with_a_code_that_works() {
    let world = world();
    assert_eq!(world.invite(&["a@example.org", "letter", "b@example.org"]), 2);
    assert_eq!(world.invite(&["a@example.org"]), 0);
    assert_eq!(run_due(&world.app, &world.folder).await.unwrap(), Report { sent: 2, ..Report::default() });
    assert_eq!(run_due(&world.app, &world.folder).await.unwrap(), Report::default());
    let files = world.files();
    assert_eq!(files.len(), 2);
    #[cfg(unix)]
    for file in std::fs::read_dir(&world.mails).unwrap() {
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.unwrap().metadata().unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "a code is in it");
    }
    world.take_up(&code_in(&files[0]));
    assert_eq!((world.counts().taken_up, world.counts().unsent), (1, 1));
    assert_eq!(world.problems(), []);
}

#[tokio::test]
async fn several_processes_at_once_send_each_mail_once() {
    let world = world();
    let server = Smtp::start();
    let emails: Vec<String> = (0..12).map(|n| format!("p{n}@example.org")).collect();
    world.invite(&emails.iter().map(String::as_str).collect::<Vec<_>>());
    let (a, b, c) = (world.smtp(server.port), world.smtp(server.port), world.smtp(server.port));
    let (a, b, c) = tokio::join!(run_due(&world.app, &a), run_due(&world.app, &b), run_due(&world.app, &c));
    assert_eq!(a.unwrap().sent + b.unwrap().sent + c.unwrap().sent, 12);
    let mut to = server.recipients();
    to.sort();
    to.dedup();
    assert_eq!((to.len(), server.recipients().len()), (12, 12));
}

#[tokio::test]
async fn a_server_that_says_no_is_heard_and_one_that_is_busy_is_asked_again() {
    let world = world();
    let server = Smtp::start();
    let smtp = world.smtp(server.port);
    world.invite(&["refused@example.org", "good@example.org", "busy@example.org", "late-refused@example.org"]);
    let report = run_due(&world.app, &smtp).await.unwrap();
    assert_eq!(report, Report { sent: 1, failed: 2, retry: 1, uncertain: 0 });
    let states: Vec<State> = world.problems().iter().map(|p| p.state).collect();
    assert_eq!(states, [State::Failed, State::Queued, State::Failed]);
    assert!(world.problems()[0].error.as_ref().unwrap().contains("No such person here"));
    let quoted = world.problems()[2].error.clone().unwrap();
    assert!(quoted.contains("spam: /i/…") && !quoted.contains('\n'), "{quoted}");
    for minutes in [1, 5, 30, 120, 360] {
        world.pass(minutes - 1);
        assert_eq!(run_due(&world.app, &smtp).await.unwrap(), Report::default(), "not before {minutes} minutes");
        world.pass(1);
        let report = run_due(&world.app, &smtp).await.unwrap();
        assert_eq!(report.retry + report.failed, 1);
        assert_eq!(report.failed == 1, minutes == 360);
    }
    assert_eq!(world.problems().len(), 3);
    assert!(world.send_again(&world.problems()[0]));
    assert_eq!(run_due(&world.app, &smtp).await.unwrap(), Report { failed: 1, ..Report::default() });
}

#[tokio::test]
async fn a_server_that_is_away_costs_no_tries_and_stops_the_round() {
    let world = world();
    world.invite(&["a@example.org", "b@example.org", "c@example.org"]);
    let nobody = world.smtp(Smtp::closed_port());
    for _ in 0..20 {
        assert_eq!(run_due(&world.app, &nobody).await.unwrap(), Report { retry: 1, ..Report::default() });
        world.pass(1);
    }
    let server = Smtp::start();
    assert_eq!(run_due(&world.app, &world.smtp(server.port)).await.unwrap().sent, 3);
    assert_eq!(world.problems(), []);
}

#[tokio::test]
async fn what_may_have_arrived_is_never_sent_twice_by_itself() {
    let world = world();
    let server = Smtp::start();
    let smtp = world.smtp(server.port);
    world.invite(&["gone-early@example.org", "gone-late@example.org"]);
    let report = run_due(&world.app, &smtp).await.unwrap();
    assert_eq!(report, Report { retry: 1, uncertain: 1, ..Report::default() });
    world.pass(1000);
    run_due(&world.app, &smtp).await.unwrap();
    assert_eq!(server.recipients(), ["gone-late@example.org"]);
    let uncertain = world.problems().into_iter().find(|p| p.state == State::Uncertain).unwrap();
    assert_eq!(uncertain.email, "gone-late@example.org");
    assert!(world.send_again(&uncertain), "HR may decide");
    run_due(&world.app, &smtp).await.unwrap();
    assert_eq!(server.recipients().len(), 2);
}

#[tokio::test]
async fn after_a_crash_a_folder_is_done_again_and_a_server_is_not() {
    let world = world();
    let server = Smtp::start();
    let smtp = world.smtp(server.port);
    world.invite(&["a@example.org", "b@example.org"]);
    let claim = || {
        let now = world.app.clock.now();
        world.app.db.write_blocking(|conn| store::claim(conn, now)).unwrap().unwrap()
    };
    claim();
    assert_eq!(run_due(&world.app, &smtp).await.unwrap().sent, 1, "another process may be at the other one");
    world.pass(11);
    assert_eq!(run_due(&world.app, &smtp).await.unwrap(), Report::default());
    let problems = world.problems();
    assert_eq!((problems.len(), problems[0].state), (1, State::Uncertain));
    world.send_again(&problems[0]);
    claim();
    world.pass(11);
    assert_eq!(run_due(&world.app, &world.folder).await.unwrap().sent, 1);
    assert_eq!(world.files().len(), 1);
    assert_eq!(world.problems(), []);
}

#[tokio::test]
async fn only_those_who_did_nothing_are_reminded_and_not_too_often() {
    let world = world();
    world.invite(&["a@example.org", "b@example.org", "letter"]);
    run_due(&world.app, &world.folder).await.unwrap();
    assert_eq!(world.remind(), 0, "it is too soon");
    world.pass(7 * 24 * 60);
    world.take_up(&code_in(&world.files()[0]));
    assert_eq!((world.remind(), world.remind()), (1, 0));
    run_due(&world.app, &world.folder).await.unwrap();
    let files = world.files();
    let reminders: Vec<_> =
        files.iter().filter(|file| file.replace("=\r\n", "").contains("This reminder went out")).collect();
    assert_eq!(reminders.len(), 1);
    world.pass(7 * 24 * 60);
    assert_eq!(world.remind(), 1);
    world.take_up(&code_in(reminders[0]));
    assert_eq!(run_due(&world.app, &world.folder).await.unwrap(), Report::default(), "no longer needed");
    world.pass(30 * 24 * 60);
    assert_eq!((world.remind(), world.counts().outstanding), (0, 1));
}

#[tokio::test]
async fn nothing_goes_out_after_the_last_day() {
    let world = world();
    world.invite(&["a@example.org"]);
    world.pass(29 * 24 * 60);
    assert_eq!(run_due(&world.app, &world.folder).await.unwrap(), Report::default());
    assert_eq!(world.files().len(), 0);
    assert_eq!(world.invite(&["b@example.org"]), 0);
}

#[tokio::test]
async fn letters_are_printed_once_or_for_everybody() {
    let world = world();
    world.invite(&["letter", "letter", "a@example.org"]);
    let (today, campaign) = (world.app.clock.now().date(), world.campaign());
    let print = |to| {
        let print = |conn: &mut _| invitation::letters(conn, &world.app.keys, today, &campaign, to);
        world.app.db.write_blocking(print).unwrap()
    };
    let first = print(Letters::Unsent);
    assert_eq!((first.len(), print(Letters::Unsent).len(), world.counts().unsent), (2, 0, 1));
    world.take_up(&InvitationCode::read(&first[0].code).unwrap());
    let again = print(Letters::Everyone);
    assert_eq!(again.iter().map(|letter| letter.name.as_str()).collect::<Vec<_>>(), ["Person 0", "Person 1"]);
    world.take_up(&InvitationCode::read(&again[1].code).unwrap());
    assert_eq!(world.counts().taken_up, 2);
}

#[tokio::test]
async fn a_sign_in_link_is_made_when_it_is_sent_and_leaves_nothing() {
    let world = world();
    world.invite(&["a@example.org"]);
    let now = world.app.clock.now();
    let queue = |account: &AccountId| {
        world.app.db.write_blocking(|conn| mail::queue_link(conn, now, LinkPurpose::SignIn, account)).unwrap();
    };
    let email = "hr@example.org".parse().unwrap();
    let open = |conn: &mut _| account::open(conn, Role::Administrator, "Ann", email);
    let account = world.app.db.write_blocking(open).unwrap().id;
    queue(&account);
    queue(&account);
    let first = world.app.db.write_blocking(|conn| store::claim(conn, now)).unwrap().unwrap();
    assert!(matches!(first.subject, mail::Subject::Link(..)), "who waits to sign in comes first");
    queue(&account);
    assert_eq!(run_due(&world.app, &world.folder).await.unwrap().sent, 2);
    let files = world.files();
    let link = files.iter().find(|file| file.contains("hr@example.org")).unwrap();
    let token = link.split("/sign-in/links/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let take = |conn: &mut _| staff::link::take(conn, &world.app.keys, now, &token);
    assert!(world.app.db.write_blocking(take).unwrap().is_some());
}
