//! `candour release audit`, by campaign and by files: what it prints, and how it ends.

use crate::support::TestApp;
use candour::campaign::{self, Campaign, NewCampaign};
use candour::release::{self, UptakeCounts, store};
use candour::response::{self, Mode};
use candour::staff::organisation;
use candour::survey::{self, Answer, Answers, Code};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const SURVEY: &str = r#"
code = "leaving"
kind = "exit"
minutes = 2
title = "Leaving"

[[section]]
code = "you"
title = "You"

[[section.question]]
code = "team"
type = "single"
label = "Team"
breakdown = true
options = [{ code = "north", label = "North" }, { code = "south", label = "South" }]

[[section.question]]
code = "happy"
type = "single"
label = "Were you happy?"
options = [{ code = "yes", label = "Yes" }, { code = "no", label = "No" }]
"#;

/// A campaign with one release: seven of the north and four of the south, who would be
/// known if the north were shown.
fn released(app: &TestApp) -> Campaign {
    let code = |text: &str| Code::new(text).unwrap();
    let now = app.app.clock.now();
    let made = app.app.db.write_blocking(|conn| {
        let version = survey::store::publish(conn, now, SURVEY)?;
        let council = organisation::create(conn, "Borsetshire County Council")?;
        let new = NewCampaign {
            breakdowns: vec![code("team")],
            ..NewCampaign::new(council.id, version.hash.clone(), "Leavers")
        };
        let campaign = campaign::open(conn, &app.app.keys, now, new)?;
        let survey = survey::store::load(conn, &version.hash)?.unwrap();
        for (team, people) in [("north", 7), ("south", 4)] {
            let answers = [("team", team), ("happy", "yes")].map(|(key, one)| (code(key), Answer::One(code(one))));
            let answers = vec![Answers::from(answers); people];
            response::record_all(conn, &app.app.keys, &campaign.id, Mode::Online, &survey, &answers)?;
        }
        let council = "Borsetshire County Council";
        release::create(conn, &app.app.keys, now, &campaign, council, &survey, UptakeCounts::default())?;
        anyhow::Ok(campaign)
    });
    made.unwrap()
}

/// Whether nothing was found, and what is printed as a result and besides.
fn audit(app: Option<&TestApp>, folder: &Path, words: &[&str]) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candour"));
    command.args(["release", "audit"]).args(words).env_clear().current_dir(folder);
    if let Some(app) = app {
        command.env("CANDOUR_DATABASE", app.database_url()).env("CANDOUR_KEY_FILE", &app.app.settings.key_file);
    }
    let done = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.success(), text(&done.stdout), text(&done.stderr))
}

#[test]
fn an_outsider_attacks_the_files_of_a_campaign_as_an_operator_does_the_campaign() {
    let app = TestApp::on_sqlite();
    let campaign = released(&app);
    let body = app.app.db.read_blocking(|conn| store::body(conn, &campaign.id, 1)).unwrap().unwrap();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("first.json"), &body).unwrap();
    std::fs::write(outside.path().join("leaving.toml"), SURVEY).unwrap();

    let (is_safe, found, notes) = audit(Some(&app), outside.path(), &["--campaign", "Leavers"]);
    assert!(is_safe, "{found}{notes}");
    assert!(found.contains("Attacked 1 releases: ") && found.ends_with("Nothing was found out\n"), "{found}");
    let (is_safe, same, notes) = audit(None, outside.path(), &["first.json", "--survey", "leaving.toml"]);
    assert!(is_safe && notes.is_empty(), "{same}{notes}");
    let without_time = |text: &str| text.split(" linear programs").next().unwrap().to_owned();
    assert_eq!(without_time(&same), without_time(&found));
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 2, "no database was made for it");
}

#[test]
fn what_a_careless_release_gives_away_is_said_with_its_place() {
    let app = TestApp::on_sqlite();
    let campaign = released(&app);
    let body = app.app.db.read_blocking(|conn| store::body(conn, &campaign.id, 1)).unwrap().unwrap();
    let mut release: Value = serde_json::from_str(&body).unwrap();
    let tables = release["tables"].as_array_mut().unwrap();
    let by_team = tables.iter_mut().find(|table| table["breakdown"] == "team").unwrap();
    let cell = |option: &str, count: u64| {
        let (percent, low, high) = if count == 0 { (0.0, 0.0, 35.4) } else { (100.0, 64.6, 100.0) };
        json!({"option": option, "count": count, "percent": percent, "low": low, "high": high})
    };
    by_team["groups"][0]["base"] = json!(7);
    by_team["groups"][0]["cells"] = json!([cell("yes", 7), cell("no", 0)]);
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("careless.json"), release.to_string()).unwrap();

    let (is_safe, found, notes) = audit(None, outside.path(), &["careless.json"]);
    assert!(!is_safe);
    assert!(found.contains("release 1, happy by team, south: 4 people\n"), "{found}");
    assert!(found.contains("those who did not say: between 0 and 4 people\n"), "{found}");
    assert!(found.ends_with("3 breaches\n"), "and how many of the south there are: {found}");
    assert!(notes.contains("careless.json is not as it was frozen"), "{notes}");
    let (is_safe, found, _) = audit(None, outside.path(), &["careless.json", "--min-base", "4", "--protection", "0"]);
    assert!(is_safe, "held to less: {found}");
}

#[test]
fn what_cannot_be_attacked_is_said() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("other.json"), "{}").unwrap();
    let (is_done, _, why) = audit(None, outside.path(), &["other.json"]);
    assert!(!is_done && why.contains("other.json is no release"), "{why}");
    let (is_done, _, why) = audit(None, outside.path(), &["nowhere.json"]);
    assert!(!is_done && why.contains("nowhere.json cannot be read"), "{why}");
    assert!(!audit(None, outside.path(), &[]).0, "a campaign or files");
}
