//! Those who hold interviews, at their pages: whom they declare, and what becomes
//! of their cases when they may not go on.

use crate::interview::panel::{Panel, request};
use crate::support::council::administrator;
use crate::support::{TestApp, Visitor};
use candour::id::AccountId;
use candour::interview::{Mode, State};
use candour::staff::link::{self, LinkPurpose};
use candour::staff::{EmailAddress, account, interviewer};
use std::process::Command;

/// Somebody who has signed in by a link.
fn signed_in(app: &TestApp, account: &AccountId) -> Visitor {
    let (keys, now) = (&app.app.keys, app.app.clock.now());
    let token = app.app.db.write_blocking(|conn| link::mint(conn, keys, now, account, LinkPurpose::SignIn)).unwrap();
    let mut visitor = app.visitor();
    visitor.open(&link::path(&token));
    visitor.press("Sign in", &[]);
    visitor
}

fn by_email(app: &TestApp, email: &str) -> AccountId {
    let email: EmailAddress = email.parse().unwrap();
    app.app.db.read_blocking(|conn| account::by_email(conn, &email)).unwrap().unwrap().id
}

on_both! {
    fn what_is_declared_is_kept_and_its_cases_go_to_somebody_else(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, person) = (panel.independent("Ivor"), panel.person());
        panel.ask(&person, Mode::Independent, request());
        let (_, case) = panel.holder(&[&ivor]).unwrap();
        panel.take(&ivor, &case).unwrap();
        let isla = panel.independent("Isla");
        let mut visitor = signed_in(&app, &ivor);
        visitor.open("/interviews/conflicts").expect(200, "You have named none");
        visitor.press("Declare it", &[("what", "")]).expect(422, "Choose an organisation, or a part of one");
        visitor.press("Declare it", &[("what", &format!("{}/nonesuch", panel.council.organisation))]);
        visitor.page.expect(422, "Choose an organisation");
        let finance = format!("{}/finance", panel.council.organisation);
        visitor.press("Declare it", &[("what", &finance)]).expect(200, "Westmere: Finance");
        assert!(panel.open(&ivor, &case).is_some(), "a case of another directorate stays");
        let adults = format!("{}/adults", panel.council.organisation);
        visitor.press("Declare it", &[("what", &adults)]).expect(200, "Any that you had go to somebody else");
        assert!(panel.open(&ivor, &case).is_none());
        assert_eq!(panel.holder(&[&ivor, &isla]).unwrap().0, &isla);
        visitor.press("Take it back", &[("what", &adults)]).expect(200, "It is taken back");
        assert!(!visitor.page.all("ul.list span").contains(&"Westmere: Adults".to_owned()));
        assert_eq!(panel.holder(&[&ivor, &isla]).unwrap().0, &isla, "what has gone does not come back");
    }

    fn what_an_interviewer_declares_is_in_the_installations_record_and_not_in_their_colleagues(app: TestApp) {
        let panel = Panel::new(&app.app);
        let pia = panel.of_the_council("Pia");
        let mut visitor = signed_in(&app, &pia);
        visitor.open("/interviews/conflicts");
        let all = format!("{}/", panel.council.organisation);
        visitor.press("Declare it", &[("what", &all)]).expect(200, "Westmere");
        administrator(&app.app, "ada@example.org");
        let mut ada = signed_in(&app, &by_email(&app, "ada@example.org"));
        ada.open("/admin/record").expect(200, "Declared a conflict with Westmere");
        let mut hattie = signed_in(&app, &by_email(&app, &panel.council.hr_email));
        assert!(!hattie.open("/hr/record").has("Declared"));
    }

    fn an_interviewer_says_who_they_are(app: TestApp) {
        let panel = Panel::new(&app.app);
        let ivor = panel.independent("Ivor");
        let mut visitor = signed_in(&app, &ivor);
        visitor.open("/interviews/conflicts").expect(200, "Somebody to talk to");
        visitor.press("Save", &[("about", " ")]).expect(422, "Write a sentence or two");
        visitor.press("Save", &[("about", "A retired\r\nheadteacher")]).expect(200, "Leavers read it from now on");
        let known = panel.read(|conn| candour::interview::interviewers(conn, &panel.council.campaign, Mode::Independent));
        assert_eq!(known[0].about, "A retired headteacher");
    }

    fn an_account_that_is_closed_leaves_no_case_behind(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, person) = (panel.independent("Ivor"), panel.person());
        panel.ask(&person, Mode::Independent, request());
        let (_, case) = panel.holder(&[&ivor]).unwrap();
        panel.take(&ivor, &case).unwrap();
        administrator(&app.app, "ada@example.org");
        let mut ada = signed_in(&app, &by_email(&app, "ada@example.org"));
        ada.open("/admin/interviewers").expect(200, "Ivor");
        ada.open(&format!("/admin/accounts/{ivor}/closure")).expect(200, "go to somebody else");
        ada.press("Close the account", &[]).expect(200, "The account is closed");
        assert_eq!(panel.standing(&person).unwrap().state, State::Waiting);
        assert!(panel.listed(&ivor).is_empty());
    }
}

on_both! {
    fn hr_chooses_from_the_pool_and_what_somebody_was_only_offered_goes_to_another(app: TestApp) {
        let panel = Panel::new(&app.app);
        let (ivor, isla, erin) = (panel.independent("Ivor"), panel.independent("Isla"), panel.independent("Erin"));
        let employed = app.app.db.read_blocking(|conn| account::get(conn, &erin)).unwrap().unwrap();
        let here = panel.council.organisation.clone();
        panel.write(|conn| interviewer::enrol(conn, &employed, Some(&here), "Works here"));
        let mut hattie = signed_in(&app, &by_email(&app, &panel.council.hr_email));
        hattie.open("/hr/interviewers").expect(200, "Ivor");
        assert!(!hattie.page.has("Erin"), "their own people are not independent of them");
        hattie.press("Save", &[("interviewer", ivor.as_str())]).expect(200, "Saved");
        panel.ask(&panel.person(), Mode::Independent, request());
        assert_eq!(panel.holder(&[&ivor, &isla]).unwrap().0, &ivor);
        hattie.press("Save", &[("interviewer", isla.as_str()), ("interviewer", erin.as_str())]);
        assert_eq!(panel.holder(&[&ivor, &isla, &erin]).unwrap().0, &isla);
        assert_eq!(hattie.page.attributes("input[name=interviewer][checked]", "value"), [isla.as_str()]);
        hattie.open("/hr/record").expect(200, "Lets interviews be held by Isla");
        assert!(hattie.page.has("No longer lets interviews be held by Ivor"));
    }

    fn a_colleague_in_hr_holds_interviews_until_hr_ends_it(app: TestApp) {
        let panel = Panel::new(&app.app);
        let hattie = by_email(&app, &panel.council.hr_email);
        let mut visitor = signed_in(&app, &hattie);
        visitor.open("/interviews/conflicts").expect(404, "There is no such page");
        visitor.open("/hr/interviewers");
        assert!(!visitor.page.has("My interviews"));
        visitor.press("Let them hold interviews", &[("colleague", ""), ("about", "")]);
        visitor.page.expect(422, "Choose who is to hold interviews").expect(422, "Write a sentence or two");
        let new = [("colleague", hattie.as_str()), ("about", "HR adviser")];
        visitor.press("Let them hold interviews", &new).expect(200, "My interviews");
        panel.ask(&panel.person(), Mode::Hr, request());
        let (_, case) = panel.holder(&[&hattie]).unwrap();
        panel.take(&hattie, &case).unwrap();
        visitor.open("/interviews/conflicts").expect(200, "HR adviser");
        visitor.open("/hr/interviewers");
        visitor.press("No more interviews", &[]).expect(200, "Any that they had go to somebody else");
        assert!(!visitor.page.has("My interviews") && panel.open(&hattie, &case).is_none());
        visitor.open("/interviews/conflicts").expect(404, "There is no such page");
    }

    fn whoever_is_in_a_post_is_not_unmade_by_hr_nor_is_another_councils_colleague(app: TestApp) {
        let panel = Panel::new(&app.app);
        let pia = panel.of_the_council("Pia");
        let other = crate::support::council::Council::new(&app.app, "Aldham");
        let theirs = by_email(&app, &other.hr_email);
        let mut hattie = signed_in(&app, &by_email(&app, &panel.council.hr_email));
        hattie.open("/hr/interviewers").expect(200, "Pia");
        assert!(hattie.page.all("table button").is_empty());
        let choices = hattie.page.attributes("select[name=colleague] option", "value");
        assert_eq!(choices.len(), 2, "Choose..., and Hattie herself");
        hattie.press("Let them hold interviews", &[("colleague", theirs.as_str()), ("about", "x")]);
        hattie.page.expect(422, "Choose who is to hold interviews");
        assert!(panel.read(|conn| interviewer::get(conn, &theirs)).is_none());
        assert!(panel.read(|conn| interviewer::get(conn, &pia)).is_some());
    }
}

#[test]
fn an_operator_adds_interviewers_from_the_command_line() {
    let app = TestApp::on_sqlite();
    let panel = Panel::new(&app.app);
    let run = |words: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_candour"))
            .args(words)
            .env_clear()
            .env("CANDOUR_DATABASE", app.database_url())
            .env("CANDOUR_KEY_FILE", &app.app.settings.key_file)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (done.status.success(), text(&done.stdout), text(&done.stderr))
    };
    let add = ["account", "add", "--role", "interviewer", "--name"];
    let ina = ["Ina Frost", "--email", "ina@example.org", "--employer", "Westmere", "--about", "Retired"];
    let (is_done, link, _) = run(&[&add[..], &ina[..]].concat());
    assert!(is_done && link.contains("/sign-in/links/"), "{link}");
    let pia = ["Pia Dunn", "--email", "pia@example.org", "--organisation", "Westmere", "--about", "In a post"];
    assert!(run(&[&add[..], &pia[..]].concat()).0);
    let known = panel.read(interviewer::pool).remove(0);
    assert_eq!(
        (known.account.name.as_str(), known.employer.as_ref()),
        ("Ina Frost", Some(&panel.council.organisation))
    );
    let (_, list, _) = run(&["account", "list"]);
    let line = |name: &str| list.lines().find(|line| line.contains(name)).unwrap().to_owned();
    assert!(line("Ina Frost").contains("independent interviewer") && line("Pia Dunn").contains("Westmere"), "{list}");
    for (words, why) in [
        (&["Ivo", "--email", "ivo@example.org"][..], "--about"),
        (&["Ivo", "--email", "ivo@example.org", "--about", "x", "--employer", "Nowhere"][..], "Nowhere"),
        (
            &[
                "Ivo",
                "--email",
                "ivo@example.org",
                "--about",
                "x",
                "--employer",
                "Westmere",
                "--organisation",
                "Westmere",
            ][..],
            "cannot be used with",
        ),
    ] {
        let (is_done, _, error) = run(&[&add[..], words].concat());
        assert!(!is_done && error.contains(why), "{error}");
    }
}
