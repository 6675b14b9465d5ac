//! The interviewer's questionnaire with its script: by keyboard alone, and on
//! every bad day that it is to survive.

use super::sign_in;
use crate::interview::case::{Case, EMAIL};
use crate::support::TestApp;
use crate::support::browser::{Browser, settle};
use candour::interview;
use candour::survey::form::read_interview;
use candour::survey::{Answers, Survey, journey};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

async fn open(browser: &Browser, app: &TestApp, case: &Case) {
    sign_in(browser, app, EMAIL).await;
    browser.open(&format!("{}{}", app.url(), case.path("questionnaire"))).await;
    browser.expect("Nothing is unsaved").await;
}

async fn keys(browser: &Browser, keys: &str) {
    browser.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

async fn script(browser: &Browser, text: &str) -> Value {
    browser.client.execute(text, vec![]).await.unwrap()
}

/// What has the focus.
async fn focus(browser: &Browser) -> String {
    let id = script(browser, "return document.activeElement.id || document.activeElement.name || ''").await;
    id.as_str().unwrap().to_owned()
}

async fn connection(browser: &Browser, is_there: bool) {
    let conditions = json!({ "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.devtools("Network.enable", json!({})).await;
    browser.devtools("Network.emulateNetworkConditions", conditions).await;
}

/// Chooses an option by script, as a tap on it would.
async fn choose(browser: &Browser, name: &str, value: &str) {
    browser
        .client
        .execute(
            "const input = document.querySelector(`input[name=\"${arguments[0]}\"][value=\"${arguments[1]}\"]`);
         input.checked = true; input.dispatchEvent(new Event('change', { bubbles: true }))",
            vec![json!(name), json!(value)],
        )
        .await
        .unwrap();
}

/// What comes of the keys that are pressed below.
const TYPED: &[(&str, &[&str])] = &[
    ("q.directorate", &["adults"]),
    ("q.years", &["7"]),
    ("q.reasons", &["pay", "workload"]),
    ("q.supported", &["-prefer_not_to_say"]),
    ("q.recommend", &["10"]),
    ("q.left_on.month", &["5"]),
    ("q.left_on.year", &["2026"]),
    ("q.enough", &["no"]),
    ("q.stay", &["12 parking spaces, next door"]),
];

#[test]
fn an_interview_is_entered_by_keyboard_alone_and_nothing_is_left_in_the_browser() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        for _tab in 0..40 {
            if script(&browser, "return document.activeElement.hash || ''").await == "#s-work" {
                break;
            }
            keys(&browser, &Key::Tab.to_string()).await;
        }
        let enter = Key::Enter.to_string();
        keys(&browser, &enter).await;
        settle().await;
        assert_eq!(focus(&browser).await, "s-work");
        keys(&browser, "n").await;
        assert_eq!(focus(&browser).await, "q-directorate");
        keys(&browser, "1").await;
        keys(&browser, &enter).await;
        assert_eq!(focus(&browser).await, "f-q-years");
        keys(&browser, "7").await;
        keys(&browser, &enter).await;
        assert_eq!(focus(&browser).await, "q-reasons");
        assert!(!browser.client.find(Locator::Css("#q-enough")).await.unwrap().is_displayed().await.unwrap());
        for key in ["2", "1", "n", "p", "n", "r", "n"] {
            keys(&browser, key).await;
        }
        assert_eq!(focus(&browser).await, "q-recommend");
        keys(&browser, "t").await;
        keys(&browser, &enter).await;
        assert_eq!(focus(&browser).await, "f-q-left_on-month");
        keys(&browser, "May").await;
        keys(&browser, &Key::Tab.to_string()).await;
        keys(&browser, "2026").await;
        keys(&browser, &enter).await;
        assert_eq!(focus(&browser).await, "q-enough", "pay was chosen, so this is asked");
        keys(&browser, "2").await;
        keys(&browser, "n").await;
        assert_eq!(focus(&browser).await, "f-q-stay");
        keys(&browser, "12 parking spaces, next door").await;
        keys(&browser, &Key::Escape.to_string()).await;
        keys(&browser, "n").await;
        assert_eq!(focus(&browser).await, "end");
        browser.expect("Saved at 10:30").await;
        for (field, values) in TYPED {
            // What was typed last is saved a moment after that.
            browser.until(&format!("{field} is saved"), async || case.entered(field) == *values).await;
        }
        let left =
            script(&browser, "return localStorage.length + sessionStorage.length + document.cookie.length").await;
        assert_eq!(left, json!(0));
        browser.close().await;
    });
}

#[test]
fn what_cannot_stand_together_takes_the_other_back() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        let ticked = async |css: &str| browser.is_ticked(css).await;
        choose(&browser, "q.reasons", "pay").await;
        choose(&browser, "q.reasons", "none").await;
        assert!(!ticked("[value=pay]").await && ticked("[value=none]").await);
        choose(&browser, "q.reasons.missing", "not_known").await;
        assert!(!ticked("[value=none]").await && ticked("[name='q.reasons.missing'][value=not_known]").await);
        choose(&browser, "q.reasons", "workload").await;
        assert!(!ticked("[name='q.reasons.missing'][value=not_known]").await);
        browser.fill("[name='q.years']", "7").await;
        choose(&browser, "q.years.missing", "prefer_not_to_say").await;
        assert_eq!(script(&browser, "return document.getElementsByName('q.years')[0].value").await, "");
        browser.fill("[name='q.years']", "8").await;
        keys(&browser, &Key::Tab.to_string()).await;
        browser.expect("Saved at").await;
        assert_eq!((case.entered("q.years"), case.entered("q.years.missing").len()), (vec!["8".to_owned()], 0));
        browser.close().await;
    });
}

#[test]
fn a_connection_that_drops_loses_nothing() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        connection(&browser, false).await;
        choose(&browser, "q.directorate", "finance").await;
        browser.expect("Not saved: no connection. What you enter stays in this page").await;
        browser.fill("[name='q.stay']", "Said while nobody was listening").await;
        browser.press("Save, read back and hand in").await;
        settle().await;
        browser.expect("Not saved: no connection").await;
        assert!(case.entered("q.directorate").is_empty());
        connection(&browser, true).await;
        browser.expect("Saved at 10:30").await;
        assert_eq!(case.entered("q.directorate"), ["finance"]);
        for _try in 0..40 {
            if !case.entered("q.stay").is_empty() {
                break;
            }
            settle().await;
        }
        assert_eq!(case.entered("q.stay"), ["Said while nobody was listening"]);
        browser.close().await;
    });
}

#[test]
fn what_is_too_long_is_sent_once_a_press() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        let long = "window.tries = 0; const send = window.fetch;
            window.fetch = (...all) => { window.tries += 1; return send(...all); };
            document.querySelector(\"[name='q.stay']\").value = 'x'.repeat(1200000);
            document.querySelector(\"button[value='save']\").click()";
        script(&browser, long).await;
        browser.expect("Shorten a text").await;
        for _while in 0..4 {
            settle().await;
        }
        assert_eq!(script(&browser, "return window.tries").await, json!(1));
        browser.fill("[name='q.stay']", "Short").await;
        browser.expect("Saved at 10:30").await;
        browser.close().await;
    });
}

#[test]
fn whoever_is_signed_out_signs_in_elsewhere_and_goes_on_here() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        case.end_sessions();
        choose(&browser, "q.directorate", "children").await;
        browser.expect("You have been signed out. Sign in in another tab, and go on here").await;
        assert!(case.entered("q.directorate").is_empty());
        let here = browser.client.window().await.unwrap();
        let other = browser.client.new_window(true).await.unwrap();
        browser.client.switch_to_window(other.handle).await.unwrap();
        sign_in(&browser, &app, EMAIL).await;
        browser.client.switch_to_window(here).await.unwrap();
        browser.expect("Saved at 10:30").await;
        assert_eq!(case.entered("q.directorate"), ["children"]);
        browser.close().await;
    });
}

#[test]
fn what_was_withdrawn_meanwhile_leaves_nothing_in_the_page() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        browser.fill("[name='q.stay']", "My manager, Mr Brown").await;
        browser.expect("Saved at").await;
        case.panel.write(|conn| interview::withdraw(conn, &app.app.keys, &case.person));
        choose(&browser, "q.directorate", "children").await;
        browser.expect("This interview was withdrawn, handed in, or has gone to somebody else").await;
        let page = script(&browser, "return document.documentElement.outerHTML").await;
        assert!(!page.as_str().unwrap().contains("q.stay") && !page.as_str().unwrap().contains("Mr Brown"));
        browser.close().await;
    });
}

#[test]
fn whoever_answered_online_meanwhile_ends_the_interview() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        case.answer_online();
        choose(&browser, "q.directorate", "children").await;
        browser.expect("They have answered online meanwhile").await;
        assert!(!browser.has("#questionnaire input").await && case.opened().is_none());
        browser.close().await;
    });
}

#[test]
fn another_tab_is_not_overwritten_unseen() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        let mut draft = interview::Draft { notes: "From elsewhere".to_owned(), ..interview::Draft::default() };
        case.panel.save(&case.by, &case.id, 0, &draft).unwrap();
        choose(&browser, "q.directorate", "children").await;
        browser.expect("changed in another tab or on another device").await;
        assert_eq!(case.opened().unwrap().draft.notes, "From elsewhere");
        browser.press("Keep this page").await;
        browser.expect("Saved at").await;
        assert_eq!(
            (case.entered("q.directorate"), case.opened().unwrap().draft.notes),
            (vec!["children".to_owned()], String::new())
        );

        draft.notes = "Again".to_owned();
        case.panel.save(&case.by, &case.id, 2, &draft).unwrap();
        choose(&browser, "q.directorate", "finance").await;
        browser.expect("changed in another tab or on another device").await;
        browser.press("Load the newer one").await;
        browser.expect("Nothing is unsaved").await;
        assert_eq!(script(&browser, "return document.getElementsByName('notes')[0].value").await, "Again");
        assert!(!browser.is_ticked("[value=finance]").await);
        browser.close().await;
    });
}

#[test]
fn a_wrong_clock_does_no_harm() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(true, async |browser| {
        let wrong = "const Right = Date; let now = 0;
            Date = class extends Right { constructor(...given) { given.length ? super(...given) : super(now -= 6e7) }
                                         static now() { return now -= 6e7 } }";
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": wrong })).await;
        open(&browser, &app, &case).await;
        assert_eq!(script(&browser, "return new Date().getFullYear() < 1970").await, json!(true));
        choose(&browser, "q.directorate", "children").await;
        browser.expect("Saved at 10:30").await;
        assert_eq!(case.entered("q.directorate"), ["children"]);
        let seconds = script(&browser, "return document.getElementById('clock').textContent").await;
        assert!(seconds.as_str().unwrap().starts_with("0:"), "{seconds}");
        browser.close().await;
    });
}

/// Small numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

/// The questions that the library asks after what a form holds.
fn asked(survey: &Survey, fields: &[(String, String)]) -> Vec<String> {
    let mut answers = Answers::new();
    let mut asked = Vec::new();
    for section in &survey.sections {
        let questions = journey::asked_questions(section, &answers);
        asked.extend(questions.iter().map(|question| question.code.to_string()));
        answers.extend(read_interview(&questions, fields).0);
    }
    asked
}

#[test]
fn the_script_asks_what_the_library_asks_whatever_was_entered() {
    let app = TestApp::on_sqlite();
    let source = crate::support::sources::read("src/survey/tests/whole.toml");
    let case = Case::with_survey(&app, &source);
    let survey = candour::survey::parse(&source).unwrap().survey;
    // Ticks and fills at random, without the help that a person would get.
    let enter = "const [ticks, texts, chances] = arguments, form = document.getElementById('questionnaire');
        const inputs = [...form.querySelectorAll('.ask input:not([type=text])')];
        // In another order each time: of radio buttons the last one wins.
        const order = inputs.map((input, at) => [chances[at % chances.length], at, input]).sort(([a], [b]) => a - b);
        order.forEach(([chance, at, input]) => input.checked = ticks[at]);
        [...form.querySelectorAll('.ask input[type=text], .ask textarea, .ask select')]
            .forEach((input, at) => input.value = texts[at % texts.length]);
        form.dispatchEvent(new Event('input'));
        const shown = [...form.querySelectorAll('.ask')].filter(one => !one.hidden && !one.closest('section').hidden);
        return [[...new FormData(form)], shown.map(one => one.dataset.question)]";
    Browser::run(true, async |browser| {
        open(&browser, &app, &case).await;
        let mut dice = Dice(7);
        let texts = ["", "", "0", "1", "7", " 12 ", "1,0", "101", "-3", "3", "2026", "Pay"];
        let mut seen = std::collections::BTreeSet::new();
        for _round in 0..150 {
            let often = 2 + dice.below(8);
            let ticks: Vec<bool> = (0..200).map(|_| dice.below(often) == 0).collect();
            let chances: Vec<usize> = (0..97).map(|_| dice.below(1_000)).collect();
            let words: Vec<&str> = (0..7).map(|_| texts[dice.below(texts.len())]).collect();
            let found = browser.client.execute(enter, vec![json!(ticks), json!(words), json!(chances)]).await.unwrap();
            let fields: Vec<(String, String)> = serde_json::from_value(found[0].clone()).unwrap();
            let shown: Vec<String> = serde_json::from_value(found[1].clone()).unwrap();
            assert_eq!(shown, asked(&survey, &fields), "after {fields:?}");
            seen.insert(shown);
        }
        assert!(seen.len() > 4, "only {seen:?} was asked");
        browser.close().await;
    });
}

#[test]
fn the_questionnaire_and_handing_in_pass_the_checker() {
    let app = TestApp::on_sqlite();
    let (_, source) = candour::survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap();
    let case = Case::with_survey(&app, source);
    Browser::run(true, async |browser| {
        let mut faults = Vec::new();
        open(&browser, &app, &case).await;
        choose(&browser, "q.reasons", "pay").await;
        choose(&browser, "q.destination", "agency").await;
        browser.expect("Saved at").await;
        for summary in ["Notes for yourself", "Keys"] {
            let path = format!("//summary[contains(., '{summary}')]");
            browser.client.find(Locator::XPath(&path)).await.unwrap().click().await.unwrap();
        }
        faults.extend(browser.faults("interview-questionnaire").await);
        browser.resize(768).await;
        browser.picture("interview-questionnaire-768").await;
        browser.open(&format!("{}{}", app.url(), case.path("hand-in"))).await;
        faults.extend(browser.faults("interview-hand-in").await);
        browser.press("Hand in").await;
        browser.expect("The answers are counted, once").await;
        faults.extend(browser.faults("interview-handed-in").await);
        browser.close().await;
        assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    });
}

#[test]
fn without_a_script_nothing_is_promised_that_only_a_script_does() {
    let app = TestApp::on_sqlite();
    let case = Case::new(&app);
    Browser::run(false, async |browser| {
        open(&browser, &app, &case).await;
        let words = browser.words().await;
        assert!(words.contains("Only if") && !words.contains("Keys") && !words.contains("Open for"), "{words}");
        browser.picture("interview-questionnaire-plain").await;
        browser.tick("[value=adults]").await;
        browser.press("Save").await;
        browser.expect("Saved at 10:30").await;
        assert_eq!(case.entered("q.directorate"), ["adults"]);
        browser.close().await;
    });
}
