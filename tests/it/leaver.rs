//! Leavers over real HTTP: from the link to the thank-you page, and all the ways
//! in which a code or a ticket is of no use.

use crate::support::council::{Council, survey_source};
use crate::support::{Page, TestApp, Visitor, kept};
use candour::invitation::{self, people};
use candour::response;
use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};

/// Somebody with something to say about everything.
pub const FULL: &[(&str, &str)] = &[
    ("q.directorate", "adults"),
    ("q.years", "7"),
    ("q.reasons", "pay"),
    ("q.reasons", "workload"),
    ("q.supported", "agree"),
    ("q.recommend", "9"),
    ("q.left_on.month", "5"),
    ("q.left_on.year", "2026"),
    ("q.enough", "no"),
    ("q.stay", "A parking space and a kind word"),
];

/// Only what has to be answered.
pub const SHORT: &[(&str, &str)] = &[("q.directorate", "finance"), ("q.reasons", "none")];

fn waiting(app: &TestApp, council: &Council) -> u64 {
    app.app.db.read_blocking(|conn| response::waiting(conn, &council.campaign.id)).unwrap()
}

on_both! {
    fn a_leaver_answers_and_is_counted_once(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let codes = council.codes(&app.app, 2);
        let mut leaver = app.visitor();
        leaver.begin_and_answer(&format!("/i/{}", codes[0]), FULL);
        assert_eq!(waiting(&app, &council), 0, "nothing is kept before Send");
        leaver.page.expect(200, "A parking space and a kind word");
        leaver.send_answers();
        assert_eq!(waiting(&app, &council), 1);

        leaver.open(&format!("/i/{}", codes[0]));
        leaver.press("Answer online", &[]).expect(404, "This code or ticket cannot be used");
        leaver.begin_and_answer(&format!("/i/{}", codes[1]), SHORT);
        leaver.send_answers();
        assert_eq!(waiting(&app, &council), 2);
    }

    fn two_sends_with_one_ticket_at_once_count_once(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        for code in council.codes(&app.app, 5) {
            let before = waiting(&app, &council);
            let start = Arc::new(Barrier::new(4));
            let tabs: Vec<_> = (0..4)
                .map(|_| {
                    let mut tab = app.visitor();
                    tab.begin_and_answer(&format!("/i/{code}"), FULL);
                    let start = start.clone();
                    std::thread::spawn(move || {
                        start.wait();
                        tab.press("Send my answers", &[]).clone()
                    })
                })
                .collect();
            let pages: Vec<Page> = tabs.into_iter().map(|tab| tab.join().unwrap()).collect();
            let thanked = pages.iter().filter(|page| page.has("Your answers have been sent")).count();
            let told = pages.iter().filter(|page| page.status == 404 && page.has("they were counted, once")).count();
            assert_eq!((thanked, told, waiting(&app, &council)), (1, 3, before + 1));
        }
    }

    fn every_code_and_ticket_that_is_of_no_use_gets_the_same_bytes(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let other = Council::new(&app.app, "Eastmere");
        let [spent, begun, foreign] = [&council, &council, &other].map(|council| council.codes(&app.app, 1).remove(0));
        let mut leaver = app.visitor();
        leaver.begin_and_answer(&format!("/i/{spent}"), SHORT);
        let spent_ticket = leaver.field("ticket");
        leaver.send_answers();
        // A newer letter of the same invitation, when the older one was begun with.
        leaver.begin_and_answer(&format!("/i/{begun}"), SHORT);
        let campaign = leaver.field("campaign");
        let ticket = leaver.field("ticket");
        leaver.begin_and_answer(&format!("/i/{foreign}"), SHORT);
        let foreign_ticket = leaver.field("ticket");
        let changed = |ticket: &str| ticket.chars().rev().collect::<String>();

        let mut pages = BTreeSet::new();
        let unknown = invitation::InvitationCode::random().spell();
        for code in [unknown.as_str(), "nonsense", &changed(&begun), "%00", &"A".repeat(300)] {
            pages.insert(refusal(app.visitor().open(&format!("/i/{code}"))));
        }
        let forms = [
            ("/", "code", unknown.as_str()),
            ("/", "code", ""),
            ("/", "code", &spent_ticket),
            ("/answer/start", "code", &spent),
            ("/answer/start", "code", &unknown),
            ("/decline", "code", &unknown),
            ("/decline", "code", &spent),
            ("/answer", "ticket", &spent_ticket),
            ("/answer", "ticket", &changed(&ticket)),
            ("/answer", "ticket", &foreign_ticket),
            ("/answer/send", "ticket", &spent_ticket),
            ("/answer/send", "ticket", &foreign_ticket),
            ("/answer/send", "ticket", ""),
        ];
        for (path, field, value) in forms {
            let fields = [(field, value), ("campaign", campaign.as_str()), ("lang", "en"), ("sure", "yes")];
            let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
            pages.insert(refusal(app.visitor().post(path, &fields)));
        }
        // Campaigns that there cannot be: PostgreSQL knows no text with a NUL.
        for campaign in ["", "a\0b", "\u{FFFF}", "' OR 1=1"] {
            let fields = [("ticket", ticket.as_str()), ("campaign", campaign)];
            let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
            pages.insert(refusal(app.visitor().post("/answer", &fields)));
        }
        assert_eq!(pages.len(), 1, "{pages:#?}");
    }

    fn a_text_with_anything_in_it_is_kept(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let code = council.codes(&app.app, 1).remove(0);
        let mut leaver = app.visitor();
        let text = "x\0y \u{202E}z\r\n<b>👩\u{200D}💻</b> ŵ \u{FFFE} %00 \\u0000 ' \"";
        leaver.begin_and_answer(&format!("/i/{code}"), &[SHORT, &[("q.stay", text)]].concat());
        leaver.send_answers();
        assert_eq!(kept(&app).1[0].text, "xy z\n<b>👩\u{200D}💻</b> ŵ \u{FFFE} %00 \\u0000 ' \"");
    }

    fn a_list_that_is_uploaded_twice_at_once_invites_nobody_twice(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let names = (0..50).map(|n| format!("Pat {n},letter\nLee,lee{n}@example.org\n")).collect::<String>();
        let list = format!("name,email\n{names}");
        let start = Barrier::new(3);
        let upload = || {
            let people = people::parse(&list).unwrap();
            start.wait();
            app.app.db.write_blocking(|conn| invitation::invite(conn, &council.campaign, people)).unwrap().new
        };
        let new: usize = std::thread::scope(|scope| {
            let uploads: Vec<_> = (0..3).map(|_| scope.spawn(upload)).collect();
            uploads.into_iter().map(|upload| upload.join().unwrap()).sum()
        });
        assert_eq!(new, 100);
    }

    fn a_link_that_is_opened_twice_gives_the_same_ticket(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let code = council.codes(&app.app, 1).remove(0);
        let tickets: BTreeSet<String> = (0..3)
            .map(|_| {
                let mut leaver = app.visitor();
                leaver.open(&format!("/i/{code}"));
                leaver.press("Answer online", &[]).expect(200, "Where did you work?");
                leaver.field("ticket")
            })
            .collect();
        assert_eq!(tickets.len(), 1);
        // And typed on the first page, from another device, it goes on.
        let mut elsewhere = app.visitor();
        elsewhere.open("/");
        let ticket = tickets.first().unwrap().to_lowercase().replace('-', " ");
        elsewhere.press("Continue", &[("code", &ticket)]).expect(200, "Where did you work?");
        elsewhere.answer(FULL);
        elsewhere.send_answers();
        assert_eq!(waiting(&app, &council), 1);
    }

    fn questions_follow_earlier_answers_and_dropped_ones_are_not_kept(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let code = council.codes(&app.app, 1).remove(0);
        let mut leaver = app.visitor();
        leaver.begin_and_answer(&format!("/i/{code}"), FULL);
        leaver.page.expect(200, "Would a rise of 5% have kept you?");
        // Pay was not a reason after all: what was asked because of it goes.
        leaver.press_at("change:leaving").expect(200, "What made you leave?");
        leaver.press("Continue", &[("q.reasons", "manager")]).expect(200, "Check your answers");
        assert!(!leaver.page.has("Would a rise of 5% have kept you?"));
        leaver.send_answers();
        let kept = kept_answers(&app);
        assert!(!kept.contains("enough") && kept.contains("manager"), "{kept}");
    }

    fn what_is_wrong_is_said_on_the_page_and_every_value_is_kept(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let code = council.codes(&app.app, 1).remove(0);
        let mut leaver = app.visitor();
        leaver.open(&format!("/i/{code}"));
        leaver.press("Answer online", &[]);
        let page = leaver.press("Continue", &[("q.years", "many")]);
        page.expect(422, "There is something to put right");
        assert_eq!(page.attributes("input[name='q.years']", "value"), ["many"]);
        let summary = page.attributes("[role=alert] a", "href");
        assert_eq!(summary.len(), 2, "every problem at once: {summary:?}");
        for link in summary {
            assert!(!page.attributes(&link, "id").is_empty(), "{link} leads nowhere");
        }
        assert!(page.text().contains("autofocus"), "the summary takes the focus");
    }
}

#[test]
fn the_address_of_a_page_that_only_a_form_leads_to_asks_for_the_code_again() {
    let app = TestApp::on_sqlite();
    for address in ["/answer/start", "/answer/begin", "/answer", "/answer/send"] {
        app.visitor().open(address).expect(200, "Your code or your ticket");
    }
}

#[test]
fn the_first_page_is_small_and_asks_nobody_else() {
    let app = TestApp::on_sqlite();
    let source = survey_source();
    let council = Council::with_survey(&app.app, "Westmere", &source, &[]);
    let code = council.codes(&app.app, 1).remove(0);
    let mut leaver = app.visitor();
    let page = leaver.open(&format!("/i/{code}")).clone();
    let packed = leaver.open_compressed(&format!("/i/{code}"));
    let mut all = packed;
    for selector in [("link[href]", "href"), ("script[src]", "src"), ("img[src]", "src")] {
        for address in page.attributes(selector.0, selector.1) {
            assert!(address.starts_with('/') || address.starts_with("data:"), "{address} is asked of somebody else");
            if address.starts_with("/assets") {
                all += leaver.open_compressed(&address);
            }
        }
    }
    assert!(all < 14 * 1024, "{all} bytes");
    let plain = page.bytes.len();
    assert!(packed * 2 < plain, "{packed} of {plain} bytes");
    assert_eq!(page.header("set-cookie"), None);
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{policy}");
    // One script of ours, which is not waited for.
    assert_eq!(page.attributes("script", "type"), ["module"]);
    assert_eq!(page.all("script").concat(), "");
    assert!(!page.text().contains(" style="));
}

/// Status and body, without references that differ by design.
fn refusal(page: &Page) -> (u16, String) {
    (page.status, page.text())
}

fn kept_answers(app: &TestApp) -> String {
    kept(app).0.iter().map(|one| serde_json::to_string(&one.answers).unwrap()).collect()
}

impl Visitor {
    /// What a hidden field of the page holds.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        self.page.attributes(&format!("input[name='{name}']"), "value").pop().expect("the field is on the page")
    }
}
