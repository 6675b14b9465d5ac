//! The machine's clock jumps, there and back.

use super::{are_counted_once, leavers, story};
use crate::support::TestApp;
use crate::support::council::PASSWORD;
use candour::invitation::{self, people};
use candour::jobs;
use candour::mail::Transport;
use chrono::TimeDelta;

on_both! {
    fn a_clock_that_jumps_a_day_there_and_back_breaks_nothing_off(app: TestApp) {
        let (council, codes) = leavers(&app, 4);
        let transport = Transport::from_settings(&app.app.settings).unwrap();
        let work = || tokio::runtime::Runtime::new().unwrap().block_on(jobs::run_due(&app.app, &transport)).unwrap();
        let mut staff = app.visitor();
        let mut counted = Vec::new();
        let mut queued = 0;
        for (n, hours) in [24, -48, 48, -24].into_iter().enumerate() {
            // Signed in, on the way, and with a mail to go out, when it jumps.
            staff.open("/sign-in");
            if !staff.page.has("Leavers 2026") {
                staff.press("Sign in", &[("email", &council.hr_email), ("password", PASSWORD)]);
            }
            staff.open("/hr/campaigns").expect(200, "Leavers 2026");
            let (mut leaver, words) = (app.visitor(), format!("Comment {n}"));
            leaver.begin_and_answer(&format!("/i/{}", codes[n]), &story(&words));
            let person = people::parse(&format!("name,email\nPat {n},p{n}@example.org\n")).unwrap();
            let now = app.app.clock.now();
            queued += app.app.db.write_blocking(|conn| {
                invitation::invite(conn, &council.campaign, person)?;
                invitation::send(conn, now, &council.campaign)
            }).unwrap();

            app.app.clock.advance(TimeDelta::hours(hours));
            leaver.send_answers();
            counted.push(words);
            // A session may be over by then; nothing else may come of it.
            staff.open("/hr/campaigns");
            assert_eq!(staff.page.status, 200, "{}", staff.page.words());
            let report = work();
            assert_eq!((report.failed, report.uncertain), (0, 0));
            app.visitor().open("/readyz").expect(200, "ok");
        }
        assert_eq!(queued, 4);
        // What was queued by a clock that was ahead goes out when its time has come.
        app.app.clock.advance(TimeDelta::hours(49));
        work();
        assert_eq!(app.mails().len(), queued);
        are_counted_once(&app, &counted);
    }
}
