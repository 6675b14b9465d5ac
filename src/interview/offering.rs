//! To whom cases go: offered to one interviewer at a time, handed on, and given
//! up when their time is over.

use super::eligible::{self, Candidate, Past, Wanted};
use super::model::{Case, Channel, Details, State};
use super::store::{self, Row};
use super::{Mode, seal};
use crate::campaign::{self, Campaign};
use crate::clock::Time;
use crate::db::{self, Conn};
use crate::id::{AccountId, CampaignId, InterviewId, InvitationId, OrganisationId};
use crate::mail::{self, Notice};
use crate::secret::{self, Keys};
use crate::staff::interviewer;
use chrono::{Days, NaiveDate};
use diesel::QueryResult;
use std::collections::BTreeMap;

/// Offers a case, which the caller holds, to somebody; it waits where there is
/// nobody. Draft and plan of an interviewer before them are gone. `lapsed`: who
/// has just let the days pass.
pub(super) fn offer(
    conn: &mut Conn,
    keys: &Keys,
    now: Time,
    row: &Row,
    mut details: Details,
    lapsed: Option<&AccountId>,
) -> QueryResult<()> {
    let id = &row.case.id;
    let choice = choose(conn, row, &details, lapsed)?;
    if choice.is_none() && row.case.state == State::Waiting {
        return Ok(());
    }
    let had_time = details.plan.take().is_some() && details.request.channel == Channel::Email;
    let sealed = seal::details(conn, keys, id, &details)?;
    store::offer(conn, id, choice.as_ref(), now.date(), &sealed)?;
    if had_time {
        // It holds no longer, and they are told so.
        mail::queue_notice(conn, now, Notice::InterviewTime, id)?;
    }
    match choice {
        Some(_) => mail::queue_notice(conn, now, Notice::CaseOffered, id),
        None => Ok(()),
    }
}

fn choose(conn: &mut Conn, row: &Row, details: &Details, lapsed: Option<&AccountId>) -> QueryResult<Option<AccountId>> {
    let organisation = campaign_of(conn, &row.case.campaign_id)?.organisation_id;
    let candidates = candidates(conn, &organisation, &row.case.id, lapsed)?;
    let chance = u64::from_le_bytes(secret::random_bytes());
    Ok(eligible::choose(wanted(&organisation, row.case.mode, details), &candidates, chance))
}

fn wanted<'a>(organisation: &'a OrganisationId, mode: Mode, details: &'a Details) -> Wanted<'a> {
    let request = &details.request;
    Wanted { organisation, mode, directorate: request.directorate.as_ref(), avoid: &request.avoid }
}

fn candidates(
    conn: &mut Conn,
    organisation: &OrganisationId,
    id: &InterviewId,
    lapsed: Option<&AccountId>,
) -> QueryResult<Vec<Candidate>> {
    let (open_cases, passes) = (store::open_cases(conn)?, store::passes(conn, id)?);
    interviewer::serving(conn, organisation)?
        .into_iter()
        .map(|interviewer| {
            let account = &interviewer.account.id;
            let past = match passes.get(account) {
                Some(true) => Past::Refused,
                Some(false) if lapsed == Some(account) => Past::LapsedNow,
                Some(false) => Past::Lapsed,
                None => Past::Nothing,
            };
            let conflicts = interviewer::conflicts(conn, account)?;
            let open_cases = open_cases.get(account).copied().unwrap_or(0);
            Ok(Candidate { interviewer, conflicts, open_cases, past })
        })
        .collect()
}

/// Offers what was not taken in time to another, and what has waited to whoever
/// can have it by now. What an interviewer holds whose account was closed goes on
/// too, whoever closed it.
pub fn hand_on(conn: &mut Conn, keys: &Keys, now: Time) -> QueryResult<()> {
    for account in store::holders(conn)? {
        if interviewer::get(conn, &account)?.is_none() {
            let_go(conn, keys, now, &account)?;
        }
    }
    for id in store::not_taken(conn)? {
        // Looked at before it is held: most of the time there is nothing to do.
        let Some(row) = store::get(conn, &id)? else { continue };
        if !is_to_go_on(conn, keys, now, &row)? {
            continue;
        }
        let Some(row) = store::hold(conn, &id)? else { continue };
        if !is_to_go_on(conn, keys, now, &row)? {
            continue;
        }
        let Some(details) = seal::open_unless_damaged(conn, keys, &row)? else { continue };
        let lapsed = row.case.interviewer_id.clone();
        if let Some(account) = &lapsed {
            store::add_pass(conn, &id, account, false)?;
        }
        offer(conn, keys, now, &row, details, lapsed.as_ref())?;
    }
    Ok(())
}

fn is_to_go_on(conn: &mut Conn, keys: &Keys, now: Time, row: &Row) -> QueryResult<bool> {
    Ok(match row.case.state {
        State::Waiting => match seal::open_unless_damaged(conn, keys, row)? {
            Some(details) => choose(conn, row, &details, None)?.is_some(),
            None => false,
        },
        State::Offered => last_day_of_offer(&campaign_of(conn, &row.case.campaign_id)?, &row.case) < now.date(),
        State::Taken => false,
    })
}

/// Takes from an interviewer what they may not hold any more: all, if their
/// account is closed; else what they have declared, and what was only offered to
/// them by an organisation that they no longer serve. It goes to others.
pub fn let_go(conn: &mut Conn, keys: &Keys, now: Time, account: &AccountId) -> QueryResult<()> {
    for Row { case, .. } in store::of(conn, account)? {
        let Some(row) = store::hold(conn, &case.id)? else { continue };
        if row.case.interviewer_id.as_ref() != Some(account) {
            continue;
        }
        let Some(details) = seal::open_unless_damaged(conn, keys, &row)? else { continue };
        if !may_keep(conn, &row.case, &details, account)? {
            offer(conn, keys, now, &row, details, None)?;
        }
    }
    Ok(())
}

fn may_keep(conn: &mut Conn, case: &Case, details: &Details, account: &AccountId) -> QueryResult<bool> {
    let Some(holder) = interviewer::get(conn, account)? else { return Ok(false) };
    let organisation = campaign_of(conn, &case.campaign_id)?.organisation_id;
    let conflicts = interviewer::conflicts(conn, account)?;
    let fits = wanted(&organisation, case.mode, details).fits(&holder, &conflicts);
    // An interview that is under way goes on where nothing speaks against it.
    let serves = case.state == State::Taken
        || interviewer::serving(conn, &organisation)?.iter().any(|one| one.account.id == *account);
    Ok(fits && serves)
}

/// Erases the cases whose time is over; returns whose they were, for their offers
/// to stand again: but for those who may answer online with what they hold already.
pub fn expire(conn: &mut Conn, keys: &Keys, now: Time) -> QueryResult<Vec<InvitationId>> {
    let mut campaigns: BTreeMap<CampaignId, Campaign> = BTreeMap::new();
    let mut over = Vec::new();
    for (id, campaign_id, asked_on) in store::asked(conn)? {
        if !campaigns.contains_key(&campaign_id) {
            campaigns.insert(campaign_id.clone(), campaign_of(conn, &campaign_id)?);
        }
        if campaigns.get(&campaign_id).is_none_or(|campaign| now.date() <= last_day(campaign, asked_on)) {
            continue;
        }
        let Some(row) = store::get(conn, &id)? else { continue };
        let details = seal::open_unless_damaged(conn, keys, &row)?;
        if let Some(details) = &details {
            // Before the case, as those do who ask, withdraw or answer online instead.
            db::alone(conn, details.invitation_id.as_str())?;
        }
        if erase(conn, &id)? {
            over.extend(details.filter(|details| !details.is_right_out).map(|details| details.invitation_id));
        }
    }
    Ok(over)
}

/// Takes a case away, with all that is sealed in it and the mails about it.
pub(super) fn erase(conn: &mut Conn, id: &InterviewId) -> QueryResult<bool> {
    // Mails first, as the job goes that sends them: neither waits for the other.
    mail::forget_interview(conn, id)?;
    store::delete(conn, id)
}

/// The last day on which an interviewer may take what was offered to them.
pub(super) fn last_day_of_offer(campaign: &Campaign, case: &Case) -> NaiveDate {
    after(case.since, campaign.offer_days).min(last_day(campaign, case.asked_on))
}

/// The last day on which a case is there.
pub(super) fn last_day(campaign: &Campaign, asked_on: NaiveDate) -> NaiveDate {
    let last = after(asked_on, campaign.contact_days);
    campaign.last_day_of_responses().map_or(last, |responses| last.min(responses))
}

/// The last of so many days, the first of which is `first`.
fn after(first: NaiveDate, days: u32) -> NaiveDate {
    first.checked_add_days(Days::new(u64::from(days).saturating_sub(1))).unwrap_or(NaiveDate::MAX)
}

/// A case refers to its campaign, which is never deleted.
pub(super) fn campaign_of(conn: &mut Conn, id: &CampaignId) -> QueryResult<Campaign> {
    campaign::store::get(conn, id)?.ok_or(diesel::result::Error::NotFound)
}
