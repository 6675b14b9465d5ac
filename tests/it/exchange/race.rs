//! Two of one person's requests at the same moment: whichever comes first, there is
//! one ticket.

use crate::asking::{ASK, Ground, ask, ground};
use crate::support::blinding::Blinding;
use crate::support::{TestApp, Visitor};
use candour::db::{Backend, Conn};
use candour::interview;
use candour::invitation::{self, InvitationCode};
use diesel::connection::SimpleConnection;
use std::thread;
use std::time::Duration;

/// How long a request is given to get as far as it can.
const THERE: Duration = Duration::from_millis(700);

type Pairs = Vec<(String, String)>;

fn pairs(fields: &[(&str, &str)]) -> Pairs {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn asking(code: &str) -> Pairs {
    pairs(&[ASK, &[("code", code), ("mode", "independent")]].concat())
}

fn withdrawing(code: &str) -> Pairs {
    pairs(&[("code", code), ("sure", "yes")])
}

/// Sends each as soon as the one before it has got as far as it can, while nobody may
/// write to `table`; then all of them go on.
fn at_once(app: &TestApp, table: &str, requests: &[(&str, &Pairs)]) -> Vec<Visitor> {
    let backend = app.app.settings.database.backend();
    let mut running = Vec::new();
    let undone: diesel::QueryResult<()> = app.app.db.write_blocking(|conn: &mut Conn| {
        if backend == Backend::Postgres {
            conn.batch_execute(&format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))?;
        }
        for (path, fields) in requests {
            let (mut tab, path, fields) = (app.visitor(), (*path).to_owned(), (*fields).clone());
            running.push(thread::spawn(move || {
                tab.post(&path, &fields);
                tab
            }));
            thread::sleep(THERE);
        }
        Err(diesel::result::Error::RollbackTransaction)
    });
    assert!(undone.is_err());
    running.into_iter().map(|tab| tab.join().unwrap()).collect()
}

/// Whether a browser can still get a ticket for the code.
fn is_another_to_be_had(app: &TestApp, ground: &Ground, code: &str) -> bool {
    let spki = ground.panel.read(|conn| candour::campaign::keys::public(conn, &ground.panel.council.campaign.id));
    let blinding = Blinding::new(ground.panel.council.campaign.id.as_str(), spki.spki());
    blinding.exchange(&mut app.visitor(), code).is_ok()
}

on_both! {
    fn who_begins_in_one_tab_and_asks_in_another_has_one_ticket(app: TestApp) {
        let ground = ground(&app);
        for is_asking_first in [true, false] {
            let code = ground.code();
            let (begin, asked) = (pairs(&[("code", &code)]), asking(&code));
            let mut both = [("/interview/ask", &asked), ("/answer/start", &begin)];
            if !is_asking_first {
                both.reverse();
            }
            let tabs = at_once(&app, "invitation_code", &both);
            assert!(tabs.iter().all(|tab| tab.page.status == 200), "{:?}", tabs.iter().map(|tab| tab.page.status).collect::<Vec<_>>());
            // The ticket is on one of the pages: calling the interview off gives no second one.
            app.visitor().post("/interview/withdraw", &withdrawing(&code));
            assert!(!is_another_to_be_had(&app, &ground, &code), "asking first: {is_asking_first}");
        }
    }

    fn who_withdraws_while_they_ask_for_somebody_else_has_one_ticket(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        ask(&mut app.visitor(), &code);
        at_once(&app, "interview", &[("/interview/withdraw", &withdrawing(&code)), ("/interview/ask", &asking(&code))]);
        assert_one_right(&app, &ground, &code);
    }

    fn who_asks_for_somebody_else_when_their_time_is_over_has_one_ticket(app: TestApp) {
        let ground = ground(&app);
        let code = ground.code();
        ask(&mut app.visitor(), &code);
        ground.panel.pass_days(50);
        let (db, keys, now) = (app.app.db.clone(), app.app.keys.clone(), ground.panel.app.clock.now());
        let job = thread::scope(|scope| {
            let job = scope.spawn(move || {
                db.write_blocking(|conn| {
                    let over = interview::expire(conn, &keys, now)?;
                    thread::sleep(2 * THERE);
                    over.iter().try_for_each(|id| invitation::stand_again(conn, id).map(drop))
                })
            });
            thread::sleep(THERE);
            app.visitor().post("/interview/ask", &asking(&code));
            job.join().unwrap()
        });
        job.unwrap();
        assert_one_right(&app, &ground, &code);
    }
}

/// Either there is a case, and the code is exchanged for what is in it; or neither.
fn assert_one_right(app: &TestApp, ground: &Ground, code: &str) {
    let (keys, today) = (&app.app.keys, ground.panel.app.clock.now().date());
    let code = InvitationCode::read(code).unwrap();
    let offer = ground
        .panel
        .write(|conn| invitation::look(conn, keys, today, &code).map_err(|_refused| diesel::result::Error::NotFound));
    assert_eq!(offer.exchanged.is_some(), ground.cases() == 1, "what is in a case and what a code gives are one");
}
