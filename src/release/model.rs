//! A release as it is frozen, served and rendered: DESIGN.md section 6.

use super::uptake::Uptake;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The field order is the order in the JSON, and the hash is over that text:
/// do not reorder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    pub organisation: String,
    pub campaign: String,
    pub survey: SurveyRef,
    #[serde(rename = "release")]
    pub number: u32,
    pub as_of: NaiveDate,
    pub previous_hash: Option<String>,
    /// SHA-256 over this JSON with an empty string here.
    pub hash: String,
    /// The fingerprint of the key that signed its respondents' tickets: the one that
    /// each of them saw, if it is the same for everybody. Earlier releases say none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket_key: Option<String>,
    pub policy: Policy,
    /// None where so few were asked that the figures would be about too few.
    pub uptake: Option<Uptake>,
    /// Responses counted.
    pub base: u64,
    pub tables: Vec<Table>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurveyRef {
    pub code: String,
    pub version: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    pub min_base: u32,
    pub comment_min_base: u32,
    pub decimals: u32,
    /// No range in which a hidden number of people can be shown to lie is narrower.
    /// Earlier releases say nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protection: Option<u32>,
    /// For publication to the world: no count of few within a group either.
    #[serde(default, skip_serializing_if = "is_false")]
    pub strict: bool,
}

impl Policy {
    /// *k*: nothing is said of fewer people.
    pub fn k(&self) -> u64 {
        u64::from(self.min_base)
    }

    /// *w*: how wide a range has to stay.
    pub fn width(&self) -> u64 {
        self.protection.map_or(0, u64::from)
    }

    /// *K*: so many have to be hidden together.
    pub fn least(&self) -> u64 {
        self.k().max(self.width())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// One question in total (`breakdown` none), or split by another, or by a crossing
/// of two, which are then both named: `directorate*role`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub question: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub breakdown: Option<String>,
    pub groups: Vec<Group>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<Others>,
}

/// Everybody but the groups that are shown: those of hidden groups, those who did not
/// say, and those who came after the release that a group's figures are as at. Nothing
/// but the total less the groups, both as they are printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Others {
    pub base: u64,
    pub cells: Vec<Cell>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favourable: Option<Figure>,
}

/// The figures of one group; of everybody where `group` is none. `base` none:
/// not published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub group: Option<String>,
    /// The release up to which the figures count, where that is an earlier one:
    /// too few people have come since for newer figures to be safe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<u32>,
    pub base: Option<u64>,
    pub cells: Option<Vec<Cell>>,
    /// All favourable answers together, where the question has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favourable: Option<Figure>,
    /// Several options shown as one, where single ones would be of too few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collapsed: Option<Vec<Collapsed>>,
}

/// So many chose one of several options; none: not published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Collapsed {
    pub options: Vec<String>,
    pub count: Option<u64>,
    pub percent: Option<Tenths>,
    pub low: Option<Tenths>,
    pub high: Option<Tenths>,
}

/// A cell's figures are all there or all none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    pub option: String,
    /// As [`Group::as_at`], where an option of a breakdown's own table stays
    /// behind the rest of it; `base` is then what its percentage is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_at: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<u64>,
    pub count: Option<u64>,
    pub percent: Option<Tenths>,
    pub low: Option<Tenths>,
    pub high: Option<Tenths>,
}

/// A count of a base that stands beside it, with its 95 % Wilson interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub count: u64,
    pub percent: Tenths,
    pub low: Tenths,
    pub high: Tenths,
}

/// A percentage in tenths: 369 is 36.9, and prints as that everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(pub u32);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// A difference of two percentages, in tenths of a point: -23 is -2.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(pub i32);

/// By how many points one percentage is above another, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub points: Points,
    pub low: Points,
    pub high: Points,
}

impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}", Tenths(self.0.unsigned_abs()))
    }
}

impl Serialize for Points {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10.0)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        (-1000..=1000_i32)
            .find(|tenths| (f64::from(*tenths) / 10.0 - value).abs() < 1e-9)
            .map(Points)
            .ok_or_else(|| serde::de::Error::custom("not a difference of percentages with one decimal"))
    }
}

impl Serialize for Tenths {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10.0)
    }
}

impl<'de> Deserialize<'de> for Tenths {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        // Only what has one decimal and is a percentage is one of ours.
        (0..=1000_u32)
            .find(|tenths| (f64::from(*tenths) / 10.0 - value).abs() < 1e-9)
            .map(Tenths)
            .ok_or_else(|| serde::de::Error::custom("not a percentage with one decimal"))
    }
}
