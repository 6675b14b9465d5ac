//! The pages that let people check: what leavers are promised, and a campaign's.

use super::blind;
use super::staff::released;
use crate::support::TestApp;
use crate::support::browser::Browser;
use fantoccini::Locator;
use serde_json::json;

#[test]
fn the_promise_passes_the_checker_in_both_languages_and_leads_to_the_script() {
    let app = TestApp::on_sqlite();
    Browser::run(true, async |browser| {
        browser.open(app.url()).await;
        let mut faults = Vec::new();
        browser.open(&format!("{}/promise", app.url())).await;
        browser.expect("We do not know which answers are yours").await;
        faults.extend(browser.faults("promise").await);
        browser.follow("Cymraeg").await;
        browser.expect("Ni wyddom pa atebion").await;
        faults.extend(browser.faults("promise-welsh").await);
        browser.follow("English").await;
        browser.follow("blind.js").await;
        browser.expect("RSABSSA-SHA384-PSS-Randomized").await;
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

#[test]
fn a_campaigns_page_passes_the_checker_and_its_fingerprint_is_what_the_script_works_out() {
    let app = TestApp::on_sqlite();
    let council = released(&app);
    let path = format!("{}/campaigns/{}", app.url(), council.campaign.id);
    Browser::run(true, async |browser| {
        let mut faults = Vec::new();
        browser.open(&path).await;
        browser.client.find(Locator::Css("summary")).await.unwrap().click().await.unwrap();
        browser.expect("BEGIN PUBLIC KEY").await;
        faults.extend(browser.faults("campaign-public").await);
        browser.open(&format!("{path}?lang=cy")).await;
        browser.expect("Allwedd yr ymgyrch hon").await;
        faults.extend(browser.faults("campaign-public-welsh").await);
        let code = council.codes(&app.app, 1).remove(0);
        browser.open(&format!("{}/i/{code}", app.url())).await;
        let steps = "
            const { spki } = await (await fetch(given.key)).json();
            const bytes = Uint8Array.from(atob(spki), char => char.charCodeAt(0));
            await blind.readKey(bytes);
            return blind.fingerprint(bytes)";
        let said = blind::run(&browser, steps, json!({ "key": format!("{path}/key") })).await;
        browser.open(&path).await;
        let shown = browser.client.find(Locator::Css(".fingerprint")).await.unwrap().text().await.unwrap();
        assert_eq!(said, shown.split_whitespace().collect::<Vec<_>>().join(" "));
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}
