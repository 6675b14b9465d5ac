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
    let earlier =
        before.releases.iter().filter_map(|uptake| known(shown(uptake)?, uptake.offered, uptake.taken_up.count));
    // Not sums of the others: those who had not taken it up by the day, and those to
    // whom it went out on that day.
    let not_by_then = option.before.offered.checked_sub(option.before.taken_up)?;
    let on_the_day = counts.offered.checked_sub(option.before.offered)?.checked_sub(option.after.offered)?;
    let is_safe = [not_by_then, on_the_day].into_iter().all(|people| is_wide(people, before.k));
    let now_known = known(&now, counts.offered, counts.taken_up)?;
    (is_safe && before.allows(&now_known, earlier)).then_some(now)
}

/// Whether newer totals go with the comparison in an earlier release: less those
/// whom it counts they are not about 1 to k-1 people.
pub fn allows_totals(earlier: &Uptake, counts: &UptakeCounts, k: u64) -> bool {
    shown(earlier)
        .is_none_or(|option| known(option, counts.offered, counts.taken_up).is_none_or(|known| known.is_safe(k)))
}

fn shown(uptake: &Uptake) -> Option<&IndependentOption> {
    uptake.independent_option.as_ref().filter(|option| option.as_at.is_none())
}

/// All who were offered an interview, in parts. `later` are those who took it up
/// and are counted neither before nor after, `never` those who did not: offered
/// before, or on the day itself.
fn known(option: &IndependentOption, offered: u64, taken_up: u64) -> Option<Known> {
    let (before, after) = (&option.before, &option.after);
    let less = |sum: u64, a: u64, b: u64| sum.checked_sub(a)?.checked_sub(b);
    let later = less(taken_up, before.taken_up.count, after.taken_up.count)?;
    let others = less(offered, before.taken_up.count, after.offered)?;
    let mut known = Known::default();
    known.add(["before"], before.taken_up.count);
    known.add(["after"], after.taken_up.count);
    known.add(["after_not"], after.offered.checked_sub(after.taken_up.count)?);
    known.add(["later"], later);
    known.add(["never"], others.checked_sub(later)?);
    Some(known)
}
