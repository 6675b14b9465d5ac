//! Administrators' pages, through the door.

use crate::staff::tests::app;
use crate::staff::{interviewer, link, organisation};
use crate::web::visitor::{PASSWORD, Visitor, account, link_to};
use actix_web::http::StatusCode;

#[actix_web::test]
async fn from_the_set_up_link_to_somebody_of_hr_who_signs_in() {
    let app = app();
    let now = app.clock.now();
    let token = app.db.write_blocking(|conn| link::mint_set_up(conn, &app.keys, now)).unwrap().unwrap();
    let set_up = link::set_up_path(&token);
    let mut admin = Visitor::new(&app);
    assert_eq!(admin.get(&set_up).await.status, StatusCode::OK);
    let wrong = admin.post(&set_up, &[("name", ""), ("email", "Ada"), ("password", "short")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Enter your name", "Enter an email address", "12 characters or more", "value=\"Ada\""] {
        assert!(wrong.body.contains(words), "{words}");
    }
    let form = [("name", "Ada"), ("email", "ada@example.org"), ("password", PASSWORD)];
    assert_eq!(admin.post(&set_up, &form).await.location, "/admin/organisations");
    assert_eq!(Visitor::new(&app).get(&set_up).await.status, StatusCode::NOT_FOUND);

    let to = admin.post("/admin/organisations", &[("name", "Milbury Council")]).await.location;
    let again = admin.post("/admin/organisations", &[("name", "Milbury Council")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = admin.post(&format!("{to}/accounts"), &[("name", "Ann"), ("email", "ann@example.org")]).await;
    let path = link_to(&shown.body, "/sign-in/links/");
    let taken = admin.post(&format!("{to}/accounts"), &[("name", "Ann"), ("email", "Ann@Example.org")]).await;
    assert!(taken.status == StatusCode::UNPROCESSABLE_ENTITY && taken.body.contains("already an account"));

    let mut ann = Visitor::new(&app);
    assert!(ann.get(&path).await.body.contains("Choose a password"));
    assert_eq!(ann.post(&path, &[("password", "short")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ann.post(&path, &[("password", PASSWORD)]).await.location, "/hr/campaigns");
    assert_eq!(ann.get("/admin/organisations").await.status, StatusCode::NOT_FOUND);
    assert_eq!(admin.get("/hr/record").await.status, StatusCode::NOT_FOUND);
    let record = admin.get("/admin/record").await.body;
    assert!(record.contains("Added organisation Milbury Council") && record.contains("Opened an account for Ann"));
}

#[actix_web::test]
async fn a_closed_account_is_signed_out_and_stays_out() {
    let app = app();
    let (ada, ann) = (account(&app, None, "ada@example.org"), account(&app, Some("Milbury"), "ann@example.org"));
    let (mut admin, mut hr) = (Visitor::signed_in(&app, &ada), Visitor::signed_in(&app, &ann));
    let path = format!("/admin/accounts/{}/closure", ann.id);
    assert!(admin.get(&path).await.body.contains("Close the account of Ann Jones?"));
    assert!(admin.post(&path, &[]).await.location.ends_with("?done=closed"));
    assert_eq!(hr.get("/hr/record").await.location, "/sign-in");
    assert_eq!(admin.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn a_survey_file_is_published_or_every_problem_shown_with_its_line() {
    let app = app();
    let mut admin = Visitor::signed_in(&app, &account(&app, None, "ada@example.org"));
    let bad = "code = \"Not a code\"\nkind = \"party\"\n";
    let refused = admin.upload("/admin/surveys", &[("source", "")], bad.as_bytes()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Line 1, column") && refused.body.contains("Line 2, column"), "{}", refused.body);
    assert!(refused.body.contains("kind = &quot;party&quot;"), "the text is kept");
    let (name, source) = crate::survey::shipped()[0];
    let published = admin.post(&format!("/admin/surveys/shipped/{name}"), &[]).await;
    assert_eq!(published.location, "/admin/surveys?done=published");
    let pasted = admin.upload("/admin/surveys", &[("source", source)], b"").await;
    assert_eq!(pasted.location, "/admin/surveys?done=published");
    let hash = crate::survey::hash(source);
    assert!(admin.get("/admin/surveys?done=published").await.body.contains(&hash));
    assert_eq!(admin.get(&format!("/admin/surveys/{hash}")).await.status, StatusCode::OK);
    assert_eq!(admin.post("/admin/surveys/shipped/nonesuch", &[]).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn an_independent_interviewer_is_added_invited_and_changed() {
    let app = app();
    account(&app, Some("Milbury"), "ann@example.org");
    let mut admin = Visitor::signed_in(&app, &account(&app, None, "ada@example.org"));
    let milbury = app.db.read_blocking(|conn| organisation::by_name(conn, "Milbury")).unwrap().unwrap().id;
    let wrong = admin.post("/admin/interviewers", &[("name", ""), ("email", "ina"), ("about", " ")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Enter a name", "Enter an email address", "Write a sentence or two", "Choose who employs them"] {
        assert!(wrong.body.contains(words), "{words}");
    }
    let new = [("name", "Ina Frost"), ("email", "ina@example.org"), ("about", "Retired"), ("employer", "none")];
    let shown = admin.post("/admin/interviewers", &new).await;
    let mut ina = Visitor::new(&app);
    let path = link_to(&shown.body, "/sign-in/links/");
    assert_eq!(ina.post(&path, &[("password", PASSWORD)]).await.location, "/interviews");
    assert_eq!(ina.get("/hr/campaigns").await.status, StatusCode::NOT_FOUND);

    let known = app.db.read_blocking(interviewer::pool).unwrap().remove(0);
    app.db.write_blocking(|conn| interviewer::serve(conn, &known.account.id, &milbury)).unwrap();
    assert!(admin.get("/admin/interviewers").await.body.contains("<td>Milbury</td>"));
    let path = format!("/admin/interviewers/{}", known.account.id);
    assert!(admin.get(&path).await.body.contains("Retired"));
    let employed = [("about", "Works for Milbury"), ("employer", milbury.as_str())];
    assert_eq!(admin.post(&path, &employed).await.location, "/admin/interviewers?done=changed");
    let known = app.db.read_blocking(|conn| interviewer::get(conn, &known.account.id)).unwrap().unwrap();
    assert_eq!((known.about.as_str(), known.employer.as_ref()), ("Works for Milbury", Some(&milbury)));
    assert!(app.db.read_blocking(|conn| interviewer::serving(conn, &milbury)).unwrap().is_empty());
    assert!(admin.get("/admin/record").await.body.contains("Changed what is said of Ina Frost"));
}

#[actix_web::test]
async fn an_interviewer_of_an_organisation_is_added_on_its_page() {
    let app = app();
    account(&app, Some("Milbury"), "ann@example.org");
    let mut admin = Visitor::signed_in(&app, &account(&app, None, "ada@example.org"));
    let milbury = app.db.read_blocking(|conn| organisation::by_name(conn, "Milbury")).unwrap().unwrap().id;
    let page = format!("/admin/organisations/{milbury}");
    let form = admin.get(&format!("{page}/interviewers/new")).await.body;
    assert!(!form.contains("Who employs them") && form.contains("confidential and not anonymous"));
    let new = [("name", "Pia Dunn"), ("email", "pia@example.org"), ("about", "Principal social worker")];
    admin.post(&format!("{page}/interviewers"), &new).await;
    let listed = admin.get(&page).await.body;
    assert!(listed.contains("Pia Dunn") && listed.contains("<td>Holds interviews</td>"), "{listed}");
    let serving = app.db.read_blocking(|conn| interviewer::serving(conn, &milbury)).unwrap();
    assert_eq!((serving.len(), serving[0].is_independent()), (1, false));
    let path = format!("/admin/interviewers/{}", serving[0].account.id);
    assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND, "only those of the pool are changed there");
    assert_eq!(admin.post("/admin/organisations/nonesuch/interviewers", &new).await.status, StatusCode::NOT_FOUND);
}
