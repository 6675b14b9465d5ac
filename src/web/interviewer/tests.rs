//! Interviewers' pages, through the door.

mod read_back;

use crate::app::App;
use crate::campaign::{self, Campaign, NewCampaign};
use crate::id::{InterviewId, InvitationId};
use crate::interview::{self, Channel, Mode, Request};
use crate::staff::tests::app;
use crate::staff::{self, Account, Role, interviewer, organisation};
use crate::survey::{self, Lang};
use crate::web::visitor::Visitor;
use actix_web::http::StatusCode;
use std::collections::BTreeSet;

/// An organisation with a campaign of the shipped exit survey.
fn council(app: &App, name: &str) -> Campaign {
    let now = app.clock.now();
    let source = survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap().1;
    app.db
        .write_blocking(|conn| {
            let organisation = organisation::create(conn, name).unwrap();
            let hash = survey::hash(source);
            if survey::store::load(conn, &hash)?.is_none() {
                survey::store::publish(conn, now, source).unwrap();
            }
            let new = NewCampaign::new(organisation.id, hash, "Leavers 2027");
            Ok::<_, diesel::result::Error>(campaign::open(conn, &app.keys, now, new).unwrap())
        })
        .unwrap()
}

/// Somebody who holds interviews for these campaigns' organisations.
fn interviewer(app: &App, role: Role, name: &str, serves: &[&Campaign]) -> Account {
    app.db
        .write_blocking(|conn| {
            let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
            let account = staff::account::open(conn, role, name, email.parse().unwrap()).unwrap();
            interviewer::enrol(conn, &account, None, "A social worker from the next county").unwrap();
            for campaign in serves {
                interviewer::serve(conn, &account.id, &campaign.organisation_id)?;
            }
            staff::account::get(conn, &account.id)
        })
        .unwrap()
        .unwrap()
}

fn request(name: &str, channel: Channel, reach: &str) -> Request {
    Request {
        name: name.to_owned(),
        channel,
        reach: reach.to_owned(),
        times: "Evenings after six".to_owned(),
        access: "Speaks slowly after a stroke".to_owned(),
        lang: Lang::En,
        avoid: BTreeSet::new(),
        directorate: None,
    }
}

/// Asks for an interview, which is offered to `to`: there is nobody else.
fn ask(app: &App, campaign: &Campaign, mode: Mode, request: Request, to: &Account) -> InterviewId {
    let (now, invitation) = (app.clock.now(), InvitationId::random());
    app.db
        .write_blocking(|conn| {
            let before = interview::listed(conn, &app.keys, now, &to.id)?;
            interview::ask(conn, &app.keys, now, campaign, mode, &invitation, request, b"right")?;
            let mut all = interview::listed(conn, &app.keys, now, &to.id)?;
            all.retain(|one| before.iter().all(|old| old.case.id != one.case.id));
            Ok::<_, diesel::result::Error>(all.pop().expect("the case is offered to them").case.id)
        })
        .unwrap()
}

/// Ines, independent, with a case of Pat's that she was offered.
fn ines(app: &App) -> (Visitor, Campaign, Account, InterviewId) {
    let milbury = council(app, "Milbury Council");
    let ines = interviewer(app, Role::Interviewer(None), "Ines Field", &[&milbury]);
    let pat = request("Pat Moss", Channel::Telephone, "01234 567890");
    let id = ask(app, &milbury, Mode::Independent, pat, &ines);
    (Visitor::signed_in(app, &ines), milbury, ines, id)
}

#[actix_web::test]
async fn an_offered_case_says_what_is_needed_to_decide_and_nothing_of_whose_it_is() {
    let app = app();
    let (mut ines, _, _, id) = ines(&app);
    let list = ines.get("/interviews").await.body;
    for words in
        ["Offered to you", "By telephone in English, for Milbury Council", "Evenings after six", "Take it", "Not me"]
    {
        assert!(list.contains(words), "{words} is not in {list}");
    }
    for secret in ["Pat", "Moss", "567890", "stroke"] {
        assert!(!list.contains(secret), "{secret} is in {list}");
    }
    for page in ["", "/plan", "/calendar.ics", "/passing", "/read-back"] {
        let refused = ines.get(&format!("/interviews/{id}{page}")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{page}");
        assert!(!refused.body.contains("Pat"));
    }
    for page in ["/plan", "/read-back", "/read-back/links", "/read-back/mails"] {
        let form = [("version", "0"), ("date", "2027-02-01"), ("time", "10:00"), ("minutes", "30")];
        assert_eq!(ines.post(&format!("/interviews/{id}{page}"), &form).await.status, StatusCode::NOT_FOUND, "{page}");
    }
}

#[actix_web::test]
async fn a_taken_case_shows_how_to_reach_them_and_rings() {
    let app = app();
    let (mut ines, _, _, id) = ines(&app);
    let to = ines.post(&format!("/interviews/{id}/taking"), &[]).await.location;
    let page = ines.get(&to).await.body;
    for words in [
        "It is yours.",
        "Pat Moss",
        "href=\"tel:01234567890\"",
        "Evenings after six",
        "stroke",
        "Agree a time",
        "My name is Ines Field",
    ] {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert!(!title.contains("Pat"), "{title}");
    let list = ines.get("/interviews").await.body;
    assert!(list.contains("Yours") && list.contains("Pat Moss") && !list.contains("Offered to you"));
    let again = ines.post(&format!("/interviews/{id}/taking"), &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "pressed twice");
}

#[actix_web::test]
async fn not_me_gives_the_case_to_another_and_whoever_comes_second_is_told() {
    let app = app();
    let (mut ines, milbury, _, id) = ines(&app);
    assert!(ines.get("/interviews").await.body.contains(id.as_str()));
    let omar = interviewer(&app, Role::Interviewer(None), "Omar Reed", &[&milbury]);
    let to = ines.post(&format!("/interviews/{id}/passing"), &[]).await.location;
    let list = ines.get(&to).await.body;
    assert!(
        list.contains("It goes to somebody else")
            && list.contains("Nothing waits for you")
            && !list.contains(id.as_str())
    );
    let late = ines.post(&format!("/interviews/{id}/taking"), &[]).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert!(late.body.contains("has gone to somebody else") && late.body.contains("withdrawn"));
    let unknown = ines.post("/interviews/nonesuch/taking", &[]).await;
    assert_eq!((unknown.status, unknown.body), (late.status, late.body));
    assert!(Visitor::signed_in(&app, &omar).get("/interviews").await.body.contains(id.as_str()));
}

#[actix_web::test]
async fn giving_a_case_back_says_what_happens_and_then_it_is_not_theirs() {
    let app = app();
    let (mut ines, _, _, id) = ines(&app);
    let case = format!("/interviews/{id}");
    ines.post(&format!("{case}/taking"), &[]).await;
    assert!(ines.get(&case).await.body.contains("Give it back"));
    let asked = ines.get(&format!("{case}/passing")).await.body;
    assert!(asked.contains("You have entered nothing that would be lost.") && asked.contains("Nobody asks you why"));
    let to = ines.post(&format!("{case}/passing"), &[("was", "taken")]).await.location;
    assert!(ines.get(&to).await.body.contains("what you had entered is erased"));
    assert_eq!(ines.get(&case).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_time_is_agreed_or_everything_that_is_wrong_is_said_and_what_was_typed_is_kept() {
    let app = app();
    let (mut ines, _, _, id) = ines(&app);
    let case = format!("/interviews/{id}");
    ines.post(&format!("{case}/taking"), &[]).await;
    assert!(ines.get(&format!("{case}/plan")).await.body.contains("01234 567890"), "who agrees a time is on the phone");
    assert_eq!(ines.get(&format!("{case}/calendar.ics")).await.status, StatusCode::NOT_FOUND);
    let wrong = [("date", "soon"), ("time", "late"), ("minutes", "many"), ("place", "Room 4")];
    let refused = ines.post(&format!("{case}/plan"), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Enter the date as", "Enter the time as", "Enter how many minutes", "value=\"soon\"", "Room 4"] {
        assert!(refused.body.contains(words), "{words} is not in {}", refused.body);
    }
    let right = [("date", "2027-02-01"), ("time", "14:30"), ("minutes", "45"), ("place", "You ring them")];
    let to = ines.post(&format!("{case}/plan"), &right).await.location;
    let page = ines.get(&to).await.body;
    assert!(page.contains("Monday 1 February 2027, 14:30 to 15:15") && page.contains("You ring them"), "{page}");
    assert!(ines.get("/interviews").await.body.contains("Monday 1 February 2027"));

    let file = ines.get(&format!("{case}/calendar.ics")).await.body;
    assert!(file.contains("DTSTART;TZID=Europe/London:20270201T143000\r\n"), "{file}");
    for secret in ["Pat", "Moss", "567890", "Milbury", "Room", "ring", id.as_str()] {
        assert!(!file.contains(secret), "{secret} is in {file}");
    }
    assert_eq!(file, ines.get(&format!("{case}/calendar.ics")).await.body, "it is the same one, moved");

    assert!(ines.get(&format!("{case}/passing")).await.body.contains("You have agreed a time"));
    let to = ines.post(&format!("{case}/plan"), &[("go", "none")]).await.location;
    assert!(ines.get(&to).await.body.contains("No time is agreed"));
}

#[actix_web::test]
async fn hr_that_holds_interviews_sees_its_own_organisations_hr_cases_only() {
    let app = app();
    let (milbury, aldham) = (council(&app, "Milbury Council"), council(&app, "Aldham Council"));
    let ines = interviewer(&app, Role::Interviewer(None), "Ines Field", &[&milbury, &aldham]);
    let hattie = interviewer(&app, Role::Hr(milbury.organisation_id.clone()), "Hattie Roberts", &[&milbury]);
    let angus = interviewer(&app, Role::Hr(aldham.organisation_id.clone()), "Angus Hill", &[&aldham]);
    let pat = |name| request(name, Channel::Email, "pat@example.org");
    let independent = ask(&app, &milbury, Mode::Independent, pat("Pat"), &ines);
    let hr = ask(&app, &milbury, Mode::Hr, pat("Lee"), &hattie);
    let mut hattie = Visitor::signed_in(&app, &hattie);
    let list = hattie.get("/interviews").await.body;
    assert!(list.contains(hr.as_str()) && !list.contains(independent.as_str()), "{list}");
    assert!(list.contains("HR interview"));
    for (name, account) in [("Angus", &angus), ("Ines", &ines)] {
        let mut other = Visitor::signed_in(&app, account);
        assert!(!other.get("/interviews").await.body.contains(hr.as_str()), "{name}");
        assert_eq!(other.post(&format!("/interviews/{hr}/taking"), &[]).await.status, StatusCode::NOT_FOUND, "{name}");
    }
    let to = hattie.post(&format!("/interviews/{hr}/taking"), &[]).await.location;
    let page = hattie.get(&to).await.body;
    assert!(page.contains("mailto:pat@example.org") && page.contains("It is not anonymous: I know who you are."));
    assert_eq!(hattie.get(&format!("/interviews/{independent}")).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn whoever_holds_no_interviews_has_no_such_pages() {
    let app = app();
    let (_, _, _, id) = ines(&app);
    let mut hr =
        Visitor::signed_in(&app, &crate::web::visitor::account(&app, Some("Aldham Council"), "ann@example.org"));
    for page in ["/interviews".to_owned(), format!("/interviews/{id}")] {
        assert_eq!(hr.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
        assert_eq!(Visitor::new(&app).get(&page).await.location, "/sign-in", "{page}");
    }
}
