//! What is sent about open interviews, and what is not kept of it.

use super::panel::{NUMBER, Panel, answered, request};
use crate::support::{MailServer, TestApp};
use candour::db::Backend;
use candour::db::schema::mail::dsl;
use candour::interview::{self, Channel, Mode, Plan, ReadBack, Request};
use candour::mail;
use candour::survey::Lang;
use diesel::prelude::*;

fn by_email(reach: &str, lang: Lang) -> Request {
    Request { channel: Channel::Email, reach: reach.to_owned(), lang, ..request() }
}

fn plan() -> Plan {
    Plan { at: "2026-09-03T14:30:00".parse().unwrap(), minutes: 30, place: "The canteen".to_owned() }
}

/// Rows about interviews that are in the outbox, with what is kept of an error.
fn rows(panel: &Panel) -> Vec<(String, Option<String>)> {
    panel
        .read(|conn| dsl::mail.filter(dsl::interview_id.is_not_null()).select((dsl::state, dsl::last_error)).load(conn))
}

on_both! {
    fn an_interviewer_is_told_that_a_case_waits_and_nothing_of_whose(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, mona) = (panel.independent("Ivor"), panel.independent("Mona"));
        panel.ask(&panel.person(), Mode::Independent, request());
        let (first, id) = panel.holder(&[&ivor, &mona]).unwrap();
        // Before anything went out it is with the other: one mail is enough.
        panel.pass(first, &id).unwrap();
        assert_eq!(panel.run().sent, 1);
        let [mail] = app.mails().try_into().unwrap();
        let (other, name) = if first == &ivor { (&mona, "mona") } else { (&ivor, "ivor") };
        assert!(mail.contains(&format!("{name}@interviewers.example.org")), "{mail}");
        assert!(mail.contains(&format!("{}/interviews", app.app.settings.public_url)), "{mail}");
        for unsaid in ["Robin", "Reliant", NUMBER, "Mornings", "Westmere", "adults"] {
            assert!(!mail.contains(unsaid), "{unsaid} in {mail}");
        }
        panel.take(other, &id).unwrap();
        assert_eq!(panel.run().sent, 0);
        assert_eq!(rows(&panel), Vec::new(), "what went out leaves nothing behind");
    }

    fn whoever_is_reached_by_email_hears_of_the_time_in_their_language(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        for (lang, when) in [(Lang::En, "3 September 2026 at 14:30"), (Lang::Cy, "3 Medi 2026 am 14:30")] {
            let (person, id) = panel.taken_by(&ivor, by_email("robin@home.example.org", lang));
            panel.run();
            let before = app.mails();
            panel.plan(&ivor, &id, Some(plan())).unwrap();
            panel.plan(&ivor, &id, Some(plan())).unwrap();
            assert_eq!(panel.run().sent, 1, "once for one time");
            let mails = app.mails();
            let mail = mails.iter().find(|mail| !before.contains(mail)).unwrap();
            assert!(mail.contains("robin@home.example.org") && mail.contains(when), "{mail}");
            panel.pass(&ivor, &id).unwrap();
            assert_eq!(panel.run().sent, 1, "the time holds no longer");
            assert!(panel.withdraw(&person));
        }
        let (_, id) = panel.taken_by(&ivor, request());
        panel.run();
        panel.plan(&ivor, &id, Some(plan())).unwrap();
        assert_eq!(panel.run().sent, 0, "they are rung");
    }

    fn the_link_to_read_back_is_made_when_it_is_sent(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, by_email("robin@home.example.org", Lang::En));
        panel.run();
        let now = app.app.clock.now();
        panel.write(|conn| interview::mail_read_back(conn, now, &ivor, &id));
        assert_eq!(panel.run().sent, 0, "nothing was said yet");
        panel.save(&ivor, &id, 0, &answered("pay")).unwrap();
        panel.write(|conn| interview::mail_read_back(conn, now, &ivor, &id));
        let before = app.mails();
        assert_eq!(panel.run().sent, 1);
        let mail = app.mails().into_iter().find(|mail| !before.contains(mail)).unwrap();
        let token: String = mail.split("/read-back/").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(!mail.contains("pay"), "the answers are behind the link");
        assert!(panel.write(|conn| interview::confirm(conn, &app.app.keys, &token)));
        assert_eq!(panel.open(&ivor, &id).unwrap().case.read_back, ReadBack::Confirmed);
    }
}

#[test]
fn smtp_a_notice_that_is_refused_says_neither_to_hr_nor_to_the_database_whom_it_was_for() {
    let server = MailServer::start();
    let app = TestApp::with(Backend::Sqlite, |settings| {
        settings.smtp_url = Some(server.url());
        settings.smtp_ca_file = Some(server.authority());
    });
    let panel = Panel::new(&app.app);
    let ivor = panel.independent("Ivor");
    let (_, id) = panel.taken_by(&ivor, by_email("refused@example.org", Lang::En));
    panel.run();
    panel.plan(&ivor, &id, Some(plan())).unwrap();
    assert_eq!(panel.run().failed, 1);
    assert_eq!(rows(&panel), [("failed".to_owned(), Some("it did not go out".to_owned()))]);
    let campaign = &panel.council.campaign.id;
    assert_eq!(panel.read(|conn| mail::store::problems(conn, campaign)), []);
    panel.close(&ivor, &id, 0).unwrap();
    assert_eq!(rows(&panel), Vec::new(), "and it goes with the case");
}
