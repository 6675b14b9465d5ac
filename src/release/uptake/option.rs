//! Uptake before and after the option of an independent interviewer was there.

use super::known::{Known, is_wide};
use super::model::{IndependentOption, TakenUp, Uptake};
use super::{Before, UptakeCounts};
use crate::release::difference::{Share, difference};
use crate::release::percent::figure;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Those to whom the offer went out, and those of them who took it up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    pub offered: u64,
    pub taken_up: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeAndAfter {
    pub since: NaiveDate,
    /// Of those before, as they stood on that day.
    pub before: Reached,
    /// Of those who came later, as they stand now.
    pub after: Reached,
}

/// None: nothing newer can be shown.
pub fn decide(counts: &UptakeCounts, before: &Before) -> Option<IndependentOption> {
    let option = counts.independent_option?;
    let taken_up = |reached: Reached| -> Option<TakenUp> {
        let is_of_enough = reached.offered >= before.k;
        let taken_up = figure(reached.taken_up, reached.offered).filter(|_| is_of_enough)?;
        Some(TakenUp { offered: reached.offered, taken_up })
    };
    let share = |reached: Reached| Share { count: reached.taken_up, base: reached.offered };
    let now = IndependentOption {
        as_at: None,
        since: option.since,
        before: taken_up(option.before)?,
        after: taken_up(option.after)?,
        difference: difference(share(option.before), share(option.after))?,
    };
    let earlier = before.releases.iter().filter_map(|uptake| known(shown(uptake)?, uptake.offered));
    let now_known = known(&now, counts.offered)?;
    let is_safe = is_safe(&now, counts.offered, counts.taken_up, before.k);
    (is_safe && before.allows(&now_known, earlier)).then_some(now)
}

/// Whether newer totals go with the comparison in an earlier release: less those
/// whom it counts they are not about 1 to k-1 people.
pub fn allows_totals(earlier: &Uptake, counts: &UptakeCounts, k: u64) -> bool {
    shown(earlier).is_none_or(|option| known(option, counts.offered).is_none_or(|known| known.is_safe(k)))
}

fn shown(uptake: &Uptake) -> Option<&IndependentOption> {
    uptake.independent_option.as_ref().filter(|option| option.as_at.is_none())
}

/// Not sums of the parts below: whoever has not answered, less those of them who were offered it
/// after and have not taken it up, are offered it before, or on the day itself, or have begun.
fn is_safe(option: &IndependentOption, offered: u64, answered: u64, k: u64) -> bool {
    let after_not = option.after.offered.saturating_sub(option.after.taken_up.count);
    let others = offered.checked_sub(answered).and_then(|open| open.checked_sub(after_not));
    others.is_some_and(|others| is_wide(others, k))
}

/// All who were offered an interview, in parts: before, after, and on the day itself.
/// Who took it up has begun or asked for an interview: whether they have answered too,
/// nobody can tell from this.
fn known(option: &IndependentOption, offered: u64) -> Option<Known> {
    let (before, after) = (&option.before, &option.after);
    let mut known = Known::default();
    known.add(["before"], before.taken_up.count);
    known.add(["before_not"], before.offered.checked_sub(before.taken_up.count)?);
    known.add(["after"], after.taken_up.count);
    known.add(["after_not"], after.offered.checked_sub(after.taken_up.count)?);
    known.add(["on_the_day"], offered.checked_sub(before.offered)?.checked_sub(after.offered)?);
    Some(known)
}
