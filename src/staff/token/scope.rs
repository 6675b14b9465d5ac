//! What a token may read. Figures and papers are kept apart, because a paper quotes what
//! people wrote in their own words: a dashboard that draws percentages needs none of that.

use std::collections::BTreeSet;
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Figures: releases as they were frozen, and as tables for programs.
    Releases,
    /// The papers that are made of releases, with what people wrote.
    Reports,
}

impl Scope {
    pub const ALL: [Scope; 2] = [Scope::Releases, Scope::Reports];

    /// As it is stored, and as RFC 6750 has it in a challenge.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Releases => "releases:read",
            Scope::Reports => "reports:read",
        }
    }

    /// As pages say it.
    pub fn label(self) -> &'static str {
        match self {
            Scope::Releases => "Figures",
            Scope::Reports => "Papers",
        }
    }

    pub fn parse(text: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}

/// One or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    pub(super) fn of(scopes: Vec<Scope>) -> Option<Scopes> {
        (!scopes.is_empty()).then(|| Scopes(scopes.into_iter().collect()))
    }

    /// Reads what is stored: all or nothing.
    pub(in crate::staff) fn parse(text: &str) -> Option<Scopes> {
        Scopes::of(text.split(' ').map(Scope::parse).collect::<Option<_>>()?)
    }

    pub fn have(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }
}

/// With spaces between them: RFC 6749, section 3.3.
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().map(Scope::as_str).collect::<Vec<_>>().join(" "))
    }
}
