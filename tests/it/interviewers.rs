//! Those who hold interviews, at their pages: whom they declare, and what becomes
//! of their cases when they may not go on.

use crate::interview::panel::{Panel, request};
use crate::support::council::administrator;
use crate::support::{TestApp, Visitor};
use candour::id::AccountId;
use candour::interview::{Mode, State};
use candour::staff::link::{self, LinkPurpose};
use candour::staff::{EmailAddress, account};

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
