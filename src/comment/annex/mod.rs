//! What a release gets of people's own words: quotations, and how many comments touch
//! which theme. Made once for a release, and frozen like it.
//!
//! - [`make`](mod@make): what can be in it; pure
//! - [`create`]: one press of the button

pub mod create;
pub mod make;

use crate::release::Figure;
use crate::secret::sha256;
use serde::{Deserialize, Serialize};

/// The field order is the order in the JSON, and the hash is over that text: do not
/// reorder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// The number of the release that it belongs to.
    pub release: u32,
    pub release_hash: String,
    /// SHA-256 over this JSON with an empty string here.
    pub hash: String,
    /// Those of which enough comments were read, in the order of the survey.
    pub questions: Vec<AnnexQuestion>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnexQuestion {
    pub question: String,
    /// People whose comments were read and decided about, as far as they are counted.
    pub read: u64,
    /// In an order that says nothing.
    pub quotes: Vec<String>,
    /// None: there are no themes.
    pub themes: Option<Themes>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Themes {
    /// The release in whose annex these figures were first, where that is an earlier one:
    /// too few comments have been read since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<u32>,
    /// People whose comments were counted; each may touch several themes.
    pub base: u64,
    pub cells: Vec<ThemeCell>,
}

/// How many of the comments touch a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeCell {
    pub code: String,
    pub label: String,
    /// As [`Themes::as_at`], where this theme stays behind the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<u32>,
    /// What the percentage is of where that is not all: the theme was added after others
    /// had been counted, or it stays behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<u64>,
    /// None: not published.
    pub figure: Option<Figure>,
}

#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("this is no annex: {0}")]
    NotAnAnnex(#[from] serde_json::Error),
    #[error("the annex was changed since it was frozen")]
    NotAsFrozen,
}

/// Writes `annex` (whatever hash it has) with the hash that belongs to it.
pub fn freeze(mut annex: Annex) -> Result<(Annex, String), serde_json::Error> {
    annex.hash = hash_of(&annex)?;
    let body = serde_json::to_string(&annex)?;
    Ok((annex, body))
}

/// Reads a frozen annex, and makes sure that it is as it was frozen.
pub fn verify(body: &str) -> Result<Annex, Broken> {
    let annex: Annex = serde_json::from_str(body)?;
    if hash_of(&annex)? == annex.hash && serde_json::to_string(&annex)? == body {
        return Ok(annex);
    }
    Err(Broken::NotAsFrozen)
}

fn hash_of(annex: &Annex) -> Result<String, serde_json::Error> {
    let unsigned = Annex { hash: String::new(), ..annex.clone() };
    Ok(sha256(serde_json::to_string(&unsigned)?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::percent::figure;

    pub(super) fn annex() -> Annex {
        let cell = |code: &str, count| ThemeCell {
            code: code.to_owned(),
            label: code.to_uppercase(),
            as_at: None,
            base: None,
            figure: figure(count, 20),
        };
        let themes = Themes { as_at: None, base: 20, cells: vec![cell("pay", 8), cell("rota", 30)] };
        let question = AnnexQuestion {
            question: "comment".to_owned(),
            read: 20,
            quotes: vec!["[name removed] said „no“".to_owned()],
            themes: Some(themes),
        };
        Annex { release: 2, release_hash: "ab".to_owned(), hash: String::new(), questions: vec![question] }
    }

    #[test]
    fn what_was_frozen_is_read_back_and_whatever_is_changed_shows() {
        let (frozen, body) = freeze(annex()).unwrap();
        assert_eq!(verify(&body).unwrap(), frozen);
        assert_eq!(sha256(body.replace(&frozen.hash, "").as_bytes()), frozen.hash);
        assert_eq!(freeze(frozen.clone()).unwrap().1, body, "the same bytes every time");
        for changed in [
            body.replace("\"read\":20", "\"read\":21"),
            body.replace("\"release_hash\":\"ab\"", "\"release_hash\":\"ac\""),
            body.replacen('{', "{\"note\":1,", 1),
            format!("{body} "),
        ] {
            assert!(matches!(verify(&changed), Err(Broken::NotAsFrozen)), "{changed}");
        }
        assert!(matches!(verify("{}"), Err(Broken::NotAnAnnex(_))));
    }
}
