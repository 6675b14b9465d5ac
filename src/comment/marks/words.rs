//! The words of a text, and which of them are rare.

use crate::comment::redact::Span;
use crate::survey::{Question, Survey, Text};
use std::collections::{BTreeSet, HashMap, HashSet};

/// One word, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    pub span: Span,
    pub text: &'a str,
}

impl Word<'_> {
    pub fn folded(&self) -> String {
        self.text.to_lowercase().replace('’', "'")
    }

    /// Begins with a capital, and does not shout.
    pub fn is_capitalised(&self) -> bool {
        let mut letters = self.text.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
    }
}

/// Runs of letters and digits; apostrophes and hyphens inside a word belong to it.
pub fn of(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    let ends: Vec<(usize, char)> = text.char_indices().chain([(text.len(), ' ')]).collect();
    for (n, (at, c)) in ends.iter().enumerate() {
        let next = ends.get(n + 1).is_some_and(|(_, next)| next.is_alphanumeric());
        let goes_on = c.is_alphanumeric() || (start.is_some() && next && ['\'', '’', '-'].contains(c));
        match (start, goes_on) {
            (None, true) => start = Some(*at),
            (Some(begin), false) => {
                let span = Span { start: begin, end: *at };
                found.extend(text.get(begin..*at).map(|text| Word { span, text }));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// So many English words that everybody uses that they tell nothing of anybody.
pub(super) fn is_common(folded: &str) -> bool {
    static COMMON: std::sync::LazyLock<HashSet<&str>> =
        std::sync::LazyLock::new(|| include_str!("common_words.txt").split_whitespace().collect());
    COMMON.contains(folded)
}

/// In how many of a campaign's comments each word stands, and the words of its survey.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    comments: HashMap<String, usize>,
    survey: HashSet<String>,
}

impl Vocabulary {
    pub fn new<'a>(comments: impl Iterator<Item = &'a str>, survey: &Survey) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for comment in comments {
            let own: BTreeSet<String> = of(comment).iter().map(Word::folded).collect();
            own.into_iter().for_each(|word| *vocabulary.comments.entry(word).or_default() += 1);
        }
        vocabulary.survey.extend(texts(survey).flat_map(|text| folded(&text)));
        vocabulary
    }

    /// The words of a comment that stand in no other, and are not everybody's. None of a
    /// comment of which that is a third of the words or more: it is in another language,
    /// or there is too little to compare it with, and marking half of it would say nothing.
    pub fn rare<'a>(&self, comment: &'a str) -> Vec<Word<'a>> {
        let words = of(comment);
        let rare: Vec<Word> = words.iter().copied().filter(|word| self.is_rare(word)).collect();
        if rare.len() * 3 >= words.len().max(1) { Vec::new() } else { rare }
    }

    fn is_rare(&self, word: &Word) -> bool {
        let folded = word.folded();
        let is_long = folded.chars().count() > 3 && folded.chars().any(char::is_alphabetic);
        let others = self.comments.get(&folded).copied().unwrap_or_default();
        is_long && others < 2 && !is_common(&folded) && !self.survey.contains(&folded)
    }
}

/// The words of a text that say more than most, folded.
pub(super) fn folded(text: &str) -> Vec<String> {
    of(text).iter().map(Word::folded).collect()
}

/// All that the survey itself says, in every language.
fn texts(survey: &Survey) -> impl Iterator<Item = String> {
    let of = |text: &Text| [Some(text.en.clone()), text.cy.clone()].into_iter().flatten();
    let question = move |question: &Question| {
        let choices = question.choices().iter().flat_map(move |choice| of(&choice.label));
        let about = [Some(&question.label), question.help.as_ref()].into_iter().flatten().flat_map(of);
        about.chain(choices).collect::<Vec<_>>()
    };
    survey.questions().flat_map(question)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        of(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_what_people_would_call_words() {
        assert_eq!(words("Don't say O’Neill-Jones' 'team', ok?"), ["Don't", "say", "O’Neill-Jones", "team", "ok"]);
        assert_eq!(words("আমি কাজ"), words("আমি কাজ"));
        assert!(words(" -- ' … ").is_empty());
    }

    #[test]
    fn a_word_is_rare_that_nobody_else_uses_unless_most_of_a_comment_is() {
        let (_, source) = crate::survey::shipped()[0];
        let survey = crate::survey::parse(source).unwrap().survey;
        let own = "We were told about the flamingo at the meeting in the morning and nobody laughed at all.";
        let all = [own, "The meeting was long.", "Nobody told us, and nobody laughed.", "Ζεστό νερό παντού"];
        let vocabulary = Vocabulary::new(all.into_iter(), &survey);
        let rare: Vec<&str> = vocabulary.rare(own).into_iter().map(|word| word.text).collect();
        assert_eq!(rare, ["flamingo"]);
        assert!(vocabulary.rare("Ζεστό νερό παντού").is_empty());
    }

    proptest! {
        #[test]
        fn words_stand_where_they_say(text in "\\PC{0,80}") {
            let mut at = 0;
            for word in of(&text) {
                prop_assert_eq!(&text[word.span.start..word.span.end], word.text);
                prop_assert!(word.span.start >= at && !word.text.is_empty());
                at = word.span.end;
            }
        }
    }
}
