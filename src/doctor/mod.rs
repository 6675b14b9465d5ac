//! Whether an installation is in order: checks that change nothing, and say of every
//! problem what to do about it. One that cannot be made because another has failed
//! says so.

mod contents;
mod database;
mod files;
mod outside;
mod postgres;
mod store;

pub use contents::contents;

use crate::config::Settings;

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub of: &'static str,
    /// None: it is in order.
    pub findings: Vec<Finding>,
}

/// Something that was found, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// It breaks a promise, or will. If not, it is good to know.
    pub is_problem: bool,
    pub what: String,
    pub remedy: String,
}

impl Finding {
    fn problem(what: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { is_problem: true, what: what.into(), remedy: remedy.into() }
    }

    fn note(what: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { is_problem: false, what: what.into(), remedy: remedy.into() }
    }
}

/// Makes all checks. Nothing is written, and no database and no key is made.
pub async fn examine(settings: &Settings) -> Vec<Check> {
    let mut checks = vec![
        Check { of: "address", findings: outside::address(settings) },
        Check { of: "mail", findings: outside::mail(settings).await },
        Check { of: "files", findings: files::permissions(settings) },
    ];
    checks.extend(database::examine(settings));
    checks
}
