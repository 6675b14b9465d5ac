//! How many cases wait and how many interviews there were: numbers of nobody.

use super::broken;
use crate::clock::Time;
use crate::db::Conn;
use crate::db::schema::{interview, interview_tally};
use crate::id::CampaignId;
use crate::interview::{Mode, State};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeMap;

/// How many cases nobody has taken yet, by the days since they were asked for.
/// From the day after: a number that grew while somebody watched could say who asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    pub up_to_two_days: u64,
    pub up_to_a_week: u64,
    pub longer: u64,
    /// Of all these: those for whom there is no interviewer.
    pub without_interviewer: u64,
}

/// How many interviews were handed in, this many whole days after they were asked
/// for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub mode: Mode,
    pub days: u32,
    /// The person heard or saw what was written down.
    pub was_read_back: bool,
    pub interviews: u64,
}

pub fn waiting(conn: &mut Conn, now: Time, campaign: &CampaignId) -> QueryResult<Waiting> {
    let rows: Vec<(NaiveDate, String)> = interview::table
        .filter(interview::campaign_id.eq(campaign))
        .filter(interview::state.ne(State::Taken.as_str()))
        .filter(interview::asked_on.lt(now.date()))
        .select((interview::asked_on, interview::state))
        .load(conn)?;
    let mut waiting = Waiting::default();
    for (asked_on, state) in rows {
        match (now.date() - asked_on).num_days() {
            ..=2 => waiting.up_to_two_days += 1,
            3..=7 => waiting.up_to_a_week += 1,
            _ => waiting.longer += 1,
        }
        if state == State::Waiting.as_str() {
            waiting.without_interviewer += 1;
        }
    }
    Ok(waiting)
}

/// The interviews that were handed in, by mode and days.
pub fn tally(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<Tally>> {
    let rows: Vec<(CampaignId, String, i32, bool, i32)> = interview_tally::table
        .filter(interview_tally::campaign_id.eq(campaign))
        .order((interview_tally::mode, interview_tally::days, interview_tally::was_read_back))
        .load(conn)?;
    rows.into_iter()
        .map(|(_, mode, days, was_read_back, interviews)| {
            Ok(Tally {
                mode: mode_of(&mode)?,
                days: u32::try_from(days).map_err(broken)?,
                was_read_back,
                interviews: u64::try_from(interviews).map_err(broken)?,
            })
        })
        .collect()
}

/// How many cases are open, whatever their state.
pub fn open_by_mode(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<BTreeMap<Mode, u64>> {
    let rows: Vec<(String, i64)> = interview::table
        .filter(interview::campaign_id.eq(campaign))
        .group_by(interview::mode)
        .select((interview::mode, count_star()))
        .load(conn)?;
    rows.into_iter().map(|(mode, n)| Ok((mode_of(&mode)?, u64::try_from(n).map_err(broken)?))).collect()
}

/// Counts one more interview. One transaction at a time may do so for a campaign:
/// whoever calls this holds it.
pub(in crate::interview) fn count(
    conn: &mut Conn,
    campaign: &CampaignId,
    mode: Mode,
    days: i64,
    was_read_back: bool,
) -> QueryResult<()> {
    let days = i32::try_from(days.max(0)).map_err(broken)?;
    let one_more = diesel::update(interview_tally::table.find((campaign, mode.as_str(), days, was_read_back)))
        .set(interview_tally::interviews.eq(interview_tally::interviews + 1))
        .execute(conn)?;
    if one_more == 1 {
        return Ok(());
    }
    diesel::insert_into(interview_tally::table)
        .values((
            interview_tally::campaign_id.eq(campaign),
            interview_tally::mode.eq(mode.as_str()),
            interview_tally::days.eq(days),
            interview_tally::was_read_back.eq(was_read_back),
            interview_tally::interviews.eq(1),
        ))
        .execute(conn)
        .map(drop)
}

fn mode_of(text: &str) -> QueryResult<Mode> {
    Mode::read(text).ok_or_else(|| broken(format!("no interview is of the mode {text:?}")))
}
