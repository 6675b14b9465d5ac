//! Why people declined, of those who said why.

use super::known::{Known, is_wide_apart};
use super::model::Parts;
use super::parts::{InParts, known};
use super::{Before, UptakeCounts};
use std::collections::BTreeSet;

/// None: nothing newer can be shown. Those who declined and did not say why are a
/// part as well, and who declined first and took the offer up then is one that is
/// counted with the reason only.
pub fn decide(counts: &UptakeCounts, before: &Before) -> Option<Parts> {
    let parts = InParts { sides: vec![counts.declined_because.clone()] };
    if parts.people() < before.k || !is_wide_apart(parts.people(), counts.declined, before.k) {
        return None;
    }
    let shown = parts.shown(before, &[]);
    let earlier: Vec<&Parts> = before
        .releases
        .iter()
        .filter_map(|uptake| uptake.declined_because.as_ref().filter(|parts| parts.as_at.is_none()))
        .collect();
    let all = earlier.iter().copied().chain([&shown]).flat_map(|parts| &parts.cells);
    let names: BTreeSet<&str> = all.map(|cell| cell.option.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let of = |parts: &Parts| -> Known { known(parts, &[(&names, parts.base)]) };
    before.allows(&of(&shown), earlier.into_iter().map(of)).then_some(shown)
}
