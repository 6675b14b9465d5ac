//! Surveys are published as immutable versions.

use crate::support::TestApp;
use candour::clock::Time;
use candour::survey::store::{latest, list, load, publish, source};
use candour::survey::{PublishError, SurveyVersion};
use chrono::TimeDelta;

const EXIT: &str = include_str!("../../surveys/exit.toml");

fn published(app: &TestApp, now: Time, source: &str) -> SurveyVersion {
    app.app.db.write_blocking(|conn| publish(conn, now, source)).unwrap()
}

on_both! {
    fn a_published_survey_is_loaded_as_it_was(app: TestApp) {
        let version = published(&app, app.app.clock.now(), EXIT);
        assert_eq!(version.hash, candour::survey::hash(EXIT));
        let survey = app.app.db.read_blocking(|conn| load(conn, &version.hash)).unwrap().unwrap();
        assert_eq!(survey, candour::survey::parse(EXIT).unwrap().survey);
        assert_eq!((version.code.as_str(), &version.title), ("exit", &survey.title.en));
        let kept = app.app.db.read_blocking(|conn| source(conn, &version.hash)).unwrap();
        assert_eq!(kept.as_deref(), Some(EXIT));
        assert!(app.app.db.read_blocking(|conn| load(conn, "unknown")).unwrap().is_none());
    }

    fn the_same_content_is_the_same_version(app: TestApp) {
        let now = app.app.clock.now();
        let first = published(&app, now, EXIT);
        assert_eq!(published(&app, now.plus(TimeDelta::days(1)), EXIT), first);
        assert_eq!(published(&app, now.plus(TimeDelta::days(1)), &EXIT.replace('\n', "\r\n")), first);
        assert_eq!(app.app.db.read_blocking(list).unwrap(), [first]);
    }

    fn the_latest_version_is_the_one_published_last(app: TestApp) {
        let now = app.app.clock.now();
        let changed = format!("{EXIT}\n# A new version.\n");
        let old = published(&app, now, EXIT);
        let new = published(&app, now.plus(TimeDelta::days(1)), &changed);
        assert_ne!(old.hash, new.hash);
        let the_latest = || app.app.db.read_blocking(|conn| latest(conn, "exit")).unwrap().unwrap().hash;
        assert_eq!(the_latest(), new.hash);
        published(&app, now.plus(TimeDelta::days(2)), EXIT);
        assert_eq!(the_latest(), old.hash);
        assert_eq!(app.app.db.read_blocking(list).unwrap().len(), 2);
        assert!(app.app.db.read_blocking(|conn| latest(conn, "unknown")).unwrap().is_none());
    }

    fn a_survey_with_errors_is_not_published(app: TestApp) {
        let now = app.app.clock.now();
        let refused = app.app.db.write_blocking(|conn| publish(conn, now, "code = \"exit\"\n"));
        assert!(matches!(refused, Err(PublishError::Invalid(problems)) if problems.len() > 2));
        assert!(app.app.db.read_blocking(list).unwrap().is_empty());
    }
}
