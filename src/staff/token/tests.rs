use super::*;
use crate::app::App;
use crate::campaign::NewCampaign;
use crate::staff::organisation;
use crate::staff::tests::app;
use crate::survey;
use chrono::TimeDelta;

/// Two organisations, and the campaign of the first.
fn councils(app: &App) -> (OrganisationId, OrganisationId, CampaignId) {
    let (now, source) = (app.clock.now(), survey::shipped()[0].1);
    app.db
        .write_blocking(|conn| {
            let ours = organisation::create(conn, "Milbury Council").unwrap().id;
            let theirs = organisation::create(conn, "Aldham Council").unwrap().id;
            let version = survey::store::publish(conn, now, source).unwrap();
            let new = NewCampaign::new(ours.clone(), version.hash, "Leavers");
            let campaign = campaign::open(conn, &app.keys, now, new).unwrap();
            Ok::<_, diesel::result::Error>((ours, theirs, campaign.id))
        })
        .unwrap()
}

fn made(app: &App, new: NewToken) -> Result<(ApiToken, Secret<String>), CreateTokenError> {
    app.db.write_blocking(|conn| create(conn, &app.keys, app.clock.now(), new))
}

fn shown(app: &App, now: Time, text: &str) -> Result<ApiToken, Refused> {
    app.db.read_blocking(|conn| present(conn, &app.keys, now, text))
}

#[test]
fn a_token_reads_for_its_organisation_until_it_is_ended_by_it() {
    let app = app();
    let (ours, theirs, _) = councils(&app);
    let (token, secret) = made(&app, NewToken::new(ours.clone(), " Dashboard\n")).unwrap();
    let whose = |text: &str| shown(&app, app.clock.now(), text).map(|token| token.organisation_id).ok();
    let end = |who| app.db.write_blocking(|conn| delete(conn, who, &token.id)).unwrap();
    assert!(secret.expose().starts_with(PREFIX) && secret.expose().len() <= MAX_TOKEN);
    assert_eq!((token.name.as_str(), whose(secret.expose())), ("Dashboard", Some(ours.clone())));
    assert_eq!(whose(&format!("{}x", secret.expose())), None);
    assert!(end(&theirs).is_none() && whose(secret.expose()).is_some(), "another organisation ended it");
    assert!(end(&ours).is_some() && whose(secret.expose()).is_none());
    assert!(end(&ours).is_none(), "it was ended twice");
}

#[test]
fn a_token_is_good_to_the_end_of_its_last_day() {
    let app = app();
    let (ours, ..) = councils(&app);
    let now = app.clock.now();
    let last_day = now.date().succ_opt();
    let (_, secret) = made(&app, NewToken { last_day, ..NewToken::new(ours, "Dashboard") }).unwrap();
    let midnight = Time::new(last_day.unwrap().succ_opt().unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc());
    assert!(shown(&app, midnight.plus(TimeDelta::microseconds(-1)), secret.expose()).is_ok());
    let refused = shown(&app, midnight, secret.expose());
    assert!(matches!(refused, Err(Refused::Over(day)) if Some(day) == last_day), "{refused:?}");
}

#[test]
fn all_that_is_wrong_with_a_new_token_is_said_at_once() {
    let app = app();
    let (ours, theirs, campaign) = councils(&app);
    let wrong = NewToken {
        scopes: Vec::new(),
        // It is there, and another's.
        campaign_id: Some(campaign.clone()),
        last_day: app.clock.now().date().pred_opt(),
        ..NewToken::new(theirs, "\u{0} ")
    };
    let Err(CreateTokenError::Refused(refused)) = made(&app, wrong) else { panic!("it was made") };
    assert_eq!(refused, [Problem::NoName, Problem::NoScope, Problem::UnknownCampaign, Problem::IsOver]);
    let long = made(&app, NewToken::new(ours.clone(), "x".repeat(121)));
    assert!(matches!(long, Err(CreateTokenError::Refused(refused)) if refused == [Problem::NameTooLong]));
    let today = Some(app.clock.now().date());
    let right = NewToken { campaign_id: Some(campaign), last_day: today, ..NewToken::new(ours, "x".repeat(120)) };
    assert!(made(&app, right).is_ok());
}

#[test]
fn what_a_token_was_made_for_is_kept_with_it() {
    let app = app();
    let (ours, _, campaign) = councils(&app);
    let new = NewToken {
        scopes: vec![Scope::Reports, Scope::Releases, Scope::Reports],
        campaign_id: Some(campaign.clone()),
        ..NewToken::new(ours.clone(), "Website")
    };
    let (token, secret) = made(&app, new).unwrap();
    assert_eq!(token.scopes.to_string(), "releases:read reports:read");
    assert_eq!(shown(&app, app.clock.now(), secret.expose()).unwrap(), token);
    assert!(token.reaches(&campaign) && !token.reaches(&CampaignId::random()));
    assert_eq!(app.db.read_blocking(|conn| list(conn, &ours)).unwrap(), [token]);
    for text in ["", "releases:read  reports:read", "releases:write", "releases:read x"] {
        assert_eq!(Scopes::parse(text), None, "{text}");
    }
}

#[test]
fn the_day_of_the_last_use_moves_on_and_never_back() {
    let app = app();
    let (ours, ..) = councils(&app);
    let (token, _) = made(&app, NewToken::new(ours, "Dashboard")).unwrap();
    let now = app.clock.now();
    let used_on = |at: Time| {
        app.db.write_blocking(|conn| note_use(conn, at, &token.id)).unwrap();
        app.db.read_blocking(|conn| get(conn, &token.id)).unwrap().unwrap().used_on
    };
    assert_eq!(token.used_on, None);
    assert_eq!(used_on(now), Some(now.date()));
    assert_eq!(used_on(now.plus(TimeDelta::days(3))), now.date().checked_add_days(chrono::Days::new(3)));
    assert_eq!(used_on(now), now.date().checked_add_days(chrono::Days::new(3)));
}
