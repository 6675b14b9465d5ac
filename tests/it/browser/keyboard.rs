//! A keyboard and nothing else.

use crate::support::browser::Browser;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};

/// As WebDriver spells them.
pub const TAB: &str = "\u{E004}";
pub const ENTER: &str = "\u{E007}";
pub const SPACE_AND_DOWN: &str = " \u{E015}";

/// Presses Tab until the script's condition holds; on the way the focus is always
/// to be seen.
pub async fn reach(browser: &Browser, condition: &str) {
    for _step in 0..150 {
        type_keys(browser, TAB).await;
        let seen = browser
            .client
            .execute(
                &format!(
                    "const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
                     const around = getComputedStyle(e.labels?.[0] ?? e), after = getComputedStyle(e.labels?.[0] ?? e, '::before');
                     const marked = [s, around, after].some(style =>
                         (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none');
                     return [{condition}, marked || e === document.body, box.top < innerHeight && box.bottom > 0, e.outerHTML.slice(0, 120)];"
                ),
                vec![],
            )
            .await
            .unwrap();
        assert!(seen[1].as_bool().unwrap(), "no focus is to be seen on {}", seen[3]);
        if seen[0].as_bool().unwrap() {
            assert!(seen[2].as_bool().unwrap(), "the focus is off the screen on {}", seen[3]);
            return;
        }
    }
    panic!("{condition} cannot be reached with Tab on:\n{}", browser.words().await);
}

pub async fn reach_button(browser: &Browser, label: &str) {
    reach_and_enter(browser, "button", label).await;
}

pub async fn reach_link(browser: &Browser, label: &str) {
    reach_and_enter(browser, "a", label).await;
}

async fn reach_and_enter(browser: &Browser, kind: &str, label: &str) {
    let element = "document.activeElement";
    reach(browser, &format!("{element}.matches('{kind}') && {element}.textContent.includes('{label}')")).await;
    type_keys(browser, ENTER).await;
}

pub async fn type_keys(browser: &Browser, keys: &str) {
    let mut actions = KeyActions::new("keyboard".into());
    for key in keys.chars() {
        actions = actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
    }
    browser.client.perform_actions(actions).await.unwrap();
}
