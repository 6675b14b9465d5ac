//! The pages that let people check: what leavers are promised.

use crate::support::TestApp;
use crate::support::browser::Browser;

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
