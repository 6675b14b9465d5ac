//! Every word on a campaign's public page. A missing translation does not compile.

use crate::survey::{Kind, Lang};

#[derive(Debug)]
pub(super) struct Words {
    pub asks: fn(&str, Kind) -> String,
    pub who: &'static str,
    pub about: &'static str,
    pub kind: fn(Kind) -> &'static str,
    pub since: &'static str,
    /// The last day on which somebody can begin.
    pub until: &'static str,
    pub least: &'static str,
    pub people: fn(u32) -> String,
    pub least_means: fn(u32, u32) -> String,
    /// What holds of figures that are hidden; and what more of those for the world.
    pub hidden: fn(u32) -> String,
    pub strict: &'static str,

    pub key_title: &'static str,
    pub key_for: &'static str,
    pub key_one: &'static str,
    pub fingerprint: &'static str,
    pub check_title: &'static str,
    pub check: &'static [&'static str],
    pub whole_key: &'static str,
    pub whole_key_text: &'static str,
    pub as_json: &'static str,

    pub releases_title: &'static str,
    pub no_releases: &'static str,
    pub release: fn(u32, &str) -> String,
    pub promise: &'static str,
}

impl Words {
    pub fn of(lang: Lang) -> &'static Words {
        match lang {
            Lang::En => &super::english::EN,
            Lang::Cy => &super::welsh::CY,
        }
    }
}
