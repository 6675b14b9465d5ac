//! As an interviewer: what is offered, what is theirs, and the pages of a case.

use super::keyboard::{ENTER, reach, reach_button, reach_link, type_keys};
use super::sign_in;
use crate::interview::panel::{Panel, answered, request};
use crate::interviewer::with_password;
use crate::support::TestApp;
use crate::support::browser::Browser;
use candour::interview::{Channel, Mode, Request};

#[test]
fn every_page_of_a_case_passes_the_checker() {
    let app = TestApp::on_sqlite();
    let panel = Panel::new(&app.app);
    let ivor = panel.independent("Ivor");
    let email = with_password(&panel, &ivor);
    let ask = |request: Request| panel.ask(&panel.person(), Mode::Independent, request);
    Browser::run(true, async |browser| {
        let mut faults = Vec::new();
        sign_in(&browser, &app, &email).await;
        browser.expect("Nothing waits for you.").await;
        faults.extend(browser.faults("interviews-none").await);
        ask(request());
        browser.open(&format!("{}/interviews", app.url())).await;
        browser.press("Take it").await;
        browser.expect("It is yours.").await;
        faults.extend(browser.faults("interview-taken").await);
        browser.follow("Agree a time").await;
        faults.extend(browser.faults("interview-plan").await);
        browser.press("Keep this time").await;
        browser.expect("Enter the date").await;
        faults.extend(browser.faults("interview-plan-wrong").await);
        let plan = candour::interview::Plan {
            at: "2026-09-08T14:30:00".parse().unwrap(),
            minutes: 45,
            place: "You ring them".to_owned(),
        };
        let id = panel.listed(&ivor)[0].case.id.clone();
        panel.plan(&ivor, &id, Some(plan)).unwrap();
        panel.save(&ivor, &id, 0, &answered("pay")).unwrap();
        let case = format!("{}/interviews/{id}", app.url());
        browser.open(&case).await;
        browser.expect("Put it in your calendar").await;
        faults.extend(browser.faults("interview").await);
        browser.open(&format!("{case}/passing")).await;
        faults.extend(browser.faults("interview-passing").await);
        browser.open(&format!("{case}/read-back")).await;
        faults.extend(browser.faults("interview-read-back").await);
        browser.press("I have read it to them").await;
        browser.expect("You have read out what you wrote.").await;
        faults.extend(browser.faults("interview-read-out").await);
        browser.press("Make a link to pass on").await;
        browser.expect("A link for them").await;
        faults.extend(browser.faults("interview-link").await);
        let reach = "robin@leavers.example.org".to_owned();
        ask(Request { channel: Channel::Email, reach, access: "A loop".to_owned(), ..request() });
        ask(Request { channel: Channel::InPerson, reach: "The library".to_owned(), ..request() });
        browser.open(&format!("{}/interviews", app.url())).await;
        browser.expect("Offered to you").await;
        faults.extend(browser.faults("interviews").await);
        browser.open(&format!("{}/interviews/nonesuch", app.url())).await;
        browser.expect("gone to somebody else").await;
        faults.extend(browser.faults("interview-gone").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

#[test]
fn a_keyboard_is_enough_to_take_a_case_agree_a_time_read_back_and_give_it_back() {
    let app = TestApp::on_sqlite();
    let panel = Panel::new(&app.app);
    let ivor = panel.independent("Ivor");
    let email = with_password(&panel, &ivor);
    panel.ask(&panel.person(), Mode::Independent, request());
    Browser::run(true, async |browser| {
        sign_in(&browser, &app, &email).await;
        reach_button(&browser, "Take it").await;
        browser.expect("It is yours.").await;
        reach_link(&browser, "Agree a time").await;
        browser.expect("How long").await;
        reach(&browser, "document.activeElement.name === 'date'").await;
        // The same in whatever order the browser has day and month, and with or without an afternoon.
        type_keys(&browser, "09092026").await;
        reach(&browser, "document.activeElement.name === 'time'").await;
        type_keys(&browser, "1030A").await;
        type_keys(&browser, ENTER).await;
        browser.expect("Wednesday 9 September 2026, 10:30 to 11:30").await;
        let id = panel.listed(&ivor)[0].case.id.clone();
        panel.save(&ivor, &id, 0, &answered("pay")).unwrap();
        browser.open(&format!("{}/interviews/{id}", app.url())).await;
        reach_link(&browser, "Read it back").await;
        browser.expect("Read this to them").await;
        reach_button(&browser, "I have read it to them").await;
        browser.expect("You have read out what you wrote.").await;
        reach_link(&browser, "Interview with Robin").await;
        browser.expect("How to reach them").await;
        reach_link(&browser, "Give it back").await;
        browser.expect("are erased").await;
        reach_button(&browser, "Give it back").await;
        browser.expect("what you had entered is erased").await;
        browser.close().await;
    });
    assert!(panel.listed(&ivor).is_empty());
}
