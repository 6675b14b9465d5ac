//! What everybody may look up: a campaign's page and key, and the promise.

use crate::support::council::Council;
use crate::support::{Page, TestApp};
use candour::campaign::keys;
use candour::release::{self, UptakeCounts, store};
use candour::response::{self, Mode};
use candour::survey::{self, Answer, Answers, Code};

/// Makes a release; its number.
fn release(app: &TestApp, council: &Council) -> u32 {
    let (keys, now, campaign) = (&app.app.keys, app.app.clock.now(), &council.campaign);
    let adults = Answer::One(Code::new("adults").unwrap());
    let people = vec![Answers::from([(Code::new("directorate").unwrap(), adults)]); 6];
    app.app
        .db
        .write_blocking(|conn| {
            let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
            response::record_all(conn, keys, &campaign.id, Mode::Online, &survey, &people)?;
            let uptake = UptakeCounts::default();
            anyhow::Ok(release::create(conn, keys, now, campaign, "Milbury", &survey, uptake)?.number)
        })
        .unwrap()
}

fn fingerprint(app: &TestApp, council: &Council) -> String {
    app.app.db.read_blocking(|conn| keys::public(conn, &council.campaign.id)).unwrap().fingerprint()
}

/// A page without what differs by chance only: the moment, and the headers' order.
fn received(page: &Page) -> (u16, Vec<(String, String)>, String) {
    let mut headers = page.headers.clone();
    headers.retain(|(name, _)| name != "date");
    headers.sort();
    (page.status, headers, page.text())
}

on_both! {
    fn a_campaign_says_who_asks_by_which_rules_and_with_which_key(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        let fingerprint = fingerprint(&app, &council);
        let mut visitor = app.visitor();
        let path = format!("/campaigns/{}", council.campaign.id);
        let page = visitor.open(&path).expect(200, "Milbury asks those who leave").clone();
        for words in ["Leavers 2026", "1 September 2026", "at least 5 people", "None so far", fingerprint.as_str()] {
            assert!(page.has(words), "{words} is not on\n{}", page.words());
        }
        assert_eq!(page.all("h3 + .fingerprint span").join(" "), fingerprint);
        assert!(page.text().contains("-----BEGIN PUBLIC KEY-----"));
        visitor.follow("Cymraeg").expect(200, "Mae Milbury yn gofyn");
        visitor.follow("Yr hyn sy'n hysbys").expect(200, "Ni wyddom pa atebion");

        let key = visitor.open(&format!("{path}/key")).clone();
        assert_eq!((key.status, key.header("content-type")), (200, Some("application/json")));
        let key: serde_json::Value = serde_json::from_slice(&key.bytes).unwrap();
        assert_eq!(key["campaign"], council.campaign.id.as_str());
        assert_eq!(key["algorithm"], "RSABSSA-SHA384-PSS-Randomized");
        assert_eq!(key["fingerprint"], fingerprint);
        let pem = page.all("pre").join("").replace(' ', "");
        assert!(pem.contains(key["spki"].as_str().unwrap()), "{pem}");
    }

    fn what_is_for_everybody_is_the_same_for_everybody(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        let path = format!("/campaigns/{}", council.campaign.id);
        for path in [path.clone(), format!("{path}/key"), "/promise".to_owned(), "/promise?lang=cy".to_owned()] {
            let (mut one, mut another) = (app.visitor(), app.visitor());
            // One who has been here before, and has taken up an offer; and a stranger.
            one.open(&format!("/i/{}", council.codes(&app.app, 1)[0]));
            let (first, second) = (received(one.open(&path)), received(another.open(&path)));
            assert_eq!(first, second, "{path}");
            assert_eq!(first.0, 200, "{path}");
            let tells = ["set-cookie", "etag", "last-modified"];
            assert!(!first.1.iter().any(|(name, _)| tells.contains(&name.as_str())), "{path}: {:?}", first.1);
            assert!(!first.2.contains("<script"), "{path}");
        }
    }

    fn only_releases_that_are_public_are_listed(app: TestApp) {
        let council = Council::new(&app.app, "Milbury");
        let (first, second) = (release(&app, &council), release(&app, &council));
        assert_eq!((first, second), (1, 2));
        app.app.db.write_blocking(|conn| store::publish(conn, &council.campaign.id, 2)).unwrap();
        let mut visitor = app.visitor();
        let page = visitor.open(&format!("/campaigns/{}", council.campaign.id)).expect(200, "Release 2, 1 September 2026");
        assert!(!page.has("Release 1"));
        // And back: the report says the key, and where it is from.
        visitor.follow("Release 2").expect(200, &fingerprint(&app, &council));
        visitor.follow("What it is, and how to check it").expect(200, "The key of this campaign");
    }

    fn every_release_says_the_key_and_each_campaign_has_its_own(app: TestApp) {
        let (ours, other) = (Council::new(&app.app, "Milbury"), Council::new(&app.app, "Aldham"));
        assert_ne!(fingerprint(&app, &ours), fingerprint(&app, &other));
        let number = release(&app, &ours);
        let body = app.app.db.read_blocking(|conn| store::body(conn, &ours.campaign.id, number)).unwrap().unwrap();
        let release = release::freeze::verify(&body).unwrap();
        assert_eq!(release.ticket_key, Some(fingerprint(&app, &ours)));
        assert!(body.contains(&format!("\"ticket_key\":\"{}\"", fingerprint(&app, &ours))));
    }

    fn a_campaign_that_is_not_there_is_not_found(app: TestApp) {
        for path in ["/campaigns/nonesuch", "/campaigns/nonesuch/key", "/campaigns/%00", "/campaigns", "/campaigns/"] {
            app.visitor().open(path).expect(404, "There is no such page");
        }
    }
}
