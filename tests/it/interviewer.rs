//! Interviewers' own pages through the real server: whose case shows itself to whom,
//! what a case's pages leave behind, and the calendar file as a calendar reads it.

use crate::interview::panel::{NUMBER, Panel, request};
use crate::support::council::PASSWORD;
use crate::support::process::{Process, free_port};
use crate::support::{TestApp, Visitor, python};
use candour::clock::Clock;
use candour::id::{AccountId, InterviewId};
use candour::interview::{Mode, Plan, Request};
use candour::staff::{Password, account, organisation};
use serde::Deserialize;
use std::io::Write;
use std::process::Stdio;

/// Gives the account's owner [`PASSWORD`]; the address that they sign in with.
pub fn with_password(panel: &Panel, by: &AccountId) -> String {
    static HASH: std::sync::OnceLock<candour::staff::password::Hash> = std::sync::OnceLock::new();
    let hash = HASH.get_or_init(|| Password::choose(PASSWORD, &[]).unwrap().hash());
    panel.write(|conn| {
        account::set_password(conn, by, hash, None)?;
        anyhow::Ok(account::get(conn, by)?.unwrap().email.as_str().to_owned())
    })
}

fn signed_in(panel: &Panel, site: &str, by: &AccountId) -> Visitor {
    let email = with_password(panel, by);
    let mut visitor = Visitor::new(site);
    visitor.open("/sign-in");
    visitor.press("Sign in", &[("email", &email), ("password", PASSWORD)]).expect(200, "Sign out");
    visitor
}

const PAGES: [&str; 5] = ["", "/plan", "/calendar.ics", "/read-back", "/passing"];
const DEEDS: [&str; 6] = ["/taking", "/passing", "/plan", "/read-back", "/read-back/links", "/read-back/mails"];

/// Every page of a case answers as it does of one that never was.
#[track_caller]
fn is_unknown_to(visitor: &mut Visitor, id: &InterviewId) {
    let fields: Vec<(String, String)> =
        [("version", "0"), ("date", "2026-10-01"), ("time", "10:00"), ("minutes", "30")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
    let mut answers = |id: &str| {
        let mut all = Vec::new();
        for page in PAGES {
            let page = visitor.open(&format!("/interviews/{id}{page}"));
            all.push((page.status, page.text()));
        }
        for deed in DEEDS {
            let page = visitor.post(&format!("/interviews/{id}{deed}"), &fields);
            all.push((page.status, page.text()));
        }
        all
    };
    let (theirs, never) = (answers(id.as_str()), answers("nonesuch"));
    assert!(
        theirs.iter().all(|(status, _)| *status == 404),
        "{:?}",
        theirs.iter().map(|one| one.0).collect::<Vec<_>>()
    );
    assert!(theirs == never, "it can be told from one that never was");
    assert!(theirs[0].1.contains("gone to somebody else") && theirs[0].1.contains("withdrawn"));
}

on_both! {
    fn another_interviewers_case_a_closed_one_and_another_organisations_are_as_unknown_as_what_never_was(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, handed_in) = panel.taken_by(&ivor, request());
        panel.close(&ivor, &handed_in, 0).unwrap();
        let (person, id) = panel.taken_by(&ivor, request());
        let (olga, own) = (panel.independent("Olga"), panel.of_the_council("Owen"));
        let aldham = panel.write(|conn| organisation::create(conn, "Aldham")).id;
        let abroad = panel.independent("Abel");
        panel.write(|conn| {
            candour::staff::interviewer::leave(conn, &abroad, &panel.council.organisation)?;
            candour::staff::interviewer::serve(conn, &abroad, &aldham)
        });
        for other in [&olga, &own, &abroad] {
            is_unknown_to(&mut signed_in(&panel, app.url(), other), &id);
        }
        assert!(panel.open(&ivor, &id).is_some(), "and nothing happened to it");
        let mut visitor = signed_in(&panel, app.url(), &ivor);
        visitor.open("/interviews").expect(200, "Robin Reliant");
        visitor.follow("Robin Reliant").expect(200, "How to reach them");
        assert!(panel.withdraw(&person));
        is_unknown_to(&mut visitor, &id);
        visitor.open("/interviews").expect(200, "Nothing waits for you.");
        is_unknown_to(&mut visitor, &handed_in);
    }

    fn an_offered_case_opens_when_it_is_taken_and_not_before(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let access = "A sign language interpreter".to_owned();
        panel.ask(&panel.person(), Mode::Independent, Request { access, ..request() });
        let id = panel.listed(&ivor).pop().unwrap().case.id;
        let mut visitor = signed_in(&panel, app.url(), &ivor);
        let list = visitor.open("/interviews").expect(200, "Take it").text();
        assert!(list.contains("Mornings") && list.contains("Westmere"));
        for secret in ["Robin", "Reliant", NUMBER, "interpreter"] {
            assert!(!list.contains(secret), "{secret} is in {list}");
        }
        for page in PAGES {
            visitor.open(&format!("/interviews/{id}{page}"));
            assert_eq!(visitor.page.status, 404, "{page}");
        }
        visitor.open("/interviews");
        let page = visitor.press("Take it", &[]).expect(200, "It is yours.").clone();
        assert!(page.has("Robin Reliant") && page.has("interpreter"));
        assert_eq!(page.attributes("a[href^=tel]", "href"), ["tel:07700900123"]);
        assert_eq!(page.all("title"), ["Interview – Candour"]);
    }

    fn whoever_comes_second_is_told_that_it_has_gone(app: TestApp) {
        let panel = Panel::new(&app.app);
        let [ivor, olga] = [panel.independent("Ivor"), panel.independent("Olga")];
        panel.ask(&panel.person(), Mode::Independent, request());
        let (first, _) = panel.holder(&[&ivor, &olga]).unwrap();
        let second = if first == &ivor { &olga } else { &ivor };
        let mut slow = signed_in(&panel, app.url(), first);
        slow.open("/interviews").expect(200, "Take it");
        panel.pass_days(4);
        panel.hand_on();
        let mut slow_again = signed_in(&panel, app.url(), first);
        slow_again.page = slow.page.clone();
        signed_in(&panel, app.url(), second).open("/interviews").expect(200, "Take it");
        slow_again.press("Take it", &[]).expect(404, "This interview has gone to somebody else");
        slow_again.follow("My interviews").expect(200, "Nothing waits for you.");
    }

    fn a_time_is_in_the_calendar_as_it_was_agreed_and_nothing_else_is(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, request());
        let mut visitor = signed_in(&panel, app.url(), &ivor);
        let mut uids = Vec::new();
        // Winter and summer; the last one begins an hour before clocks go back.
        for (date, time, begins, ends) in [
            ("2026-12-01", "14:30", "2026-12-01T14:30:00Z", "2026-12-01T15:15:00Z"),
            ("2026-09-08", "09:00", "2026-09-08T08:00:00Z", "2026-09-08T08:45:00Z"),
            ("2026-10-25", "00:00", "2026-10-24T23:00:00Z", "2026-10-24T23:45:00Z"),
        ] {
            visitor.open(&format!("/interviews/{id}/plan")).expect(200, NUMBER);
            let fields = [("date", date), ("time", time), ("minutes", "45"), ("place", "12 Secret Lane")];
            visitor.press("Keep this time", &fields).expect(200, "Put it in your calendar");
            let file = visitor.follow("Put it in your calendar").clone();
            assert_eq!(file.status, 200);
            assert!(file.header("content-type").unwrap().starts_with("text/calendar"));
            assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"interview.ics\""));
            let read = read(&file.bytes);
            assert_eq!((read.begins.as_str(), read.ends.as_str(), read.zone.as_str()), (begins, ends, "Europe/London"));
            assert_eq!(read.summary, "Interview");
            assert_eq!(read.description, format!("Whom you talk to, and how, is in Candour: {}/interviews", app.url()));
            let properties =
                ["CLASS", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "UID"].map(str::to_owned);
            assert_eq!(read.properties, properties, "and no place, and nobody who is invited");
            assert!(read.longest <= 75 && read.loose_ends == 0);
            let text = file.text().replace("\r\n ", "");
            for secret in ["Robin", "Reliant", "900123", "Secret Lane", "Westmere", "Leavers", id.as_str(), ivor.as_str()] {
                assert!(!text.contains(secret), "{secret} is in {text}");
            }
            uids.push(read.uid);
        }
        uids.dedup();
        assert_eq!(uids.len(), 1, "a calendar moves what it has");
    }

    fn no_page_of_a_case_is_kept_by_a_browser(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, request());
        let plan = Plan { at: "2026-09-08T14:30:00".parse().unwrap(), minutes: 45, place: String::new() };
        panel.plan(&ivor, &id, Some(plan)).unwrap();
        let mut visitor = signed_in(&panel, app.url(), &ivor);
        visitor.open("/interviews");
        assert_eq!(visitor.page.header("cache-control"), Some("no-store"));
        for page in PAGES {
            visitor.open(&format!("/interviews/{id}{page}"));
            assert_eq!((visitor.page.status, visitor.page.header("cache-control")), (200, Some("no-store")), "{page}");
            assert!(visitor.page.all("title").iter().all(|title| !title.contains("Robin")), "{page}");
        }
    }
}

#[test]
fn the_log_tells_neither_which_case_nor_whom_it_is_about() {
    let app = TestApp::on_sqlite();
    let panel = Panel::new(&app.app);
    let ivor = panel.independent("Ivor");
    // The program has a clock of its own: by that one the case is not too old.
    panel.pass_days((Clock::system().now().date() - app.app.clock.now().date()).num_days());
    let (_, id) = panel.taken_by(&ivor, request());
    let process = Process::start(&app, free_port(), "trace", &[]);
    let mut visitor = signed_in(&panel, &process.url, &ivor);
    visitor.open("/interviews");
    for page in PAGES {
        visitor.open(&format!("/interviews/{id}{page}"));
    }
    let link = visitor.open(&format!("/interviews/{id}/read-back")).clone();
    assert_eq!(link.status, 200);
    let link = visitor.press("Make a link to pass on", &[]).all("code").concat();
    visitor.open(&link.replace(&process.url, ""));
    let log = process.printed();
    assert!(log.contains("route=\"/interviews\""), "nothing was logged that could be looked at:\n{log}");
    assert!(!log.contains("/interviews/{id}"), "when somebody was at a case is told");
    let token = link.rsplit('/').next().unwrap();
    assert_eq!(token.len(), 26, "{link}");
    for secret in [id.as_str(), ivor.as_str(), token, "Robin", "Reliant", "900123", "Mornings"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// What a parser that is not ours makes of a calendar file.
#[derive(Deserialize)]
struct Read {
    begins: String,
    ends: String,
    zone: String,
    summary: String,
    description: String,
    uid: String,
    properties: Vec<String>,
    longest: usize,
    loose_ends: usize,
}

fn read(file: &[u8]) -> Read {
    let mut parser = python("tests/it/read_calendar.py")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is missing");
    parser.stdin.take().unwrap().write_all(file).unwrap();
    let output = parser.wait_with_output().unwrap();
    assert!(output.status.success(), "is python3-icalendar there? tests/run installs it");
    serde_json::from_slice(&output.stdout).unwrap()
}
