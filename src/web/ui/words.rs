//! The few words that are on every page.

use crate::survey::Lang;

/// A missing translation does not compile.
#[derive(Debug)]
pub struct Common {
    pub skip: &'static str,
    /// In front of the title of a page that has something to put right.
    pub error_prefix: &'static str,
    pub problem: &'static str,
    pub product: &'static str,
    pub promise: &'static str,
    /// The same, on the page that has a script.
    pub promise_with_script: &'static str,
    /// Leads to the page that says it all.
    pub promise_link: &'static str,
}

const EN: Common = Common {
    skip: "Skip to the main content",
    error_prefix: "Error: ",
    problem: "There is something to put right",
    product: "Candour",
    promise: "No scripts, no tracking, no other sites.",
    promise_with_script: "No tracking, no other sites.",
    promise_link: "What we know about you, and what we cannot know (opens in a new tab)",
};

const CY: Common = Common {
    skip: "Neidio i'r prif gynnwys",
    error_prefix: "Gwall: ",
    problem: "Mae rhywbeth i'w gywiro",
    product: "Candour",
    promise: "Dim sgriptiau, dim tracio, dim gwefannau eraill.",
    promise_with_script: "Dim tracio, dim gwefannau eraill.",
    promise_link: "Yr hyn a wyddom amdanoch, a'r hyn na allwn ei wybod (yn agor mewn tab newydd)",
};

impl Common {
    pub fn of(lang: Lang) -> &'static Common {
        match lang {
            Lang::En => &EN,
            Lang::Cy => &CY,
        }
    }
}
