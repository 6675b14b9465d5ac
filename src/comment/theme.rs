//! What comments can be about: a campaign's code frame. It begins as the reasons that its
//! survey offers, and is changed by those who read.

use super::{alone, store};
use crate::campaign::Campaign;
use crate::db::Conn;
use crate::id::CampaignId;
use crate::survey::{Code, Lang, QuestionKind, Survey};
use diesel::QueryResult;

pub const MOST_THEMES: usize = 40;
pub const LONGEST_LABEL: usize = 80;

/// What the survey's question of reasons is called, where it has one.
const REASONS: &str = "reasons";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    pub code: Code,
    pub label: String,
    /// No comment is given it any more, and later annexes leave it out. For good: what
    /// was read meanwhile could not be given it.
    pub is_retired: bool,
    /// The latest release with an annex when it was added: what that counted was read
    /// without it. 0: it was there before any.
    pub after: u32,
}

#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    #[error("Enter a name for the theme")]
    NoLabel,
    #[error("The name must be {LONGEST_LABEL} characters or fewer")]
    TooLong,
    #[error("There is a theme of this name already")]
    Taken,
    #[error("There are {MOST_THEMES} themes already: retire one first")]
    TooMany,
    #[error("there is no such theme")]
    Unknown,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// All themes of a campaign, those that are retired too.
pub fn list(conn: &mut Conn, campaign: &CampaignId, survey: &Survey) -> QueryResult<Vec<Theme>> {
    let own = store::themes(conn, campaign)?;
    Ok(if own.is_empty() { of_survey(survey) } else { own })
}

/// The themes that come with a survey: the options of its question of reasons, or of the
/// first where several can be chosen.
pub fn of_survey(survey: &Survey) -> Vec<Theme> {
    let multiple = survey.questions().filter(|one| matches!(one.kind, QuestionKind::Multiple { .. }));
    let reasons = survey.question(REASONS).into_iter().chain(multiple).next();
    let choices = reasons.map(|question| question.choices()).unwrap_or_default();
    choices
        .iter()
        .filter(|choice| !choice.is_exclusive && choice.missing.is_none())
        .map(|choice| Theme {
            code: choice.code.clone(),
            label: choice.label.get(Lang::En).to_owned(),
            is_retired: false,
            after: 0,
        })
        .collect()
}

/// Adds a theme; returns its name as it is kept.
pub fn add(conn: &mut Conn, campaign: &Campaign, survey: &Survey, label: &str) -> Result<String, ThemeError> {
    change(conn, campaign, survey, |themes, after| {
        let label = checked(themes, label, None)?;
        if themes.iter().filter(|theme| !theme.is_retired).count() >= MOST_THEMES {
            return Err(ThemeError::TooMany);
        }
        themes.push(Theme { code: code_for(themes, &label)?, label: label.clone(), is_retired: false, after });
        Ok(label)
    })
}

/// Calls a theme something else; returns what, as it is kept.
pub fn rename(
    conn: &mut Conn,
    campaign: &Campaign,
    survey: &Survey,
    code: &str,
    label: &str,
) -> Result<String, ThemeError> {
    change(conn, campaign, survey, |themes, _| {
        let label = checked(themes, label, Some(code))?;
        let theme = themes.iter_mut().find(|theme| theme.code.as_str() == code && !theme.is_retired);
        theme.ok_or(ThemeError::Unknown)?.label.clone_from(&label);
        Ok(label)
    })
}

/// Retires a theme; returns its name.
pub fn retire(conn: &mut Conn, campaign: &Campaign, survey: &Survey, code: &str) -> Result<String, ThemeError> {
    change(conn, campaign, survey, |themes, _| {
        let theme = themes.iter_mut().find(|theme| theme.code.as_str() == code && !theme.is_retired);
        let theme = theme.ok_or(ThemeError::Unknown)?;
        theme.is_retired = true;
        Ok(theme.label.clone())
    })
}

fn change(
    conn: &mut Conn,
    campaign: &Campaign,
    survey: &Survey,
    change: impl FnOnce(&mut Vec<Theme>, u32) -> Result<String, ThemeError>,
) -> Result<String, ThemeError> {
    alone(conn, &campaign.id)?;
    let mut themes = list(conn, &campaign.id, survey)?;
    let after = store::with_annex(conn, &campaign.id)?.last().copied().unwrap_or_default();
    let label = change(&mut themes, after)?;
    store::put_themes(conn, &campaign.id, &themes)?;
    Ok(label)
}

/// On one line, and no other theme's; `own` may keep its name.
fn checked(themes: &[Theme], label: &str, own: Option<&str>) -> Result<String, ThemeError> {
    let label = label.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    let label = label.collect::<Vec<_>>().join(" ");
    let is_same = |theme: &&Theme| !theme.is_retired && theme.label.to_lowercase() == label.to_lowercase();
    if label.is_empty() {
        Err(ThemeError::NoLabel)
    } else if label.chars().count() > LONGEST_LABEL {
        Err(ThemeError::TooLong)
    } else if themes.iter().filter(is_same).any(|theme| Some(theme.code.as_str()) != own) {
        Err(ThemeError::Taken)
    } else {
        Ok(label)
    }
}

/// A code that no theme has had, after the label if it can be.
fn code_for(themes: &[Theme], label: &str) -> Result<Code, ThemeError> {
    let plain = label.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let words: Vec<&str> = plain.split('_').filter(|word| !word.is_empty()).collect();
    let stem: String = words.join("_").chars().take(40).collect();
    let stem = if stem.is_empty() { "theme".to_owned() } else { stem };
    let numbered = (2..).map(|n: u32| format!("{stem}_{n}"));
    let is_free = |code: &Code| themes.iter().all(|theme| theme.code != *code);
    let all = std::iter::once(stem.clone()).chain(numbered);
    all.filter_map(|text| Code::new(text).ok()).find(is_free).ok_or(ThemeError::Taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(code: &str, label: &str) -> Theme {
        Theme { code: Code::new(code).unwrap(), label: label.to_owned(), is_retired: false, after: 0 }
    }

    #[test]
    fn a_campaign_begins_with_the_reasons_of_its_survey() {
        for (name, source) in crate::survey::shipped() {
            let themes = of_survey(&crate::survey::parse(source).unwrap().survey);
            assert!(themes.len() > 5, "{name}");
            assert!(themes.iter().any(|theme| theme.code.as_str() == "workload"), "{name}");
            assert!(themes.iter().all(|theme| theme.code.as_str() != "none"), "{name}");
        }
    }

    #[test]
    fn a_new_theme_has_a_code_that_none_has_had() {
        let themes = [theme("car_parking", "Car parking"), Theme { is_retired: true, ..theme("pay", "Pay") }];
        assert_eq!(code_for(&themes, "Car  Parking!").unwrap().as_str(), "car_parking_2");
        assert_eq!(code_for(&themes, "Pay").unwrap().as_str(), "pay_2");
        assert_eq!(code_for(&themes, "যাতায়াত").unwrap().as_str(), "theme");
    }

    #[test]
    fn a_name_is_on_one_line_and_no_other_themes() {
        let themes = [theme("pay", "Pay"), Theme { is_retired: true, ..theme("rota", "Rota") }];
        assert_eq!(checked(&themes, " The\nrota ", None).unwrap(), "The rota");
        assert_eq!(checked(&themes, "rota", None).unwrap(), "rota", "the one of that name is retired");
        assert!(matches!(checked(&themes, "PAY", None), Err(ThemeError::Taken)));
        assert!(checked(&themes, "PAY", Some("pay")).is_ok());
        assert!(matches!(checked(&themes, " ", None), Err(ThemeError::NoLabel)));
        assert!(matches!(checked(&themes, &"x".repeat(81), None), Err(ThemeError::TooLong)));
    }
}
