//! As HR with the right to read what people wrote: every page of it.

use super::sign_in;
use crate::comments::{approve_all, released};
use crate::support::TestApp;
use crate::support::browser::Browser;
use crate::support::council::Council;
use candour::staff::account;

#[test]
fn every_page_of_whoever_reads_comments_passes_the_checker() {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Milbury");
    released(&app, &council, 100..124);
    let campaign = format!("{}/hr/campaigns/{}", app.url(), council.campaign.id);
    Browser::run(true, async |browser| {
        sign_in(&browser, &app, &council.hr_email).await;
        browser.open(&format!("{campaign}/comments")).await;
        let mut faults = browser.faults("comments-no-right").await;
        app.app
            .db
            .write_blocking(|conn| {
                let hr = account::by_email(conn, &council.hr_email.parse().unwrap())?.unwrap();
                account::let_read_comments(conn, &hr.id, true)
            })
            .unwrap();
        browser.open(&format!("{campaign}/comments")).await;
        faults.extend(browser.faults("comments").await);
        browser.open(&format!("{campaign}/releases/1/annex")).await;
        faults.extend(browser.faults("annex-nothing").await);
        browser.open(&format!("{campaign}/comments/stay")).await;
        faults.extend(browser.faults("comments-question").await);
        browser.follow("Go on reading").await;
        browser.expect("Save and go on").await;
        faults.extend(browser.faults("comment").await);
        browser.fill("input[name=passage-1]", "nobody").await;
        browser.press("Save and go on").await;
        browser.expect("is not in the comment").await;
        faults.extend(browser.faults("comment-wrong").await);
        browser.open(&format!("{campaign}/themes")).await;
        faults.extend(browser.faults("themes").await);
        approve_all(&app, &council);
        browser.open(&format!("{campaign}/releases/1/annex")).await;
        faults.extend(browser.faults("annex-proposed").await);
        browser.press("Add this to the report").await;
        browser.expect("They are added").await;
        faults.extend(browser.faults("annex").await);
        browser.open(&format!("{campaign}/comments/stay")).await;
        browser.follow("Comment 1").await;
        browser.expect("Quote it no more").await;
        faults.extend(browser.faults("comment-counted").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}
