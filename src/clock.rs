//! Where time comes from. Everything else takes `now` as an argument.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
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

    /// This much later (earlier, if negative); stays put where the calendar ends.
    pub fn plus(self, delta: TimeDelta) -> Self {
        Time(self.0.checked_add_signed(delta).unwrap_or(self.0))
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
