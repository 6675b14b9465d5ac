//! The blind exchange over real HTTP: what a code is good for, once, and what a
//! ticket is good for.

mod asking;
mod crash;
mod race;

use crate::leaver::SHORT;
use crate::support::blinding::Blinding;
use crate::support::council::Council;
use crate::support::{Page, TestApp, Visitor};
use candour::campaign::keys;
use candour::response;
use diesel::RunQueryDsl;
use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};

fn waiting(app: &TestApp, council: &Council) -> u64 {
    app.app.db.read_blocking(|conn| response::waiting(conn, &council.campaign.id)).unwrap()
}

fn spki(app: &TestApp, council: &Council) -> Vec<u8> {
    app.app.db.read_blocking(|conn| keys::public(conn, &council.campaign.id)).unwrap().spki().to_vec()
}

fn type_in(visitor: &mut Visitor, ticket: &str) -> Page {
    visitor.open("/");
    visitor.press("Continue", &[("code", ticket)]).clone()
}

on_both! {
    fn whoevers_browser_makes_the_ticket_answers_and_counts_once(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let code = council.codes(&app.app, 1).remove(0);
        let mut leaver = app.visitor();
        let ticket = Blinding::whole(&mut leaver, &code);
        leaver.page.expect(200, "you need it to come back").expect(200, "whoever has it can answer in your place");
        assert_eq!(leaver.page.attributes("[data-ticket] svg", "aria-label"), ["Your ticket as a QR code"]);
        let policy = leaver.page.header("content-security-policy").unwrap();
        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
        leaver.press("Continue to the questions", &[]).expect(200, "Where did you work?");
        assert!(!leaver.page.has("could not be taken over") && !leaver.page.has("We made your ticket"));
        leaver.answer(SHORT);
        leaver.send_answers();
        assert_eq!(waiting(&app, &council), 1);
        assert_eq!(type_in(&mut leaver, &ticket).expect(404, "they were counted, once").status, 404);
        leaver.open(&format!("/i/{code}")).expect(200, "with a ticket that a browser made");
        leaver.press("Continue", &[("ticket", &ticket)]).expect(404, "they were counted, once");
        assert_eq!(waiting(&app, &council), 1);
    }

    fn whoever_closes_the_tab_comes_back_with_the_ticket_and_not_with_the_link(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let code = council.codes(&app.app, 1).remove(0);
        let ticket = Blinding::whole(&mut app.visitor(), &code);
        let mut elsewhere = app.visitor();
        elsewhere.open(&format!("/i/{code}")).expect(200, "nobody can find it again");
        assert!(!elsewhere.page.has("No, thank you"));
        let form = elsewhere.page.attributes("form[action='/answer'] input", "name");
        assert_eq!(form, ["campaign", "lang", "go", "ticket"], "the code never travels with the ticket");
        // Without a script the old page's button leads to the same.
        let fields = [("code".to_owned(), code.clone())];
        elsewhere.post("/answer/start", &fields).expect(200, "with a ticket that a browser made");
        elsewhere.press("Continue", &[("ticket", "ABCD-EFGH")]).expect(404, "cannot be used");
        elsewhere.open(&format!("/i/{code}"));
        let typed = ticket.to_lowercase().replace('-', " ");
        elsewhere.press("Continue", &[("ticket", &typed)]).expect(200, "Where did you work?");
        type_in(&mut elsewhere, &ticket).expect(200, "Where did you work?");
        elsewhere.answer(SHORT);
        elsewhere.send_answers();
        assert_eq!(waiting(&app, &council), 1);
    }

    fn the_same_is_signed_again_bit_by_bit_and_nothing_else_is(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let [code, plain] = [0, 1].map(|_| council.codes(&app.app, 1).remove(0));
        let mut leaver = app.visitor();
        leaver.open(&format!("/i/{code}"));
        let [first, second] = [0, 1].map(|_| Blinding::new(council.campaign.id.as_str(), &spki(&app, &council)));
        let signature = first.exchange(&mut leaver, &code).unwrap();
        assert_eq!(first.exchange(&mut app.visitor(), &code).unwrap(), signature);
        let refused = second.exchange(&mut leaver, &code).unwrap_err();
        assert_eq!((refused.status, refused.text().as_str()), (404, r#"{"error":"refused"}"#));
        assert_eq!(first.exchange(&mut leaver, &code).unwrap(), signature);
        let tickets: BTreeSet<String> = (0..3)
            .map(|_| {
                leaver.post("/answer/begin", &first.finished(&signature)).expect(200, "Your ticket");
                leaver.page.all(".ticket").remove(0)
            })
            .collect();
        assert_eq!(tickets.len(), 1);
        // Exchanged here, without script: no blind one besides.
        leaver.open(&format!("/i/{plain}"));
        leaver.press("Answer online", &[]).expect(200, "We made your ticket, because no script of ours");
        assert_eq!(second.exchange(&mut leaver, &plain).unwrap_err().status, 404);
        leaver.open(&format!("/i/{plain}")).expect(200, "You have begun already");
        leaver.press("Answer online", &[]).expect(200, "Where did you work?");
    }

    fn of_two_browsers_at_once_one_gets_the_signature(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let spki = spki(&app, &council);
        for code in council.codes(&app.app, 4) {
            let start = Arc::new(Barrier::new(4));
            let browsers: Vec<_> = (0..4)
                .map(|_| {
                    let blinding = Blinding::new(council.campaign.id.as_str(), &spki);
                    let (mut tab, start, code) = (app.visitor(), start.clone(), code.clone());
                    std::thread::spawn(move || {
                        start.wait();
                        blinding.exchange(&mut tab, &code).map_err(|page| page.status)
                    })
                })
                .collect();
            let done: Vec<_> = browsers.into_iter().map(|browser| browser.join().unwrap()).collect();
            assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
            assert!(done.iter().all(|done| done.is_ok() || *done == Err(404)), "{done:?}");
        }
    }

    fn what_cannot_be_signed_spends_nothing(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let code = council.codes(&app.app, 1).remove(0);
        let mut leaver = app.visitor();
        let modulus = "_".repeat(342) + "w";
        let mut answers = BTreeSet::new();
        for (code, blinded) in [(code.as_str(), ""), (&code, "AAAA"), (&code, "!"), (&code, &modulus), ("NONSENSE", "AAAA")] {
            let fields = [("code", code), ("blinded", blinded)].map(|(name, value)| (name.to_owned(), value.to_owned()));
            let page = leaver.post("/answer/exchange", &fields);
            answers.insert((page.status, page.text()));
        }
        assert_eq!(answers, BTreeSet::from([(404, r#"{"error":"refused"}"#.to_owned())]));
        leaver.open(&format!("/i/{code}")).expect(200, "No, thank you");
        Blinding::whole(&mut leaver, &code);
    }

    fn who_tries_codes_has_to_wait_and_nothing_of_it_sets_a_cookie(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let code = council.codes(&app.app, 1).remove(0);
        let blinding = Blinding::new(council.campaign.id.as_str(), &spki(&app, &council));
        let mut leaver = app.visitor();
        let signature = blinding.exchange(&mut leaver, &code).unwrap();
        assert_eq!(leaver.page.header("set-cookie"), None);
        leaver.post("/answer/begin", &blinding.finished(&signature)).expect(200, "Your ticket");
        assert_eq!(leaver.page.header("set-cookie"), None);
        let mut guesser = app.visitor();
        let tries: Vec<_> = (0..40).map(|_| blinding.exchange(&mut guesser, "NONSENSE").unwrap_err()).collect();
        let last = tries.last().unwrap();
        assert_eq!((tries[0].status, last.status), (404, 429));
        assert!(last.header("retry-after").is_some() && last.text().contains(r#""error":"failed""#));
        assert_eq!(blinding.exchange(&mut leaver, &code).unwrap(), signature, "others need not wait");
    }

    fn a_signature_is_good_for_its_serial_and_its_campaign_only(app: TestApp) {
        let (ours, other) = (Council::new(&app.app, "Westmere"), Council::new(&app.app, "Eastmere"));
        let [code, foreign] = [&ours, &other].map(|council| council.codes(&app.app, 1).remove(0));
        let mut leaver = app.visitor();
        leaver.open(&format!("/i/{code}"));
        let blinding = Blinding::on_page(&mut leaver);
        let signature = blinding.exchange(&mut leaver, &code).unwrap();
        let good = blinding.finished(&signature);
        let with = |at: usize, value: &str| {
            let mut fields = good.clone();
            fields[at].1 = value.to_owned();
            fields
        };
        let changed: String = good[1].1.chars().rev().collect();
        // The other campaign's key signs as willingly, and no ticket of ours comes of it.
        leaver.open(&format!("/i/{foreign}"));
        let abroad = Blinding::on_page(&mut leaver);
        let signed_abroad = abroad.exchange(&mut leaver, &foreign).unwrap();
        let abroad = abroad.finished(&signed_abroad);
        let mut as_ours = abroad.clone();
        as_ours[0] = good[0].clone();
        let wrong = [
            with(0, other.campaign.id.as_str()), with(0, "nowhere"), with(1, &changed), with(1, ""), with(2, ""),
            with(2, &abroad[2].1), as_ours,
        ];
        let pages: BTreeSet<_> = wrong.iter().map(|fields| app.visitor().post("/answer/begin", fields).bytes.clone()).collect();
        assert_eq!(pages.len(), 1, "and every one gets the same page");
        leaver.post("/answer/begin", &abroad).expect(200, "Your ticket");
        let ticket = leaver.page.all(".ticket").remove(0);
        let fields = [("ticket", ticket.as_str()), ("campaign", ours.campaign.id.as_str()), ("go", "first")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        leaver.post("/answer", &fields).expect(404, "cannot be used");
    }

    fn copies_of_an_envelope_beside_made_up_tickets_are_not_counted(app: TestApp) {
        let council = Council::new(&app.app, "Westmere");
        let mut leaver = app.visitor();
        Blinding::whole(&mut leaver, &council.codes(&app.app, 1)[0]);
        leaver.press("Continue to the questions", &[]);
        leaver.answer(SHORT);
        leaver.send_answers();
        // Whoever can write to the database, and would read one person's answers off the figures.
        let copies = "INSERT INTO spent_ticket (campaign_id, ticket_hash, envelope)
                      SELECT campaign_id, 'copy ' || n, envelope FROM spent_ticket,
                      (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) AS numbers";
        let id = &council.campaign.id;
        let counted = app.app.db.write_blocking(|conn| {
            assert_eq!(diesel::sql_query(copies).execute(conn)?, 4);
            response::count_in(conn, &app.app.keys, id, 1)
        });
        assert_eq!(counted.unwrap(), 1);
    }
}
