//! Published versions of surveys.

use super::{Problem, Survey};
use crate::clock::Time;
use crate::db::schema::survey_version;
use crate::db::{Conn, is_unique_violation};
use diesel::prelude::*;
use diesel::result::Error as QueryError;

/// One version of a survey, known by the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = survey_version)]
pub struct SurveyVersion {
    pub hash: String,
    pub code: String,
    /// The English title.
    pub title: String,
    /// When it was last published: the latest version of a survey is the one that
    /// was published last, even if an older one was taken up again.
    pub published_at: Time,
}

#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error("the survey has errors")]
    Invalid(Vec<Problem>),
    /// Two at once: the other one has published it.
    #[error("the same survey is being published at this moment; try again")]
    Busy,
    #[error(transparent)]
    Database(#[from] QueryError),
}

/// Publishes a survey file. The same content again is no error and no new row: it
/// is the latest version of its survey from now on, if it was not already.
pub fn publish(conn: &mut Conn, now: Time, source: &str) -> Result<SurveyVersion, PublishError> {
    let source = super::normal(source);
    let survey = super::parse(&source).map_err(PublishError::Invalid)?.survey;
    let hash = super::hash(&source);
    if let Some(latest) = latest(conn, survey.code.as_str())?
        && latest.hash == hash
    {
        return Ok(latest);
    }
    let version = SurveyVersion { hash, code: survey.code.into(), title: survey.title.en, published_at: now };
    let again = diesel::update(survey_version::table.find(&version.hash))
        .set(survey_version::published_at.eq(now))
        .execute(conn)?;
    if again == 0 {
        insert(conn, &version, &source)?;
    }
    Ok(version)
}

/// The survey of a version; none if there is no such version.
///
/// # Errors
/// A version that this program can no longer read is a `DeserializationError`.
pub fn load(conn: &mut Conn, hash: &str) -> QueryResult<Option<Survey>> {
    let Some(source) = source(conn, hash)? else { return Ok(None) };
    match super::read::published(&source) {
        Ok(survey) => Ok(Some(survey)),
        Err(problems) => {
            let first = problems.first().map(Problem::to_string).unwrap_or_default();
            Err(QueryError::DeserializationError(format!("survey version {hash}: {first}").into()))
        }
    }
}

/// The file of a version as it was published.
pub fn source(conn: &mut Conn, hash: &str) -> QueryResult<Option<String>> {
    // PostgreSQL takes a NUL for an error and not for an unknown hash.
    survey_version::table.find(hash.replace('\0', "")).select(survey_version::source).first(conn).optional()
}

/// The version of the survey `code` that was published last.
pub fn latest(conn: &mut Conn, code: &str) -> QueryResult<Option<SurveyVersion>> {
    survey_version::table
        .filter(survey_version::code.eq(code))
        .order((survey_version::published_at.desc(), survey_version::hash))
        .select(SurveyVersion::as_select())
        .first(conn)
        .optional()
}

/// All versions of all surveys, by code, the latest first.
pub fn list(conn: &mut Conn) -> QueryResult<Vec<SurveyVersion>> {
    survey_version::table
        .order((survey_version::code, survey_version::published_at.desc(), survey_version::hash))
        .select(SurveyVersion::as_select())
        .load(conn)
}

fn insert(conn: &mut Conn, version: &SurveyVersion, source: &str) -> Result<(), PublishError> {
    let row = (
        survey_version::hash.eq(&version.hash),
        survey_version::code.eq(&version.code),
        survey_version::title.eq(&version.title),
        survey_version::source.eq(source),
        survey_version::published_at.eq(version.published_at),
    );
    match diesel::insert_into(survey_version::table).values(row).execute(conn) {
        Ok(_) => Ok(()),
        Err(error) if is_unique_violation(&error) => Err(PublishError::Busy),
        Err(error) => Err(PublishError::Database(error)),
    }
}
