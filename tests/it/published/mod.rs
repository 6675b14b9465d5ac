//! What public bodies have published of their exit interviews, answered once more as
//! campaigns of ours: what our report prints of the same answers, and where and why
//! that is something else than was printed there.
//!
//! Of the answers only as much is known as follows from what was published; what had to
//! be made up to have whole people is said beside each.

mod alexandria;
mod east_herts;
mod few;
mod halves;
mod police_scotland;
mod printed;

/// All (count, base) whose percentage without decimals, a half going up, is `printed`.
fn bases_that_print(printed: u64, bases: std::ops::RangeInclusive<u64>) -> Vec<(u64, u64)> {
    let all = bases.flat_map(|base| (0..=base).map(move |count| (count, base)));
    all.filter(|(count, base)| (200 * count + base) / (2 * base) == printed).collect()
}
