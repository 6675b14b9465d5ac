//! A council whose leavers ask for interviews, and those who hold them.

use crate::support::council::Council;
use candour::app::App;
use candour::db::Conn;
use candour::id::{AccountId, InterviewId, InvitationId, OrganisationId};
use candour::interview::{
    self, Change, Channel, Closed, Draft, Listed, Mode, Opened, Plan, Request, SaveError, Standing, TakeError, Tally,
};
use candour::invitation::{self, InvitationCode};
use candour::jobs::{self, Report};
use candour::mail::Transport;
use candour::response::{self, HandInError};
use candour::staff::interviewer::{self, Conflict};
use candour::staff::{Account, Role, account};
use candour::survey::{self, Answers, Code, Lang};
use candour::ticket;
use chrono::TimeDelta;
use std::collections::{BTreeMap, BTreeSet};

pub struct Panel {
    pub app: App,
    pub council: Council,
}

pub const NUMBER: &str = "07700 900123";

/// What somebody leaves who is rung.
pub fn request() -> Request {
    Request {
        name: "Robin Reliant".to_owned(),
        channel: Channel::Telephone,
        reach: NUMBER.to_owned(),
        times: "Mornings".to_owned(),
        access: String::new(),
        lang: Lang::En,
        avoid: BTreeSet::new(),
        directorate: Some(code("adults")),
    }
}

pub fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// A draft with one answer.
pub fn answered(text: &str) -> Draft {
    let field = ("q.stay".to_owned(), text.to_owned());
    Draft { pages: BTreeMap::from([(code("reasons"), vec![field])]), ..Draft::default() }
}

impl Panel {
    pub fn new(app: &App) -> Panel {
        Panel { app: app.clone(), council: Council::new(app, "Westmere") }
    }

    pub fn read<T>(&self, f: impl FnOnce(&mut Conn) -> diesel::QueryResult<T>) -> T {
        self.app.db.read_blocking(f).unwrap()
    }

    pub fn write<T, E: From<diesel::result::Error> + std::fmt::Debug>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> T {
        self.app.db.write_blocking(f).unwrap()
    }

    /// An independent interviewer of the council.
    pub fn independent(&self, name: &str) -> AccountId {
        self.enrolled(name, Role::Interviewer(None))
    }

    /// Somebody in a named post of the council's own.
    pub fn of_the_council(&self, name: &str) -> AccountId {
        self.enrolled(name, Role::Interviewer(Some(self.council.organisation.clone())))
    }

    /// An independent interviewer whose employer is the council.
    pub fn employed(&self, name: &str) -> AccountId {
        self.enrolled_by(name, Role::Interviewer(None), Some(&self.council.organisation))
    }

    fn enrolled(&self, name: &str, role: Role) -> AccountId {
        self.enrolled_by(name, role, None)
    }

    fn enrolled_by(&self, name: &str, role: Role, employer: Option<&OrganisationId>) -> AccountId {
        let email = format!("{}@interviewers.example.org", name.to_lowercase().replace(' ', ".")).parse().unwrap();
        self.write(|conn| {
            let account: Account = account::open(conn, role, name, email)?;
            interviewer::enrol(conn, &account, employer, "Somebody to talk to")?;
            interviewer::serve(conn, &account.id, &self.council.organisation)?;
            anyhow::Ok(account.id)
        })
    }

    pub fn declare(&self, account: &AccountId, directorate: Option<&str>) {
        let organisation_id = self.council.organisation.clone();
        let conflict = Conflict { organisation_id, directorate: directorate.map(code) };
        self.write(|conn| {
            interviewer::declare(conn, account, &conflict)?;
            interview::let_go(conn, &self.app.keys, self.app.clock.now(), account)
        });
    }

    pub fn close_account(&self, account: &AccountId) {
        self.write(|conn| account::close(conn, account));
    }

    /// Somebody who has taken their offer up.
    pub fn person(&self) -> InvitationId {
        let code = InvitationCode::read(&self.council.codes(&self.app, 1)[0]).unwrap();
        let today = self.app.clock.now().date();
        self.write(|conn| invitation::take_up(conn, &self.app.keys, today, &code, &invitation::Exchange::Here))
            .invitation_id
    }

    /// Somebody hands in, who has nothing to say.
    pub fn try_hand_in(&self) -> Result<(), HandInError> {
        let (keys, campaign) = (&self.app.keys, &self.council.campaign);
        let ticket = ticket::mint(keys, &campaign.id, candour::id::random().as_bytes());
        self.app.db.write_blocking(|conn| {
            let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
            response::hand_in(conn, keys, campaign, &survey, &ticket, response::Mode::Online, &Answers::new())
        })
    }

    pub fn ask(&self, person: &InvitationId, mode: Mode, request: Request) {
        let (keys, now) = (&self.app.keys, self.app.clock.now());
        self.write(|conn| interview::ask(conn, keys, now, &self.council.campaign, mode, person, request, b"a ticket"));
    }

    pub fn standing(&self, person: &InvitationId) -> Option<Standing> {
        self.read(|conn| interview::standing(conn, &self.app.keys, person))
    }

    pub fn change(&self, person: &InvitationId, change: Change) -> bool {
        self.write(|conn| interview::change(conn, &self.app.keys, person, change))
    }

    pub fn withdraw(&self, person: &InvitationId) -> bool {
        self.write(|conn| interview::withdraw(conn, &self.app.keys, person))
    }

    pub fn listed(&self, by: &AccountId) -> Vec<Listed> {
        self.read(|conn| interview::listed(conn, &self.app.keys, self.app.clock.now(), by))
    }

    pub fn take(&self, by: &AccountId, id: &InterviewId) -> Result<(), TakeError> {
        self.app.db.write_blocking(|conn| interview::take(conn, self.app.clock.now(), by, id))
    }

    pub fn pass(&self, by: &AccountId, id: &InterviewId) -> Result<(), TakeError> {
        self.app.db.write_blocking(|conn| interview::pass(conn, &self.app.keys, self.app.clock.now(), by, id))
    }

    pub fn open(&self, by: &AccountId, id: &InterviewId) -> Option<Opened> {
        self.read(|conn| interview::open(conn, &self.app.keys, by, id))
    }

    pub fn plan(&self, by: &AccountId, id: &InterviewId, plan: Option<Plan>) -> Result<(), TakeError> {
        let (keys, now) = (&self.app.keys, self.app.clock.now());
        self.app.db.write_blocking(|conn| interview::set_plan(conn, keys, now, by, id, plan))
    }

    pub fn save(&self, by: &AccountId, id: &InterviewId, base: u32, draft: &Draft) -> Result<u32, SaveError> {
        self.app.db.write_blocking(|conn| interview::save_draft(conn, &self.app.keys, by, id, base, draft))
    }

    pub fn close(&self, by: &AccountId, id: &InterviewId, base: u32) -> Result<Closed, SaveError> {
        let (keys, now) = (&self.app.keys, self.app.clock.now());
        self.app.db.write_blocking(|conn| interview::close(conn, keys, now, by, id, base))
    }

    pub fn end(&self, by: &AccountId, id: &InterviewId) -> bool {
        self.write(|conn| interview::end(conn, by, id))
    }

    /// The token of a new link to read back.
    pub fn link(&self, by: &AccountId, id: &InterviewId) -> Result<String, TakeError> {
        let token = self.app.db.write_blocking(|conn| interview::make_read_back(conn, &self.app.keys, by, id))?;
        Ok(token.expose().clone())
    }

    pub fn tally(&self) -> Vec<Tally> {
        self.read(|conn| interview::tally(conn, &self.council.campaign.id))
    }

    /// One round of what happens by itself.
    pub fn run(&self) -> Report {
        let transport = Transport::from_settings(&self.app.settings).unwrap();
        tokio::runtime::Runtime::new().unwrap().block_on(jobs::run_due(&self.app, &transport)).unwrap()
    }

    pub fn hand_on(&self) {
        self.write(|conn| interview::hand_on(conn, &self.app.keys, self.app.clock.now()));
    }

    /// The one who has the only case, offered or taken.
    pub fn holder<'a>(&self, of: &[&'a AccountId]) -> Option<(&'a AccountId, InterviewId)> {
        of.iter().find_map(|account| Some((*account, self.listed(account).pop()?.case.id)))
    }

    /// Asks, and has it taken by the only one who can be offered it.
    pub fn taken_by(&self, account: &AccountId, request: Request) -> (InvitationId, InterviewId) {
        let person = self.person();
        self.ask(&person, Mode::Independent, request);
        let id = self.listed(account).pop().unwrap().case.id;
        self.take(account, &id).unwrap();
        (person, id)
    }

    pub fn pass_days(&self, days: i64) {
        self.app.clock.advance(TimeDelta::days(days));
    }
}
