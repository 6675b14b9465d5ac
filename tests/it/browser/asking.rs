//! As a leaver who would rather talk to somebody.

use super::keyboard::{reach, reach_button, type_keys};
use super::leaver::fill_in;
use crate::asking::{ASK, ground};
use crate::interview::panel::{NUMBER, answered};
use crate::support::TestApp;
use crate::support::browser::{Browser, NARROW};
use candour::interview;

#[test]
fn every_page_about_an_interview_passes_the_checker() {
    let app = TestApp::on_sqlite();
    let ground = ground(&app);
    let [code, other] = [ground.code(), ground.code()];
    let link = format!("{}/i/{code}", app.url());
    Browser::run(true, async |browser| {
        let mut faults = Vec::new();
        for lang in ["en", "cy"] {
            browser.open(&format!("{link}?lang={lang}")).await;
            faults.extend(browser.faults(&format!("asking-offer-{lang}")).await);
        }
        browser.turn("Gofyn am gyfweliad annibynnol").await;
        faults.extend(browser.faults("asking-form-cy").await);
        browser.open(&link).await;
        browser.turn("Ask for an independent interview").await;
        faults.extend(browser.faults("asking-form").await);
        browser.turn("Ask for the interview").await;
        faults.extend(browser.faults("asking-form-wrong").await);
        fill_in(&browser, ASK).await;
        browser.press("Ask for the interview").await;
        browser.expect("What happens next").await;
        faults.extend(browser.faults("asking-asked").await);
        browser.open(&link).await;
        faults.extend(browser.faults("asking-offered").await);
        let case = ground.sam_takes().case.id;
        browser.open(&link).await;
        browser.expect("Sam Hill has taken your interview").await;
        faults.extend(browser.faults("asking-taken").await);
        browser.turn("Leave other times or details").await;
        faults.extend(browser.faults("asking-change").await);
        browser.turn("Save").await;
        faults.extend(browser.faults("asking-changed").await);

        ground.panel.save(&ground.sam, &case, 0, &answered("A parking space")).unwrap();
        let keys = &ground.panel.app.keys;
        let token = ground.panel.write(|conn| interview::make_read_back(conn, keys, &ground.sam, &case));
        let read_back = format!("{}/read-back/{}", app.url(), token.expose());
        browser.open(&read_back).await;
        faults.extend(browser.faults("asking-read-back").await);
        browser.turn("Send this to the interviewer").await;
        faults.extend(browser.faults("asking-read-back-wrong").await);
        browser.open(&format!("{read_back}?lang=cy")).await;
        browser.turn("Mae hyn yn gywir").await;
        faults.extend(browser.faults("asking-confirmed-cy").await);
        browser.open(&read_back).await;
        faults.extend(browser.faults("asking-read-back-gone").await);

        browser.open(&link).await;
        browser.turn("Withdraw").await;
        faults.extend(browser.faults("asking-withdraw").await);
        browser.press("Withdraw").await;
        browser.expect("You have withdrawn").await;
        faults.extend(browser.faults("asking-withdrawn").await);
        browser.open(&format!("{}/i/{other}", app.url())).await;
        browser.turn("No, thank you").await;
        faults.extend(browser.faults("asking-decline").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

#[test]
fn asking_takes_a_keyboard_and_a_narrow_screen_and_no_javascript() {
    let app = TestApp::on_sqlite();
    let ground = ground(&app);
    let link = format!("{}/i/{}", app.url(), ground.code());
    Browser::run(false, async |browser| {
        browser.resize(NARROW).await;
        browser.open(&link).await;
        reach_button(&browser, "Ask for an independent interview").await;
        browser.expect("What should they call you?").await;
        reach(&browser, "document.activeElement.name === 'name'").await;
        type_keys(&browser, "Robin").await;
        reach(&browser, "document.activeElement.name === 'channel'").await;
        type_keys(&browser, " ").await;
        reach(&browser, "document.activeElement.name === 'reach'").await;
        type_keys(&browser, "07700").await;
        reach_button(&browser, "Ask for the interview").await;
        browser.expect("There is something to put right").await;
        reach(&browser, "document.activeElement.name === 'reach'").await;
        type_keys(&browser, NUMBER).await;
        reach_button(&browser, "Ask for the interview").await;
        browser.expect("What happens next").await;
        browser.close().await;
    });
    assert_eq!(ground.counts().taken_up, 1);
    assert_eq!(ground.sam_takes().details.request.name, "Robin");
}
