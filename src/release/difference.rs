//! The difference of two percentages of different people, with its interval.

use super::model::{Difference, Points};

/// z, the 97.5th percentile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub count: u64,
    pub base: u64,
}

/// By how many points the percentage `to` is above `from`, half-up, with its 95 %
/// interval: the hybrid score interval without continuity correction, method 10 of
/// R. G. Newcombe, "Interval estimation for the difference between independent
/// proportions: comparison of eleven methods", Statistics in Medicine 17, 1998.
/// None where either is a share of nobody, or of more than all.
pub fn difference(from: Share, to: Share) -> Option<Difference> {
    let (low, high) = ends(&Score::of(from)?, &Score::of(to)?);
    Some(Difference { points: exactly(from, to), low: half_up(low), high: half_up(high) })
}

fn ends(from: &Score, to: &Score) -> (f64, f64) {
    let points = to.share - from.share;
    let low = points - ((to.share - to.low).powi(2) + (from.high - from.share).powi(2)).sqrt();
    let high = points + ((to.high - to.share).powi(2) + (from.share - from.low).powi(2)).sqrt();
    (low, high)
}

/// A share with the ends of its Wilson interval, from 0 to 1.
struct Score {
    share: f64,
    low: f64,
    high: f64,
}

impl Score {
    fn of(Share { count, base }: Share) -> Option<Score> {
        if base == 0 || count > base {
            return None;
        }
        let (x, n) = (f64::from(u32::try_from(count).ok()?), f64::from(u32::try_from(base).ok()?));
        let half = Z * (Z * Z + 4.0 * x * (n - x) / n).sqrt();
        let (middle, scale) = (2.0 * x + Z * Z, 2.0 * (n + Z * Z));
        Some(Score { share: x / n, low: (middle - half) / scale, high: (middle + half) / scale })
    }
}

/// The ends are roots and lie on no half of a tenth (but for 0 and 100, which are
/// tenths): what arithmetic of 53 bits gives rounds as they do.
fn half_up(end: f64) -> Points {
    let reaches = |tenths: &i32| f64::from(2 * tenths - 1) <= end * 2000.0;
    Points((-999..=1000).rev().find(reaches).unwrap_or(-1000))
}

/// The difference itself may well lie on a half.
fn exactly(from: Share, to: Share) -> Points {
    let [from_count, from_base, to_count, to_base] = [from.count, from.base, to.count, to.base].map(i128::from);
    let (above, below) = (to_count * from_base - from_count * to_base, from_base * to_base);
    let tenths = (2000 * above + below).div_euclid(2 * below);
    Points(i32::try_from(tenths).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(from: (u64, u64), to: (u64, u64)) -> Difference {
        let share = |(count, base)| Share { count, base };
        difference(share(from), share(to)).unwrap()
    }

    /// Table II of the paper: eight pairs of shares, and the ends by method 10.
    #[test]
    fn the_interval_is_the_one_that_was_published() {
        let published = [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0000),
            ((10, 10), (0, 10), 0.6075, 1.0000),
        ];
        for (to, from, low, high) in published {
            let score = |(count, base)| Score::of(Share { count, base }).unwrap();
            let found = ends(&score(from), &score(to));
            assert!((found.0 - low).abs() < 0.000_05 && (found.1 - high).abs() < 0.000_05, "{to:?}: {found:?}");
            let printed = of(from, to);
            assert_eq!((printed.low, printed.high), (half_up(found.0), half_up(found.1)));
        }
    }

    /// By `tests/newcombe.py`, in decimal arithmetic of fifty digits.
    #[test]
    fn the_interval_is_the_one_that_an_independent_implementation_gives() {
        let mut cases = 0;
        for line in include_str!("../../tests/it/fixtures/newcombe.csv").lines().skip(1) {
            let numbers: Vec<u64> = line.split(',').take(4).map(|number| number.parse().unwrap()).collect();
            let found = of((numbers[0], numbers[1]), (numbers[2], numbers[3]));
            let printed: Vec<&str> = line.split(',').skip(4).collect();
            assert_eq!([found.points, found.low, found.high].map(|points| points.to_string()), *printed, "{line}");
            cases += 1;
        }
        assert!(cases > 1000, "{cases}");
    }

    #[test]
    fn a_half_goes_up_also_below_nothing() {
        assert_eq!(of((0, 2000), (1, 2000)).points.to_string(), "0.1", "0.05");
        assert_eq!(of((1, 2000), (0, 2000)).points.to_string(), "0.0", "-0.05");
        assert_eq!(of((3, 2000), (0, 2000)).points.to_string(), "-0.1", "-0.15");
    }

    #[test]
    fn a_share_of_nobody_is_no_share() {
        let whole = Share { count: 5, base: 5 };
        assert_eq!(difference(Share { count: 0, base: 0 }, whole), None);
        assert_eq!(difference(whole, Share { count: 6, base: 5 }), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_difference_and_stays_within_bounds(
            bases in (1_u64..100_000, 1_u64..100_000),
            parts in (0_u64..=1000, 0_u64..=1000),
        ) {
            let found = of((bases.0 * parts.0 / 1000, bases.0), (bases.1 * parts.1 / 1000, bases.1));
            prop_assert!(found.low <= found.points && found.points <= found.high);
            prop_assert!(Points(-1000) <= found.low && found.high <= Points(1000));
        }
    }
}
