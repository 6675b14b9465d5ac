//! Answers in few bytes: each by the place of its question, and of its option, in the
//! survey. A survey version never changes, so neither do places.
//!
//! For every question of the survey in its order, texts left out, there is one number
//! (LEB128, as in WebAssembly), and none after the last that is not 0:
//!
//! | number | means |
//! |--:|---|
//! | 0 | no answer |
//! | 1 to 4 | missing: not known, preferred not to say, not applicable, not asked |
//! | 5 + n | the option or point at n; the rating n; n above the least number; n months after the first |
//! | 5 + n | several options: n bytes follow, the option at i is bit i % 8 of the byte i / 8 |

use super::{Answer, Answers, Code, Missing, Question, QuestionKind, Survey};
use std::collections::BTreeMap;

/// The number of the first answer that is none of [`Missing`].
const GIVEN: u64 = 5;

/// The places of one survey version.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    questions: Vec<Placed>,
}

#[derive(Clone, Debug)]
struct Placed {
    code: Code,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    One(Options),
    Many(Options),
    Rating,
    Number {
        min: i64,
        max: i64,
    },
    Month {
        from: i32,
        to: i32,
    },
    /// Kept apart from the other answers, and never here.
    Text,
}

#[derive(Clone, Debug)]
struct Options {
    codes: Vec<Code>,
    places: BTreeMap<Code, usize>,
}

/// What was answered to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    Missing(Missing),
    /// The option or point at this place.
    One(usize),
    Many(Places<'a>),
    Rating(u8),
    Number(i64),
    Month {
        year: i32,
        month: u8,
    },
}

/// The places of several options, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places<'a>(&'a [u8]);

impl<'a> Places<'a> {
    /// In their order.
    pub fn iter(self) -> impl Iterator<Item = usize> + use<'a> {
        let bits = |byte: u8| (0..8).filter(move |bit| byte >> bit & 1 == 1);
        self.0.iter().zip(0..).flat_map(move |(byte, at)| bits(*byte).map(move |bit| at * 8 + bit))
    }
}

impl Layout {
    pub fn of(survey: &Survey) -> Layout {
        Layout { questions: survey.questions().map(Placed::of).collect() }
    }

    /// How many questions have a place, texts among them.
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// None: something in there is no answer to this survey, or is a text.
    pub fn write(&self, answers: &Answers) -> Option<Vec<u8>> {
        let (mut out, mut used, mut written) = (Vec::new(), 0, 0);
        for question in &self.questions {
            match answers.get(&question.code) {
                None => out.push(0),
                Some(answer) => {
                    question.write(answer, &mut out)?;
                    used = out.len();
                    written += 1;
                }
            }
        }
        out.truncate(used);
        (written == answers.len()).then_some(out)
    }

    /// The answers of [`Layout::write`]; None: it is not its work, or another survey's.
    pub fn read(&self, bytes: &[u8]) -> Option<Answers> {
        let mut answers = Answers::new();
        self.each(bytes, |at, place| {
            if let Some((code, answer)) = self.answer(at, place) {
                answers.insert(code.clone(), answer);
            }
        })?;
        Some(answers)
    }

    /// Calls `see` with the place of each question that is answered, in their order, and
    /// with what was answered. None: see [`Layout::read`].
    pub fn each<'a>(&self, mut bytes: &'a [u8], mut see: impl FnMut(usize, Place<'a>)) -> Option<()> {
        for (question, at) in self.questions.iter().zip(0..) {
            if bytes.is_empty() {
                return Some(());
            }
            match number(&mut bytes)? {
                0 => {}
                given => see(at, question.read(given, &mut bytes)?),
            }
        }
        bytes.is_empty().then_some(())
    }

    /// What stands at a place, in codes.
    pub fn answer(&self, question: usize, place: Place<'_>) -> Option<(&Code, Answer)> {
        let question = self.questions.get(question)?;
        let code = |at: usize| question.kind.options()?.codes.get(at).cloned();
        let answer = match place {
            Place::Missing(missing) => Answer::Missing(missing),
            Place::One(at) => Answer::One(code(at)?),
            Place::Many(places) => Answer::Many(places.iter().map(code).collect::<Option<_>>()?),
            Place::Rating(n) => Answer::Rating(n),
            Place::Number(n) => Answer::Number(n),
            Place::Month { year, month } => Answer::Month { year, month },
        };
        Some((&question.code, answer))
    }
}

impl Placed {
    fn of(question: &Question) -> Placed {
        let options = || {
            let codes: Vec<Code> = question.choices().iter().map(|choice| choice.code.clone()).collect();
            Options { places: codes.iter().cloned().zip(0..).collect(), codes }
        };
        let kind = match &question.kind {
            QuestionKind::Single { .. } | QuestionKind::Scale { .. } => Kind::One(options()),
            QuestionKind::Multiple { .. } => Kind::Many(options()),
            QuestionKind::Rating { .. } => Kind::Rating,
            QuestionKind::Number { min, max, .. } => Kind::Number { min: *min, max: *max },
            QuestionKind::Month { from, to } => Kind::Month { from: *from, to: *to },
            QuestionKind::Text { .. } => Kind::Text,
        };
        Placed { code: question.code.clone(), kind }
    }

    fn write(&self, answer: &Answer, out: &mut Vec<u8>) -> Option<()> {
        let n = match (answer, &self.kind) {
            (Answer::Missing(missing), _) => {
                put(reason(*missing), out);
                return Some(());
            }
            (Answer::Many(codes), Kind::Many(options)) => return write_many(codes.iter(), options, out),
            (Answer::One(code), Kind::One(options)) => u64::try_from(*options.places.get(code)?).ok()?,
            (Answer::Rating(n @ 0..=10), Kind::Rating) => u64::from(*n),
            (Answer::Number(n), Kind::Number { min, max }) if (min..=max).contains(&n) => n.abs_diff(*min),
            (Answer::Month { year, month }, Kind::Month { from, to })
                if (from..=to).contains(&year) && (1..=12).contains(month) =>
            {
                u64::from(year.abs_diff(*from)) * 12 + u64::from(*month) - 1
            }
            _ => return None,
        };
        put(n.checked_add(GIVEN)?, out);
        Some(())
    }

    fn read<'a>(&self, number: u64, bytes: &mut &'a [u8]) -> Option<Place<'a>> {
        let Some(n) = number.checked_sub(GIVEN) else { return Some(Place::Missing(missing(number)?)) };
        Some(match &self.kind {
            Kind::One(options) => Place::One(usize::try_from(n).ok().filter(|at| *at < options.codes.len())?),
            Kind::Many(options) => {
                let (bits, rest) = bytes.split_at_checked(usize::try_from(n).ok()?)?;
                *bytes = rest;
                let places = Places(bits);
                places.iter().last().is_none_or(|last| last < options.codes.len()).then_some(Place::Many(places))?
            }
            Kind::Rating => Place::Rating(u8::try_from(n).ok().filter(|n| *n <= 10)?),
            Kind::Number { min, max } => Place::Number(min.checked_add_unsigned(n).filter(|number| number <= max)?),
            Kind::Month { from, to } => {
                let year = from.checked_add_unsigned(u32::try_from(n / 12).ok()?).filter(|year| year <= to)?;
                Place::Month { year, month: u8::try_from(n % 12).ok()? + 1 }
            }
            Kind::Text => return None,
        })
    }
}

impl Kind {
    fn options(&self) -> Option<&Options> {
        match self {
            Kind::One(options) | Kind::Many(options) => Some(options),
            _ => None,
        }
    }
}

fn write_many<'a>(codes: impl Iterator<Item = &'a Code>, options: &Options, out: &mut Vec<u8>) -> Option<()> {
    let mut bits: Vec<u8> = Vec::new();
    for code in codes {
        let at = *options.places.get(code)?;
        if bits.len() <= at / 8 {
            bits.resize(at / 8 + 1, 0);
        }
        *bits.get_mut(at / 8)? |= 1 << (at % 8);
    }
    put(u64::try_from(bits.len()).ok()?.checked_add(GIVEN)?, out);
    out.extend(bits);
    Some(())
}

fn reason(missing: Missing) -> u64 {
    match missing {
        Missing::NotKnown => 1,
        Missing::PreferNotToSay => 2,
        Missing::NotApplicable => 3,
        Missing::NotAsked => 4,
    }
}

fn missing(number: u64) -> Option<Missing> {
    Missing::ALL.into_iter().find(|missing| reason(*missing) == number)
}

/// LEB128: seven bits a byte, the least first; the highest bit says that more follow.
fn put(mut number: u64, out: &mut Vec<u8>) {
    loop {
        let [low, ..] = (number & 0x7f).to_le_bytes();
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let low = u64::from(byte & 0x7f);
        number |= low.checked_shl(shift).filter(|moved| moved >> shift == low)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::survey::{self, journey};
    use proptest::prelude::*;

    fn surveys() -> Vec<Survey> {
        survey::shipped().iter().map(|(_, source)| survey::parse(source).unwrap().survey).collect()
    }

    /// As they are kept: texts lie apart.
    fn without_texts(mut answers: Answers) -> Answers {
        answers.retain(|_, answer| !matches!(answer, Answer::Text(_)));
        answers
    }

    #[test]
    fn what_people_answer_to_each_shipped_survey_comes_back_and_is_small() {
        for survey in surveys() {
            let layout = Layout::of(&survey);
            for answers in demo::answers(&survey, 200, 7) {
                let answers = without_texts(answers);
                let bytes = layout.write(&answers).unwrap();
                assert!(bytes.len() < 80, "{}: {}", survey.code, bytes.len());
                assert_eq!(layout.read(&bytes), Some(answers));
            }
        }
    }

    #[test]
    fn what_the_survey_has_no_place_for_is_not_written() {
        let survey = &surveys()[0];
        let layout = Layout::of(survey);
        let question = survey.questions().find(|question| !question.choices().is_empty()).unwrap();
        let other = Code::new("never_heard_of").unwrap();
        let wrong = [
            (other.clone(), Answer::Rating(3)),
            (question.code.clone(), Answer::One(other)),
            (question.code.clone(), Answer::Text("words".to_owned())),
        ];
        for one in wrong {
            assert_eq!(layout.write(&Answers::from([one])), None);
        }
    }

    proptest! {
        /// Whatever bytes there are: they are read as answers that the survey admits and
        /// that are written as they were read, or not at all.
        #[test]
        fn bytes_are_answers_of_the_survey_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..60), small in any::<bool>()) {
            let bytes: Vec<u8> = bytes.into_iter().map(|byte| if small { byte % 12 } else { byte }).collect();
            for survey in surveys() {
                let layout = Layout::of(&survey);
                let Some(answers) = layout.read(&bytes) else { continue };
                for (code, answer) in &answers {
                    let question = survey.question(code.as_str()).unwrap();
                    let is_choice = matches!(answer, Answer::One(_) | Answer::Many(_) | Answer::Rating(_));
                    prop_assert!(is_choice || journey::admits(question, answer), "{answer:?}");
                }
                let again = layout.write(&answers).unwrap();
                prop_assert_eq!(layout.read(&again), Some(answers));
            }
        }
    }
}
