//! A calendar file (RFC 5545) of one interview. A calendar on a phone may be
//! shared with a family or an office: the file says when, and not with whom.

use crate::clock::Time;
use chrono::{DateTime, NaiveDateTime, TimeDelta};
use std::fmt::Write;

/// Most bytes of a line, its end not counted: RFC 5545 section 3.1.
const LONGEST: usize = 75;

/// British time since 1996, as RFC 5545 section 3.6.5 wants it told.
const LONDON: [&str; 17] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "END:STANDARD",
    "END:VTIMEZONE",
];

pub(super) struct Event<'a> {
    /// The same for the same interview: a calendar that has it already moves it.
    pub uid: &'a str,
    /// When the file was made. The later of two files counts.
    pub made_at: Time,
    /// As clocks on walls in London say it.
    pub at: NaiveDateTime,
    pub minutes: u32,
    pub summary: &'a str,
    pub description: &'a str,
}

pub(super) fn write(event: &Event) -> String {
    let stamp = |at: NaiveDateTime| at.format("%Y%m%dT%H%M%S").to_string();
    let made_at = DateTime::from_timestamp(event.made_at.unix(), 0).unwrap_or_default().naive_utc();
    let end = event.at.checked_add_signed(TimeDelta::minutes(event.minutes.into())).unwrap_or(event.at);
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Candour//Interviews//EN", "METHOD:PUBLISH"]
            .into_iter()
            .chain(LONDON)
            .map(str::to_owned)
            .collect();
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(event.uid)),
        format!("DTSTAMP:{}Z", stamp(made_at)),
        // Of files made within one minute the calendar may keep either.
        format!("SEQUENCE:{}", event.made_at.unix() / 60),
        format!("DTSTART;TZID=Europe/London:{}", stamp(event.at)),
        format!("DTEND;TZID=Europe/London:{}", stamp(end)),
        format!("SUMMARY:{}", escaped(event.summary)),
        format!("DESCRIPTION:{}", escaped(event.description)),
        "CLASS:PRIVATE".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ]);
    lines.iter().map(|line| folded(line)).collect()
}

/// Text as a value: RFC 5545 section 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line with its end, in pieces that are short enough; no character is cut.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        // Writing to a text does not fail.
        let _ = out.write_char(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, Utc};
    use proptest::prelude::*;

    fn noon() -> Time {
        Time::new("2026-11-22T12:00:00Z".parse::<DateTime<Utc>>().unwrap())
    }

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    /// What a reader makes of an escaped text.
    fn read(value: &str) -> String {
        let mut out = String::new();
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            match (c, if c == '\\' { chars.next() } else { None }) {
                ('\\', Some('n' | 'N')) => out.push('\n'),
                ('\\', Some(c @ ('\\' | ';' | ','))) => out.push(c),
                ('\\', other) => panic!("a backslash before {other:?}"),
                (';' | ',', _) => panic!("{c} is not escaped"),
                (c, _) => out.push(c),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn a_folded_line_is_short_and_reads_as_it_was(line in "[ -~äŵ€😀]{0,300}") {
            let folded = folded(&line);
            prop_assert!(folded.ends_with("\r\n"));
            for piece in folded.trim_end_matches("\r\n").split("\r\n") {
                prop_assert!(piece.len() <= LONGEST, "{piece:?}");
            }
            prop_assert_eq!(unfolded(&folded), format!("{line}\r\n"));
        }

        #[test]
        fn an_escaped_text_is_one_line_and_reads_as_it_was(text in "[ -~\n\tŵ]{0,80}") {
            let escaped = escaped(&text);
            prop_assert!(!escaped.contains(['\n', '\r']));
            prop_assert_eq!(read(&escaped), text);
        }

        #[test]
        fn no_text_begins_a_property_of_its_own(text in "(\\PC|[\r\n\u{0}]|END:VEVENT){0,40}") {
            let at = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap().and_hms_opt(14, 30, 0).unwrap();
            let event = Event { uid: "a", made_at: noon(), at, minutes: 45, summary: &text, description: &text };
            let file = unfolded(&write(&event));
            prop_assert_eq!(file.split("\r\n").filter(|line| *line == "END:VEVENT").count(), 1);
            let is_clean = file.split("\r\n").all(|line| !line.contains(['\r', '\n', '\0']));
            prop_assert!(is_clean, "{:?}", file);
        }
    }

    #[test]
    fn it_is_in_londons_time_and_ends_after_its_minutes() {
        let at = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap().and_hms_opt(14, 30, 0).unwrap();
        let event =
            Event { uid: "abc", made_at: noon(), at, minutes: 45, summary: "Interview", description: "Open Candour" };
        let file = write(&event);
        for line in [
            "DTSTAMP:20261122T120000Z",
            "DTSTART;TZID=Europe/London:20261201T143000",
            "DTEND;TZID=Europe/London:20261201T151500",
            "SUMMARY:Interview",
            "UID:abc",
        ] {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line} is not in {file}");
        }
    }
}
