//! What is counted of a workforce.

use super::Number;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In the order of the file's columns and of every table. The names are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// People in post at the end of the period.
    Headcount,
    /// People in post at its start.
    HeadcountStart,
    Starters,
    Leavers,
    /// People in post at the start who still were at the end.
    Stayed,
    /// Full-time equivalents in post at the end.
    Fte,
    /// Full-time equivalents of posts that were vacant at the end.
    Vacancies,
    /// Full-time equivalents of agency staff at the end.
    Agency,
    /// Working days lost to sickness over the period.
    SicknessDays,
}

impl Measure {
    pub const ALL: [Measure; 9] = [
        Measure::Headcount,
        Measure::HeadcountStart,
        Measure::Starters,
        Measure::Leavers,
        Measure::Stayed,
        Measure::Fte,
        Measure::Vacancies,
        Measure::Agency,
        Measure::SicknessDays,
    ];

    /// Its column in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Measure::Headcount => "headcount",
            Measure::HeadcountStart => "headcount_start",
            Measure::Starters => "starters",
            Measure::Leavers => "leavers",
            Measure::Stayed => "stayed",
            Measure::Fte => "fte",
            Measure::Vacancies => "vacancies",
            Measure::Agency => "agency",
            Measure::SicknessDays => "sickness_days",
        }
    }

    /// As the heading of a table says it.
    pub fn label(self) -> &'static str {
        match self {
            Measure::Headcount => "In post at the end",
            Measure::HeadcountStart => "In post at the start",
            Measure::Starters => "Starters",
            Measure::Leavers => "Leavers",
            Measure::Stayed => "In post throughout",
            Measure::Fte => "Full-time equivalents",
            Measure::Vacancies => "Vacancies (full-time equivalents)",
            Measure::Agency => "Agency staff (full-time equivalents)",
            Measure::SicknessDays => "Sickness days",
        }
    }

    /// Whether it counts people, one by one.
    pub fn is_people(self) -> bool {
        matches!(
            self,
            Measure::Headcount | Measure::HeadcountStart | Measure::Starters | Measure::Leavers | Measure::Stayed
        )
    }
}

/// The numbers of a group; what is not in it was not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Counts(BTreeMap<Measure, Number>);

impl Counts {
    pub fn get(&self, measure: Measure) -> Option<Number> {
        self.0.get(&measure).copied()
    }

    pub fn people(&self, measure: Measure) -> Option<u64> {
        self.get(measure).map(Number::people)
    }

    pub fn set(&mut self, measure: Measure, number: Number) {
        self.0.insert(measure, number);
    }

    pub fn without(mut self, measures: &[Measure]) -> Counts {
        self.0.retain(|measure, _| !measures.contains(measure));
        self
    }
}

impl FromIterator<(Measure, Number)> for Counts {
    fn from_iter<I: IntoIterator<Item = (Measure, Number)>>(numbers: I) -> Counts {
        Counts(numbers.into_iter().collect())
    }
}

/// Their sum: of what all of them have.
impl<'a> FromIterator<&'a Counts> for Counts {
    fn from_iter<I: IntoIterator<Item = &'a Counts>>(all: I) -> Counts {
        let all: Vec<&Counts> = all.into_iter().collect();
        let sum = |measure| all.iter().map(|counts| counts.get(measure)).sum::<Option<Number>>();
        let known = Measure::ALL.into_iter().filter_map(|measure| Some((measure, sum(measure)?)));
        if all.is_empty() { Counts::default() } else { known.collect() }
    }
}
