//! In a real browser: every page as every role, with the accessibility checker
//! axe, by keyboard only, and without JavaScript.

mod asking;
mod blind;
mod blind_refused;
mod comments;
mod interview;
mod interviewer;
mod interviewer_form;
mod keyboard;
mod leaver;
mod paper;
mod promise;
mod staff;
mod ticket;

use crate::support::TestApp;
use crate::support::browser::Browser;
use crate::support::council::PASSWORD;

/// As a member of staff.
async fn sign_in(browser: &Browser, app: &TestApp, email: &str) {
    browser.open(&format!("{}/sign-in", app.url())).await;
    browser.fill("input[name=email]", email).await;
    browser.fill("input[name=password]", PASSWORD).await;
    browser.press("Sign in").await;
    browser.expect("Sign out").await;
}

#[test]
fn the_checker_finds_what_is_wrong_with_a_bad_page() {
    Browser::run(true, async |browser| {
        browser
            .open("data:text/html,<body><img src=x><button></button><p style='color:%23ccc;width:2000px'>pale</p>")
            .await;
        let faults = browser.faults("bad-page").await.join("\n");
        for rule in ["image-alt", "button-name", "color-contrast", "document-title", "scrolls sideways"] {
            assert!(faults.contains(rule), "{rule} was not found among:\n{faults}");
        }
        browser.close().await;
    });
}

#[test]
fn without_javascript_means_without() {
    let page = "data:text/html,<p id=p>plain</p>\
                <script>document.getElementById('p').textContent='scripted'</script>";
    Browser::run(false, async |browser| {
        browser.open(page).await;
        assert_eq!(browser.words().await, "plain");
        browser.close().await;
    });
    Browser::run(true, async |browser| {
        browser.open(page).await;
        assert_eq!(browser.words().await, "scripted");
        browser.close().await;
    });
}

#[test]
fn a_page_that_is_not_there() {
    let app = TestApp::on_sqlite();
    Browser::run(true, async |browser| {
        browser.open(&format!("{}/nowhere", app.url())).await;
        let faults = browser.faults("not-found").await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
        browser.close().await;
    });
}
