//! An organisation with a campaign, its HR and its leavers, made through the
//! library: for tests that are about something that comes after.

use candour::app::App;
use candour::campaign::{self, Campaign, NewCampaign};
use candour::db::schema;
use candour::id::{InvitationId, OrganisationId};
use candour::invitation::{self, InvitationCode, Person};
use candour::staff::{self, Account, EmailAddress, Password, Role, account, organisation};
use candour::survey;
use diesel::prelude::*;

pub const PASSWORD: &str = "a kettle of dark herons";

pub struct Council {
    pub organisation: OrganisationId,
    pub campaign: Campaign,
    pub hr_email: String,
}

/// The survey that tests ask.
pub fn survey_source() -> String {
    super::sources::read("tests/it/survey.toml")
}

impl Council {
    pub fn new(app: &App, name: &str) -> Council {
        Council::with_survey(app, name, &survey_source(), &["directorate"])
    }

    pub fn with_survey(app: &App, name: &str, source: &str, breakdowns: &[&str]) -> Council {
        let now = app.clock.now();
        let hr_email = format!("hr@{}.example.org", name.to_lowercase().replace(' ', "-"));
        app.db
            .write_blocking(|conn| {
                let organisation = organisation::create(conn, name)?.id;
                add_account(conn, Role::Hr(organisation.clone()), "Hattie Roberts", &hr_email)?;
                let version = survey::store::publish(conn, now, source)?;
                let campaign = campaign::open(
                    conn,
                    &app.keys,
                    now,
                    NewCampaign {
                        breakdowns: breakdowns.iter().map(|code| survey::Code::new(*code).unwrap()).collect(),
                        ..NewCampaign::new(organisation.clone(), version.hash, "Leavers 2026")
                    },
                )?;
                anyhow::Ok(Council { organisation, campaign, hr_email: hr_email.clone() })
            })
            .unwrap()
    }

    /// Invites people who are not written to; their codes, as in a link.
    pub fn codes(&self, app: &App, count: usize) -> Vec<String> {
        use schema::invitation::dsl;
        let batch = candour::id::random();
        let people = (0..count).map(|n| Person::read(&format!("{batch} {n:04}"), "letter", "").unwrap()).collect();
        app.db
            .write_blocking(|conn| {
                invitation::invite(conn, &self.campaign, people)?;
                let ids: Vec<InvitationId> = dsl::invitation
                    .filter(dsl::name.like(format!("{batch}%")))
                    .order(dsl::name)
                    .select(dsl::id)
                    .load(conn)?;
                ids.iter()
                    .map(|id| {
                        let code = InvitationCode::random();
                        invitation::store::add_code(conn, id, &code.hash(&app.keys))?;
                        Ok(code.spell())
                    })
                    .collect::<anyhow::Result<Vec<String>>>()
            })
            .unwrap()
    }
}

/// An administrator of the installation, who signs in with [`PASSWORD`].
pub fn administrator(app: &App, email: &str) {
    app.db.write_blocking(|conn| add_account(conn, Role::Administrator, "Ada Minister", email)).map(drop).unwrap();
}

/// An account whose owner signs in with [`PASSWORD`].
pub fn add_account(conn: &mut candour::db::Conn, role: Role, name: &str, email: &str) -> anyhow::Result<Account> {
    // One hash for all: making it takes longer than the rest of a set-up.
    static HASH: std::sync::OnceLock<staff::password::Hash> = std::sync::OnceLock::new();
    let hash = HASH.get_or_init(|| Password::choose(PASSWORD, &[]).unwrap().hash());
    let email: EmailAddress = email.parse()?;
    let account = account::open(conn, role, name, email)?;
    account::set_password(conn, &account.id, hash, None)?;
    Ok(account)
}
