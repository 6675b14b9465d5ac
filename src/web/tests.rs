//! The door, from outside.

use super::*;
use crate::clock::Clock;
use crate::config::Settings;
use actix_web::http::{StatusCode, header};
use actix_web::test;

pub(crate) fn site() -> Site {
    let dir = tempfile::tempdir().unwrap().keep();
    let settings = Settings {
        database: format!("sqlite:{}", dir.join("test.db").display()).parse().unwrap(),
        key_file: dir.join("test.key"),
        public_url: "https://candour.example.org".to_owned(),
        ..Settings::default()
    };
    Site::new(crate::app::App::open(settings, Clock::system()).unwrap())
}

#[actix_web::test]
async fn every_response_carries_the_headers_even_when_nothing_is_there() {
    let app = test::init_service(server(&site())).await;
    let response = test::call_service(&app, test::TestRequest::get().uri("/no-such-page").to_request()).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let headers = response.headers().clone();
    assert!(headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap().starts_with("default-src 'none'"));
    assert_eq!(headers.get(header::REFERRER_POLICY).unwrap(), "no-referrer");
    assert_eq!(headers.get(header::X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
    assert!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    let page = String::from_utf8(test::read_body(response).await.to_vec()).unwrap();
    assert!(page.contains("There is no such page") && !page.contains("no-such-page"), "{page}");
    assert!(!page.contains("<script") && !page.contains("style="), "{page}");
}

#[actix_web::test]
async fn the_stylesheet_is_kept_for_ever_under_its_own_name_only() {
    let app = test::init_service(server(&site())).await;
    let page = test::call_and_read_body(&app, test::TestRequest::get().uri("/").to_request()).await;
    let page = String::from_utf8(page.to_vec()).unwrap();
    let path = page.split('"').find(|part| part.starts_with("/assets/style-")).unwrap().to_owned();
    let get = |path: &str| test::TestRequest::get().uri(path).to_request();
    let style = test::call_service(&app, get(&path)).await;
    assert_eq!(style.status(), StatusCode::OK);
    assert!(style.headers().get(header::CACHE_CONTROL).unwrap().to_str().unwrap().contains("immutable"));
    assert_eq!(test::call_service(&app, get("/assets/style-000000000000.css")).await.status(), StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn an_address_spelt_otherwise_has_the_rules_of_where_it_leads() {
    let app = test::init_service(server(&site())).await;
    for path in ["/sign-in", "/%73ign-in", "/%73%69gn-in"] {
        let page = test::call_service(&app, test::TestRequest::get().uri(path).to_request()).await;
        assert_eq!(
            (page.status(), page.headers().get(header::CACHE_CONTROL).unwrap().to_str().unwrap()),
            (StatusCode::OK, "no-store"),
            "{path}"
        );
        let post = test::TestRequest::post().uri(path).insert_header(("origin", "null")).set_payload("email=x");
        assert_eq!(test::call_service(&app, post.to_request()).await.status(), StatusCode::FORBIDDEN, "{path}");
    }
}

#[actix_web::test]
async fn whoever_asks_for_the_head_alone_is_answered() {
    let app = test::init_service(server(&site())).await;
    let head = test::TestRequest::default().method(actix_web::http::Method::HEAD).uri("/").to_request();
    assert_eq!(test::call_service(&app, head).await.status(), StatusCode::OK);
}

#[actix_web::test]
async fn a_form_from_another_site_is_refused() {
    let app = test::init_service(server(&site())).await;
    let post = |site: &'static str| {
        test::TestRequest::post().uri("/").insert_header(("sec-fetch-site", site)).set_payload("code=x").to_request()
    };
    assert_eq!(test::call_service(&app, post("cross-site")).await.status(), StatusCode::FORBIDDEN);
    assert_ne!(test::call_service(&app, post("same-origin")).await.status(), StatusCode::FORBIDDEN);
    let bare = test::TestRequest::post().uri("/").set_payload("code=x").to_request();
    assert_eq!(test::call_service(&app, bare).await.status(), StatusCode::FORBIDDEN);
}
