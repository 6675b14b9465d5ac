//! To whom cases go, and when they go on.

use super::panel::{Panel, answered, code, request};
use crate::support::TestApp;
use candour::interview::{self, Mode, Request, State, TakeError};
use candour::invitation;
use std::collections::BTreeSet;

on_both! {
    fn a_case_goes_on_after_its_days_and_never_back_to_who_refused(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, mona, person) = (panel.independent("Ivor"), panel.independent("Mona"), panel.person());
        let both = [&ivor, &mona];
        panel.ask(&person, Mode::Independent, request());
        let (first, id) = panel.holder(&both).unwrap();
        let first_due = panel.listed(first)[0].due_on;
        panel.pass_days(2);
        panel.run();
        assert_eq!(panel.holder(&both).unwrap().0, first, "their last day is {first_due}");
        assert_eq!(first_due, app.app.clock.now().date());
        panel.pass_days(1);
        panel.run();
        let (second, _) = panel.holder(&both).unwrap();
        assert_ne!(first, second);
        assert!(matches!(panel.take(first, &id), Err(TakeError::Gone)));

        panel.pass(second, &id).unwrap();
        assert!(matches!(panel.pass(second, &id), Err(TakeError::Gone)));
        assert_eq!(panel.holder(&both).unwrap().0, first, "nobody else is left");
        panel.pass_days(3);
        panel.run();
        assert_eq!(panel.holder(&both).unwrap().0, first, "still nobody else");
        panel.pass(first, &id).unwrap();
        assert_eq!(panel.standing(&person).unwrap().state, State::Waiting);

        // Asking again does not bring it back to those who refused it.
        panel.ask(&person, Mode::Independent, request());
        panel.run();
        assert_eq!(panel.standing(&person).unwrap().state, State::Waiting);
        let newcomer = panel.independent("Nia");
        panel.run();
        assert_eq!(panel.listed(&newcomer).len(), 1, "offered as soon as somebody is there");
    }

    fn the_one_with_the_fewest_cases_comes_first(app: TestApp) {
        let panel = Panel::new(&app.app);
        let all = ["Ivor", "Mona", "Nia"].map(|name| panel.independent(name));
        for _case in 0..6 {
            panel.ask(&panel.person(), Mode::Independent, request());
        }
        assert_eq!(all.each_ref().map(|account| panel.listed(account).len()), [2, 2, 2]);
    }

    fn nobody_gets_whom_they_know_work_with_or_have_declared(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (employed, known, post) = (panel.employed("Emlyn"), panel.independent("Ken"), panel.of_the_council("Hettie"));
        let (all, adults) = (panel.independent("Ada"), panel.independent("Bo"));
        panel.declare(&all, None);
        panel.declare(&adults, Some("adults"));
        let names = |mode| {
            let campaign = &panel.council.campaign;
            let known = panel.read(|conn| interview::interviewers(conn, campaign, mode));
            known.into_iter().map(|one| one.name).collect::<Vec<_>>()
        };
        assert_eq!((names(Mode::Independent), names(Mode::Hr)), (vec!["Bo".into(), "Ken".into()], vec!["Hettie".to_owned()]));

        let avoiding = |directorate: Option<&str>| Request {
            avoid: BTreeSet::from([known.clone()]),
            directorate: directorate.map(code),
            ..request()
        };
        let everybody = [&employed, &known, &post, &all, &adults];
        for (directorate, holder) in [(Some("adults"), None), (None, None), (Some("children"), Some(&adults))] {
            let person = panel.person();
            panel.ask(&person, Mode::Independent, avoiding(directorate));
            panel.run();
            assert_eq!(panel.holder(&everybody).map(|(holder, _)| holder), holder, "{directorate:?}");
            panel.withdraw(&person);
        }
        panel.ask(&panel.person(), Mode::Hr, avoiding(Some("adults")));
        assert_eq!(panel.holder(&everybody).unwrap().0, &post);
    }

    fn whoever_declares_a_conflict_loses_what_it_touches(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (person, id) = panel.taken_by(&ivor, request());
        panel.save(&ivor, &id, 0, &answered("pay")).unwrap();
        panel.declare(&ivor, Some("children"));
        assert!(panel.open(&ivor, &id).is_some(), "it is of another directorate");
        let mona = panel.independent("Mona");
        panel.declare(&ivor, Some("adults"));
        assert!(panel.open(&ivor, &id).is_none() && panel.listed(&ivor).is_empty());
        panel.take(&mona, &id).unwrap();
        assert!(panel.open(&mona, &id).unwrap().draft == Default::default(), "nothing of what another entered");
        assert_eq!(panel.standing(&person).unwrap().interviewer.unwrap().name, "Mona");
    }

    fn a_case_that_is_too_old_is_given_up_and_its_offer_stands_again(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (person, id) = panel.taken_by(&ivor, request());
        let outstanding = || panel.read(|conn| invitation::uptake(conn, &panel.council.campaign.id)).outstanding;
        assert_eq!((panel.listed(&ivor)[0].due_on - app.app.clock.now().date()).num_days(), 41);
        panel.pass_days(41);
        panel.run();
        assert!(panel.open(&ivor, &id).is_some() && outstanding() == 0);
        panel.pass_days(1);
        assert!(panel.listed(&ivor).is_empty(), "over, whether or not it is erased yet");
        panel.run();
        assert!(panel.open(&ivor, &id).is_none() && panel.standing(&person).is_none());
        assert_eq!((outstanding(), panel.tally()), (1, Vec::new()));
    }

    fn a_case_goes_with_the_last_day_of_its_campaign(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        panel.taken_by(&ivor, request());
        let now = app.app.clock.now();
        panel.write(|conn| candour::campaign::close(conn, now, &panel.council.campaign));
        panel.pass_days(7);
        panel.run();
        assert_eq!(panel.listed(&ivor)[0].due_on, app.app.clock.now().date());
        panel.pass_days(1);
        panel.run();
        assert!(panel.listed(&ivor).is_empty());
    }
}
