//! A release is made of what waits, all or nothing, and follows the one before.

use crate::support::TestApp;
use candour::campaign::{self, Campaign, NewCampaign};
use candour::db::Conn;
use candour::release::{self, CreateError, Release, UptakeCounts, freeze, store};
use candour::response::{self, Mode};
use candour::staff::organisation;
use candour::survey::{self, Answer, Answers, Code, Survey};
use diesel::prelude::*;

const SURVEY: &str = r#"
code = "leaving"
kind = "exit"
minutes = 2
title = "Leaving"

[[section]]
code = "you"
title = "You"

[[section.question]]
code = "team"
type = "single"
label = "Team"
breakdown = true
options = [{ code = "north", label = "North" }, { code = "south", label = "South" }]

[[section.question]]
code = "happy"
type = "single"
label = "Were you happy?"
options = [{ code = "yes", label = "Yes", favourable = true }, { code = "no", label = "No" }]
"#;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// A campaign by team, with k = 5.
pub fn open(app: &TestApp) -> (Campaign, Survey) {
    let now = app.app.clock.now();
    app.app
        .db
        .write_blocking(|conn| {
            let version = survey::store::publish(conn, now, SURVEY)?;
            let council = organisation::create(conn, "Borsetshire County Council")?;
            let new = NewCampaign {
                breakdowns: vec![code("team")],
                ..NewCampaign::new(council.id, version.hash.clone(), "Leavers")
            };
            let campaign = campaign::open(conn, &app.app.keys, now, new)?;
            let survey = survey::store::load(conn, &version.hash)?.unwrap();
            anyhow::Ok((campaign, survey))
        })
        .unwrap()
}

pub fn arrive(app: &TestApp, campaign: &Campaign, survey: &Survey, people: usize, team: &str) {
    arrive_by(Mode::Online, app, campaign, survey, people, team);
}

fn arrive_by(mode: Mode, app: &TestApp, campaign: &Campaign, survey: &Survey, people: usize, team: &str) {
    let answers = Answers::from([(code("team"), Answer::One(code(team))), (code("happy"), Answer::One(code("yes")))]);
    let record =
        |conn: &mut Conn| response::record_all(conn, &app.app.keys, &campaign.id, mode, survey, &vec![answers; people]);
    app.app.db.write_blocking(record).unwrap();
}

pub fn press(app: &TestApp, campaign: &Campaign, survey: &Survey) -> Result<Release, CreateError> {
    let now = app.app.clock.now();
    let uptake = UptakeCounts { offered: 40, taken_up: 20, ..UptakeCounts::default() };
    app.app.db.write_blocking(|conn| {
        release::create(conn, &app.app.keys, now, campaign, "Borsetshire County Council", survey, uptake)
    })
}

fn missing(result: Result<Release, CreateError>) -> u32 {
    match result {
        Err(CreateError::TooFew { missing }) => missing,
        other => panic!("{other:?}"),
    }
}

on_both! {
    fn too_few_new_responses_are_refused_with_how_many_are_missing(app: TestApp) {
        let (campaign, survey) = open(&app);
        assert_eq!(missing(press(&app, &campaign, &survey)), 5);
        arrive(&app, &campaign, &survey, 4, "north");
        assert_eq!(missing(press(&app, &campaign, &survey)), 1);
        arrive(&app, &campaign, &survey, 1, "north");
        assert_eq!(press(&app, &campaign, &survey).unwrap().base, 5);
        assert_eq!(missing(press(&app, &campaign, &survey)), 5, "each response makes one release possible");
    }

    fn a_release_is_kept_byte_for_byte_and_chained(app: TestApp) {
        let (campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 6, "north");
        let first = press(&app, &campaign, &survey).unwrap();
        let before = app.app.db.read_blocking(|conn| store::body(conn, &campaign.id, 1)).unwrap().unwrap();
        arrive(&app, &campaign, &survey, 6, "south");
        arrive(&app, &campaign, &survey, 1, "north");
        let second = press(&app, &campaign, &survey).unwrap();
        let after = app.app.db.read_blocking(|conn| store::bodies(conn, &campaign.id)).unwrap();
        assert_eq!(after[0], before, "the same bytes for ever");
        assert_eq!(freeze::verify(&after[0]).unwrap(), first);
        assert_eq!(freeze::verify(&after[1]).unwrap(), second);
        assert_eq!((second.number, second.previous_hash.as_ref()), (2, Some(&first.hash)));
        let by_team = second.tables.iter().find(|table| table.breakdown.is_some()).unwrap();
        let bases: Vec<_> = by_team.groups.iter().map(|group| (group.base, group.as_at)).collect();
        assert_eq!(bases, [(Some(6), Some(1)), (None, None)], "one person came to the north: 13 - 6 is not shown as 7");
    }

    fn figures_are_split_by_how_people_answered_or_hidden_where_too_few_did(app: TestApp) {
        let (campaign, survey) = open(&app);
        let campaign = Campaign { breakdowns: vec![code("mode")], ..campaign };
        arrive_by(Mode::Online, &app, &campaign, &survey, 9, "north");
        arrive_by(Mode::Independent, &app, &campaign, &survey, 7, "north");
        arrive_by(Mode::Hr, &app, &campaign, &survey, 2, "south");
        let made = press(&app, &campaign, &survey).unwrap();
        let by_mode = made.tables.iter().find(|table| table.question == "happy" && table.breakdown.is_some()).unwrap();
        assert_eq!(by_mode.breakdown.as_deref(), Some("mode"));
        let bases: Vec<_> = by_mode.groups.iter().map(|group| (group.group.as_deref().unwrap(), group.base)).collect();
        assert_eq!(
            bases,
            [("online", Some(9)), ("independent", None), ("hr", None), ("import", None)],
            "18 less 9 and 7 would be the two who talked to HR"
        );
        let own = made.tables.iter().find(|table| table.question == "mode").unwrap();
        let counts: Vec<_> = own.groups[0].cells.iter().flatten().map(|cell| cell.count).collect();
        assert_eq!(counts, [Some(9), None, None, None]);
    }

    fn a_release_that_was_changed_in_the_database_stops_the_next(app: TestApp) {
        use candour::db::schema::release::dsl;
        let (campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 6, "north");
        press(&app, &campaign, &survey).unwrap();
        let body = app.app.db.read_blocking(|conn| store::body(conn, &campaign.id, 1)).unwrap().unwrap();
        let change = |conn: &mut Conn| {
            diesel::update(dsl::release).set(dsl::body.eq(body.replace("\"base\":6", "\"base\":7"))).execute(conn)
        };
        assert_eq!(app.app.db.write_blocking(change).unwrap(), 1);
        arrive(&app, &campaign, &survey, 6, "north");
        let refused = press(&app, &campaign, &survey);
        assert!(matches!(&refused, Err(CreateError::Damaged(broken)) if broken.number == 1), "{refused:?}");
        let waiting = app.app.db.read_blocking(|conn| response::waiting(conn, &campaign.id)).unwrap();
        assert_eq!(waiting, 6, "nothing half done");
    }

    fn nobody_without_the_key_has_a_response_counted_again_or_not_at_all(app: TestApp) {
        use candour::db::schema::response::dsl;
        let (campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 6, "north");
        press(&app, &campaign, &survey).unwrap();
        arrive(&app, &campaign, &survey, 5, "south");
        let db = &app.app.db;
        let id: String = db.read_blocking(|conn| dsl::response.select(dsl::id).filter(dsl::release.eq(1)).first(conn)).unwrap();
        let one = || dsl::response.find((&campaign.id, &id));
        let set = |release: Option<i32>| {
            db.write_blocking(|conn| diesel::update(one()).set(dsl::release.eq(release)).execute(conn)).unwrap()
        };
        let damage = || db.read_blocking(|conn| response::damage(conn, &app.app.keys, &campaign.id)).unwrap().responses;
        for other in [None, Some(2)] {
            assert_eq!(set(other), 1);
            let refused = press(&app, &campaign, &survey);
            assert!(matches!(refused, Err(CreateError::Gone { number: 1, .. } | CreateError::Database(_))), "{refused:?}");
            assert_eq!(damage(), 1);
            let said = db.read_blocking(|conn| candour::doctor::contents(conn, &app.app.keys)).unwrap();
            assert_eq!(said.len(), 2, "it does not open, and release 1 lacks it: {said:?}");
        }
        assert_eq!((set(Some(1)), damage()), (1, 0));
        assert_eq!(press(&app, &campaign, &survey).unwrap().base, 11);
    }

    fn two_who_press_at_once_make_one_release(app: TestApp) {
        let (campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 9, "north");
        let made: Vec<_> = std::thread::scope(|scope| {
            let presses: Vec<_> = (0..4).map(|_| scope.spawn(|| press(&app, &campaign, &survey))).collect();
            presses.into_iter().map(|press| press.join().unwrap()).collect()
        });
        assert_eq!(made.iter().filter(|result| result.is_ok()).count(), 1, "{made:?}");
        let is_kind = |error: &CreateError| matches!(error, CreateError::TooFew { missing: 5 } | CreateError::MadeMeanwhile);
        assert!(made.iter().filter_map(|result| result.as_ref().err()).all(is_kind), "{made:?}");
        assert_eq!(app.app.db.read_blocking(|conn| store::list(conn, &campaign.id)).unwrap().len(), 1);
    }

    fn only_a_published_release_is_found_by_its_public_id(app: TestApp) {
        let (campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 5, "north");
        press(&app, &campaign, &survey).unwrap();
        let latest = app.app.db.read_blocking(|conn| store::latest(conn, &campaign.id)).unwrap().unwrap();
        let found = || app.app.db.read_blocking(|conn| store::by_public_id(conn, &latest.id)).unwrap();
        assert_eq!(found(), None);
        assert!(app.app.db.write_blocking(|conn| store::publish(conn, &campaign.id, 1)).unwrap());
        assert_eq!(found().map(|release| (release.number, release.is_public)), Some((1, true)));
        assert!(app.app.db.write_blocking(|conn| store::unpublish(conn, &campaign.id, 1)).unwrap());
        assert_eq!(found(), None);
        assert!(!app.app.db.write_blocking(|conn| store::publish(conn, &campaign.id, 2)).unwrap());
    }
}
