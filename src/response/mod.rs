//! Answers at rest: one person's answers without their texts, and the texts
//! apart from them and from each other. Nothing of who, when or in what order.
//!
//! What is handed in is durable at once, and lies sealed with its spent ticket until a
//! release counts it: whoever has copies of the database from before and after sees
//! that something came, and not what. A release takes all that is there, mixes it and
//! writes it in one go ([`count_in`]).

mod damage;
pub mod import;
mod mixing;
mod sealing;
mod store;
mod upgrade;

pub use damage::{Damage, damage};
pub use mixing::count_in;
pub use upgrade::{bind_releases, seal_plain};

use crate::campaign::{self, Campaign};
use crate::db::{self, Conn};
use crate::id::{CampaignId, CommentId};
use crate::secret::Keys;
use crate::survey::layout::Layout;
use crate::survey::{self, Answers, Code, Survey, journey};
use crate::ticket::{self, SpendError, Ticket};
use diesel::QueryResult;
use diesel::result::Error;
use sealing::{Kept, LaidOut, Responses, Text};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Envelopes to open at a time. Within as many as these, nothing tells which comment
/// came with which response.
const MOST_AT_ONCE: i64 = 5_000;
const CHUNK: usize = 5_000;

/// A response that a release has counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The release that first counted it.
    pub release: u32,
    pub mode: Mode,
    /// Without texts: those are comments.
    pub answers: Answers,
}

/// A text that a release has counted. It does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Comment {
    /// It stays from the release that counts it first.
    pub id: CommentId,
    /// The release that first counted it.
    pub release: u32,
    pub question: Code,
    pub text: String,
}

impl std::fmt::Debug for Comment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Comment({}, [text])", self.question)
    }
}

/// How the answers were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Online,
    Independent,
    Hr,
    Import,
}

impl Mode {
    pub const ALL: [Mode; 4] = [Mode::Online, Mode::Independent, Mode::Hr, Mode::Import];

    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Online => "online",
            Mode::Independent => "independent",
            Mode::Hr => "hr",
            Mode::Import => "import",
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no mode is called {0:?}")]
pub struct UnknownMode(String);

impl std::str::FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        Mode::ALL.into_iter().find(|mode| mode.as_str() == text).ok_or_else(|| UnknownMode(text.to_owned()))
    }
}

#[derive(Debug, thiserror::Error)]
pub enum HandInError {
    #[error("this ticket has been handed in before")]
    AlreadySpent,
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
}

/// An answer that the survey has no place for. It does not say what the answer
/// was: this may end up in a log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer to {question} does not fit the survey")]
pub struct Misfit {
    pub question: Code,
}

/// Takes one leaver's answers for their ticket, however they were given. Both in
/// the caller's write transaction, so that a ticket is spent if and only if its
/// answers are kept: durable, and sealed until a release counts them.
pub fn hand_in(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &Campaign,
    survey: &Survey,
    ticket: &Ticket,
    mode: Mode,
    answers: &Answers,
) -> Result<(), HandInError> {
    let id = &campaign.id;
    let kept = Kept { mode, answers: fitting(survey, answers)? };
    db::beside_others(conn, id.as_str())?;
    let (intake, hash) = (campaign::keys::intake(conn, keys, id)?, ticket::hash(keys, id, ticket));
    let envelope = sealing::seal_envelope(&intake, id, &hash, &kept)?;
    ticket::spend(conn, keys, id, ticket, &envelope).map_err(|e| match e {
        SpendError::AlreadySpent => HandInError::AlreadySpent,
        SpendError::Database(e) => HandInError::Database(e),
    })
}

/// Keeps many people's answers that no ticket stands for; nothing says in which
/// order they were given.
///
/// Answers to what the survey did not come to ask are left out. Answers that do
/// not fit the survey are a fault of the caller, who is to have checked them:
/// an error, and nothing is kept.
pub fn record_all(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &CampaignId,
    mode: Mode,
    survey: &Survey,
    people: &[Answers],
) -> QueryResult<()> {
    let ours = sealed_with(conn, keys, campaign)?;
    people.chunks(CHUNK).try_for_each(|people| {
        let kept = people.iter().map(|answers| Ok(Kept { mode, answers: fitting(survey, answers)? }));
        mixing::keep(conn, &ours, None, kept.collect::<QueryResult<Vec<_>>>()?)
    })
}

/// How many responses no release has counted yet.
pub fn waiting(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<u64> {
    let waiting = ticket::waiting(conn, campaign)? + store::waiting(conn, campaign)?;
    u64::try_from(waiting).map_err(|e| Error::DeserializationError(Box::new(e)))
}

/// How many responses a release counted first, or the draft of one.
pub fn counted_first_in(conn: &mut Conn, campaign: &CampaignId, release: u32) -> QueryResult<u64> {
    u64::try_from(store::counted_first_in(conn, campaign, release)?)
        .map_err(|e| Error::DeserializationError(Box::new(e)))
}

/// Some responses that releases have counted, still sealed.
pub struct Page {
    ours: Arc<Responses>,
    rows: Vec<store::CountedRow>,
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Page(of {})", self.rows.len())
    }
}

impl Page {
    /// Opens them: the release that first counted each, how it was given, and its answers
    /// as [`Layout::write`](crate::survey::layout::Layout::write) laid them out.
    pub fn open(&self) -> impl Iterator<Item = QueryResult<(u32, Mode, Vec<u8>)>> {
        self.rows.iter().map(|(id, release, sealed)| {
            let LaidOut { mode, places } = self.ours.open_laid_out(id, *release, sealed)?;
            Ok((number(*release), mode, places))
        })
    }

    fn read(&self) -> impl Iterator<Item = QueryResult<Counted>> {
        self.rows.iter().map(|(id, release, sealed)| {
            let Kept { mode, answers } = self.ours.open(id, *release, sealed)?;
            Ok(Counted { release: number(*release), mode, answers })
        })
    }
}

/// All that releases have counted so far, and the draft of the next, in the order of
/// their random ids, some at a time: `see` may give them to others to open.
pub fn pages<E: From<Error>>(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &CampaignId,
    mut see: impl FnMut(Page) -> Result<(), E>,
) -> Result<(), E> {
    let ours = Arc::new(sealed_with(conn, keys, campaign)?);
    let mut after = String::new();
    loop {
        let rows = store::counted(conn, campaign, &after, MOST_AT_ONCE)?;
        let Some((last, ..)) = rows.last() else { return Ok(()) };
        last.as_str().clone_into(&mut after);
        see(Page { ours: Arc::clone(&ours), rows })?;
    }
}

/// [`pages`], all opened.
pub fn counted(conn: &mut Conn, keys: &Keys, campaign: &CampaignId) -> QueryResult<Vec<Counted>> {
    let mut counted = Vec::new();
    pages(conn, keys, campaign, |page| {
        counted.extend(page.read().collect::<QueryResult<Vec<_>>>()?);
        QueryResult::Ok(())
    })?;
    Ok(counted)
}

/// All texts that releases have counted so far, and the draft of the next, in the order
/// of their random ids.
pub fn comments(conn: &mut Conn, keys: &Keys, campaign: &CampaignId) -> QueryResult<Vec<Comment>> {
    let key = campaign::keys::responses(conn, keys, campaign)?;
    let opened = |row: store::CommentRow| {
        let Text { question, text } = sealing::open_comment(&key, campaign, &row.id, row.release, &row.sealed)?;
        Ok(Comment { id: row.id, release: number(row.release), question, text })
    };
    store::counted_comments(conn, campaign)?.into_iter().map(opened).collect()
}

/// What the campaign's responses are sealed with.
fn sealed_with(conn: &mut Conn, keys: &Keys, id: &CampaignId) -> QueryResult<Responses> {
    let campaign = campaign::store::get(conn, id)?.ok_or(Error::NotFound)?;
    let layout = match survey::store::load(conn, &campaign.survey_version) {
        Ok(survey) => Layout::of(&survey.ok_or(Error::NotFound)?),
        // Of a survey that this version cannot read nothing has a place: what is sealed
        // for its campaigns is sealed in codes, and opens.
        Err(Error::DeserializationError(_)) => Layout::default(),
        Err(error) => return Err(error),
    };
    let key = campaign::keys::responses(conn, keys, id)?;
    Ok(Responses { campaign: id.clone(), key, layout })
}

fn number(release: Option<i32>) -> u32 {
    release.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

/// Without what the survey did not come to ask.
fn fitting(survey: &Survey, answers: &Answers) -> QueryResult<Answers> {
    check(survey, answers).map_err(|misfit| Error::SerializationError(Box::new(misfit)))?;
    Ok(journey::prune(survey, answers))
}

fn check(survey: &Survey, answers: &Answers) -> Result<(), Misfit> {
    let fits = |question: &str, answer| survey.question(question).is_some_and(|q| journey::admits(q, answer));
    match answers.iter().find(|(question, answer)| !fits(question.as_str(), answer)) {
        Some((question, _)) => Err(Misfit { question: question.clone() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
