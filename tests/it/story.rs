//! The whole of Candour once, through the door: from a survey file to percentages,
//! which are then worked out again here from what people said.

use crate::support::council::{PASSWORD, survey_source};
use crate::support::figures::figure;
use crate::support::{File, TestApp, Visitor};
use candour::jobs;
use candour::mail::Transport;
use candour::staff::link;
use serde_json::Value;

const SITE_NAME: &str = "Milbury Council";

/// What one leaver says.
struct Leaver {
    number: usize,
    directorate: &'static str,
}

/// Thirty people in three directorates; ten more are asked and never answer.
fn leavers() -> Vec<Leaver> {
    let sizes = [("adults", 14), ("children", 11), ("finance", 5)];
    let directorates = sizes.iter().flat_map(|(name, size)| std::iter::repeat_n(*name, *size));
    directorates.enumerate().map(|(number, directorate)| Leaver { number, directorate }).collect()
}

impl Leaver {
    fn reasons(&self) -> Vec<&'static str> {
        let of = [("pay", 2), ("workload", 3), ("manager", 5)];
        let given: Vec<&str> =
            of.into_iter().filter(|(_, every)| self.number.is_multiple_of(*every)).map(|(code, _)| code).collect();
        if given.is_empty() { vec!["none"] } else { given }
    }

    fn supported(&self) -> &'static str {
        ["agree", "neither", "disagree", "not_applicable"][self.number % 4]
    }

    fn recommend(&self) -> Option<usize> {
        (!self.number.is_multiple_of(7)).then_some(self.number % 11)
    }

    fn years(&self) -> usize {
        self.number * 3 % 40
    }

    fn decided_in(&self) -> usize {
        2020 + self.number % 7
    }

    fn enough(&self) -> Option<&'static str> {
        self.reasons().contains(&"pay").then_some(if self.number.is_multiple_of(4) { "yes" } else { "no" })
    }

    fn story(&self) -> Vec<(&'static str, String)> {
        let mut story = vec![
            ("q.directorate", self.directorate.to_owned()),
            ("q.years", self.years().to_string()),
            ("q.supported", self.supported().to_owned()),
            ("q.recommend", self.recommend().map_or("prefer_not_to_say".to_owned(), |n| n.to_string())),
            ("q.left_on.month", (self.number % 12 + 1).to_string()),
            ("q.left_on.year", self.decided_in().to_string()),
            ("q.enough", self.enough().unwrap_or("no").to_owned()),
            ("q.stay", format!("words of number {}", self.number)),
        ];
        story.extend(self.reasons().into_iter().map(|code| ("q.reasons", code.to_owned())));
        story
    }

    /// The options that an answer counts in; none: it is outside the base.
    fn counts_in(&self, question: &str) -> Option<Vec<String>> {
        let one = |text: &str| Some(vec![text.to_owned()]);
        match question {
            "directorate" => one(self.directorate),
            "reasons" => Some(self.reasons().into_iter().map(str::to_owned).collect()),
            "supported" if self.supported() == "not_applicable" => None,
            "supported" => one(self.supported()),
            "recommend" => self.recommend().map(|n| vec![n.to_string()]),
            "years" => one(if self.years() < 5 { "under_5" } else { "from_5" }),
            "left_on" => one(&self.decided_in().to_string()),
            "enough" => self.enough().map(|code| vec![code.to_owned()]),
            other => panic!("{other} has no figures"),
        }
    }

    fn is_favourable(&self, question: &str) -> bool {
        match question {
            "supported" => self.supported() == "agree",
            "recommend" => self.recommend().is_some_and(|n| n >= 8),
            other => panic!("nothing counts as favourable in {other}"),
        }
    }
}

on_both! {
    fn from_a_survey_file_to_percentages(app: TestApp) {
        let mut administrator = set_up(&app);
        publish_survey(&mut administrator);
        let mut hr = open_account(&mut administrator, &app);
        open_campaign(&mut hr);
        let campaign = hr.page.path.split('?').next().unwrap().to_owned();
        add_people(&mut hr, &leavers());
        hr.press("Send 40 invitations", &[]).expect(200, "on their way");
        run_jobs(&app);
        let links = links(&app);
        assert_eq!(links.len(), 40);

        let people = leavers();
        let (first, rest) = people.split_at(3);
        for (leaver, link) in first.iter().zip(&links) {
            answer(&app, leaver, link);
        }
        hr.open(&campaign);
        hr.press("Make the first release", &[]).expect(422, "2 more responses are needed");
        for (leaver, link) in rest.iter().zip(&links[3..]) {
            answer(&app, leaver, link);
        }
        hr.open(&campaign).expect(200, "Taken up 30");
        hr.press("Make the first release", &[]).expect(200, SITE_NAME);
        let release = hr.page.path.split('?').next().unwrap().to_owned();
        check_page(&hr);

        let json = hr.open(&format!("{release}.json")).clone();
        let csv = hr.open(&format!("{release}.csv")).clone();
        check_figures(&serde_json::from_slice(&json.bytes).unwrap(), &people);
        assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
        assert!(csv.text().contains("33.3"), "10 of 30 named workload:\n{}", csv.text());

        let token = make_token(&mut hr);
        let path = format!("/api/v1{}", release.strip_prefix("/hr").unwrap());
        assert_eq!(app.visitor().open_with(&path, &token).bytes, json.bytes, "the same bytes everywhere");
        hr.open(&campaign);
        hr.press("Make the next release", &[]).expect(422, "5 more responses are needed");
        assert_eq!(hr.open(&format!("{release}.json")).bytes, json.bytes, "and for ever");
    }
}

fn set_up(app: &TestApp) -> Visitor {
    let (keys, now) = (app.app.keys.clone(), app.app.clock.now());
    let token = app.app.db.write_blocking(|conn| link::mint_set_up(conn, &keys, now)).unwrap().unwrap();
    let mut administrator = app.visitor();
    administrator.open(&link::set_up_path(&token)).expect(200, "Set Candour up");
    let account = [("name", "Ada Minister"), ("email", "ada@example.org"), ("password", PASSWORD)];
    administrator.press("Create the account", &account).expect(200, "Add an organisation");
    administrator
}

fn publish_survey(administrator: &mut Visitor) {
    administrator.follow("Surveys");
    administrator.follow("Publish a survey file");
    let wrong = survey_source().replace("max_length = 500", "max_lenght = 500");
    let file = |bytes| [File { field: "file", name: "leavers.toml", bytes }];
    administrator.upload("Publish", &[], &file(wrong.as_bytes())).expect(422, "max_lenght");
    let source = survey_source();
    let right = [("source", source.as_str())];
    administrator.upload("Publish", &right, &file(source.as_bytes())).expect(200, "The survey is published");
}

fn open_account(administrator: &mut Visitor, app: &TestApp) -> Visitor {
    administrator.follow("Organisations");
    administrator.follow("Add an organisation");
    administrator.press("Add the organisation", &[("name", SITE_NAME)]).expect(200, SITE_NAME);
    administrator.follow("Add somebody");
    let account = [("name", "Hattie Roberts"), ("email", "hattie@milbury.example.org")];
    administrator.press("Add the account", &account).expect(200, "Pass this link on");
    let link = administrator.page.all("p.card code").pop().unwrap();
    let mut hr = app.visitor();
    hr.open(&link);
    hr.press("Save and sign in", &[("password", "short")]).expect(422, "characters or more");
    hr.press("Save and sign in", &[("password", PASSWORD)]).expect(200, "Open a campaign");
    hr.press("Sign out", &[]).expect(200, "Sign in");
    hr.press("Sign in", &[("email", "Hattie@Milbury.example.org"), ("password", PASSWORD)]);
    hr.page.expect(200, "Open a campaign");
    hr
}

fn open_campaign(hr: &mut Visitor) {
    hr.follow("Open a campaign");
    let survey = hr.page.attributes("input[name=survey_version]", "value").remove(0);
    hr.press("Continue", &[("survey_version", &survey)]).expect(200, "Split figures by");
    hr.press("Open the campaign", &[("name", "")]).expect(422, "Enter a name");
    hr.press("Open the campaign", &[("name", "Leavers 2026"), ("breakdowns", "directorate")]);
    hr.page.expect(200, "The campaign is open");
}

fn add_people(hr: &mut Visitor, people: &[Leaver]) {
    hr.follow("Add people");
    let file = |text: &'static str| File { field: "file", name: "leavers.csv", bytes: text.as_bytes() };
    hr.upload("Add these people", &[], &[file("name,email\nPat,pat@\n")]).expect(422, "Line 2");
    // As a spreadsheet of a British office saves it, one person twice.
    let mut csv = "\u{feff}Name;E-mail;Leaving date\r\n".to_owned();
    for leaver in people {
        csv.push_str(&format!("\"Person, No {0}\";p{0}@example.org;31/10/2026\r\n", leaver.number));
    }
    csv.extend((0..10).map(|number| format!("Silent;s{number}@example.org;\r\n")));
    csv.push_str("Silent;S9@example.org;\r\n");
    let file = File { field: "file", name: "leavers.csv", bytes: csv.as_bytes() };
    hr.upload("Add these people", &[("list", "")], &[file]);
    if hr.page.has("Go on") {
        hr.follow("Go on");
    }
    hr.page.expect(200, "Send 40 invitations");
}

fn run_jobs(app: &TestApp) {
    let transport = Transport::from_settings(&app.app.settings).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(jobs::run_due(&app.app, &transport)).unwrap();
}

/// The links in the e-mails, each once.
fn links(app: &TestApp) -> Vec<String> {
    let start = format!("{}/i/", app.url());
    let in_mail = |mail: &String| {
        let at = mail.find(&start).unwrap_or_else(|| panic!("no link in {mail}"));
        mail[at..].split_whitespace().next().unwrap().to_owned()
    };
    app.mails().iter().map(in_mail).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

fn answer(app: &TestApp, leaver: &Leaver, link: &str) {
    let story = leaver.story();
    let story: Vec<(&str, &str)> = story.iter().map(|(field, value)| (*field, value.as_str())).collect();
    let mut visitor = app.visitor();
    visitor.begin_and_answer(link, &story);
    visitor.send_answers();
}

fn make_token(hr: &mut Visitor) -> String {
    hr.open("/hr/campaigns");
    hr.follow("API tokens");
    hr.follow("Make a token");
    hr.press("Make the token", &[("name", "Committee's dashboard")]).expect(200, "Copy the token now");
    hr.page.all("p.card code").remove(0)
}

/// The page says the same in words: percentage, count and base.
fn check_page(hr: &Visitor) {
    for words in ["What made you leave?", "Workload", "33.3", "10", "30", "Adults", "Children"] {
        hr.page.expect(200, words);
    }
    assert!(hr.page.all("svg").len() > 5 && hr.page.all("table").len() > 5, "charts, and tables beside them");
}

/// Every figure of a release against the people themselves.
fn check_figures(release: &Value, people: &[Leaver]) {
    assert_eq!((&release["organisation"], &release["campaign"]), (&SITE_NAME.into(), &"Leavers 2026".into()));
    assert_eq!((&release["release"], &release["base"]), (&1.into(), &30.into()));
    assert_eq!(release["uptake"]["offered"], 40);
    assert_eq!(release["uptake"]["taken_up"], figure(30, 40));
    let mut seen = 0;
    for table in release["tables"].as_array().unwrap() {
        let question = table["question"].as_str().unwrap();
        for group in table["groups"].as_array().unwrap() {
            let name = group["group"].as_str();
            let in_group = |leaver: &&Leaver| name.is_none_or(|name| leaver.directorate == name);
            let asked: Vec<&Leaver> =
                people.iter().filter(in_group).filter(|leaver| leaver.counts_in(question).is_some()).collect();
            let place = format!("{question} in {name:?}");
            if name.is_none() && asked.len() >= 5 {
                assert!(!group["base"].is_null(), "{place} is not published, and could be");
            }
            if group["base"].is_null() {
                assert!(group["cells"].is_null() && group["favourable"].is_null(), "{place}");
                continue;
            }
            let base = u64::try_from(asked.len()).unwrap();
            assert!(base >= 5, "{place} is about {base} people");
            assert_eq!(group["base"], base, "{place}");
            seen += check_cells(group, question, &asked, base, &place);
        }
    }
    assert!(seen > 60, "only {seen} figures were published");
}

fn check_cells(group: &Value, question: &str, asked: &[&Leaver], base: u64, place: &str) -> usize {
    let count = |f: &dyn Fn(&Leaver) -> bool| u64::try_from(asked.iter().filter(|leaver| f(leaver)).count()).unwrap();
    let mut seen = 0;
    for cell in group["cells"].as_array().unwrap() {
        let option = cell["option"].as_str().unwrap().to_owned();
        let expected = figure(count(&|leaver| leaver.counts_in(question).unwrap().contains(&option)), base);
        for part in ["count", "percent", "low", "high"] {
            if !cell[part].is_null() {
                assert_eq!(cell[part], expected[part], "{place}, {option}, {part}");
                seen += 1;
            }
        }
    }
    if let Some(favourable) = group.get("favourable").filter(|value| !value.is_null()) {
        assert_eq!(*favourable, figure(count(&|leaver| leaver.is_favourable(question)), base), "{place}, favourable");
    }
    seen
}
