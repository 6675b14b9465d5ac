//! Messages, written: values in, a message out. Each is plain text and the same
//! as simple HTML; nothing in it is loaded from anywhere, and nothing tells
//! whether it was opened.

use super::words;
use crate::clock::Time;
use crate::id::MailId;
use crate::staff::link::LinkPurpose;
use crate::survey::{Kind, Lang};
use chrono::NaiveDate;
use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use std::time::{Duration, SystemTime};

/// A message and its envelope. It does not print.
pub struct Written {
    pub(super) from: Address,
    pub(super) to: Address,
    message: Message,
}

impl Written {
    /// As it goes out, ASCII throughout.
    pub fn text(&self) -> Vec<u8> {
        self.message.formatted()
    }
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Written([secret])")
    }
}

/// What every message has on its outside.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    pub id: &'a MailId,
    pub now: Time,
    /// As in the settings: `Candour <candour@example.org>`.
    pub from: &'a str,
    pub name: &'a str,
    pub email: &'a str,
}

impl std::fmt::Debug for Outside<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outside({})", self.id)
    }
}

/// How the offer reaches somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Invitation,
    Reminder,
}

/// What an invitation and a reminder say.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub form: Form,
    pub organisation: &'a str,
    pub kind: Kind,
    pub minutes: u32,
    pub min_base: u32,
    pub closes_on: Option<NaiveDate>,
    pub languages: &'a [Lang],
    pub name: &'a str,
    pub public_url: &'a str,
    /// As people type it.
    pub code: &'a str,
}

impl Ask<'_> {
    /// The page behind the code.
    pub fn link(&self) -> String {
        invitation_url(self.public_url, self.code)
    }
}

impl std::fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ask([secret])")
    }
}

/// Where an invitation's link leads: what e-mails and letters (in their QR code)
/// say alike.
pub fn invitation_url(public_url: &str, code: &str) -> String {
    format!("{public_url}/i/{code}")
}

#[derive(Debug, thiserror::Error)]
#[error("the message cannot be written: {0}")]
pub struct CannotBeWritten(pub String);

/// The sender in the settings, if it is one.
pub fn sender(text: &str) -> Option<Mailbox> {
    text.parse().ok()
}

/// An invitation or a reminder: in English, and below that in Welsh where the
/// survey is.
pub fn ask(outside: Outside<'_>, ask: &Ask<'_>) -> Result<Written, CannotBeWritten> {
    let is_welsh = ask.languages.contains(&Lang::Cy);
    let spoken = Lang::ALL.into_iter().filter(|lang| *lang == Lang::En || is_welsh);
    let parts: Vec<_> = spoken.map(|lang| (lang, words::body(ask, lang))).collect();
    compose(outside, &words::subject(ask, is_welsh), &parts)
}

/// A one-time link for a member of staff. `url`: all of it.
pub fn link(outside: Outside<'_>, purpose: LinkPurpose, url: &str) -> Result<Written, CannotBeWritten> {
    let (subject, body) = words::link(purpose, outside.name, url);
    compose(outside, subject, &[(Lang::En, body)])
}

/// A piece of a message.
pub(super) enum Block {
    Paragraph(String),
    Heading(&'static str),
    /// A link shows its own address: nobody should have to trust a button.
    Link(String),
    /// Something to type.
    Code(String),
}

pub(super) fn compose(
    outside: Outside<'_>,
    subject: &str,
    parts: &[(Lang, Vec<Block>)],
) -> Result<Written, CannotBeWritten> {
    let cannot = |why: &str| CannotBeWritten(why.to_owned());
    let from = sender(outside.from).ok_or_else(|| cannot("mail_from is not an address"))?;
    let to: Address = outside.email.parse().map_err(|_not_one| cannot("the address is not one"))?;
    let unix = Duration::from_secs(u64::try_from(outside.now.unix()).unwrap_or(0));
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(Some(one_line(outside.name)), to.clone()))
        .subject(one_line(subject))
        .date(SystemTime::UNIX_EPOCH + unix)
        // The same for every attempt at this mail: whoever gets it twice sees it once.
        .message_id(Some(format!("<{}@{}>", outside.id, from.email.domain())))
        .raw_header(header("Auto-Submitted", "auto-generated")?)
        // No "out of office" in return (Exchange knows this one only).
        .raw_header(header("X-Auto-Response-Suppress", "All")?)
        .multipart(MultiPart::alternative_plain_html(plain(parts), html(parts)))
        .map_err(|e| cannot(&e.to_string()))?;
    Ok(Written { from: from.email, to, message })
}

fn header(name: &str, value: &str) -> Result<HeaderValue, CannotBeWritten> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|e| CannotBeWritten(e.to_string()))?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

/// Nothing that comes from people ever begins a header line of its own.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn plain(parts: &[(Lang, Vec<Block>)]) -> String {
    let part = |blocks: &[Block]| {
        let lines: Vec<String> = blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(text) => text.clone(),
                Block::Heading(text) => (*text).to_owned(),
                Block::Link(url) => url.clone(),
                Block::Code(code) => format!("    {code}"),
            })
            .collect();
        lines.join("\n\n")
    };
    let parts: Vec<String> = parts.iter().map(|(_, blocks)| part(blocks)).collect();
    format!("{}\n", parts.join("\n\n----------\n\n"))
}

fn html(parts: &[(Lang, Vec<Block>)]) -> String {
    let mut out = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head>\n\
                   <body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;max-width:38em\">\n"
        .to_owned();
    for (position, (lang, blocks)) in parts.iter().enumerate() {
        if position > 0 {
            out.push_str("<hr>\n");
        }
        out.push_str(&format!("<div lang=\"{}\">\n", lang.tag()));
        blocks.iter().for_each(|block| out.push_str(&element(block)));
        out.push_str("</div>\n");
    }
    out.push_str("</body></html>\n");
    out
}

fn element(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => format!("<p>{}</p>\n", escaped(text)),
        Block::Heading(text) => format!("<h2 style=\"font-size:18px\">{}</h2>\n", escaped(text)),
        Block::Link(url) => format!("<p><a href=\"{0}\">{0}</a></p>\n", escaped(url)),
        Block::Code(code) => format!("<p style=\"font-family:monospace;font-size:20px\">{}</p>\n", escaped(code)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
