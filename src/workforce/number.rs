//! Numbers of people, posts and days, in hundredths from end to end.

use serde::{Deserialize, Serialize};
use std::fmt;

/// 1250 is 12.5, and prints as that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Number(u64);

/// More than any employer has, and a hundred thousand of it can be added up.
const MOST: u64 = 10_000_000;

impl Number {
    pub fn whole(count: u64) -> Number {
        Number(count.saturating_mul(100))
    }

    pub fn hundredths(self) -> u64 {
        self.0
    }

    pub fn of_hundredths(hundredths: u64) -> Number {
        Number(hundredths)
    }

    /// How many people, of a number that counts people.
    pub fn people(self) -> u64 {
        self.0 / 100
    }

    /// Reads a cell: digits, perhaps in groups of three, perhaps with a decimal
    /// point. The error says what to do.
    pub fn read(cell: &str, may_have_decimals: bool) -> Result<Number, String> {
        let bad = |what: &str| Err(format!("{:?} {what}", crate::sheet::shortened(cell)));
        let text = cell.trim();
        if text.is_empty() {
            return Err("has no number: write 0 where there is none".to_owned());
        }
        if text.starts_with(['-', '−', '(']) && text.contains(|c: char| c.is_ascii_digit()) {
            return bad("is less than nothing: write how many there are");
        }
        if text.starts_with(['<', '*', '[', '~']) || text == "c" {
            return bad("hides the number: write it out, Candour holds back what is too small to be shown");
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let Some(whole) = ungrouped(whole) else {
            return bad(if may_have_decimals { "is not a number: write it as in 1234.5" } else { WHOLE });
        };
        let decimals = decimals.trim_end_matches('0');
        if !decimals.chars().all(|c| c.is_ascii_digit()) {
            return bad(if may_have_decimals { "is not a number: write it as in 1234.5" } else { WHOLE });
        }
        if !may_have_decimals && !decimals.is_empty() {
            return bad(WHOLE);
        }
        if decimals.len() > 2 {
            return bad("has more than two decimals: round it to two");
        }
        match (whole.parse::<u64>(), format!("{decimals:0<2}").parse::<u64>()) {
            (Ok(whole), Ok(decimals)) if whole <= MOST => Ok(Number(whole * 100 + decimals)),
            _ => bad("is more than anybody employs: look at it again"),
        }
    }
}

const WHOLE: &str = "is not a number of people: write a whole number, as in 1234";

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Number>>(numbers: I) -> Number {
        Number(numbers.fold(0, |sum, number| sum.saturating_add(number.0)))
    }
}

/// With no more decimals than it has.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, hundredths) = (self.0 / 100, self.0 % 100);
        match hundredths {
            0 => write!(f, "{whole}"),
            tenths if tenths % 10 == 0 => write!(f, "{whole}.{}", tenths / 10),
            _ => write!(f, "{whole}.{hundredths:02}"),
        }
    }
}

/// The digits, without what parts thousands: in groups of three, or not at all.
fn ungrouped(text: &str) -> Option<String> {
    let is_between = |c: char| matches!(c, ',' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let parts: Vec<&str> = text.split(is_between).collect();
    let is_grouped = match parts.as_slice() {
        [_one] => true,
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|part| part.len() == 3),
        [] => false,
    };
    let digits = parts.concat();
    (is_grouped && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_offices_write_them() {
        for (cell, read) in [
            ("0", "0"),
            (" 1234 ", "1234"),
            ("1,234", "1234"),
            ("1 234 567", "1234567"),
            ("1\u{a0}234", "1234"),
            ("12.0", "12"),
            ("12.50", "12.5"),
            ("12.5000", "12.5"),
            ("1,012.05", "1012.05"),
            ("12.", "12"),
        ] {
            assert_eq!(Number::read(cell, true).map(|number| number.to_string()), Ok(read.to_owned()), "{cell}");
        }
        assert_eq!(Number::read("12.0", false), Ok(Number::whole(12)));
    }

    #[test]
    fn what_is_no_number_is_refused_with_what_to_do() {
        for (cell, what) in [
            ("", "write 0"),
            ("-3", "less than nothing"),
            ("(3)", "less than nothing"),
            ("<5", "write it out"),
            ("[c]", "write it out"),
            ("1,5", "1234.5"),
            ("12,34", "1234.5"),
            (",5", "1234.5"),
            ("many", "1234.5"),
            ("12%", "1234.5"),
            (".5", "1234.5"),
            ("1e3", "1234.5"),
            ("١٢", "1234.5"),
            ("12.345", "round it"),
            ("1.2.3", "1234.5"),
            ("99999999999999999999", "more than anybody"),
            ("10000001", "more than anybody"),
        ] {
            let why = Number::read(cell, true).unwrap_err();
            assert!(why.contains(what), "{cell}: {why}");
        }
        assert!(Number::read("12.5", false).unwrap_err().contains("whole number"));
        assert!(Number::read("12 or so", false).unwrap_err().contains("whole number"));
    }
}
