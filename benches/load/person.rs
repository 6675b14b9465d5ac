//! Somebody who answers: opens the link, reads, answers page by page, looks over what
//! they said and sends it. What is on a page is found by its tags, not by knowing the
//! product's addresses or its hidden fields.

use super::http::{Answer, Client};
use super::random::Random;
use std::time::{Duration, Instant};

/// Most pages on the way from a link to the last button.
const LONGEST_WAY: usize = 60;

pub struct Person {
    client: Client,
    random: Random,
}

/// What one request was for, and how long it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Open,
    Turn,
    Send,
}

/// The last page's form, ready to be sent.
pub struct Ready {
    pub path: String,
    pub body: Vec<u8>,
}

impl Person {
    pub fn new(client: Client, random: Random) -> Person {
        Person { client, random }
    }

    /// All the way to the page that asks whether it is right; how long each request took.
    pub fn answer(&mut self, code: &str, took: &mut Vec<(Step, Duration)>) -> anyhow::Result<Ready> {
        let mut page = self.timed(Step::Open, took, |client| client.get(&format!("/i/{code}"), ""))?;
        for _page in 0..LONGEST_WAY {
            let form = Form::on(page.text(), &mut self.random)
                .ok_or_else(|| anyhow::anyhow!("no way on ({}): {:.300}", page.status, page.text()))?;
            let ready = Ready { path: form.target, body: encoded(&form.fields) };
            if ready.path == "/answer/send" {
                return Ok(ready);
            }
            page = self.timed(Step::Turn, took, |client| client.post(&ready.path, &ready.body))?;
        }
        anyhow::bail!("after {LONGEST_WAY} pages there is still no end")
    }

    pub fn send(&mut self, ready: &Ready, took: &mut Vec<(Step, Duration)>) -> anyhow::Result<()> {
        let answer = self.timed(Step::Send, took, |client| client.post(&ready.path, &ready.body))?;
        match answer.location.as_deref() {
            Some(to) if answer.status == 303 && to.starts_with("/thank-you") => Ok(()),
            _ => anyhow::bail!("not thanked: {} {:.300}", answer.status, answer.text()),
        }
    }

    fn timed(
        &mut self,
        step: Step,
        took: &mut Vec<(Step, Duration)>,
        ask: impl FnOnce(&mut Client) -> std::io::Result<Answer>,
    ) -> anyhow::Result<Answer> {
        let begun = Instant::now();
        let answer = ask(&mut self.client)?;
        took.push((step, begun.elapsed()));
        anyhow::ensure!(answer.status < 400, "{}: {:.300}", answer.status, answer.text());
        Ok(answer)
    }
}

struct Form {
    target: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The form that leads on, filled in as somebody might: one of each group of
    /// buttons, some of the boxes, a few words now and then.
    fn on(page: &str, random: &mut Random) -> Option<Form> {
        // A button may lead elsewhere than its form does.
        let sends = page.find("formaction=\"/answer/send\"").and_then(|at| page[..at].rfind("<form"));
        let leads_on = |target: &&str| page.find(&format!(" action=\"{target}\""));
        let (from, target) = match sends {
            Some(from) => (from, "/answer/send"),
            None => ["/answer/begin", "/answer/start", "/answer"].iter().find_map(|to| Some((leads_on(to)?, *to)))?,
        };
        let form = &page[from..from + page[from..].find("</form>")?];
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        let mut pressed = None;
        for tag in form.split('<').skip(1) {
            let value = || attribute(tag, "value").unwrap_or_default();
            let Some(name) = attribute(tag, "name") else { continue };
            if tag.starts_with("textarea") {
                let words = if random.below(4) == 0 { "I was asked to do the work of three people" } else { "" };
                fields.push((name, words.to_owned()));
            } else if tag.starts_with("select") {
                fields.push((name, String::new()));
            } else if tag.starts_with("option") || tag.starts_with("form") {
            } else if tag.starts_with("button") {
                if sends.is_none() || tag.contains("formaction=") {
                    pressed.get_or_insert((name, value()));
                }
            } else {
                match attribute(tag, "type").as_deref() {
                    Some("radio") => match groups.iter_mut().find(|(group, _)| *group == name) {
                        Some((_, values)) => values.push(value()),
                        None => groups.push((name, vec![value()])),
                    },
                    Some("checkbox") => {
                        // Never the last: that is "prefer not to say", beside which nothing stands.
                        if random.below(6) == 0 && value() != "none" && value() != "prefer_not_to_say" {
                            fields.push((name, value()));
                        }
                    }
                    Some("hidden") => fields.push((name, value())),
                    _ if tag.contains("inputmode=\"numeric\"") && random.below(2) == 0 => {
                        fields.push((name, random.below(10).to_string()));
                    }
                    _ => fields.push((name, String::new())),
                }
            }
        }
        for (name, values) in groups {
            let chosen = random.below(values.len());
            fields.push((name, values[chosen].clone()));
        }
        fields.extend(pressed);
        Some(Form { target: target.to_owned(), fields })
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split('>').next()?;
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[from..from + tag[from..].find('"')?];
    Some(value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

fn encoded(fields: &[(String, String)]) -> Vec<u8> {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    out.extend_pairs(fields);
    out.finish().into_bytes()
}
