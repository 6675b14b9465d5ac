//! PostgreSQL's settings that matter for what Candour promises: that nothing at rest
//! tells who answered when, and that what was acknowledged is not lost.

use super::Finding;
use std::collections::BTreeMap;

struct Rule {
    setting: &'static str,
    /// Whether this value is one to speak of.
    is_bad: fn(&str) -> bool,
    is_problem: bool,
    why: &'static str,
    remedy: &'static str,
}

const RULES: [Rule; 16] = [
    Rule::problem(
        "track_commit_timestamp",
        is_on,
        "the moment of every transaction is kept",
        "set it to off, and restart PostgreSQL",
    ),
    Rule::problem("log_statement", |value| value == "mod" || value == "all", LOGGED, "set it to none"),
    Rule::problem("log_duration", is_on, LOGGED, "set it to off"),
    Rule::problem("log_min_duration_statement", is_not_minus_one, LOGGED, "set it to -1"),
    Rule::problem("log_min_duration_sample", is_not_minus_one, LOGGED, "set it to -1"),
    Rule::problem("log_transaction_sample_rate", |value| value != "0", LOGGED, "set it to 0"),
    Rule::problem(
        "log_min_error_statement",
        |value| value != "panic" && value != "fatal",
        "statements that are refused are logged, each with its time",
        "set it to panic for Candour's role",
    ),
    Rule::problem(
        "log_line_prefix",
        |value| value.contains("%x") || value.contains("%v"),
        "lines of the log carry the transaction, by which they can be joined with rows",
        "take %x and %v out of it",
    ),
    Rule::problem(
        "pgaudit.log",
        |value| !value.is_empty() && value != "none",
        LOGGED,
        "leave Candour's role out of it",
    ),
    Rule::problem("auto_explain.log_min_duration", is_not_minus_one, LOGGED, "set it to -1"),
    Rule::note(
        "pg_stat_statements.track",
        |value| value != "none",
        "how often each statement ran can be read every second",
        "set it to none for Candour's role",
    ),
    Rule::note(
        "archive_mode",
        |value| value != "off",
        "the archived log says when somebody took an offer up and when somebody answered, for as long as it is kept",
        "keep it no longer than you need it, apart from the key file, and run candour key rotate after each release",
    ),
    Rule::note(
        "wal_level",
        |value| value == "logical",
        "the log can be read row by row by whoever may subscribe to it",
        "set it to replica, if nothing else needs it",
    ),
    Rule::problem("fsync", is_off, LOST, "set it to on"),
    // Local: without the standby that takes over.
    Rule::problem("synchronous_commit", |value| value == "off" || value == "local", LOST, "set it to on"),
    Rule::problem("full_page_writes", is_off, LOST, "set it to on"),
];

const LOGGED: &str = "statements are logged, each with its time";
const LOST: &str = "an answer that was acknowledged can be lost when the machine stops";

impl Rule {
    const fn problem(setting: &'static str, is_bad: fn(&str) -> bool, why: &'static str, remedy: &'static str) -> Rule {
        Rule { setting, is_bad, is_problem: true, why, remedy }
    }

    const fn note(setting: &'static str, is_bad: fn(&str) -> bool, why: &'static str, remedy: &'static str) -> Rule {
        Rule { setting, is_bad, is_problem: false, why, remedy }
    }
}

/// `settings`: by their names. One that is not there is of a part that is not loaded,
/// or of another version.
pub fn findings(settings: &BTreeMap<String, String>) -> Vec<Finding> {
    let found = |rule: &Rule| {
        let value = settings.get(rule.setting).filter(|value| (rule.is_bad)(value))?;
        let what = format!("PostgreSQL: {} is {value}: {}", rule.setting, rule.why);
        Some(Finding { is_problem: rule.is_problem, what, remedy: rule.remedy.to_owned() })
    };
    RULES.iter().filter_map(found).collect()
}

fn is_on(value: &str) -> bool {
    value == "on"
}

fn is_off(value: &str) -> bool {
    value == "off"
}

fn is_not_minus_one(value: &str) -> bool {
    value != "-1"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(settings: &[(&str, &str)]) -> Vec<(bool, String)> {
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        findings(&settings).into_iter().map(|found| (found.is_problem, found.what)).collect()
    }

    #[test]
    fn a_server_that_keeps_nothing_more_than_it_must_is_in_order() {
        let good = [
            ("track_commit_timestamp", "off"),
            ("log_statement", "ddl"),
            ("log_min_duration_statement", "-1"),
            ("log_min_error_statement", "panic"),
            ("log_line_prefix", "%m [%p] %q%u@%d "),
            ("archive_mode", "off"),
            ("wal_level", "replica"),
            ("fsync", "on"),
            ("synchronous_commit", "remote_apply"),
            ("full_page_writes", "on"),
        ];
        assert_eq!(told(&good), []);
    }

    #[test]
    fn every_rule_finds_what_it_is_for() {
        let bad = [
            ("archive_mode", "always"),
            ("auto_explain.log_min_duration", "0"),
            ("fsync", "off"),
            ("full_page_writes", "off"),
            ("log_duration", "on"),
            ("log_line_prefix", "%m %x "),
            ("log_min_duration_sample", "100"),
            ("log_min_duration_statement", "0"),
            ("log_min_error_statement", "error"),
            ("log_statement", "all"),
            ("log_transaction_sample_rate", "0.1"),
            ("pg_stat_statements.track", "top"),
            ("pgaudit.log", "write"),
            ("synchronous_commit", "local"),
            ("track_commit_timestamp", "on"),
            ("wal_level", "logical"),
        ];
        let told = told(&bad);
        for (name, value) in bad {
            assert!(told.iter().any(|(_, what)| what.contains(&format!("{name} is {value}: "))), "{name}");
        }
        assert_eq!((told.len(), told.iter().filter(|(is_problem, _)| *is_problem).count()), (RULES.len(), 13));
    }
}
