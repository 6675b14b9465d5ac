//! The API, through the door.

use crate::app::App;
use crate::campaign::{self, NewCampaign};
use crate::response::{self, Mode};
use crate::staff::tests::app;
use crate::staff::token::NewToken;
use crate::survey::{self, Answer, Answers};
use crate::web::{Site, server};
use crate::{release, staff};
use actix_web::http::{StatusCode, header};
use actix_web::test::{self, TestRequest};

const PROBLEM: &str = "application/problem+json";

/// Milbury with a campaign that was released once; a token; the campaign's id and
/// the frozen text.
fn milbury(app: &App) -> (String, String, String) {
    let (now, source) = (app.clock.now(), survey::shipped()[0].1);
    app.db
        .write_blocking(|conn| {
            let organisation = staff::organisation::create(conn, "Milbury Council").unwrap();
            let version = survey::store::publish(conn, now, source).unwrap();
            let survey = survey::store::load(conn, &version.hash)?.unwrap();
            let new = NewCampaign::new(organisation.id.clone(), version.hash, "Leavers");
            let campaign = campaign::open(conn, &app.keys, now, new).unwrap();
            let question = survey.questions().find(|question| question.type_name() == "single").unwrap();
            let answers = Answers::from([(question.code.clone(), Answer::One(question.choices()[0].code.clone()))]);
            for _ in 0..6 {
                response::record_all(
                    conn,
                    &app.keys,
                    &campaign.id,
                    Mode::Online,
                    &survey,
                    std::slice::from_ref(&answers),
                )?;
            }
            release::create(conn, &app.keys, now, &campaign, &organisation.name, &survey, Default::default()).unwrap();
            let body = release::store::body(conn, &campaign.id, 1)?.unwrap();
            let (_, secret) =
                staff::token::create(conn, &app.keys, now, NewToken::new(organisation.id.clone(), "Dashboard"))
                    .unwrap();
            Ok::<_, diesel::result::Error>((secret.expose().clone(), campaign.id.to_string(), body))
        })
        .unwrap()
}

async fn get(app: &App, token: Option<&str>, path: &str) -> (StatusCode, String, String) {
    let service = test::init_service(server(&Site::new(app.clone()))).await;
    let mut request = TestRequest::get().uri(path);
    if let Some(token) = token {
        request = request.insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
    }
    let response = test::call_service(&service, request.to_request()).await;
    let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap().to_owned());
    let status = response.status();
    let body = String::from_utf8(test::read_body(response).await.to_vec()).unwrap();
    (status, kind.unwrap_or_default(), body)
}

#[actix_web::test]
async fn a_token_reads_its_organisations_releases_byte_for_byte() {
    let app = app();
    let (token, id, frozen) = milbury(&app);
    let (status, kind, body) = get(&app, Some(&token), "/api/v1/campaigns").await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/json"));
    assert!(body.contains(&id) && body.contains("\"kind\":\""), "{body}");
    let (_, _, releases) = get(&app, Some(&token), &format!("/api/v1/campaigns/{id}/releases")).await;
    assert!(releases.contains("\"number\":1") && releases.contains("\"hash\":\""), "{releases}");
    let one = format!("/api/v1/campaigns/{id}/releases/1");
    assert_eq!(get(&app, Some(&token), &one).await.2, frozen);
    let (_, kind, _) = get(&app, Some(&token), &format!("{one}?format=csv")).await;
    assert!(kind.starts_with("text/csv"));
}

#[actix_web::test]
async fn without_a_good_token_there_is_nothing_and_another_organisations_is_not_found() {
    let app = app();
    let (_, id, _) = milbury(&app);
    let other = app
        .db
        .write_blocking(|conn| {
            let organisation = staff::organisation::create(conn, "Aldham Council").unwrap();
            let made =
                staff::token::create(conn, &app.keys, app.clock.now(), NewToken::new(organisation.id.clone(), "x"))
                    .unwrap();
            Ok::<_, diesel::result::Error>(made.1)
        })
        .unwrap();
    let paths = [format!("/api/v1/campaigns/{id}/releases"), format!("/api/v1/campaigns/{id}/releases/1")];
    for path in &paths {
        for token in [None, Some("candour_nonesuch"), Some("")] {
            let (status, kind, _) = get(&app, token, path).await;
            assert_eq!((status, kind.as_str()), (StatusCode::UNAUTHORIZED, PROBLEM), "{path}");
        }
        let theirs = get(&app, Some(other.expose()), path).await;
        let none = get(&app, Some(other.expose()), &path.replace(&id, "nonesuch")).await;
        assert_eq!(theirs.0, StatusCode::NOT_FOUND);
        assert_eq!(theirs, none);
    }
    assert_eq!(get(&app, Some(other.expose()), "/api/v1/campaigns").await.2, "{\"campaigns\":[]}");
    assert_eq!(get(&app, None, "/api/v1/nonesuch").await.1, PROBLEM);
    for (rest, status) in [("releases/x", StatusCode::NOT_FOUND), ("releases/1?format=xml", StatusCode::BAD_REQUEST)] {
        let answer = get(&app, Some(other.expose()), &format!("/api/v1/campaigns/{id}/{rest}")).await;
        assert_eq!((answer.0, answer.1.as_str()), (status, PROBLEM), "{rest}");
    }
}

#[actix_web::test]
async fn whoever_asks_too_often_is_told_when_to_come_again() {
    let service = test::init_service(server(&Site::new(app()))).await;
    for _ in 0..5_000 {
        let request = TestRequest::get().uri("/api/v1/campaigns").to_request();
        let response = test::call_service(&service, request).await;
        if response.status() == StatusCode::TOO_MANY_REQUESTS {
            assert_eq!(response.headers().get(header::CONTENT_TYPE).unwrap(), PROBLEM);
            assert!(response.headers().contains_key(header::RETRY_AFTER));
            return;
        }
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    }
    panic!("there is no limit");
}
