//! What a distribution comes to: worked out from figures that are all printed, and so
//! telling nothing that they do not.

use crate::release::{Figure, Tenths};
use crate::report::model::Cell;
use crate::report::view::{GroupView, RowView};

/// The mean of ratings from 0 to 10, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    pub base: u64,
    pub mean: Tenths,
    pub low: Tenths,
    pub high: Tenths,
}

impl Mean {
    pub fn cell(&self) -> Cell {
        Cell::number(self.mean).noted([format!("({} to {})", self.low, self.high)])
    }
}

/// The mean of a rating where every rating of the group is printed, as at one release.
/// Half-up; the interval is that of the normal distribution, mean ± 1.96 s / √n with
/// n - 1 in s (NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.2, for
/// large samples), cut off at 0 and 10. None of one person alone.
pub fn mean(group: &GroupView) -> Option<Mean> {
    let (base, counts) = complete(group)?;
    let of = |value: fn(u64) -> u64| -> u64 { (0..).zip(&counts).map(|(n, count)| value(n) * count).sum() };
    let (sum, squares) = (of(|n| n), of(|n| n * n));
    if base < 2 {
        return None;
    }
    let (n, total) = (float(base)?, float(sum)?);
    let variance = (float(squares)? - total * total / n) / (n - 1.0);
    let half = 1.959_963_984_540_054 * (variance.max(0.0) / n).sqrt();
    let mean = Tenths(u32::try_from((20 * sum + base) / (2 * base)).ok()?);
    Some(Mean { base, mean, low: tenths(total / n - half), high: tenths(total / n + half) })
}

/// To a tenth, half-up, from 0 to 10.
fn tenths(value: f64) -> Tenths {
    Tenths((1..=100_u32).rev().find(|tenths| value * 10.0 + 0.5 >= f64::from(*tenths)).unwrap_or(0))
}

/// The bands up to which a quarter, half and three quarters of all answers lie: where
/// the quartiles and the median are. A band, since a number of its own would be one
/// person's answer.
pub fn quartiles(group: &GroupView) -> Option<[&RowView; 3]> {
    let (base, counts) = complete(group)?;
    let band = |quarters: u64| {
        let mut so_far = 0;
        let reaches = |(_, count): &(_, &u64)| {
            so_far += **count;
            so_far * 4 >= quarters * base
        };
        group.rows.iter().zip(&counts).find(reaches).map(|(row, _)| row)
    };
    Some([band(1)?, band(2)?, band(3)?])
}

/// The count of every row, if all are printed, are as at one release and are all that
/// answered.
fn complete(group: &GroupView) -> Option<(u64, Vec<u64>)> {
    let base = group.base.filter(|base| *base > 0)?;
    let count = |row: &RowView| row.figure.filter(|_| row.as_at.is_none()).map(|figure: Figure| figure.count);
    let counts: Vec<u64> = group.rows.iter().map(count).collect::<Option<_>>()?;
    (counts.iter().sum::<u64>() == base).then_some((base, counts))
}

fn float(number: u64) -> Option<f64> {
    u32::try_from(number).ok().map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::percent::figure;

    fn group(counts: &[u64]) -> GroupView {
        let base = counts.iter().sum();
        let row = |(n, count): (usize, &u64)| RowView {
            code: n.to_string(),
            label: n.to_string(),
            is_favourable: false,
            as_at: None,
            base: Some(base),
            figure: figure(*count, base),
        };
        GroupView {
            code: String::new(),
            labels: Vec::new(),
            as_at: None,
            base: Some(base),
            rows: counts.iter().enumerate().map(row).collect(),
            together: Vec::new(),
            favourable: None,
        }
    }

    /// The interval is that of statsmodels 0.14 (Python), `zconfint` of `DescrStatsW`.
    #[test]
    fn the_mean_of_ratings_is_rounded_half_up_with_its_interval() {
        let found = mean(&group(&[1, 0, 2, 0, 1, 3, 2, 5, 8, 4, 4])).unwrap();
        assert_eq!((found.base, found.mean, found.low, found.high), (30, Tenths(70), Tenths(61), Tenths(79)));
        assert_eq!(mean(&group(&[0, 3, 1])).unwrap().mean, Tenths(13), "1.25 is a half");
        let all_alike = mean(&group(&[0, 0, 7])).unwrap();
        assert_eq!((all_alike.low, all_alike.mean, all_alike.high), (Tenths(20), Tenths(20), Tenths(20)));
    }

    #[test]
    fn there_is_no_mean_where_a_rating_is_hidden_or_older_or_where_one_person_answered() {
        let mut hidden = group(&[3, 4, 5]);
        hidden.rows[1].figure = None;
        let mut older = group(&[3, 4, 5]);
        older.rows[0].as_at = Some(1);
        let mut short = group(&[3, 4, 5]);
        short.base = Some(13);
        for group in [hidden, older, short, group(&[0, 1]), group(&[0, 0])] {
            assert_eq!(mean(&group), None);
        }
    }

    #[test]
    fn quartiles_are_the_bands_that_a_quarter_half_and_three_quarters_are_reached_in() {
        let found = |counts: &[u64]| quartiles(&group(counts)).map(|bands| bands.map(|band| band.code.clone()));
        assert_eq!(found(&[5, 5, 5, 5]), Some(["0", "1", "2"].map(str::to_owned)));
        assert_eq!(found(&[0, 9, 0, 1]), Some(["1", "1", "1"].map(str::to_owned)));
        assert_eq!(found(&[1, 0, 0, 9]), Some(["3", "3", "3"].map(str::to_owned)));
        assert_eq!(found(&[]), None);
    }
}
