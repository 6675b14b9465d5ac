//! Keeping what was uploaded: one of each period.

use super::store::{self, Listed};
use super::{Period, Row, Workforce};
use crate::clock::Time;
use crate::db::{self, Conn};
use crate::id::{OrganisationId, WorkforceId};
use chrono::{Months, NaiveDate};

/// What is wrong with the dates of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    #[error("The last day is before the first")]
    Backwards,
    #[error("The period is not over yet: its last day is {} at the latest", .0.format("%Y-%m-%d"))]
    NotOver(NaiveDate),
    #[error("The period is longer than five years: upload it year by year")]
    TooLong,
}

impl Period {
    /// In whole months, where it is so many.
    pub fn months(self) -> Option<u32> {
        let after = self.to.succ_opt()?;
        (1..=60).find(|months| self.from.checked_add_months(Months::new(*months)) == Some(after))
    }

    /// Rates of it are those of a year.
    pub fn is_a_year(self) -> bool {
        self.months() == Some(12)
    }
}

/// `from` to `to`, if figures of it can be known `today`.
pub fn read_period(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Result<Period, PeriodError> {
    if to < from {
        return Err(PeriodError::Backwards);
    }
    if to > today {
        return Err(PeriodError::NotOver(today));
    }
    match from.checked_add_months(Months::new(60)) {
        Some(latest) if to < latest => Ok(Period { from, to }),
        _ => Err(PeriodError::TooLong),
    }
}

#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// There is one of this period, and it is not the one that was to be replaced.
    #[error("there are figures of this period already")]
    Another(Box<Listed>),
    /// Somebody else was faster, by less than a look.
    #[error("figures of this period came in just now: look at them, and try again")]
    Meanwhile,
    #[error(transparent)]
    Database(diesel::result::Error),
}

impl From<diesel::result::Error> for KeepError {
    fn from(error: diesel::result::Error) -> KeepError {
        if db::is_unique_violation(&error) { KeepError::Meanwhile } else { KeepError::Database(error) }
    }
}

/// Keeps `rows` as the figures of a period, in place of those that `replaces` names.
pub fn keep(
    conn: &mut Conn,
    now: Time,
    organisation: &OrganisationId,
    workforce: &Workforce,
    replaces: Option<&WorkforceId>,
) -> Result<WorkforceId, KeepError> {
    if let Some(known) = store::of_period(conn, organisation, workforce.period)? {
        if replaces != Some(&known.id) {
            return Err(KeepError::Another(Box::new(known)));
        }
        store::delete(conn, organisation, &known.id)?;
    }
    let rows: &[Row] = &workforce.rows;
    Ok(store::insert(conn, now, organisation, workforce.period, rows)?)
}
