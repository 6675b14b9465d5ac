//! The audits of a draft: what it gives away that was not open before.

use super::Securing;
use crate::release::audit::{Audit, Breach, Depth, Knowledge, Only, Whose, audit_knowing, uptake};
use crate::release::disclosure::Sizes;
use std::collections::BTreeSet;

impl Securing<'_> {
    /// As somebody would who knows the place, and as anybody would. Whoever knows less is
    /// left with more that is wide open, so asks of no more than what was not.
    pub fn audit(&mut self, only: Only) -> Audit {
        let is_all = matches!(only, Only::Everything);
        if let Some(audit) = self.made.audit.as_ref().filter(|_| is_all) {
            return audit.clone();
        }
        let tables = self.made.tables();
        if let Some(draft) = self.releases.last_mut() {
            draft.tables = tables;
        }
        self.audits += 1;
        let [knowledge, less @ ..] = self.knowledge();
        let now = self.deciding.now();
        let (releases, survey, memory) = (&self.releases, Some(self.survey), &mut self.memory);
        let mut attack = |knowledge: &Knowledge, only: Only| {
            audit_knowing(knowledge, releases, survey, only, memory, &mut |_, _| ())
        };
        let mut audit = attack(&knowledge, only);
        if matches!(only, Only::Everything | Only::Outline) {
            self.targets = audit.attacked.targets;
        }
        // Of one who has found something others need not be asked.
        let is_new = |breach: &Breach| breach.whose.up_to == now && !self.known.contains(&breach.whose);
        if audit.breaches.iter().any(is_new) {
            return audit;
        }
        let (mut open, mut is_joined, mut last) = (audit.not_wide.clone(), audit.is_joined, knowledge);
        for known in less {
            if known != last {
                let mut more = attack(&known, Only::These(&open, only.depth()));
                if more.is_joined && !is_joined {
                    // What was wide was not asked for as well as it can be.
                    more = attack(&known, only);
                }
                audit.breaches.extend(more.breaches);
                audit.attacked.programs += more.attacked.programs;
                (open, is_joined, last) = (more.not_wide, more.is_joined, known);
            }
        }
        if is_all {
            audit.breaches.extend(uptake::breaches(&self.releases));
        }
        audit.breaches.sort();
        audit.breaches.dedup();
        if is_all {
            self.made.audit = Some(audit.clone());
        }
        audit
    }

    /// What attackers know of the place: where teams lie is known to all, where nobody came
    /// only to some.
    fn knowledge(&self) -> [Knowledge; 3] {
        let known = |sizes: &Sizes| {
            let counts = self.deciding.counts();
            Knowledge { deserted: sizes.deserted(counts), nested: sizes.nested(counts) }
        };
        let all = self.made.sizes.as_ref().map(known).unwrap_or_default();
        let nested = Knowledge { deserted: Vec::new(), ..all.clone() };
        [all, nested, Knowledge::default()]
    }

    /// The breaches that were not there before this release.
    pub fn breaches(&mut self, only: Only) -> Vec<Breach> {
        let found = self.audit(only).breaches;
        let is_of_earlier = |whose: &Whose| whose.up_to < self.deciding.now() && !self.asked.contains(whose);
        let of_earlier: BTreeSet<Whose> =
            found.iter().map(|breach| breach.whose.clone()).filter(is_of_earlier).collect();
        if let Some((_, earlier)) = self.releases.split_last().filter(|_| !of_earlier.is_empty()) {
            // Where teams lie may have been learned since; what follows was open all the same.
            for knowledge in self.knowledge() {
                let only = Only::These(&of_earlier, Depth::Joined);
                let survey = Some(self.survey);
                let known = audit_knowing(&knowledge, earlier, survey, only, &mut self.memory, &mut |_, _| ());
                self.known.extend(known.breaches.iter().map(|breach| breach.whose.clone()));
            }
            self.known.extend(uptake::breaches(earlier).iter().map(|breach| breach.whose.clone()));
            self.asked.extend(of_earlier);
        }
        found.into_iter().filter(|breach| !self.known.contains(&breach.whose)).collect()
    }

    pub fn was_k_raised(&self) -> bool {
        let mut least = self.releases.iter().map(|release| (release.policy.k(), release.policy.least()));
        let first = least.next();
        least.any(|one| Some(one) != first)
    }
}
