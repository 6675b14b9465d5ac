//! The demo's invented council at a fixed moment: two releases of leavers, one of staff,
//! its workforce, and what people wrote.

use super::compare;
use crate::backup::installation::command;
use crate::support::TestApp;
use crate::support::employer::{CAMPAIGN, Employer, code};
use candour::campaign::NewCampaign;
use candour::comment::redact::Redaction;
use candour::comment::{Decision, Review, Why, annex, marks, reading, redact, review};
use candour::release::{Release, freeze, store};
use candour::report::Format;
use candour::staff::organisation;
use candour::workforce::{self, Period, Workforce};
use candour::{demo, survey};
use diesel::prelude::*;
use std::path::PathBuf;

fn shipped(wanted: &str) -> &'static str {
    survey::shipped().iter().find(|(name, _)| *name == wanted).unwrap().1
}

/// The council, with the latest release of its leavers.
pub fn council(app: &TestApp) -> Employer<'_> {
    let organisation = app.app.db.write_blocking(|conn| organisation::create(conn, demo::COUNCIL)).unwrap().id;
    let opens = |survey: &str, name: &str, breakdowns: &[&str]| {
        let breakdowns = breakdowns.iter().map(|question| code(question)).collect();
        let new = NewCampaign { breakdowns, ..NewCampaign::new(organisation.clone(), "", name) };
        let opened = Employer::opens(app, demo::COUNCIL, shipped(survey), new);
        let survey = survey::parse(shipped(survey)).unwrap().survey;
        (opened, survey)
    };
    let (stayers, asked) = opens("retention", "Staying", &["directorate"]);
    stayers.offers(90, &demo::answers(&asked, 38, 10));
    release(&stayers);
    keep_workforce(app, &stayers);

    let (leavers, asked) = opens("exit", CAMPAIGN, &["directorate"]);
    leavers.offers(110, &demo::answers(&asked, 52, 10));
    release(&leavers);
    leavers.offers(105, &demo::answers(&asked, 76, 120));
    release(&leavers);
    read_comments(app, &leavers);
    leavers
}

/// Makes the next release and freezes it anew with a key of tickets that is the same in
/// every run: so its hash is, too.
fn release(employer: &Employer<'_>) {
    use candour::db::schema::release::dsl;
    let release = employer.release();
    let (number, campaign) = (i32::try_from(release.number).unwrap(), &employer.campaign.id);
    let frozen = freeze::freeze(Release { ticket_key: Some(["0000"; 8].join(" ")), ..release }).unwrap();
    let row = dsl::release.filter(dsl::campaign_id.eq(campaign)).filter(dsl::number.eq(number));
    let change = (dsl::hash.eq(&frozen.hash), dsl::body.eq(&frozen.body));
    let changed = employer.app.app.db.write_blocking(|conn| diesel::update(row).set(change).execute(conn));
    assert_eq!(changed.unwrap(), 1);
}

fn keep_workforce(app: &TestApp, of: &Employer<'_>) {
    let rows = workforce::read(demo::WORKFORCE.as_bytes()).unwrap().rows;
    let period = Period { from: "2025-09-01".parse().unwrap(), to: "2026-08-31".parse().unwrap() };
    let (now, year) = (app.app.clock.now(), Workforce { period, rows });
    app.app.db.write_blocking(|conn| workforce::keep(conn, now, &of.campaign.organisation_id, &year, None)).unwrap();
}

/// All that people wrote, and so whatever the order in which it is read.
fn read_comments(app: &TestApp, leavers: &Employer<'_>) {
    let (keys, campaign) = (&app.app.keys, &leavers.campaign);
    let done = app.app.db.write_blocking(|conn| {
        let reading = reading::open(conn, keys, campaign)?;
        let around = reading.surroundings(campaign);
        for comment in reading.topics.iter().flat_map(|topic| &topic.comments) {
            let known = demo::comments::find(&comment.text).unwrap();
            let certain = marks::find(&comment.text, &around).into_iter().filter(|mark| mark.kind.is_certain());
            let certain = certain.map(|mark| Redaction { span: mark.span, reason: mark.kind.reason() });
            let by_hand = known.take.iter().flat_map(|(passage, reason)| {
                redact::find(&comment.text, passage).into_iter().map(|span| Redaction { span, reason: *reason })
            });
            let decided = Review {
                decision: if known.is_private { Decision::NotPublished(Why::Somebody) } else { Decision::Approved },
                redactions: redact::merged(&comment.text, certain.chain(by_hand).collect()),
                themes: known.themes.iter().map(|theme| code(theme)).collect(),
                ..Review::none()
            };
            review::save(conn, keys, campaign, &comment.id, &comment.state, decided)?;
        }
        let proposal = annex::create::propose(conn, keys, campaign, 2)?;
        annex::create::create(conn, keys, campaign, 2, &proposal.annex.hash)?;
        anyhow::Ok(())
    });
    done.unwrap();
}

/// The paper in a file, by the real program on a database with the same key.
pub fn paper(app: &TestApp, database: &str, format: Format) -> PathBuf {
    let out = app.folder().join(format!("{}.{}", candour::id::random(), format.extension()));
    let done = command(app, database)
        .args(["report", "--campaign", CAMPAIGN, "--format", format.extension(), "--out"])
        .arg(&out)
        .args(["--committee", "Scrutiny Committee", "--date", "2026-09-15"])
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    out
}

#[test]
fn the_papers_of_the_demo_are_those_that_were_looked_at() {
    let app = TestApp::on_sqlite();
    let council = council(&app);
    let release = app.app.db.read_blocking(|conn| store::latest(conn, &council.campaign.id)).unwrap().unwrap();
    assert_eq!(release.number, 2);
    for format in Format::ALL {
        compare("demo", format, &paper(&app, &app.database_url(), format));
    }
}
