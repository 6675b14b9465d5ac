//! What programs are given: every format by its address, to whoever's token is for it,
//! as the schemas and the OpenAPI description say.

mod demo;
mod openapi;
mod reading;
mod schema;
mod tokens;

use crate::backup::installation::import;
use crate::support::council::Council;
use crate::support::{TestApp, sources};
use candour::release::{self, UptakeCounts};
use candour::staff::token::{self, ApiToken, NewToken, Scope};
use candour::survey;
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

/// A council with a release of twelve people.
fn released(app: &TestApp) -> Council {
    let council = Council::new(&app.app, "Milbury");
    import(app, 12);
    press(app, &council);
    council
}

fn press(app: &TestApp, council: &Council) {
    let (keys, now, campaign) = (&app.app.keys, app.app.clock.now(), &council.campaign);
    app.app
        .db
        .write_blocking(|conn| {
            let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
            release::create(conn, keys, now, campaign, "Milbury", &survey, UptakeCounts::default())?;
            anyhow::Ok(())
        })
        .unwrap();
}

/// A token for all that there is.
fn everything(council: &Council) -> NewToken {
    NewToken { scopes: Scope::ALL.to_vec(), ..NewToken::new(council.organisation.clone(), "Everything") }
}

fn make(app: &TestApp, new: NewToken) -> (ApiToken, String) {
    let now = app.app.clock.now();
    let made = app.app.db.write_blocking(|conn| anyhow::Ok(token::create(conn, &app.app.keys, now, new)?));
    let (token, secret) = made.unwrap();
    (token, secret.expose().clone())
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    bytes: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(is, _)| is == name).map(|(_, value)| value.as_str())
    }

    /// Without what follows it, as in `text/csv; charset=utf-8`.
    fn media_type(&self) -> &str {
        self.header("content-type").unwrap_or_default().split(';').next().unwrap().trim()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.bytes)))
    }

    /// The word of a problem.
    fn error(&self) -> String {
        assert_eq!(self.media_type(), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        problem["error"].as_str().unwrap().to_owned()
    }
}

fn ask(app: &TestApp, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build();
    let agent: ureq::Agent = config.into();
    let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", app.url()));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let mut response = agent.run(request.body(()).unwrap()).unwrap_or_else(|e| panic!("{method} {path}: {e}"));
    let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap().to_owned())
    };
    let headers = response.headers().iter().map(header).collect();
    let status = response.status().as_u16();
    Reply { status, headers, bytes: response.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap() }
}

/// With a bearer token.
fn get(app: &TestApp, path: &str, secret: &str) -> Reply {
    ask(app, "GET", path, &[("authorization", &format!("Bearer {secret}"))])
}

/// What is wrong, as a validator that is not ours sees it: of each document, or of a
/// description.
fn wrong(asked: &Value) -> Vec<Vec<String>> {
    #[expect(clippy::disallowed_methods, reason = "how tests/run tells the tests, and no setting of the product's")]
    let python = std::env::var("CANDOUR_TEST_SCHEMA_PYTHON").unwrap_or_else(|_unset| "python3".to_owned());
    let mut validator = Command::new(python)
        .arg(sources::root().join("tests/it/api/validate.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is missing");
    validator.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let output = validator.wait_with_output().unwrap();
    assert!(output.status.success(), "are jsonschema and openapi-spec-validator there? tests/run installs them");
    serde_json::from_slice(&output.stdout).unwrap()
}
