//! Invitations and their codes at rest: queries, nothing else. No query lists
//! people by what became of their offer.

mod counts;

pub(super) use counts::count_reason;
pub use counts::{decline_tally, reached_since, uptake};

use super::people::{Channel, Email, Person};
use super::{Exchange, Exchanged, InvitationCode, Offer, State};
use crate::db::Conn;
use crate::db::schema::{invitation, invitation_code, mail};
use crate::id::{CampaignId, InvitationId};
use crate::secret::Keys;
use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

/// The invitation that a code belongs to.
#[derive(Debug)]
pub(super) struct Found {
    pub code_hash: String,
    pub invitation_id: InvitationId,
    pub campaign_id: CampaignId,
    pub state: State,
    pub is_exchanged: bool,
    pub exchanged_for: Option<String>,
}

impl Found {
    pub fn offer(self, keys: &Keys, code: &InvitationCode) -> Offer {
        let here = Exchange::Here.hash(keys, code);
        let exchanged = self.is_exchanged.then(|| match &self.exchanged_for {
            Some(other) if *other != here => Exchanged::Blinded,
            _ => Exchanged::Here,
        });
        let Found { invitation_id, campaign_id, state, .. } = self;
        Offer { invitation_id, campaign_id, state, exchanged }
    }
}

pub(super) fn by_code(conn: &mut Conn, code_hash: &str) -> QueryResult<Option<Found>> {
    let row: Option<(InvitationId, CampaignId, String, bool, Option<String>)> = invitation_code::table
        .find(code_hash)
        .inner_join(invitation::table)
        .select((
            invitation::id,
            invitation::campaign_id,
            invitation::state,
            invitation_code::is_exchanged,
            invitation_code::exchanged_for,
        ))
        .first(conn)
        .optional()?;
    row.map(|(invitation_id, campaign_id, state, is_exchanged, exchanged_for)| {
        let (code_hash, state) = (code_hash.to_owned(), state_of(&state)?);
        Ok(Found { code_hash, invitation_id, campaign_id, state, is_exchanged, exchanged_for })
    })
    .transpose()
}

pub(super) fn state(conn: &mut Conn, id: &InvitationId) -> QueryResult<State> {
    let state: String = invitation::table.find(id).select(invitation::state).first(conn)?;
    state_of(&state)
}

/// Moves an invitation on, if it is in one of the states `from` at that moment.
/// False: it is not (any more).
pub(super) fn change(conn: &mut Conn, id: &InvitationId, from: &[State], to: State) -> QueryResult<bool> {
    let from: Vec<&str> = from.iter().map(|state| state.as_str()).collect();
    let changed = diesel::update(invitation::table.find(id).filter(invitation::state.eq_any(from)))
        .set(invitation::state.eq(to.as_str()))
        .execute(conn)?;
    Ok(changed == 1)
}

pub(super) fn mark_exchanged(conn: &mut Conn, code_hash: &str, exchanged_for: &str) -> QueryResult<()> {
    diesel::update(invitation_code::table.find(code_hash))
        .set((invitation_code::is_exchanged.eq(true), invitation_code::exchanged_for.eq(exchanged_for)))
        .execute(conn)
        .map(drop)
}

/// Whether another of the invitation's codes than this one was exchanged.
pub(super) fn has_exchanged_another(conn: &mut Conn, id: &InvitationId, code_hash: &str) -> QueryResult<bool> {
    let exchanged = invitation_code::table
        .filter(invitation_code::invitation_id.eq(id))
        .filter(invitation_code::code_hash.ne(code_hash))
        .filter(invitation_code::is_exchanged.eq(true));
    diesel::select(exists(exchanged)).get_result(conn)
}

/// None of the invitation's codes counts as exchanged any more.
pub(super) fn take_back(conn: &mut Conn, id: &InvitationId) -> QueryResult<()> {
    diesel::update(invitation_code::table.filter(invitation_code::invitation_id.eq(id)))
        .set((invitation_code::is_exchanged.eq(false), invitation_code::exchanged_for.eq(None::<String>)))
        .execute(conn)
        .map(drop)
}

/// Keeps a new code's hash. A code that exists already is a unique violation.
pub fn add_code(conn: &mut Conn, id: &InvitationId, code_hash: &str) -> QueryResult<()> {
    diesel::insert_into(invitation_code::table)
        .values((
            invitation_code::code_hash.eq(code_hash),
            invitation_code::invitation_id.eq(id),
            invitation_code::is_exchanged.eq(false),
        ))
        .execute(conn)
        .map(drop)
}

/// Everybody who was invited to a campaign; not what they made of it.
pub fn invited(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<Person>> {
    let rows: Vec<(String, Option<String>, Option<NaiveDate>)> = invitation::table
        .filter(invitation::campaign_id.eq(campaign))
        .order((invitation::name, invitation::id))
        .select((invitation::name, invitation::email, invitation::leaving_on))
        .load(conn)?;
    rows.into_iter()
        .map(|(name, email, leaving_on)| {
            let channel = match email {
                Some(email) => Channel::Email(Email::read(&email).map_err(broken)?),
                None => Channel::Letter,
            };
            Ok(Person { name, channel, leaving_on })
        })
        .collect()
}

pub(super) fn add(conn: &mut Conn, campaign: &CampaignId, person: &Person) -> QueryResult<()> {
    diesel::insert_into(invitation::table)
        .values((
            invitation::id.eq(InvitationId::random()),
            invitation::campaign_id.eq(campaign),
            invitation::name.eq(&person.name),
            invitation::email.eq(person.email().map(Email::as_str)),
            invitation::leaving_on.eq(person.leaving_on),
            invitation::state.eq(State::Offered.as_str()),
            invitation::times_sent.eq(0),
        ))
        .execute(conn)
        .map(drop)
}

/// Whom an e-mail about an invitation goes to, and whether it is of use to them.
/// It does not print.
pub struct Addressee {
    pub campaign_id: CampaignId,
    pub name: String,
    pub email: String,
    /// Neither taken up nor declined.
    pub is_outstanding: bool,
}

impl std::fmt::Debug for Addressee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Addressee([secret])")
    }
}

/// None: there is no such invitation, or it goes by letter.
pub fn addressee(conn: &mut Conn, id: &InvitationId) -> QueryResult<Option<Addressee>> {
    let row: Option<(CampaignId, String, Option<String>, String)> = invitation::table
        .find(id)
        .select((invitation::campaign_id, invitation::name, invitation::email, invitation::state))
        .first(conn)
        .optional()?;
    Ok(row.and_then(|(campaign_id, name, email, state)| {
        let is_outstanding = state == State::Offered.as_str();
        Some(Addressee { campaign_id, name, email: email?, is_outstanding })
    }))
}

/// Counts a mail or a letter that went out.
pub fn count_sent(conn: &mut Conn, id: &InvitationId, today: NaiveDate) -> QueryResult<()> {
    diesel::update(invitation::table.find(id))
        .set((invitation::times_sent.eq(invitation::times_sent + 1), invitation::last_sent_on.eq(today)))
        .execute(conn)?;
    diesel::update(invitation::table.find(id).filter(invitation::first_sent_on.is_null()))
        .set(invitation::first_sent_on.eq(today))
        .execute(conn)
        .map(drop)
}

/// Those with an address for whom no mail was ever queued.
pub(super) fn never_mailed(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<Vec<InvitationId>> {
    invitation::table
        .filter(invitation::campaign_id.eq(campaign))
        .filter(invitation::email.is_not_null())
        .filter(invitation::state.eq(State::Offered.as_str()))
        .filter(not(exists(mail::table.filter(mail::invitation_id.eq(invitation::id.nullable())))))
        .order(invitation::id)
        .select(invitation::id)
        .load(conn)
}

/// Those with an address who have done nothing about the offer, were last written
/// to on `latest` or before, have had `limit` reminders at most, and for whom no
/// mail is on its way.
pub(super) fn to_remind(
    conn: &mut Conn,
    campaign: &CampaignId,
    limit: u32,
    latest: NaiveDate,
) -> QueryResult<Vec<InvitationId>> {
    let limit = i32::try_from(limit).unwrap_or(i32::MAX);
    invitation::table
        .filter(invitation::campaign_id.eq(campaign))
        .filter(invitation::email.is_not_null())
        .filter(invitation::state.eq(State::Offered.as_str()))
        .filter(invitation::times_sent.ge(1))
        .filter(invitation::times_sent.le(limit))
        .filter(invitation::last_sent_on.le(latest))
        .filter(not(exists(
            mail::table
                .filter(mail::invitation_id.eq(invitation::id.nullable()))
                .filter(mail::state.eq_any(["queued", "sending"])),
        )))
        .order(invitation::id)
        .select(invitation::id)
        .load(conn)
}

/// Those without an address, by name: all, or those to whom nothing went yet.
pub(super) fn on_paper(
    conn: &mut Conn,
    campaign: &CampaignId,
    is_first: bool,
) -> QueryResult<Vec<(InvitationId, String)>> {
    let mut query = invitation::table
        .filter(invitation::campaign_id.eq(campaign))
        .filter(invitation::email.is_null())
        .order((invitation::name, invitation::id))
        .select((invitation::id, invitation::name))
        .into_boxed();
    if is_first {
        query = query.filter(invitation::times_sent.eq(0));
    }
    query.load(conn)
}

fn state_of(text: &str) -> QueryResult<State> {
    State::read(text).ok_or_else(|| broken(format!("no invitation is {text:?}")))
}

/// A row that this code cannot have written.
fn broken(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> diesel::result::Error {
    diesel::result::Error::DeserializationError(why.into())
}
