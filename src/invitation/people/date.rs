//! Dates as British offices write them.

use crate::sheet::shortened;
use chrono::{Datelike, NaiveDate};

/// Day before month, always: 03/04/2026 is the third of April.
const FORMATS: [&str; 10] = [
    "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y",
    "%d %b %y",
];

/// A date or nothing; the time of day that spreadsheets put behind a date is
/// passed over.
pub(super) fn read(text: &str) -> Result<Option<NaiveDate>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || {
        format!(
            "has the leaving date {:?}: write it as 30/11/2026 (day first) or 2026-11-30, or leave it out",
            shortened(text)
        )
    };
    let day = without_midnight(text);
    let date = FORMATS
        .iter()
        // %Y takes two digits for a year of the Romans: the range sorts it out.
        .filter_map(|format| NaiveDate::parse_from_str(day, format).ok())
        .find(|date| (1990..=2100).contains(&date.year()));
    date.map(Some).ok_or_else(bad)
}

fn without_midnight(text: &str) -> &str {
    ["T00:00:00Z", "T00:00:00", " 00:00:00", " 00:00", "T00:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_and_iso_dates_are_read() {
        let expected = NaiveDate::from_ymd_opt(2026, 11, 3);
        for text in [
            "2026-11-03",
            "03/11/2026",
            " 3/11/2026 ",
            "3/11/26",
            "03.11.2026",
            "03-11-2026",
            "3 November 2026",
            "03-Nov-2026",
            "03-Nov-26",
            "3 nov 26",
            "2026-11-03 00:00:00",
            "2026-11-03T00:00:00",
            "03/11/2026 00:00",
        ] {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        assert_eq!(read("  "), Ok(None));
    }

    #[test]
    fn a_month_first_or_a_nonsense_date_is_refused_with_what_to_do() {
        for text in ["11/30/2026", "30/02/2026", "soon", "46356", "2026", "03/11/0026", "3/11/9999"] {
            let why = read(text).unwrap_err();
            assert!(why.contains(text) && why.contains("30/11/2026"), "{why}");
        }
    }
}
