//! An employer that asks who leaves, and whose people answer in the order in which they
//! were offered an interview.

use super::TestApp;
use candour::campaign::{self, Campaign, NewCampaign};
use candour::invitation::{self, Exchange, InvitationCode, Letter, Letters, Person};
use candour::release::{self, Release};
use candour::response::{self, Mode};
use candour::staff::organisation;
use candour::survey::{self, Answer, Answers, Code, Survey};
use candour::{ticket, uptake};

/// What every employer's campaign is called.
pub const CAMPAIGN: &str = "Leavers";

pub struct Employer<'a> {
    pub app: &'a TestApp,
    pub name: String,
    pub campaign: Campaign,
    survey: Survey,
}

/// A survey of one question, which asks for the main reason.
pub fn main_reason(options: &[(&str, &str)]) -> String {
    let option = |(code, label): &(&str, &str)| format!("{{ code = \"{code}\", label = \"{label}\" }},\n");
    let options: String = options.iter().map(option).collect();
    format!(
        "code = \"leaving\"\nkind = \"exit\"\nminutes = 2\ntitle = \"Leaving\"\n\n[[section]]\ncode = \"why\"\ntitle = \
         \"Why\"\n\n[[section.question]]\ncode = \"main_reason\"\ntype = \"single\"\nlabel = \"Main reason\"\noptions = \
         [\n{options}]\n"
    )
}

/// So many people who chose each option.
pub fn choosing(counts: &[(&str, usize)]) -> Vec<Answers> {
    let one = |option: &str| Answers::from([(code("main_reason"), Answer::One(code(option)))]);
    counts.iter().flat_map(|(option, people)| vec![one(option); *people]).collect()
}

pub fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

impl Employer<'_> {
    /// With *k* = 5; `is_strict` is the policy for figures that go to everybody.
    pub fn asks<'a>(app: &'a TestApp, name: &str, source: &str, is_strict: bool) -> Employer<'a> {
        let organisation = app.app.db.write_blocking(|conn| organisation::create(conn, name)).unwrap().id;
        let new = NewCampaign { is_strict, ..NewCampaign::new(organisation, "", CAMPAIGN) };
        Employer::opens(app, name, source, new)
    }

    /// A campaign of whatever kind, but for the survey's version.
    pub fn opens<'a>(app: &'a TestApp, name: &str, source: &str, new: NewCampaign) -> Employer<'a> {
        let now = app.app.clock.now();
        let opened = app.app.db.write_blocking(|conn| {
            let survey_version = survey::store::publish(conn, now, source)?.hash;
            let campaign = campaign::open(conn, &app.app.keys, now, NewCampaign { survey_version, ..new })?;
            let survey = survey::store::load(conn, &campaign.survey_version)?.unwrap();
            anyhow::Ok(Employer { app, name: name.to_owned(), campaign, survey })
        });
        opened.unwrap()
    }

    /// The next release, as of the moment at which the test's clock stands.
    pub fn release(&self) -> Release {
        let (app, campaign) = (&self.app.app, &self.campaign);
        let made = app.db.write_blocking(|conn| {
            let uptake = uptake::counts(conn, campaign)?;
            let now = app.clock.now();
            anyhow::Ok(release::create(conn, &app.keys, now, campaign, &self.name, &self.survey, uptake)?)
        });
        made.unwrap()
    }

    /// So many more are offered an interview, by letter; of them, the first answer.
    pub fn offers(&self, offered: usize, answers: &[Answers]) {
        let (app, campaign, today) = (&self.app.app, &self.campaign, self.app.app.clock.now().date());
        let batch = candour::id::random();
        let person = |n| Person::read(&format!("{batch} {n}"), "letter", "").unwrap();
        let done = app.db.write_blocking(|conn| {
            invitation::invite(conn, campaign, (0..offered).map(person).collect())?;
            let letters = invitation::letters(conn, &app.keys, today, campaign, Letters::Unsent)?;
            assert_eq!(letters.len(), offered);
            for (Letter { code, .. }, answers) in letters.iter().zip(answers) {
                let code = InvitationCode::read(code).unwrap();
                invitation::take_up(conn, &app.keys, today, &code, &Exchange::Here)?;
                let ticket = ticket::mint(&app.keys, &campaign.id, &code.as_bytes());
                response::hand_in(conn, &app.keys, campaign, &self.survey, &ticket, Mode::Online, answers)?;
            }
            anyhow::Ok(())
        });
        done.unwrap();
    }
}
