//! The committee paper: put together on a release, saved as the organisation's
//! template, and taken away.

use crate::backup::installation::{import, run};
use crate::support::council::{Council, PASSWORD};
use crate::support::{File, TestApp, Visitor};
use flate2::read::ZlibEncoder;
use flate2::{Compression, Crc};
use std::io::Read;

fn released(app: &TestApp) -> (Council, Visitor, String) {
    let council = Council::new(&app.app, "Milbury");
    import(app, 12);
    let made = run(app, &["release", "create", "--campaign", "Leavers 2026"]);
    assert!(made.status.success(), "{made:?}");
    let mut hr = app.visitor();
    hr.open("/sign-in");
    hr.press("Sign in", &[("email", &council.hr_email), ("password", PASSWORD)]);
    let paper = format!("/hr/campaigns/{}/releases/1/paper", council.campaign.id);
    (council, hr, paper)
}

/// Two pixels of grey.
fn png() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let body = [kind, data].concat();
        let mut crc = Crc::new();
        crc.update(&body);
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &body, &crc.sum().to_be_bytes()].concat()
    };
    let head = [0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let mut dots = Vec::new();
    ZlibEncoder::new(&[0, 128, 128][..], Compression::fast()).read_to_end(&mut dots).unwrap();
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &head), &chunk(b"IDAT", &dots), &chunk(b"IEND", &[])].concat()
}

on_both! {
    fn hr_puts_a_paper_together_and_saves_how_it_looks(app: TestApp) {
        let (council, mut hr, paper) = released(&app);
        hr.open(paper.trim_end_matches("/paper"));
        hr.follow("Choose what is in the paper").expect(200, "What is in the paper, and how it looks");
        let chosen = [("title", "Why they left"), ("committee", "Scrutiny"), ("date", "2026-10-06"), ("accent", "#0b5c6b"),
            ("logo_alt", "Milbury Council"), ("parts", "questions")];
        let logo = File { field: "logo", name: "logo.png", bytes: &png() };
        hr.upload("Show it below", &chosen, &[logo]).expect(200, "For Scrutiny, 6 October 2026").expect(200, "Why they left");
        assert!(!hr.page.all("nav.report-contents li").join(" ").contains("How this paper was made"));
        hr.open(&paper);
        assert_eq!(hr.page.attributes("input[name=title]", "value"), [""], "a look is not saved");

        let logo = File { field: "logo", name: "logo.png", bytes: &png() };
        hr.upload("Save as our template", &chosen, &[logo]).expect(200, "Saved");
        assert_eq!(hr.page.attributes("input[name=title]", "value"), ["Why they left"]);
        assert_eq!(hr.page.attributes("input[name=date]", "value"), [""], "the day is of one paper");
        assert_eq!(hr.page.attributes("input[name=parts][checked]", "value"), ["questions"]);
        assert_eq!(hr.page.attributes("input[name=breakdowns][checked]", "value"), ["directorate"]);
        assert_eq!(hr.page.attributes("input[name=kept_logo]", "value").len(), 1);
        hr.open("/hr/record").expect(200, "Saved how papers look of Milbury");
        // The report of HR, and everybody's, look like that from now on.
        hr.open(paper.trim_end_matches("/paper")).expect(200, "For Scrutiny, ");
        hr.press("Make the report public", &[]);
        let public = hr.page.attributes("div.card a", "href").remove(0);
        app.visitor().open(&public).expect(200, "Why they left");
        // The logo comes along, until it is taken off.
        hr.open(&paper);
        hr.press("Save as our template", &[("committee", "")]).expect(200, "Saved");
        assert_eq!(hr.page.attributes("input[name=kept_logo]", "value").len(), 1);
        hr.press("Save as our template", &[("without_logo", "1")]).expect(200, "Saved");
        assert!(hr.page.attributes("input[name=kept_logo]", "value").is_empty());
        assert_eq!(council.campaign.name, "Leavers 2026");
    }

    fn what_is_wrong_is_told_at_its_place_and_the_rest_is_kept(app: TestApp) {
        let (_, mut hr, paper) = released(&app);
        hr.open(&paper);
        let wrong = [("title", "Why they left"), ("accent", "#ffdd00"), ("date", "soon"), ("breakdowns", "age")];
        let logo = File { field: "logo", name: "logo.svg", bytes: b"<svg onload='alert(1)'/>" };
        hr.upload("Save as our template", &wrong, &[logo]);
        for problem in ["a contrast of 1.3", "Enter a day", "Figures are not split by \"age\"", "neither a PNG nor a JPEG"] {
            hr.page.expect(422, problem);
        }
        assert_eq!(hr.page.attributes("input[name=title]", "value"), ["Why they left"]);
        assert_eq!(hr.page.attributes("input[name=accent]", "value"), ["#ffdd00"]);
        assert_eq!(hr.page.attributes("[autofocus] a", "href"), ["#f-date", "#f-breakdowns", "#f-accent", "#f-logo"]);
        hr.open(&paper);
        assert_eq!(hr.page.attributes("input[name=title]", "value"), [""]);
    }

    fn a_paper_is_taken_away_as_it_was_put_together(app: TestApp) {
        let (_, mut hr, paper) = released(&app);
        hr.open(&paper);
        hr.press("Web page (HTML)", &[("title", "<b>Why</b> they left")]);
        assert_eq!(hr.page.header("content-disposition"), Some("attachment; filename=\"release-1.html\""));
        assert!(hr.page.text().contains("&lt;b&gt;Why&lt;/b&gt; they left"));
        let file = app.folder().join("paper.html");
        let out = file.display().to_string();
        let report = |more: &[&str]| {
            let done = run(&app, &[&["report", "--campaign", "Leavers 2026", "--out", &out][..], more].concat());
            (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
        };
        let toml = app.folder().join("paper.toml");
        std::fs::write(&toml, "title = 'From the file'\ncommittee = 'Scrutiny'\nparts = ['made']\n").unwrap();
        let from = toml.display().to_string();
        assert!(report(&["--template", &from, "--title", "From the flag", "--date", "2026-10-06"]).0);
        let written = std::fs::read_to_string(&file).unwrap();
        assert!(written.contains("From the flag") && written.contains("For Scrutiny, 6 October 2026"));
        assert!(!written.contains("From the file") && !written.contains(">Every question<"));
        let (is_done, why) = report(&["--accent", "#ffffff", "--breakdown", "age"]);
        assert!(!is_done && why.contains("accent: ") && why.contains("they are by directorate"), "{why}");
    }

    fn a_file_of_figures_has_the_parts_that_were_chosen_and_no_others(app: TestApp) {
        released(&app);
        let file = app.folder().join("figures.csv");
        let out = file.display().to_string();
        let kinds = |more: &[&str]| {
            let flags = ["report", "--campaign", "Leavers 2026", "--format", "csv", "--out", &out];
            let done = run(&app, &[&flags[..], more].concat());
            assert!(done.status.success(), "{done:?}");
            let written = std::fs::read_to_string(&file).unwrap();
            let kinds = written.lines().skip(1).map(|line| line.split(',').nth(2).unwrap().to_owned());
            kinds.collect::<std::collections::BTreeSet<String>>().into_iter().collect::<Vec<String>>()
        };
        assert_eq!(kinds(&["--part", "questions", "--part", "made"]), kinds(&[]));
        assert!(kinds(&["--part", "made"]).is_empty());
    }

    fn a_breakdown_that_was_saved_and_that_a_campaign_lacks_is_left_out_of_its_paper(app: TestApp) {
        let (council, ..) = released(&app);
        let of_another = candour::report::Template {
            breakdowns: Some(vec!["region".to_owned(), "directorate".to_owned()]),
            ..candour::report::Template::default()
        };
        let save = |conn: &mut candour::db::Conn| candour::template::store::save(conn, &council.organisation, &of_another);
        app.app.db.write_blocking(save).unwrap();
        let file = app.folder().join("figures.csv");
        let done = run(&app, &["report", "--campaign", "Leavers 2026", "--format", "csv", "--out", &file.display().to_string()]);
        assert!(done.status.success(), "{done:?}");
        assert!(std::fs::read_to_string(&file).unwrap().contains(",directorate,"));
    }

    fn one_organisations_look_is_not_anothers(app: TestApp) {
        let (_, mut hr, paper) = released(&app);
        hr.open(&paper);
        hr.press("Save as our template", &[("title", "Ours alone")]).expect(200, "Saved");
        let other = Council::new(&app.app, "Aldham");
        let mut stranger = app.visitor();
        stranger.open("/sign-in");
        stranger.press("Sign in", &[("email", &other.hr_email), ("password", PASSWORD)]);
        stranger.open(&paper).expect(404, "");
        let theirs = app.app.db.read_blocking(|conn| candour::template::store::load(conn, &other.organisation)).unwrap();
        assert_eq!(theirs, candour::report::Template::default());
    }
}
