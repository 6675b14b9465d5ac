//! Percentages and their intervals, in whole numbers from end to end: the same
//! figure on every machine, and half-up where it says half-up.

use super::model::{Cell, Figure, Tenths};

/// z², where z = 1.959963984540054 is the 97.5th percentile of the normal
/// distribution, times [`SCALE`].
const Z_SQUARED: u128 = 3_841_458_820_694_125;
const SCALE: u128 = 1_000_000_000_000_000;

/// `count` of `base`, as a percentage with its 95 % Wilson interval. None for an
/// empty base (a percentage of nobody is no figure) and for more than all.
pub fn figure(count: u64, base: u64) -> Option<Figure> {
    if base == 0 || count > base {
        return None;
    }
    let (low, high) = wilson(u128::from(count), u128::from(base));
    Some(Figure { count, percent: share(count, base)?, low, high })
}

/// 100 `part` / `whole` to one decimal, a half going up: also more than 100, where
/// the part is none of the whole. None of nothing.
pub fn share(part: u64, whole: u64) -> Option<Tenths> {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let share = (2000 * part + whole).checked_div(2 * whole)?;
    u32::try_from(share).ok().map(Tenths)
}

/// The 95 % score interval without continuity correction (E. B. Wilson, "Probable
/// inference, the law of succession, and statistical inference", Journal of the
/// American Statistical Association 22, 1927; method 3 of R. G. Newcombe,
/// "Two-sided confidence intervals for the single proportion", Statistics in
/// Medicine 17, 1998), both ends to one decimal, a half going up.
///
/// With p = `count` / `base`, the ends are the two x at which
/// (p - x)² = z² x (1 - x) / `base`. They are not computed but sought among the
/// roundings: an end rounds to t tenths or more exactly when it is at least
/// x = (2t - 1) / 2000, and for such an x both sides are whole numbers. Exact up
/// to a base of a hundred million.
fn wilson(count: u128, base: u128) -> (Tenths, Tenths) {
    let is_above_share = |m: u128| m * base > 2000 * count;
    // (2000 count - m base)² against z² base m (2000 - m), where x = m / 2000.
    let distance = |m: u128| (2000 * count).abs_diff(m * base).pow(2).saturating_mul(SCALE);
    let width = |m: u128| (base * m * (2000 - m)).saturating_mul(Z_SQUARED);
    let low = greatest(|m| !is_above_share(m) && distance(m) >= width(m));
    let high = greatest(|m| !is_above_share(m) || distance(m) <= width(m));
    (low, high)
}

/// The greatest rounding t for which `reaches(2t - 1)`; 0 if there is none.
/// `reaches` holds up to some point and not beyond.
fn greatest(reaches: impl Fn(u128) -> bool) -> Tenths {
    let (mut least, mut most) = (0, 1000);
    while least < most {
        let middle = u128::midpoint(least, most + 1);
        if reaches(2 * middle - 1) {
            least = middle;
        } else {
            most = middle - 1;
        }
    }
    tenths(least)
}

fn tenths(value: u128) -> Tenths {
    Tenths(u32::try_from(value).unwrap_or(1000).min(1000))
}

/// So many of `base` who chose an option; none: not shown.
pub fn cell(option: &str, count: Option<u64>, base: u64) -> Cell {
    let figure = count.and_then(|count| figure(count, base));
    Cell {
        option: option.to_owned(),
        as_at: None,
        base: None,
        count: figure.map(|figure| figure.count),
        percent: figure.map(|figure| figure.percent),
        low: figure.map(|figure| figure.low),
        high: figure.map(|figure| figure.high),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn a_half_goes_up() {
        let cases = [(89, 200, "44.5"), (12, 18, "66.7"), (1, 8, "12.5"), (1, 16, "6.3"), (3, 16, "18.8")];
        for (count, base, percent) in cases {
            assert_eq!(figure(count, base).unwrap().percent.to_string(), percent, "{count} of {base}");
        }
        assert_eq!(figure(1, 2000).unwrap().percent.to_string(), "0.1", "0.05 is a half");
    }

    #[test]
    fn a_share_of_nobody_is_no_figure() {
        assert_eq!(figure(0, 0), None);
        assert_eq!(figure(6, 5), None);
    }

    /// The ends are those of statsmodels 0.14 (Python),
    /// `proportion_confint(count, base, 0.05, "wilson")`, rounded half-up.
    #[test]
    fn the_interval_is_the_one_that_an_independent_implementation_gives() {
        let cases = [
            (31, 84, 274, 476),
            (0, 5, 0, 434),
            (5, 5, 566, 1000),
            (1, 8, 22, 471),
            (12, 18, 437, 837),
            (89, 200, 378, 514),
            (285, 822, 315, 380),
            (456, 803, 533, 602),
            (217, 822, 235, 295),
            (3, 180, 6, 48),
            (1, 1000, 0, 6),
            (999, 1000, 994, 1000),
            (40, 80, 393, 607),
            (7, 7, 646, 1000),
            (0, 100_000, 0, 0),
        ];
        for (count, base, low, high) in cases {
            let found = figure(count, base).unwrap();
            assert_eq!((found.low.0, found.high.0), (low, high), "{count} of {base}");
        }
    }

    /// All 80,600 of them, as a digest of what `tests/intervals.py wilson` prints. Where they
    /// differ, tests/it/statsmodels.rs says which.
    #[test]
    fn every_count_of_every_base_to_400_is_the_one_of_statsmodels() {
        let mut digest = Sha256::new_with_prefix("count,base,percent,low,high\n");
        for (count, base) in (1..=400).flat_map(|base| (0..=base).map(move |count| (count, base))) {
            let Figure { percent, low, high, .. } = figure(count, base).unwrap();
            digest.update(format!("{count},{base},{percent},{low},{high}\n"));
        }
        let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, "6ddc1e673332241726f762f8c9b9d6b1ac69fab663597b52cceed975948eb211");
    }

    proptest! {
        #[test]
        fn the_interval_is_the_closed_formula_and_holds_the_percentage(base in 1_u32..100_000, thousandths in 0_u32..=1000) {
            let count = u64::from(base) * u64::from(thousandths) / 1000;
            let found = figure(count, u64::from(base)).unwrap();
            let (n, z2) = (f64::from(base), 3.841_458_820_694_125_f64);
            let p = f64::from(u32::try_from(count).unwrap()) / n;
            let half = (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt();
            let (middle, scale) = (p + z2 / (2.0 * n), 1.0 + z2 / n);
            for (end, exact) in [(found.low, (middle - half) / scale), (found.high, (middle + half) / scale)] {
                prop_assert!((f64::from(end.0) - exact * 1000.0).abs() <= 0.5 + 1e-6, "{end} for {exact}");
            }
            prop_assert!(found.low <= found.percent && found.percent <= found.high);
            prop_assert!((f64::from(found.percent.0) - p * 1000.0).abs() <= 0.5 + 1e-9);
        }

        #[test]
        fn nobody_starts_at_nothing_and_everybody_ends_at_all(base in 1_u64..10_000_000) {
            prop_assert_eq!(figure(0, base).unwrap().low, Tenths(0));
            prop_assert_eq!(figure(base, base).unwrap().high, Tenths(1000));
        }
    }
}
