//! What people wrote, from their answers to the report: read by whoever has the right,
//! redacted, approved, counted, and never of too few.

use crate::support::council::{Council, PASSWORD, administrator};
use crate::support::{TestApp, Visitor};
use candour::comment::{self, Decision, Review, SaveError, Why, annex, reading, review};
use candour::id::CommentId;
use candour::release::{self, UptakeCounts};
use candour::response::{self, Mode};
use candour::survey::{self, Answer, Answers, Code};
use diesel::prelude::*;
use std::ops::Range;

fn text(number: usize) -> String {
    format!("The rota was number {number}, said Oonagh on 01632 960 {number:03}")
}

/// People of these numbers answer in their own words, and a release counts them.
pub fn released(app: &TestApp, council: &Council, people: Range<usize>) {
    let campaign = &council.campaign;
    let answers = people.map(|number| {
        Answers::from([
            (Code::new("directorate").unwrap(), Answer::One(Code::new("adults").unwrap())),
            (Code::new("stay").unwrap(), Answer::Text(text(number))),
        ])
    });
    let (now, answers) = (app.app.clock.now(), answers.collect::<Vec<_>>());
    app.app
        .db
        .write_blocking(|conn| {
            let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
            response::record_all(conn, &app.app.keys, &campaign.id, Mode::Online, &survey, &answers)?;
            let uptake = UptakeCounts::default();
            release::create(conn, &app.app.keys, now, campaign, "Milbury", &survey, uptake)?;
            anyhow::Ok(())
        })
        .unwrap();
}

fn signed_in(app: &TestApp, email: &str) -> Visitor {
    let mut visitor = app.visitor();
    visitor.open("/sign-in");
    visitor.press("Sign in", &[("email", email), ("password", PASSWORD)]).expect(200, "Sign out");
    visitor
}

/// Approves this many, or all that are to do, without the name and with a theme.
fn approve(hr: &mut Visitor, campaign: &str, most: usize) {
    hr.open(&format!("{campaign}/comments/stay"));
    if !hr.page.has("Go on reading") {
        return;
    }
    hr.follow("Go on reading");
    for done in 1..=most {
        let fields = [("passage-1", "Oonagh"), ("passage-reason-1", "name"), ("decision", "approve"), ("theme", "pay")];
        hr.press("Save and go on", &fields).expect(200, "Saved.");
        if hr.page.has("All comments on this question have been decided about") {
            assert!(done <= most);
            return;
        }
    }
}

/// Approves all as they are, by no form.
pub fn approve_all(app: &TestApp, council: &Council) {
    for (id, _) in reviews(app, council) {
        let review = Review { decision: Decision::Approved, ..Review::none() };
        let (keys, campaign) = (&app.app.keys, &council.campaign);
        app.app.db.write_blocking(|conn| review::save(conn, keys, campaign, &id, "", review)).unwrap();
    }
}

/// The comments that can be read, and what was decided about each.
fn reviews(app: &TestApp, council: &Council) -> Vec<(CommentId, Option<Review>)> {
    let open = |conn: &mut candour::db::Conn| reading::open(conn, &app.app.keys, &council.campaign);
    let reading = app.app.db.read_blocking(open).unwrap();
    reading.topics.into_iter().flat_map(|topic| topic.comments).map(|one| (one.id, one.review)).collect()
}

on_both! {
    fn from_what_people_wrote_to_the_report(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        administrator(&app.app, "ada@example.org");
        released(&app, &council, 100..124);
        let campaign = format!("/hr/campaigns/{}", council.campaign.id);
        let mut hr = signed_in(&app, &council.hr_email);
        hr.open(&format!("{campaign}/comments")).expect(403, "An administrator of this installation can give it to you");
        let mut ada = signed_in(&app, "ada@example.org");
        ada.follow("Milbury");
        ada.press("Let them read comments", &[]).expect(200, "HR, and reads comments");

        hr.open(&campaign);
        hr.follow("What people wrote in their own words").expect(200, "24 of 24 to do");
        approve(&mut hr, &campaign, 24);
        let before = reviews(&app, &council);
        assert!(before.iter().all(|(_, review)| review.as_ref().is_some_and(|one| one.decision == Decision::Approved)));
        hr.open(&format!("{campaign}/comments"));
        hr.follow("Add to the report of release 1").expect(200, "Of 24 that are counted, 2 can be quoted");
        hr.press("Add this to the report of release 1", &[]).expect(200, "They are added to the report");

        hr.follow("The report of release 1").expect(200, "In their own words");
        hr.page.expect(200, "said [name removed] on [contact details removed]");
        assert!(!hr.page.has("Oonagh") && !hr.page.has("01632"));
        assert!(hr.page.words().matches("[name removed]").count() == 2, "{}", hr.page.words());

        released(&app, &council, 200..212);
        let kept = reviews(&app, &council);
        assert_eq!(kept.iter().filter(|(_, review)| review.is_some()).count(), 24, "decisions outlive the next release");
        assert_eq!(kept.len(), 36);
        approve(&mut hr, &campaign, 4);
        hr.open(&format!("{campaign}/releases/2/annex")).expect(200, "24 people wrote about, as at release 1");
        hr.press("Add this to the report of release 2", &[]).expect(200, "They are added");
        approve(&mut hr, &campaign, 12);
        let told = app.app.db.read_blocking(|conn| comment::store::annex(conn, &council.campaign.id, 2)).unwrap().unwrap();
        assert_eq!((told.questions[0].read, told.questions[0].themes.as_ref().unwrap().as_at), (24, Some(1)));
        let first = app.app.db.read_blocking(|conn| comment::store::annex(conn, &council.campaign.id, 1)).unwrap().unwrap();
        let sorted = |quotes: &[String]| quotes.iter().cloned().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(sorted(&told.questions[0].quotes), sorted(&first.questions[0].quotes));
    }

    fn of_two_who_save_at_once_one_is_told(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        released(&app, &council, 100..112);
        let id = &reviews(&app, &council)[0].0;
        let save = |why| {
            app.app.db.write_blocking(|conn| {
                let review = Review { decision: Decision::NotPublished(why), ..Review::none() };
                review::save(conn, &app.app.keys, &council.campaign, id, "", review)
            })
        };
        let saved = std::thread::scope(|scope| {
            let both = [Why::Abusive, Why::Nothing].map(|why| scope.spawn(move || save(why)));
            both.map(|one| one.join().unwrap())
        });
        let stale = saved.iter().filter(|one| matches!(one, Err(SaveError::Stale))).count();
        assert_eq!((saved.iter().filter(|one| one.is_ok()).count(), stale), (1, 1), "{saved:?}");
    }

    fn an_annex_that_was_changed_or_moved_is_shown_to_nobody(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        released(&app, &council, 100..112);
        let (keys, campaign) = (&app.app.keys, &council.campaign);
        approve_all(&app, &council);
        app.app
            .db
            .write_blocking(|conn| {
                let proposal = annex::create::propose(conn, keys, campaign, 1)?;
                annex::create::create(conn, keys, campaign, 1, &proposal.annex.hash)
            })
            .unwrap();
        released(&app, &council, 200..212);
        let run = |sql: &str| app.app.db.write_blocking(|conn| diesel::sql_query(sql).execute(conn)).unwrap();
        let shown = |number| app.app.db.read_blocking(|conn| comment::store::annex(conn, &campaign.id, number));
        assert!(shown(1).unwrap().is_some() && shown(2).unwrap().is_none());
        run("UPDATE comment_annex SET number = 2");
        let again = app.app.db.read_blocking(|conn| annex::create::propose(conn, keys, campaign, 2));
        assert!(again.is_err(), "the decisions that it counted are known to be counted");
        run("UPDATE comment_annex SET number = 1");
        run("UPDATE comment_annex SET body = REPLACE(body, '\"read\":12', '\"read\":11')");
        assert!(shown(1).is_err());
        run("DELETE FROM comment_annex");
        let again = app.app.db.read_blocking(|conn| annex::create::propose(conn, keys, campaign, 2));
        assert!(matches!(again, Err(annex::create::AnnexError::Gone(_))), "{again:?}");
    }
}
