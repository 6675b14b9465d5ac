//! As HR: the paper, and the workforce that stands in it.

use super::sign_in;
use super::staff::released;
use crate::support::TestApp;
use crate::support::browser::Browser;
use candour::report::Template;
use candour::report::template::Part;
use candour::template;
use fantoccini::Locator;

#[test]
fn every_page_of_the_paper_and_the_workforce_passes_the_checker() {
    let app = TestApp::on_sqlite();
    let council = released(&app);
    // The checker goes through the whole report elsewhere: here a short one is enough.
    let parts = [Part::Brief, Part::Workforce].into_iter().collect();
    let short = Template { parts, ..Template::default() };
    app.app.db.write_blocking(|conn| template::store::save(conn, &council.organisation, &short)).unwrap();
    let site = app.url();
    Browser::run(true, async |browser| {
        sign_in(&browser, &app, &council.hr_email).await;
        browser.open(&format!("{site}/hr/workforce")).await;
        let mut faults = browser.faults("workforce-none").await;
        browser.open(&format!("{site}/hr/workforce/new")).await;
        faults.extend(browser.faults("workforce-new").await);
        browser.turn("Upload the figures").await;
        faults.extend(browser.faults("workforce-wrong").await);
        // A date is chosen in the browser's own way.
        for (day, date) in [("from", "2025-04-01"), ("to", "2026-03-31")] {
            let field = browser.client.find(Locator::Css(&format!("input[name={day}]"))).await.unwrap();
            let set = format!("arguments[0].value = '{date}'");
            browser.client.execute(&set, vec![serde_json::to_value(field).unwrap()]).await.unwrap();
        }
        let more_stayed = "directorate,headcount,leavers,stayed\nAdults,300,40,310\nChildren,200,20,180\n";
        browser.fill("textarea[name=list]", more_stayed).await;
        browser.turn("Upload the figures").await;
        faults.extend(browser.faults("workforce-odd").await);
        browser.turn("Keep").await;
        browser.expect("The figures are kept").await;
        faults.extend(browser.faults("workforce").await);

        let release = format!("{site}/hr/campaigns/{}/releases/1", council.campaign.id);
        browser.open(&release).await;
        browser.follow("Choose what is in the paper").await;
        browser.expect("What is in the paper, and how it looks").await;
        faults.extend(browser.faults("paper").await);
        browser.fill("input[name=accent]", "#ffdd00").await;
        browser.turn("Save as our template").await;
        faults.extend(browser.faults("paper-wrong").await);
        browser.fill("input[name=accent]", "#0b5c6b").await;
        browser.fill("input[name=title]", "Why they left").await;
        browser.turn("Show it below").await;
        browser.expect("Why they left").await;
        faults.extend(browser.faults("paper-shown").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}
