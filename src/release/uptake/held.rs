//! The interviews that were held: how many, how many were read back, how long it
//! took from asking.

use super::known::{Known, is_wide};
use super::model::Interviews;
use super::{Before, ONLINE, UptakeCounts};
use crate::release::percent::figure;
use serde::{Deserialize, Serialize};

/// So many interviews that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// From asking to handing in.
    pub days: u32,
    pub was_read_back: bool,
    pub interviews: u64,
}

/// None: nothing newer can be shown. The median moves when the interviews it is of
/// are k more, and not before.
pub fn decide(counts: &UptakeCounts, before: &Before) -> Option<Interviews> {
    let sum = |is_counted: fn(&&Held) -> bool| -> u64 {
        counts.interviews.iter().filter(is_counted).map(|held| held.interviews).sum()
    };
    let (held, read_back) = (sum(|_| true), sum(|held| held.was_read_back));
    // An interview is held when its answers are handed in: both say the same, or neither is to be trusted.
    let answered: u64 = counts.modes.iter().filter(|(mode, _)| mode != ONLINE).map(|(_, people)| people).sum();
    if held < before.k || held != answered {
        return None;
    }
    let is_shown = is_wide(read_back, before.k) && is_wide(held - read_back, before.k);
    let now = Interviews {
        as_at: None,
        held,
        read_back: if is_shown { figure(read_back, held) } else { None },
        median_days: median(&counts.interviews)?,
    };
    let earlier = before.releases.iter().filter_map(|uptake| uptake.interviews.as_ref());
    before.allows(&known(&now), earlier.filter(|held| held.as_at.is_none()).map(known)).then_some(now)
}

fn known(interviews: &Interviews) -> Known {
    let mut known = Known::default();
    match interviews.read_back {
        Some(figure) => {
            known.add(["read_back"], figure.count);
            known.add(["not_read_back"], interviews.held.saturating_sub(figure.count));
        }
        None => known.add(["read_back", "not_read_back"], interviews.held),
    }
    known
}

/// In whole days; between two, the mean of both, a half going up.
fn median(interviews: &[Held]) -> Option<u32> {
    let mut sorted = interviews.to_vec();
    sorted.sort_by_key(|held| held.days);
    let count: u64 = sorted.iter().map(|held| held.interviews).sum();
    let at = |position: u64| {
        let mut passed = 0;
        sorted.iter().find_map(|held| {
            passed += held.interviews;
            (passed > position).then_some(held.days)
        })
    };
    let (low, high) = (at(count.checked_sub(1)? / 2)?, at(count / 2)?);
    Some((low + high).div_ceil(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle_in_whole_days() {
        let of = |days: &[u32]| {
            let held = |days: &u32| Held { days: *days, was_read_back: true, interviews: 1 };
            median(&days.iter().map(held).collect::<Vec<_>>())
        };
        assert_eq!(of(&[9, 1, 4]), Some(4));
        assert_eq!(of(&[9, 1, 4, 7]), Some(6), "5.5");
        assert_eq!(of(&[3]), Some(3));
        assert_eq!(of(&[]), None);
        let many = [(2, 5), (8, 4), (30, 1)].map(|(days, interviews)| Held { days, was_read_back: false, interviews });
        assert_eq!(median(&many), Some(5), "between the fifth and the sixth of ten");
    }
}
