//! Whom to invite, as HR types it or uploads it: read at the edge into what
//! cannot be wrong, every problem at once.

mod date;
mod upload;

pub use upload::{MAX_ROWS, RowProblem, parse, parse_csv};

use crate::sheet::shortened;
use chrono::NaiveDate;
use std::fmt;

const MAX_NAME: usize = 200;
/// RFC 5321 section 4.5.3.1.3, less the angle brackets.
const MAX_EMAIL: usize = 254;

/// Somebody to invite. `Debug` does not show who.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// On one line.
    pub name: String,
    pub channel: Channel,
    pub leaving_on: Option<NaiveDate>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Channel {
    Email(Email),
    Letter,
}

/// An address that mail can be sent to, its domain in lower case.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

/// Where a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Email,
    LeavingOn,
}

/// What is wrong with a field, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    pub field: Field,
    pub message: String,
}

impl Person {
    /// Reads one person as typed: `email` is an address or the word "letter",
    /// `leaving_on` a date or nothing.
    pub fn read(name: &str, email: &str, leaving_on: &str) -> Result<Person, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut kept = |field: Field, message: String| problems.push(FieldProblem { field, message });
        let name = read_name(name).map_err(|why| kept(Field::Name, why)).ok();
        let channel = Channel::read(email).map_err(|why| kept(Field::Email, why)).ok();
        let leaving_on = date::read(leaving_on).map_err(|why| kept(Field::LeavingOn, why)).ok();
        match (name, channel, leaving_on) {
            (Some(name), Some(channel), Some(leaving_on)) => Ok(Person { name, channel, leaving_on }),
            _ => Err(problems),
        }
    }

    pub fn email(&self) -> Option<&Email> {
        match &self.channel {
            Channel::Email(email) => Some(email),
            Channel::Letter => None,
        }
    }

    /// What makes two entries the same person: the address, however it is
    /// written; for a letter the name and the leaving date.
    pub fn same(&self) -> (String, Option<NaiveDate>) {
        match &self.channel {
            Channel::Email(email) => (email.folded(), None),
            Channel::Letter => (self.name.to_lowercase(), self.leaving_on),
        }
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person([secret])")
    }
}

impl Channel {
    fn read(text: &str) -> Result<Channel, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("has no e-mail address: give one, or write the word letter for somebody to be written to on \
                        paper"
                .to_owned());
        }
        if ["letter", "by letter", "post", "by post", "llythyr"].contains(&text.to_lowercase().as_str()) {
            return Ok(Channel::Letter);
        }
        Email::read(text).map(Channel::Email)
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Channel::Email(_) => "Email([secret])",
            Channel::Letter => "Letter",
        })
    }
}

impl Email {
    pub fn read(text: &str) -> Result<Email, String> {
        let bad = || format!("{:?} is not an e-mail address: correct it, or write the word letter", shortened(text));
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or_else(bad)?;
        // An address without a dot after the @ is a slip of the keyboard.
        if text.len() > MAX_EMAIL || !domain.contains('.') || text.chars().any(|c| c.is_control() || c.is_whitespace())
        {
            return Err(bad());
        }
        let address = lettre::Address::new(local, domain.to_lowercase()).map_err(|_not_one| bad())?;
        Ok(Email(address.to_string()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For comparing: no mail system that people use tells A from a.
    pub(super) fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email([secret])")
    }
}

/// On one line, whatever was pasted.
fn read_name(text: &str) -> Result<String, String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err("has no name: give the name that the invitation greets".to_owned());
    }
    if name.chars().count() > MAX_NAME {
        return Err(format!("has a name of more than {MAX_NAME} characters: shorten it"));
    }
    if name.chars().any(char::is_control) {
        return Err("has a name with characters that do not print: type it again".to_owned());
    }
    Ok(name)
}

#[cfg(test)]
mod tests;
