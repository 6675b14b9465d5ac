//! The demo's figures, through the API as a person of HR would set it up.

use super::schema::against;
use crate::support::{Visitor, sources};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// `candour demo`, until it is dropped.
struct Demo {
    child: Child,
    url: String,
    password: String,
}

impl Demo {
    fn start() -> Demo {
        let mut child = Command::new(env!("CARGO_BIN_EXE_candour"))
            .args(["demo", "--listen", "127.0.0.1:0"])
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut printed = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        while !printed.contains("Everything goes when you stop it") {
            printed += &lines.next().unwrap_or_else(|| panic!("the demo ended:\n{printed}"));
            printed.push('\n');
        }
        let line = |word: &str| {
            printed.lines().find(|line| line.contains(word)).unwrap().split_whitespace().collect::<Vec<_>>()
        };
        let url = line("/sign-in").last().unwrap().trim_end_matches("/sign-in").to_owned();
        let password = (*line("hr@wrenfordshire.example").last().unwrap()).to_owned();
        Demo { child, url, password }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Asked to go, it takes its folder with it.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn token(hr: &mut Visitor, campaign: &str) -> String {
    hr.open("/hr/tokens/new");
    let given = [("name", "Power BI"), ("scopes", "releases:read"), ("scopes", "reports:read"), ("campaign", campaign)];
    hr.press("Make the token", &given).expect(200, "Copy the token now");
    hr.page.all("p.card code").remove(0)
}

#[test]
fn every_release_of_the_demo_is_as_the_schema_says_and_one_campaigns_token_sees_no_other_beside_it() {
    let demo = Demo::start();
    let mut hr = Visitor::new(&demo.url).patient();
    hr.open("/sign-in");
    hr.press("Sign in", &[("email", "hr@wrenfordshire.example"), ("password", &demo.password)]);
    let all = token(&mut hr, "");
    let mut program = Visitor::new(&demo.url);
    let mut read = |path: &str, token: &str| program.open_with(path, token).text();
    let json = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let campaigns = json(read("/api/v1/campaigns", &all));
    let schema = json(sources::read("src/web/api/schema/release.json"));
    let mut leavers = String::new();
    for campaign in campaigns["campaigns"].as_array().unwrap() {
        let id = campaign["id"].as_str().unwrap();
        let latest = json(read(&format!("/api/v1/campaigns/{id}/releases/latest"), &all));
        assert!(latest["tables"].as_array().unwrap().len() > 20, "{}", campaign["name"]);
        assert_eq!(against(&schema, &[latest]), [Vec::<String>::new()], "{}", campaign["name"]);
        if campaign["kind"] == "exit" {
            id.clone_into(&mut leavers);
        }
    }
    // The address that HR's page shows is the one that works.
    hr.open("/hr/tokens").expect(200, &format!("{}/api/v1/campaigns/{leavers}/releases/latest.csv", demo.url));
    let one = token(&mut hr, &leavers);
    let at = format!("/api/v1/campaigns/{leavers}/releases/latest");
    assert_eq!(read(&at, &one), read(&at, &all));
    for format in ["csv", "html"] {
        let [beside, alone] = [&all, &one].map(|token| read(&format!("{at}.{format}"), token));
        assert!(beside.contains("Staying: autumn round"), "{format}: there is nothing to leave out");
        assert!(alone.contains("directorate") && !alone.contains("Staying: autumn round"), "{format}");
    }
}
