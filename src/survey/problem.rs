//! What is wrong with a file, where, and what to do about it.

use std::fmt;

/// One thing that the author of a file should know. Lines and columns count
/// from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub line: usize,
    pub column: usize,
    pub severity: Severity,
    pub message: String,
    /// What to do about it; empty where the message says it all.
    pub hint: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The file cannot be published.
    Error,
    /// It can, but somebody will be worse off for it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.line, self.column, self.severity, self.message)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, "\n  {}", self.hint) }
    }
}

/// A hostile file could have a problem in every byte: nobody reads past this many.
const ENOUGH: usize = 500;

/// Problems as they are found, at offsets in the source.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<(usize, Severity, String, String)>,
    has_errors: bool,
}

impl Problems {
    pub fn error(&mut self, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.has_errors = true;
        self.add(at, Severity::Error, message.into(), hint.into());
    }

    pub fn warning(&mut self, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.add(at, Severity::Warning, message.into(), hint.into());
    }

    pub fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// In the order of the source, with lines and columns.
    pub fn in_order(mut self, source: &str) -> Vec<Problem> {
        self.found.sort_by_key(|(at, ..)| *at);
        let mut place = Place { source, at: 0, line: 1, column: 1 };
        self.found
            .into_iter()
            .map(|(at, severity, message, hint)| {
                place.advance(at);
                Problem { line: place.line, column: place.column, severity, message, hint }
            })
            .collect()
    }

    fn add(&mut self, at: usize, severity: Severity, message: String, hint: String) {
        // Errors must not be crowded out by warnings that came first.
        if self.found.len() < ENOUGH || (severity == Severity::Error && self.found.len() < 2 * ENOUGH) {
            self.found.push((at, severity, message, hint));
        }
    }
}

/// A place that moves forward through the source, once.
struct Place<'a> {
    source: &'a str,
    at: usize,
    line: usize,
    column: usize,
}

impl Place<'_> {
    fn advance(&mut self, to: usize) {
        let to = self.source.floor_char_boundary(to).max(self.at);
        for character in self.source.get(self.at..to).unwrap_or_default().chars() {
            if character == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at = to;
    }
}

/// What somebody wrote, short enough to be repeated in a message.
pub(crate) fn shown(text: &str) -> String {
    let short: String = text.chars().take(40).flat_map(char::escape_debug).collect();
    if text.chars().nth(40).is_some() { format!("`{short}...`") } else { format!("`{short}`") }
}

/// "Did you mean ...?", or else what there is to choose from.
pub(crate) fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let near = (wrong.len() <= 80)
        .then(|| {
            let wrong = wrong.to_lowercase();
            known
                .iter()
                .map(|candidate| (strsim::damerau_levenshtein(&wrong, candidate), *candidate))
                .filter(|(distance, candidate)| *distance <= (candidate.len() / 3).max(1))
                .min()
        })
        .flatten();
    match near {
        Some((_, candidate)) => format!("did you mean `{candidate}`?"),
        None if known.is_empty() => String::new(),
        None => format!("there is {}", listed(&known)),
    }
}

fn listed(known: &[&str]) -> String {
    const SHOWN: usize = 12;
    let names: Vec<String> = known.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match (names.split_last(), known.len().saturating_sub(SHOWN)) {
        (None, _) => String::new(),
        (Some((only, [])), 0) => only.clone(),
        (Some((last, rest)), 0) => format!("{} and {last}", rest.join(", ")),
        (_, more) => format!("{} and {more} more", names.join(", ")),
    }
}
