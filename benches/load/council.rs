//! A database with a council, a campaign and the codes of people to ask.

use candour::app::App;
use candour::campaign::{self, Campaign, NewCampaign};
use candour::clock::Clock;
use candour::config::Settings;
use candour::invitation::{self, InvitationCode, Person};
use candour::staff::organisation;
use candour::survey::{self, Code, Survey};
use std::path::{Path, PathBuf};

/// How the campaigns that are measured are split.
const BREAKDOWNS: [&str; 2] = ["directorate", "service_length"];

pub struct Council {
    pub app: App,
    pub campaign: Campaign,
    pub survey: Survey,
    pub database: String,
    pub key: PathBuf,
}

impl Council {
    /// In `folder`, or in the PostgreSQL database of this address, which is to be empty.
    pub fn new(folder: &Path, postgres: Option<&str>, source: &str, breakdowns: &[&str]) -> anyhow::Result<Council> {
        let sqlite = || format!("sqlite:{}", folder.join("candour.db").display());
        let database = postgres.map_or_else(sqlite, str::to_owned);
        let key = folder.join("candour.key");
        let settings = Settings { database: database.parse()?, key_file: key.clone(), ..Settings::default() };
        let app = App::open(settings, Clock::system())?;
        let now = app.clock.now();
        let (campaign, survey) = app.db.write_blocking(|conn| {
            let organisation = organisation::create(conn, "Milbury Council")?.id;
            let version = survey::store::publish(conn, now, source)?;
            let survey = survey::store::load(conn, &version.hash)?;
            let survey = survey.ok_or_else(|| anyhow::anyhow!("the survey is not in the database"))?;
            let named = |name: &&str| Code::new(*name).ok().filter(|code| survey.question(code.as_str()).is_some());
            let breakdowns = breakdowns.iter().filter_map(named).collect();
            let new = NewCampaign { breakdowns, ..NewCampaign::new(organisation, version.hash, "Leavers 2026") };
            anyhow::Ok((campaign::open(conn, &app.keys, now, new)?, survey))
        })?;
        Ok(Council { app, campaign, survey, database, key })
    }

    /// Of the exit survey that Candour comes with.
    pub fn shipped(folder: &Path, postgres: Option<&str>) -> anyhow::Result<Council> {
        let exit = survey::shipped().iter().find(|(name, _)| *name == "exit");
        let (_, source) = exit.ok_or_else(|| anyhow::anyhow!("there is no exit survey"))?;
        Council::new(folder, postgres, source, &BREAKDOWNS)
    }

    /// Codes as links have them, of people who were asked.
    pub fn codes(&self, count: usize) -> anyhow::Result<Vec<String>> {
        use candour::db::schema::invitation::dsl;
        use diesel::prelude::*;
        let people = (0..count).map(|n| Person::read(&format!("Person {n}"), "letter", ""));
        let people = people.collect::<Result<Vec<_>, _>>().map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        self.app.db.write_blocking(|conn| {
            invitation::invite(conn, &self.campaign, people)?;
            let ids: Vec<candour::id::InvitationId> = dsl::invitation.select(dsl::id).load(conn)?;
            ids.iter()
                .map(|id| {
                    let code = InvitationCode::random();
                    invitation::store::add_code(conn, id, &code.hash(&self.app.keys))?;
                    anyhow::Ok(code.spell())
                })
                .collect()
        })
    }
}
