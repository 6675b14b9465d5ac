//! The council itself: its people, its campaigns, and how far they have come.

use super::offers::{self, Offers};
use super::reading;
use super::{ADMINISTRATOR, HR, INTERVIEWER, Links};
use crate::app::App;
use crate::campaign::{self, Before, Campaign, Mode, NewCampaign};
use crate::cli::release::freeze;
use crate::clock::Time;
use crate::db::Conn;
use crate::id::AccountId;
use crate::invitation::{self, DeclineReason, Letter};
use crate::staff::account::{self, Account, Role};
use crate::staff::interviewer;
use crate::staff::organisation::{self, Organisation};
use crate::staff::password::{Hash, Password};
use crate::survey::{self, Code};
use crate::workforce::{self, Period, Workforce};
use crate::{demo, id, interview, release};
use anyhow::{Context, anyhow};
use chrono::{Datelike, Months, TimeDelta};

/// Where the independent interviewer works: they never interview for it.
const NEIGHBOUR: &str = "Harrowmere Borough Council";
const POST: &str = "the principal social worker";
const BY_EMAIL: usize = 12;

/// How offers were taken up by those who had only the pages, and by those who
/// could also talk to somebody.
const ALONE: Offers = Offers {
    invited: 175,
    online: 84,
    independent: 0,
    hr: 0,
    declined: [(DeclineReason::NotAnonymous, 5), (DeclineReason::NoTime, 3)],
};
const WITH_A_CHOICE: Offers = Offers {
    invited: 105,
    online: 41,
    independent: 26,
    hr: 12,
    declined: [(DeclineReason::NoTime, 5), (DeclineReason::NothingChanges, 5)],
};

pub(super) fn found(conn: &mut Conn, app: &App) -> anyhow::Result<Links> {
    let now = app.clock.now();
    for (_, source) in survey::shipped() {
        survey::store::publish(conn, now, source)?;
    }
    let council = organisation::create(conn, demo::COUNCIL)?;
    let neighbour = organisation::create(conn, NEIGHBOUR)?;
    let staff = open_accounts(conn, &council, &neighbour)?;

    upload_workforce(conn, now, &council)?;

    let breakdowns = ["directorate", "role", "service", "mode"];
    let leavers = open(conn, app, 340, &council, "exit", "Leavers", &breakdowns)?;
    offers::make(conn, app, &leavers, &staff.interviewers, &ALONE, days_ago(app, 330))?;
    let early = freeze(conn, app, days_ago(app, 61), &leavers, &council.name)?;
    release::store::publish(conn, &leavers.id, early.number)?;
    let leavers = let_them_talk(conn, days_ago(app, 60), &leavers)?;
    let left = offers::make(conn, app, &leavers, &staff.interviewers, &WITH_A_CHOICE, days_ago(app, 55))?;
    let stayers = open(conn, app, 30, &council, "retention", "Staying: autumn round", &["directorate", "service"])?;
    let round = Offers { invited: 90, online: 38, independent: 0, hr: 0, declined: [(DeclineReason::NoTime, 0); 2] };
    let stayer = offers::make(conn, app, &stayers, &staff.interviewers, &round, days_ago(app, 25))?;
    offers::invite_by_email(conn, &stayers, round.invited, BY_EMAIL)?;
    // What staff say stands beside what leavers say, in the leavers' report.
    freeze(conn, app, now, &stayers, &council.name)?;

    let made = freeze(conn, app, now, &leavers, &council.name)?;
    reading::read(conn, app, &leavers, made.number)?;
    release::store::publish(conn, &leavers.id, made.number)?;
    let listed = release::store::find(conn, &leavers.id, made.number)?.context("the release is there")?;
    let [waits, talks, leaver, by_letter, ..] = left.as_slice() else {
        return Err(anyhow!("there are more letters than answers"));
    };
    offers::agree(conn, app, &leavers, days_ago(app, 2), talks, &staff.interviewers)?;
    offers::ask(conn, app, &leavers, days_ago(app, 1), waits, interview::Mode::Independent)?;
    offers::invite_by_email(conn, &leavers, ALONE.invited + WITH_A_CHOICE.invited, BY_EMAIL)?;

    let url = |letter: &Letter| format!("{}/i/{}", app.settings.public_url, letter.code);
    Ok(Links {
        password: staff.password,
        report: format!("{}/reports/{}", app.settings.public_url, listed.id),
        leaver: url(leaver),
        by_letter: by_letter.code.clone(),
        stayer: url(stayer.last().context("somebody has not answered")?),
    })
}

/// Of the last twelve months that are over.
fn upload_workforce(conn: &mut Conn, now: Time, council: &Organisation) -> anyhow::Result<()> {
    let to = now.date().with_day(1).and_then(|first| first.pred_opt()).context("there is a day before")?;
    let from =
        to.succ_opt().and_then(|after| after.checked_sub_months(Months::new(12))).context("there is a year before")?;
    let read = workforce::read(demo::WORKFORCE.as_bytes()).map_err(|problems| anyhow!("{problems:?}"))?;
    let of_a_year = Workforce { period: Period { from, to }, rows: read.rows };
    Ok(workforce::keep(conn, now, &council.id, &of_a_year, None).map(drop)?)
}

struct Staff {
    password: String,
    interviewers: Interviewers,
}

/// Who holds the interviews.
pub(super) struct Interviewers {
    pub independent: AccountId,
    pub hr: AccountId,
}

/// One password for all accounts, a new one each time.
fn open_accounts(conn: &mut Conn, council: &Organisation, neighbour: &Organisation) -> anyhow::Result<Staff> {
    let password: String = id::random().chars().take(14).collect();
    let hash = Password::choose(&password, &[]).map_err(|e| anyhow!("{e}"))?.hash();
    open_account(conn, ADMINISTRATOR, "Sam Field", Role::Administrator, &hash)?;
    open_account(conn, HR, "Ann Rees", Role::Hr(council.id.clone()), &hash)?;
    let dafydd = open_account(conn, INTERVIEWER, "Dafydd Morris", Role::Interviewer(None), &hash)?;
    let about = "I was a social worker for twenty years and now look after complaints at the council next door. I do not \
                 know anybody at Wrenfordshire, and nothing that you tell me goes back to it with your name.";
    interviewer::enrol(conn, &dafydd, Some(&neighbour.id), about)?;
    interviewer::serve(conn, &dafydd.id, &council.id)?;
    let role = Role::Interviewer(Some(council.id.clone()));
    let priya = open_account(conn, "psw@wrenfordshire.example", "Priya Shah", role, &hash)?;
    interviewer::enrol(
        conn,
        &priya,
        None,
        "I am the council's principal social worker. I manage nobody in the teams.",
    )?;
    Ok(Staff { password, interviewers: Interviewers { independent: dafydd.id, hr: priya.id } })
}

fn open_account(conn: &mut Conn, email: &str, name: &str, role: Role, hash: &Hash) -> anyhow::Result<Account> {
    let opened = account::open(conn, role, name, email.parse().context("the demo's addresses are right")?)?;
    account::set_password(conn, &opened.id, hash, None)?;
    Ok(opened)
}

fn open(
    conn: &mut Conn,
    app: &App,
    days: i64,
    council: &Organisation,
    survey: &str,
    name: &str,
    breakdowns: &[&str],
) -> anyhow::Result<Campaign> {
    let version = survey::store::latest(conn, survey)?.context("the survey was published")?;
    let breakdowns = breakdowns.iter().map(|code| Code::new(*code)).collect::<Result<Vec<_>, _>>()?;
    let new = NewCampaign { breakdowns, ..NewCampaign::new(council.id.clone(), version.hash, name) };
    Ok(campaign::open(conn, &app.keys, days_ago(app, days), new)?)
}

/// From now on there is somebody to talk to.
fn let_them_talk(conn: &mut Conn, now: Time, campaign: &Campaign) -> anyhow::Result<Campaign> {
    let counts = invitation::uptake(conn, &campaign.id)?;
    let before = Before { offered: counts.reached(), taken_up: counts.taken_up };
    let modes = vec![(Mode::Online, None), (Mode::Independent, None), (Mode::Hr, Some(POST.to_owned()))];
    let modes = campaign::set_modes(conn, now, campaign, modes, before).map_err(|e| anyhow!("{e}"))?;
    Ok(Campaign { modes, ..campaign.clone() })
}

fn days_ago(app: &App, days: i64) -> Time {
    app.clock.now().plus(TimeDelta::days(-days))
}
