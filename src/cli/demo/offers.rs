//! How people take an offer up: online, with an interviewer, or not at all.

use super::council::Interviewers;
use crate::app::App;
use crate::campaign::Campaign;
use crate::cli::release::asked;
use crate::clock::Time;
use crate::db::Conn;
use crate::demo;
use crate::id::{AccountId, InterviewId};
use crate::interview::{self, Channel, Draft, Plan, Request};
use crate::invitation::people::Person;
use crate::invitation::{self, DeclineReason, InvitationCode, Letter, Letters};
use crate::response::{self, Mode};
use crate::survey::{Answers, Lang};
use crate::ticket::{self, Ticket};
use anyhow::{Context, anyhow};
use chrono::{Datelike, NaiveTime, TimeDelta};

/// How many do what with an offer; the rest let it be.
pub(super) struct Offers {
    pub invited: usize,
    pub online: usize,
    pub independent: usize,
    pub hr: usize,
    pub declined: [(DeclineReason, usize); 2],
}

/// Invites people who have not been invited yet, on paper, so that their codes are
/// known here; then they do what `offers` says. The letters of those who did nothing.
pub(super) fn make(
    conn: &mut Conn,
    app: &App,
    campaign: &Campaign,
    interviewers: &Interviewers,
    offers: &Offers,
    now: Time,
) -> anyhow::Result<Vec<Letter>> {
    let known = usize::try_from(invitation::uptake(conn, &campaign.id)?.offered)?;
    invite(conn, campaign, known, offers.invited, false)?;
    let mut letters = invitation::letters(conn, &app.keys, now.date(), campaign, Letters::Unsent)?.into_iter();
    let survey = asked(conn, campaign)?;
    let seed = u64::try_from(known)? + 10;
    let mut told = demo::answers(&survey, offers.online + offers.independent + offers.hr, seed).into_iter();
    for (letter, answers) in letters.by_ref().take(offers.online).zip(told.by_ref()) {
        answer_online(conn, app, campaign, now, &letter, &answers)?;
    }
    let modes = [(interview::Mode::Independent, offers.independent), (interview::Mode::Hr, offers.hr)];
    for (mode, count) in modes {
        for (n, (letter, answers)) in letters.by_ref().take(count).zip(told.by_ref()).enumerate() {
            ask(conn, app, campaign, now, &letter, mode)?;
            let days = 4 + i64::try_from(n % 9)?;
            hold(conn, app, campaign, interviewers, mode, now.plus(TimeDelta::days(days)), &answers)?;
        }
    }
    for (reason, count) in offers.declined {
        for letter in letters.by_ref().take(count) {
            invitation::decline(conn, &app.keys, now.date(), &code(&letter)?, Some(reason))?;
        }
    }
    Ok(letters.collect())
}

/// Some more, to whom nothing has gone out yet.
pub(super) fn invite_by_email(conn: &mut Conn, campaign: &Campaign, known: usize, count: usize) -> anyhow::Result<()> {
    invite(conn, campaign, known, count, true)
}

fn invite(conn: &mut Conn, campaign: &Campaign, known: usize, count: usize, by_email: bool) -> anyhow::Result<()> {
    let people = demo::people(known + count)
        .iter()
        .skip(known)
        .map(|(name, email)| {
            let channel = if by_email { email } else { "letter" };
            Person::read(name, channel, "").map_err(|problems| anyhow!("{name}: {problems:?}"))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok(invitation::invite(conn, campaign, people).map(drop)?)
}

fn answer_online(
    conn: &mut Conn,
    app: &App,
    campaign: &Campaign,
    now: Time,
    letter: &Letter,
    answers: &Answers,
) -> anyhow::Result<()> {
    let code = code(letter)?;
    invitation::take_up(conn, &app.keys, now.date(), &code, &invitation::Exchange::Here)?;
    let ticket = ticket::mint(&app.keys, &campaign.id, &code.as_bytes());
    let survey = asked(conn, campaign)?;
    Ok(response::hand_in(conn, &app.keys, campaign, &survey, &ticket, Mode::Online, answers)?)
}

/// Asks for an interview by telephone.
pub(super) fn ask(
    conn: &mut Conn,
    app: &App,
    campaign: &Campaign,
    now: Time,
    letter: &Letter,
    mode: interview::Mode,
) -> anyhow::Result<()> {
    let code = code(letter)?;
    let offer = invitation::take_up(conn, &app.keys, now.date(), &code, &invitation::Exchange::Here)?;
    let right = ticket::mint(&app.keys, &campaign.id, &code.as_bytes()).bytes();
    let request = Request {
        name: letter.name.clone(),
        channel: Channel::Telephone,
        reach: "01632 960 123".to_owned(),
        times: "After four in the afternoon, not on a Friday".to_owned(),
        access: String::new(),
        lang: Lang::En,
        avoid: [].into(),
        directorate: None,
    };
    Ok(interview::ask(conn, &app.keys, now, campaign, mode, &offer.invitation_id, request, &right)?)
}

/// Takes the case that waits longest, agrees on a time and leaves it at that.
pub(super) fn agree(
    conn: &mut Conn,
    app: &App,
    campaign: &Campaign,
    now: Time,
    letter: &Letter,
    interviewers: &Interviewers,
) -> anyhow::Result<()> {
    ask(conn, app, campaign, now, letter, interview::Mode::Independent)?;
    let by = &interviewers.independent;
    let id = take(conn, app, now, by)?;
    let day = app.clock.now().plus(TimeDelta::days(2)).date();
    let at = day.and_time(NaiveTime::from_hms_opt(16, 30, 0).context("there is such a time")?);
    let plan = Plan { at, minutes: 45, place: "By telephone".to_owned() };
    interview::set_plan(conn, &app.keys, now, by, &id, Some(plan)).map_err(|e| anyhow!("{e}"))
}

/// Holds the interview that was asked for last, and hands it in.
fn hold(
    conn: &mut Conn,
    app: &App,
    campaign: &Campaign,
    interviewers: &Interviewers,
    mode: interview::Mode,
    now: Time,
    answers: &Answers,
) -> anyhow::Result<()> {
    let (by, mode) = match mode {
        interview::Mode::Independent => (&interviewers.independent, Mode::Independent),
        interview::Mode::Hr => (&interviewers.hr, Mode::Hr),
    };
    let id = take(conn, app, now, by)?;
    let draft = Draft { was_read_out: !now.date().ordinal().is_multiple_of(4), ..Draft::default() };
    let version = interview::save_draft(conn, &app.keys, by, &id, 0, &draft).map_err(|e| anyhow!("{e}"))?;
    let closed = interview::close(conn, &app.keys, now, by, &id, version).map_err(|e| anyhow!("{e}"))?;
    let ticket = Ticket::from_bytes(&closed.details.right).context("the right of a case is a ticket")?;
    let survey = asked(conn, campaign)?;
    Ok(response::hand_in(conn, &app.keys, campaign, &survey, &ticket, mode, answers)?)
}

fn take(conn: &mut Conn, app: &App, now: Time, by: &AccountId) -> anyhow::Result<InterviewId> {
    let listed = interview::listed(conn, &app.keys, now, by)?;
    let offered = listed.into_iter().rfind(|one| one.case.state == interview::State::Offered);
    let id = offered.context("the interview was offered")?.case.id;
    interview::take(conn, now, by, &id).map_err(|e| anyhow!("{e}"))?;
    Ok(id)
}

fn code(letter: &Letter) -> anyhow::Result<InvitationCode> {
    InvitationCode::read(&letter.code).context("a letter's code is one")
}
