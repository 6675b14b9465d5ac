//! As HR and as an administrator, on every page that they have, and on the
//! published report.

use super::sign_in;
use crate::support::TestApp;
use crate::support::browser::{Browser, NARROW};
use crate::support::council::{Council, administrator};
use candour::id::AccountId;
use candour::release::{self, UptakeCounts};
use candour::response::{self, Mode};
use candour::staff::interviewer::{self, Conflict};
use candour::staff::link::{self, LinkPurpose};
use candour::staff::{EmailAddress, account};
use candour::survey::{self, Answer, Answers, Code};
use std::collections::BTreeSet;
use std::ops::Range;

/// A council of which enough people have answered for a report with something in
/// it: the shipped survey, three directorates of different sizes.
pub(super) fn released(app: &TestApp) -> Council {
    let (_, source) = survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap();
    let survey = survey::parse(source).unwrap().survey;
    let breakdown = survey.breakdowns().next().unwrap().code.clone();
    let council = Council::with_survey(&app.app, "Milbury", source, &[breakdown.as_str()]);
    came(app, &council, 0..40);
    let now = app.app.clock.now();
    app.app
        .db
        .write_blocking(|conn| {
            let uptake = UptakeCounts { offered: 90, taken_up: 40, ..UptakeCounts::default() };
            release::create(conn, &app.app.keys, now, &council.campaign, "Milbury", &survey, uptake)?;
            release::store::publish(conn, &council.campaign.id, 1)?;
            anyhow::Ok(())
        })
        .unwrap();
    council
}

/// People of these numbers answer the shipped survey.
fn came(app: &TestApp, council: &Council, numbers: Range<usize>) {
    let campaign = &council.campaign;
    app.app
        .db
        .write_blocking(|conn| {
            let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
            let people: Vec<Answers> = numbers.map(|number| answers(&survey, number)).collect();
            response::record_all(conn, &app.app.keys, &campaign.id, Mode::Online, &survey, &people)
        })
        .unwrap();
}

/// Something for every question with options, different from person to person.
fn answers(survey: &survey::Survey, number: usize) -> Answers {
    let mut answers = Answers::new();
    for (at, question) in survey.questions().enumerate() {
        let open: Vec<&Code> =
            question.choices().iter().filter(|choice| choice.missing.is_none()).map(|choice| &choice.code).collect();
        let chosen = |step: usize| open[(number * step + at) % open.len().min(3 + at % 4)].clone();
        let answer = match question.type_name() {
            "single" | "scale" => Answer::One(chosen(1)),
            "multiple" => Answer::Many(BTreeSet::from([chosen(1)])),
            "rating" => Answer::Rating(u8::try_from((number * 3 + at) % 11).unwrap()),
            _ => continue,
        };
        answers.insert(question.code.clone(), answer);
    }
    survey::journey::prune(survey, &answers)
}

#[test]
fn every_page_of_hr_passes_the_checker() {
    let app = TestApp::on_sqlite();
    let council = released(&app);
    let site = app.url();
    let campaign = format!("{site}/hr/campaigns/{}", council.campaign.id);
    Browser::run(true, async |browser| {
        let mut faults = Vec::new();
        browser.open(&format!("{site}/sign-in")).await;
        faults.extend(browser.faults("sign-in").await);
        browser.turn("Sign in").await;
        faults.extend(browser.faults("sign-in-wrong").await);
        browser.open(&format!("{site}/sign-in/link")).await;
        faults.extend(browser.faults("sign-in-link").await);
        sign_in(&browser, &app, &council.hr_email).await;
        faults.extend(browser.faults("hr-campaigns").await);

        browser.follow("Open a campaign").await;
        faults.extend(browser.faults("hr-campaign-survey").await);
        browser.tick("input[name=survey_version]").await;
        browser.turn("Continue").await;
        faults.extend(browser.faults("hr-campaign-new").await);
        browser.press("Open the campaign").await;
        browser.expect("Enter a name").await;
        faults.extend(browser.faults("hr-campaign-new-wrong").await);

        browser.open(&format!("{campaign}/people/new")).await;
        faults.extend(browser.faults("hr-people").await);
        browser.fill("textarea[name=list]", "name,email\nPat,pat@\nLee,lee@example.org\n").await;
        browser.press("Add these people").await;
        browser.expect("Line 2").await;
        faults.extend(browser.faults("hr-people-wrong").await);
        browser.fill("textarea[name=list]", "name,email\nPat,letter\nLee,lee@example.org\n").await;
        browser.press("Add these people").await;
        browser.expect("Send 1 invitation").await;
        faults.extend(browser.faults("hr-campaign").await);
        browser.turn("Print 1 letter").await;
        faults.extend(browser.faults("hr-letters").await);

        for (name, path) in [
            ("hr-min-base", format!("{campaign}/min-base")),
            ("hr-closure", format!("{campaign}/closure")),
            ("hr-report", format!("{campaign}/releases/1")),
            ("hr-tokens", format!("{site}/hr/tokens")),
            ("hr-token-new", format!("{site}/hr/tokens/new")),
            ("api", format!("{site}/api")),
            ("hr-record", format!("{site}/hr/record")),
            ("password", format!("{site}/password")),
        ] {
            browser.open(&path).await;
            faults.extend(browser.faults(name).await);
        }
        browser.open(&campaign).await;
        browser.press("Make the next release").await;
        browser.expect("more responses are needed").await;
        faults.extend(browser.faults("hr-release-too-few").await);
        faults.extend(make_a_token(&browser, site).await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

/// What is wrong with the pages on the way.
async fn make_a_token(browser: &Browser, site: &str) -> Vec<String> {
    browser.open(&format!("{site}/hr/tokens/new")).await;
    browser.turn("Make the token").await;
    browser.expect("Enter what the token is for").await;
    let mut faults = browser.faults("hr-token-new-wrong").await;
    browser.fill("input[name=name]", "Dashboard").await;
    browser.turn("Make the token").await;
    faults.extend(browser.faults("hr-token-shown").await);
    browser.follow("Done").await;
    browser.expect("Figures of all campaigns").await;
    faults.extend(browser.faults("hr-tokens-made").await);
    faults
}

#[test]
fn a_preview_passes_the_checker_and_becomes_the_release() {
    let app = TestApp::on_sqlite();
    let council = released(&app);
    came(&app, &council, 40..47);
    Browser::run(true, async |browser| {
        sign_in(&browser, &app, &council.hr_email).await;
        browser.open(&format!("{}/hr/campaigns/{}", app.url(), council.campaign.id)).await;
        browser.press("Preview the next release").await;
        browser.expect("What release 2 would show").await;
        let faults = browser.faults("hr-preview").await;
        browser.press("Make release 2").await;
        browser.expect("The release is made").await;
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

#[test]
fn hrs_pages_about_interviews_pass_the_checker() {
    let app = TestApp::on_sqlite();
    let council = released(&app);
    let site = app.url();
    Browser::run(true, async |browser| {
        sign_in(&browser, &app, &council.hr_email).await;
        browser.open(&format!("{site}/hr/interviewers")).await;
        let mut faults = browser.faults("hr-interviewers").await;
        browser.press("Let them hold interviews").await;
        browser.expect("Choose who is to hold interviews").await;
        faults.extend(browser.faults("hr-interviewers-wrong").await);
        browser.open(&format!("{site}/hr/campaigns/{}/modes", council.campaign.id)).await;
        faults.extend(browser.faults("hr-modes").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

/// Somebody of the pool, who serves the council and has declared a conflict.
fn interviewer(app: &TestApp, council: &Council) -> AccountId {
    let email: EmailAddress = "ina@example.org".parse().unwrap();
    app.app
        .db
        .write_blocking(|conn| {
            if let Some(known) = account::by_email(conn, &email)? {
                return Ok(known.id);
            }
            let ina = interviewer::open(conn, None, "Ina Frost", email, None, "A social worker for twenty years")?;
            interviewer::serve(conn, &ina.id, &council.organisation)?;
            let directorate = Some(Code::new("adults").unwrap());
            let conflict = Conflict { organisation_id: council.organisation.clone(), directorate };
            interviewer::declare(conn, &ina.id, &conflict)?;
            anyhow::Ok(ina.id)
        })
        .unwrap()
}

#[test]
fn an_interviewers_conflicts_pass_the_checker() {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Milbury");
    let (ina, keys, now) = (interviewer(&app, &council), &app.app.keys, app.app.clock.now());
    let token = app.app.db.write_blocking(|conn| link::mint(conn, keys, now, &ina, LinkPurpose::SignIn)).unwrap();
    Browser::run(true, async |browser| {
        browser.open(&format!("{}{}", app.url(), link::path(&token))).await;
        browser.press("Sign in").await;
        browser.expect("Sign out").await;
        browser.open(&format!("{}/interviews/conflicts", app.url())).await;
        browser.expect("Milbury: Adults").await;
        let mut faults = browser.faults("interviewer-conflicts").await;
        browser.press("Declare it").await;
        browser.expect("Choose an organisation").await;
        faults.extend(browser.faults("interviewer-conflicts-wrong").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

#[test]
fn every_page_of_an_administrator_passes_the_checker() {
    let app = TestApp::on_sqlite();
    administrator(&app.app, "ada@example.org");
    let council = Council::new(&app.app, "Milbury");
    let site = app.url();
    Browser::run(true, async |browser| {
        let mut faults = Vec::new();
        sign_in(&browser, &app, "ada@example.org").await;
        for (name, path) in [
            ("admin-organisations", "/admin/organisations".to_owned()),
            ("admin-organisation-new", "/admin/organisations/new".to_owned()),
            ("admin-organisation", format!("/admin/organisations/{}", council.organisation)),
            ("admin-account-new", format!("/admin/organisations/{}/accounts/new", council.organisation)),
            ("admin-interviewer-own", format!("/admin/organisations/{}/interviewers/new", council.organisation)),
            ("admin-interviewers", "/admin/interviewers".to_owned()),
            ("admin-interviewer-new", "/admin/interviewers/new".to_owned()),
            ("admin-interviewer", format!("/admin/interviewers/{}", interviewer(&app, &council))),
            ("admin-administrators", "/admin/administrators".to_owned()),
            ("admin-surveys", "/admin/surveys".to_owned()),
            ("admin-survey-new", "/admin/surveys/new".to_owned()),
            ("admin-survey", format!("/admin/surveys/{}", council.campaign.survey_version)),
            ("admin-record", "/admin/record".to_owned()),
        ] {
            browser.open(&format!("{site}{path}")).await;
            faults.extend(browser.faults(name).await);
        }
        browser.open(&format!("{site}/admin/surveys/new")).await;
        browser.fill("textarea[name=source]", "code = 'x'\nkind = 'other'").await;
        browser.turn("Publish").await;
        faults.extend(browser.faults("admin-survey-wrong").await);
        browser.open(&format!("{site}/admin/organisations/{}/accounts/new", council.organisation)).await;
        browser.fill("input[name=name]", "Harry Reid").await;
        browser.fill("input[name=email]", "harry@example.org").await;
        browser.press("Add the account").await;
        browser.expect("Pass this link on").await;
        faults.extend(browser.faults("admin-account-link").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

#[test]
fn the_published_report_passes_the_checker_and_needs_no_javascript() {
    let app = TestApp::on_sqlite();
    let council = released(&app);
    let id = app.app.db.read_blocking(|conn| release::store::find(conn, &council.campaign.id, 1)).unwrap().unwrap().id;
    let report = format!("{}/reports/{id}", app.url());
    Browser::run(true, async |browser| {
        browser.open(&report).await;
        let faults = browser.faults("report").await;
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
    Browser::run(false, async |browser| {
        browser.resize(NARROW).await;
        browser.open(&report).await;
        browser.expect("Milbury").await;
        assert!(browser.has("main svg").await && browser.has("main table").await);
        browser.close().await;
    });
}
