//! As a leaver whose browser makes the ticket itself: the whole way, and everything
//! that can come between.

use super::leaver::{fill_in, waiting};
use crate::asking;
use crate::leaver::SHORT;
use crate::support::TestApp;
use crate::support::browser::{Browser, NARROW};
use crate::support::council::Council;
use candour::campaign::keys;
use fantoccini::Locator;
use serde_json::json;

/// From an invitation's page to the first page of questions.
pub(super) async fn begin(browser: &Browser) {
    browser.press("Answer online").await;
    browser.expect("Your browser made this ticket").await;
    browser.press("Continue to the questions").await;
    browser.expect("Where did you work?").await;
}

async fn answer(browser: &Browser) {
    while !browser.words().await.contains("Check your answers") {
        fill_in(browser, SHORT).await;
        browser.turn("Continue").await;
    }
    browser.press("Send my answers").await;
    browser.expect("Your answers have been sent").await;
}

impl Browser {
    /// What a script of the test's own returns.
    async fn run_script(&self, script: &str) -> serde_json::Value {
        self.client.execute(script, vec![]).await.unwrap()
    }

    async fn ticket(&self) -> String {
        self.client.find(Locator::Css(".ticket")).await.unwrap().text().await.unwrap()
    }

    /// Closes the tab that is open, and has a new one.
    async fn new_tab(&self) {
        let new = self.client.new_window(true).await.unwrap();
        self.client.close_window().await.unwrap();
        self.client.switch_to_window(new.handle).await.unwrap();
    }

    /// Before any script of the page.
    async fn before_each_page(&self, script: &str) {
        self.devtools("Page.enable", json!({})).await;
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// How much of the page has moved by itself since it was loaded.
    async fn shift(&self) -> f64 {
        let sum = "const done = arguments[0];
            let sum = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(sum), 300);";
        self.client.execute_async(sum, vec![]).await.unwrap().as_f64().unwrap()
    }

    async fn network(&self, is_there: bool) {
        self.devtools("Network.enable", json!({})).await;
        let conditions =
            json!({ "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions).await;
    }
}

struct Ground {
    app: TestApp,
    council: Council,
    link: String,
}

fn ground() -> Ground {
    let app = TestApp::on_sqlite();
    let council = Council::new(&app.app, "Westmere");
    let link = format!("{}/i/{}", app.url(), council.codes(&app.app, 1).remove(0));
    Ground { app, council, link }
}

#[test]
fn the_browser_makes_the_ticket_and_the_page_shows_which_key_signed_it() {
    let Ground { app, council, link } = ground();
    let key = app.app.db.read_blocking(|conn| keys::public(conn, &council.campaign.id)).unwrap();
    Browser::run(true, async |browser| {
        browser.open(&link).await;
        assert!(
            browser.run_script("return document.body.textContent").await.as_str().unwrap().contains(&key.fingerprint())
        );
        let mut faults = browser.faults("ticket-offer").await;
        browser.press("Answer online").await;
        browser.expect("Your browser made this ticket").await;
        faults.extend(browser.faults("ticket").await);
        browser.press("Keep it in this browser").await;
        browser.expect("This browser keeps it").await;
        faults.extend(browser.faults("ticket-kept").await);
        browser.press("Forget it").await;
        browser.expect("This browser has forgotten it").await;
        let focused = browser.run_script("return document.activeElement.textContent").await;
        assert_eq!(
            focused, "Keep it in this browser until my answers are sent",
            "whoever uses the keyboard is not lost"
        );
        let address = browser.client.current_url().await.unwrap();
        assert_eq!((address.path(), address.query()), ("/answer/begin", None), "no ticket is in the address");
        let cookies = browser.run_script("return document.cookie + localStorage.length").await;
        assert_eq!(cookies, "0");
        // The same again, and nothing is spent by it.
        let ticket = browser.ticket().await;
        browser.client.refresh().await.unwrap();
        browser.expect(&ticket).await;
        browser.press("Continue to the questions").await;
        browser.expect("Where did you work?").await;
        assert!(!browser.words().await.contains("We made your ticket"));
        answer(&browser).await;
        assert_eq!(browser.run_script("return sessionStorage.length").await, 0, "the tab has forgotten everything");
        browser.open(&format!("{link}?lang=cy")).await;
        browser.expect("Eich tocyn").await;
        faults.extend(browser.faults("ticket-begun-cy").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
    assert_eq!(waiting(&app, &council), 1);
}

#[test]
fn a_lost_connection_and_a_reload_in_the_middle_lose_no_ticket() {
    let Ground { app, council, link } = ground();
    Browser::run(true, async |browser| {
        browser.open(&link).await;
        browser.network(false).await;
        browser.press("Answer online").await;
        browser.expect("That did not get through").await;
        browser.network(true).await;
        browser.client.refresh().await.unwrap();
        // The code is spent, and the answer is lost on its way.
        let lose = "const real = window.fetch;
            window.fetch = async (path, options) => {
                const answer = await real(path, options);
                if (!path.includes('exchange')) return answer;
                window.lost = await answer.json();
                throw new TypeError('lost');
            };";
        browser.run_script(lose).await;
        browser.press("Answer online").await;
        browser.expect("That did not get through").await;
        let lost = browser.run_script("return window.lost.signature").await;
        assert_eq!(lost.as_str().map(str::len), Some(342), "the server has signed");
        browser.client.refresh().await.unwrap();
        browser.expect("with a ticket that a browser made").await;
        browser.press("Go on in this tab").await;
        browser.expect("Your browser made this ticket").await;
        let ticket = browser.ticket().await;
        browser.open(&link).await;
        browser.press("Go on in this tab").await;
        browser.expect(&ticket).await;
        browser.press("Continue to the questions").await;
        browser.expect("Where did you work?").await;
        answer(&browser).await;
        browser.close().await;
    });
    assert_eq!(waiting(&app, &council), 1);
}

#[test]
fn whoever_closes_the_tab_comes_back_by_the_ticket_that_is_kept_or_typed() {
    let Ground { app, council, link } = ground();
    Browser::run(true, async |browser| {
        browser.open(&link).await;
        browser.press("Answer online").await;
        browser.expect("Your browser made this ticket").await;
        browser.press("Keep it in this browser").await;
        let ticket = browser.ticket().await;
        browser.new_tab().await;
        browser.open(&link).await;
        browser.expect("Filled in from what this browser keeps").await;
        assert!(!browser.words().await.contains("Go on in this tab"));
        browser.press("Forget it").await;
        browser.new_tab().await;
        browser.open(&link).await;
        let kept = browser.run_script("return document.querySelector('[name=ticket]').value").await;
        assert_eq!(kept, "", "what was forgotten is gone");
        browser.fill("[name=ticket]", &ticket.to_lowercase()).await;
        browser.press("Continue").await;
        browser.expect("Where did you work?").await;
        browser.run_script(&format!("localStorage.setItem('ticket {}', '{ticket}')", council.campaign.id)).await;
        answer(&browser).await;
        assert_eq!(browser.run_script("return localStorage.length").await, 0, "kept until the answers are sent");
        browser.close().await;
    });
    assert_eq!(waiting(&app, &council), 1);
}

#[test]
fn what_a_browser_keeps_goes_when_the_answers_are_sent_however_the_ticket_was_given() {
    let Ground { app, council, link } = ground();
    Browser::run(true, async |browser| {
        browser.open(&link).await;
        browser.press("Answer online").await;
        browser.expect("Your browser made this ticket").await;
        browser.press("Keep it in this browser").await;
        let ticket = browser.ticket().await;
        browser.new_tab().await;
        browser.open(app.url()).await;
        browser.fill("[name=code]", &ticket).await;
        browser.press("Continue").await;
        browser.expect("Where did you work?").await;
        answer(&browser).await;
        assert_eq!(browser.run_script("return localStorage.length").await, 0);
        browser.close().await;
    });
    assert_eq!(waiting(&app, &council), 1);
}

#[test]
fn nothing_on_a_page_moves_by_itself() {
    let Ground { app: _app, link, .. } = ground();
    Browser::run(true, async |browser| {
        browser.open("data:text/html,<p style='height:20px'><p>x</p><script>setTimeout(() => document.body.prepend(document.createElement('hr')), 200)</script>").await;
        assert!(browser.shift().await > 0.0, "the test sees what moves");
        browser.resize(NARROW).await;
        browser.open(&link).await;
        assert_eq!(browser.shift().await, 0.0, "the invitation");
        browser.press("Answer online").await;
        browser.expect("Your browser made this ticket").await;
        browser.press("Keep it in this browser").await;
        browser.client.refresh().await.unwrap();
        browser.expect("This browser keeps it").await;
        assert_eq!(browser.shift().await, 0.0, "the ticket");
        browser.new_tab().await;
        browser.resize(NARROW).await;
        browser.open(&link).await;
        browser.expect("Filled in").await;
        assert_eq!(browser.shift().await, 0.0, "where it is asked for");
        browser.close().await;
    });
}

#[test]
fn who_asks_for_an_interview_has_their_kept_ticket_filled_in() {
    let app = TestApp::on_sqlite();
    let ground = asking::ground(&app);
    let link = format!("{}/i/{}", app.url(), ground.code());
    Browser::run(true, async |browser| {
        browser.open(&link).await;
        browser.press("Answer online").await;
        browser.expect("Your browser made this ticket").await;
        browser.press("Keep it in this browser").await;
        browser.new_tab().await;
        browser.open(&link).await;
        let mut faults = browser.faults("ticket-begun-or-interview").await;
        browser.press("Ask for an independent interview").await;
        browser.expect("Filled in from what this browser keeps").await;
        faults.extend(browser.faults("ticket-ask").await);
        browser.press("Ask for the interview").await;
        browser.expect("There is something to put right").await;
        fill_in(&browser, asking::ASK).await;
        browser.press("Ask for the interview").await;
        browser.expect("What happens next").await;
        browser.open(&link).await;
        browser.press("Answer online instead").await;
        browser.expect("Where did you work?").await;
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
    assert_eq!(ground.cases(), 0);
}

#[test]
fn who_asked_for_an_interview_can_have_a_ticket_made_instead() {
    let app = TestApp::on_sqlite();
    let ground = asking::ground(&app);
    let code = ground.code();
    asking::ask(&mut app.visitor(), &code);
    Browser::run(true, async |browser| {
        browser.open(&format!("{}/i/{code}", app.url())).await;
        let faults = browser.faults("ticket-instead").await;
        browser.press("Answer online instead").await;
        browser.expect("Your browser made this ticket").await;
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
    assert_eq!(ground.cases(), 0);
}

#[test]
fn a_key_of_ones_own_and_a_bad_signature_stop_the_browser() {
    let Ground { app, council, link } = ground();
    let other = Council::new(&app.app, "Eastmere");
    let link_of_another = format!("{}/i/{}", app.url(), other.codes(&app.app, 1).remove(0));
    Browser::run(true, async |browser| {
        // What everybody is given is not what this page names.
        let swap = format!(
            "const real = window.fetch;
             window.fetch = async (path, options) => {{
                 if (!path.endsWith('/key')) return real(path, options);
                 const key = await (await real('/campaigns/{}/key', options)).json();
                 return Response.json({{ ...key, campaign: '{}' }});
             }};",
            other.campaign.id, council.campaign.id
        );
        browser.open(&link).await;
        browser.run_script(&swap).await;
        browser.press("Answer online").await;
        browser.expect("the key is not the one that everybody is given").await;
        let mut faults = browser.faults("ticket-wrong-key").await;
        // Nor is it taken when the page goes along with it, in a tab that knows better.
        browser.client.refresh().await.unwrap();
        browser.run_script("sessionStorage.setItem('key ' + document.forms[0].dataset.campaign, '0'.repeat(32))").await;
        browser.press("Answer online").await;
        browser.expect("the key is not the one that everybody is given").await;
        browser.run_script("sessionStorage.clear()").await;
        browser.client.refresh().await.unwrap();
        let spoil = "const real = window.fetch;
            window.fetch = async (path, options) => {
                const answer = await real(path, options);
                if (!path.includes('exchange')) return answer;
                const { signature } = await answer.json();
                return Response.json({ signature: 'A' + signature.slice(1, 100) + 'AAAA' + signature.slice(104) });
            };";
        browser.run_script(spoil).await;
        browser.press("Answer online").await;
        browser.expect("our signature is not good").await;
        faults.extend(browser.faults("ticket-wrong-signature").await);
        assert!(!browser.words().await.contains("Go on without it"), "the code is spent");
        // A server that is honest again gives the same signature again.
        browser.client.refresh().await.unwrap();
        browser.press("Go on in this tab").await;
        browser.expect("Your browser made this ticket").await;

        browser.open(&link_of_another).await;
        browser.run_script("window.fetch = async () => { throw new TypeError('away'); }").await;
        browser.press("Answer online").await;
        browser.expect("That did not get through").await;
        browser.press("Go on without it").await;
        browser.expect("We made your ticket, because no script of ours").await;
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
    assert_eq!(waiting(&app, &council), 0);
}

#[test]
fn a_browser_that_cannot_make_a_ticket_says_so_and_the_form_works() {
    let Ground { app, council, link } = ground();
    Browser::run(true, async |browser| {
        browser.before_each_page("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });").await;
        browser.open(&link).await;
        browser.expect("Your browser cannot make a ticket").await;
        let faults = browser.faults("ticket-unable").await;
        browser.press("Answer online").await;
        browser.expect("We made your ticket, because no script of ours").await;
        answer(&browser).await;
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
    assert_eq!(waiting(&app, &council), 1);
}

#[test]
fn two_tabs_with_one_code_make_one_ticket() {
    let Ground { app: _app, link, .. } = ground();
    Browser::run(true, async |browser| {
        browser.open(&link).await;
        let second = browser.client.new_window(true).await.unwrap();
        let first = browser.client.window().await.unwrap();
        browser.client.switch_to_window(second.handle).await.unwrap();
        browser.open(&link).await;
        browser.press("Answer online").await;
        browser.expect("Your browser made this ticket").await;
        let ticket = browser.ticket().await;
        browser.client.switch_to_window(first).await.unwrap();
        browser.press("Answer online").await;
        browser.expect("with a ticket that a browser made").await;
        assert!(!browser.words().await.contains("Go on in this tab"), "that was the other one");
        browser.fill("[name=ticket]", &ticket).await;
        browser.press("Continue").await;
        browser.expect("Where did you work?").await;
        browser.close().await;
    });
}

#[test]
fn what_a_page_was_marked_with_does_not_go_along_with_the_ticket() {
    let ground = ground();
    Browser::run(true, async |browser| {
        browser.open(&ground.link).await;
        browser
            .run_script(
                "document.querySelector('form[data-campaign]').elements.lang.value = 'cy person 7';
                 HTMLFormElement.prototype.submit = function () {
                     document.body.append(JSON.stringify(Object.fromEntries(new FormData(this))) + ' is all');
                 }",
            )
            .await;
        browser.press("Answer online").await;
        browser.expect("is all").await;
        let sent = browser.words().await;
        assert!(sent.contains(r#""serial":"#) && sent.contains(r#""lang":"en""#) && !sent.contains("person"), "{sent}");
        browser.close().await;
    });
}
