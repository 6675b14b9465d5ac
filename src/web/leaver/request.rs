//! Reading what somebody leaves who asks for an interview.

use super::interview_words::{InterviewWords, Suits, Wrong};
use super::ticket_box;
use super::words::Words;
use crate::id::AccountId;
use crate::interview::{Change, Channel, Known, Request};
use crate::invitation::people::Email;
use crate::survey::{Lang, Question, Survey};
use crate::web::Fields;
use crate::web::ui;
use maud::Markup;
use std::collections::BTreeSet;

/// The survey's question about where somebody works, by its name.
pub(super) const DIRECTORATE: &str = "directorate";

const LONGEST_NAME: usize = 80;
const LONGEST_REACH: usize = 200;
const LONGEST_TEXT: usize = 1_000;

/// What is wrong, by field.
#[derive(Debug, Default)]
pub(super) struct Wrongs(Vec<(&'static str, Wrong)>);

impl Wrongs {
    fn add(&mut self, field: &'static str, wrong: Wrong) {
        self.0.push((field, wrong));
    }

    fn unless(&mut self, is_fine: bool, field: &'static str, wrong: Wrong) {
        if !is_fine {
            self.add(field, wrong);
        }
    }

    fn length(&mut self, field: &'static str, text: &str, most: usize) {
        self.unless(text.chars().count() <= most, field, Wrong::TooLong { most });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The summary above the form.
    pub fn summary(&self, lang: Lang) -> Markup {
        let words = &Words::of(lang).interview;
        let all: Vec<_> = self.0.iter().map(|(field, wrong)| ((*field).to_owned(), (words.wrong)(*wrong))).collect();
        ui::error_summary(lang, &all)
    }

    pub fn on(&self, field: &str, words: &InterviewWords) -> Option<String> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, wrong)| (words.wrong)(*wrong))
    }
}

/// Where somebody may say that they work, to keep off those who are too close.
pub(super) fn directorates(survey: &Survey) -> Option<&Question> {
    survey.question(DIRECTORATE).filter(|question| !question.choices().is_empty())
}

/// Reads a request, or says everything that is wrong with it. `has_right`: there is a
/// ticket to hand the answers in with.
pub(super) fn request(form: &Fields, survey: &Survey, known: &[Known], has_right: bool) -> Result<Request, Wrongs> {
    let mut wrongs = Wrongs::default();
    wrongs.unless(has_right, ticket_box::TICKET, Wrong::NoTicket);
    let name = one_line(form.get("name"));
    wrongs.unless(!name.is_empty(), "name", Wrong::NoName);
    wrongs.length("name", &name, LONGEST_NAME);
    let channel = Channel::read(form.get("channel"));
    wrongs.unless(channel.is_some(), "channel", Wrong::NoChannel);
    let reach = reach(form, channel, &mut wrongs);
    let times = times(form, &mut wrongs);
    let access = access(form, &mut wrongs);
    let ticked: Vec<&str> = form.all("avoid").collect();
    let avoid: BTreeSet<AccountId> = known
        .iter()
        .filter(|one| ticked.contains(&one.account_id.as_str()))
        .map(|one| one.account_id.clone())
        .collect();
    wrongs.unless(known.is_empty() || avoid.len() < known.len(), "avoid", Wrong::NobodyLeft);
    let directorate = directorates(survey)
        .and_then(|question| question.choices().iter().find(|choice| choice.code.as_str() == form.get(DIRECTORATE)))
        .map(|choice| choice.code.clone());
    let lang = Lang::from_tag(form.get("speaks")).unwrap_or_default();
    match channel {
        Some(channel) if wrongs.is_empty() => {
            Ok(Request { name, channel, reach, times, access, lang, avoid, directorate })
        }
        _ => Err(wrongs),
    }
}

/// Reads a change of what was left: what is empty stays. `now`: how they are
/// reached so far.
pub(super) fn change(form: &Fields, now: Channel) -> Result<Change, Wrongs> {
    let mut wrongs = Wrongs::default();
    let name = one_line(form.get("name"));
    wrongs.length("name", &name, LONGEST_NAME);
    let channel = Channel::read(form.get("channel")).filter(|channel| *channel != now);
    // Another way to talk needs where to reach them that way.
    let reach = match (channel, form.get("reach").trim()) {
        (None, "") => String::new(),
        _ => reach(form, Some(channel.unwrap_or(now)), &mut wrongs),
    };
    let (times, access) = (times(form, &mut wrongs), access(form, &mut wrongs));
    if !wrongs.is_empty() {
        return Err(wrongs);
    }
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok(Change { name: some(name), channel, reach: some(reach), times: some(times), access: some(access) })
}

/// What the channel needs, without the spaces that people put in.
fn reach(form: &Fields, channel: Option<Channel>, wrongs: &mut Wrongs) -> String {
    let typed = one_line(form.get("reach"));
    wrongs.length("reach", &typed, LONGEST_REACH);
    match channel {
        None => {
            wrongs.unless(!typed.is_empty(), "reach", Wrong::NoReach);
            typed
        }
        Some(Channel::Telephone) => {
            wrongs.unless(is_number(&typed), "reach", Wrong::NoNumber);
            typed
        }
        Some(Channel::Video | Channel::Email) => {
            let address: String = typed.split_whitespace().collect();
            match Email::read(&address) {
                Ok(email) => email.as_str().to_owned(),
                Err(_said_in_our_words) => {
                    wrongs.add("reach", Wrong::NoEmail);
                    typed
                }
            }
        }
        Some(Channel::InPerson) => {
            let has_letters = typed.chars().any(char::is_alphabetic);
            let has_way = typed.contains('@') || digits(&typed) >= 7;
            wrongs.unless(has_letters && has_way, "reach", Wrong::NoPlace);
            typed
        }
    }
}

/// Digits with whatever people put between them, or "ext 12" behind.
fn is_number(text: &str) -> bool {
    (7..=20).contains(&digits(text)) && text.chars().all(|c| c.is_ascii_digit() || " +-()./extEXT".contains(c))
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// The ticks in English, as interviewers read them, and what was written below.
fn times(form: &Fields, wrongs: &mut Wrongs) -> String {
    let english = &Words::of(Lang::En).interview;
    let ticked: Vec<&str> = Suits::ALL
        .into_iter()
        .filter(|suits| form.all("suits").any(|value| value == suits.as_str()))
        .map(english.suits)
        .collect();
    let written = form.get("times").trim();
    wrongs.length("times", written, LONGEST_TEXT);
    [ticked.join(", "), written.to_owned()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn access(form: &Fields, wrongs: &mut Wrongs) -> String {
    let written = form.get("access").trim().to_owned();
    wrongs.length("access", &written, LONGEST_TEXT);
    written
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Fields {
        Fields::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn survey() -> Survey {
        crate::survey::parse(include_str!("../../../surveys/exit.toml")).unwrap().survey
    }

    fn known(ids: &[&str]) -> Vec<Known> {
        let one =
            |id: &&str| Known { account_id: AccountId::claimed(*id), name: (*id).to_owned(), about: String::new() };
        ids.iter().map(one).collect()
    }

    fn wrong(pairs: &[(&str, &str)]) -> Vec<(&'static str, Wrong)> {
        request(&form(pairs), &survey(), &known(&["a", "b"]), true).map_or_else(|wrongs| wrongs.0, |_| Vec::new())
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let long = "x".repeat(1_001);
        let form =
            [("name", "  "), ("reach", "?"), ("times", &long), ("access", &long), ("avoid", "a"), ("avoid", "b")];
        let most = Wrong::TooLong { most: 1_000 };
        assert_eq!(
            wrong(&form),
            [
                ("name", Wrong::NoName),
                ("channel", Wrong::NoChannel),
                ("times", most),
                ("access", most),
                ("avoid", Wrong::NobodyLeft)
            ]
        );
    }

    #[test]
    fn each_way_to_talk_needs_its_own_and_forgives_spaces() {
        let of = |channel, reach| wrong(&[("name", "Robin"), ("channel", channel), ("reach", reach)]);
        for number in ["07700 900123", "+44 (0)7700-900.123", " 01632 960 123 ext 4 "] {
            assert_eq!(of("telephone", number), [], "{number}");
        }
        for number in ["", "12345", "seven seven", "robin@example.org", "07700 900123 or the other one"] {
            assert_eq!(of("telephone", number), [("reach", Wrong::NoNumber)], "{number}");
        }
        assert_eq!(of("email", " robin @ example.org "), []);
        assert_eq!(of("video", "07700 900123"), [("reach", Wrong::NoEmail)]);
        assert_eq!(of("in_person", "The café by the bridge, 07700 900123"), []);
        assert_eq!(of("in_person", "The café by the bridge"), [("reach", Wrong::NoPlace)]);
        assert_eq!(of("pigeon", "x"), [("channel", Wrong::NoChannel)]);
        assert_eq!(of("", " "), [("channel", Wrong::NoChannel), ("reach", Wrong::NoReach)]);
    }

    #[test]
    fn a_request_is_read_as_its_person_meant_it() {
        let survey = survey();
        let directorate = directorates(&survey).unwrap().choices()[0].code.clone();
        let pairs = [
            ("name", " Robin   R "),
            ("channel", "email"),
            ("reach", "Robin@Example.org"),
            ("suits", "evenings"),
            ("suits", "mornings"),
            ("times", "Not on Tuesdays"),
            ("speaks", "cy"),
            ("avoid", "b"),
            ("avoid", "nobody of ours"),
            ("directorate", directorate.as_str()),
        ];
        let read = request(&form(&pairs), &survey, &known(&["a", "b"]), true).ok().unwrap();
        assert_eq!((read.name.as_str(), read.times.as_str()), ("Robin R", "Mornings, Evenings\nNot on Tuesdays"));
        assert_eq!((read.reach.as_str(), read.lang), ("Robin@example.org", Lang::Cy));
        assert_eq!(read.avoid, [AccountId::claimed("b")].into());
        assert_eq!(read.directorate, Some(directorate));
    }

    #[test]
    fn what_is_left_empty_stays_and_another_channel_needs_its_own() {
        let read = |pairs: &[(&str, &str)]| change(&form(pairs), Channel::Telephone).map_err(|wrongs| wrongs.0);
        assert!(read(&[("name", ""), ("channel", ""), ("reach", " ")]).ok().unwrap() == Change::default());
        assert_eq!(read(&[("channel", "email")]).err().unwrap(), [("reach", Wrong::NoEmail)]);
        assert_eq!(read(&[("reach", "nowhere")]).err().unwrap(), [("reach", Wrong::NoNumber)]);
        let other = read(&[("channel", "email"), ("reach", "r@example.org"), ("suits", "weekends")]).ok().unwrap();
        assert_eq!((other.channel, other.times.as_deref()), (Some(Channel::Email), Some("Weekends")));
    }
}
