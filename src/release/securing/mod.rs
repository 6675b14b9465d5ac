//! From counts to tables that withstand the audit: rule 4 of
//! [the chapter](super::disclosure).

mod auditing;
mod nearest;

use super::audit::{Audit, Breach, Depth, Memory, Only, Whose};
use super::disclosure::{Deciding, Fresh, FreshAnswers, Orders, Place, Shown, Sizes, Taken};
use super::model::{Release, Table};
use super::tables::tables;
use super::tabulate::Tabulation;
use crate::survey::Survey;
use std::collections::{BTreeMap, BTreeSet};

/// Tables that nobody can undo, and what it took.
#[derive(Clone, Debug)]
pub struct Secured {
    pub tables: Vec<Table>,
    /// Groups of some people, but too few; and those held back for their sake.
    pub taken: Taken,
    /// The last audit of all.
    pub audit: Audit,
    /// How many audits it took.
    pub audits: usize,
}

/// What is left when everything was held back that could be. Its words say where, and
/// not what could be worked out: nothing was published.
#[derive(Clone, Debug, thiserror::Error)]
#[error(
    "no figures of {place} can be published: whatever is hidden of them, something about too few people could be worked \
     out; it may be possible when more have answered",
    place = place(.0)
)]
pub struct Unsafe(pub Box<Breach>);

/// More audits than these are not made only to hold less back.
const MOST_TRIALS: usize = 100;

/// Where more numbers of people than these have to be asked for, none are.
const LARGE: usize = 2_000;

/// How many groups of a breakdown are held back at first; and where there are so many.
const AT_FIRST: u32 = 2;
const AT_FIRST_OF_MANY: u32 = 4;

/// Secures the tables of `draft`, which has all but them, after `earlier`.
pub fn secure(counts: &Tabulation, survey: &Survey, earlier: &[Release], draft: &Release) -> Result<Secured, Unsafe> {
    let deciding = Deciding::new(counts, earlier, draft.number, &draft.policy);
    let releases = earlier.iter().chain([draft]).cloned().collect();
    let mut securing = Securing {
        deciding,
        survey,
        releases,
        known: BTreeSet::new(),
        asked: BTreeSet::new(),
        made: Made::default(),
        held: BTreeMap::new(),
        targets: 0,
        memory: Memory::default(),
        audits: 0,
    };
    let mut orders = Orders::default();
    securing.made = securing.make(&orders);
    securing.hold_back(&mut orders)?;
    securing.let_go(&mut orders);
    // What one question gained might tell of another, or of all: then it goes again.
    securing.hold_back(&mut orders)?;
    let audit = securing.audit(Only::Everything);
    let questions = securing.made.questions.values();
    let mut taken = securing.made.sizes.as_ref().map(|sizes| sizes.taken.clone()).unwrap_or_default();
    questions.for_each(|(_, one)| taken.add(one.clone()));
    Ok(Secured { tables: securing.made.tables(), taken, audit, audits: securing.audits })
}

struct Securing<'a> {
    deciding: Deciding<'a>,
    survey: &'a Survey,
    /// All there are; the last is the draft, with the tables that were audited last.
    releases: Vec<Release>,
    /// What was open already: that cannot be called back.
    known: BTreeSet<Whose>,
    /// Of whom it was asked whether they were open already.
    asked: BTreeSet<Whose>,
    made: Made,
    /// What was held back for breaches, and how many people were new in each.
    held: BTreeMap<Place, u64>,
    /// How many numbers of people there are to ask for, since everything was last.
    targets: usize,
    memory: Memory,
    audits: usize,
}

/// As decided under some orders.
#[derive(Clone, Debug, Default)]
struct Made {
    sizes: Option<Sizes>,
    questions: BTreeMap<usize, (Vec<Table>, Taken)>,
    fresh: Vec<Fresh>,
    answers: Vec<FreshAnswers>,
    /// Of all of it, if there was one.
    audit: Option<Audit>,
}

impl Made {
    fn tables(&self) -> Vec<Table> {
        self.questions.values().flat_map(|(tables, _)| tables).cloned().collect()
    }
}

impl Securing<'_> {
    fn make(&self, orders: &Orders) -> Made {
        let sizes = self.deciding.sizes(orders);
        let mut made = Made { sizes: Some(sizes.clone()), ..Made::default() };
        for position in 0..self.deciding.counts().questions.len() {
            self.remake(&mut made, position, orders);
        }
        made
    }

    /// Decides one question again.
    fn remake(&self, made: &mut Made, position: usize, orders: &Orders) {
        let Some((question, sizes)) = self.deciding.counts().questions.get(position).zip(made.sizes.as_ref()) else {
            return;
        };
        let (shown, taken): (Shown, Taken) = self.deciding.question(question, sizes, orders);
        made.audit = None;
        made.fresh.retain(|one| one.place.question != question.question.as_str());
        made.fresh.extend(self.deciding.fresh(question, &shown));
        made.answers.retain(|one| one.place.question != question.question.as_str());
        made.answers.extend(self.deciding.fresh_answers(question, &shown));
        let policy = self.releases.last().map(|draft| draft.policy.clone());
        let tables = policy.map(|policy| tables(question, &shown, self.deciding.now(), &policy)).unwrap_or_default();
        made.questions.insert(position, (tables, taken));
    }

    /// Holds groups back until no breach is left: first until none is plain, which takes
    /// next to no time. Whether one is past mending, the whole audit says.
    fn hold_back(&mut self, orders: &mut Orders) -> Result<(), Unsafe> {
        self.mend(Only::Outline, Depth::Outline, orders).ok();
        self.mend(Only::Everything, Depth::Apart, orders)
    }

    /// Until `everything` finds none. What was found is asked for again at a lesser depth:
    /// whether anything else has come of it, when these are mended, the next audit of
    /// everything says.
    fn mend(&mut self, everything: Only, depth: Depth, orders: &mut Orders) -> Result<(), Unsafe> {
        loop {
            let mut breaches = self.breaches(everything);
            if breaches.is_empty() {
                return Ok(());
            }
            let mut at_once = if self.is_large() { AT_FIRST_OF_MANY } else { AT_FIRST };
            while let Some(first) = breaches.first() {
                let held = self.hold_more(&breaches, at_once, orders);
                at_once = at_once.saturating_mul(2);
                if held.is_empty() && self.was_k_raised() {
                    // What was published under a lower k cannot be called back.
                    self.known.extend(breaches.iter().map(|breach| breach.whose.clone()));
                    break;
                }
                if held.is_empty() {
                    return Err(Unsafe(Box::new(first.clone())));
                }
                let these = breaches.iter().map(|breach| breach.whose.clone()).collect();
                self.change(orders, &held);
                breaches = self.breaches(Only::These(&these, depth));
            }
        }
    }

    fn is_large(&self) -> bool {
        self.targets > LARGE
    }

    /// Holds a group back for each of the first breaches of a breakdown: the next audit says
    /// whether they were enough. Twice as many in each round: of very many groups one by one
    /// would take too long.
    fn hold_more(&mut self, breaches: &[Breach], at_once: u32, orders: &mut Orders) -> BTreeSet<String> {
        let mut held = BTreeSet::new();
        let mut done: BTreeMap<_, u32> = BTreeMap::new();
        for breach in breaches {
            let of_breakdown = done.entry((&breach.whose.question, &breach.whose.breakdown)).or_default();
            *of_breakdown += 1;
            if *of_breakdown > at_once {
                continue;
            }
            if let Some(FreshAnswers { place, options, .. }) = self.next_answers_for(breach, orders) {
                held.insert(place.question.clone());
                orders.answers.extend(options.into_iter().map(|option| (place.clone(), option)));
            } else if let Some(Fresh { place, people }) = self.next_for(breach, orders) {
                held.insert(place.question.clone());
                orders.freed.remove(&place);
                orders.held.insert(place.clone());
                self.held.insert(place, people);
            }
        }
        held
    }

    /// Decides again what `changed` orders are about; returns which questions that concerns,
    /// none for all.
    fn change(&mut self, orders: &Orders, changed: &BTreeSet<String>) -> Option<BTreeSet<String>> {
        let counts = self.deciding.counts();
        if changed.iter().any(|question| counts.breakdowns.iter().any(|breakdown| breakdown.as_str() == question)) {
            self.made = self.make(orders);
            return None;
        }
        let mut made = std::mem::take(&mut self.made);
        for (position, question) in counts.questions.iter().enumerate() {
            if changed.contains(question.question.as_str()) {
                self.remake(&mut made, position, orders);
            }
        }
        self.made = made;
        Some(changed.clone())
    }

    /// Tries to show each group that was held back for the sake of others, the largest
    /// first, then each answer; what makes no breach stays shown.
    fn let_go(&mut self, orders: &mut Orders) {
        if self.is_large() {
            return;
        }
        let (mut tried, most) = (BTreeSet::new(), self.audits + MOST_TRIALS);
        while self.audits < most
            && let Some(place) = self.doubtful(orders).into_iter().find(|place| !tried.contains(place))
        {
            tried.insert(place.clone());
            let mut freer = orders.clone();
            freer.held.remove(&place);
            freer.freed.insert(place.clone());
            self.attempt(orders, freer, place.question);
        }
        for answer in orders.answers.clone() {
            if self.audits < most {
                let mut freer = orders.clone();
                freer.answers.remove(&answer);
                self.attempt(orders, freer, answer.0.question);
            }
        }
    }

    /// Goes by `freer` orders, which are about one question, if that makes no breach.
    fn attempt(&mut self, orders: &mut Orders, freer: Orders, question: String) {
        let before = (std::mem::replace(orders, freer), self.made.clone());
        let breakdowns = self.deciding.counts().breakdowns.iter().map(ToString::to_string);
        let only = self.change(orders, &BTreeSet::from([question]));
        // How many answered tells of how many there are.
        let only = only.map(|questions| questions.into_iter().chain(breakdowns).collect());
        if !self.breaches(only.as_ref().map_or(Only::Everything, Only::Questions)).is_empty() {
            (*orders, self.made) = before;
        }
    }

    fn doubtful(&self, orders: &Orders) -> Vec<Place> {
        let of_sizes = self.made.sizes.iter().map(|sizes| &sizes.taken);
        let taken = of_sizes.chain(self.made.questions.values().map(|(_, taken)| taken));
        let held = taken.flat_map(|taken| &taken.held_back).filter(|held| held.is_doubtful);
        let mut all: Vec<(u64, Place)> = held.map(|held| (held.people, held.place.clone())).collect();
        let for_breaches = self.held.iter().filter(|(place, _)| orders.held.contains(place));
        all.extend(for_breaches.map(|(place, people)| (*people, place.clone())));
        all.retain(|(_, place)| !orders.freed.contains(place));
        all.sort_by(|a, b| b.cmp(a));
        all.into_iter().map(|(_, place)| place).collect()
    }
}

fn place(breach: &Breach) -> String {
    let Whose { question, breakdown, .. } = &breach.whose;
    let question = question.as_deref().unwrap_or("all responses");
    breakdown.as_ref().map_or_else(|| question.to_owned(), |by| format!("{question} by {by}"))
}
