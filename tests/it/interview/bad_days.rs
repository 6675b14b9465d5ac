//! What goes wrong while an interview is open.

use super::panel::{Panel, answered, request};
use crate::support::TestApp;
use candour::db::schema::interview::dsl;
use candour::interview::{self, Channel, Draft, Mode, Plan, Request, SaveError, State, TakeError};
use candour::secret::Keys;
use diesel::prelude::*;
use std::sync::Barrier;

/// Does two things at the same moment.
fn at_once<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    let start = &Barrier::new(2);
    std::thread::scope(|scope| {
        let one = scope.spawn(move || {
            start.wait();
            one()
        });
        let other = scope.spawn(move || {
            start.wait();
            other()
        });
        (one.join().unwrap(), other.join().unwrap())
    })
}

on_both! {
    fn whoever_withdraws_leaves_nothing_to_the_one_who_is_typing(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (person, id) = panel.taken_by(&ivor, request());
        panel.save(&ivor, &id, 0, &answered("pay")).unwrap();
        assert!(panel.withdraw(&person) && !panel.withdraw(&person));
        assert!(matches!(panel.save(&ivor, &id, 1, &answered("pay and more")), Err(SaveError::Gone)));
        assert!(matches!(panel.close(&ivor, &id, 1), Err(SaveError::Gone)));
        assert!(panel.open(&ivor, &id).is_none() && panel.listed(&ivor).is_empty());
    }

    fn of_two_interviewers_at_once_one_has_the_case(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, mona) = (panel.independent("Ivor"), panel.independent("Mona"));
        for _round in 0..6 {
            let person = panel.person();
            panel.ask(&person, Mode::Independent, request());
            let (first, id) = panel.holder(&[&ivor, &mona]).unwrap();
            let second = if first == &ivor { &mona } else { &ivor };
            // The days are over: the first takes it while it goes to the second.
            panel.pass_days(3);
            let (one, other) = at_once(|| panel.take(first, &id), || {
                panel.hand_on();
                panel.take(second, &id)
            });
            let gone = [&one, &other].into_iter().filter(|taken| matches!(taken, Err(TakeError::Gone))).count();
            assert_eq!(gone, 1, "{one:?} {other:?}");
            assert_eq!(panel.standing(&person).unwrap().state, State::Taken);
            assert!(panel.withdraw(&person));
        }
    }

    fn of_two_windows_at_once_one_saves_and_the_other_is_told(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, request());
        for base in 0..6 {
            let (one, other) = (answered(&format!("one {base}")), answered(&format!("other {base}")));
            let saved = at_once(|| panel.save(&ivor, &id, base, &one), || panel.save(&ivor, &id, base, &other));
            let kept = match saved {
                (Ok(_), Err(SaveError::Stale)) => one,
                (Err(SaveError::Stale), Ok(_)) => other,
                both => panic!("{both:?}"),
            };
            assert!(panel.open(&ivor, &id).unwrap().draft == kept);
            // The answer to the first time was lost, and the page sends it again.
            assert_eq!(panel.save(&ivor, &id, base, &kept).unwrap(), base + 1);
        }
        assert!(matches!(panel.close(&ivor, &id, 5), Err(SaveError::Stale)));
        assert!(panel.open(&ivor, &id).is_some(), "a refused hand-in changes nothing");
    }

    fn an_interview_is_withdrawn_or_handed_in_but_never_both(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let mut handed_in = 0;
        for _round in 0..6 {
            let (person, id) = panel.taken_by(&ivor, request());
            match at_once(|| panel.close(&ivor, &id, 0), || panel.withdraw(&person)) {
                (Ok(_), false) => handed_in += 1,
                (Err(SaveError::Gone), true) => {}
                both => panic!("{both:?}"),
            }
        }
        assert_eq!(panel.tally().iter().map(|tally| tally.interviews).sum::<u64>(), handed_in);
    }

    fn a_double_click_asks_once(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, person) = (panel.independent("Ivor"), panel.person());
        let ask = || panel.ask(&person, Mode::Independent, request());
        at_once(ask, ask);
        assert_eq!(panel.listed(&ivor).len(), 1);
    }

    fn an_account_that_is_closed_gives_its_cases_back_without_its_drafts(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (person, id) = panel.taken_by(&ivor, request());
        panel.save(&ivor, &id, 0, &answered("pay")).unwrap();
        panel.close_account(&ivor);
        panel.run();
        assert_eq!(panel.standing(&person).unwrap().state, State::Waiting);
        assert!(panel.open(&ivor, &id).is_none());
        let mona = panel.independent("Mona");
        panel.run();
        panel.take(&mona, &id).unwrap();
        let opened = panel.open(&mona, &id).unwrap();
        assert!(opened.draft == Draft::default() && opened.case.draft_version == 0);
        assert!(opened.details.request == request());
    }

    fn nobody_reaches_a_case_that_is_not_theirs(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, request());
        let (mona, post) = (panel.independent("Mona"), panel.of_the_council("Hettie"));
        for other in [&mona, &post] {
            assert!(panel.open(other, &id).is_none() && panel.listed(other).is_empty());
            assert!(matches!(panel.take(other, &id), Err(TakeError::Gone)));
            assert!(matches!(panel.pass(other, &id), Err(TakeError::Gone)));
            assert!(matches!(panel.plan(other, &id, None), Err(TakeError::Gone)));
            assert!(matches!(panel.link(other, &id), Err(TakeError::Gone)));
            assert!(matches!(panel.save(other, &id, 0, &answered("pay")), Err(SaveError::Gone)));
            assert!(matches!(panel.close(other, &id, 0), Err(SaveError::Gone)));
            assert!(!panel.end(other, &id));
        }
        assert!(panel.open(&ivor, &id).unwrap().draft == Draft::default());
        panel.close(&ivor, &id, 0).unwrap();
        assert!(panel.open(&ivor, &id).is_none() && matches!(panel.take(&ivor, &id), Err(TakeError::Gone)));
        assert!(matches!(panel.save(&ivor, &id, 0, &answered("pay")), Err(SaveError::Gone)));
    }

    fn with_another_key_nothing_opens_nothing_is_lost_and_it_is_said_why(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, request());
        panel.save(&ivor, &id, 0, &answered("pay")).unwrap();
        panel.pass_days(50);
        let (other, now) = (Keys::random(), app.app.clock.now());
        let db = &app.app.db;
        let refused = [
            db.read_blocking(|conn| interview::open(conn, &other, &ivor, &id).map(drop)),
            db.write_blocking(|conn| interview::expire(conn, &other, now).map(drop)),
            db.write_blocking(|conn| interview::let_go(conn, &other, now, &ivor)),
            db.write_blocking(|conn| interview::reseal(conn, &other).map(drop)),
        ];
        for refused in refused {
            let why = refused.unwrap_err().to_string();
            assert!(why.contains("this is not the key that it was sealed with"), "{why}");
        }
        let close = db.write_blocking(|conn| interview::close(conn, &other, now, &ivor, &id, 1));
        assert!(matches!(close, Err(SaveError::Database(_))));
        assert!(panel.open(&ivor, &id).unwrap().draft == answered("pay"));
        assert_eq!(panel.write(|conn| interview::reseal(conn, &app.app.keys)), 1);
        assert!(panel.open(&ivor, &id).unwrap().draft == answered("pay"));
    }

    fn a_case_that_is_damaged_keeps_no_other_case_and_no_mail_waiting(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let by_email = Request { channel: Channel::Email, reach: "robin@home.example.org".to_owned(), ..request() };
        let (_, damaged) = panel.taken_by(&ivor, by_email);
        panel.run();
        let at = app.app.clock.now().date().and_hms_opt(14, 30, 0).unwrap();
        panel.plan(&ivor, &damaged, Some(Plan { at, minutes: 45, place: String::new() })).unwrap();
        let torn = dsl::details.eq("torn");
        panel.write(|conn| diesel::update(dsl::interview.find(&damaged)).set(torn).execute(conn));
        panel.pass_days(1);
        let other = panel.person();
        panel.ask(&other, Mode::Independent, request());
        assert_eq!(panel.run().sent, 1, "a case is offered, though the mail before it cannot be written");
        assert_eq!(panel.listed(&ivor).len(), 1, "the damaged one is left out");
        let mona = panel.independent("Mona");
        panel.close_account(&ivor);
        panel.run();
        assert_eq!(panel.listed(&mona).len(), 1, "the whole one goes on");
        panel.pass_days(50);
        panel.run();
        let open: i64 = panel.read(|conn| dsl::interview.count().get_result(conn));
        assert_eq!(open, 0, "nobody's details stay longer than their days");
    }
}
