//! Disclosure control: which figures can be published so that nobody, with all
//! releases side by side, comes by the figures of 1 to k-1 people.
//!
//! # The model
//!
//! Take one question and one breakdown. Everybody who answered the question came
//! with one batch and is in one group, or in none (they did not say). Call the
//! people of one group in one batch an *atom*. Published are sums over atoms: of
//! the total, up to some release; of a group, up to some release. What matters
//! is which atoms are in a sum, and how many people; what they answered does not.
//!
//! An attacker adds and subtracts published sums. What comes out is the figures
//! *of some people* when each atom is in it once or not at all. The promise:
//! whatever comes out is of nobody or of k people at least.
//!
//! # The rules
//!
//! 1. A total is brought up to date when nobody new is in it, or k at least; else
//!    its last figures stand (`as_at`). So it grows by *intervals* of 0 or >= k.
//! 2. Those in any group at all ("grouped") do the same; groups are only brought
//!    up to date when both are. Each grows by *blocks* of one or more intervals,
//!    of 0 or >= k people.
//! 3. For every run of neighbouring intervals, the total less all blocks that lie
//!    within the run is 0 or >= k; and so is grouped less those blocks.
//! 4. For the end of every interval up to which every group's people are all
//!    published: of the blocks that reach over it, those people who came later
//!    are together 0 or >= k.
//!
//! Where 3 or 4 fails, the group with the smallest block of those to be brought up
//! to date is held back, and so on until both hold. It ends: with all held back,
//! the new interval alone adds 0 or >= k to each sum in 3, and none to those in 4.
//!
//! # Why that is enough
//!
//! Let a combination take interval i of the total a(i) times, and block B b(B)
//! times. An atom in block B and interval i is then in it a(i) + b(B) times, one
//! in no block a(i) times, and each of these is 0 or 1.
//!
//! *The total with those who did not say.* They are in every interval and in no
//! block, so a(i) is 0 or 1. Let S be the intervals with a(i) = 1. A block that
//! lies in S is in the combination once or, taken off, not at all; one outside S
//! the other way about; and one across the edge stays as it is, its part in S
//! once and the rest not. So the combination is R(S) = (total of S less all blocks
//! within S), and some whole blocks besides. Blocks have no gaps, so R(S) is the
//! sum of R over the runs that S consists of. By rules 2 and 3 all of these are
//! 0 or >= k, and so is their sum.
//!
//! *Knowing who did not say*, or all having said: then a(i) can be any number
//! where every atom is in a block, but within one block it differs by at most 1.
//! Cut at every level t: S(t) = the intervals with a(i) >= t. For t >= 1, level t
//! adds R(S(t)). For t <= 0, it adds Q = (people outside S' in blocks that touch
//! S'), where S' is what S(t) leaves out, every atom of which is published. The
//! combination is the sum of these and of whole blocks. A gap T within S' adds
//! R(T), so only S' that begin with the first interval and have no gap are left;
//! their Q is the sum in rule 4.
//!
//! # A breakdown's own table
//!
//! It shows how large the groups are. It is decided as if it were a question that
//! everybody answered, split by itself, with sizes for figures. A group that is
//! not published elsewhere for being too small or as a partner is not there
//! either. An option nobody chose is never published: it looks like the others.
//!
//! # Breakdowns that lie within one another
//!
//! Where all people of a team are in one directorate, the directorate is a total
//! for its teams: rules 3 and 4 hold for it too. And the total less directorates,
//! less the teams of those directorates that are not published, is held to rule 3.
//! Each breakdown is decided in turn with the others as they stand by then;
//! with none of its groups brought up to date, it adds nothing, as above.
//!
//! That is complete for one release (tests attack it). Over several it is not: a
//! directorate less its other teams may give a team's figures at a release at
//! which they were not published, and so cut a block of the team's in two.
//!
//! # What this does not do
//!
//! Cells within a published group may be small. Breakdowns that overlap without
//! one lying within the other are not compared, nor are three levels at once. It
//! is no defence against who knows what other leavers answered, nor against
//! bounds got by reasoning about single cells.

#[cfg(test)]
pub(in crate::release) mod attack;
mod history;
mod line;
mod remainder;
mod split;
#[cfg(test)]
mod tests;

use super::model::Release;
use super::tabulate::{Counts, Tabulated, Tabulation};
use crate::survey::Code;
use history::History;
use line::Line;
use remainder::Beside;
use split::{Split, advance_alone};

/// Up to which release the figures of one question can be shown: the current
/// one, an earlier one ("as at"), or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub total: Option<u32>,
    /// For each of the question's splits, for each of its groups.
    pub splits: Vec<Vec<Option<u32>>>,
    /// For each cell, in a breakdown's own table; none: all as the total.
    pub cells: Option<Vec<Option<u32>>>,
}

/// Decides for every question of `counts` what release `now` can show, with `k`
/// its minimum base and `earlier` all the releases before it.
pub fn decide(counts: &Tabulation, earlier: &[Release], now: u32, k: u32) -> Vec<Shown> {
    let release = Deciding { counts, history: History::read(earlier), now, k: u64::from(k) };
    let own = release.own_tables();
    counts
        .questions
        .iter()
        .map(|question| {
            let breakdown = counts.breakdowns.iter().position(|breakdown| *breakdown == question.question);
            match breakdown.and_then(|position| own.get(position)) {
                Some(own) => Shown { total: own.grouped_as_at(), splits: Vec::new(), cells: Some(own.groups_as_at()) },
                None => release.question(question),
            }
        })
        .collect()
}

struct Deciding<'a> {
    counts: &'a Tabulation,
    history: History<'a>,
    now: u32,
    k: u64,
}

impl Deciding<'_> {
    fn question(&self, question: &Tabulated) -> Shown {
        let code = question.question.as_str();
        let mut total = Line::new(question.total.bases(), self.history.points(code, None, None));
        advance_alone(&mut total, self.now, self.k);
        let splits = question.splits.iter().map(|split| {
            let breakdown = split.breakdown.as_str();
            let line = |(group, counts): &(Code, Counts)| {
                Line::new(counts.bases(), self.history.points(code, Some(breakdown), Some(group.as_str())))
            };
            split.groups.iter().map(line).collect()
        });
        let decided = self.splits(&total, splits.collect());
        Shown { splits: decided.iter().map(Split::groups_as_at).collect(), total: total.as_at(), cells: None }
    }

    /// The breakdowns' own tables, in the order of the breakdowns.
    fn own_tables(&self) -> Vec<Split> {
        let mut everybody = Line::new(self.counts.responses.clone(), self.history.releases());
        advance_alone(&mut everybody, self.now, self.k);
        let lines = |breakdown: &Code| -> Vec<Line> {
            let own = self.counts.questions.iter().find(|question| question.question == *breakdown);
            let line = |(own, position, option): (&Tabulated, usize, &Code)| {
                let points = self.history.points(breakdown.as_str(), Some(breakdown.as_str()), Some(option.as_str()));
                Line::new(own.total.cell(position), points)
            };
            let options = own.into_iter().flat_map(|own| own.cells.iter().enumerate().map(move |(at, o)| (own, at, o)));
            options.map(line).collect()
        };
        self.splits(&everybody, self.counts.breakdowns.iter().map(lines).collect())
    }

    /// Each breakdown in turn, with the others as they stand by then.
    fn splits(&self, everybody: &Line, groups: Vec<Vec<Line>>) -> Vec<Split> {
        let min_base = |release| if release == self.now { self.k } else { self.history.min_base(release) };
        let mut splits: Vec<Split> =
            groups.into_iter().map(|groups| Split::new(everybody.clone(), groups, self.now, min_base)).collect();
        for position in 0..splits.len() {
            let mut split = splits.remove(position);
            let others = (0..).filter(|other| *other != position).zip(&splits);
            let beside: Vec<Beside> = others
                .map(|(other, theirs)| Beside {
                    groups: theirs.groups(),
                    holding_mine: self.counts.nesting.within(position, split.groups().len(), other),
                    held_by_mine: self.counts.nesting.within(other, theirs.groups().len(), position),
                })
                .collect();
            split.advance(self.now, self.k, &beside);
            splits.insert(position, split);
        }
        splits
    }
}
