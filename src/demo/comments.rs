//! What invented people write in their own words, and what whoever reads it would make
//! of it.

use crate::comment::Reason;
use crate::comment::redact::Reason::{Job, Name, Place, Somebody};

/// A comment, the themes that it touches, and what is to be taken out of it beside what
/// Candour itself is sure of.
#[derive(Clone, Copy, Debug)]
pub struct Comment {
    pub text: &'static str,
    pub themes: &'static [&'static str],
    pub take: &'static [(&'static str, Reason)],
    /// About somebody else, and so not to be published.
    pub is_private: bool,
}

const PLAIN: Comment = Comment { text: "", themes: &[], take: &[], is_private: false };

/// To "what would have made the difference?".
pub const OF_CHANGE: [Comment; 14] = [
    of(
        "A smaller caseload. Everybody here works hard, but there were weeks when it could not be done well.",
        &["workload"],
    ),
    of("More notice of changes to the rota.", &["flexibility"]),
    of("A clear way to move up without moving away.", &["career"]),
    of("Supervision that was not cancelled when things were busy.", &["supervision", "workload"]),
    of("Being able to work from home on the days when I write reports.", &["flexibility"]),
    of(
        "Pay that does not fall further behind the council next door every year. I looked it up before I applied.",
        &["pay"],
    ),
    of("Fewer agency staff on better money doing the same work at the next desk.", &["agency_offer", "pay", "team"]),
    of("Two days a week without meetings would have done more than any wellbeing day.", &["workload", "health"]),
    of(
        "Somewhere to park. I spent forty minutes every visit day looking for a space and paid for it myself.",
        &["travel", "conditions"],
    ),
    of(
        "Protected time in my first year. I was promised it at interview and it lasted three weeks.",
        &["training", "workload"],
    ),
    of("আরও কম কেস আর নিয়মিত তত্ত্বাবধান থাকলে আমি থেকে যেতাম।", &["workload", "supervision"]),
    Comment {
        take: &[("Beth Carter", Name), ("Elm House", Place)],
        ..of(
            "If Beth Carter had stayed at Elm House I would have stayed too. Nobody replaced her.",
            &["management", "team"],
        )
    },
    Comment {
        take: &[("Family 14", Job)],
        ..of(
            "One complaint about Family 14 hung over me for eight months and nobody told me how it was going.",
            &["management", "culture"],
        )
    },
    of("Nothing: it was simply time.", &[]),
];

/// To "anything else?".
pub const AT_THE_END: [Comment; 12] = [
    of("I will miss the team.", &["team"]),
    of("Somebody asking me this a year ago.", &["culture"]),
    of(
        "The work itself is worth doing and I would tell anybody so. It is everything around it that wore me out.",
        &["work", "workload"],
    ),
    of("The systems go down most Mondays, and then we are asked why visits are not written up.", &["conditions"]),
    of("كان الزملاء رائعين، لكن عبء العمل كان أكبر من أن يحتمله أحد.", &["team", "workload"]),
    of("Exit interviews were offered with my own manager. I am glad that I could do it this way.", &["management"]),
    of(
        "Please keep the principal social worker's drop-in. It is the one place where people say what they think.",
        &["supervision", "culture"],
    ),
    of("I leave for more money and fewer miles, and without a hard word for anyone.", &["pay", "travel"]),
    Comment {
        take: &[("Rhys", Name)],
        ..of(
            "If you want to know more, write to me at formerly.here@example.org or ring 01632 960 145. Rhys has my address too.",
            &[],
        )
    },
    Comment {
        take: &[("Willow team", Place), ("the only man in it", Somebody)],
        ..of(
            "The Willow team lost five of seven people in a year. You could ask why before the only man in it goes as well.",
            &["management", "workload"],
        )
    },
    Comment {
        is_private: true,
        ..of(
            "My colleague at the next desk has been ill since spring and everybody pretends not to see it.",
            &["health", "culture"],
        )
    },
    of(
        "Thank you to everyone who covered for me when my mother was dying. That is what I will remember.",
        &["team", "personal"],
    ),
];

const fn of(text: &'static str, themes: &'static [&'static str]) -> Comment {
    Comment { text, themes, ..PLAIN }
}

/// Those that somebody might answer this question with.
pub fn to(question: &str) -> &'static [Comment] {
    if question == "comment" { &AT_THE_END } else { &OF_CHANGE }
}

/// What is known of a text.
pub fn find(text: &str) -> Option<&'static Comment> {
    OF_CHANGE.iter().chain(&AT_THE_END).find(|one| one.text == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comment::redact;
    use crate::comment::theme::of_survey;
    use crate::survey;

    #[test]
    fn what_is_to_be_taken_out_is_there_and_themes_are_those_of_the_survey() {
        let (_, source) = survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap();
        let themes = of_survey(&survey::parse(source).unwrap().survey);
        for one in OF_CHANGE.iter().chain(&AT_THE_END) {
            assert!(one.take.iter().all(|(passage, _)| !redact::find(one.text, passage).is_empty()), "{}", one.text);
            for name in one.themes {
                assert!(themes.iter().any(|theme| theme.code.as_str() == *name), "{name}");
            }
        }
    }
}
