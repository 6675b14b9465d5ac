//! Open interviews: who gets them, who loses them, and what is left of them.

mod bad_days;
pub mod case;
mod entering;
mod mails;
mod offers;
pub mod panel;
mod reading;
mod traces;
mod whatever;

use crate::support::TestApp;
use candour::interview::{self, Change, Draft, Mode, State, Tally, Waiting};
use panel::{Panel, answered, request};
use std::collections::BTreeMap;

on_both! {
    fn an_interview_is_asked_for_taken_entered_and_handed_in(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, person) = (panel.independent("Ivor"), panel.person());
        panel.ask(&person, Mode::Independent, request());
        let standing = panel.standing(&person).unwrap();
        assert_eq!((standing.mode, standing.state, standing.interviewer), (Mode::Independent, State::Offered, None));

        let [offered] = panel.listed(&ivor).try_into().unwrap();
        assert_eq!((offered.name, offered.times.as_str()), (None, "Mornings"));
        assert_eq!((offered.organisation.as_str(), offered.campaign.as_str()), ("Westmere", "Leavers 2026"));
        let id = offered.case.id;
        assert!(panel.open(&ivor, &id).is_none(), "what is only offered does not open");
        panel.take(&ivor, &id).unwrap();
        panel.take(&ivor, &id).unwrap();
        assert_eq!(panel.listed(&ivor)[0].name.as_deref(), Some("Robin Reliant"));
        assert_eq!(panel.standing(&person).unwrap().interviewer.unwrap().name, "Ivor");

        let opened = panel.open(&ivor, &id).unwrap();
        assert!(opened.details.request == request() && opened.details.right == b"a ticket");
        assert!(opened.draft == Draft::default());
        assert_eq!(panel.save(&ivor, &id, 0, &answered("pay")).unwrap(), 1);
        panel.pass_days(4);
        let closed = panel.close(&ivor, &id, 1).unwrap();
        assert!(closed.draft == answered("pay") && closed.details.invitation_id == person);
        assert!(panel.open(&ivor, &id).is_none() && panel.standing(&person).is_none());
        assert_eq!(panel.tally(), [Tally { mode: Mode::Independent, days: 4, was_read_back: false, interviews: 1 }]);
    }

    fn people_change_what_they_left_and_how_they_want_to_talk(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, post, person) = (panel.independent("Ivor"), panel.of_the_council("Hettie"), panel.person());
        assert!(!panel.change(&person, Change::default()), "they have not asked yet");
        panel.ask(&person, Mode::Independent, request());
        let times = Change { times: Some("After six".to_owned()), ..Change::default() };
        assert!(panel.change(&person, times));
        assert_eq!(panel.listed(&ivor)[0].times, "After six");
        let old = panel.listed(&ivor)[0].case.id.clone();
        panel.take(&ivor, &old).unwrap();

        panel.ask(&person, Mode::Hr, request());
        assert!(panel.listed(&ivor).is_empty() && panel.open(&ivor, &old).is_none());
        assert_eq!(panel.listed(&post).len(), 1, "one open case a person");
        assert_eq!(panel.standing(&person).unwrap().mode, Mode::Hr);
    }

    fn what_waits_and_what_was_handed_in_is_counted(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        for days in [0, 2, 2] {
            let (_, id) = panel.taken_by(&ivor, request());
            panel.pass_days(days);
            let draft = Draft { was_read_out: days > 0, ..answered("pay") };
            panel.save(&ivor, &id, 0, &draft).unwrap();
            panel.close(&ivor, &id, 1).unwrap();
        }
        let (_, spent) = panel.taken_by(&ivor, request());
        assert!(panel.end(&ivor, &spent) && !panel.end(&ivor, &spent), "not counted: they answered otherwise");
        let tally = |days, was_read_back, interviews| Tally { mode: Mode::Independent, days, was_read_back, interviews };
        assert_eq!(panel.tally(), [tally(0, false, 1), tally(2, true, 2)]);

        panel.ask(&panel.person(), Mode::Hr, request());
        panel.pass_days(5);
        panel.ask(&panel.person(), Mode::Independent, request());
        panel.pass_days(3);
        panel.ask(&panel.person(), Mode::Independent, request());
        panel.taken_by(&ivor, request());
        let campaign = panel.council.campaign.id.clone();
        let waiting = || panel.read(|conn| interview::waiting(conn, app.app.clock.now(), &campaign));
        let all = Waiting { up_to_two_days: 1, up_to_a_week: 1, longer: 1, without_interviewer: 1 };
        assert_eq!(waiting(), Waiting { up_to_two_days: 0, ..all }, "what was asked for today is not shown yet");
        panel.pass_days(1);
        assert_eq!(waiting(), all);
        let open = BTreeMap::from([(Mode::Independent, 3), (Mode::Hr, 1)]);
        assert_eq!(panel.read(|conn| interview::open_by_mode(conn, &campaign)), open);
    }
}
