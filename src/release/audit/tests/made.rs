//! Releases written down as small tables.

use crate::release::audit::{Audit, Breach, Only, Rule, audit};
use crate::release::model::{Cell, Group, Policy, Release, Table};
use crate::release::{percent, sample};

/// A release of so many responses, at k = w = 5.
pub fn release(number: u32, base: u64, tables: Vec<Table>) -> Release {
    let policy = Policy { min_base: 5, comment_min_base: 10, decimals: 1, protection: Some(5), strict: false };
    Release { number, base, tables, policy, ..sample::empty_release() }
}

/// A question with the options `options`, everybody's figures or those of groups.
pub fn table(question: &str, breakdown: Option<&str>, groups: Vec<Group>) -> Table {
    Table {
        question: question.into(),
        kind: "single".into(),
        breakdown: breakdown.map(Into::into),
        groups,
        others: None,
    }
}

/// Options are a, b, c and so on.
pub fn shown(group: Option<&str>, counts: &[u64]) -> Group {
    let names = ["a", "b", "c", "d", "e", "f"];
    named(group, &names.into_iter().zip(counts.iter().copied()).collect::<Vec<_>>())
}

pub fn named(group: Option<&str>, counts: &[(&str, u64)]) -> Group {
    let base = counts.iter().map(|(_, count)| count).sum();
    let cells = counts.iter().map(|(option, count)| cell(option, Some((*count, base)))).collect();
    Group { base: Some(base), cells: Some(cells), ..hidden(group) }
}

pub fn hidden(group: Option<&str>) -> Group {
    Group { group: group.map(Into::into), as_at: None, base: None, cells: None, favourable: None, collapsed: None }
}

pub fn cell(option: &str, figure: Option<(u64, u64)>) -> Cell {
    percent::cell(option, figure.map(|(count, _)| count), figure.map_or(0, |(_, base)| base))
}

pub fn attacked(releases: &[Release]) -> Audit {
    audit(releases, None, Only::Everything, &mut |_, _| ())
}

/// The breaches of a question as `group (after, up to]: low-high rule`.
pub fn found(releases: &[Release], question: Option<&str>) -> Vec<String> {
    let audit = attacked(releases);
    let of = audit.breaches.iter().filter(|breach| breach.whose.question.as_deref() == question);
    of.map(word).collect()
}

fn word(breach: &Breach) -> String {
    let Breach { whose, low, high, rule } = breach;
    let group = whose.group.as_deref().or(whose.breakdown.as_deref().map(|_| "none")).unwrap_or("all");
    let option = whose.option.as_ref().map(|option| format!("={option}")).unwrap_or_default();
    let rule = match rule {
        Rule::Few => "few",
        Rule::Narrow => "narrow",
        Rule::Alike => "alike",
        Rule::Contradiction => "contradiction",
        Rule::Unsolved => "unsolved",
    };
    format!("{group}{option} ({}, {}]: {low}-{high} {rule}", whose.after, whose.up_to)
}
