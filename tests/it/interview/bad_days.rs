//! What goes wrong while an interview is open.

use super::panel::{Panel, answered, request};
use crate::support::TestApp;
use candour::interview::{Mode, SaveError, State, TakeError};
use std::sync::Barrier;

on_both! {
    fn whoever_withdraws_leaves_nothing_to_the_one_who_is_typing(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, person) = (panel.independent("Ivor"), panel.person());
        panel.ask(&person, Mode::Independent, request());
        let id = panel.listed(&ivor)[0].case.id.clone();
        panel.take(&ivor, &id).unwrap();
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
            let start = Barrier::new(2);
            let (one, other) = std::thread::scope(|scope| {
                let one = scope.spawn(|| {
                    start.wait();
                    panel.take(first, &id)
                });
                let other = scope.spawn(|| {
                    start.wait();
                    panel.hand_on();
                    panel.take(second, &id)
                });
                (one.join().unwrap(), other.join().unwrap())
            });
            let gone = [&one, &other].into_iter().filter(|taken| matches!(taken, Err(TakeError::Gone))).count();
            assert_eq!(gone, 1, "{one:?} {other:?}");
            assert_eq!(panel.standing(&person).unwrap().state, State::Taken);
            assert!(panel.withdraw(&person));
        }
    }
}
