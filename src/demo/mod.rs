//! An invented council's staff and what they answer, for `candour demo`. Pure and
//! seeded: the same seed gives the same council.
//!
//! The answers hang together as people's do: whoever leaves over the workload is
//! dissatisfied with the workload, and whoever is satisfied would recommend the
//! place. The weights are made up; nothing here is anybody's data.

mod chance;
pub mod comments;
mod weights;

use crate::survey::{Answer, Answers, Choice, Code, Missing, Question, QuestionKind, Survey, journey};
use chance::Chance;
use std::collections::BTreeSet;

/// The council of the demo.
pub const COUNCIL: &str = "Wrenfordshire County Council";

/// Its staff over a year, in numbers, as HR uploads them.
pub const WORKFORCE: &str = include_str!("workforce.csv");

const FIRST_NAMES: [&str; 20] = [
    "Aled", "Amina", "Beth", "Callum", "Carys", "Dan", "Efa", "Farah", "Gwen", "Hugh", "Iona", "Jas", "Kofi", "Lowri",
    "Mo", "Nia", "Owen", "Priya", "Rhys", "Sian",
];
const LAST_NAMES: [&str; 17] = [
    "Abbott",
    "Bevan",
    "Carter",
    "Davies",
    "Evans",
    "Fry",
    "Griffiths",
    "Hill",
    "Iqbal",
    "Jones",
    "Khan",
    "Lloyd",
    "Morgan",
    "Nash",
    "Owusu",
    "Price",
    "Rees",
];

/// `count` people's names and e-mail addresses (at a domain that is nobody's).
pub fn people(count: usize) -> Vec<(String, String)> {
    let names = LAST_NAMES.iter().flat_map(|last| FIRST_NAMES.iter().map(move |first| (first, last)));
    names
        .enumerate()
        .map(|(n, (first, last))| {
            let email = format!("{}.{}.{n}@wrenfordshire.example", first.to_lowercase(), last.to_lowercase());
            (format!("{first} {last}"), email)
        })
        .take(count)
        .collect()
}

/// What `count` people answer.
pub fn answers(survey: &Survey, count: usize, seed: u64) -> Vec<Answers> {
    let mut chance = Chance::new(seed);
    (0..count).map(|_| Person::new(&mut chance).answers(survey, &mut chance)).collect()
}

/// What is behind one person's answers.
struct Person {
    /// How content they are, 0 to 99.
    mood: u64,
    /// The factor that weighs most for them.
    driver: &'static str,
}

impl Person {
    fn new(chance: &mut Chance) -> Person {
        let driver = chance.pick(&weights::DRIVERS, |(_, weight)| *weight).map_or("workload", |(code, _)| code);
        Person { mood: (chance.below(100) + chance.below(100)) / 2, driver }
    }

    fn answers(&self, survey: &Survey, chance: &mut Chance) -> Answers {
        let mut answers = Answers::new();
        let mut section = journey::next(survey, &answers, None);
        while let Some(current) = section {
            for question in journey::asked_questions(current, &answers) {
                if let Some(answer) = self.answer(question, chance) {
                    answers.insert(question.code.clone(), answer);
                }
            }
            section = journey::next(survey, &answers, Some(&current.code));
        }
        answers
    }

    /// One answer; none where they pass the question over.
    fn answer(&self, question: &Question, chance: &mut Chance) -> Option<Answer> {
        if !question.is_required && chance.below(100) < 4 {
            return None;
        }
        if chance.below(100) < 2 {
            return Some(Answer::Missing(Missing::PreferNotToSay));
        }
        match &question.kind {
            QuestionKind::Single { choices } => self.single(question, choices, chance),
            QuestionKind::Multiple { choices } => Some(Answer::Many(self.several(choices, chance))),
            QuestionKind::Scale { scale } => self.point(question, &scale.points, chance),
            QuestionKind::Rating { .. } => {
                let rating = (self.mood + chance.below(40)) / 13;
                Some(Answer::Rating(u8::try_from(rating.min(10)).unwrap_or(10)))
            }
            QuestionKind::Number { min, max, .. } => {
                let span = u64::try_from(max - min).unwrap_or(0);
                Some(Answer::Number(min + i64::try_from(chance.below(span + 1)).unwrap_or(0)))
            }
            QuestionKind::Month { from, to } => {
                let span = u64::try_from(to - from).unwrap_or(0);
                let year = from + i32::try_from(chance.below(span + 1)).unwrap_or(0);
                Some(Answer::Month { year, month: u8::try_from(1 + chance.below(12)).unwrap_or(1) })
            }
            QuestionKind::Text { .. } => {
                let known = comments::to(question.code.as_str());
                let comment = (chance.below(100) < 30).then(|| chance.pick(known, |_| 1)).flatten()?;
                Some(Answer::Text(comment.text.to_owned()))
            }
        }
    }

    fn single(&self, question: &Question, choices: &[Choice], chance: &mut Chance) -> Option<Answer> {
        let is_about_drivers = choices.iter().any(|choice| choice.code.as_str() == self.driver);
        if is_about_drivers && chance.below(100) < 70 {
            return Code::new(self.driver).ok().map(Answer::One);
        }
        let weigh = |choice: &Choice| weights::of(&question.code, &choice.code);
        chance.pick(choices, weigh).map(given)
    }

    fn several(&self, choices: &[Choice], chance: &mut Chance) -> BTreeSet<Code> {
        let open = choices.iter().filter(|choice| !choice.is_exclusive && choice.missing.is_none());
        let mut chosen: BTreeSet<Code> = BTreeSet::new();
        for choice in open {
            let odds = if choice.code.as_str() == self.driver { 85 } else { weights::common(&choice.code) };
            if chance.below(100) < odds {
                chosen.insert(choice.code.clone());
            }
        }
        if chosen.is_empty() {
            let fallback = choices.iter().find(|choice| choice.is_exclusive).or(choices.first());
            chosen.extend(fallback.map(|choice| choice.code.clone()));
        }
        chosen
    }

    /// A point of a scale that runs from best to worst: low mood, or a question
    /// about what drives them, lies further down.
    fn point(&self, question: &Question, points: &[Choice], chance: &mut Chance) -> Option<Answer> {
        let (real, missing): (Vec<&Choice>, Vec<&Choice>) = points.iter().partition(|point| point.missing.is_none());
        if let Some(missing) = missing.first()
            && chance.below(100) < 5
        {
            return Some(given(missing));
        }
        let sore = if question.code.as_str().ends_with(self.driver) { 35 } else { 0 };
        let down = (100 - self.mood + sore + chance.below(60)).saturating_sub(30).min(99);
        let count = u64::try_from(real.len()).ok()?;
        let at = usize::try_from(down * count / 100).ok()?;
        real.get(at).map(|point| given(point))
    }
}

fn given(choice: &Choice) -> Answer {
    match choice.missing {
        Some(missing) => Answer::Missing(missing),
        None => Answer::One(choice.code.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey;
    use crate::workforce::{self, By};

    #[test]
    fn everybody_answers_each_shipped_survey_as_it_wants_to_be_answered() {
        for (name, source) in survey::shipped() {
            let survey = survey::parse(source).unwrap().survey;
            for answers in answers(&survey, 50, 7) {
                assert_eq!(journey::prune(&survey, &answers), answers, "{name}");
                assert!(journey::open_problems(&survey, &answers).is_empty(), "{name}");
                for (code, answer) in &answers {
                    assert!(journey::admits(survey.question(code.as_str()).unwrap(), answer), "{name} {code}");
                }
            }
        }
    }

    #[test]
    fn the_councils_year_has_nothing_odd_and_is_split_as_its_leavers_are() {
        let read = workforce::read(WORKFORCE.as_bytes()).unwrap();
        assert_eq!(read.warnings, Vec::<String>::new());
        let (_, source) = survey::shipped().iter().find(|(name, _)| *name == "exit").unwrap();
        let survey = survey::parse(source).unwrap().survey;
        for (by, name) in By::ALL.iter().flat_map(|by| read.rows.iter().map(move |row| (by, row.name(*by).unwrap()))) {
            let choices = survey.question(by.as_str()).unwrap().choices();
            assert!(choices.iter().any(|choice| choice.label.en == name), "{name}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_council() {
        let (_, source) = survey::shipped()[0];
        let survey = survey::parse(source).unwrap().survey;
        assert_eq!(answers(&survey, 20, 1), answers(&survey, 20, 1));
        assert_ne!(answers(&survey, 20, 1), answers(&survey, 20, 2));
        assert_eq!(people(300).iter().map(|(_, email)| email).collect::<BTreeSet<_>>().len(), 300);
    }
}
