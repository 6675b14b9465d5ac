//! The schemas say what is answered: no less, so that nobody is surprised, and no more,
//! so that they can fail.

use super::{everything, get, make, press, released, wrong};
use crate::backup::installation::import;
use crate::support::TestApp;
use crate::support::council::Council;
use candour::campaign::{self, Mode, NewCampaign};
use candour::release::{self, Release, UptakeCounts, freeze};
use candour::response;
use candour::survey::{self, Answer, Answers, Code};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

fn schema(app: &TestApp, name: &str) -> Value {
    let reply = super::ask(app, "GET", &format!("/api/v1/schema/{name}.json"), &[]);
    assert_eq!((reply.status, reply.media_type()), (200, "application/schema+json"));
    assert_eq!(reply.json()["$id"], format!("{}/api/v1/schema/{name}.json", app.url()));
    reply.json()
}

/// What is wrong with each.
pub fn against(schema: &Value, documents: &[Value]) -> Vec<Vec<String>> {
    wrong(&json!({ "schema": schema, "documents": documents }))
}

#[track_caller]
fn assert_right(schema: &Value, documents: &[Value]) {
    for (document, wrong) in documents.iter().zip(against(schema, documents)) {
        assert!(wrong.is_empty(), "{wrong:#?}\n{document:#}");
    }
}

on_both! {
    fn every_answer_is_as_its_schema_says(app: TestApp) {
        let council = released(&app);
        import(&app, 12);
        press(&app, &council);
        let (_, secret) = make(&app, everything(&council));
        let at = format!("/api/v1/campaigns/{}/releases", council.campaign.id);
        let read = |path: &str| get(&app, path, &secret).json();
        let releases = [read(&format!("{at}/1")), read(&format!("{at}/2"))];
        assert!(releases[1]["tables"].as_array().unwrap().len() > 8);
        assert_right(&schema(&app, "release"), &releases);
        assert_right(&schema(&app, "campaigns"), &[read("/api/v1/campaigns")]);
        assert_right(&schema(&app, "releases"), &[read(&at), json!({ "releases": [] })]);
        let problems = ["/3", "/x", "/1?format=exe"].map(|rest| read(&format!("{at}{rest}")));
        assert_right(&schema(&app, "problem"), &problems);
        // And each can fail.
        assert!(!against(&schema(&app, "campaigns"), &[read(&at)])[0].is_empty());
        assert!(!against(&schema(&app, "releases"), &[read("/api/v1/campaigns")])[0].is_empty());
        assert!(!against(&schema(&app, "problem"), &[json!({ "error": "failed", "message": "x" })])[0].is_empty());
    }
}

/// By the stricter rules, crossed, and with uptake: what is hidden, put together or left
/// over is in it.
#[test]
fn a_release_in_which_much_is_hidden_is_as_the_schema_says() {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Milbury");
    let code = |text: &str| Code::new(text).unwrap();
    let new = NewCampaign {
        breakdowns: vec![code("directorate"), code("mode")],
        crossings: vec![(code("directorate"), code("mode"))],
        is_strict: true,
        modes: vec![Mode::Online, Mode::Independent, Mode::Hr],
        ..NewCampaign::new(council.organisation.clone(), council.campaign.survey_version.clone(), "Strict")
    };
    let (keys, now) = (&app.app.keys, app.app.clock.now());
    let campaign = app.app.db.write_blocking(|conn| campaign::open(conn, keys, now, new)).unwrap();
    for round in 0..2 {
        app.app
            .db
            .write_blocking(|conn| {
                let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
                for (mode, people) in
                    [(response::Mode::Online, 30), (response::Mode::Hr, 9 + round), (response::Mode::Independent, 2)]
                {
                    let answers: Vec<Answers> = (0..people).map(person).collect();
                    response::record_all(conn, keys, &campaign.id, mode, &survey, &answers)?;
                }
                let part = |(name, people): (&str, u64)| (name.to_owned(), people);
                let uptake = UptakeCounts {
                    offered: 90,
                    taken_up: 50,
                    modes: [("online", 30), ("independent", 11), ("hr", 9)].map(part).to_vec(),
                    declined: 20,
                    ..UptakeCounts::default()
                };
                release::create(conn, keys, now, &campaign, "Milbury", &survey, uptake)?;
                anyhow::Ok(())
            })
            .unwrap();
    }
    let bodies = app.app.db.read_blocking(|conn| release::store::bodies(conn, &campaign.id)).unwrap();
    for word in [
        "\"strict\":true",
        "\"collapsed\"",
        "\"others\"",
        "\"as_at\":1",
        "\"by_mode\"",
        "directorate*mode",
        "\"base\":null",
    ] {
        assert!(bodies.concat().contains(word), "there is no {word} to look at");
    }
    let releases: Vec<Value> = bodies.iter().map(|body| serde_json::from_str(body).unwrap()).collect();
    assert_right(&schema(&app, "release"), &releases);
}

fn person(n: usize) -> Answers {
    let code = |text: &str| Code::new(text).unwrap();
    let directorate = ["adults", "children", "adults", "children", "adults", "finance"][n % 6];
    Answers::from([
        (code("directorate"), Answer::One(code(directorate))),
        (code("reasons"), Answer::Many([code(["pay", "workload", "none"][n % 3])].into())),
        (code("supported"), Answer::One(code(["agree", "neither", "disagree"][n * n % 3]))),
        (code("recommend"), Answer::Rating(u8::try_from(n % 11).unwrap())),
    ])
}

/// As the first Candour froze it: no protection, no ticket key, and of uptake two figures.
const EARLIEST: &str = concat!(
    r#"{"organisation":"Borsetshire County Council","campaign":"Leavers","survey":{"code":"exit","version":"abc"},"#,
    r#""release":2,"as_of":"2026-09-30","previous_hash":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","#,
    r#""hash":"","policy":{"min_base":5,"comment_min_base":10,"decimals":1},"#,
    r#""uptake":{"as_at":1,"offered":75,"taken_up":{"count":31,"percent":41.3,"low":30.9,"high":52.6}},"#,
    r#""base":30,"tables":[{"question":"happy","type":"single","breakdown":null,"groups":["#,
    r#"{"group":null,"base":30,"cells":[{"option":"yes","count":30,"percent":100.0,"low":88.6,"high":100.0}]}]}]}"#
);

#[test]
fn what_an_earlier_candour_froze_is_as_the_schema_says() {
    let app = TestApp::on_sqlite();
    let frozen = freeze::freeze(serde_json::from_str(EARLIEST).unwrap()).unwrap();
    assert_eq!(frozen.body.replace(&frozen.hash, ""), EARLIEST);
    let silent = EARLIEST.replace("\"uptake\":{\"as_at\":1,\"offered\":75,\"taken_up\":{\"count\":31,\"percent\":41.3,\"low\":30.9,\"high\":52.6}}", "\"uptake\":null");
    assert_ne!(silent, EARLIEST);
    let silent = freeze::freeze(serde_json::from_str(&silent).unwrap()).unwrap();
    assert_right(
        &schema(&app, "release"),
        &[&frozen.body, &silent.body].map(|body| serde_json::from_str(body).unwrap()),
    );
}

/// A release that has all that one can have, in figures that mean nothing.
fn fullest() -> Value {
    let hash = "0123456789abcdef".repeat(4);
    let figure = json!({ "count": 6, "percent": 50.0, "low": 25.4, "high": 74.6 });
    let cell = |option: &str| json!({ "option": option, "count": 6, "percent": 50.0, "low": 25.4, "high": 74.6 });
    let earlier =
        json!({ "option": "b", "as_at": 1, "base": 12, "count": 6, "percent": 50.0, "low": 25.4, "high": 74.6 });
    let hidden = json!({ "option": "c", "count": null, "percent": null, "low": null, "high": null });
    let collapsed =
        |count: &Value| json!({ "options": ["a", "b"], "count": count, "percent": count, "low": count, "high": count });
    let cells = json!([cell("a"), earlier, hidden]);
    let groups = json!([
        { "group": null, "base": 12, "cells": cells, "favourable": figure },
        { "group": "x*y", "as_at": 1, "base": 12, "cells": cells, "collapsed": [collapsed(&Value::Null)] },
        { "group": "z", "base": null, "cells": null },
    ]);
    let taken_up = json!({ "offered": 12, "taken_up": figure });
    json!({
        "organisation": "Milbury", "campaign": "Leavers", "survey": { "code": "exit", "version": hash },
        "release": 2, "as_of": "2026-09-30", "previous_hash": hash, "hash": hash,
        "ticket_key": "58ab 1c77 03e9 d2f4 a610 4b8e 97cc 2f35",
        "policy": { "min_base": 5, "comment_min_base": 10, "decimals": 1, "protection": 5, "strict": true },
        "uptake": {
            "as_at": 1, "offered": 12, "taken_up": figure,
            "by_mode": { "as_at": 1, "base": 12, "cells": cells }, "declined_because": { "base": 12, "cells": [] },
            "interviews": { "as_at": 1, "held": 12, "read_back": figure, "median_days": 6 },
            "independent_option": {
                "as_at": 1, "since": "2026-06-01", "before": taken_up, "after": taken_up,
                "difference": { "points": 18.9, "low": -3.8, "high": 38.3 },
            },
        },
        "base": 12,
        "tables": [
            { "question": "reasons", "type": "multiple", "breakdown": "a*b", "groups": groups,
              "others": { "base": 12, "cells": cells, "favourable": figure } },
            { "question": "years", "type": "number", "breakdown": null, "groups": [groups[0]] },
        ],
    })
}

/// Whether Candour could have written it, whatever its hash.
fn is_of_candour(document: &Value) -> bool {
    serde_json::from_value::<Release>(document.clone())
        .is_ok_and(|release| serde_json::to_value(release).unwrap() == *document)
}

/// Every place in a document, as a JSON pointer (RFC 6901).
fn places(document: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match document {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| places(value, &format!("{at}/{name}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, value)| places(value, &format!("{at}/{number}"), found));
        }
        _ => {}
    }
}

fn with(document: &Value, place: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut changed = document.clone();
    change(changed.pointer_mut(place).unwrap());
    changed
}

fn without(document: &Value, place: &str) -> Option<Value> {
    let (holder, name) = place.rsplit_once('/')?;
    let mut changed = document.clone();
    changed.pointer_mut(holder).unwrap().as_object_mut()?.remove(name)?;
    Some(changed)
}

/// Each field taken away, made something else, and joined by another.
fn mutants(document: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    places(document, "", &mut all);
    let mut mutants = Vec::new();
    for place in &all {
        mutants.extend(without(document, place).map(|changed| (format!("{place} taken away"), changed)));
        for other in
            [json!(null), json!("x"), json!(-2000), json!(1.5), json!(true), json!([]), json!({}), json!("2026-13-01")]
        {
            let changed = with(document, place, |value| *value = other.clone());
            if changed != *document {
                mutants.push((format!("{place} made {other}"), changed));
            }
        }
        if document.pointer(place).is_some_and(Value::is_object) {
            let add = |value: &mut Value| {
                drop(value.as_object_mut().map(|fields| fields.insert("note".to_owned(), json!(1))))
            };
            mutants.push((format!("{place} with a field more"), with(document, place, add)));
        }
    }
    mutants
}

#[test]
fn whatever_the_schema_takes_candour_could_have_written() {
    let app = TestApp::on_sqlite();
    let (schema, document) = (schema(&app, "release"), fullest());
    assert!(is_of_candour(&document), "the fullest release is none");
    let frozen = freeze::freeze(serde_json::from_value(document.clone()).unwrap()).unwrap();
    assert_right(&schema, &[document.clone(), serde_json::from_str(&frozen.body).unwrap()]);
    let mutants = mutants(&document);
    let documents: Vec<Value> = mutants.iter().map(|(_, document)| document.clone()).collect();
    let (mut too_loose, mut may_be_missing) = (Vec::new(), BTreeSet::new());
    for ((what, document), wrong) in mutants.iter().zip(against(&schema, &documents)) {
        if wrong.is_empty() && !is_of_candour(document) {
            too_loose.push(what);
        }
        if let Some(place) = what.strip_suffix(" taken away").filter(|_| wrong.is_empty()) {
            may_be_missing.insert(place.rsplit('/').next().unwrap());
        }
    }
    assert!(mutants.len() > 1_000 && too_loose.is_empty(), "{too_loose:#?}");
    // What releases of earlier Candours do not have, and what there is not always.
    let optional = [
        "as_at",
        "base",
        "by_mode",
        "collapsed",
        "declined_because",
        "favourable",
        "independent_option",
        "interviews",
        "others",
        "protection",
        "strict",
        "ticket_key",
    ];
    assert_eq!(may_be_missing, BTreeSet::from(optional));
}

#[test]
fn every_field_that_the_schema_names_is_one_of_a_release_and_is_explained() {
    let app = TestApp::on_sqlite();
    let schema = schema(&app, "release");
    let mut found = Vec::new();
    places(&fullest(), "", &mut found);
    let of_releases: BTreeSet<&str> = found.iter().filter_map(|place| place.rsplit('/').next()).collect();
    let parts = schema["$defs"].as_object().unwrap();
    let whole = "Release".to_owned();
    for (name, part) in parts.iter().chain([(&whole, &schema)]) {
        assert!(part["description"].is_string(), "{name} is not explained");
        let Some(fields) = part["properties"].as_object() else { continue };
        for (field, of_field) in fields {
            assert!(of_releases.contains(field.as_str()), "{name}.{field} is in no release");
            assert!(is_explained(of_field, parts), "{name}.{field} is not explained");
        }
    }
}

/// By itself, by the part that it refers to, or by the name of a list's items.
fn is_explained(field: &Value, parts: &Map<String, Value>) -> bool {
    let part = |reference: &Value| reference.as_str().and_then(|name| parts.get(name.strip_prefix("#/$defs/")?));
    field["description"].is_string()
        || part(&field["$ref"]).is_some_and(|part| part["description"].is_string())
        || part(&field["items"]["$ref"]).is_some_and(|part| part["description"].is_string())
}
