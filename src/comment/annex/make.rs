//! What an annex says, from what was read and from the annexes before it. Pure.
//!
//! Everything in it about a question is about one set of people: those whose comments
//! were *counted*. The set grows by *K* at a time or not at all, so that no two annexes
//! differ by fewer; until so many more have been read, the question stays as it was. Who
//! was counted keeps their themes.
//!
//! A comment may touch several themes, so no figure is a sum of others, and hiding one
//! takes no second. Under the strict policy a theme is shown, or shown anew, if the
//! people whom that adds are more than *K* with it and more than *K* without it. Then a
//! figure that is not shown is of 0 to *K* people or of nearly all, and a figure that
//! stays behind has changed by as few or as many: a hidden number lies in a range no
//! narrower than *K*, whoever knows the rule.

use super::{Annex, AnnexQuestion, ThemeCell, Themes};
use crate::comment::theme::Theme;
use crate::release::Policy;
use crate::release::percent::figure;
use crate::secret::sha256;
use crate::survey::Code;
use std::collections::{BTreeMap, BTreeSet};

/// What the release says to which it is added.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    pub release: u32,
    pub release_hash: &'a str,
    pub policy: &'a Policy,
    pub themes: &'a [Theme],
}

/// A comment that was read and decided about. It does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Read {
    /// What may be published of it; none: nothing.
    pub approved: Option<String>,
    pub is_first: bool,
    pub themes: BTreeSet<Code>,
    /// The release in whose annex it was counted first.
    pub counted: Option<u32>,
}

impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Read([text], counted in {:?})", self.counted)
    }
}

/// An annex, not frozen yet, and of which questions it counts all that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub annex: Annex,
    pub counts_anew: BTreeSet<Code>,
}

/// Decisions that an annex has counted are not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{counted} comments on {question} were counted, and {there} of the decisions are there: restore the database from a backup"
)]
pub struct Gone {
    pub question: Code,
    pub counted: u64,
    pub there: u64,
}

/// The annex after `earlier` (all there are, first to last). `topics`: all that was read,
/// by question, in the order of the survey.
pub fn make(terms: &Terms, earlier: &[Annex], topics: &[(Code, Vec<Read>)]) -> Result<Made, Gone> {
    let mut annex = Annex {
        release: terms.release,
        release_hash: terms.release_hash.to_owned(),
        hash: String::new(),
        questions: Vec::new(),
    };
    let mut counts_anew = BTreeSet::new();
    for (code, read) in topics {
        let before = Before::of(earlier, code.as_str());
        let there = count(read, |one| one.counted.is_some());
        if there != before.read {
            return Err(Gone { question: code.clone(), counted: before.read, there });
        }
        let all = count(read, |_| true);
        let moves = all - there >= terms.policy.least();
        let counted: Vec<Read> = read.iter().filter(|one| moves || one.counted.is_some()).cloned().collect();
        if moves {
            counts_anew.insert(code.clone());
        }
        if count(&counted, |_| true) >= terms.policy.least() {
            annex.questions.push(question(terms, code, &before, &counted, moves));
        }
    }
    Ok(Made { annex, counts_anew })
}

/// How many quotations a question can have, of so many who were counted.
pub fn most_quotes(policy: &Policy, read: u64) -> usize {
    let most = read.checked_div(u64::from(policy.comment_min_base)).unwrap_or_default();
    usize::try_from(most).unwrap_or(usize::MAX)
}

fn question(terms: &Terms, code: &Code, before: &Before, counted: &[Read], moves: bool) -> AnnexQuestion {
    let read = count(counted, |_| true);
    AnnexQuestion {
        question: code.to_string(),
        read,
        quotes: quotes(terms, before, counted, most_quotes(terms.policy, read)),
        themes: if moves { anew(terms, before, counted) } else { as_before(terms, before) },
    }
}

/// So many of those that are approved: first those that were quoted before, then those
/// that are to be shown first, then by chance; in an order that does not tell which was
/// which. Chance and order hang on the release's hash and the text, and on nothing else.
///
/// What was quoted once and is not approved any more still counts among so many, or
/// annexes together would quote more than each may.
fn quotes(terms: &Terms, before: &Before, counted: &[Read], most: usize) -> Vec<String> {
    let place = |text: &str| sha256(format!("{}\n{text}", terms.release_hash).as_bytes());
    let mut approved: BTreeMap<&str, bool> = BTreeMap::new();
    for one in counted {
        if let Some(text) = &one.approved {
            *approved.entry(text).or_default() |= one.is_first;
        }
    }
    let (old, new): (Vec<_>, Vec<_>) = approved.into_iter().partition(|(text, _)| before.quoted.contains(*text));
    let mut new: Vec<(bool, String, &str)> =
        new.into_iter().map(|(text, is_first)| (!is_first, place(text), text)).collect();
    new.sort_unstable();
    new.truncate(most.saturating_sub(before.quoted.len()));
    let old = old.into_iter().map(|(text, _)| (place(text), text));
    let mut chosen: Vec<(String, &str)> = old.chain(new.into_iter().map(|(_, place, text)| (place, text))).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|(_, text)| text.to_owned()).collect()
}

/// A theme's figure as it was published last.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    label: String,
    count: u64,
    base: u64,
    at: u32,
}

/// What was published of a question so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Before {
    read: u64,
    at: Option<u32>,
    /// In the order in which they stood.
    order: Vec<(String, String)>,
    shown: BTreeMap<String, Shown>,
    quoted: BTreeSet<String>,
}

impl Before {
    fn of(earlier: &[Annex], question: &str) -> Before {
        let mut before = Before::default();
        for annex in earlier {
            let Some(found) = annex.questions.iter().find(|one| one.question == question) else { continue };
            if found.read != before.read {
                (before.read, before.at) = (found.read, Some(annex.release));
            }
            before.quoted.extend(found.quotes.iter().cloned());
            let Some(themes) = &found.themes else { continue };
            before.order = themes.cells.iter().map(|cell| (cell.code.clone(), cell.label.clone())).collect();
            for cell in &themes.cells {
                if let Some(figure) = cell.figure {
                    let at = cell.as_at.or(themes.as_at).unwrap_or(annex.release);
                    let base = cell.base.unwrap_or(themes.base);
                    let shown = Shown { label: cell.label.clone(), count: figure.count, base, at };
                    before.shown.insert(cell.code.clone(), shown);
                }
            }
        }
        before
    }
}

/// The table of all who are counted now; none if there are no themes.
fn anew(terms: &Terms, before: &Before, counted: &[Read]) -> Option<Themes> {
    let base = count(counted, |_| true);
    let cells: Vec<ThemeCell> = terms
        .themes
        .iter()
        .filter(|theme| !theme.is_retired)
        .map(|theme| {
            let is_asked = |one: &Read| one.counted.unwrap_or(terms.release) > theme.after;
            let now = Shown {
                label: theme.label.clone(),
                count: count(counted, |one| is_asked(one) && one.themes.contains(&theme.code)),
                base: count(counted, is_asked),
                at: terms.release,
            };
            let last = before.shown.get(theme.code.as_str());
            let shown = if may_show(terms.policy, last, &now) { Some(&now) } else { last };
            cell(terms, theme.code.as_str(), &theme.label, shown, base, None)
        })
        .collect();
    (!cells.is_empty()).then_some(Themes { as_at: None, base, cells })
}

/// The table as it stood last.
fn as_before(terms: &Terms, before: &Before) -> Option<Themes> {
    let as_at = before.at;
    let cells: Vec<ThemeCell> = before
        .order
        .iter()
        .map(|(code, label)| cell(terms, code, label, before.shown.get(code), before.read, as_at))
        .collect();
    (!cells.is_empty()).then_some(Themes { as_at, base: before.read, cells })
}

/// A figure as it stands in a table of this base and age.
fn cell(terms: &Terms, code: &str, label: &str, shown: Option<&Shown>, base: u64, as_at: Option<u32>) -> ThemeCell {
    let shown = shown.filter(|shown| is_of_enough(terms.policy, 0, 0, shown));
    let table = as_at.unwrap_or(terms.release);
    ThemeCell {
        code: code.to_owned(),
        label: label.to_owned(),
        as_at: shown.map(|shown| shown.at).filter(|at| *at != table),
        base: shown.map(|shown| shown.base).filter(|own| *own != base),
        figure: shown.and_then(|shown| figure(shown.count, shown.base)),
    }
}

/// Whether a figure can follow the one that was shown last.
fn may_show(policy: &Policy, last: Option<&Shown>, now: &Shown) -> bool {
    let (count, base) = last.map_or((0, 0), |last| (last.count, last.base));
    is_of_enough(policy, count, base, now)
}

/// Whether what was added is of enough people: all in all, and under the strict policy
/// with the theme and without it too.
fn is_of_enough(policy: &Policy, count: u64, base: u64, now: &Shown) -> bool {
    let least = policy.least();
    let (Some(people), Some(with)) = (now.base.checked_sub(base), now.count.checked_sub(count)) else { return false };
    let without = people.saturating_sub(with);
    people >= least && (!policy.strict || (with > least && without > least))
}

fn count(read: &[Read], is_one: impl Fn(&Read) -> bool) -> u64 {
    read.iter().filter(|one| is_one(one)).map(|_| 1).sum()
}

#[cfg(test)]
mod tests;
