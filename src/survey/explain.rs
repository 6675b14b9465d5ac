//! What `candour survey check` says about a file.

use super::{Problem, Severity, parse};
use std::fmt::Write;

/// What to print, and whether the file can be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub text: String,
    pub has_errors: bool,
}

/// Checks the file `name` and says everything about it: a line
/// `name:line:column: error: message` for each problem, with its hint below, and
/// a last line that sums up.
pub fn explain(name: &str, bytes: &[u8]) -> Explanation {
    let (problems, summary) = match std::str::from_utf8(bytes) {
        Err(error) => (vec![not_utf8(bytes, error.valid_up_to())], None),
        Ok(source) => match parse(source) {
            Ok(checked) => {
                let survey = checked.survey;
                let languages: Vec<&str> = survey.languages.iter().map(|lang| lang.name()).collect();
                let summary = format!(
                    "{}, {}, {} ({})",
                    count(survey.sections.len(), "section"),
                    count(survey.questions().count(), "question"),
                    count(usize::try_from(survey.minutes).unwrap_or(0), "minute"),
                    languages.join(", ")
                );
                (checked.warnings, Some(summary))
            }
            Err(problems) => (problems, None),
        },
    };
    let mut text = String::new();
    for problem in &problems {
        let _ = writeln!(text, "{name}:{problem}");
    }
    let of = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let verdict = match (&summary, errors, warnings) {
        (Some(summary), 0, 0) => format!("good: {summary}"),
        (Some(summary), 0, n) => format!("good, with {}: {summary}", count(n, "warning")),
        (_, n, 0) => format!("{}: cannot be published", count(n, "error")),
        (_, n, m) => format!("{}, {}: cannot be published", count(n, "error"), count(m, "warning")),
    };
    let _ = writeln!(text, "{name}: {verdict}");
    Explanation { text, has_errors: errors > 0 }
}

fn not_utf8(bytes: &[u8], valid: usize) -> Problem {
    let before = bytes.get(..valid).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    Problem {
        line,
        column: String::from_utf8_lossy(last).chars().count() + 1,
        severity: Severity::Error,
        message: "the file is not in UTF-8".to_owned(),
        hint: "save it again with the encoding UTF-8".to_owned(),
    }
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
