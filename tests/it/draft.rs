//! A preview prepares the batch of the next release, and then it stands.

use crate::release::{arrive, open, press};
use crate::support::TestApp;
use candour::campaign::{self, Campaign};
use candour::release::{self, CreateError, Draft, Drafted, Preview, UptakeCounts, store};
use candour::response;
use candour::survey::Survey;

fn offered(people: u64) -> UptakeCounts {
    UptakeCounts { offered: people, taken_up: 20, ..UptakeCounts::default() }
}

fn prepare(app: &TestApp, campaign: &Campaign, offered_to: u64) -> Result<Draft, CreateError> {
    let now = app.app.clock.now();
    app.app.db.write_blocking(|conn| release::prepare(conn, &app.app.keys, now, campaign, offered(offered_to)))
}

fn drafted(app: &TestApp, campaign: &Campaign, survey: &Survey) -> Result<Option<Drafted>, CreateError> {
    app.app
        .db
        .read_blocking(|conn| release::drafted(conn, &app.app.keys, campaign, "Borsetshire County Council", survey))
}

fn preview(app: &TestApp, campaign: &Campaign, survey: &Survey) -> Preview {
    drafted(app, campaign, survey).unwrap().unwrap().preview()
}

fn waiting(app: &TestApp, campaign: &Campaign) -> u64 {
    app.app.db.read_blocking(|conn| response::waiting(conn, &campaign.id)).unwrap()
}

fn standing(app: &TestApp, campaign: &Campaign) -> Option<Draft> {
    app.app.db.read_blocking(|conn| release::standing(conn, &campaign.id)).unwrap()
}

fn missing<T: std::fmt::Debug>(result: Result<T, CreateError>) -> u32 {
    match result {
        Err(CreateError::TooFew { missing }) => missing,
        other => panic!("{other:?}"),
    }
}

on_both! {
    fn a_preview_stands_whoever_comes_until_they_are_enough_for_a_release(app: TestApp) {
        let (campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 4, "north");
        assert_eq!(missing(prepare(&app, &campaign, 40)), 1);
        assert!(drafted(&app, &campaign, &survey).unwrap().is_none(), "nothing was counted in");
        arrive(&app, &campaign, &survey, 5, "north");
        let first = prepare(&app, &campaign, 40).unwrap();
        assert_eq!((first.number, first.batch, first.as_of), (1, 9, app.app.clock.now().date()));
        let shown = preview(&app, &campaign, &survey);

        arrive(&app, &campaign, &survey, 4, "south");
        assert_eq!(prepare(&app, &campaign, 50).unwrap(), first, "four who came tell nothing");
        assert_eq!(preview(&app, &campaign, &survey), shown);
        assert_eq!(waiting(&app, &campaign), 4);
        assert!(app.app.db.read_blocking(|conn| store::list(conn, &campaign.id)).unwrap().is_empty());

        arrive(&app, &campaign, &survey, 1, "south");
        let second = prepare(&app, &campaign, 60).unwrap();
        assert_eq!((second.number, second.batch, second.uptake), (1, 14, offered(60)));
        let shown = preview(&app, &campaign, &survey);
        let made = press(&app, &campaign, &survey).unwrap();
        assert_eq!((made.base, Preview::of(&made)), (14, shown), "what was previewed is what is made");
        assert_eq!(made.uptake.unwrap().offered, 60);
        assert_eq!((standing(&app, &campaign), waiting(&app, &campaign)), (None, 0));
        assert_eq!(missing(prepare(&app, &campaign, 60)), 5);
    }

    fn a_release_is_made_of_what_was_previewed_and_those_who_came_since_wait(app: TestApp) {
        let (campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 6, "north");
        prepare(&app, &campaign, 40).unwrap();
        arrive(&app, &campaign, &survey, 3, "north");
        assert_eq!(press(&app, &campaign, &survey).unwrap().base, 6);
        assert_eq!(missing(press(&app, &campaign, &survey)), 2);
        arrive(&app, &campaign, &survey, 2, "north");
        assert_eq!(press(&app, &campaign, &survey).unwrap().base, 11);
    }

    fn a_draft_that_the_smallest_group_was_raised_above_waits_for_as_many_more(app: TestApp) {
        let (mut campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 6, "north");
        prepare(&app, &campaign, 40).unwrap();
        arrive(&app, &campaign, &survey, 1, "north");
        app.app.db.write_blocking(|conn| campaign::raise_min_base(conn, &mut campaign, 7)).unwrap();
        assert_eq!(missing(prepare(&app, &campaign, 40)), 6, "seven in all would differ from six by one");
        assert_eq!(missing(drafted(&app, &campaign, &survey)), 6);
        assert_eq!(missing(press(&app, &campaign, &survey)), 6);
        arrive(&app, &campaign, &survey, 6, "north");
        assert_eq!(press(&app, &campaign, &survey).unwrap().base, 13);
    }

    fn a_release_needs_as_many_as_hidden_figures_are_protected_by(app: TestApp) {
        let (campaign, survey) = open(&app);
        let campaign = Campaign { protection: 8, ..campaign };
        arrive(&app, &campaign, &survey, 7, "north");
        assert_eq!(missing(press(&app, &campaign, &survey)), 1);
    }

    fn what_was_made_of_a_draft_is_kept_only_if_it_stands_as_it_did(app: TestApp) {
        let (mut campaign, survey) = open(&app);
        let keep = |campaign: &Campaign, drafted| {
            app.app.db.write_blocking(|conn| release::keep(conn, campaign, drafted))
        };
        arrive(&app, &campaign, &survey, 6, "north");
        prepare(&app, &campaign, 40).unwrap();
        let of_six = drafted(&app, &campaign, &survey).unwrap().unwrap();
        arrive(&app, &campaign, &survey, 5, "south");
        prepare(&app, &campaign, 40).unwrap();
        let of_eleven = drafted(&app, &campaign, &survey).unwrap().unwrap();
        assert!(matches!(keep(&campaign, of_six), Err(CreateError::MadeMeanwhile)));
        app.app.db.write_blocking(|conn| campaign::raise_min_base(conn, &mut campaign, 6)).unwrap();
        assert!(matches!(keep(&campaign, of_eleven), Err(CreateError::MadeMeanwhile)), "it was made by another rule");
        let drafted = drafted(&app, &campaign, &survey).unwrap().unwrap();
        assert_eq!(keep(&campaign, drafted.clone()).unwrap().base, 11);
        assert!(matches!(keep(&campaign, drafted), Err(CreateError::MadeMeanwhile)), "once");
    }

    fn previews_and_presses_at_once_make_one_release(app: TestApp) {
        let (campaign, survey) = open(&app);
        arrive(&app, &campaign, &survey, 9, "north");
        let made: Vec<bool> = std::thread::scope(|scope| {
            let previews: Vec<_> = (0..3).map(|_| scope.spawn(|| prepare(&app, &campaign, 40).is_ok())).collect();
            let presses: Vec<_> = (0..3).map(|_| scope.spawn(|| press(&app, &campaign, &survey).is_ok())).collect();
            previews.into_iter().for_each(|preview| assert!(preview.join().is_ok()));
            presses.into_iter().map(|press| press.join().unwrap()).collect()
        });
        assert_eq!(made.iter().filter(|is_made| **is_made).count(), 1, "{made:?}");
        assert_eq!((standing(&app, &campaign), waiting(&app, &campaign)), (None, 0));
    }
}
