//! What may be a name of a person or a place: capital letters inside a sentence, titles,
//! the commonest given names, and what streets, houses, wards and teams are called.

use super::words::{self, Word};
use super::{Kind, Mark};
use crate::comment::redact::Span;
use std::collections::HashSet;
use std::sync::LazyLock;

const TITLES: [&str; 15] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "doctor",
    "prof",
    "professor",
    "sir",
    "dame",
    "cllr",
    "councillor",
    "nurse",
    "sister",
];
const PLACES: [&str; 28] = [
    "road", "street", "lane", "avenue", "close", "way", "house", "ward", "team", "hospital", "school", "academy",
    "court", "centre", "center", "office", "offices", "hub", "surgery", "unit", "depot", "library", "lodge",
    "building", "hall", "clinic", "nursery", "home",
];
/// With a capital letter as a matter of course.
const NO_NAMES: [&str; 37] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "christmas",
    "easter",
    "english",
    "welsh",
    "british",
    "council",
    "covid",
    "teams",
    "zoom",
    "excel",
    "word",
    "outlook",
    "social",
    "children",
    "adults",
    "services",
    "i'm",
    "ok",
];

/// Runs of words that seem to be the name of somebody.
pub(super) fn names(text: &str, words: &[Word]) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = words.get(at + 1..).unwrap_or_default();
        let is_title = TITLES.contains(&word.folded().as_str()) && word.is_capitalised();
        let run = 1 + run_of(text, word, rest, is_name_like);
        let is_start = begins_sentence(text, word.span.start);
        let seems = match () {
            () if is_title => run > 1,
            () if is_given_name(word) => true,
            () if !is_name_like(word) => false,
            () if run == 1 && PLACES.contains(&word.folded().as_str()) => false,
            () if is_start => run > 1 && !words::is_common(&word.folded()),
            () => true,
        };
        if seems {
            found.extend(mark(words, at, run, Kind::Name));
        }
        at += if seems { run } else { 1 };
    }
    found
}

/// Names of places and teams, and the campaign's own words for them.
pub(super) fn places(text: &str, words: &[Word], labels: &HashSet<String>) -> Vec<Mark> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if PLACES.contains(&word.folded().as_str()) {
            let before = words.get(..at).unwrap_or_default();
            let is_part = |one: &Word| is_name_like(one) && !words::is_common(&one.folded());
            // From the word before it backwards.
            let mut first = at;
            while let Some(one) = before.get(..first).and_then(<[Word]>::last)
                && is_part(one)
                && words.get(first).is_some_and(|next| are_joined(text, one, next))
            {
                first -= 1;
            }
            if first < at {
                found.extend(mark(words, first, at - first + 1, Kind::Place));
            }
        }
        if labels.contains(&word.folded()) {
            found.push(Mark { span: word.span, kind: Kind::Place });
        }
    }
    found
}

/// How many of the words after it go on with it.
fn run_of(text: &str, word: &Word, rest: &[Word], goes_on: impl Fn(&Word) -> bool) -> usize {
    let mut last = word;
    rest.iter()
        .take_while(|next| {
            let is_next = are_joined(text, last, next) && goes_on(next);
            last = next;
            is_next
        })
        .count()
}

fn mark(words: &[Word], from: usize, count: usize, kind: Kind) -> Option<Mark> {
    let last = words.get((from + count).saturating_sub(1))?;
    Some(Mark { span: Span { start: words.get(from)?.span.start, end: last.span.end }, kind })
}

fn is_name_like(word: &Word) -> bool {
    word.is_capitalised() && !NO_NAMES.contains(&word.folded().as_str()) && !is_pronoun(word)
}

/// "I", "I'm", "I've".
fn is_pronoun(word: &Word) -> bool {
    word.text == "I" || word.text.starts_with("I'") || word.text.starts_with("I’")
}

/// However it is written: people do not write capitals on a telephone.
fn is_given_name(word: &Word) -> bool {
    static NAMES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| include_str!("given_names.txt").split_whitespace().collect());
    let folded = word.folded();
    NAMES.contains(folded.strip_suffix("'s").unwrap_or(&folded))
}

/// Nothing but a space lies between them, or the full stop after a title.
fn are_joined(text: &str, one: &Word, next: &Word) -> bool {
    let between = text.get(one.span.end..next.span.start).unwrap_or_default();
    between == " " || (between == ". " && TITLES.contains(&one.folded().as_str()))
}

fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let on_this_line = before.trim_end_matches([' ', '\t', '"', '“', '‘', '\'', '(', '-', '–', '•', '*']);
    on_this_line.is_empty() || on_this_line.ends_with(['.', '!', '?', ':', '…', '\n', '\r', ';'])
}

#[cfg(test)]
mod tests {
    use super::super::tests::marked;
    use super::Kind::{Name, Place};

    #[test]
    fn capital_letters_inside_a_sentence_are_names() {
        assert_eq!(marked("My manager Oonagh Trevelyan was kind."), [("Oonagh Trevelyan", Name)]);
        assert_eq!(marked("We asked. Quillfeather Hobbs said no."), [("Quillfeather Hobbs", Name)]);
        assert_eq!(marked("I told sarah and Sarah’s friend"), [("sarah", Name), ("Sarah’s", Name)]);
        assert_eq!(
            marked("When Mrs. Pemberton-Smythe came, Dr Who left"),
            [("Mrs. Pemberton-Smythe", Name), ("Dr Who", Name)]
        );
    }

    #[test]
    fn a_sentence_begins_with_a_capital_and_so_do_weekdays() {
        for text in [
            "Nobody cared. Everything was late. The NHS too.",
            "On Monday I left, as I'm ill",
            "- Pay\n- Hours",
            "HR KNEW",
        ] {
            assert_eq!(marked(text), [], "{text}");
        }
    }

    #[test]
    fn streets_houses_wards_and_teams_are_places() {
        assert_eq!(marked("At Willow House and in Elm Tree Road"), [("Willow House", Place), ("Elm Tree Road", Place)]);
        assert_eq!(marked("Fernhill ward was fine"), [("Fernhill ward", Place)]);
        assert_eq!(marked("The team at home was fine. Our House was not"), []);
    }
}
