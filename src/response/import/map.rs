//! A mapping file that has been checked against the survey: whatever is in here
//! makes sense. How it is read is in `map_reader`.

use crate::survey::{Code, Missing};
use std::collections::BTreeMap;

/// How a CSV file's columns and values become answers.
#[derive(Clone, Debug)]
pub struct Map {
    /// What the mapping file is called in messages.
    pub(super) file: String,
    pub(super) encoding: Option<Encoding>,
    /// None: whichever of comma, semicolon and tab the first line has most of.
    pub(super) separator: Option<u8>,
    /// What every column of the CSV file is for, by its name.
    pub(super) columns: BTreeMap<String, Column>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Windows1252,
}

/// A column, and where the mapping file speaks of it (line, character).
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub place: (usize, usize),
    /// None: it is left out.
    pub use_: Option<Use>,
}

#[derive(Clone, Debug)]
pub(super) struct Use {
    pub question: Code,
    /// Cells that are no answer, and why.
    pub missing: BTreeMap<String, NoAnswer>,
    pub reads: Reads,
}

/// What the cells of a column hold.
#[derive(Clone, Debug)]
pub(super) enum Reads {
    /// One value, which stands for an option.
    One(BTreeMap<String, Meaning>),
    /// Several values with something between them.
    Several {
        between: String,
        values: BTreeMap<String, Meaning>,
    },
    /// Whether one option of a multiple choice was chosen.
    Tick {
        option: Code,
        chosen: Vec<String>,
        not_chosen: Vec<String>,
    },
    Rating,
    Number,
    Month(MonthFormat),
    Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Option(Code),
    Missing(Missing),
}

/// Why there is no answer: nobody answered, or there is a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoAnswer {
    Skipped,
    Missing(Missing),
}

/// How a month is written; the day of a date is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MonthFormat {
    YearMonth,
    MonthYear,
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

impl Encoding {
    pub(super) const NAMES: [(&str, Option<Encoding>); 3] =
        [("auto", None), ("utf-8", Some(Encoding::Utf8)), ("windows-1252", Some(Encoding::Windows1252))];
}

pub(super) const SEPARATORS: [(&str, Option<u8>); 4] =
    [("auto", None), ("comma", Some(b',')), ("semicolon", Some(b';')), ("tab", Some(b'\t'))];

impl NoAnswer {
    pub const NAMES: [(&str, NoAnswer); 4] = [
        ("skipped", NoAnswer::Skipped),
        ("not_known", NoAnswer::Missing(Missing::NotKnown)),
        ("prefer_not_to_say", NoAnswer::Missing(Missing::PreferNotToSay)),
        ("not_applicable", NoAnswer::Missing(Missing::NotApplicable)),
    ];
}

impl MonthFormat {
    pub const NAMES: [(&str, MonthFormat); 5] = [
        ("YYYY-MM", MonthFormat::YearMonth),
        ("MM/YYYY", MonthFormat::MonthYear),
        ("YYYY-MM-DD", MonthFormat::YearMonthDay),
        ("DD/MM/YYYY", MonthFormat::DayMonthYear),
        ("MM/DD/YYYY", MonthFormat::MonthDayYear),
    ];

    /// Year and month; none if it is not written so.
    pub fn parse(self, text: &str) -> Option<(i32, u8)> {
        let separator = if text.contains('-') { '-' } else { '/' };
        let parts = text.split(separator).map(digits).collect::<Option<Vec<u32>>>()?;
        let (year, month, day) = match (self, parts.as_slice()) {
            (MonthFormat::YearMonth, [y, m]) | (MonthFormat::MonthYear, [m, y]) => (*y, *m, 1),
            (MonthFormat::YearMonthDay, [y, m, d])
            | (MonthFormat::DayMonthYear, [d, m, y])
            | (MonthFormat::MonthDayYear, [m, d, y]) => (*y, *m, *d),
            _ => return None,
        };
        let year = i32::try_from(year).ok().filter(|year| *year >= 1000)?;
        chrono::NaiveDate::from_ymd_opt(year, month, day)?;
        Some((year, u8::try_from(month).ok()?))
    }
}

/// Digits and nothing else: no sign, no space.
fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
