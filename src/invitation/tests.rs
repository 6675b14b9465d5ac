use super::*;
use crate::db::schema::{campaign, invitation, organisation, survey_version};
use crate::db::{self, Db};
use crate::id::{InvitationId, OrganisationId};
use chrono::Days;
use diesel::prelude::*;

/// A database of its own with one campaign that closes on 30 November.
pub(crate) struct Ground {
    pub db: Db,
    pub keys: Keys,
    pub campaign: CampaignId,
    dir: tempfile::TempDir,
}

pub(crate) fn ground() -> Ground {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("test.db").display()).parse().unwrap();
    let db = Db::open(&url).unwrap();
    let campaign = CampaignId::random();
    db.write_blocking(|conn| {
        db::migrate(conn)?;
        let organisation = OrganisationId::random();
        diesel::insert_into(organisation::table)
            .values((organisation::id.eq(&organisation), organisation::name.eq("Milbury Council")))
            .execute(conn)?;
        diesel::insert_into(survey_version::table)
            .values((
                survey_version::hash.eq("v"),
                survey_version::code.eq("exit"),
                survey_version::title.eq("Why you are leaving"),
                survey_version::source.eq(exit_survey()),
                survey_version::published_at.eq(crate::clock::Clock::system().now()),
            ))
            .execute(conn)?;
        diesel::insert_into(campaign::table)
            .values((
                campaign::id.eq(&campaign),
                campaign::organisation_id.eq(&organisation),
                campaign::survey_version.eq("v"),
                campaign::name.eq("Leavers"),
                campaign::kind.eq("exit"),
                campaign::min_base.eq(5),
                campaign::comment_min_base.eq(10),
                campaign::opened_on.eq(day(1)),
                campaign::closes_on.eq(day(30)),
                campaign::reminder_days.eq(7),
                campaign::reminder_limit.eq(2),
            ))
            .execute(conn)?;
        anyhow::Ok(())
    })
    .unwrap();
    Ground { db, keys: Keys::random(), campaign, dir }
}

fn exit_survey() -> &'static str {
    let shipped = crate::survey::shipped();
    shipped.iter().map(|(_, source)| *source).find(|source| source.contains("code = \"exit\"")).unwrap()
}

pub(crate) fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
}

impl Ground {
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// Invites somebody by hand and gives them so many codes.
    fn person(&self, codes: usize) -> Vec<InvitationCode> {
        let id = InvitationId::random();
        let codes: Vec<_> = (0..codes).map(|_| InvitationCode::random()).collect();
        self.db
            .write_blocking(|conn| {
                diesel::insert_into(invitation::table)
                    .values((
                        invitation::id.eq(&id),
                        invitation::campaign_id.eq(&self.campaign),
                        invitation::name.eq("Alex"),
                        invitation::state.eq("offered"),
                        invitation::times_sent.eq(0),
                    ))
                    .execute(conn)?;
                codes.iter().try_for_each(|code| store::add_code(conn, &id, &code.hash(&self.keys)))
            })
            .unwrap();
        codes
    }

    fn take_up(&self, today: NaiveDate, code: &InvitationCode) -> Result<CampaignId, Refused> {
        self.db.write_blocking(|conn| Ok(take_up(conn, &self.keys, today, code, &Exchange::Here)?.campaign_id))
    }

    fn decline(&self, code: &InvitationCode, reason: Option<DeclineReason>) -> Result<Offer, Refused> {
        self.db.write_blocking(|conn| decline(conn, &self.keys, day(2), code, reason))
    }

    fn look(&self, code: &InvitationCode) -> Option<State> {
        self.offer(code).map(|offer| offer.state)
    }

    fn offer(&self, code: &InvitationCode) -> Option<Offer> {
        self.db.read_blocking(|conn| look(conn, &self.keys, day(2), code)).ok()
    }

    fn counts(&self) -> Counts {
        self.db.read_blocking(|conn| uptake(conn, &self.campaign)).unwrap()
    }
}

#[test]
fn an_offer_is_taken_up_once_and_again_with_the_same_code_only() {
    let ground = ground();
    let [first, second] = ground.person(2).try_into().unwrap();
    assert_eq!(ground.look(&first), Some(State::Offered));
    assert_eq!(ground.take_up(day(2), &second).unwrap(), ground.campaign);
    assert_eq!(ground.take_up(day(2), &second).unwrap(), ground.campaign);
    assert!(matches!(ground.take_up(day(2), &first), Err(Refused::NotGood)));
    assert!(matches!(ground.decline(&second, None), Err(Refused::NotGood)));
    assert_eq!((ground.look(&first), ground.look(&second)), (None, Some(State::TakenUp)));
    assert_eq!(ground.counts(), Counts { offered: 1, taken_up: 1, ..Counts::default() });
}

#[test]
fn who_declined_may_think_again() {
    let ground = ground();
    let [first, second] = ground.person(2).try_into().unwrap();
    ground.person(1);
    ground.decline(&first, Some(DeclineReason::NoTime)).unwrap();
    ground.decline(&first, Some(DeclineReason::Other)).unwrap();
    assert_eq!(ground.look(&second), Some(State::Declined));
    assert_eq!(ground.counts(), Counts { offered: 2, declined: 1, outstanding: 1, unsent: 1, ..Counts::default() });
    ground.take_up(day(2), &first).unwrap();
    assert_eq!(ground.counts(), Counts { offered: 2, taken_up: 1, outstanding: 1, unsent: 1, ..Counts::default() });
    let tally = ground.db.read_blocking(|conn| decline_tally(conn, &ground.campaign)).unwrap();
    assert_eq!(tally, [(DeclineReason::NoTime, 1)].into(), "once, with what they said first");
}

#[test]
fn an_offer_that_stands_again_is_taken_up_with_any_of_its_codes() {
    let ground = ground();
    let [first, second] = ground.person(2).try_into().unwrap();
    let id = ground.offer(&first).unwrap().invitation_id;
    let stand_again = || ground.db.write_blocking(|conn| stand_again(conn, &id)).unwrap();
    assert!(!stand_again(), "it stands already");
    ground.take_up(day(2), &first).unwrap();
    assert!(stand_again());
    assert_eq!((ground.look(&first), ground.look(&second)), (Some(State::Offered), Some(State::Offered)));
    ground.take_up(day(2), &second).unwrap();
    assert_eq!((ground.look(&first), ground.look(&second)), (None, Some(State::TakenUp)));
}

#[test]
fn who_withdraws_is_like_one_who_declined_at_once() {
    let ground = ground();
    let [first, second] = ground.person(2).try_into().unwrap();
    ground.take_up(day(2), &first).unwrap();
    let id = ground.offer(&first).unwrap().invitation_id;
    let withdraw = || ground.db.write_blocking(|conn| withdraw(conn, &id)).unwrap();
    assert!(withdraw() && !withdraw());
    assert_eq!((ground.look(&first), ground.look(&second)), (Some(State::Declined), Some(State::Declined)));
    assert!(!ground.db.read_blocking(|conn| store::has_exchanged_another(conn, &id, "")).unwrap());
    ground.take_up(day(2), &second).unwrap();
    assert_eq!((ground.look(&first), ground.look(&second)), (None, Some(State::TakenUp)));
    let tally = ground.db.read_blocking(|conn| decline_tally(conn, &ground.campaign)).unwrap();
    assert!(tally.is_empty());
}

#[test]
fn uptake_is_counted_from_the_day_on_which_the_offer_first_went_out() {
    let ground = ground();
    let codes: Vec<_> = (0..3).map(|_| ground.person(1).remove(0)).collect();
    for (n, code) in (2..).zip(&codes) {
        let id = ground.offer(code).unwrap().invitation_id;
        let sent = |on| ground.db.write_blocking(|conn| store::count_sent(conn, &id, on)).unwrap();
        sent(day(n));
        sent(day(9));
    }
    ground.take_up(day(9), &codes[0]).unwrap();
    ground.take_up(day(9), &codes[2]).unwrap();
    let since = |n| ground.db.read_blocking(|conn| reached_since(conn, &ground.campaign, day(n))).unwrap();
    assert_eq!(since(2), Reached { offered: 3, taken_up: 2 });
    assert_eq!(since(3), Reached { offered: 2, taken_up: 1 });
    assert_eq!(since(5), Reached::default(), "reminders are no first sending");
}

#[test]
fn a_code_is_good_until_the_campaign_closes_and_an_exchanged_one_for_a_week_longer() {
    let ground = ground();
    let [exchanged] = ground.person(1).try_into().unwrap();
    let [late] = ground.person(1).try_into().unwrap();
    ground.take_up(day(30), &exchanged).unwrap();
    let after = |days| day(30).checked_add_days(Days::new(days)).unwrap();
    assert!(matches!(ground.take_up(after(1), &late), Err(Refused::NotGood)));
    assert!(ground.take_up(after(7), &exchanged).is_ok());
    assert!(matches!(ground.take_up(after(8), &exchanged), Err(Refused::NotGood)));
}

#[test]
fn a_code_that_nobody_has_or_of_another_key_is_refused() {
    let ground = ground();
    let [code] = ground.person(1).try_into().unwrap();
    assert_eq!(ground.look(&InvitationCode::random()), None);
    let elsewhere = ground.db.read_blocking(|conn| look(conn, &Keys::random(), day(2), &code));
    assert!(matches!(elsewhere, Err(Refused::NotGood)));
}

#[test]
fn of_two_codes_used_at_once_exactly_one_takes_the_offer_up() {
    let ground = ground();
    for _ in 0..10 {
        let codes = ground.person(4);
        let good = std::thread::scope(|scope| {
            let all: Vec<_> = codes.iter().map(|code| scope.spawn(|| ground.take_up(day(2), code).is_ok())).collect();
            all.into_iter().map(|one| one.join().unwrap()).filter(|good| *good).count()
        });
        assert_eq!(good, 1);
    }
    assert_eq!(ground.counts().taken_up, 10);
}

#[test]
fn the_same_person_is_invited_once() {
    let ground = ground();
    let upload = |text: &str| {
        let people = people::parse(text).unwrap();
        ground
            .db
            .write_blocking(|conn| {
                let campaign = crate::campaign::store::get(conn, &ground.campaign)?.unwrap();
                invite(conn, &campaign, people)
            })
            .unwrap()
    };
    let text = "name,email,leaving date\nBo,bo@example.org,\nBo Li,BO@Example.ORG,\nCy,letter,1/12/2026\nCy,letter,\n";
    let first = upload(text);
    assert_eq!((first.new, first.already.len()), (3, 1));
    assert_eq!(first.already[0].name, "Bo Li");
    let second = upload(text);
    assert_eq!((second.new, second.already.len()), (0, 4));
    let counts = ground.counts();
    assert_eq!((counts.offered, counts.outstanding, counts.unsent), (3, 3, 3));
}
