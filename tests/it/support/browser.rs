//! Chromium without a screen, driven through chromedriver.

use super::sources;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How wide windows are, in CSS pixels: the narrowest phone, and a desk.
pub const NARROW: u32 = 320;
pub const WIDE: u32 = 1280;

/// How long a page may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser with a profile of its own.
pub struct Browser {
    pub client: Client,
    driver: Child,
    _profile: TempDir,
}

impl Browser {
    /// Runs `visit` in a fresh browser, and ends the browser however that ends.
    pub fn run<F: Future<Output = ()>>(javascript: bool, visit: impl FnOnce(Browser) -> F) {
        // Two at a time are as many as two cores carry.
        static TURNS: [Mutex<()>; 2] = [const { Mutex::new(()) }; 2];
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let lane = &TURNS[NEXT.fetch_add(1, Ordering::Relaxed) % 2];
        let _turn = lane.lock().unwrap_or_else(|broken| broken.into_inner());
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let browser = Browser::start(javascript).await;
            visit(browser).await;
        });
    }

    async fn start(javascript: bool) -> Browser {
        let profile = tempfile::tempdir().unwrap();
        let (driver, port) = driver();
        let mut preferences = json!({});
        if !javascript {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
                "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--force-color-profile=srgb", "--hide-scrollbars", "--lang=en-GB",
                format!("--user-data-dir={}", profile.path().display()),
            ],
            "prefs": preferences,
        });
        let capabilities = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            // The checker goes through every element of a page.
            "timeouts": { "script": 180_000 },
        });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("chromium did not start: use tests/run, which installs it");
        let browser = Browser { client, driver, _profile: profile };
        browser.resize(WIDE).await;
        browser
    }

    /// Headless Chromium refuses windows under 500 pixels, so the page is told
    /// that it has a screen of this width.
    pub async fn resize(&self, width: u32) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false }),
        )
        .await;
    }

    pub async fn devtools(&self, command: &str, params: Value) -> Value {
        let command = Devtools { command: command.to_owned(), params };
        self.client.issue_cmd(command).await.unwrap()
    }

    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// What is to be read. A page that is just being replaced is asked again.
    pub async fn words(&self) -> String {
        for _try in 0..20 {
            if let Ok(body) = self.client.find(Locator::Css("body")).await
                && let Ok(text) = body.text().await
            {
                return text;
            }
            settle().await;
        }
        panic!("the page does not come to rest");
    }

    #[track_caller]
    pub fn expect(&self, words: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            // A press returns before the next page is there: signing in takes its time.
            let mut there = self.words().await;
            let since = Instant::now();
            while since.elapsed() < PATIENCE {
                if there.contains(words) {
                    return;
                }
                settle().await;
                there = self.words().await;
            }
            let url = self.client.current_url().await.unwrap();
            panic!("{caller}: expected {words:?} at {url}:\n{there}");
        }
    }

    pub async fn until(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let since = Instant::now();
        while !holds().await {
            assert!(since.elapsed() < PATIENCE, "in vain: {what}\n{}", self.words().await);
            settle().await;
        }
    }

    /// Presses the button that reads `label`. What is done next is done to the next
    /// page, if this sends the page and an answer comes at once.
    pub async fn press(&self, label: &str) {
        let path = format!("//button[contains(normalize-space(.), '{label}')]");
        let page = self.page().await;
        let sends = self
            .until_done(&format!("press {label:?}"), Locator::XPath(&path), async |button| {
                let sends = button.prop("type").await?.as_deref() == Some("submit");
                button.click().await.map(|()| sends)
            })
            .await;
        if sends {
            self.leaves(&page, Duration::from_secs(1)).await;
        }
    }

    /// Presses a button that sends the page, and waits until the page is gone: what is
    /// read or filled in next is the next one's.
    pub async fn turn(&self, label: &str) {
        let page = self.page().await;
        self.press(label).await;
        self.left(page).await;
    }

    pub async fn page(&self) -> Element {
        self.client.find(Locator::Css("html")).await.unwrap()
    }

    pub async fn left(&self, page: Element) {
        assert!(self.leaves(&page, PATIENCE).await, "the page stays:\n{}", self.words().await);
    }

    async fn leaves(&self, page: &Element, patience: Duration) -> bool {
        let since = Instant::now();
        while page.tag_name().await.is_ok() {
            if since.elapsed() > patience {
                return false;
            }
            settle().await;
        }
        true
    }

    pub async fn follow(&self, label: &str) {
        let path = format!("//a[contains(normalize-space(.), '{label}')]");
        let page = self.page().await;
        self.until_done(&format!("follow {label:?}"), Locator::XPath(&path), async |link| link.click().await).await;
        self.leaves(&page, Duration::from_secs(1)).await;
    }

    pub async fn fill(&self, css: &str, text: &str) {
        self.until_done(&format!("fill {css}"), Locator::Css(css), async |field| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// Ticks as a mouse does: by a click on the box, or on its label where that
    /// lies over the box.
    pub async fn tick(&self, css: &str) {
        self.until_done(&format!("tick {css}"), Locator::Css(css), async |field| {
            if !field.is_selected().await? {
                if field.click().await.is_err() {
                    let id = field.attr("id").await?.unwrap_or_default();
                    self.client.find(Locator::Css(&format!("label[for='{id}']"))).await?.click().await?;
                }
                assert!(field.is_selected().await?, "a click does not tick {css}");
            }
            Ok(())
        })
        .await;
    }

    /// Finds an element and does something with it: again while the page that has it is
    /// still to come, or is just being replaced.
    async fn until_done<T>(
        &self,
        what: &str,
        locator: Locator<'_>,
        act: impl AsyncFn(Element) -> Result<T, CmdError>,
    ) -> T {
        let since = Instant::now();
        loop {
            let done = match self.client.find(locator).await {
                Ok(element) => act(element).await,
                Err(e) => Err(e),
            };
            match done {
                Ok(done) => return done,
                Err(_) if since.elapsed() < PATIENCE => settle().await,
                Err(e) => panic!("cannot {what}: {e}\n{}", self.words().await),
            }
        }
    }

    pub async fn has(&self, css: &str) -> bool {
        !self.client.find_all(Locator::Css(css)).await.unwrap().is_empty()
    }

    pub async fn is_ticked(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.unwrap().is_selected().await.unwrap()
    }

    /// Everything that is wrong with the page: axe's violations in both colour
    /// schemes, sideways scrolling on a narrow screen, what the console complains
    /// of. Takes pictures on the way, into target/screenshots.
    pub async fn faults(&self, name: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for (width, scheme) in [(NARROW, "dark"), (NARROW, "light"), (WIDE, "dark"), (WIDE, "light")] {
            self.resize(width).await;
            let features = json!({ "features": [
                { "name": "prefers-color-scheme", "value": scheme },
                // Or colours would be measured half-way from one to the other.
                { "name": "prefers-reduced-motion", "value": "reduce" },
            ] });
            self.devtools("Emulation.setEmulatedMedia", features).await;
            settle().await;
            let place = format!("{name} ({width} px, {scheme})");
            if let Some(culprit) = self.sticks_out(width).await {
                faults.push(format!("{place}: scrolls sideways, because of {culprit}"));
            }
            faults.extend(self.violations().await.into_iter().map(|violation| format!("{place}: {violation}")));
            if scheme == "light" || name == "leaver-offer" {
                self.picture(&format!("{name}-{width}-{scheme}")).await;
            }
        }
        faults.extend(self.console().await.into_iter().map(|line| format!("{name}: console: {line}")));
        faults
    }

    /// The first element that makes the page wider than the window, if it is.
    async fn sticks_out(&self, width: u32) -> Option<String> {
        let script = format!(
            "if (document.documentElement.scrollWidth <= {width}) return null;
             const out = [...document.querySelectorAll('body *')].find(e => e.getBoundingClientRect().right > {width});
             const box = out && out.getBoundingClientRect();
             return out ? `${{out.outerHTML.slice(0, 160)}} (${{box.left}} to ${{box.right}} px)` : 'something unseen'"
        );
        let culprit = self.client.execute(&script, vec![]).await.unwrap();
        culprit.as_str().map(str::to_owned)
    }

    /// The whole page as it looks now.
    pub async fn picture(&self, name: &str) {
        let shot = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await;
        let bytes = decoded(shot["data"].as_str().unwrap());
        let folder = sources::root().join("target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
    }

    async fn violations(&self) -> Vec<String> {
        let file = sources::root().join("tests/browser/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(file)
            .expect("axe-core is missing: npm ci --prefix tests/browser, or use tests/run");
        self.client.execute(&axe, vec![]).await.unwrap();
        let run = "const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'] }).then(
                result => done(result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))),
                error => done(['axe failed: ' + error]))";
        let found = self.client.execute_async(run, vec![]).await.unwrap();
        found.as_array().unwrap().iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// What the console has complained of since it was last asked: a refused style
    /// or script, a file that is missing. Two things are no complaints: that a page
    /// was answered with an error, which some tests are about, and that the browser
    /// has forgotten pages as it was told.
    async fn console(&self) -> Vec<String> {
        let log = self.client.issue_cmd(ConsoleLog).await.unwrap();
        let lines = log.as_array().unwrap().iter().map(|entry| entry["message"].as_str().unwrap().to_owned());
        let harmless = ["the server responded with a status of 4", "Clear-Site-Data header on"];
        lines.filter(|line| !harmless.iter().any(|words| line.contains(words))).collect()
    }

    pub async fn close(self) {
        let _closed = self.client.clone().close().await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _gone = self.driver.kill();
        let _gone = self.driver.wait();
    }
}

/// A chromedriver of our own, and its port.
fn driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver is missing: apt-get install chromium chromium-driver, or use tests/run");
    let out = BufReader::new(driver.stdout.take().unwrap());
    for line in out.lines().map_while(Result::ok) {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return (driver, port.trim().trim_end_matches('.').parse().unwrap());
        }
    }
    panic!("chromedriver ended before it listened: {:?}", driver.wait());
}

/// A command of Chromium's own protocol.
#[derive(Debug)]
struct Devtools {
    command: String,
    params: Value,
}

impl fantoccini::wd::WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &url::Url) -> (ureq::http::Method, Option<String>) {
        (ureq::http::Method::POST, Some(json!({ "cmd": self.command, "params": self.params }).to_string()))
    }
}

#[derive(Debug)]
struct ConsoleLog;

impl fantoccini::wd::WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &url::Url) -> (ureq::http::Method, Option<String>) {
        (ureq::http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// Base 64, as the protocol sends pictures.
fn decoded(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'=').collect();
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    for four in digits.chunks(4) {
        let bits = four.iter().fold(0, |bits, byte| bits << 6 | value(*byte)) << (6 * (4 - four.len()));
        out.extend(&bits.to_be_bytes()[1..four.len()]);
    }
    out
}

/// Waits a little for what the page does by itself.
pub async fn settle() {
    tokio::time::sleep(Duration::from_millis(150)).await;
}
