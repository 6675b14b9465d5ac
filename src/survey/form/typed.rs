//! What people type: numbers, months and texts.

use super::{Wrong, only};
use crate::survey::Answer;

/// A whole number, as people write it: "1,200", "1 200" and " 37 " are; "37,5" is
/// not, least of all 375.
pub(super) fn number(given: &[&str], min: i64, max: i64) -> Result<Option<i64>, Wrong> {
    let Some(value) = only(given)? else { return Ok(None) };
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let groups: Vec<&str> = digits.split(|c: char| c == ',' || c.is_whitespace()).collect();
    let is_grouped = match groups.as_slice() {
        [first, rest @ ..] => rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    if !is_grouped || groups.iter().any(|group| group.is_empty() || !group.bytes().all(|b| b.is_ascii_digit())) {
        return Err(Wrong::NotANumber);
    }
    let plain: String = value.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    match plain.parse() {
        Ok(n) if (min..=max).contains(&n) => Ok(Some(n)),
        _ => Err(Wrong::OutOfRange { min, max }),
    }
}

pub(super) fn month(months: &[&str], years: &[&str], from: i32, to: i32) -> Result<Option<Answer>, Wrong> {
    let number = |given: &[&str], min, max, wrong| match number(given, min, max) {
        Ok(Some(n)) => Ok(n),
        Ok(None) => Err(Wrong::NotAMonth),
        Err(Wrong::MoreThanOne) => Err(Wrong::MoreThanOne),
        Err(Wrong::OutOfRange { .. }) => Err(wrong),
        Err(_) => Err(Wrong::NotAMonth),
    };
    if months.is_empty() && years.is_empty() {
        return Ok(None);
    }
    let month = number(months, 1, 12, Wrong::NotAMonth)?;
    let (min, max) = (i64::from(from), i64::from(to));
    let year = number(years, min, max, Wrong::OutOfRange { min, max })?;
    match (i32::try_from(year), u8::try_from(month)) {
        (Ok(year), Ok(month)) => Ok(Some(Answer::Month { year, month })),
        _ => Err(Wrong::NotAMonth),
    }
}

/// Lines end in one character, as `maxlength` counts them; characters that no
/// keyboard has go, and so do those that turn the order of the text around them.
pub(super) fn text(given: &[&str], max: usize) -> Result<Option<Answer>, Wrong> {
    let text: String = given.join("\n").replace("\r\n", "\n").replace('\r', "\n");
    let turns = |c: &char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(|c| !turns(c) && (!c.is_control() || matches!(c, '\n' | '\t'))).collect();
    let text = text.trim();
    let length = text.chars().count();
    match length {
        0 => Ok(None),
        _ if length > max => Err(Wrong::TooLong { max, length }),
        _ => Ok(Some(Answer::Text(text.to_owned()))),
    }
}
