//! As a leaver.

use super::keyboard::{ENTER, SPACE_AND_DOWN, reach, reach_button, type_keys};
use super::ticket::begin;
use crate::leaver::FULL;
use crate::support::TestApp;
use crate::support::browser::{Browser, NARROW};
use crate::support::council::Council;
use candour::response;
use fantoccini::Locator;

pub(super) fn waiting(app: &TestApp, council: &Council) -> u64 {
    app.app.db.read_blocking(|conn| response::waiting(conn, &council.campaign.id)).unwrap()
}

/// Fills in whatever of `story` the page asks.
pub(super) async fn fill_in(browser: &Browser, story: &[(&str, &str)]) {
    for (name, value) in story {
        let choice = format!(":is([type=radio], [type=checkbox])[name='{name}'][value='{value}']");
        let text = format!("input[name='{name}']:not([type=radio]):not([type=checkbox]), textarea[name='{name}']");
        let option = format!("select[name='{name}']");
        if browser.has(&choice).await {
            browser.tick(&choice).await;
        } else if browser.has(&text).await {
            browser.fill(&text, value).await;
        } else if browser.has(&option).await {
            let select = browser.client.find(Locator::Css(&option)).await.unwrap();
            select.select_by_value(value).await.unwrap();
        }
    }
}

#[test]
fn every_page_of_a_leaver_passes_the_checker() {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Westmere");
    let codes = council.codes(&app.app, 2);
    let site = app.url();
    Browser::run(true, async |browser| {
        let mut faults = Vec::new();
        browser.open(site).await;
        faults.extend(browser.faults("leaver-start").await);
        browser.open(&format!("{site}/i/{}", codes[0])).await;
        faults.extend(browser.faults("leaver-offer").await);
        browser.open(&format!("{site}/i/{}?lang=cy", codes[0])).await;
        faults.extend(browser.faults("leaver-offer-welsh").await);
        browser.open(&format!("{site}/i/{}", codes[1])).await;
        browser.turn("No, thank you").await;
        faults.extend(browser.faults("leaver-decline").await);
        browser.turn("Say no").await;
        faults.extend(browser.faults("leaver-declined").await);
        browser.open(&format!("{site}/i/NONSENSE")).await;
        faults.extend(browser.faults("leaver-refused").await);

        browser.open(&format!("{site}/i/{}", codes[0])).await;
        begin(&browser).await;
        for page in 1.. {
            if browser.words().await.contains("Check your answers") {
                break;
            }
            faults.extend(browser.faults(&format!("leaver-section-{page}")).await);
            if page == 1 {
                browser.turn("Continue").await;
                browser.expect("There is something to put right").await;
                let focused = browser.client.active_element().await.unwrap();
                let words = focused.text().await.unwrap();
                assert!(words.contains("There is something to put right"), "the focus is on {words:?}");
                faults.extend(browser.faults("leaver-section-wrong").await);
            }
            fill_in(&browser, FULL).await;
            browser.turn("Continue").await;
        }
        faults.extend(browser.faults("leaver-check").await);
        browser.press("Send my answers").await;
        browser.expect("Your answers have been sent").await;
        faults.extend(browser.faults("leaver-thanks").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
    assert_eq!(waiting(&app, &council), 1);
}

#[test]
fn without_javascript_the_whole_way_works_on_a_narrow_screen() {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Westmere");
    let code = council.codes(&app.app, 1).remove(0);
    Browser::run(false, async |browser| {
        browser.resize(NARROW).await;
        browser.open(&format!("{}/i/{code}", app.url())).await;
        browser.press("Answer online").await;
        browser.expect("We made your ticket, because no script of ours").await;
        while !browser.words().await.contains("Check your answers") {
            fill_in(&browser, FULL).await;
            browser.turn("Continue").await;
        }
        browser.press("Send my answers").await;
        browser.expect("Your answers have been sent").await;
        browser.close().await;
    });
    assert_eq!(waiting(&app, &council), 1);
}

#[test]
fn back_and_reload_lose_nothing() {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Westmere");
    let code = council.codes(&app.app, 1).remove(0);
    Browser::run(true, async |browser| {
        browser.open(&format!("{}/i/{code}", app.url())).await;
        begin(&browser).await;
        fill_in(&browser, FULL).await;
        browser.turn("Continue").await;
        browser.expect("What made you leave?").await;
        fill_in(&browser, FULL).await;
        browser.turn("Continue").await;
        browser.expect("Would a rise of 5% have kept you?").await;

        // The browser's own button, twice, and forward again.
        browser.client.back().await.unwrap();
        browser.expect("What made you leave?").await;
        assert!(browser.is_ticked("input[value='workload']").await, "what was ticked is gone");
        browser.client.back().await.unwrap();
        browser.expect("Where did you work?").await;
        assert!(browser.is_ticked("input[value='adults']").await);
        browser.client.forward().await.unwrap();
        browser.expect("What made you leave?").await;

        // A reload sends the form again, and lands on the same page.
        browser.client.refresh().await.unwrap();
        browser.expect("What made you leave?").await;
        fill_in(&browser, FULL).await;
        browser.turn("Continue").await;

        // The page's own button.
        browser.turn("Back").await;
        browser.expect("What made you leave?").await;
        assert!(browser.is_ticked("input[value='pay']").await, "the page's Back lost an answer");
        while !browser.words().await.contains("Check your answers") {
            fill_in(&browser, &FULL[6..]).await;
            browser.turn("Continue").await;
        }
        browser.expect("Adults").await;
        browser.press("Send my answers").await;
        browser.expect("Your answers have been sent").await;
        browser.close().await;
    });
    assert_eq!(waiting(&app, &council), 1);
}

#[test]
fn a_keyboard_is_enough() {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Westmere");
    let code = council.codes(&app.app, 1).remove(0);
    Browser::run(true, async |browser| {
        browser.open(app.url()).await;
        reach(&browser, "document.activeElement.name === 'code'").await;
        type_keys(&browser, &code).await;
        type_keys(&browser, ENTER).await;
        browser.expect("Answer online").await;
        reach_button(&browser, "Answer online").await;
        browser.expect("Your browser made this ticket").await;
        reach_button(&browser, "Continue to the questions").await;
        for _page in 0..10 {
            if browser.words().await.contains("Check your answers") {
                break;
            }
            if browser.has("input[name='q.directorate']").await {
                reach(&browser, "document.activeElement.name === 'q.directorate'").await;
                // The second of the radios: an arrow moves, a space would choose the first.
                type_keys(&browser, SPACE_AND_DOWN).await;
            }
            if browser.has("input[name='q.reasons']").await {
                reach(&browser, "document.activeElement.value === 'workload'").await;
                type_keys(&browser, " ").await;
            }
            if browser.has("textarea").await {
                reach(&browser, "document.activeElement.name === 'q.stay'").await;
                type_keys(&browser, "Nothing").await;
            }
            let page = browser.page().await;
            reach_button(&browser, "Continue").await;
            browser.left(page).await;
        }
        browser.expect("Check your answers").await;
        browser.expect("Children").await;
        reach_button(&browser, "Send my answers").await;
        browser.expect("Your answers have been sent").await;
        browser.close().await;
    });
    assert_eq!(waiting(&app, &council), 1);
}
