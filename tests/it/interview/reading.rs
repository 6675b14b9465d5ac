//! Reading back what was written down, by a link that works once.

use super::panel::{Panel, answered, request};
use crate::support::TestApp;
use candour::interview::{self, Draft, ReadBack, TakeError};

fn state(panel: &Panel, by: &candour::id::AccountId, id: &candour::id::InterviewId) -> ReadBack {
    panel.open(by, id).unwrap().case.read_back
}

on_both! {
    fn a_link_confirms_or_corrects_once(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, request());
        let keys = &app.app.keys;
        let entered = Draft { notes: "sounded tired".to_owned(), ..answered("pay") };
        panel.save(&ivor, &id, 0, &entered).unwrap();
        let token = panel.link(&ivor, &id).unwrap();
        let view = panel.read(|conn| interview::read_back(conn, keys, &token)).unwrap();
        assert!(view.draft == answered("pay"), "the notes are for the interviewer alone");
        assert_eq!(state(&panel, &ivor, &id), ReadBack::Sent);
        assert!(panel.write(|conn| interview::confirm(conn, keys, &token)));
        assert_eq!(state(&panel, &ivor, &id), ReadBack::Confirmed);
        assert!(!panel.write(|conn| interview::confirm(conn, keys, &token)));
        assert!(!panel.write(|conn| interview::correct(conn, keys, &token, "too late")));
        assert!(panel.read(|conn| interview::read_back(conn, keys, &token)).is_none());

        let (old, token) = (panel.link(&ivor, &id).unwrap(), panel.link(&ivor, &id).unwrap());
        assert!(!panel.write(|conn| interview::confirm(conn, keys, &old)), "a newer one was made");
        assert!(panel.write(|conn| interview::correct(conn, keys, &token, "Not pay: hours")));
        assert!(!panel.write(|conn| interview::correct(conn, keys, &token, "again")));
        assert_eq!(state(&panel, &ivor, &id), ReadBack::Corrected);
        // Whoever was typing meanwhile loses neither their words nor the person's.
        panel.save(&ivor, &id, 1, &Draft { notes: "rang twice".to_owned(), ..entered }).unwrap();
        let draft = panel.open(&ivor, &id).unwrap().draft;
        assert_eq!((draft.correction.as_str(), draft.notes.as_str()), ("Not pay: hours", "rang twice"));
        assert_eq!(state(&panel, &ivor, &id), ReadBack::Corrected);
        panel.close(&ivor, &id, 2).unwrap();
        assert!(panel.tally()[0].was_read_back);
    }

    fn other_answers_want_reading_back_anew(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let (_, id) = panel.taken_by(&ivor, request());
        panel.save(&ivor, &id, 0, &answered("pay")).unwrap();
        let token = panel.link(&ivor, &id).unwrap();
        panel.save(&ivor, &id, 1, &Draft { was_read_out: true, ..answered("pay") }).unwrap();
        assert_eq!(state(&panel, &ivor, &id), ReadBack::Sent, "the answers are the same");
        panel.save(&ivor, &id, 2, &Draft { was_read_out: true, ..answered("hours") }).unwrap();
        assert_eq!(state(&panel, &ivor, &id), ReadBack::None);
        assert!(!panel.open(&ivor, &id).unwrap().draft.was_read_out, "what was read out were others");
        assert!(panel.read(|conn| interview::read_back(conn, &app.app.keys, &token)).is_none());
        assert!(!panel.write(|conn| interview::confirm(conn, &app.app.keys, &token)));
        panel.close(&ivor, &id, 3).unwrap();
        assert!(!panel.tally()[0].was_read_back);
        assert!(matches!(panel.link(&ivor, &id), Err(TakeError::Gone)));
    }
}
