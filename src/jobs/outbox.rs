//! One mail from its row to its end. The only place where a person and a code
//! meet: the code is made with the message, in one transaction, and forgotten
//! with it.

use super::{BACK_OFF, Report, notices};
use crate::app::App;
use crate::campaign;
use crate::clock::Time;
use crate::config::Settings;
use crate::db::Conn;
use crate::id::{AccountId, InvitationId};
use crate::interview;
use crate::invitation;
use crate::mail::store::Claimed;
use crate::mail::write::{self, Ask, CannotBeWritten, Form, Outside, Written};
use crate::mail::{self, Outcome, State, Subject};
use crate::secret::{Keys, Secret};
use crate::staff::link::LinkPurpose;
use crate::staff::{self, account, organisation};
use crate::survey;
use diesel::QueryResult;

/// A mail that is ours, written.
pub(super) struct Prepared {
    pub claimed: Claimed,
    pub message: Written,
    /// What is secret in it, to be kept out of what the server says about it.
    pub code: Secret<String>,
}

pub(super) enum Next {
    Nothing,
    /// It was due, but nobody needs it any more.
    NotNeeded,
    Message(Box<Prepared>),
}

/// Takes the next mail that is due and writes it. When this returns, the row says
/// that we are at it and the code in the message is good.
pub(super) async fn next(app: &App) -> QueryResult<Next> {
    let (app, now) = (app.clone(), app.clock.now());
    app.db.clone().write(move |conn| take(conn, &app.keys, &app.settings, now)).await
}

fn take(conn: &mut Conn, keys: &Keys, settings: &Settings, now: Time) -> QueryResult<Next> {
    let Some(claimed) = mail::store::claim(conn, now)? else { return Ok(Next::Nothing) };
    let written = match &claimed.subject {
        Subject::Invitation(id) => ask(conn, keys, settings, now, &claimed, id, Form::Invitation)?,
        Subject::Reminder(id) => ask(conn, keys, settings, now, &claimed, id, Form::Reminder)?,
        Subject::Link(purpose, id) => link(conn, keys, settings, now, &claimed, *purpose, id)?,
        Subject::Interview(notice, id) => match notices::write(conn, keys, settings, now, &claimed, *notice, id) {
            // The other mails need not wait until it can be read again.
            Err(error) if interview::does_not_open(&error) => {
                tracing::error!(%error, "a mail about an interview cannot be written yet");
                let later = now.plus(back_off(1).unwrap_or_default());
                let why = "its interview does not open";
                mail::store::put_back(conn, &claimed.id, State::Queued, claimed.attempts, later, why)?;
                return Ok(Next::NotNeeded);
            }
            written => written?,
        },
    };
    Ok(match written {
        Some(Ok((message, code))) => Next::Message(Box::new(Prepared { claimed, message, code })),
        Some(Err(CannotBeWritten(why))) => {
            mail::store::put_back(conn, &claimed.id, State::Failed, claimed.attempts + 1, now, &why)?;
            Next::NotNeeded
        }
        None => {
            // It looks like one that went out, so that nobody can tell from it who
            // has taken up the offer.
            mail::store::done(conn, &claimed.id)?;
            Next::NotNeeded
        }
    })
}

/// A message and what is secret in it; none: nobody needs it any more.
pub(super) type Text = Option<Result<(Written, Secret<String>), CannotBeWritten>>;

/// None: the person is gone, has answered the offer already, or it is too late.
fn ask(
    conn: &mut Conn,
    keys: &Keys,
    settings: &Settings,
    now: Time,
    claimed: &Claimed,
    id: &InvitationId,
    form: Form,
) -> QueryResult<Text> {
    let Some(person) = invitation::store::addressee(conn, id)?.filter(|person| person.is_outstanding) else {
        return Ok(None);
    };
    let campaign = campaign::store::get(conn, &person.campaign_id)?.filter(|c| c.takes_invitations(now.date()));
    let Some(campaign) = campaign else { return Ok(None) };
    let Some(organisation) = organisation::get(conn, &campaign.organisation_id)? else { return Ok(None) };
    let Some(survey) = survey::store::load(conn, &campaign.survey_version)? else { return Ok(None) };
    let code = invitation::mint_code(conn, keys, id)?.spell();
    let ask = Ask {
        form,
        organisation: &organisation.name,
        kind: campaign.kind,
        minutes: survey.minutes,
        min_base: campaign.min_base,
        closes_on: campaign.closes_on,
        languages: &survey.languages,
        name: &person.name,
        public_url: &settings.public_url,
        code: &code,
    };
    let outside = Outside { id: &claimed.id, now, from: &settings.mail_from, name: &person.name, email: &person.email };
    let written = write::ask(outside, &ask);
    Ok(Some(written.map(|message| (message, Secret::new(code)))))
}

/// None: the account is closed, or gone.
fn link(
    conn: &mut Conn,
    keys: &Keys,
    settings: &Settings,
    now: Time,
    claimed: &Claimed,
    purpose: LinkPurpose,
    id: &AccountId,
) -> QueryResult<Text> {
    let Some(account) = account::get(conn, id)?.filter(|account| !account.is_closed) else { return Ok(None) };
    let token = staff::link::mint(conn, keys, now, id, purpose)?;
    let url = format!("{}{}", settings.public_url, staff::link::path(&token));
    let email = account.email.as_str();
    let outside = Outside { id: &claimed.id, now, from: &settings.mail_from, name: &account.name, email };
    Ok(Some(write::link(outside, purpose, &url).map(|message| (message, token))))
}

/// Keeps what became of a mail.
pub(super) async fn settle(
    app: &App,
    claimed: Claimed,
    code: &Secret<String>,
    outcome: Outcome,
    report: &mut Report,
) -> QueryResult<()> {
    let now = app.clock.now();
    let attempts = claimed.attempts + 1;
    let (state, attempts, not_before, why) = match outcome {
        Outcome::Sent => {
            report.sent += 1;
            return app.db.write(move |conn| went_out(conn, now, &claimed)).await;
        }
        Outcome::Refused(why) => (State::Failed, attempts, now, why),
        Outcome::Later(why) => match back_off(attempts) {
            Some(wait) => (State::Queued, attempts, now.plus(wait), why),
            None => (State::Failed, attempts, now, why),
        },
        // Not this mail's fault: it does not count as a try.
        Outcome::Unreachable(why) => (State::Queued, claimed.attempts, now.plus(back_off(1).unwrap_or_default()), why),
        Outcome::Unknown(why) => (State::Uncertain, attempts, now, why),
    };
    match state {
        State::Queued => report.retry += 1,
        State::Uncertain => report.uncertain += 1,
        State::Failed | State::Sent | State::Sending => report.failed += 1,
    }
    let why = match &claimed.subject {
        // Servers quote addresses, and this one stands nowhere else in the clear.
        Subject::Interview(..) => "it did not go out".to_owned(),
        Subject::Invitation(_) | Subject::Reminder(_) | Subject::Link(..) => presentable(&why, code.expose()),
    };
    app.db
        .write(move |conn| {
            if let (State::Uncertain, Subject::Reminder(id)) = (state, &claimed.subject) {
                // Perhaps it arrived: the next one waits as if it had.
                invitation::store::count_sent(conn, id, now.date())?;
            }
            mail::store::put_back(conn, &claimed.id, state, attempts, not_before, &why)
        })
        .await
}

fn went_out(conn: &mut Conn, now: Time, claimed: &Claimed) -> QueryResult<()> {
    mail::store::done(conn, &claimed.id)?;
    match &claimed.subject {
        // Even if our lease was over by then: it did go out.
        Subject::Invitation(id) | Subject::Reminder(id) => invitation::store::count_sent(conn, id, now.date()),
        Subject::Link(..) | Subject::Interview(..) => Ok(()),
    }
}

/// How long to wait after so many tries; none: no more.
fn back_off(attempts: u32) -> Option<chrono::TimeDelta> {
    let tries = usize::try_from(attempts).ok()?;
    BACK_OFF.get(tries.checked_sub(1)?).copied()
}

/// What the server said, for HR to read: one line, not too long, and without our
/// code, should the server have quoted it.
fn presentable(why: &str, code: &str) -> String {
    let bare: String = code.chars().filter(|c| *c != '-').collect();
    let text = why.replace(code, "…").replace(&bare, "…");
    let line = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    line.chars().take(300).collect()
}
