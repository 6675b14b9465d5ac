//! Getting an offer to people: which mails to queue, and what letters to print.
//!
//! A person and a code meet only where an e-mail or a letter is written. Nothing
//! here tells HR who has not taken up the offer: reminders are queued by number,
//! and letters are printed for those who never had one, or for everybody.

use super::{InvitationCode, store};
use crate::campaign::{self, Campaign};
use crate::clock::Time;
use crate::db::Conn;
use crate::id::InvitationId;
use crate::mail::{self, Subject};
use crate::secret::Keys;
use chrono::{Days, NaiveDate};
use diesel::QueryResult;

/// Queues an e-mail to everybody with an address who was not written to yet;
/// returns how many. None, once the campaign takes no invitations.
pub fn send(conn: &mut Conn, now: Time, campaign: &Campaign) -> QueryResult<usize> {
    if !campaign.takes_invitations(now.date()) {
        return Ok(0);
    }
    campaign::store::hold(conn, &campaign.id)?;
    let ids = store::never_mailed(conn, &campaign.id)?;
    queue(conn, now, ids, Subject::Invitation)
}

/// Queues a reminder to everybody with an address who has neither taken up the
/// offer nor declined it, and who may be reminded today; returns how many.
pub fn remind(conn: &mut Conn, now: Time, campaign: &Campaign) -> QueryResult<usize> {
    let latest = now.date().checked_sub_days(Days::new(campaign.reminder_days.into()));
    let Some(latest) = latest.filter(|_| campaign.takes_invitations(now.date())) else { return Ok(0) };
    campaign::store::hold(conn, &campaign.id)?;
    let ids = store::to_remind(conn, &campaign.id, campaign.reminder_limit, latest)?;
    queue(conn, now, ids, Subject::Reminder)
}

fn queue(conn: &mut Conn, now: Time, ids: Vec<InvitationId>, about: fn(InvitationId) -> Subject) -> QueryResult<usize> {
    let count = ids.len();
    ids.into_iter().try_for_each(|id| mail::store::queue(conn, now, &about(id)))?;
    Ok(count)
}

/// How many would be written to if it were done now. Not how many by [`remind`]:
/// where people came one by one, that number says who has not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ready {
    /// By [`send`].
    pub invitations: usize,
    /// By [`letters`], of those who had none yet.
    pub letters: usize,
    /// By [`letters`], of all who are written to on paper.
    pub all_letters: usize,
}

/// Counts who would be written to; nothing is queued.
pub fn ready(conn: &mut Conn, now: Time, campaign: &Campaign) -> QueryResult<Ready> {
    if !campaign.takes_invitations(now.date()) {
        return Ok(Ready::default());
    }
    Ok(Ready {
        invitations: store::never_mailed(conn, &campaign.id)?.len(),
        letters: store::on_paper(conn, &campaign.id, true)?.len(),
        all_letters: store::on_paper(conn, &campaign.id, false)?.len(),
    })
}

/// Makes a code of their own for somebody who is about to be written to. One that
/// then never goes out is harmless: nobody has it.
pub fn mint_code(conn: &mut Conn, keys: &Keys, id: &InvitationId) -> QueryResult<InvitationCode> {
    let code = InvitationCode::random();
    store::add_code(conn, id, &code.hash(keys))?;
    Ok(code)
}

/// To whom letters are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// Those who had none yet.
    Unsent,
    /// All who are written to on paper, as a reminder: also those who have taken up
    /// the offer or declined it, or else whoever prints would see who has not.
    Everyone,
}

/// One letter: whom to greet, and the code as people type it. It does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    pub name: String,
    pub code: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Letter([secret])")
    }
}

/// Makes letters, each with a new code, and counts them as sent. None, once the
/// campaign takes no invitations.
pub fn letters(
    conn: &mut Conn,
    keys: &Keys,
    today: NaiveDate,
    campaign: &Campaign,
    to: Letters,
) -> QueryResult<Vec<Letter>> {
    if !campaign.takes_invitations(today) {
        return Ok(Vec::new());
    }
    campaign::store::hold(conn, &campaign.id)?;
    let people = store::on_paper(conn, &campaign.id, to == Letters::Unsent)?;
    people
        .into_iter()
        .map(|(id, name)| {
            let code = mint_code(conn, keys, &id)?.spell();
            store::count_sent(conn, &id, today)?;
            Ok(Letter { name, code })
        })
        .collect()
}
