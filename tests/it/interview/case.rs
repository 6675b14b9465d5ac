//! A case that an interviewer has taken, with a ticket that is good.

use super::panel::{Panel, request};
use crate::support::council::{Council, PASSWORD};
use crate::support::{TestApp, Visitor};
use candour::id::{AccountId, InterviewId, InvitationId};
use candour::interview::{self, Mode, Opened};
use candour::response;
use candour::staff::{Password, account};
use candour::ticket::{self, Ticket};

pub const EMAIL: &str = "ivor@interviewers.example.org";

pub struct Case {
    pub panel: Panel,
    pub person: InvitationId,
    pub ticket: Ticket,
    pub by: AccountId,
    pub id: InterviewId,
}

impl Case {
    pub fn new(app: &TestApp) -> Case {
        Case::of(app, Mode::Independent)
    }

    pub fn of(app: &TestApp, mode: Mode) -> Case {
        Case::given(Panel::new(&app.app), mode)
    }

    pub fn with_survey(app: &TestApp, source: &str) -> Case {
        let council = Council::with_survey(&app.app, "Westmere", source, &[]);
        Case::given(Panel { app: app.app.clone(), council }, Mode::Independent)
    }

    fn given(panel: Panel, mode: Mode) -> Case {
        let app = panel.app.clone();
        let by = match mode {
            Mode::Independent => panel.independent("Ivor"),
            Mode::Hr => panel.of_the_council("Ivor"),
        };
        let person = panel.person();
        let ticket = ticket::mint(&app.keys, &panel.council.campaign.id, person.as_str().as_bytes());
        let (keys, now, right) = (&app.keys, app.clock.now(), ticket.bytes());
        panel.write(|conn| interview::ask(conn, keys, now, &panel.council.campaign, mode, &person, request(), &right));
        let id = panel.listed(&by).pop().unwrap().case.id;
        panel.take(&by, &id).unwrap();
        let case = Case { panel, person, ticket, by, id };
        case.end_sessions();
        case
    }

    /// Gives the interviewer their password, which signs them out everywhere.
    pub fn end_sessions(&self) {
        let hash = Password::choose(PASSWORD, &[]).unwrap().hash();
        self.panel.write(|conn| account::set_password(conn, &self.by, &hash, None));
    }

    pub fn path(&self, page: &str) -> String {
        format!("/interviews/{}/{page}", self.id)
    }

    /// The interviewer, signed in.
    pub fn interviewer(&self, app: &TestApp) -> Visitor {
        let mut visitor = app.visitor();
        visitor.open("/sign-in");
        visitor.press("Sign in", &[("email", EMAIL), ("password", PASSWORD)]);
        visitor
    }

    pub fn opened(&self) -> Option<Opened> {
        self.panel.open(&self.by, &self.id)
    }

    /// What the database holds of one field that was entered.
    pub fn entered(&self, field: &str) -> Vec<String> {
        let draft = self.opened().unwrap().draft;
        let all = draft.pages.into_values().flatten();
        all.filter(|(name, _)| name == field).map(|(_, value)| value).collect()
    }

    /// The person answers online meanwhile.
    pub fn answer_online(&self) {
        let (keys, campaign) = (&self.panel.app.keys, &self.panel.council.campaign);
        self.panel.write(|conn| ticket::spend(conn, keys, &campaign.id, &self.ticket, b""));
    }

    /// The responses that are there, with how they were given.
    pub fn responses(&self) -> Vec<response::Counted> {
        let (keys, campaign) = (&self.panel.app.keys, &self.panel.council.campaign.id);
        self.panel.write(|conn| {
            response::count_in(conn, keys, campaign, 1)?;
            response::counted(conn, keys, campaign)
        })
    }
}
