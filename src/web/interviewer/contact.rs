//! How somebody wants to be reached, as an interviewer sees it: as they wrote it,
//! and as a link that rings, writes or opens where that is what it says.

use crate::interview::{Channel, Request};
use crate::staff::EmailAddress;
use crate::web::ui::Row;
use maud::{Markup, html};
use url::Url;

pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Telephone => "By telephone",
        Channel::Video => "By video call",
        Channel::Email => "By e-mail",
        Channel::InPerson => "In person",
    }
}

/// What they left, for the interviewer who has taken the case.
pub(super) fn rows(request: &Request, lang: &str) -> Vec<Row> {
    let row = |key: &str, value: Markup| Row { key: html! { (key) }, value, action: None };
    let or_none = |text: &str| if text.is_empty() { "None said".to_owned() } else { text.to_owned() };
    vec![
        row(channel(request.channel), reach(request)),
        row("Times they would like", html! { (or_none(&request.times)) }),
        row("Access needs", html! { (or_none(&request.access)) }),
        row("Language", html! { (lang) }),
    ]
}

pub(super) fn reach(request: &Request) -> Markup {
    let text = &request.reach;
    match link(request.channel, text) {
        Some(Link { href, is_outside }) => {
            html! { a.reach href=(href) rel=[is_outside.then_some("noopener noreferrer")] { (text) } }
        }
        None => html! { (text) },
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Link {
    href: String,
    is_outside: bool,
}

fn link(channel: Channel, text: &str) -> Option<Link> {
    let href = match channel {
        Channel::Telephone => format!("tel:{}", number(text)?),
        Channel::Email => mailto(text)?,
        // Some leave an address to send the link to.
        Channel::Video => web_address(text).or_else(|| mailto(text))?,
        Channel::InPerson => return None,
    };
    let is_outside = href.starts_with("https:");
    Some(Link { href, is_outside })
}

/// The first telephone number in a text, as it is dialled: what follows it (an
/// extension, "after six") would make it another.
fn number(text: &str) -> Option<String> {
    let begin = text.find(|c: char| c.is_ascii_digit() || c == '+' || c == '(')?;
    let is_part =
        |c: &char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '\u{a0}' | '-' | '\u{2011}' | '.' | '(' | ')');
    let written: String = text.get(begin..)?.chars().take_while(is_part).collect();
    // "+44 (0)20": the 0 is for those who dial from within the country.
    let written = if written.starts_with('+') { written.replace("(0)", "") } else { written };
    let plus = if written.starts_with('+') { "+" } else { "" };
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let is_number = (5..=15).contains(&digits.len()) && !written.get(1..).is_some_and(|rest| rest.contains('+'));
    is_number.then(|| format!("{plus}{digits}"))
}

/// RFC 6068: an address may have characters that end it in a link.
fn mailto(text: &str) -> Option<String> {
    let address: EmailAddress = text.parse().ok()?;
    let mut href = "mailto:".to_owned();
    for c in address.as_str().chars() {
        match c {
            '%' | '?' | '&' | '#' | '/' | '"' | ',' | ';' | ':' => href.push_str(&format!("%{:02X}", u32::from(c))),
            c => href.push(c),
        }
    }
    Some(href)
}

fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    // A name before the host is there to make it look like another.
    let is_plain = url.scheme() == "https" && url.has_host() && url.username().is_empty() && url.password().is_none();
    is_plain.then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_as_it_is_meant() {
        for (text, dialled) in [
            ("01234 567890", "01234567890"),
            ("(01234) 567-890", "01234567890"),
            ("+44 (0)1234 567890", "+441234567890"),
            ("Home: 01234 567890", "01234567890"),
            ("07700 900123 after six", "07700900123"),
            ("01234 567890 ext 12", "01234567890"),
            ("01234 567890 / 07700 900123", "01234567890"),
            ("07700\u{a0}900123", "07700900123"),
        ] {
            assert_eq!(number(text).as_deref(), Some(dialled), "{text}");
        }
        for text in ["", "ask my mother", "12", "01234 567890 07700 900123", "+44 1234 +44 5678"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_is_one_becomes_a_link() {
        assert_eq!(link(Channel::Email, "o'pat?x@example.org").unwrap().href, "mailto:o'pat%3Fx@example.org");
        assert_eq!(link(Channel::Email, "pat"), None);
        assert_eq!(
            link(Channel::Video, "https://meet.example.org/a b").unwrap().href,
            "https://meet.example.org/a%20b"
        );
        for text in [
            "javascript:alert(1)",
            "http://meet.example.org",
            "https://bank@evil.example",
            "meet.example.org",
            "data:text/html,x",
        ] {
            assert_eq!(link(Channel::Video, text), None, "{text}");
        }
        assert_eq!(link(Channel::InPerson, "https://example.org"), None);
        assert_eq!(link(Channel::Telephone, "tel:javascript"), None);
    }
}
