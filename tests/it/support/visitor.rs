//! A person at a browser without JavaScript: opens pages, follows links, fills
//! in forms and presses buttons, by what they read on the page. Addresses and
//! hidden fields are the product's own business.

use scraper::{ElementRef, Html, Selector};
use std::sync::atomic::{AtomicU32, Ordering};

pub struct Visitor {
    agent: ureq::Agent,
    base: String,
    /// Each visitor comes from an address of their own.
    address: String,
    is_patient: bool,
    pub page: Page,
}

type Answer = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

/// What came back last, after redirects.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub status: u16,
    /// From the site's root.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
}

/// A file for an upload.
pub struct File<'a> {
    pub field: &'a str,
    pub name: &'a str,
    pub bytes: &'a [u8],
}

impl Page {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(is, _)| is.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// What a person reads on it, with single spaces.
    pub fn words(&self) -> String {
        let html = self.html();
        let body = Selector::parse("body").unwrap();
        html.select(&body).map(words).collect::<Vec<_>>().join(" ")
    }

    pub fn has(&self, words: &str) -> bool {
        self.words().contains(words)
    }

    /// The text of each element that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        self.html().select(&Selector::parse(selector).unwrap()).map(words).collect()
    }

    /// An attribute of each element that a selector finds.
    pub fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let (html, selector) = (self.html(), Selector::parse(selector).unwrap());
        html.select(&selector).filter_map(|element| element.attr(attribute)).map(str::to_owned).collect()
    }

    #[track_caller]
    pub fn expect(&self, status: u16, words: &str) -> &Self {
        assert!(
            self.status == status && self.has(words),
            "expected {status} with {words:?}, got {} at {}:\n{}",
            self.status,
            self.path,
            self.words()
        );
        self
    }
}

impl Visitor {
    pub fn new(base: &str) -> Visitor {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(std::time::Duration::from_secs(60)))
            .build();
        Visitor {
            agent: config.into(),
            base: base.to_owned(),
            address: format!("10.{}.{}.{}", number >> 16, (number >> 8) & 255, number & 255),
            is_patient: false,
            page: Page::default(),
        }
    }

    /// Somebody who tries again, for half a minute, when a page does not load.
    pub fn patient(mut self) -> Visitor {
        self.is_patient = true;
        self
    }

    /// Goes on, with the same cookies and page, at another process.
    pub fn go_on_at(&mut self, base: &str) {
        self.base = base.to_owned();
    }

    /// Where the visitor says that they come from.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The values of all cookies that the visitor has been given.
    pub fn cookies(&self) -> Vec<String> {
        self.agent.cookie_jar_lock().iter().map(|cookie| cookie.value().to_owned()).collect()
    }

    /// Opens an address of this site, or a path on it.
    pub fn open(&mut self, address: &str) -> &Page {
        let path = self.path_of(address);
        let response = self.try_often(|| {
            self.agent
                .get(format!("{}{path}", self.base))
                .header("x-forwarded-for", &self.address)
                .header("sec-fetch-site", "none")
                .call()
        });
        self.arrive(path, response)
    }

    /// Asks as a program does, with a bearer token.
    pub fn open_with(&mut self, path: &str, token: &str) -> &Page {
        let request = self.agent.get(format!("{}{path}", self.base)).header("authorization", format!("Bearer {token}"));
        let response = request.header("x-forwarded-for", &self.address).call();
        self.arrive(path.to_owned(), response)
    }

    /// Follows the link that reads `text`.
    #[track_caller]
    pub fn follow(&mut self, text: &str) -> &Page {
        let html = self.page.html();
        let link = html.select(&Selector::parse("a[href]").unwrap()).find(|link| words(*link).contains(text));
        let Some(target) = link.and_then(|link| link.attr("href")).map(str::to_owned) else {
            panic!("no link {text:?} on {}:\n{}", self.page.path, self.page.words());
        };
        self.open(&target)
    }

    /// Fills in the form that has the button `button` and presses it. A field
    /// that is named replaces what the page had in it; several of one name are
    /// several ticks.
    #[track_caller]
    pub fn press(&mut self, button: &str, fields: &[(&str, &str)]) -> &Page {
        let Form { method, target, is_multipart, fields } = self.form(button, fields);
        if method == "get" {
            return self.open(&format!("{target}?{}", encoded(&fields)));
        }
        if is_multipart { self.send_multipart(&target, &fields, &[]) } else { self.post(&target, &fields) }
    }

    /// Presses the button that sends `go`, where several read the same.
    #[track_caller]
    pub fn press_at(&mut self, go: &str) -> &Page {
        let html = self.page.html();
        let selector = Selector::parse(&format!("button[value='{go}']")).unwrap();
        let button = html.select(&selector).next().unwrap_or_else(|| panic!("no button sends {go:?}"));
        let form = form_of(button);
        let mut fields = defaults(form);
        fields.push((button.attr("name").unwrap_or_default().to_owned(), go.to_owned()));
        let target = button.attr("formaction").or(form.attr("action")).unwrap_or_default().to_owned();
        self.post(&target, &fields)
    }

    /// How many bytes a browser that takes gzip is sent.
    pub fn open_compressed(&self, path: &str) -> usize {
        let request = self.agent.get(format!("{}{path}", self.base)).header("accept-encoding", "gzip");
        let mut response = request.call().unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.body_mut().read_to_vec().unwrap().len()
    }

    /// [`Visitor::press`] with files.
    #[track_caller]
    pub fn upload(&mut self, button: &str, fields: &[(&str, &str)], files: &[File<'_>]) -> &Page {
        let form = self.form(button, fields);
        assert!(form.is_multipart, "the form of {button:?} takes no files");
        self.send_multipart(&form.target, &form.fields, files)
    }

    pub fn post(&mut self, path: &str, fields: &[(String, String)]) -> &Page {
        let body = encoded(fields);
        self.send(path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    fn send_multipart(&mut self, path: &str, fields: &[(String, String)], files: &[File<'_>]) -> &Page {
        const BOUNDARY: &str = "----candour-tests-boundary";
        let mut body = Vec::new();
        for (name, value) in fields.iter().filter(|(name, _)| !files.iter().any(|file| file.field == name)) {
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.bytes());
        }
        for File { field, name, bytes } in files {
            let head = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 content-type: text/csv\r\n\r\n"
            );
            body.extend(head.bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        self.send(path, &format!("multipart/form-data; boundary={BOUNDARY}"), &body)
    }

    fn send(&mut self, address: &str, content_type: &str, body: &[u8]) -> &Page {
        let path = self.path_of(address);
        let response = self.try_often(|| {
            self.agent
                .post(format!("{}{path}", self.base))
                .header("x-forwarded-for", &self.address)
                .header("sec-fetch-site", "same-origin")
                .header("content-type", content_type)
                .send(body)
        });
        self.arrive(path, response)
    }

    fn try_often(&self, ask: impl Fn() -> Answer) -> Answer {
        let tries = if self.is_patient { 300 } else { 1 };
        let mut answer = ask();
        for _try in 1..tries {
            // While it starts, the service may say that it is not there yet.
            if answer.as_ref().is_ok_and(|response| response.status().as_u16() < 500) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
            answer = ask();
        }
        answer
    }

    fn arrive(&mut self, path: String, response: Answer) -> &Page {
        let mut response = response.unwrap_or_else(|e| panic!("{path}: {e}"));
        let headers: Vec<(String, String)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let bytes = response.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap();
        self.page = Page { status: response.status().as_u16(), path, headers, bytes };
        match self.page.header("location").map(str::to_owned) {
            Some(next) if (300..400).contains(&self.page.status) => self.open(&next),
            _ => &self.page,
        }
    }

    /// Links in e-mails and forms are taken to be this site's; others are a fault.
    fn path_of(&self, address: &str) -> String {
        let address = address.split('#').next().unwrap_or_default();
        match address.strip_prefix(&self.base) {
            Some("") => "/".to_owned(),
            Some(path) => path.to_owned(),
            None if address.starts_with('/') => address.to_owned(),
            None if address.is_empty() => self.page.path.clone(),
            None if address.starts_with('?') => {
                format!("{}{address}", self.page.path.split('?').next().unwrap_or_default())
            }
            None if !address.contains(':') => {
                let (folder, _) = self.page.path.rsplit_once('/').unwrap_or_default();
                format!("{folder}/{address}")
            }
            None => panic!("{address} leads away from the site"),
        }
    }

    #[track_caller]
    fn form(&self, button: &str, given: &[(&str, &str)]) -> Form {
        let html = self.page.html();
        let buttons = Selector::parse("form button, form input[type=submit]").unwrap();
        let pressed = html.select(&buttons).find(|element| label(*element).contains(button));
        let Some(pressed) = pressed else {
            let all: Vec<String> = html.select(&buttons).map(label).collect();
            panic!("no button {button:?} on {} but {all:?}:\n{}", self.page.path, self.page.words());
        };
        let form = form_of(pressed);
        let mut fields = defaults(form);
        for (name, _) in given {
            fields.retain(|(is, _)| is != name);
        }
        fields.extend(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        if let Some(name) = pressed.attr("name") {
            fields.push((name.to_owned(), pressed.attr("value").unwrap_or_default().to_owned()));
        }
        let target = pressed.attr("formaction").or(form.attr("action")).unwrap_or_default().to_owned();
        Form {
            method: form.attr("method").unwrap_or("get").to_ascii_lowercase(),
            target,
            is_multipart: form.attr("enctype") == Some("multipart/form-data"),
            fields,
        }
    }
}

struct Form {
    method: String,
    target: String,
    is_multipart: bool,
    fields: Vec<(String, String)>,
}

fn form_of(button: ElementRef<'_>) -> ElementRef<'_> {
    let mut around = button.ancestors().filter_map(ElementRef::wrap);
    around.find(|element| element.value().name() == "form").expect("the button is in a form")
}

/// What a browser would send for a form that nobody has touched.
fn defaults(form: ElementRef<'_>) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for element in form.select(&Selector::parse("input[name], textarea[name], select[name]").unwrap()) {
        let name = element.attr("name").unwrap_or_default().to_owned();
        let kind = element.attr("type").unwrap_or("text");
        match element.value().name() {
            "textarea" => {
                let text: String = element.text().collect();
                fields.push((name, text.strip_prefix('\n').unwrap_or(&text).to_owned()));
            }
            "select" => {
                let options = |css: &str| element.select(&Selector::parse(css).unwrap()).next();
                if let Some(option) = options("option[selected]").or_else(|| options("option")) {
                    fields.push((name, option.attr("value").map_or_else(|| words(option), str::to_owned)));
                }
            }
            _ if matches!(kind, "submit" | "button" | "file" | "image") => {}
            _ if matches!(kind, "radio" | "checkbox") && element.attr("checked").is_none() => {}
            _ => fields.push((name, element.attr("value").unwrap_or_default().to_owned())),
        }
    }
    fields
}

fn label(button: ElementRef<'_>) -> String {
    button
        .attr("aria-label")
        .or(button.attr("value").filter(|_| button.value().name() == "input"))
        .map_or_else(|| words(button), str::to_owned)
}

fn words(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// `application/x-www-form-urlencoded`.
pub fn encoded(fields: &[(String, String)]) -> String {
    let escape = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => out.push(char::from(byte)),
                b' ' => out.push('+'),
                other => out.push_str(&format!("%{other:02X}")),
            }
        }
        out
    };
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}
