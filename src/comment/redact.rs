//! What is taken out of a comment before it is published. Pure.

use super::marks::words;
use serde::{Deserialize, Serialize};

/// A part of a text: bytes, from the first to before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// What is taken out, and what stands there for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Redaction {
    pub span: Span,
    pub reason: Reason,
}

/// The words are stored: do not change one that is out.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $word:literal $label:literal $instead:literal)+) => {
        /// Why something is taken out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Reason { $($name,)+ }

        impl Reason {
            pub const ALL: &[Reason] = &[$(Reason::$name,)+];

            /// In forms.
            pub fn as_str(self) -> &'static str {
                match self { $(Reason::$name => $word,)+ }
            }

            /// As a page says it.
            pub fn label(self) -> &'static str {
                match self { $(Reason::$name => $label,)+ }
            }

            /// What stands in the published text.
            pub fn instead(self) -> &'static str {
                match self { $(Reason::$name => $instead,)+ }
            }
        }
    };
}

reasons! {
    Name "name" "A name" "[name removed]"
    Contact "contact" "A way to reach somebody" "[contact details removed]"
    Place "place" "A place or a team" "[place removed]"
    Date "date" "A date" "[date removed]"
    Job "job" "A job or a case" "[job or case removed]"
    Health "health" "About health" "[health details removed]"
    Somebody "somebody" "About somebody else" "[details of somebody else removed]"
    Other "other" "Something else" "[details removed]"
}

impl Reason {
    pub fn read(word: &str) -> Option<Reason> {
        Reason::ALL.iter().copied().find(|reason| reason.as_str() == word)
    }
}

/// The text with what is taken out replaced; `redactions` as [`merged`] leaves them.
pub fn apply(text: &str, redactions: &[Redaction]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for Redaction { span, reason } in redactions {
        out.push_str(text.get(at..span.start).unwrap_or_default());
        out.push_str(reason.instead());
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out.trim().to_owned()
}

/// Whether anything that somebody wrote is left.
pub fn leaves_something(text: &str, redactions: &[Redaction]) -> bool {
    let is_out = |start: usize| redactions.iter().any(|one| (one.span.start..one.span.end).contains(&start));
    words::of(text).iter().any(|word| !is_out(word.span.start))
}

/// In the order of the text, and none over another: those that touch, or that only space
/// lies between and that have one reason, become one, with the reason of the first.
pub fn merged(text: &str, mut redactions: Vec<Redaction>) -> Vec<Redaction> {
    redactions.sort_unstable();
    let mut merged: Vec<Redaction> = Vec::new();
    for next in redactions {
        let is_one = |last: &Redaction| {
            let between = text.get(last.span.end..next.span.start);
            next.span.start <= last.span.end
                || (next.reason == last.reason && between.is_some_and(|between| between.trim().is_empty()))
        };
        match merged.last_mut().filter(|last| is_one(last)) {
            Some(last) => last.span.end = last.span.end.max(next.span.end),
            None => merged.push(next),
        }
    }
    merged
}

/// Whether they are parts of this text, in its order and apart from each other.
pub fn fits(text: &str, redactions: &[Redaction]) -> bool {
    let mut at = 0;
    redactions.iter().all(|Redaction { span, .. }| {
        let fits = at <= span.start && span.start < span.end && text.get(span.start..span.end).is_some();
        at = span.end;
        fits
    })
}

/// Wherever a passage stands in the text as whole words; nowhere for none.
pub fn find(text: &str, passage: &str) -> Vec<Span> {
    let passage = passage.trim();
    let goes_on =
        |a: Option<char>, b: Option<char>| a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric);
    let is_whole = |span: &Span| {
        let before = text.get(..span.start).and_then(|before| before.chars().next_back());
        let after = text.get(span.end..).and_then(|after| after.chars().next());
        !goes_on(before, passage.chars().next()) && !goes_on(passage.chars().next_back(), after)
    };
    if passage.is_empty() {
        return Vec::new();
    }
    let all = text.match_indices(passage).map(|(start, found)| Span { start, end: start + found.len() });
    all.filter(is_whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn out(text: &str, parts: &[(&str, Reason)]) -> String {
        let all = parts.iter().flat_map(|(part, reason)| {
            find(text, part).into_iter().map(|span| Redaction { span, reason: *reason }).collect::<Vec<_>>()
        });
        let merged = merged(text, all.collect());
        assert!(fits(text, &merged));
        apply(text, &merged)
    }

    #[test]
    fn what_is_taken_out_is_replaced_wherever_it_stands() {
        let text = "Ann Hill left. I liked Ann, whose anniversary Annie forgot.";
        let told = out(text, &[("Ann", Reason::Name), ("Hill", Reason::Name)]);
        assert_eq!(told, "[name removed] left. I liked [name removed], whose anniversary Annie forgot.");
        assert_eq!(out(text, &[("left. I", Reason::Other), ("I liked", Reason::Place)]).matches("[details").count(), 1);
        assert!(find(text, "An").is_empty() && find(text, " ").is_empty() && find(text, "Bob").is_empty());
    }

    #[test]
    fn a_text_of_which_nothing_is_left_is_known() {
        let one = |start, end| Redaction { span: Span { start, end }, reason: Reason::Name };
        assert!(!leaves_something("Ann!", &[one(0, 3)]));
        assert!(leaves_something("Ann went", &[one(0, 3)]));
    }

    #[test]
    fn spans_that_are_not_of_the_text_do_not_fit() {
        let one = |start, end| Redaction { span: Span { start, end }, reason: Reason::Name };
        assert!(fits("ŵ a", &[one(0, 2), one(3, 4)]));
        for wrong in [vec![one(0, 1)], vec![one(3, 9)], vec![one(2, 2)], vec![one(3, 4), one(0, 2)], vec![one(9, 3)]] {
            assert!(!fits("ŵ a", &wrong), "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_not_taken_out_stays_byte_for_byte(text in "\\PC{0,60}", cuts in prop::collection::vec((0_usize..60, 1_usize..9), 0..6)) {
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = |n: usize| ends[n.min(ends.len() - 1)];
            let cut = cuts.iter().map(|(from, long)| Redaction { span: Span { start: at(*from), end: at(from + long) }, reason: Reason::Job });
            let merged = merged(&text, cut.filter(|one| one.span.start < one.span.end).collect());
            prop_assert!(fits(&text, &merged));
            let mut rest = String::new();
            let mut from = 0;
            for one in &merged {
                rest.push_str(&text[from..one.span.start]);
                rest.push_str(Reason::Job.instead());
                from = one.span.end;
            }
            rest.push_str(&text[from..]);
            prop_assert_eq!(apply(&text, &merged), rest.trim());
        }
    }
}
