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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::{Account, Role};
    use proptest::prelude::*;

    const PLACES: [&str; 3] = ["milbury", "westmere", "eastmere"];
    const DIRECTORATES: [&str; 2] = ["adults", "children"];

    fn organisation() -> impl Strategy<Value = OrganisationId> {
        prop::sample::select(&PLACES[..]).prop_map(OrganisationId::claimed)
    }

    fn directorate() -> impl Strategy<Value = Option<Code>> {
        prop::option::of(prop::sample::select(&DIRECTORATES[..]).prop_map(|code| Code::new(code).unwrap()))
    }

    fn role() -> impl Strategy<Value = Role> {
        prop_oneof![
            4 => Just(Role::Interviewer(None)),
            2 => organisation().prop_map(|own| Role::Interviewer(Some(own))),
            1 => organisation().prop_map(Role::Hr),
        ]
    }

    fn conflict() -> impl Strategy<Value = Conflict> {
        (organisation(), directorate())
            .prop_map(|(organisation_id, directorate)| Conflict { organisation_id, directorate })
    }

    fn past() -> impl Strategy<Value = Past> {
        prop::sample::select(&[Past::Nothing, Past::Lapsed, Past::LapsedNow, Past::Refused][..])
    }

    prop_compose! {
        fn candidate(at: usize)(
            role in role(), is_closed in prop::bool::weighted(0.2), employer in prop::option::of(organisation()),
            conflicts in prop::collection::vec(conflict(), 0..3), open_cases in 0_u64..3, past in past(),
        ) -> Candidate {
            let account = Account {
                id: AccountId::claimed(format!("interviewer {at}")),
                role,
                email: format!("{at}@example.org").parse().unwrap(),
                name: format!("Interviewer {at}"),
                has_password: true,
                is_closed,
                holds_interviews: true,
                reads_comments: false,
            };
            let interviewer = Interviewer { account, employer, about: String::new() };
            Candidate { interviewer, conflicts, open_cases, past }
        }
    }

    prop_compose! {
        fn case()(
            organisation in organisation(), is_independent: bool, directorate in directorate(),
            avoid in prop::collection::btree_set(0_usize..6, 0..3),
        ) -> (OrganisationId, Mode, Option<Code>, BTreeSet<AccountId>) {
            let avoid = avoid.iter().map(|at| AccountId::claimed(format!("interviewer {at}"))).collect();
            (organisation, if is_independent { Mode::Independent } else { Mode::Hr }, directorate, avoid)
        }
    }

    fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
        (0_usize..7).prop_flat_map(|n| (0..n).map(candidate).collect::<Vec<_>>())
    }

    /// The promise, in other words than the code's.
    fn may_have(
        one: &Candidate,
        place: &OrganisationId,
        mode: Mode,
        directorate: &Option<Code>,
        avoid: &BTreeSet<AccountId>,
    ) -> bool {
        let account = &one.interviewer.account;
        let is_of_mode = match (&account.role, mode) {
            (Role::Interviewer(None), Mode::Independent) => one.interviewer.employer.as_ref() != Some(place),
            (Role::Interviewer(Some(own)) | Role::Hr(own), Mode::Hr) => own == place,
            _ => false,
        };
        let has_declared = one.conflicts.iter().any(|declared| {
            &declared.organisation_id == place
                && match (&declared.directorate, directorate) {
                    (Some(theirs), Some(known)) => theirs == known,
                    (Some(_), None) | (None, _) => true,
                }
        });
        let is_out = account.is_closed || avoid.contains(&account.id) || one.past == Past::Refused || has_declared;
        is_of_mode && !is_out
    }

    proptest! {
        #[test]
        fn a_case_goes_to_somebody_who_may_have_it_and_waits_only_if_there_is_nobody(
            (organisation, mode, directorate, avoid) in case(), candidates in candidates(), chance: u64,
        ) {
            let wanted = Wanted { organisation: &organisation, mode, directorate: directorate.as_ref(), avoid: &avoid };
            let may: Vec<&Candidate> =
                candidates.iter().filter(|one| may_have(one, &organisation, mode, &directorate, &avoid)).collect();
            match choose(wanted, &candidates, chance) {
                None => prop_assert!(may.is_empty()),
                Some(chosen) => {
                    let chosen = may.iter().find(|one| one.interviewer.account.id == chosen);
                    let chosen = chosen.ok_or_else(|| TestCaseError::fail("they may not have it"))?;
                    for other in &may {
                        prop_assert!((chosen.past, chosen.open_cases) <= (other.past, other.open_cases));
                    }
                }
            }
        }

        #[test]
        fn among_equals_each_gets_their_turn(mut candidates in candidates(), chance in 0_u64..1_000) {
            let organisation = OrganisationId::claimed(PLACES[0]);
            for one in &mut candidates {
                one.interviewer.account.role = Role::Interviewer(None);
                one.interviewer.account.is_closed = false;
                one.interviewer.employer = None;
                (one.conflicts, one.open_cases, one.past) = (Vec::new(), 0, Past::Nothing);
            }
            let avoid = BTreeSet::new();
            let wanted = Wanted { organisation: &organisation, mode: Mode::Independent, directorate: None, avoid: &avoid };
            let n = u64::try_from(candidates.len()).unwrap();
            let chosen: BTreeSet<_> = (chance..chance + n).filter_map(|at| choose(wanted, &candidates, at)).collect();
            prop_assert_eq!(chosen.len(), candidates.len());
        }
    }
}
