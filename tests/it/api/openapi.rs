//! The OpenAPI description: right by the specification, and what it says is so.

use super::schema::against;
use super::{Reply, ask, everything, make, released, wrong};
use crate::routes::routes;
use crate::support::{TestApp, sources};
use candour::staff::token::{NewToken, Scope};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn description(app: &TestApp) -> Value {
    let reply = ask(app, "GET", "/api/v1/openapi.json", &[]);
    assert_eq!(reply.status, 200);
    reply.json()
}

fn is_wrong(description: &Value) -> bool {
    !wrong(&json!({ "openapi": description }))[0].is_empty()
}

#[test]
fn it_is_right_by_the_specification_and_the_validator_can_tell() {
    let app = TestApp::on_sqlite();
    let whole = description(&app);
    assert_eq!(wrong(&json!({ "openapi": whole })), [Vec::<String>::new()]);
    assert_eq!(whole["servers"][0]["url"], app.url());
    for (place, change) in [
        ("/info", json!({})),
        ("/paths/~1api~1v1~1campaigns/get/responses/200", json!({})),
        ("/paths/~1api~1v1~1campaigns~1{id}~1releases/parameters", json!([])),
        ("/components/parameters/Campaign/in", json!("body")),
        (
            "/components/responses/NotFound/content/application~1problem+json/schema/$ref",
            json!("#/components/schemas/None"),
        ),
        ("/components/schemas/Release/type", json!("thing")),
    ] {
        let mut changed = whole.clone();
        *changed.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = change;
        assert!(is_wrong(&changed), "{place}");
    }
}

#[test]
fn it_has_every_route_of_the_api_and_no_other() {
    let app = TestApp::on_sqlite();
    let whole = description(&app);
    let said: BTreeSet<(String, String)> =
        operations(&whole).into_iter().map(|(path, method, _)| (method, path)).collect();
    let there: BTreeSet<(String, String)> = routes(&sources::read("src/web/routes.rs"))
        .into_iter()
        .filter(|(method, path)| path.starts_with("/api") && method != "ANY")
        .map(|(method, path)| (method, path.replace("{format:[a-z]+}", "{format}")))
        .collect();
    assert_eq!(said, there);
    let names: Vec<&Value> = whole
        .pointer("/paths")
        .unwrap()
        .as_object()
        .unwrap()
        .values()
        .map(|path| &path["get"]["operationId"])
        .collect();
    assert_eq!(names.iter().map(|name| name.to_string()).collect::<BTreeSet<_>>().len(), names.len());
}

/// Path, method and what is said of it.
fn operations(whole: &Value) -> Vec<(String, String, &Value)> {
    let paths = whole["paths"].as_object().unwrap();
    let of = |(path, item): (&String, &'_ Value)| -> Vec<(String, String)> {
        let methods = item.as_object().unwrap().keys().filter(|key| *key != "parameters");
        methods.map(|method| (path.clone(), method.to_uppercase())).collect()
    };
    let named: Vec<(String, String)> = paths.iter().flat_map(of).collect();
    named
        .into_iter()
        .map(|(path, method)| {
            let operation = &paths[&path][method.to_lowercase()];
            (path, method, operation)
        })
        .collect()
}

/// Follows a reference within the description.
fn resolved<'v>(whole: &'v Value, value: &'v Value) -> &'v Value {
    value["$ref"].as_str().map_or(value, |place| whole.pointer(&place[1..]).unwrap())
}

/// A request for each status of an operation, several for one of several formats.
struct World<'a> {
    app: &'a TestApp,
    campaign: String,
    all: String,
    papers_only: String,
    figures_only: String,
}

impl World<'_> {
    fn ask(&self, path: &str, format: &str, token: &str, more: &[(&str, &str)]) -> Reply {
        let path = path.replace("{id}", &self.campaign).replace("{release}", "latest").replace("{name}", "release");
        let bearer = format!("Bearer {token}");
        let path = if path.contains("{format}") || !path.ends_with("/latest") {
            path.replace("{format}", format)
        } else {
            format!("{path}?format={format}")
        };
        let headers: Vec<(&str, &str)> =
            [("authorization", bearer.as_str())].into_iter().chain(more.iter().copied()).collect();
        ask(self.app, "GET", &path, &headers)
    }

    fn answers(&self, path: &str, operation: &Value, status: &str) -> Vec<Reply> {
        let formats = ["json", "csv", "xlsx", "ods", "html", "pdf", "docx"];
        let is_release = path.contains("{release}");
        match status {
            "200" if is_release => formats.iter().map(|format| self.ask(path, format, &self.all, &[])).collect(),
            "200" => vec![self.ask(path, "", &self.all, &[])],
            "304" => vec![self.ask(path, "csv", &self.all, &[("if-none-match", "*")])],
            "400" => vec![self.ask(path, "exe", &self.all, &[])],
            "401" => vec![self.ask(path, "csv", "", &[])],
            "403" => {
                vec![self.ask(path, "csv", &self.papers_only, &[]), self.ask(path, "pdf", &self.figures_only, &[])]
            }
            "404" => {
                let unknown = path.replace("{id}", "nonesuch").replace("{name}", "nonesuch");
                vec![self.ask(&unknown, "csv", &self.all, &[])]
            }
            "default" => {
                vec![ask(self.app, "POST", &path.replace("{name}", "release"), &[("authorization", "Bearer x")])]
            }
            other => panic!("{other} of {operation}: the test does not know how to bring it about"),
        }
    }
}

#[test]
fn every_answer_that_it_names_is_given_in_every_media_type_and_no_other() {
    let app = TestApp::on_sqlite();
    let council = released(&app);
    let token = |scopes: &[Scope]| make(&app, NewToken { scopes: scopes.to_vec(), ..everything(&council) }).1;
    let world = World {
        app: &app,
        campaign: council.campaign.id.to_string(),
        all: token(&Scope::ALL),
        papers_only: token(&[Scope::Reports]),
        figures_only: token(&[Scope::Releases]),
    };
    let whole = description(&app);
    let mut seen = 0;
    for (path, _, operation) in operations(&whole) {
        for (status, said) in operation["responses"].as_object().unwrap() {
            let said = resolved(&whole, said);
            let empty = serde_json::Map::new();
            let content = said["content"].as_object().unwrap_or(&empty);
            let mut given = BTreeSet::new();
            for reply in world.answers(&path, operation, status) {
                assert!(status == "default" || reply.status.to_string() == *status, "{path} {status}: {reply:?}");
                given.insert(reply.media_type().to_owned());
                for header in said["headers"].as_object().unwrap_or(&empty).keys() {
                    assert!(reply.header(&header.to_lowercase()).is_some(), "{path} {status} has no {header}");
                }
                let schema = content.get(reply.media_type()).map_or(&Value::Null, |media| &media["schema"]);
                if schema["$ref"].is_string() {
                    let schema = json!({ "$ref": schema["$ref"], "components": whole["components"] });
                    assert_eq!(against(&schema, &[reply.json()]), [Vec::<String>::new()], "{path} {status}");
                }
                seen += 1;
            }
            let named: BTreeSet<String> = content.keys().cloned().collect();
            given.retain(|media_type| !media_type.is_empty());
            assert_eq!(given, named, "{path} {status}");
        }
    }
    assert!(seen > 40, "{seen}");
}
