//! The questionnaire without a script, and handing in.

use super::case::Case;
use crate::support::TestApp;
use candour::interview::Mode;
use candour::response;
use candour::survey::{Answer, Code, Missing};
use chrono::TimeDelta;
use std::sync::{Arc, Barrier};

const ENTERED: &[(&str, &str)] = &[
    ("q.directorate", "adults"),
    ("q.years.missing", "not_known"),
    ("q.reasons", "pay"),
    ("q.supported", "-prefer_not_to_say"),
    ("q.stay", "A parking space"),
    ("notes", "Sounded tired"),
];

on_both! {
    fn what_is_entered_is_kept_by_a_button_and_handed_in_once(app: TestApp) {
        let case = Case::new(&app);
        let mut ivor = case.interviewer(&app);
        ivor.open(&case.path("questionnaire")).expect(200, "Would a rise of 5% have kept you?");
        ivor.page.expect(200, "Only if “What made you leave?” is “Pay”.").expect(200, "No tracking, no other sites.");
        assert!(!ivor.page.has("No scripts"), "this page has one");
        let policy = ivor.page.header("content-security-policy").unwrap();
        assert!(policy.contains("script-src 'self'; connect-src 'self'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(ivor.page.attributes("script:not([src^='/assets/interview-'])", "type").len(), 0);
        assert_eq!(ivor.page.header("cache-control"), Some("no-store"));
        ivor.press("Save", ENTERED).expect(200, "Saved at 10:30");
        assert_eq!(ivor.page.attributes("input[name='q.directorate'][checked]", "value"), ["adults"]);
        ivor.page.expect(200, "Sounded tired").expect(200, "2 of 2");
        assert_eq!(case.opened().unwrap().draft.notes, "Sounded tired");

        ivor.open(&case.path("hand-in")).expect(200, "They have not heard or seen what you wrote down");
        assert!(!ivor.page.header("content-security-policy").unwrap().contains("script-src"), "no other page has one");
        ivor.page.expect(200, "3 of 8").expect(200, "Not asked 3");
        let before = ivor.page.clone();
        ivor.press("Hand in", &[]).expect(200, "The answers are counted, once");
        ivor.open("/interviews/handed-in").expect(200, "Handed in");
        assert!(case.opened().is_none());
        for page in ["questionnaire", "hand-in"] {
            assert_eq!(ivor.open(&case.path(page)).status, 404);
        }
        ivor.page = before;
        assert_eq!(ivor.press("Hand in", &[]).status, 404);

        let [response] = case.responses().try_into().unwrap();
        assert_eq!(response.mode, response::Mode::Independent);
        let missing = |missing| Some(Answer::Missing(missing));
        let of = |question: &str| response.answers.get(&Code::new(question).unwrap()).cloned();
        assert_eq!(of("directorate"), Some(Answer::One(Code::new("adults").unwrap())));
        assert_eq!(of("years"), missing(Missing::NotKnown));
        assert_eq!(of("supported"), missing(Missing::PreferNotToSay));
        for question in ["recommend", "left_on", "enough"] {
            assert_eq!(of(question), missing(Missing::NotAsked), "{question}");
        }
        assert_eq!(of("stay"), None, "texts lie apart");
    }

    fn the_mode_of_hr_is_kept(app: TestApp) {
        let case = Case::of(&app, Mode::Hr);
        let mut ivor = case.interviewer(&app);
        ivor.open(&case.path("hand-in"));
        ivor.press("Hand in", &[]).expect(200, "Handed in");
        assert_eq!(case.responses()[0].mode, response::Mode::Hr);
    }

    fn of_two_who_hand_in_at_once_one_does(app: TestApp) {
        let case = Case::new(&app);
        let start = Arc::new(Barrier::new(4));
        let tabs: Vec<_> = (0..4)
            .map(|_| {
                let mut tab = case.interviewer(&app);
                tab.open(&case.path("hand-in")).expect(200, "Once handed in");
                let start = start.clone();
                std::thread::spawn(move || {
                    start.wait();
                    tab.press("Hand in", &[]).status
                })
            })
            .collect();
        let mut statuses: Vec<u16> = tabs.into_iter().map(|tab| tab.join().unwrap()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404, 404, 404]);
        assert_eq!(case.responses().len(), 1);
    }

    fn whoever_answers_online_and_their_interviewer_at_once_are_counted_once(app: TestApp) {
        let case = Arc::new(Case::new(&app));
        let mut ivor = case.interviewer(&app);
        ivor.open(&case.path("hand-in"));
        let start = Arc::new(Barrier::new(2));
        let leaver = {
            let (case, start) = (case.clone(), start.clone());
            std::thread::spawn(move || {
                start.wait();
                let (keys, campaign) = (&case.panel.app.keys, &case.panel.council.campaign);
                case.panel.app.db.write_blocking(|conn| candour::ticket::spend(conn, keys, &campaign.id, &case.ticket, b"")).is_ok()
            })
        };
        start.wait();
        ivor.press("Hand in", &[]);
        let is_online = leaver.join().unwrap();
        let page = ivor.page.clone();
        assert!(if is_online { page.status == 410 } else { page.status == 200 }, "{is_online} {}", page.words());
        assert_eq!(case.responses().len(), usize::from(!is_online));
        assert!(case.opened().is_none(), "either way it is over");
    }

    fn they_answered_online_before_it_is_opened(app: TestApp) {
        let case = Case::new(&app);
        let mut ivor = case.interviewer(&app);
        ivor.open(&case.path("questionnaire"));
        let page = ivor.page.clone();
        case.answer_online();
        ivor.press("Save", ENTERED).expect(410, "They have answered online meanwhile");
        assert!(case.opened().is_none());
        ivor.page = page;
        assert_eq!(ivor.press("Save", ENTERED).status, 404);
    }

    fn what_was_changed_in_another_tab_is_not_overwritten_unseen(app: TestApp) {
        let case = Case::new(&app);
        let (mut one, mut two) = (case.interviewer(&app), case.interviewer(&app));
        one.open(&case.path("questionnaire"));
        two.open(&case.path("questionnaire"));
        one.press("Save", &[("q.directorate", "adults")]).expect(200, "Saved at");
        two.press("Save", &[("q.directorate", "finance")]).expect(409, "changed in another tab");
        assert_eq!(case.entered("q.directorate"), ["adults"]);
        two.press("Save", &[]).expect(200, "Saved at");
        assert_eq!(case.entered("q.directorate"), ["finance"]);

        two.open(&case.path("hand-in"));
        one.open(&case.path("questionnaire"));
        one.press("Save", &[("q.years", "7")]);
        two.press("Hand in", &[]).expect(409, "nothing has been handed in yet");
        two.press("Hand in", &[]).expect(200, "Handed in");
    }

    fn what_is_wrong_is_kept_and_is_not_handed_in(app: TestApp) {
        let case = Case::new(&app);
        let mut ivor = case.interviewer(&app);
        ivor.open(&case.path("questionnaire"));
        ivor.press("Save", &[("q.years", "long"), ("q.left_on.month", "3")]).expect(422, "Saved at");
        ivor.page.expect(422, "Write a whole number in digits").expect(422, "Choose a month");
        assert_eq!(case.entered("q.years"), ["long"]);
        ivor.open(&case.path("hand-in")).expect(200, "Some of it has to be put right first");
        let version = case.opened().unwrap().case.draft_version.to_string();
        ivor.post(&case.path("hand-in"), &[("version".to_owned(), version)]).expect(409, "put right first");
        assert!(case.opened().is_some() && case.responses().is_empty());
    }

    fn a_campaign_that_is_over_takes_nothing_more(app: TestApp) {
        let case = Case::new(&app);
        let (campaign, now) = (&case.panel.council.campaign, app.app.clock.now());
        case.panel.write(|conn| candour::campaign::close(conn, now, campaign));
        app.app.clock.advance(TimeDelta::days(40));
        let mut ivor = case.interviewer(&app);
        for page in ["questionnaire", "hand-in"] {
            ivor.open(&case.path(page)).expect(410, "This campaign takes no more answers");
            let version = ("version".to_owned(), "0".to_owned());
            ivor.post(&case.path(page), &[version]).expect(410, "This campaign takes no more answers");
        }
        assert!(case.responses().is_empty());
    }

    fn whoever_was_signed_out_loses_nothing_that_they_entered(app: TestApp) {
        let case = Case::new(&app);
        let mut ivor = case.interviewer(&app);
        ivor.open(&case.path("questionnaire"));
        app.app.clock.advance(TimeDelta::hours(13));
        ivor.press("Save", ENTERED).expect(401, "You have been signed out");
        let kept = ivor.page.clone();
        let mut again = case.interviewer(&app);
        again.page = kept;
        again.press("Save what I entered", &[]).expect(200, "Saved at");
        assert_eq!(case.entered("q.stay"), ["A parking space"]);
    }
}
