//! Every word on the page of the promise. A missing translation does not compile.

use crate::survey::Lang;

/// Something in a few words, and what there is to say of it.
pub(super) type Point = (&'static str, &'static str);

#[derive(Debug)]
pub(super) struct Words {
    pub title: &'static str,
    pub lead: &'static str,
    pub short_title: &'static str,
    pub short: &'static [&'static str],

    pub know_title: &'static str,
    pub know: &'static [Point],

    pub cannot_title: &'static str,
    pub cannot: &'static str,
    pub scripted_title: &'static str,
    pub scripted: &'static [&'static str],
    pub unscripted_title: &'static str,
    pub unscripted: &'static [&'static str],
    pub interviewed_title: &'static str,
    pub interviewed: &'static [&'static str],

    pub could_title: &'static str,
    pub could: &'static [Point],

    pub check_title: &'static str,
    pub check: &'static [Point],
    /// Before the links to the scripts.
    pub scripts: &'static str,

    pub rather_not_title: &'static str,
    pub rather_not: &'static str,
}

impl Words {
    pub fn of(lang: Lang) -> &'static Words {
        match lang {
            Lang::En => &super::english::EN,
            Lang::Cy => &super::welsh::CY,
        }
    }
}
