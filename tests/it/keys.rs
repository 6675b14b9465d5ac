//! The key that seals interviews is changed: nothing is lost, whenever it breaks off,
//! and a service that has the old one writes nothing that the new one cannot open.

use crate::interview::panel::{Panel, answered, request};
use crate::support::TestApp;
use candour::app::rotation::{self, Rotation};
use candour::app::{self, App};
use candour::db::schema;
use candour::id::{AccountId, InterviewId};
use candour::interview::{self, Mode, Opened, SaveError};
use candour::staff::link::{self, LinkPurpose};
use candour::{campaign, response};
use diesel::prelude::*;
use std::process::Command;

/// A case that is taken and has answers in it.
fn case(panel: &Panel) -> (AccountId, InterviewId) {
    let (ivor, person) = (panel.independent("Ivor"), panel.person());
    panel.ask(&person, Mode::Independent, request());
    let (_, case) = panel.holder(&[&ivor]).unwrap();
    panel.take(&ivor, &case).unwrap();
    assert_eq!(panel.save(&ivor, &case, 0, &answered("pay")).unwrap(), 1);
    (ivor, case)
}

/// The next start.
fn start(app: &TestApp) -> anyhow::Result<App> {
    App::open((*app.app.settings).clone(), app.app.clock.clone())
}

fn opened(app: &App, (by, id): &(AccountId, InterviewId)) -> diesel::QueryResult<Option<Opened>> {
    app.db.read_blocking(|conn| interview::open(conn, &app.keys, by, id))
}

fn is_whole(app: &App, case: &(AccountId, InterviewId)) -> bool {
    opened(app, case)
        .unwrap()
        .is_some_and(|opened| opened.details.request == request() && opened.draft == answered("pay"))
}

/// What a running service does in every round of its work.
fn follow(app: &App) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(app.follow_key())
}

/// A campaign's row of keys: its id, the public one, and three that are sealed.
type KeyRow = (String, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);

fn key_file(app: &TestApp) -> Vec<u8> {
    std::fs::read(&app.app.settings.key_file).unwrap()
}

on_both! {
    fn a_new_key_opens_what_is_there_and_the_old_one_nothing(app: TestApp) {
        let panel = Panel::new(&app.app);
        let case = case(&panel);
        let before = key_file(&app);
        assert_eq!(rotation::rotate(&app.app).unwrap(), 1);
        let first = key_file(&app);
        assert_eq!((before.len(), first.len(), &first[..32]), (32, 64, &before[..]));
        let app_now = start(&app).unwrap();
        assert!(is_whole(&app_now, &case));
        assert!(opened(&app.app, &case).is_err_and(|e| app::is_key_changed(&e)));

        assert_eq!(rotation::rotate(&app_now).unwrap(), 1);
        let second = key_file(&app);
        assert!(second.len() == 64 && second[..32] == first[..32] && second[32..] != first[32..]);
        assert!(is_whole(&start(&app).unwrap(), &case));
        for old in [before, first] {
            std::fs::write(&app.app.settings.key_file, &old).unwrap();
            let refused = start(&app).unwrap_err().to_string();
            assert!(refused.contains("does not have the key that interviews are sealed with"), "{refused}");
        }
        std::fs::write(&app.app.settings.key_file, second).unwrap();
        assert!(is_whole(&start(&app).unwrap(), &case));
    }

    fn killed_between_any_two_steps_nothing_is_lost_and_the_next_one_ends_it(app: TestApp) {
        let panel = Panel::new(&app.app);
        let case = case(&panel);
        // Before anything else: a file that was half written beside the key.
        std::fs::write(app.app.settings.key_file.with_extension("key.new"), [1; 40]).unwrap();
        assert!(is_whole(&start(&app).unwrap(), &case));
        drop(Rotation::begin(&app.app).unwrap());
        assert_eq!(key_file(&app).len(), 64);
        assert!(is_whole(&start(&app).unwrap(), &case));
        assert!(is_whole(&app.app, &case), "nothing is changed for those that run");

        let rotation = Rotation::begin(&start(&app).unwrap()).unwrap();
        assert_eq!(key_file(&app).len(), 64, "what the first left behind is gone");
        rotation.reseal(&app.app).unwrap();
        drop(rotation);
        let half = start(&app).unwrap();
        assert!(is_whole(&half, &case));

        let rotation = Rotation::begin(&half).unwrap();
        assert_eq!(key_file(&app).len(), 96);
        rotation.reseal(&half).unwrap();
        drop(rotation);
        let half = start(&app).unwrap();
        assert!(is_whole(&half, &case));
        assert_eq!(rotation::rotate(&half).unwrap(), 1);
        assert_eq!(key_file(&app).len(), 64);
        assert!(is_whole(&start(&app).unwrap(), &case));
    }

    fn a_service_that_has_the_old_key_writes_nothing_and_says_why(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, case) = case(&panel);
        rotation::rotate(&app.app).unwrap();
        let refused = panel.save(&ivor, &case, 1, &answered("hours"));
        assert!(matches!(refused, Err(SaveError::Database(e)) if app::is_key_changed(&e)));
        let person = panel.person();
        let asked = app.app.db.write_blocking(|conn| {
            let (keys, now) = (&app.app.keys, app.app.clock.now());
            interview::ask(conn, keys, now, &panel.council.campaign, Mode::Independent, &person, request(), b"ticket")
        });
        assert!(asked.is_err_and(|e| app::is_key_changed(&e)));
        let (keys, now) = (&app.app.keys, app.app.clock.now());
        let token = panel.write(|conn| link::mint(conn, keys, now, &ivor, LinkPurpose::SignIn));
        let mut visitor = app.visitor();
        visitor.open(&link::path(&token));
        visitor.press("Sign in", &[]);
        visitor.open("/interviews/conflicts");
        let adults = format!("{}/adults", panel.council.organisation);
        visitor.press("Declare it", &[("what", &adults)]).expect(503, "give this machine the new key file");
        let declared = panel.read(|conn| candour::staff::interviewer::conflicts(conn, &ivor));
        assert!(declared.is_empty(), "all of it or nothing");
        assert!(is_whole(&start(&app).unwrap(), &(ivor, case)));
    }

    fn a_running_service_goes_over_to_a_key_that_was_changed(app: TestApp) {
        let panel = Panel::new(&app.app);
        let case = case(&panel);
        rotation::rotate(&app.app).unwrap();
        assert!(opened(&app.app, &case).is_err() && panel.try_hand_in().is_err());
        follow(&app.app).unwrap();
        assert!(is_whole(&app.app, &case));
        panel.try_hand_in().unwrap();
        // A second time it has nothing to do.
        follow(&app.app).unwrap();
        // The file on this machine is still the one from before.
        let before = key_file(&app);
        rotation::rotate(&app.app).unwrap();
        std::fs::write(&app.app.settings.key_file, before).unwrap();
        assert!(follow(&app.app).unwrap_err().to_string().contains("the new one is not in"));
    }

    fn what_waited_in_an_old_copy_opens_no_more_after_a_release_and_a_new_key(app: TestApp) {
        let panel = Panel::new(&app.app);
        let campaign = &panel.council.campaign.id;
        let hand_in = || (0..5).for_each(|_| panel.try_hand_in().unwrap());
        let sealed_with = || panel.read(|conn| schema::campaign_key::table.find(campaign).first::<KeyRow>(conn));
        hand_in();
        let copy = sealed_with();
        panel.write(|conn| response::count_in(conn, &app.app.keys, campaign, 1));
        assert_ne!(sealed_with().3, copy.3, "what seals what waits is another key now");
        assert_eq!((&sealed_with().2, &sealed_with().4), (&copy.2, &copy.4));
        rotation::rotate(&app.app).unwrap();
        let now = start(&app).unwrap();
        let with_todays_keys = |copy: &KeyRow| now.db.write_blocking(|conn| {
            let put = (schema::campaign_key::intake_key.eq(&copy.3), schema::campaign_key::signing_key.eq(&copy.2));
            diesel::update(schema::campaign_key::table.find(campaign)).set(put).execute(conn)?;
            campaign::keys::intake(conn, &now.keys, campaign).map(drop)
        });
        assert!(with_todays_keys(&copy).is_err_and(|e| app::is_key_changed(&e)));
        assert!(now.db.read_blocking(|conn| campaign::keys::intake(conn, &now.keys, campaign)).is_ok());
        // What was counted before still opens.
        assert_eq!(now.db.read_blocking(|conn| response::counted(conn, &now.keys, campaign)).unwrap().len(), 5);
    }

    fn what_is_written_while_the_key_changes_is_opened_by_the_new_one_or_was_refused(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, id) = case(&panel);
        let mut people: Vec<_> = (0..6).map(|_| panel.person()).collect();
        let last = people.pop().unwrap();
        let (kept, asked) = std::thread::scope(|scope| {
            let writing = scope.spawn(|| {
                let mut version = 1;
                loop {
                    match panel.save(&ivor, &id, version, &answered("hours")) {
                        Ok(next) => version = next,
                        Err(SaveError::Database(e)) if app::is_key_changed(&e) => return version,
                        Err(e) => panic!("{e}"),
                    }
                }
            });
            let asking = scope.spawn(|| {
                let ask = |person| app.app.db.write_blocking(|conn| {
                    let (keys, now) = (&app.app.keys, app.app.clock.now());
                    interview::ask(conn, keys, now, &panel.council.campaign, Mode::Independent, person, request(), b"x")
                });
                people.iter().take_while(|person| ask(person).is_ok()).count()
            });
            std::thread::sleep(std::time::Duration::from_millis(50));
            rotation::rotate(&app.app).unwrap();
            (writing.join().unwrap(), asking.join().unwrap())
        });
        let after = start(&app).unwrap();
        assert_eq!(opened(&after, &(ivor.clone(), id)).unwrap().unwrap().case.draft_version, kept);
        let listed = after.db.read_blocking(|conn| interview::listed(conn, &after.keys, after.clock.now(), &ivor)).unwrap();
        assert_eq!(listed.len(), 1 + asked);
        after.db.write_blocking(|conn| {
            let now = after.clock.now();
            interview::ask(conn, &after.keys, now, &panel.council.campaign, Mode::Independent, &last, request(), b"x")
        }).unwrap();
    }
}

#[test]
fn an_operator_changes_the_key_from_the_command_line() {
    let app = TestApp::on_sqlite();
    let case = case(&Panel::new(&app.app));
    let run = |words: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_candour"))
            .args(words)
            .env_clear()
            .env("CANDOUR_DATABASE", app.database_url())
            .env("CANDOUR_KEY_FILE", &app.app.settings.key_file)
            .output()
            .unwrap()
    };
    let done = run(&["key", "rotate"]);
    let printed = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && printed.contains("Open interviews sealed anew: 1."), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stderr).contains("Back up the key file"));
    assert!(is_whole(&start(&app).unwrap(), &case));
    std::fs::write(&app.app.settings.key_file, [9; 33]).unwrap();
    let refused = run(&["key", "rotate"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("it is one or more keys of 32 bytes"), "{refused:?}");
}
