//! Invitations on their way, on both databases and through a server that demands
//! STARTTLS and AUTH.

use crate::support::{MailServer, TestApp};
use candour::campaign::{self, Campaign};
use candour::db::Backend;
use candour::invitation::{self, InvitationCode, Refused, people};
use candour::jobs::{self, Report};
use candour::mail::{self, State, Transport};
use candour::{staff, survey};
use chrono::TimeDelta;

/// An exit campaign with these people on its list, and their mails queued.
fn campaign(app: &TestApp, emails: &[&str]) -> Campaign {
    let now = app.app.clock.now();
    let (_, source) = survey::shipped()[0];
    let rows: Vec<String> = emails.iter().map(|email| format!("Pat,{email}\n")).collect();
    let people = people::parse(&format!("name,email\n{}", rows.concat())).unwrap();
    app.app
        .db
        .write_blocking(|conn| {
            let organisation = staff::organisation::create(conn, "Milbury Council")?;
            let version = survey::store::publish(conn, now, source)?;
            let new = campaign::NewCampaign::new(organisation.id, version.hash, "Leavers");
            let campaign = campaign::open(conn, &app.app.keys, now, new)?;
            invitation::invite(conn, &campaign, people)?;
            invitation::send(conn, now, &campaign)?;
            anyhow::Ok(campaign)
        })
        .unwrap()
}

fn run(app: &TestApp, transport: &Transport) -> Report {
    tokio::runtime::Runtime::new().unwrap().block_on(jobs::run_due(&app.app, transport)).unwrap()
}

/// The code in a message: the line that has nothing else on it.
fn code_in(mail: &str) -> InvitationCode {
    mail.lines().find_map(|line| line.strip_prefix("    ").and_then(InvitationCode::read)).unwrap()
}

#[test]
fn smtp_invitations_go_out_over_tls_and_what_the_server_says_is_kept() {
    let server = MailServer::start();
    let app = TestApp::with(Backend::Sqlite, |settings| {
        settings.smtp_url = Some(server.url());
        settings.smtp_ca_file = Some(server.authority());
    });
    let campaign = campaign(&app, &["good@example.org", "refused@example.org", "busy-once@example.org"]);
    let transport = Transport::from_settings(&app.app.settings).unwrap();
    assert_eq!(run(&app, &transport), Report { sent: 1, failed: 1, retry: 1, uncertain: 0 });
    app.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(run(&app, &transport), Report { sent: 1, ..Report::default() });
    assert!(server.attempts().iter().all(|attempt| attempt.tls && attempt.authenticated));
    let problems = app.app.db.read_blocking(|conn| mail::store::problems(conn, &campaign.id)).unwrap();
    assert_eq!((problems.len(), problems[0].state), (1, State::Failed));
    assert!(problems[0].error.as_ref().unwrap().contains("No such person here"));
    let today = app.app.clock.now().date();
    for received in server.received() {
        let code = code_in(&received.text);
        app.app
            .db
            .write_blocking(|conn| invitation::take_up(conn, &app.app.keys, today, &code, &invitation::Exchange::Here))
            .unwrap();
    }
    let counts = app.app.db.read_blocking(|conn| invitation::uptake(conn, &campaign.id)).unwrap();
    assert_eq!((counts.taken_up, counts.outstanding), (2, 1));
}

#[test]
fn smtp_with_a_wrong_password_or_an_unknown_certificate_sends_nothing_and_loses_nothing() {
    let server = MailServer::start();
    let app = TestApp::on_sqlite();
    campaign(&app, &["good@example.org"]);
    let mut settings = candour::config::Settings::clone(&app.app.settings);
    for (ca, url) in [(None, server.url()), (Some(server.authority()), server.url_as("candour", "wrong"))] {
        settings.smtp_ca_file = ca;
        settings.smtp_url = Some(url);
        let transport = Transport::from_settings(&settings).unwrap();
        assert_eq!(run(&app, &transport), Report { retry: 1, ..Report::default() });
        app.app.clock.advance(TimeDelta::minutes(1));
    }
    assert_eq!(server.received().len(), 0);
    settings.smtp_url = Some(server.url());
    assert_eq!(run(&app, &Transport::from_settings(&settings).unwrap()).sent, 1);
}

on_both! {
    fn each_mail_goes_out_once_whoever_sends_it(app: TestApp) {
        let emails: Vec<String> = (0..20).map(|n| format!("p{n}@example.org")).collect();
        campaign(&app, &emails.iter().map(String::as_str).collect::<Vec<_>>());
        let transport = Transport::from_settings(&app.app.settings).unwrap();
        let sent: u32 = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4).map(|_| scope.spawn(|| run(&app, &transport).sent)).collect();
            all.into_iter().map(|one| one.join().unwrap()).sum()
        });
        assert_eq!((sent, app.mails().len()), (20, 20));
    }

    fn of_two_codes_used_at_once_one_takes_the_offer_up(app: TestApp) {
        let campaign = campaign(&app, &["pat@example.org"]);
        let transport = Transport::from_settings(&app.app.settings).unwrap();
        run(&app, &transport);
        app.app.clock.advance(TimeDelta::days(7));
        let now = app.app.clock.now();
        assert_eq!(app.app.db.write_blocking(|conn| invitation::remind(conn, now, &campaign)).unwrap(), 1);
        run(&app, &transport);
        let codes: Vec<InvitationCode> = app.mails().iter().map(|mail| code_in(mail)).collect();
        let take_up = |code: &InvitationCode| {
            app.app.db.write_blocking(|conn| invitation::take_up(conn, &app.app.keys, now.date(), code, &invitation::Exchange::Here))
        };
        let taken: Vec<Result<_, Refused>> = std::thread::scope(|scope| {
            let all: Vec<_> = codes.iter().cycle().take(8).map(|code| scope.spawn(|| take_up(code))).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(taken.iter().filter(|one| one.is_ok()).count(), 4, "one code, however often, and not the other");
        let counts = app.app.db.read_blocking(|conn| invitation::uptake(conn, &campaign.id)).unwrap();
        assert_eq!((counts.offered, counts.taken_up), (1, 1));
    }

    fn nobody_is_invited_twice(app: TestApp) {
        let campaign = campaign(&app, &["pat@example.org", "letter"]);
        let people = people::parse("name,email\nPat,PAT@EXAMPLE.ORG\nPat,letter\nLee,lee@example.org").unwrap();
        let invited = app.app.db.write_blocking(|conn| invitation::invite(conn, &campaign, people)).unwrap();
        assert_eq!((invited.new, invited.already.len()), (1, 2));
    }
}
