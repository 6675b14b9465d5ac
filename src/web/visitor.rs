//! A browser for tests: keeps cookies, follows nothing, sends forms as our own
//! pages do.

use super::{Site, server};
use crate::app::App;
use crate::staff::{self, Account, Password, Role};
use actix_web::cookie::Cookie;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::test::{self, TestRequest};
use std::collections::BTreeMap;

pub(super) struct Visitor {
    site: Site,
    pub cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub set_cookies: Vec<Cookie<'static>>,
    pub body: String,
}

impl Visitor {
    pub fn new(app: &App) -> Visitor {
        Visitor { site: Site::new(app.clone()), cookies: BTreeMap::new() }
    }

    /// Somebody who is signed in.
    pub fn signed_in(app: &App, account: &Account) -> Visitor {
        let now = app.clock.now();
        let session = app.db.write_blocking(|conn| staff::session::start(conn, now, &account.id)).unwrap();
        let mut visitor = Visitor::new(app);
        let token = staff::session::issue(&app.keys, now, &session);
        visitor.cookies.insert("candour_session".to_owned(), token.expose().clone());
        visitor
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send(TestRequest::post().uri(path).set_form(form)).await
    }

    /// A form with a file in it.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(b"--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--B--\r\n");
        let request = TestRequest::post()
            .uri(path)
            .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=B"))
            .insert_header((header::CONTENT_LENGTH, body.len()))
            .set_payload(body);
        self.send(request).await
    }

    async fn send(&mut self, mut request: TestRequest) -> Answer {
        request = request.insert_header(("sec-fetch-site", "same-origin"));
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let service = test::init_service(server(&self.site)).await;
        let response: ServiceResponse = service.call(request.to_request()).await.unwrap();
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let set_cookies: Vec<Cookie> = response.response().cookies().map(Cookie::into_owned).collect();
        for cookie in &set_cookies {
            self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
        }
        let status = response.status();
        let body = String::from_utf8_lossy(&test::read_body(response).await).into_owned();
        Answer { status, location: location.unwrap_or_default(), set_cookies, body }
    }
}

pub(super) const PASSWORD: &str = "a long walk by the sea";

/// An account with [`PASSWORD`]: of the HR of this organisation (made if it is
/// not there), or an administrator's.
pub(super) fn account(app: &App, organisation: Option<&str>, email: &str) -> Account {
    app.db
        .write_blocking(|conn| {
            let role = organisation.map_or(Role::Administrator, |name| {
                let found = staff::organisation::by_name(conn, name).unwrap();
                Role::Hr(found.unwrap_or_else(|| staff::organisation::create(conn, name).unwrap()).id)
            });
            let new = staff::account::open(conn, role, "Ann Jones", email.parse().unwrap()).unwrap();
            staff::account::set_password(conn, &new.id, &Password::choose(PASSWORD, &[]).unwrap().hash(), None)?;
            staff::account::get(conn, &new.id)
        })
        .unwrap()
        .unwrap()
}

/// Where the first link of the page whose address begins like this leads.
pub(super) fn link_to(page: &str, begin: &str) -> String {
    let found = page.split(['"', '<', '>', ' ']).find_map(|part| part.find(begin).and_then(|at| part.get(at..)));
    found.unwrap_or_else(|| panic!("no {begin} in {page}")).to_owned()
}
