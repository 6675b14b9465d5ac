//! What in a comment may tell who somebody is, for whoever reads it to look at twice.
//! It finds what has a form (an e-mail address, a postcode) and guesses at the rest
//! (names, places, rare words); it decides nothing, and it never finds all. Pure.

mod names;
mod patterns;
pub mod words;

pub use words::Vocabulary;

use super::redact::{Reason, Span};
use std::collections::HashSet;

/// What it seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An e-mail address, a telephone number, a web address, a name on the net.
    Contact,
    Postcode,
    /// Of a member of staff, of the National Insurance, of a case.
    Number,
    Date,
    Name,
    Place,
    /// A word that stands in no other comment, and that not everybody uses.
    Rare,
}

impl Kind {
    /// As a page says it.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Contact => "address or number",
            Kind::Postcode => "postcode",
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Name => "name?",
            Kind::Place => "place or team?",
            Kind::Rare => "rare word",
        }
    }

    /// Why it would be taken out.
    pub fn reason(self) -> Reason {
        match self {
            Kind::Contact | Kind::Postcode | Kind::Number => Reason::Contact,
            Kind::Date => Reason::Date,
            Kind::Name => Reason::Name,
            Kind::Place => Reason::Place,
            Kind::Rare => Reason::Other,
        }
    }

    /// Whether there is hardly a reason to leave it in.
    pub fn is_certain(self) -> bool {
        matches!(self, Kind::Contact | Kind::Postcode | Kind::Number)
    }
}

/// A part of a text that is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub kind: Kind,
}

/// What a comment is compared with.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    vocabulary: Vocabulary,
    /// The words of the campaign's breakdowns: what its directorates and services are
    /// called.
    labels: HashSet<String>,
}

impl Surroundings {
    pub fn new<'a>(vocabulary: Vocabulary, labels: impl Iterator<Item = &'a str>) -> Surroundings {
        let is_telling = |word: &String| word.chars().count() > 3 && !words::is_common(word);
        Surroundings { vocabulary, labels: labels.flat_map(words::folded).filter(is_telling).collect() }
    }
}

/// All marks of a text, in its order; none lies over another.
pub fn find(text: &str, around: &Surroundings) -> Vec<Mark> {
    let words = words::of(text);
    // What is surer comes first and takes its place.
    let mut found = patterns::find(text);
    found.extend(names::places(text, &words, &around.labels));
    found.extend(names::names(text, &words));
    found.extend(around.vocabulary.rare(text).iter().map(|word| Mark { span: word.span, kind: Kind::Rare }));
    let mut marks: Vec<Mark> = Vec::new();
    for mark in found {
        let is_apart = |other: &Mark| mark.span.end <= other.span.start || other.span.end <= mark.span.start;
        if marks.iter().all(is_apart) {
            marks.push(mark);
        }
    }
    marks.sort_unstable_by_key(|mark| mark.span);
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn around(labels: &[&str]) -> Surroundings {
        Surroundings::new(Vocabulary::default(), labels.iter().copied())
    }

    pub(super) fn marked(text: &str) -> Vec<(&str, Kind)> {
        let of = |mark: Mark| (&text[mark.span.start..mark.span.end], mark.kind);
        find(text, &around(&["Fostering and adoption"]))
            .into_iter()
            .filter(|one| one.kind != Kind::Rare)
            .map(of)
            .collect()
    }

    #[test]
    fn the_words_of_the_campaigns_own_breakdowns_are_places() {
        assert_eq!(marked("In fostering it was good"), [("fostering", Kind::Place)]);
        assert_eq!(marked("It was good and it was not"), []);
    }

    #[test]
    fn a_comment_with_everything_in_it_is_marked_in_its_order() {
        let text = "Sarah Jones (sarah.j@example.org, 01632 960 123) at Willow House, SY1 2AB, since 3 March 2024.";
        let kinds: Vec<Kind> = marked(text).into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [Kind::Name, Kind::Contact, Kind::Contact, Kind::Place, Kind::Postcode, Kind::Date]);
    }

    proptest! {
        #[test]
        fn marks_never_overlap_and_are_parts_of_any_text(
            text in prop_oneof![
                "\\PC{0,80}",
                "(Mrs |Ann |a@b.uk |0\\d{4} \\d{6} |Elm |Road |team |[.!?] |ŵ|\u{200d}|😀|\\d|\n){0,14}",
            ],
        ) {
            let all: Vec<&str> = vec![&text];
            let survey = crate::survey::parse(crate::survey::shipped()[0].1).unwrap().survey;
            let around = Surroundings::new(Vocabulary::new(all.into_iter(), &survey), ["Elm services"].into_iter());
            let (mut at, mut pieces) = (0, String::new());
            for mark in find(&text, &around) {
                prop_assert!(mark.span.start >= at && mark.span.start < mark.span.end);
                pieces.push_str(&text[at..mark.span.start]);
                pieces.push_str(&text[mark.span.start..mark.span.end]);
                at = mark.span.end;
            }
            pieces.push_str(&text[at..]);
            prop_assert_eq!(pieces, text);
        }
    }
}
