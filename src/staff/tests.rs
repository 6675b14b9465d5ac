//! Accounts, sessions and links on a database of their own.

use super::guessing::Network;
use super::link::{Link, LinkPurpose};
use super::sign_in::{Credentials, SignInError};
use super::*;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Settings;
use crate::secret::Secret;
use chrono::TimeDelta;
use std::net::IpAddr;

const PASSWORD: &str = "a long walk by the sea";

pub(crate) fn app() -> App {
    let dir = tempfile::tempdir().unwrap().keep();
    let settings = Settings {
        database: format!("sqlite:{}", dir.join("test.db").display()).parse().unwrap(),
        key_file: dir.join("test.key"),
        ..Settings::default()
    };
    let clock = Clock::standing_at(chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap());
    App::open(settings, clock).unwrap()
}

fn address(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

fn ann(app: &App) -> Account {
    app.db
        .write_blocking(|conn| {
            let employer = organisation::create(conn, "Milbury Council")?;
            let ann = account::open(conn, Role::Hr(employer.id), "Ann Jones", address("ann@example.org"))?;
            account::set_password(conn, &ann.id, &Password::choose(PASSWORD, &[]).unwrap().hash(), None)?;
            there(account::get(conn, &ann.id))
        })
        .unwrap()
}

/// What the three operations of `ann` fail with.
#[derive(Debug, thiserror::Error)]
enum Any {
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    #[error(transparent)]
    Organisation(#[from] organisation::CreateOrganisationError),
    #[error(transparent)]
    Account(#[from] account::OpenAccountError),
}

fn there(account: QueryResult<Option<Account>>) -> Result<Account, Any> {
    Ok(account?.unwrap())
}

async fn try_with(app: &App, email: &str, password: &str) -> Result<sign_in::SignedIn, SignInError> {
    let credentials = Credentials {
        email: address(email),
        password: Secret::new(password.to_owned()),
        network: Network::from("192.0.2.1".parse::<IpAddr>().unwrap()),
        devices: Secret::new(String::new()),
    };
    sign_in::with_password(app, credentials).await
}

#[tokio::test]
async fn the_right_password_signs_in_and_every_other_case_is_refused_alike() {
    let app = app();
    let ann = ann(&app);
    assert_eq!(try_with(&app, "ANN@example.org", PASSWORD).await.unwrap().account, ann);
    assert!(matches!(try_with(&app, "ann@example.org", "a long walk by the lake").await, Err(SignInError::Refused)));
    assert!(matches!(try_with(&app, "ben@example.org", PASSWORD).await, Err(SignInError::Refused)));
    app.db.write_blocking(|conn| account::close(conn, &ann.id)).unwrap();
    assert!(matches!(try_with(&app, "ann@example.org", PASSWORD).await, Err(SignInError::Refused)));
}

#[tokio::test]
async fn after_too_many_wrong_guesses_even_the_right_one_is_refused_for_a_while() {
    let app = app();
    ann(&app);
    for _ in 0..5 {
        assert!(matches!(try_with(&app, "ann@example.org", "not this one either").await, Err(SignInError::Refused)));
    }
    assert!(matches!(try_with(&app, "ann@example.org", PASSWORD).await, Err(SignInError::Refused)));
    app.clock.advance(TimeDelta::minutes(15));
    assert!(try_with(&app, "ann@example.org", PASSWORD).await.is_ok());
}

#[test]
fn a_session_ends_with_its_time_its_row_a_new_password_or_its_account() {
    let app = app();
    let ann = ann(&app);
    let now = app.clock.now();
    let start = || app.db.write_blocking(|conn| session::start(conn, now, &ann.id)).unwrap();
    let whose = |at: crate::clock::Time, id: &crate::id::SessionId| {
        app.db.read_blocking(|conn| session::account(conn, at, id)).unwrap()
    };
    let (first, second) = (start(), start());
    assert_eq!(whose(now, &first).as_ref(), Some(&ann));
    assert_eq!(whose(now.plus(TimeDelta::hours(12)), &first), None);
    let hash = Password::choose("another long walk", &[]).unwrap().hash();
    app.db.write_blocking(|conn| account::set_password(conn, &ann.id, &hash, Some(&second))).unwrap();
    assert_eq!((whose(now, &first), whose(now, &second).is_some()), (None, true));
    app.db.write_blocking(|conn| session::end(conn, &second)).unwrap();
    assert_eq!(whose(now, &second), None);
    let third = start();
    app.db.write_blocking(|conn| account::close(conn, &ann.id)).unwrap();
    assert_eq!(whose(now, &third), None);
}

#[test]
fn a_link_works_once_for_its_purpose_and_not_after_its_time() {
    let app = app();
    let ann = ann(&app);
    let now = app.clock.now();
    let mint = |purpose| app.db.write_blocking(|conn| link::mint(conn, &app.keys, now, &ann.id, purpose)).unwrap();
    let sign_in = |token: &Secret<String>, at| {
        app.db.write_blocking(|conn| sign_in::by_link(conn, &app.keys, at, token.expose())).unwrap().is_some()
    };
    let token = mint(LinkPurpose::SignIn);
    let look = app.db.read_blocking(|conn| link::look(conn, &app.keys, now, token.expose())).unwrap();
    assert_eq!(look, Some(Link::Account(LinkPurpose::SignIn, ann.id.clone())));
    assert!(sign_in(&token, now) && !sign_in(&token, now));
    assert!(!sign_in(&mint(LinkPurpose::SignIn), now.plus(TimeDelta::minutes(15))));
    assert!(!sign_in(&mint(LinkPurpose::Password), now), "a password link asks for a password");
    let (sign_in_link, password_link) = (mint(LinkPurpose::SignIn), mint(LinkPurpose::Password));
    let hash = Password::choose("another long walk", &[]).unwrap().hash();
    let done = app
        .db
        .write_blocking(|conn| sign_in::by_password_link(conn, &app.keys, now, password_link.expose(), &hash))
        .unwrap();
    assert!(done.is_some());
    assert!(!sign_in(&sign_in_link, now), "a new password ends the links that are out");
}

#[test]
fn the_set_up_link_is_for_the_first_account_only_and_the_last_one_counts() {
    let app = app();
    let now = app.clock.now();
    let mint = || app.db.write_blocking(|conn| link::mint_set_up(conn, &app.keys, now)).unwrap();
    let look = |token: &str| app.db.read_blocking(|conn| link::look(conn, &app.keys, now, token)).unwrap();
    let (first, second) = (mint().unwrap(), mint().unwrap());
    assert_eq!((look(first.expose()), look(second.expose())), (None, Some(Link::SetUp)));
    ann(&app);
    assert!(mint().is_none());
}

#[test]
fn names_and_addresses_are_taken_once() {
    let app = app();
    ann(&app);
    let name = app.db.write_blocking(|conn| organisation::create(conn, " Milbury\r\nCouncil "));
    assert!(matches!(name, Err(organisation::CreateOrganisationError::NameTaken)));
    let account =
        app.db.write_blocking(|conn| account::open(conn, Role::Administrator, "Ann", address("Ann@Example.org")));
    assert!(matches!(account, Err(account::OpenAccountError::EmailTaken)));
}

#[test]
fn a_sweep_takes_what_is_over_and_leaves_the_rest() {
    let app = app();
    let ann = ann(&app);
    let now = app.clock.now();
    app.db
        .write_blocking(|conn| {
            session::start(conn, now, &ann.id)?;
            link::mint(conn, &app.keys, now, &ann.id, LinkPurpose::SignIn)?;
            link::mint(conn, &app.keys, now, &ann.id, LinkPurpose::Password)
        })
        .unwrap();
    let sweep = |hours| app.db.write_blocking(|conn| super::sweep(conn, now.plus(TimeDelta::hours(hours)))).unwrap();
    assert_eq!((sweep(0), sweep(1), sweep(12), sweep(24)), (0, 1, 1, 1));
}

#[test]
fn the_record_shows_an_organisation_its_own_entries_and_an_administrator_all() {
    use crate::audit::{self, Action, Actor};
    let app = app();
    let ann = ann(&app);
    let now = app.clock.now();
    app.db
        .write_blocking(|conn| {
            audit::record(conn, now, &Actor::of(&ann), Action::OpenCampaign, "Leavers")?;
            audit::record(conn, now, &Actor::operator(), Action::PublishSurvey, "exit")
        })
        .unwrap();
    let list = |of| app.db.read_blocking(|conn| audit::list(conn, of, 1)).unwrap();
    let ours = list(ann.role.organisation());
    assert_eq!(ours.len(), 1);
    assert_eq!((ours[0].who.as_deref(), ours[0].what.as_str()), (Some("Ann Jones"), "Opened campaign"));
    assert_eq!(list(None).len(), 2);
}
