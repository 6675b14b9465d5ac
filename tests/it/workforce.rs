//! Workforce figures: uploaded, looked at, replaced and deleted by HR, and by the
//! operator at the command line.

use crate::support::council::{Council, PASSWORD};
use crate::support::{File, TestApp, Visitor};
use candour::id::OrganisationId;
use candour::workforce::{self, Kind, Measure, Workforce, store};
use std::process::{Command, Output};

const FILE: &str = "directorate,role,headcount,starters,leavers,stayed,fte,vacancies,agency,sickness_days\r\n\
                    Adults,Nurse,310,58,45,252,262.5,21.25,14,2618.5\r\n\
                    Children,Nurse,200,20,20,180,180,5,0,1000\r\n";
const YEAR: [(&str, &str); 2] = [("from", "2025-04-01"), ("to", "2026-03-31")];

fn signed_in(app: &TestApp, council: &Council) -> Visitor {
    let mut visitor = app.visitor();
    visitor.open("/sign-in");
    visitor.press("Sign in", &[("email", &council.hr_email), ("password", PASSWORD)]);
    visitor
}

fn upload<'a>(hr: &'a mut Visitor, fields: &[(&str, &str)], text: &str) -> &'a crate::support::Page {
    hr.open("/hr/workforce/new");
    let file = File { field: "file", name: "workforce.csv", bytes: text.as_bytes() };
    hr.upload("Upload the figures", fields, &[file])
}

fn latest(app: &TestApp, organisation: &OrganisationId, as_of: &str) -> Option<Workforce> {
    let as_of = as_of.parse().unwrap();
    app.app.db.read_blocking(|conn| store::latest(conn, organisation, as_of)).unwrap()
}

fn periods(app: &TestApp, organisation: &OrganisationId) -> Vec<String> {
    let all = app.app.db.read_blocking(|conn| store::list(conn, organisation)).unwrap();
    all.iter().map(|one| format!("{} {}", one.period.from, one.period.to)).collect()
}

fn run(app: &TestApp, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candour"))
        .env_clear()
        .env("CANDOUR_DATABASE", app.database_url())
        .env("CANDOUR_KEY_FILE", &app.app.settings.key_file)
        .args(words)
        .output()
        .unwrap()
}

on_both! {
    fn hr_uploads_a_year_and_sees_its_rates(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        let mut hr = signed_in(&app, &council);
        hr.follow("Workforce");
        hr.follow("Upload figures");
        hr.follow("An empty file with all columns");
        assert!(hr.page.text().starts_with("directorate,role,headcount,headcount_start,"), "{}", hr.page.text());
        upload(&mut hr, &YEAR, FILE);
        hr.page.expect(200, "The figures are kept");
        for words in ["Workforce, 1 April 2025 to 31 March 2026", "65 of 503.5", "12.9%", "432 of 497", "86.9%", "Everybody"] {
            hr.page.expect(200, words);
        }
        hr.open("/hr/workforce").expect(200, "1 April 2025 to 31 March 2026");
        hr.open("/hr/record").expect(200, "Uploaded the workforce figures of 1 April 2025 to 31 March 2026");
        let kept = latest(&app, &council.organisation, "2026-06-01").unwrap();
        assert_eq!(kept.total().people(Measure::HeadcountStart), Some(497));
        assert_eq!(Kind::Vacancy.of(&kept.total()).unwrap().to_string(), "5.6%");
        assert_eq!(latest(&app, &council.organisation, "2026-03-30"), None, "the year was not over");
    }

    fn every_problem_is_told_and_everything_that_was_typed_is_kept(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        let mut hr = signed_in(&app, &council);
        let wrong = FILE.replace("262.5", "many").replace("Children", "");
        upload(&mut hr, &[("from", "2026-03-31"), ("to", "2025-04-01")], &wrong);
        hr.page.expect(422, "The last day is before the first");
        hr.page.expect(422, "Line 2, column “fte”: \"many\" is not a number");
        hr.page.expect(422, "Line 3, column “directorate”: has no name");
        assert_eq!(hr.page.attributes("input[name=from]", "value"), ["2026-03-31"]);
        assert!(hr.page.all("textarea")[0].contains("many"));
        hr.press("Upload the figures", &[("from", ""), ("to", "2027-01-01"), ("list", "")]);
        hr.page.expect(422, "Enter the first day").expect(422, "Choose a file, or paste its text");
        hr.press("Upload the figures", &[("from", "2026-01-01"), ("to", "2027-01-01"), ("list", FILE)]);
        hr.page.expect(422, "The period is not over yet");
        assert!(periods(&app, &council.organisation).is_empty());
        hr.press("Upload the figures", &YEAR).expect(200, "The figures are kept");
    }

    fn what_is_odd_or_would_be_replaced_is_looked_at_once_more(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        let mut hr = signed_in(&app, &council);
        upload(&mut hr, &YEAR, "role,headcount,stayed,Team\nNurse,40,41,x\n");
        hr.page.expect(200, "41 stayed, and 40 are there at the end").expect(200, "“Team” is passed over");
        assert!(periods(&app, &council.organisation).is_empty());
        hr.press("Keep them as they are", &[]).expect(200, "The figures are kept");
        upload(&mut hr, &YEAR, FILE);
        hr.page.expect(200, "There are figures of this period already, uploaded on 1 September 2026");
        let people = |at: &str| latest(&app, &council.organisation, at).map(|it| it.total().people(Measure::Headcount).unwrap());
        assert_eq!(people("2026-06-01"), Some(40));

        // Somebody else is faster: theirs is looked at before it goes.
        let mut colleague = signed_in(&app, &council);
        upload(&mut colleague, &YEAR, "role,headcount\nNurse,77\n");
        colleague.press("Replace what is there", &[]).expect(200, "The figures are kept");
        hr.press("Replace what is there", &[]).expect(200, "There are figures of this period already");
        assert_eq!(people("2026-06-01"), Some(77));
        hr.press("Replace what is there", &[]).expect(200, "The figures are kept");
        assert_eq!(people("2026-06-01"), Some(510));
        assert_eq!(periods(&app, &council.organisation).len(), 1);
    }

    fn another_organisations_figures_are_as_unknown_as_none(app: TestApp) {
        let (ours, other) = (Council::new(&app.app, "Milbury"), Council::new(&app.app, "Aldham"));
        let mut hr = signed_in(&app, &ours);
        upload(&mut hr, &YEAR, FILE);
        let theirs = hr.page.path.split('?').next().unwrap().to_owned();
        let mut stranger = signed_in(&app, &other);
        stranger.open(&theirs).expect(404, "");
        stranger.post(&format!("{theirs}/deletion"), &[]).expect(404, "");
        assert_eq!(latest(&app, &other.organisation, "2026-06-01"), None);
        // The same period of another organisation is another one.
        upload(&mut stranger, &YEAR, "role,headcount\nNurse,77\n").expect(200, "The figures are kept");
        hr.open(&theirs);
        hr.follow("Delete these figures");
        hr.press("Delete the figures", &[]).expect(200, "The figures are deleted");
        assert!(periods(&app, &ours.organisation).is_empty());
        assert_eq!(periods(&app, &other.organisation).len(), 1);
        hr.open("/hr/record").expect(200, "Deleted the workforce figures of 1 April 2025 to 31 March 2026");
    }

    fn a_report_sets_the_year_beside_the_survey(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        let mut hr = signed_in(&app, &council);
        upload(&mut hr, &YEAR, FILE).expect(200, "The figures are kept");
        upload(&mut hr, &[("from", "2026-09-01"), ("to", "2026-09-01")], "role,headcount\nNurse,999\n");
        crate::backup::installation::import(&app, 12);
        let made = run(&app, &["release", "create", "--campaign", "Leavers 2026"]);
        assert!(made.status.success(), "{made:?}");
        let page = format!("/hr/campaigns/{}/releases/1", council.campaign.id);
        hr.open(&page).expect(200, "1 September 2026 to 1 September 2026");
        hr.open("/hr/workforce");
        hr.follow("1 September 2026 to 1 September 2026");
        hr.follow("Delete these figures");
        hr.press("Delete the figures", &[]);
        hr.open(&page).expect(200, "1 April 2025 to 31 March 2026").expect(200, "65 of 503.5");
        hr.open(&format!("{page}.csv"));
        assert!(hr.page.text().contains("workforce,,,Everybody,turnover,Turnover,503.5,65,12.9,,,"), "{}", hr.page.text());
    }

    fn the_operator_uploads_shows_and_removes(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        let path = app.folder().join("workforce.csv");
        let file = path.display().to_string();
        std::fs::write(&path, FILE).unwrap();
        let of = ["--organisation", "Milbury", "--from", "2025-04-01", "--to", "2026-03-31"];
        let upload = |more: &[&str]| run(&app, &[&["workforce", "upload", &file][..], &of, more].concat());
        let text = |output: &Output| {
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
        };
        assert!(text(&upload(&["--dry-run"])).contains("nothing was kept"));
        assert!(periods(&app, &council.organisation).is_empty());
        let kept = upload(&[]);
        assert!(kept.status.success() && text(&kept).contains("Turnover: 12.9% (65 of 503.5)"), "{}", text(&kept));
        let again = upload(&[]);
        assert!(!again.status.success() && text(&again).contains("--replace"), "{}", text(&again));
        assert!(upload(&["--replace"]).status.success());
        assert_eq!(periods(&app, &council.organisation), ["2025-04-01 2026-03-31"]);
        let shown = text(&run(&app, &["workforce", "show", "--organisation", "Milbury"]));
        assert!(shown.contains("everybody") && shown.contains("Stability: 86.9%"), "{shown}");
        assert!(text(&run(&app, &["workforce", "list", "--organisation", "Milbury"])).contains("2025-04-01  2026-03-31"));
        std::fs::write(&path, FILE.replace("310", "x").replace("200", "-1")).unwrap();
        let refused = upload(&["--replace"]);
        assert!(!refused.status.success(), "{}", text(&refused));
        for problem in ["Line 2, column “headcount”", "Line 3, column “headcount”", "Nothing was kept"] {
            assert!(text(&refused).contains(problem), "{}", text(&refused));
        }
        assert!(run(&app, &[&["workforce", "remove"][..], &of].concat()).status.success());
        assert!(!run(&app, &[&["workforce", "remove"][..], &of].concat()).status.success(), "it is gone");
        assert!(text(&run(&app, &["workforce", "template"])).starts_with("directorate,role,headcount,"));
        assert_eq!(workforce::template().lines().count(), 1);
    }
}
