//! Rates of a workforce, each with its definition, in whole numbers from end to end.

use super::{Counts, Measure, Number};
use crate::release::{Tenths, percent};
use std::fmt;

/// In the order of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Turnover,
    Stability,
    Vacancy,
    Agency,
    Sickness,
}

/// A rate with what it was worked out from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub kind: Kind,
    pub numerator: Number,
    pub denominator: Number,
    /// Half-up; a percentage, or for [`Kind::Sickness`] days.
    pub value: Tenths,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Turnover, Kind::Stability, Kind::Vacancy, Kind::Agency, Kind::Sickness];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Turnover => "turnover",
            Kind::Stability => "stability",
            Kind::Vacancy => "vacancy",
            Kind::Agency => "agency",
            Kind::Sickness => "sickness",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Kind::Turnover => "Turnover",
            Kind::Stability => "Stability",
            Kind::Vacancy => "Vacancy rate",
            Kind::Agency => "Agency rate",
            Kind::Sickness => "Sickness days for each full-time equivalent",
        }
    }

    pub fn definition(self) -> &'static str {
        match self {
            Kind::Turnover => {
                "Leavers over the period, as a percentage of the average of those in post at its start and those in post \
                 at its end."
            }
            Kind::Stability => {
                "Those in post at the start of the period who were still in post at its end, as a percentage of all in \
                 post at its start."
            }
            Kind::Vacancy => {
                "Vacant posts at the end of the period, as a percentage of vacant posts and staff in post together; in \
                 full-time equivalents."
            }
            Kind::Agency => {
                "Agency staff at the end of the period, as a percentage of agency staff and staff in post together; in \
                 full-time equivalents."
            }
            Kind::Sickness => {
                "Working days lost to sickness over the period, for each full-time equivalent in post at its end."
            }
        }
    }

    /// Whether it is a share, in per cent.
    pub fn is_percentage(self) -> bool {
        self != Kind::Sickness
    }

    /// None where what it takes was not given, or where it would be a rate of nobody.
    pub fn of(self, counts: &Counts) -> Option<Rate> {
        let get = |measure| counts.get(measure).map(Number::hundredths);
        let (numerator, denominator) = match self {
            Kind::Turnover => {
                (get(Measure::Leavers)?, u64::midpoint(get(Measure::HeadcountStart)?, get(Measure::Headcount)?))
            }
            Kind::Stability => (get(Measure::Stayed)?, get(Measure::HeadcountStart)?),
            Kind::Vacancy => (get(Measure::Vacancies)?, get(Measure::Fte)? + get(Measure::Vacancies)?),
            Kind::Agency => (get(Measure::Agency)?, get(Measure::Fte)? + get(Measure::Agency)?),
            Kind::Sickness => (get(Measure::SicknessDays)?, get(Measure::Fte)?),
        };
        let value = match self {
            // A share in per cent is a hundred times a rate for each.
            Kind::Sickness => percent::share(numerator, denominator.checked_mul(100)?)?,
            Kind::Turnover | Kind::Stability | Kind::Vacancy | Kind::Agency => percent::share(numerator, denominator)?,
        };
        Some(Rate {
            kind: self,
            numerator: Number::of_hundredths(numerator),
            denominator: Number::of_hundredths(denominator),
            value,
        })
    }
}

/// With its unit: 14.8%, 10.0 days.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.value, if self.kind.is_percentage() { "%" } else { " days" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(numbers: &[(Measure, u64)]) -> Counts {
        numbers.iter().map(|(measure, hundredths)| (*measure, Number::of_hundredths(*hundredths))).collect()
    }

    fn printed(kind: Kind, numbers: &[(Measure, u64)]) -> Option<String> {
        let rate = kind.of(&counts(numbers))?;
        Some(format!("{} of {}: {rate}", rate.numerator, rate.denominator))
    }

    #[test]
    fn each_rate_is_its_definition_and_says_of_what() {
        let year = [
            (Measure::Headcount, 31_000),
            (Measure::HeadcountStart, 29_700),
            (Measure::Starters, 5_800),
            (Measure::Leavers, 4_500),
            (Measure::Stayed, 25_200),
            (Measure::Fte, 26_250),
            (Measure::Vacancies, 2_125),
            (Measure::Agency, 1_400),
            (Measure::SicknessDays, 261_850),
        ];
        let said = Kind::ALL.map(|kind| printed(kind, &year).unwrap());
        let expected = [
            "45 of 303.5: 14.8%",
            "252 of 297: 84.8%",
            "21.25 of 283.75: 7.5%",
            "14 of 276.5: 5.1%",
            "2618.5 of 262.5: 10.0 days",
        ];
        assert_eq!(said, expected);
    }

    /// Turnover of 14.9 % was East Herts's of 2017/18; more than everybody can leave.
    #[test]
    fn a_half_goes_up_and_more_than_all_can_leave() {
        let turnover = |leavers: u64, start: u64, end: u64| {
            let whole = [(Measure::Leavers, leavers), (Measure::HeadcountStart, start), (Measure::Headcount, end)];
            Kind::Turnover.of(&counts(&whole.map(|(measure, count)| (measure, count * 100)))).unwrap().value.to_string()
        };
        assert_eq!(turnover(1, 16, 16), "6.3", "6.25 is a half");
        assert_eq!(turnover(43, 288, 289), "14.9");
        assert_eq!(turnover(30, 11, 10), "285.7");
        assert_eq!(turnover(0, 11, 0), "0.0");
    }

    #[test]
    fn a_rate_of_nobody_or_of_what_was_not_given_is_not_given() {
        assert_eq!(printed(Kind::Turnover, &[(Measure::Leavers, 0), (Measure::Headcount, 100)]), None);
        for kind in Kind::ALL {
            assert_eq!(printed(kind, &Measure::ALL.map(|measure| (measure, 0))), None, "{kind:?}");
            assert_eq!(printed(kind, &[]), None, "{kind:?}");
        }
    }

    proptest! {
        #[test]
        fn rates_are_what_decimal_fractions_give(part in 0_u32..1_000_000, whole in 1_u32..1_000_000) {
            let (n, d) = (u64::from(part), u64::from(whole));
            let rate = Kind::Stability.of(&counts(&[(Measure::Stayed, n), (Measure::HeadcountStart, d)])).unwrap();
            let exact = f64::from(part) / f64::from(whole) * 1000.0;
            prop_assert!((f64::from(rate.value.0) - exact).abs() <= 0.5 + 1e-6);
            let days = Kind::Sickness.of(&counts(&[(Measure::SicknessDays, n), (Measure::Fte, d)])).unwrap();
            prop_assert!((f64::from(days.value.0) - exact / 100.0).abs() <= 0.5 + 1e-6);
        }
    }
}
