//! To whom a case may be offered, and to whom of these it is: candidates in, a
//! choice out.

use super::model::Mode;
use crate::id::{AccountId, OrganisationId};
use crate::staff::interviewer::{Conflict, Interviewer};
use crate::survey::Code;
use std::collections::BTreeSet;

/// What of a case decides who may have it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub organisation: &'a OrganisationId,
    pub mode: Mode,
    /// None: not known, and so perhaps any.
    pub directorate: Option<&'a Code>,
    /// Those whom the person knows.
    pub avoid: &'a BTreeSet<AccountId>,
}

/// Somebody who holds interviews of the organisation.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub interviewer: Interviewer,
    pub conflicts: Vec<Conflict>,
    /// How many cases they were offered and have taken.
    pub open_cases: u64,
    pub past: Past,
}

/// What somebody had to do with this very case before, the better the less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Past {
    Nothing,
    /// They let the days pass.
    Lapsed,
    /// They did so just now.
    LapsedNow,
    /// They said that it is not for them: for good.
    Refused,
}

impl Wanted<'_> {
    /// Whether somebody may hold such an interview, as far as can be told from
    /// who they are and what they have declared.
    pub(super) fn fits(&self, interviewer: &Interviewer, conflicts: &[Conflict]) -> bool {
        let is_of_mode = interviewer.is_independent() == (self.mode == Mode::Independent);
        is_of_mode
            && !interviewer.account.is_closed
            && interviewer.may_serve(self.organisation)
            && !self.avoid.contains(&interviewer.account.id)
            && !conflicts.iter().any(|conflict| self.is_touched_by(conflict))
    }

    /// A directorate that is not known may be the one that was declared.
    fn is_touched_by(&self, conflict: &Conflict) -> bool {
        let is_ours = |declared: &Code| self.directorate.is_none_or(|directorate| directorate == declared);
        conflict.organisation_id == *self.organisation && conflict.directorate.as_ref().is_none_or(is_ours)
    }
}

/// The one whom the case is offered to; none if it has to wait. Whoever never had
/// it comes before those who let the days pass, then whoever has the fewest open
/// cases. Among equals `chance` decides: any number, a new one each time.
pub(super) fn choose(wanted: Wanted<'_>, candidates: &[Candidate], chance: u64) -> Option<AccountId> {
    let may = |one: &&Candidate| one.past != Past::Refused && wanted.fits(&one.interviewer, &one.conflicts);
    let rank = |one: &Candidate| (one.past, one.open_cases);
    let best = candidates.iter().filter(may).map(rank).min()?;
    let equals: Vec<&Candidate> = candidates.iter().filter(may).filter(|one| rank(one) == best).collect();
    let at = chance.checked_rem(u64::try_from(equals.len()).ok()?)?;
    equals.get(usize::try_from(at).ok()?).map(|one| one.interviewer.account.id.clone())
}
