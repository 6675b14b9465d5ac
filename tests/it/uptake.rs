//! Uptake by mode, from asking for an interview to the figures of a release.

use crate::interview::panel::{Panel, code, request};
use crate::support::TestApp;
use crate::support::council::{Council, survey_source};
use candour::campaign::{self, Before, Mode};
use candour::db::schema::invitation::dsl;
use candour::id::{AccountId, InvitationId};
use candour::invitation::{self, DeclineReason, InvitationCode};
use candour::release::{self, freeze};
use candour::survey::{self, Answer, Answers};
use candour::{interview, response, uptake};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

/// A campaign by mode that began online, with k = 5.
fn panel(app: &TestApp) -> Panel {
    Panel { app: app.app.clone(), council: Council::with_survey(&app.app, "Westmere", &survey_source(), &["mode"]) }
}

fn today(panel: &Panel) -> NaiveDate {
    panel.app.clock.now().date()
}

/// Invites this many; the offer has gone out to all who are invited.
fn invite(panel: &Panel, people: usize) -> Vec<InvitationCode> {
    let codes = panel.council.codes(&panel.app, people);
    let today = today(panel);
    panel.write(|conn| {
        diesel::update(dsl::invitation.filter(dsl::times_sent.eq(0)))
            .set((dsl::times_sent.eq(1), dsl::first_sent_on.eq(today), dsl::last_sent_on.eq(today)))
            .execute(conn)
    });
    codes.iter().map(|code| InvitationCode::read(code).unwrap()).collect()
}

fn take_up(panel: &Panel, code: &InvitationCode) -> InvitationId {
    panel
        .write(|conn| invitation::take_up(conn, &panel.app.keys, today(panel), code, &invitation::Exchange::Here))
        .invitation_id
}

fn respond(panel: &Panel, mode: response::Mode, people: usize) {
    let campaign = panel.council.campaign.id.clone();
    let answers = Answers::from([(code("directorate"), Answer::One(code("adults")))]);
    panel.write(|conn| {
        let survey = survey::store::load(conn, &panel.council.campaign.survey_version)?.unwrap();
        response::record_all(conn, &panel.app.keys, &campaign, mode, &survey, &vec![answers; people])
    });
}

fn answer_online(panel: &Panel, codes: &[InvitationCode]) {
    codes.iter().for_each(|code| drop(take_up(panel, code)));
    respond(panel, response::Mode::Online, codes.len());
}

/// The interviewer takes what is asked for, and hands in two days later.
fn interview_all(panel: &Panel, by: &AccountId, mode: interview::Mode, codes: &[InvitationCode]) {
    for code in codes {
        let person = take_up(panel, code);
        panel.ask(&person, mode, request());
    }
    panel.pass_days(2);
    for listed in panel.listed(by) {
        panel.take(by, &listed.case.id).unwrap();
        panel.close(by, &listed.case.id, 0).unwrap();
    }
    let mode = match mode {
        interview::Mode::Independent => response::Mode::Independent,
        interview::Mode::Hr => response::Mode::Hr,
    };
    respond(panel, mode, codes.len());
}

fn decline(panel: &Panel, codes: &[InvitationCode], reason: Option<DeclineReason>) {
    for code in codes {
        panel.write(|conn| invitation::decline(conn, &panel.app.keys, today(panel), code, reason));
    }
}

/// Interviews become an option.
fn switch_on(panel: &mut Panel) {
    let campaign = panel.council.campaign.clone();
    let now = panel.app.clock.now();
    let modes = [Mode::Online, Mode::Independent, Mode::Hr].map(|mode| (mode, None)).to_vec();
    panel.council.campaign.modes = panel.write(|conn| {
        let counts = invitation::uptake(conn, &campaign.id)?;
        let before = Before { offered: counts.reached(), taken_up: counts.taken_up };
        campaign::set_modes(conn, now, &campaign, modes, before)
    });
}

/// Presses *Release*; the JSON as it is frozen.
fn release(panel: &Panel) -> Value {
    let (campaign, now) = (&panel.council.campaign, panel.app.clock.now());
    let frozen = panel.write(|conn| {
        let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
        let counts = uptake::counts(conn, campaign)?;
        release::create(conn, &panel.app.keys, now, campaign, "Westmere", &survey, counts)
    });
    let body = panel.read(|conn| release::store::body(conn, &campaign.id, frozen.number)).unwrap();
    assert_eq!(freeze::verify(&body).unwrap(), frozen);
    serde_json::from_str(&body).unwrap()
}

fn counts_of(cells: &Value) -> Vec<(String, Option<u64>)> {
    let cells = cells.as_array().unwrap().iter();
    cells.map(|cell| (cell["option"].as_str().unwrap().to_owned(), cell["count"].as_u64())).collect()
}

/// How many of each mode answered the question, where it is published.
fn by_mode(release: &Value, question: &str) -> Vec<(String, Option<u64>)> {
    let tables = release["tables"].as_array().unwrap();
    let table = tables.iter().find(|table| table["question"] == question && table["breakdown"] == "mode").unwrap();
    let groups = table["groups"].as_array().unwrap().iter();
    groups.map(|group| (group["group"].as_str().unwrap().to_owned(), group["base"].as_u64())).collect()
}

fn named<const N: usize>(counts: [(&str, Option<u64>); N]) -> Vec<(String, Option<u64>)> {
    counts.map(|(name, count)| (name.to_owned(), count)).to_vec()
}

on_both! {
    fn three_modes_are_counted_apart_and_compared_with_the_time_before(app: TestApp) {
        let mut panel = panel(&app);
        answer_online(&panel, &invite(&panel, 20)[..8]);
        panel.pass_days(30);
        switch_on(&mut panel);
        let (ivor, post) = (panel.independent("Ivor"), panel.of_the_council("Pia"));
        let codes = invite(&panel, 40);
        answer_online(&panel, &codes[..10]);
        interview_all(&panel, &ivor, interview::Mode::Independent, &codes[10..17]);
        interview_all(&panel, &post, interview::Mode::Hr, &codes[17..22]);
        decline(&panel, &codes[22..27], Some(DeclineReason::NoTime));
        decline(&panel, &codes[27..32], None);

        let release = release(&panel);
        let uptake = &release["uptake"];
        assert_eq!((&uptake["offered"], &uptake["taken_up"]["count"]), (&json!(60), &json!(30)));
        let parts = [("online", 18), ("independent", 7), ("hr", 5), ("declined", 10), ("outstanding", 20)];
        assert_eq!(counts_of(&uptake["by_mode"]["cells"]), named(parts.map(|(name, count)| (name, Some(count)))));
        assert_eq!(uptake["by_mode"]["base"], 60);
        assert_eq!(counts_of(&uptake["declined_because"]["cells"])[0], ("no_time".to_owned(), Some(5)));
        assert_eq!((&uptake["interviews"]["held"], &uptake["interviews"]["median_days"]), (&json!(12), &json!(2)));
        let option = &uptake["independent_option"];
        assert_eq!((&option["before"]["offered"], &option["before"]["taken_up"]["percent"]), (&json!(20), &json!(40.0)));
        assert_eq!((&option["after"]["offered"], &option["after"]["taken_up"]["percent"]), (&json!(40), &json!(55.0)));
        assert_eq!(option["difference"]["points"], 15.0);
        let shown = [("online", Some(18)), ("independent", Some(7)), ("hr", Some(5)), ("import", None)];
        assert_eq!(by_mode(&release, "directorate"), named(shown));
    }

    fn a_mode_of_too_few_is_hidden_and_another_with_it(app: TestApp) {
        let mut panel = panel(&app);
        switch_on(&mut panel);
        let (ivor, post) = (panel.independent("Ivor"), panel.of_the_council("Pia"));
        let codes = invite(&panel, 40);
        answer_online(&panel, &codes[..10]);
        interview_all(&panel, &ivor, interview::Mode::Independent, &codes[10..17]);
        interview_all(&panel, &post, interview::Mode::Hr, &codes[17..19]);
        let release = release(&panel);
        let uptake = &release["uptake"];
        let parts = [("online", Some(10)), ("independent", None), ("hr", None), ("declined", Some(0))];
        assert_eq!(counts_of(&uptake["by_mode"]["cells"])[..4], named(parts), "two talked to HR");
        let shown = [("online", Some(10)), ("independent", None), ("hr", None), ("import", None)];
        assert_eq!(by_mode(&release, "directorate"), named(shown));
        assert!(uptake.get("independent_option").is_none(), "there was no time before");
    }

    fn whoever_waits_for_an_interview_has_not_answered_yet(app: TestApp) {
        let mut panel = panel(&app);
        switch_on(&mut panel);
        let ivor = panel.independent("Ivor");
        let codes = invite(&panel, 40);
        answer_online(&panel, &codes[..12]);
        let people: Vec<InvitationId> = codes[12..19].iter().map(|code| take_up(&panel, code)).collect();
        people.iter().for_each(|person| panel.ask(person, interview::Mode::Independent, request()));
        let of = |release: &Value| counts_of(&release["uptake"]["by_mode"]["cells"]);
        let parts = |online, independent, outstanding| {
            let parts = [("online", online), ("independent", independent), ("hr", 0), ("declined", 0)];
            named([parts[0], parts[1], parts[2], parts[3], ("outstanding", outstanding)].map(|(name, count)| (name, Some(count))))
        };
        assert_eq!(of(&release(&panel)), parts(12, 0, 28));
        panel.pass_days(2);
        for listed in panel.listed(&ivor) {
            panel.take(&ivor, &listed.case.id).unwrap();
            panel.close(&ivor, &listed.case.id, 0).unwrap();
        }
        respond(&panel, response::Mode::Independent, 7);
        let second = release(&panel);
        assert_eq!(of(&second), parts(12, 7, 21));
        assert_eq!((&second["uptake"]["interviews"]["held"], &second["base"]), (&json!(7), &json!(19)));
    }
}
