//! Agreeing a time, as a form: what was typed, and what it means.

use crate::interview::Plan;
use crate::web::Fields;
use crate::web::problems::Problems;
use crate::web::ui::{self, Field, Input};
use chrono::{Datelike, NaiveDate, NaiveTime};
use maud::{Markup, html};

/// As long as most interviews take, an hour being what people set aside.
const USUAL_MINUTES: u32 = 60;
const LONGEST: u32 = 480;
const MOST_PLACE: usize = 200;

/// The form as it stands at first: filled in with what was agreed before.
pub(super) fn filled(plan: Option<&Plan>) -> Fields {
    let pair = |name: &str, value: String| (name.to_owned(), value);
    Fields::new(match plan {
        Some(plan) => vec![
            pair("date", plan.at.format("%Y-%m-%d").to_string()),
            pair("time", plan.at.format("%H:%M").to_string()),
            pair("minutes", plan.minutes.to_string()),
            pair("place", plan.place.clone()),
        ],
        None => vec![pair("minutes", USUAL_MINUTES.to_string())],
    })
}

/// The plan, or everything that is wrong.
pub(super) fn read(form: &Fields, today: NaiveDate) -> Result<Plan, Problems> {
    let mut problems = Problems::default();
    let date = problems.check("date", date(form.get("date"), today));
    let time = problems.check("time", time(form.get("time")));
    let minutes = problems.check("minutes", minutes(form.get("minutes")));
    let place = problems.check("place", place(form.get("place")));
    match (date, time, minutes, place) {
        (Some(date), Some(time), Some(minutes), Some(place)) => Ok(Plan { at: date.and_time(time), minutes, place }),
        _ => Err(problems),
    }
}

pub(super) fn fields(form: &Fields, problems: &Problems) -> Markup {
    let field = |name, label, hint| Field { name, label, hint, error: problems.on(name), ..Field::default() };
    let input = |name| Input { value: form.get(name), autocomplete: Some("off"), ..Input::default() };
    html! {
        div.pair {
            (ui::text_input(&field("date", "Date", None), &Input { kind: "date", ..input("date") }))
            (ui::text_input(
                &field("time", "Time", None),
                &Input { kind: "time", width: Some(6), ..input("time") },
            ))
            (ui::text_input(
                &field("minutes", "How long", None),
                &Input { inputmode: Some("numeric"), width: Some(4), unit: Some("minutes"), ..input("minutes") },
            ))
        }
        (ui::text_input(
            &field("place", "Where (optional)", Some("“You ring them”, a room, the link of a video call. They are shown all this.")),
            &input("place"),
        ))
    }
}

/// As a date box sends it, or as people write it who have none.
fn date(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("Enter the date".to_owned());
    }
    let formats = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y"];
    let read = formats.iter().filter_map(|format| NaiveDate::parse_from_str(text, format).ok());
    // %Y takes two digits for a year of the Romans.
    let found = read.into_iter().find(|date| date.year() > 1900);
    match found {
        None => Err("Enter the date as 30/11/2026, with the day first".to_owned()),
        Some(date) if date < today => Err("The date has gone by: enter one that is to come".to_owned()),
        Some(date) if date.year() > today.year() + 1 => Err("The date is more than a year away: check it".to_owned()),
        Some(date) => Ok(date),
    }
}

fn time(text: &str) -> Result<NaiveTime, String> {
    let text = text.trim().replace('.', ":").to_lowercase();
    if text.is_empty() {
        return Err("Enter the time".to_owned());
    }
    let text = if text.contains(':') { text } else { with_minutes(&text) };
    let formats = ["%H:%M", "%H:%M:%S", "%I:%M%p", "%I:%M %p"];
    let found = formats.iter().find_map(|format| NaiveTime::parse_from_str(&text, format).ok());
    found.ok_or_else(|| "Enter the time as 14:30 or 2.30pm".to_owned())
}

/// "2pm" is 2:00pm.
fn with_minutes(text: &str) -> String {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (hour, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    format!("{hour}:00{rest}")
}

fn minutes(text: &str) -> Result<u32, String> {
    match text.trim().parse() {
        Ok(n) if (5..=LONGEST).contains(&n) => Ok(n),
        _ => Err(format!("Enter how many minutes it will take, from 5 to {LONGEST}")),
    }
}

fn place(text: &str) -> Result<String, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > MOST_PLACE {
        Err(format!("Say where in {MOST_PLACE} characters or fewer"))
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(date: &str, time: &str, minutes: &str, place: &str) -> Fields {
        let pairs = [("date", date), ("time", time), ("minutes", minutes), ("place", place)];
        Fields::new(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec())
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, 1).unwrap()
    }

    #[test]
    fn a_time_is_read_as_a_browser_sends_it_and_as_people_write_it() {
        let expected = today().succ_opt().unwrap().and_hms_opt(14, 30, 0).unwrap();
        for (date, time) in
            [("2026-09-02", "14:30"), ("02/09/2026", "14.30"), ("2 September 2026", "2.30pm"), ("2/9/26", " 2:30 PM ")]
        {
            let plan = read(&form(date, time, "45", " Room  4 "), today()).unwrap();
            assert_eq!((plan.at, plan.minutes, plan.place.as_str()), (expected, 45, "Room 4"), "{date} {time}");
        }
        for (text, hour) in [("2pm", 14), ("9am", 9), ("17", 17), ("12am", 0)] {
            assert_eq!(time(text), Ok(NaiveTime::from_hms_opt(hour, 0, 0).unwrap()), "{text}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let problems = read(&form("2026-08-31", "25:00", "1", &"x".repeat(201)), today()).unwrap_err();
        for name in ["date", "time", "minutes", "place"] {
            assert!(problems.on(name).is_some(), "{name}");
        }
        let empty = read(&Fields::default(), today()).unwrap_err();
        assert!(empty.on("date").is_some() && empty.on("time").is_some() && empty.on("place").is_none());
        assert!(date("2028-01-01", today()).is_err() && date("soon", today()).is_err());
        assert!(date("2026-09-01", today()).is_ok(), "today is not too late");
    }

    #[test]
    fn what_was_agreed_fills_the_form_and_reads_the_same() {
        let plan = read(&form("2026-09-02", "14:30", "45", "Room 4"), today()).unwrap();
        assert!(read(&filled(Some(&plan)), today()).unwrap() == plan);
        assert_eq!(filled(None).get("minutes"), "60");
    }
}
