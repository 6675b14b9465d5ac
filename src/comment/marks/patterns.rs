//! What has a form: addresses, numbers, dates.

use super::{Kind, Mark};
use crate::comment::redact::Span;
use regex_lite::Regex;
use std::sync::LazyLock;

macro_rules! months {
    () => {
        "(?:January|February|March|April|May|June|July|August|September|October|November|December\
         |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
    };
}

/// What is surer first: of two that overlap the first one counts.
const PATTERNS: [(Kind, &str); 16] = [
    (Kind::Contact, r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"),
    (Kind::Contact, r#"(?i)\b(?:https?://|www\.)[^\s<>"]+"#),
    (
        Kind::Contact,
        r#"(?i)\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:uk|com|org|net|info|wales|cymru|scot|example)\b(?:/[^\s<>"]*)?"#,
    ),
    (Kind::Contact, r"\B@[A-Za-z0-9_.]{3,}"),
    (Kind::Date, r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b"),
    (Kind::Date, r"\b\d{4}-\d{2}-\d{2}\b"),
    (Kind::Contact, r"(?:\+|\b00)\d[\d ().-]{7,17}\d\b"),
    (Kind::Contact, r"\(?\b0\d[\d ().-]{7,13}\d\b"),
    // Of the NHS.
    (Kind::Number, r"\b\d{3}[ -]\d{3}[ -]\d{4}\b"),
    // A telephone number without its dialling code.
    (Kind::Contact, r"\b\d{3}[ -]\d{4}\b"),
    (Kind::Postcode, r"(?i)\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    // Of the National Insurance, then whatever looks like a number of staff.
    (Kind::Number, r"(?i)\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
    (Kind::Number, r"(?i)\b[A-Z]{0,4}[-/]?\d{5,}\b"),
    (Kind::Date, concat!(r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? ", months!(), r"\b(?:,? (?:19|20)\d\d\b)?")),
    (Kind::Date, concat!(r"\b", months!(), r"(?: \d{1,2}(?:st|nd|rd|th)?\b)?(?:,? (?:19|20)\d\d\b)?")),
    (Kind::Date, r"\b(?:19|20)\d\d\b"),
];

pub(super) fn find(text: &str) -> Vec<Mark> {
    static COMPILED: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
        PATTERNS.iter().filter_map(|(kind, pattern)| Some((*kind, Regex::new(pattern).ok()?))).collect()
    });
    let of = |(kind, pattern): &(Kind, Regex)| {
        let kind = *kind;
        let found = pattern.find_iter(text).map(move |found| {
            // A sentence's end is no part of an address.
            let end = found.start() + found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']).len();
            Mark { span: Span { start: found.start(), end }, kind }
        });
        found.filter(|mark| mark.span.start < mark.span.end && !is_money(text, mark)).collect::<Vec<_>>()
    };
    COMPILED.iter().flat_map(of).collect()
}

/// So many pounds tell nobody who it is.
fn is_money(text: &str, mark: &Mark) -> bool {
    mark.kind == Kind::Number && text.get(..mark.span.start).is_some_and(|before| before.trim_end().ends_with('£'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::marked;
    use super::*;

    #[test]
    fn every_pattern_can_be_read() {
        for (_, pattern) in PATTERNS {
            Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
        }
    }

    #[test]
    fn ways_to_reach_somebody_are_found() {
        for address in [
            "ann.o'hara+x@mail.example.co.uk",
            "https://example.org/a?b=c",
            "www.example.org",
            "example.co.uk/people",
            "@ann_hill",
            "01632 960 123",
            "(01632) 960123",
            "07700 900 123",
            "07700900123",
            "+44 7700 900123",
            "020 7946 0123",
            "555-0123",
        ] {
            assert_eq!(marked(&format!("it was {address}.")), [(address, Kind::Contact)], "{address}");
        }
    }

    #[test]
    fn postcodes_numbers_and_dates_are_found() {
        for (text, kind) in [
            ("SW1A 1AA", Kind::Postcode),
            ("sy12ab", Kind::Postcode),
            ("QQ 12 34 56 C", Kind::Number),
            ("123 456 7890", Kind::Number),
            ("EMP-104233", Kind::Number),
            ("104233", Kind::Number),
            ("3/4/24", Kind::Date),
            ("2024-03-02", Kind::Date),
            ("3rd of March 2024", Kind::Date),
            ("March 2024", Kind::Date),
            ("2019", Kind::Date),
        ] {
            assert_eq!(marked(&format!("it was {text}, as always")), [(text, kind)], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for text in
            ["I earned £28500 a year", "at 10.30 with 25 cases", "I may march on", "50/50, 24/7, 100%", "a.b and c"]
        {
            assert_eq!(marked(text), [], "{text}");
        }
    }
}
