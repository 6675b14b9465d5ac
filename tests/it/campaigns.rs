//! Campaigns and responses at rest, on both databases.

use crate::support::TestApp;
use candour::campaign::{
    self, Before, Campaign, Mode as Way, ModesError, NewCampaign, OfferedMode, OpenError, Problem, RaiseError,
};
use candour::db::schema::organisation;
use candour::id::{CampaignId, OrganisationId};
use candour::release::{self, UptakeCounts};
use candour::response::import::{self, Import, KeepError, Map};
use candour::response::{self, HandInError, Mode};
use candour::survey::{self, Answer, Answers, Code, Survey};
use candour::ticket;
use diesel::prelude::*;

const SURVEY: &str = include_str!("../../surveys/exit.toml");

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn organisation(app: &TestApp, name: &str) -> OrganisationId {
    let id = OrganisationId::random();
    let row = (organisation::id.eq(id.clone()), organisation::name.eq(name.to_owned()));
    app.app.db.write_blocking(|conn| diesel::insert_into(organisation::table).values(row).execute(conn)).unwrap();
    id
}

fn published(app: &TestApp, source: &str) -> String {
    app.app.db.write_blocking(|conn| survey::store::publish(conn, app.app.clock.now(), source)).unwrap().hash
}

fn open(app: &TestApp, new: NewCampaign) -> Result<Campaign, OpenError> {
    app.app.db.write_blocking(|conn| campaign::open(conn, &app.app.keys, app.app.clock.now(), new))
}

fn leavers(app: &TestApp) -> (Campaign, Survey) {
    let new = NewCampaign::new(organisation(app, "Wrenfordshire"), published(app, SURVEY), "Leavers");
    (open(app, new).unwrap(), survey::parse(SURVEY).unwrap().survey)
}

fn answers() -> Answers {
    Answers::from([
        (code("main_reason"), Answer::One(code("workload"))),
        (code("recommend"), Answer::Rating(3)),
        (code("comment"), Answer::Text("Too many cases".to_owned())),
    ])
}

/// A campaign that asks the survey of `surveys/examples`.
pub fn dete(app: &TestApp) -> (Campaign, Survey) {
    let source = include_str!("../../surveys/examples/dete.toml");
    let new = NewCampaign::new(organisation(app, "DETE"), published(app, source), "Leavers");
    (open(app, new).unwrap(), survey::parse(source).unwrap().survey)
}

pub fn small_file(survey: &Survey) -> Import {
    let map = Map::read("map", include_str!("../../surveys/examples/dete-map.toml"), survey).unwrap();
    let csv = include_bytes!("fixtures/dete-small.csv");
    let mut told = 0;
    let import = import::read(&map, survey, "csv", csv, |bytes| told = bytes).unwrap();
    assert_eq!(told, csv.len(), "progress ends at the end");
    import
}

fn imported(app: &TestApp) -> (Campaign, Survey) {
    let (campaign, survey) = dete(app);
    let import = small_file(&survey);
    app.app.db.write_blocking(|conn| import::keep(conn, &app.app.keys, &campaign, &survey, &import, false)).unwrap();
    (campaign, survey)
}

on_both! {
    fn a_campaign_is_found_as_it_was_opened(app: TestApp) {
        let (organisation, version) = (organisation(&app, "A"), published(&app, SURVEY));
        let mut new = NewCampaign::new(organisation.clone(), version.clone(), "  Leavers   2026 ");
        new.breakdowns = vec![code("role"), code("directorate"), code("service")];
        new.crossings = vec![(code("service"), code("role")), (code("role"), code("directorate"))];
        (new.protection, new.is_strict) = (7, true);
        let crossings = new.crossings.clone();
        let campaign = open(&app, new).unwrap();
        assert_eq!((campaign.name.as_str(), campaign.min_base, campaign.comment_min_base), ("Leavers 2026", 5, 10));
        assert_eq!((&campaign.crossings, campaign.protection, campaign.is_strict), (&crossings, 7, true));
        assert_eq!(campaign.opened_on, app.app.clock.now().date());
        let other = OrganisationId::random();
        let only = std::slice::from_ref(&campaign);
        app.app.db.read_blocking(|conn| {
            assert_eq!(campaign::store::get(conn, &campaign.id)?.as_ref(), Some(&campaign));
            assert_eq!(campaign::store::find(conn, &organisation, &campaign.id)?.as_ref(), Some(&campaign));
            assert_eq!(campaign::store::find(conn, &other, &campaign.id)?, None);
            assert_eq!(campaign::store::list(conn, &organisation)?, only);
            assert_eq!(campaign::store::list(conn, &other)?, []);
            assert_eq!(campaign::store::by_name(conn, None, "Leavers 2026")?, only);
            assert_eq!(campaign::store::by_name(conn, Some(&organisation), campaign.id.as_str())?, only);
            assert_eq!(campaign::store::by_name(conn, Some(&other), "Leavers 2026")?, []);
            assert_eq!(campaign::store::get(conn, &CampaignId::random())?, None);
            diesel::QueryResult::Ok(())
        }).unwrap();
        match open(&app, NewCampaign::new(organisation, version, "Leavers 2026")) {
            Err(OpenError::Refused(problems)) => assert_eq!(problems, [Problem::NameTaken]),
            other => panic!("{other:?}"),
        }
    }

    fn the_smallest_group_is_raised_and_never_lowered(app: TestApp) {
        let (mut campaign, _) = leavers(&app);
        let db = &app.app.db;
        let mut behind = campaign.clone();
        db.write_blocking(|conn| campaign::raise_min_base(conn, &mut campaign, 11)).unwrap();
        assert_eq!((campaign.min_base, campaign.comment_min_base), (11, 11));
        // Somebody who still sees the old figure cannot bring it back.
        let lowered = db.write_blocking(|conn| campaign::raise_min_base(conn, &mut behind, 6));
        assert!(matches!(lowered, Err(RaiseError::WouldLower(_))));
        let kept = db.read_blocking(|conn| campaign::store::get(conn, &campaign.id)).unwrap().unwrap();
        assert_eq!(kept, campaign);
    }

    fn modes_are_switched_on_and_off_and_keep_their_first_day(app: TestApp) {
        let (campaign, _) = leavers(&app);
        let today = || app.app.clock.now().date();
        let set = |modes: &[(Way, Option<&str>)], offered| {
            let modes = modes.iter().map(|(mode, post)| (*mode, post.map(str::to_owned))).collect();
            let before = Before { offered, taken_up: 3 };
            app.app.db.write_blocking(|conn| campaign::set_modes(conn, app.app.clock.now(), &campaign, modes, before))
        };
        let kept = || app.app.db.read_blocking(|conn| campaign::store::get(conn, &campaign.id)).unwrap().unwrap();
        let on = |mode, since, before| OfferedMode { mode, is_on: true, since, post: None, before };
        let first = today();
        assert_eq!(set(&[(Way::Independent, None), (Way::Online, Some("not here"))], 0).unwrap(), kept().modes);
        assert_eq!(kept().modes, [on(Way::Independent, first, None), on(Way::Online, first, None)]);

        app.app.clock.advance(chrono::TimeDelta::days(9));
        let before = Some(Before { offered: 40, taken_up: 3 });
        set(&[(Way::Hr, Some(" the  principal social worker ")), (Way::Online, None)], 40).unwrap();
        let post = Some("the principal social worker".to_owned());
        let off = OfferedMode { is_on: false, ..on(Way::Independent, first, None) };
        let hr = OfferedMode { post, ..on(Way::Hr, today(), before) };
        assert_eq!(kept().modes, [hr.clone(), on(Way::Online, first, None), off]);
        assert!(!kept().offers(Way::Independent));

        // Off and on again: neither the day nor what was before it moves.
        set(&[(Way::Online, None)], 50).unwrap();
        app.app.clock.advance(chrono::TimeDelta::days(9));
        set(&[(Way::Online, None), (Way::Independent, None), (Way::Hr, None)], 60).unwrap();
        let hr = OfferedMode { post: None, ..hr };
        assert_eq!(kept().modes, [on(Way::Online, first, None), on(Way::Independent, first, None), hr]);

        let refused = set(&[], 60);
        assert!(matches!(refused, Err(ModesError::Refused(problems)) if problems == [Problem::NoMode]));
        assert_eq!(kept().offered_modes().count(), 3, "what is refused changes nothing");
    }

    fn a_campaign_is_closed_once(app: TestApp) {
        let (campaign, _) = leavers(&app);
        let db = &app.app.db;
        let close = || db.write_blocking(|conn| campaign::close(conn, app.app.clock.now(), &campaign)).unwrap();
        assert!(close());
        app.app.clock.advance(chrono::TimeDelta::days(3));
        assert!(!close());
        let closed = db.read_blocking(|conn| campaign::store::get(conn, &campaign.id)).unwrap().unwrap();
        assert_eq!(closed.closed_on, Some(campaign.opened_on));
        assert!(!closed.takes_invitations(campaign.opened_on));
    }

    fn a_ticket_hands_in_one_response_and_its_texts_lie_apart(app: TestApp) {
        let (campaign, survey) = leavers(&app);
        let (db, keys) = (&app.app.db, &app.app.keys);
        let ticket = ticket::mint(keys, &campaign.id, b"seed");
        let hand_in =
            || db.write_blocking(|conn| response::hand_in(conn, keys, &campaign, &survey, &ticket, Mode::Independent, &answers()));
        hand_in().unwrap();
        assert!(matches!(hand_in(), Err(HandInError::AlreadySpent)));
        db.write_blocking(|conn| {
            assert_eq!(response::waiting(conn, &campaign.id)?, 1);
            assert_eq!(response::counted(conn, keys, &campaign.id)?, []);
            response::count_in(conn, keys, &campaign.id, 1)?;
            assert_eq!(response::waiting(conn, &campaign.id)?, 0);
            let counted = response::counted(conn, keys, &campaign.id)?;
            assert_eq!((counted.len(), counted[0].release, counted[0].mode), (1, 1, Mode::Independent));
            let codes: Vec<&str> = counted[0].answers.keys().map(Code::as_str).collect();
            assert_eq!(codes, ["main_reason", "recommend"]);
            diesel::QueryResult::Ok(())
        }).unwrap();
    }

    fn answers_that_do_not_fit_spend_no_ticket(app: TestApp) {
        let (campaign, survey) = leavers(&app);
        let (db, keys) = (&app.app.db, &app.app.keys);
        let ticket = ticket::mint(keys, &campaign.id, b"seed");
        let hand_in = |answers: &Answers| {
            db.write_blocking(|conn| response::hand_in(conn, keys, &campaign, &survey, &ticket, Mode::Online, answers))
        };
        let unfit = Answers::from([(code("main_reason"), Answer::One(code("gold")))]);
        assert!(matches!(hand_in(&unfit), Err(HandInError::Database(_))));
        hand_in(&answers()).unwrap();
    }

    fn a_file_is_imported_once_unless_somebody_insists(app: TestApp) {
        let (campaign, survey) = dete(&app);
        let import = small_file(&survey);
        let keep = |again| app.app.db.write_blocking(|conn| import::keep(conn, &app.app.keys, &campaign, &survey, &import, again));
        let waiting = || app.app.db.read_blocking(|conn| response::waiting(conn, &campaign.id)).unwrap();
        keep(false).unwrap();
        assert!(matches!(keep(false), Err(KeepError::ImportedBefore)));
        assert_eq!(waiting(), 40);
        keep(true).unwrap();
        assert_eq!(waiting(), 80);
        let counted = app.app.db.write_blocking(|conn| {
            response::count_in(conn, &app.app.keys, &campaign.id, 1)?;
            response::counted(conn, &app.app.keys, &campaign.id)
        }).unwrap();
        let mut kept: Vec<String> = counted.iter().map(|c| format!("{:?}", c.answers)).collect();
        let mut read: Vec<String> = import.people.iter().chain(&import.people).map(|a| format!("{a:?}")).collect();
        assert_ne!(kept, read, "rows lie in the order of the file");
        kept.sort();
        read.sort();
        assert_eq!(kept, read);
    }

    /// Figures that a few lines of Python counted in the fixture.
    fn an_imported_file_is_released(app: TestApp) {
        let (campaign, survey) = imported(&app);
        let uptake = UptakeCounts::default();
        let release = app.app.db.write_blocking(|conn| {
            release::create(conn, &app.app.keys, app.app.clock.now(), &campaign, "DETE", &survey, uptake)
        }).unwrap();
        let total = |question: &str| {
            let table = release.tables.iter().find(|t| t.question == question && t.breakdown.is_none()).unwrap();
            table.groups[0].clone()
        };
        let figure = |question: &str, option: &str| {
            let group = total(question);
            let cell = group.cells.unwrap().into_iter().find(|cell| cell.option == option).unwrap();
            (cell.count.unwrap(), group.base.unwrap(), cell.percent.unwrap().to_string())
        };
        assert_eq!(figure("separation_type", "age_retirement"), (9, 40, "22.5".to_owned()));
        assert_eq!(figure("factors", "work_life_balance"), (10, 40, "25.0".to_owned()));
        assert_eq!(figure("start_year", "the_1970s"), (7, 36, "19.4".to_owned()));
        let favourable = total("staff_morale").favourable.unwrap();
        assert_eq!((favourable.count, total("staff_morale").base), (20, Some(39)));
        assert_eq!(favourable.percent.to_string(), "51.3");
    }
}
