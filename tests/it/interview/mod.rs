//! Open interviews: who gets them, who loses them, and what is left of them.

mod bad_days;
pub mod panel;

use crate::support::TestApp;
use candour::interview::{self, Draft, Mode, State};
use panel::{Panel, answered, request};

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
        assert!(opened.details.request == request() && opened.details.right == b"a ticket" && opened.draft == Draft::default());
        assert_eq!(panel.save(&ivor, &id, 0, &answered("pay")).unwrap(), 1);
        panel.pass_days(4);
        let closed = panel.close(&ivor, &id, 1).unwrap();
        assert!(closed.draft == answered("pay") && closed.details.invitation_id == person);
        assert!(panel.open(&ivor, &id).is_none() && panel.standing(&person).is_none());
        let tally = panel.read(|conn| interview::tally(conn, &panel.council.campaign.id));
        assert_eq!(tally, [interview::Tally { mode: Mode::Independent, days: 4, was_read_back: false, interviews: 1 }]);
    }
}
