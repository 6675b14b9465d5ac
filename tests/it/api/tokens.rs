//! A token reads what it was made for, and nothing else.

use super::{ask, everything, get, make, released};
use crate::backup::installation::run;
use crate::support::TestApp;
use crate::support::council::{Council, PASSWORD};
use candour::campaign::{self, NewCampaign};
use candour::staff::token::{NewToken, Scope, delete};
use chrono::TimeDelta;

fn council_of(app: &TestApp) -> (Council, String) {
    let council = released(app);
    let at = format!("/api/v1/campaigns/{}/releases", council.campaign.id);
    (council, at)
}

on_both! {
    fn figures_and_papers_take_a_scope_of_their_own(app: TestApp) {
        let (council, at) = council_of(&app);
        for (scope, other, theirs, not_theirs) in [
            (Scope::Releases, "reports:read", ["", "/1", "/1.json", "/latest.csv"], ["/1.html", "/1.docx"]),
            (Scope::Reports, "releases:read", ["", "/1.html", "/latest.docx", "/1?format=html"], ["/1", "/1.csv"]),
        ] {
            let new = NewToken { scopes: vec![scope], ..everything(&council) };
            let (_, secret) = make(&app, new);
            assert_eq!(get(&app, "/api/v1/campaigns", &secret).status, 200);
            for path in theirs {
                assert_eq!(get(&app, &format!("{at}{path}"), &secret).status, 200, "{scope:?} {path}");
            }
            for path in not_theirs {
                let reply = get(&app, &format!("{at}{path}"), &secret);
                assert_eq!((reply.status, reply.error().as_str()), (403, "may_not"), "{scope:?} {path}");
                let challenge = reply.header("www-authenticate").unwrap();
                assert!(challenge.contains("insufficient_scope") && challenge.contains(other), "{challenge}");
            }
            // Whatever it may not have, there is or is not.
            let unknown = at.replace(council.campaign.id.as_str(), "nonesuch");
            let theirs = get(&app, &format!("{at}{}", not_theirs[0]), &secret);
            assert_eq!(theirs.bytes, get(&app, &format!("{unknown}{}", not_theirs[0]), &secret).bytes);
        }
    }

    fn a_token_of_one_campaign_knows_of_no_other(app: TestApp) {
        let (council, at) = council_of(&app);
        let other = Council::new(&app.app, "Aldham");
        let own = NewCampaign::new(council.organisation.clone(), council.campaign.survey_version.clone(), "Leavers 2027");
        let now = app.app.clock.now();
        let second = app.app.db.write_blocking(|conn| campaign::open(conn, &app.app.keys, now, own)).unwrap();
        let (_, secret) = make(&app, NewToken { campaign_id: Some(council.campaign.id.clone()), ..everything(&council) });
        let listed = get(&app, "/api/v1/campaigns", &secret).json();
        assert_eq!(listed["campaigns"].as_array().unwrap().len(), 1, "{listed}");
        assert_eq!(listed["campaigns"][0]["id"], council.campaign.id.as_str());
        assert_eq!(get(&app, &format!("{at}/latest.csv"), &secret).status, 200);
        let unknown = get(&app, &at.replace(council.campaign.id.as_str(), "nonesuch"), &secret);
        for hidden in [second.id.as_str(), other.campaign.id.as_str()] {
            let path = at.replace(council.campaign.id.as_str(), hidden);
            assert_eq!((unknown.status, &get(&app, &path, &secret).bytes), (404, &unknown.bytes));
            for rest in ["/1", "/latest", "/1.pdf", "/latest.xlsx"] {
                assert_eq!(get(&app, &format!("{path}{rest}"), &secret).bytes, unknown.bytes, "{rest}");
            }
        }
        // To whoever may know of it, it says that nothing was released yet.
        let (_, all) = make(&app, everything(&council));
        let path = at.replace(council.campaign.id.as_str(), second.id.as_str());
        assert_eq!(get(&app, &format!("{path}/latest"), &all).error(), "no_release");
        assert_eq!(get(&app, &format!("{path}/1"), &all).error(), "not_found");
    }

    fn a_token_that_is_over_or_ended_says_so_and_reads_nothing(app: TestApp) {
        let (council, at) = council_of(&app);
        let last_day = Some(app.app.clock.now().date());
        let (token, secret) = make(&app, NewToken { last_day, ..everything(&council) });
        let (other, ended) = make(&app, everything(&council));
        assert_eq!(token.used_on, None);
        assert_eq!(get(&app, &at, &secret).status, 200);
        let used = |id| app.app.db.read_blocking(|conn| candour::staff::token::get(conn, id)).unwrap().unwrap().used_on;
        assert_eq!((used(&token.id), used(&other.id)), (last_day, None));
        app.app.clock.advance(TimeDelta::days(1));
        let reply = get(&app, &at, &secret);
        assert_eq!((reply.status, reply.error().as_str()), (401, "token_over"));
        assert!(reply.json()["detail"].as_str().unwrap().contains("1 September 2026"));
        assert_eq!(used(&token.id), last_day, "what was refused is no use");
        let end = || app.app.db.write_blocking(|conn| delete(conn, &council.organisation, &other.id)).unwrap();
        assert!(end().is_some() && end().is_none());
        assert_eq!(get(&app, &at, &ended).error(), "bad_token");
        assert!(get(&app, &at, &ended).header("www-authenticate").unwrap().contains("invalid_token"));
        assert_eq!(ask(&app, "GET", &at, &[]).error(), "unauthorised");
        // An address is written down everywhere.
        let (_, good) = make(&app, everything(&council));
        assert_eq!(ask(&app, "GET", &format!("{at}?token={good}&access_token={good}"), &[]).status, 401);
    }

    fn two_who_end_a_token_at_once_end_it_once(app: TestApp) {
        let (council, _) = council_of(&app);
        let (token, _) = make(&app, everything(&council));
        let end = || app.app.db.write_blocking(|conn| delete(conn, &council.organisation, &token.id)).unwrap().is_some();
        let ended: usize = std::thread::scope(|scope| {
            let racing: Vec<_> = (0..4).map(|_| scope.spawn(end)).collect();
            racing.into_iter().map(|one| usize::from(one.join().unwrap())).sum()
        });
        assert_eq!(ended, 1);
    }

    fn hr_makes_a_token_of_one_campaign_with_a_last_day_and_sees_that_it_is_used(app: TestApp) {
        let (council, at) = council_of(&app);
        let mut hr = app.visitor();
        hr.open("/sign-in");
        hr.press("Sign in", &[("email", &council.hr_email), ("password", PASSWORD)]);
        hr.open("/hr/tokens/new");
        let given = [("name", "Website"), ("scopes", "reports:read"), ("last_day", "2026-09-30"),
            ("campaign", council.campaign.id.as_str())];
        hr.press("Make the token", &[&given[..3], &[("campaign", "another's")]].concat()).expect(422, "Choose a campaign");
        assert_eq!(hr.page.attributes("input[name=scopes][checked]", "value"), ["reports:read"]);
        assert_eq!(hr.page.attributes("input[name=last_day]", "value"), ["2026-09-30"]);
        hr.press("Make the token", &given).expect(200, "It is shown this once");
        let secret = hr.page.all("p.card code").remove(0);
        hr.open("/hr/tokens").expect(200, "Papers of Leavers 2026").expect(200, "never").expect(200, "30 September 2026");
        assert_eq!(get(&app, &format!("{at}/latest.html"), &secret).status, 200);
        hr.open("/hr/tokens");
        assert!(!hr.page.has("never") && hr.page.has("1 September 2026"));
        app.app.clock.advance(TimeDelta::days(40));
        hr.open("/sign-in");
        hr.press("Sign in", &[("email", &council.hr_email), ("password", PASSWORD)]);
        hr.open("/hr/tokens").expect(200, "(over)");
        hr.press("End it", &[]).expect(200, "The token is ended");
        hr.open("/hr/record").expect(200, "Ended API token Website");
    }

    fn the_command_line_makes_lists_and_ends_tokens(app: TestApp) {
        let council = released(&app);
        let candour = |words: &[&str]| {
            let done = run(&app, &[&["token"], words].concat());
            (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned(), String::from_utf8_lossy(&done.stderr).into_owned())
        };
        let add = ["add", "--organisation", "Milbury", "--name", "Dashboard"];
        let (is_done, secret, note) = candour(&[&add[..], &["--reads", "figures", "--reads", "papers", "--campaign", "Leavers 2026", "--last-day", "2099-01-31"]].concat());
        assert!(is_done && note.contains("shown this once"), "{note}");
        let at = format!("/api/v1/campaigns/{}/releases/latest", council.campaign.id);
        for format in ["csv", "html"] {
            assert_eq!(get(&app, &format!("{at}.{format}"), secret.trim()).status, 200, "{format}");
        }
        let (_, list, _) = candour(&["list"]);
        let line = list.lines().find(|line| line.contains("Dashboard")).unwrap();
        for word in ["Milbury", "releases:read reports:read", "Leavers 2026", "2099-01-31"] {
            assert!(line.contains(word), "{word}: {line}");
        }
        assert!(!list.contains(secret.trim()));
        let (is_done, _, why) = candour(&[&add[..], &["--last-day", "2020-01-31"]].concat());
        assert!(!is_done && why.contains("must be today or later"), "{why}");
        let (is_done, _, why) = candour(&[&add[..], &["--campaign", "Nonesuch"]].concat());
        assert!(!is_done && why.contains("no campaign"), "{why}");
        let id = line.split_whitespace().next().unwrap();
        assert!(candour(&["end", id]).0 && !candour(&["end", id]).0);
        assert_eq!(get(&app, &format!("{at}.csv"), secret.trim()).status, 401);
    }
}
