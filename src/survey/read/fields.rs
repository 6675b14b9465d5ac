//! One table of the file and what can be read from it. Every getter reports what
//! is wrong with a value and returns none, so that reading goes on.

use super::Reader;
use super::shape::{self, Shape};
use crate::survey::model::Code;
use crate::survey::problem::{did_you_mean, shown};
use std::fmt;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its offset in the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<T> {
    pub value: T,
    pub at: usize,
}

pub(super) struct Fields<'a> {
    pub table: &'a DeTable<'a>,
    /// Where the table begins.
    pub at: usize,
    /// What it is, for messages: "the question `pay`".
    pub what: String,
}

impl<'a> Fields<'a> {
    /// `noun` and the table's code, if it has one, name it in messages.
    pub fn new(table: &'a DeTable<'a>, at: usize, noun: &str) -> Self {
        let what = match table.get("code").map(Spanned::get_ref) {
            Some(DeValue::String(code)) => format!("the {noun} {}", shown(code)),
            _ => format!("the {noun}"),
        };
        Fields { table, at, what }
    }

    pub fn get(&self, key: &str) -> Option<At<&'a DeValue<'a>>> {
        self.table.get(key).map(|value| At { value: value.get_ref(), at: value.span().start })
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub fn is_empty_list(&self, key: &str) -> bool {
        matches!(self.get(key), Some(At { value: DeValue::Array(items), .. }) if items.is_empty())
    }

    /// Where a key stands; where the table begins, if it has no such key.
    pub fn place(&self, key: &str) -> usize {
        self.table.get_key_value(key).map_or(self.at, |(key, _)| key.span().start)
    }

    pub fn keys(&self) -> impl Iterator<Item = At<&'a str>> {
        self.table.keys().map(|key| At { value: key.get_ref().as_ref(), at: key.span().start })
    }

    pub fn string(&self, reader: &mut Reader, key: &str) -> Option<At<&'a str>> {
        let found = self.get(key)?;
        match found.value {
            DeValue::String(text) => Some(At { value: text.as_ref(), at: found.at }),
            other => {
                reader.wrong_kind(found.at, key, "a text in quotation marks", other);
                None
            }
        }
    }

    /// A string that must be there and be a code.
    pub fn code(&self, reader: &mut Reader, key: &str) -> Option<At<Code>> {
        if !self.has(key) {
            reader.missing(self, key, "a short name that never changes, such as `workload`");
            return None;
        }
        let text = self.string(reader, key)?;
        reader.as_code(text)
    }

    /// False if it is not there.
    pub fn flag(&self, reader: &mut Reader, key: &str) -> bool {
        match self.get(key) {
            None => false,
            Some(At { value: DeValue::Boolean(flag), .. }) => *flag,
            Some(At { value, at }) => {
                reader.wrong_kind(at, key, "`true` or `false` without quotation marks", value);
                false
            }
        }
    }

    pub fn integer(&self, reader: &mut Reader, key: &str, range: RangeInclusive<i64>) -> Option<At<i64>> {
        let found = self.get(key)?;
        let DeValue::Integer(number) = found.value else {
            reader.wrong_kind(found.at, key, "a whole number without quotation marks", found.value);
            return None;
        };
        match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(value) if range.contains(&value) => Some(At { value, at: found.at }),
            _ => {
                let message = format!("`{key}` must be from {} to {}", range.start(), range.end());
                reader.problems.error(found.at, message, "");
                None
            }
        }
    }

    pub fn required_integer(&self, reader: &mut Reader, key: &str, range: RangeInclusive<i64>) -> Option<At<i64>> {
        if !self.has(key) {
            reader.missing(self, key, &format!("a whole number from {} to {}", range.start(), range.end()));
        }
        self.integer(reader, key, range)
    }

    /// The tables of `[[key]]` or of `key = [ {...}, {...} ]`; none if there is no
    /// such key.
    pub fn tables(&self, reader: &mut Reader, key: &str, noun: &str) -> Option<Vec<Fields<'a>>> {
        let found = self.get(key)?;
        let DeValue::Array(items) = found.value else {
            reader.wrong_kind(found.at, key, &format!("a list of {noun}s"), found.value);
            return None;
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Fields::new(table, item.span().start, noun)),
                other => reader.wrong_kind(item.span().start, key, &format!("a list of {noun}s"), other),
            }
        }
        Some(tables)
    }

    pub fn codes(&self, reader: &mut Reader, key: &str) -> Vec<At<Code>> {
        let Some(found) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = found.value else {
            reader.wrong_kind(found.at, key, "a list of codes, such as [\"pay\", \"workload\"]", found.value);
            return Vec::new();
        };
        let mut codes = Vec::new();
        for item in items.iter() {
            let at = item.span().start;
            match item.get_ref() {
                DeValue::String(text) => codes.extend(reader.as_code(At { value: text.as_ref(), at })),
                DeValue::Integer(number) => codes.extend(reader.as_code(At { value: number.as_str(), at })),
                other => reader.wrong_kind(at, key, "a list of codes", other),
            }
        }
        codes
    }
}

impl fmt::Debug for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Reader {
    pub fn missing(&mut self, fields: &Fields, key: &str, what: &str) {
        self.problems.error(fields.at, format!("{} has no `{key}`", fields.what), format!("add `{key} = `: {what}"));
    }

    pub fn wrong_kind(&mut self, at: usize, key: &str, wanted: &str, found: &DeValue) {
        let hint = match (key, found) {
            ("section", DeValue::Table(_)) => "write it in two square brackets: [[section]]",
            ("question", DeValue::Table(_)) => "write it in two square brackets: [[section.question]]",
            _ => "",
        };
        self.problems.error(at, format!("`{key}` must be {wanted}, and this is {}", kind_of(found)), hint);
    }

    pub fn as_code(&mut self, text: At<&str>) -> Option<At<Code>> {
        match Code::new(text.value) {
            Ok(value) => Some(At { value, at: text.at }),
            Err(_) => {
                let hint = match suggested_code(text.value) {
                    Some(code) => format!("write `{code}`, for instance: lower-case letters, digits and _, at most 60"),
                    None => "a code has 1 to 60 lower-case letters, digits and _".to_owned(),
                };
                self.problems.error(text.at, format!("{} is not a code", shown(text.value)), hint);
                None
            }
        }
    }

    pub fn only_known_keys(&mut self, fields: &Fields, shape: &Shape) {
        for key in fields.keys().filter(|key| !shape.keys.contains(&key.value)) {
            let message = format!("{} has an unknown key {}", fields.what, shown(key.value));
            let hint = match key.value {
                "question" if shape.name == "survey" => {
                    "write [[section.question]], below the [[section]] that it belongs to".to_owned()
                }
                // Whatever follows [scales.x] belongs to it.
                other if ["scale", "list"].contains(&shape.name) && shape::SURVEY.keys.contains(&other) => {
                    "move it up: it belongs before the first line in square brackets".to_owned()
                }
                other => did_you_mean(other, shape.keys.iter().copied()),
            };
            self.problems.error(key.at, message, hint);
        }
    }
}

/// The nearest code to what somebody wrote: "Work-life balance" to
/// `work_life_balance`.
fn suggested_code(text: &str) -> Option<Code> {
    let text: String = text.trim().chars().take(60).collect();
    let code: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .collect::<String>()
        .split('_')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("_");
    Code::new(code).ok()
}

fn kind_of(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a decimal point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
