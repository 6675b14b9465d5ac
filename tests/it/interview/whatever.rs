//! Whatever people do, in whatever order: a case is with one interviewer at most,
//! who may have it, and what was entered stays with whoever entered it.

use super::panel::{Panel, answered, request};
use crate::support::TestApp;
use candour::id::{AccountId, InvitationId};
use candour::interview::{self, Draft, Mode, State};
use proptest::prelude::*;
use std::collections::BTreeSet;

const INTERVIEWERS: usize = 3;

/// What happens next; numbers say which interviewer does it.
#[derive(Clone, Debug)]
enum Step {
    Ask,
    Withdraw,
    Take(usize),
    Save(usize),
    Pass(usize),
    HandIn(usize),
    Declare(usize),
    Close(usize),
    Days(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..INTERVIEWERS;
    prop_oneof![
        3 => Just(Step::Ask),
        1 => Just(Step::Withdraw),
        6 => who.clone().prop_map(Step::Take),
        4 => who.clone().prop_map(Step::Save),
        4 => who.clone().prop_map(Step::Pass),
        1 => who.clone().prop_map(Step::HandIn),
        1 => who.clone().prop_map(Step::Declare),
        1 => who.prop_map(Step::Close),
        5 => (1_i64..20).prop_map(Step::Days),
    ]
}

struct World {
    panel: Panel,
    accounts: Vec<AccountId>,
    person: InvitationId,
    /// Who said "not me" to the case that is open.
    refused: BTreeSet<usize>,
    /// Who may have no case at all.
    out: BTreeSet<usize>,
    handed_in: u64,
}

impl World {
    fn new(app: &TestApp) -> World {
        let panel = Panel::new(&app.app);
        let accounts = (0..INTERVIEWERS).map(|n| panel.independent(&format!("Interviewer{n}"))).collect();
        let person = panel.person();
        World { panel, accounts, person, refused: BTreeSet::new(), out: BTreeSet::new(), handed_in: 0 }
    }

    /// Who has the case, whether it was taken, and its id.
    fn holder(&self) -> Option<(usize, bool, candour::id::InterviewId)> {
        let all = self.accounts.iter().enumerate().flat_map(|(n, account)| {
            self.panel.listed(account).into_iter().map(move |one| (n, one.case.state == State::Taken, one.case.id))
        });
        let all: Vec<_> = all.collect();
        assert!(all.len() <= 1, "one case is with {} interviewers", all.len());
        all.into_iter().next()
    }

    fn happens(&mut self, step: Step) {
        let before = self.holder();
        let panel = &self.panel;
        match (step, before) {
            (Step::Ask, _) => panel.ask(&self.person, Mode::Independent, request()),
            (Step::Withdraw, _) => {
                panel.withdraw(&self.person);
            }
            (Step::Days(days), _) => panel.pass_days(days),
            (Step::Declare(n), _) => {
                self.out.insert(n);
                panel.declare(&self.accounts[n], Some("adults"));
            }
            (Step::Close(n), _) => {
                self.out.insert(n);
                panel.close_account(&self.accounts[n]);
            }
            (Step::Take(n), Some((holder, was_taken, id))) => {
                assert_eq!(panel.take(&self.accounts[n], &id).is_ok(), n == holder);
                if n == holder && !was_taken {
                    let opened = panel.open(&self.accounts[n], &id).unwrap();
                    assert!(opened.draft == Draft::default(), "what another entered came along");
                }
            }
            (Step::Save(n), Some((holder, was_taken, id))) => {
                let opened = panel.open(&self.accounts[n], &id);
                assert_eq!(opened.is_some(), n == holder && was_taken);
                let base = opened.map_or(0, |opened| opened.case.draft_version);
                let saved = panel.save(&self.accounts[n], &id, base, &answered(&format!("said to {n} at {base}")));
                assert_eq!(saved.is_ok(), n == holder && was_taken);
            }
            (Step::Pass(n), Some((holder, _, id))) => {
                assert_eq!(panel.pass(&self.accounts[n], &id).is_ok(), n == holder);
                if n == holder {
                    self.refused.insert(n);
                }
            }
            (Step::HandIn(n), Some((holder, true, id))) if n == holder => {
                let base = panel.open(&self.accounts[n], &id).unwrap().case.draft_version;
                panel.close(&self.accounts[n], &id, base).unwrap();
                self.handed_in += 1;
            }
            (Step::Take(_) | Step::Save(_) | Step::Pass(_) | Step::HandIn(_), _) => {}
        }
        self.panel.write(|conn| {
            interview::expire(conn, &self.panel.app.keys, self.panel.app.clock.now())?;
            interview::hand_on(conn, &self.panel.app.keys, self.panel.app.clock.now())
        });
    }

    fn is_right(&mut self) {
        let holder = self.holder();
        match self.panel.standing(&self.person).map(|standing| standing.state) {
            None => {
                assert!(holder.is_none(), "a case of nobody");
                self.refused.clear();
            }
            Some(State::Waiting) => {
                assert!(holder.is_none());
                let left = (0..INTERVIEWERS).find(|n| !self.refused.contains(n) && !self.out.contains(n));
                assert_eq!(left, None, "it waits, and they could have it");
            }
            Some(state) => {
                let (n, is_taken, _) = holder.expect("somebody has it");
                assert_eq!(is_taken, state == State::Taken);
                assert!(!self.refused.contains(&n) && !self.out.contains(&n), "{n} may not have it");
            }
        }
        let counted: u64 = self.panel.tally().iter().map(|tally| tally.interviews).sum();
        assert_eq!(counted, self.handed_in);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_case_is_with_one_who_may_have_it(steps in prop::collection::vec(step(), 1..40)) {
        let app = TestApp::on_sqlite();
        let mut world = World::new(&app);
        for step in steps {
            world.happens(step);
            world.is_right();
        }
    }
}
