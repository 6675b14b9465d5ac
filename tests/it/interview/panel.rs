//! A council whose leavers ask for interviews, and those who hold them.

use crate::support::council::Council;
use candour::app::App;
use candour::db::Conn;
use candour::id::{AccountId, InterviewId, InvitationId, OrganisationId};
use candour::interview::{
    self, Change, Channel, Closed, Draft, Listed, Mode, Opened, Plan, Request, SaveError, Standing, TakeError,
};
use candour::staff::interviewer::{self, Conflict};
use candour::staff::{Account, Role, account, organisation};
use candour::survey::{Code, Lang};
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

    pub fn organisation(&self, name: &str) -> OrganisationId {
        self.write(|conn| organisation::create(conn, name)).id
    }

    /// An independent interviewer of the council.
    pub fn independent(&self, name: &str) -> AccountId {
        self.enrolled(name, Role::Interviewer(None))
    }

    /// Somebody in a named post of the council's own.
    pub fn of_the_council(&self, name: &str) -> AccountId {
        self.enrolled(name, Role::Interviewer(Some(self.council.organisation.clone())))
    }

    fn enrolled(&self, name: &str, role: Role) -> AccountId {
        let email = format!("{}@interviewers.example.org", name.to_lowercase()).parse().unwrap();
        self.write(|conn| {
            let account: Account = account::open(conn, role, name, email)?;
            interviewer::enrol(conn, &account, None, "Somebody to talk to")?;
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

    /// Somebody who was invited.
    pub fn person(&self) -> InvitationId {
        use candour::db::schema::invitation::dsl;
        use diesel::prelude::*;
        let before: Vec<InvitationId> = self.read(|conn| dsl::invitation.select(dsl::id).load(conn));
        self.council.codes(&self.app, 1);
        self.read(|conn| dsl::invitation.filter(dsl::id.ne_all(before)).select(dsl::id).first(conn))
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

    pub fn hand_on(&self) {
        self.write(|conn| interview::hand_on(conn, &self.app.keys, self.app.clock.now()));
    }

    /// The one who has the only case, offered or taken.
    pub fn holder<'a>(&self, of: &[&'a AccountId]) -> Option<(&'a AccountId, InterviewId)> {
        of.iter().find_map(|account| Some((*account, self.listed(account).pop()?.case.id)))
    }

    pub fn pass_days(&self, days: i64) {
        self.app.clock.advance(TimeDelta::days(days));
    }
}
