//! Where time comes from. Everything else takes `now` as an argument.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment in UTC, to the microsecond: what both databases keep.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    diesel_derive_newtype::DieselNewType,
)]
#[serde(transparent)]
pub struct Time(NaiveDateTime);

impl Time {
    pub fn new(at: DateTime<Utc>) -> Self {
        Time(at.naive_utc().trunc_subsecs(6))
    }

    pub fn date(self) -> NaiveDate {
        self.0.date()
    }

    /// Seconds since 1970.
    pub fn unix(self) -> i64 {
        self.0.and_utc().timestamp()
    }

    /// As clocks on walls in the United Kingdom say it: an hour ahead from the last
    /// Sunday of March to the last of October, 01:00 UTC both (the Summer Time Act
    /// 1972 as it stands).
    pub fn in_britain(self) -> NaiveDateTime {
        let change = |month| {
            let last = NaiveDate::from_ymd_opt(self.0.year(), month, 31)?;
            let back = TimeDelta::days(last.weekday().num_days_from_sunday().into());
            last.checked_sub_signed(back)?.and_hms_opt(1, 0, 0)
        };
        match (change(3), change(10)) {
            (Some(spring), Some(autumn)) if (spring..autumn).contains(&self.0) => self.plus(TimeDelta::hours(1)).0,
            _ => self.0,
        }
    }

    /// This much later (earlier, if negative); stays put where the calendar ends.
    pub fn plus(self, delta: TimeDelta) -> Self {
        Time(self.0.checked_add_signed(delta).unwrap_or(self.0))
    }
}

/// To the second.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} UTC", self.0.format("%F %T"))
    }
}

/// The system's clock, or one that tests set.
#[derive(Clone, Debug)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    pub fn system() -> Self {
        Clock(None)
    }

    /// Stands at `at` until it is moved.
    pub fn standing_at(at: DateTime<Utc>) -> Self {
        Clock(Some(Arc::new(AtomicI64::new(at.timestamp_micros()))))
    }

    /// Moves a standing clock; the system's stays as it is.
    pub fn advance(&self, by: TimeDelta) {
        if let (Some(micros), Some(by)) = (&self.0, by.num_microseconds()) {
            micros.fetch_add(by, Ordering::SeqCst);
        }
    }

    pub fn now(&self) -> Time {
        let set = self.0.as_ref().and_then(|micros| DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)));
        #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
        Time::new(set.unwrap_or_else(Utc::now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_time_begins_and_ends_on_the_last_sunday_at_one() {
        let wall = |at: &str| Time::new(at.parse().unwrap()).in_britain().format("%d %H:%M").to_string();
        for (utc, on_the_wall) in [
            ("2026-03-29T00:59:59Z", "29 00:59"),
            ("2026-03-29T01:00:00Z", "29 02:00"),
            ("2026-10-25T00:59:59Z", "25 01:59"),
            ("2026-10-25T01:00:00Z", "25 01:00"),
            ("2024-03-31T01:00:00Z", "31 02:00"),
            ("2027-10-31T00:30:00Z", "31 01:30"),
            ("2026-06-30T23:30:00Z", "01 00:30"),
            ("2026-12-01T14:03:00Z", "01 14:03"),
        ] {
            assert_eq!(wall(utc), on_the_wall, "{utc}");
        }
    }
}
