//! What came of attacks on the very same figures before. One release is audited many times
//! while it is made, and most of its figures stay as they were.

use super::attack::{Attack, Findings};
use super::finding::{Only, Whose};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

#[derive(Debug, Default)]
pub struct Memory(HashMap<u64, Findings>);

impl Memory {
    /// What came of it; none if it is new.
    pub fn of(&self, attack: &Attack) -> Option<Findings> {
        self.0.get(&key(attack)?).cloned()
    }

    pub fn keep(&mut self, attack: &Attack, findings: &Findings) {
        if let Some(key) = key(attack) {
            self.0.insert(key, findings.clone());
        }
    }
}

/// Everything that an attack goes by.
fn key(attack: &Attack) -> Option<u64> {
    let Attack { published, population, family, alone, outers, with_all, only, is_joined } = attack;
    let mut hasher = DefaultHasher::new();
    match only {
        Only::Everything => {}
        Only::These(these, depth) => {
            let mine = these.iter().filter(|whose| whose.question == population.question);
            (depth, mine.collect::<Vec<&Whose>>()).hash(&mut hasher);
        }
        // That is done again as fast.
        Only::Outline | Only::Questions(_) => return None,
    }
    (population, family, alone, outers, with_all, is_joined).hash(&mut hasher);
    (published.releases(), published.people(), &published.terms, &published.breakdowns).hash(&mut hasher);
    (&published.crossings, &published.deserted, &published.nestings).hash(&mut hasher);
    Some(hasher.finish())
}
