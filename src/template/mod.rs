//! How an organisation's papers look: read from what somebody typed, every problem at
//! once, and kept. What a report makes of it is `report`'s own business.

mod logo;
pub mod store;

pub use logo::{LogoProblem, MAX_BYTES, MAX_SIDE, read_logo};

use crate::report::Template;
use crate::report::template::{Colour, Logo, Look, Part};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeSet;

const MAX_TEXT: usize = 200;

/// As it is typed into a form, or stands in a file. What is left out is Candour's own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    pub title: String,
    pub committee: String,
    /// 2026-11-30; empty: the day of the release.
    pub date: String,
    /// Codes of parts; none: all of them.
    pub parts: Option<Vec<String>>,
    /// Codes of questions; none: all by which the release is split.
    pub breakdowns: Option<Vec<String>>,
    /// `#rrggbb`; empty: Candour's own.
    pub accent: String,
    pub logo_alt: String,
    /// The picture itself.
    #[serde(skip)]
    pub logo: Option<Vec<u8>>,
}

/// As somebody would have typed it who wanted this.
impl From<&Template> for Typed {
    fn from(template: &Template) -> Typed {
        let logo = template.look.logo.as_ref();
        Typed {
            title: template.title.clone().unwrap_or_default(),
            committee: template.committee.clone().unwrap_or_default(),
            date: template.date.map(|date| date.to_string()).unwrap_or_default(),
            parts: Some(template.parts.iter().map(|part| part.code().to_owned()).collect()),
            breakdowns: template.breakdowns.clone(),
            accent: template.look.accent.to_string(),
            logo_alt: logo.map(|logo| logo.alt.clone()).unwrap_or_default(),
            logo: logo.map(|logo| logo.bytes.clone()),
        }
    }
}

/// What is wrong with a field of [`Typed`], and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub field: &'static str,
    pub message: String,
}

/// Reads what was typed into what cannot be wrong. `known` are the questions by which
/// figures can be split; none: whatever has the form of a code.
pub fn read(typed: &Typed, known: Option<&[String]>) -> Result<Template, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |field, message: String| problems.push(Problem { field, message });
    let mut kept = |field, read: Result<Option<String>, String>| read.map_err(|why| wrong(field, why)).ok().flatten();
    let title = kept("title", line(&typed.title));
    let committee = kept("committee", line(&typed.committee));
    let alt = kept("logo_alt", line(&typed.logo_alt));
    let date = day(&typed.date).map_err(|why| wrong("date", why)).ok().flatten();
    let parts = parts(typed.parts.as_deref()).map_err(|why| wrong("parts", why)).unwrap_or_default();
    let chosen = typed.breakdowns.as_deref().map(|codes| breakdowns(codes, known)).transpose();
    let breakdowns = chosen.map_err(|why| wrong("breakdowns", why)).ok().flatten();
    let accent = match typed.accent.trim() {
        "" => Colour::default(),
        text => Colour::accent(text).map_err(|why| wrong("accent", why.to_string())).unwrap_or_default(),
    };
    let logo = typed.logo.as_deref().and_then(|bytes| {
        read_logo(bytes).map_err(|why| wrong("logo", why.to_string())).ok()?;
        if alt.is_none() && line(&typed.logo_alt).is_ok() {
            wrong(
                "logo_alt",
                "Write what the logo says, for whoever does not see it: the name of the organisation".to_owned(),
            );
        }
        Some(Logo { bytes: bytes.to_vec(), alt: alt.unwrap_or_default() })
    });
    let template = Template { title, committee, date, parts, breakdowns, look: Look { accent, logo } };
    if problems.is_empty() { Ok(template) } else { Err(problems) }
}

/// Of one line; none if it is empty.
fn line(text: &str) -> Result<Option<String>, String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > MAX_TEXT {
        return Err(format!("Shorten it to {MAX_TEXT} characters"));
    }
    if text.chars().any(char::is_control) {
        return Err("Type it again: it has characters that do not print".to_owned());
    }
    Ok((!text.is_empty()).then_some(text))
}

fn day(text: &str) -> Result<Option<NaiveDate>, String> {
    match text.trim() {
        "" => Ok(None),
        text => NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(Some)
            .map_err(|_no_date| "Enter a day, as in 2026-11-30, or leave it empty".to_owned()),
    }
}

fn parts(codes: Option<&[String]>) -> Result<BTreeSet<Part>, String> {
    let Some(codes) = codes else { return Ok(Part::ALL.into_iter().collect()) };
    if codes.is_empty() {
        return Err("Choose at least one part".to_owned());
    }
    let read = |code: &String| {
        let all = || Part::ALL.map(Part::code).join(", ");
        Part::from_code(code).ok_or_else(|| format!("There is no part {code:?}: the parts are {}", all()))
    };
    codes.iter().map(read).collect()
}

fn breakdowns(codes: &[String], known: Option<&[String]>) -> Result<Vec<String>, String> {
    let Some(known) = known else { return Ok(codes.to_vec()) };
    match codes.iter().find(|code| !known.contains(code)) {
        Some(code) if known.is_empty() => Err(format!("Figures are not split by {code:?}, nor by anything else")),
        Some(code) => Err(format!("Figures are not split by {code:?}: they are by {}", known.join(", "))),
        None => Ok(codes.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(typed: &Typed) -> Vec<(&'static str, String)> {
        read(typed, None).unwrap_err().into_iter().map(|problem| (problem.field, problem.message)).collect()
    }

    #[test]
    fn nothing_typed_is_candours_own_look() {
        assert_eq!(read(&Typed::default(), Some(&[])), Ok(Template::default()));
    }

    #[test]
    fn every_problem_is_told_at_its_place() {
        let typed = Typed {
            title: "x".repeat(201),
            committee: "Scrutiny\u{1b}[31m".to_owned(),
            date: "30/11/2026".to_owned(),
            parts: Some(Vec::new()),
            accent: "#ffdd00".to_owned(),
            logo: Some(b"GIF89a".to_vec()),
            ..Typed::default()
        };
        let fields: Vec<&str> = problems(&typed).iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["title", "committee", "date", "parts", "accent", "logo"]);
        assert!(problems(&typed)[4].1.contains("to 1, and text needs 4.5 to 1"));
    }

    #[test]
    fn parts_and_breakdowns_that_are_none_are_refused() {
        let some = |code: &str| Some(vec![code.to_owned()]);
        let typed = Typed { parts: some("annex"), ..Typed::default() };
        assert!(problems(&typed)[0].1.contains("the parts are brief, answered, questions"));
        let typed = Typed { breakdowns: some("age"), ..Typed::default() };
        assert!(read(&typed, Some(&["role".to_owned()])).unwrap_err()[0].message.ends_with("they are by role"));
        assert_eq!(read(&typed, None).unwrap().breakdowns, some("age"));
    }

    #[test]
    fn a_logo_says_what_it_is() {
        let typed = Typed { logo: Some(logo::tests::png(2, 1)), ..Typed::default() };
        assert_eq!(problems(&typed)[0].0, "logo_alt");
        let named = Typed { logo_alt: " Milbury\nCouncil ".to_owned(), ..typed };
        assert_eq!(read(&named, None).unwrap().look.logo.unwrap().alt, "Milbury Council");
    }
}
