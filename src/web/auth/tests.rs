//! Signing in and out, through the door.

use crate::staff::link::{self, LinkPurpose};
use crate::staff::tests::app;
use crate::web::visitor::{PASSWORD, Visitor, account};
use actix_web::cookie::SameSite;
use actix_web::http::StatusCode;
use chrono::TimeDelta;

#[actix_web::test]
async fn a_password_signs_in_until_signing_out_and_the_old_cookie_is_worth_nothing() {
    let app = app();
    account(&app, Some("Milbury Council"), "ann@example.org");
    let mut ann = Visitor::new(&app);
    assert_eq!(ann.get("/hr/record").await.location, "/sign-in");
    let answer = ann.post("/sign-in", &[("email", "Ann@example.org"), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/hr/campaigns"));
    let cookie = answer.set_cookies.iter().find(|cookie| cookie.name() == "candour_session").unwrap();
    assert_eq!((cookie.http_only(), cookie.same_site(), cookie.path()), (Some(true), Some(SameSite::Lax), Some("/")));
    assert_eq!(ann.get("/hr/record").await.status, StatusCode::OK);
    let before = ann.cookies.clone();
    assert_eq!(ann.post("/sign-out", &[]).await.location, "/sign-in");
    ann.cookies = before;
    assert_eq!(ann.get("/hr/record").await.location, "/sign-in");
}

#[actix_web::test]
async fn whoever_may_not_sign_in_gets_one_and_the_same_page() {
    let app = app();
    account(&app, Some("Milbury Council"), "ann@example.org");
    let closed = account(&app, None, "ben@example.org");
    app.db.write_blocking(|conn| crate::staff::account::close(conn, &closed.id)).unwrap();
    let mut pages = Vec::new();
    for (email, password) in
        [("ann@example.org", "not her password"), ("ben@example.org", PASSWORD), ("cal@example.org", PASSWORD)]
    {
        let answer = Visitor::new(&app).post("/sign-in", &[("email", email), ("password", password)]).await;
        assert!(answer.set_cookies.is_empty());
        pages.push((answer.status, answer.body.replace(email, "")));
    }
    for _ in 0..5 {
        Visitor::new(&app).post("/sign-in", &[("email", "dee@example.org"), ("password", "guess")]).await;
    }
    let locked = Visitor::new(&app).post("/sign-in", &[("email", "dee@example.org"), ("password", "guess")]).await;
    pages.push((locked.status, locked.body.replace("dee@example.org", "")));
    assert_eq!(pages[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[actix_web::test]
async fn a_token_that_is_used_is_issued_anew_and_one_that_is_left_alone_ends() {
    let app = app();
    let ann = account(&app, None, "ann@example.org");
    let mut ann = Visitor::signed_in(&app, &ann);
    assert!(ann.get("/admin/record").await.set_cookies.is_empty());
    for _ in 0..4 {
        app.clock.advance(TimeDelta::minutes(20));
        let answer = ann.get("/admin/record").await;
        assert_eq!((answer.status, answer.set_cookies.len()), (StatusCode::OK, 1));
    }
    app.clock.advance(TimeDelta::minutes(30));
    assert_eq!(ann.get("/admin/record").await.location, "/sign-in");
}

#[actix_web::test]
async fn nobody_stays_signed_in_for_longer_than_half_a_day() {
    let app = app();
    let ann = account(&app, None, "ann@example.org");
    let mut ann = Visitor::signed_in(&app, &ann);
    let mut minutes = 0;
    while ann.get("/admin/record").await.status == StatusCode::OK {
        app.clock.advance(TimeDelta::minutes(20));
        minutes += 20;
    }
    assert_eq!(minutes, 12 * 60);
}

#[actix_web::test]
async fn opening_a_link_changes_nothing_and_its_button_works_once() {
    let app = app();
    let ann = account(&app, None, "ann@example.org");
    let token = app
        .db
        .write_blocking(|conn| link::mint(conn, &app.keys, app.clock.now(), &ann.id, LinkPurpose::SignIn))
        .unwrap();
    let path = link::path(&token);
    let mut scanner = Visitor::new(&app);
    for _ in 0..3 {
        let answer = scanner.get(&path).await;
        assert_eq!((answer.status, answer.set_cookies.len()), (StatusCode::OK, 0));
    }
    let mut ann = Visitor::new(&app);
    assert_eq!(ann.post(&path, &[]).await.location, "/admin/organisations");
    assert_eq!(ann.get("/admin/record").await.status, StatusCode::OK);
    assert_eq!(Visitor::new(&app).post(&path, &[]).await.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn asking_for_a_link_looks_the_same_with_and_without_an_account_and_queues_mail_for_one() {
    use crate::db::schema::mail;
    use diesel::prelude::*;
    let app = app();
    account(&app, None, "ann@example.org");
    let mut pages = Vec::new();
    for email in ["ann@example.org", "nobody@example.org"] {
        pages.push(Visitor::new(&app).post("/sign-in/link", &[("email", email)]).await.body);
    }
    assert_eq!(pages[0], pages[1]);
    let queued = || app.db.read_blocking(|conn| mail::table.count().get_result::<i64>(conn)).unwrap();
    assert_eq!(queued(), 1);
    Visitor::new(&app).post("/sign-in/link", &[("email", "ann@example.org")]).await;
    assert_eq!(queued(), 1, "one that waits is enough");
}

#[actix_web::test]
async fn a_new_password_keeps_this_browser_and_signs_out_the_others() {
    let app = app();
    let ann = account(&app, None, "ann@example.org");
    let (mut here, mut there) = (Visitor::signed_in(&app, &ann), Visitor::signed_in(&app, &ann));
    let new = "another long walk";
    let wrong = here.post("/password", &[("current", "not this one"), ("password", "short")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("That is not your password") && wrong.body.contains("12 characters or more"));
    let done = here.post("/password", &[("current", PASSWORD), ("password", new)]).await;
    assert_eq!(done.location, "/password?done=changed");
    assert_eq!(here.get("/password?done=changed").await.status, StatusCode::OK);
    assert_eq!(there.get("/password").await.location, "/sign-in");
    let again = Visitor::new(&app).post("/sign-in", &[("email", "ann@example.org"), ("password", new)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[actix_web::test]
async fn a_role_has_one_beginning_and_the_others_pages_are_not_there() {
    let app = app();
    let (ada, ann) = (account(&app, None, "ada@example.org"), account(&app, Some("Milbury"), "ann@example.org"));
    let (mut admin, mut hr) = (Visitor::signed_in(&app, &ada), Visitor::signed_in(&app, &ann));
    assert_eq!(admin.get("/hr").await.location, "/admin/organisations");
    assert_eq!(hr.get("/admin").await.location, "/hr/campaigns");
    for path in
        ["/admin/organisations", "/admin/administrators", "/admin/surveys", "/admin/surveys/new", "/admin/record"]
    {
        assert_eq!(hr.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(admin.get(path).await.status, StatusCode::OK, "{path}");
        assert_eq!(Visitor::new(&app).get(path).await.location, "/sign-in", "{path}");
    }
    for path in ["/hr/campaigns", "/hr/campaigns/new", "/hr/tokens", "/hr/tokens/new", "/hr/record"] {
        assert_eq!(admin.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(hr.get(path).await.status, StatusCode::OK, "{path}");
        assert_eq!(Visitor::new(&app).get(path).await.location, "/sign-in", "{path}");
    }
}
