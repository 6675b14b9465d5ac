//! Answers at rest: one person's answers without their texts, and the texts
//! apart from them and from each other. Nothing of who, when or in what order.
//!
//! What is handed in is durable at once, and lies sealed with its spent ticket until a
//! release counts it: whoever has copies of the database from before and after sees
//! that something came, and not what. A release takes all that is there, mixes it and
//! writes it in one go ([`count_in`]).

mod damage;
pub mod import;
mod sealing;
mod store;

pub use damage::{Damage, damage};

use crate::campaign::{self, Campaign};
use crate::db::{self, Conn};
use crate::id::{CampaignId, CommentId, ResponseId};
use crate::secret::Keys;
use crate::survey::{Answer, Answers, Code, Survey, journey};
use crate::ticket::{self, SpendError, Ticket};
use diesel::QueryResult;
use diesel::result::Error;
use sealing::{Kept, Text};
use serde::{Deserialize, Serialize};

/// Envelopes to open at a time. Within as many as these, nothing tells which comment
/// came with which response.
const MOST_AT_ONCE: i64 = 5_000;

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
    let kept = people
        .iter()
        .map(|answers| Ok(Kept { mode, answers: fitting(survey, answers)? }))
        .collect::<QueryResult<Vec<_>>>()?;
    keep(conn, keys, campaign, None, kept)
}

/// How many responses no release has counted yet.
pub fn waiting(conn: &mut Conn, campaign: &CampaignId) -> QueryResult<u64> {
    let waiting = ticket::waiting(conn, campaign)? + store::waiting(conn, campaign)?;
    u64::try_from(waiting).map_err(|e| Error::DeserializationError(Box::new(e)))
}

/// Puts all that is waiting, comments too, into this release; returns how many
/// responses that are. Nobody hands anything in to this campaign until the caller's
/// transaction ends.
///
/// This is where order ends: envelopes are opened in the order of their tickets'
/// hashes, and what was in them is written in the order of new random ids, all in one
/// transaction.
pub fn count_in(conn: &mut Conn, keys: &Keys, campaign: &CampaignId, release: u32) -> QueryResult<u64> {
    db::alone(conn, campaign.as_str())?;
    let intake = campaign::keys::intake(conn, keys, campaign)?;
    let (mut after, mut counted, mut is_whole) = (String::new(), 0, true);
    loop {
        let envelopes = ticket::envelopes(conn, campaign, &after, MOST_AT_ONCE)?;
        let Some(last) = envelopes.last() else { break };
        after.clone_from(&last.ticket_hash);
        let opened = |one: ticket::Envelope| {
            let kept = sealing::open_envelope(&intake, campaign, &one.ticket_hash, &one.sealed)?;
            Some((one.ticket_hash, kept))
        };
        let read = envelopes.len();
        let (hashes, kept): (Vec<_>, Vec<_>) = envelopes.into_iter().filter_map(opened).unzip();
        is_whole &= hashes.len() == read;
        ticket::settle(conn, campaign, &hashes)?;
        counted += kept.len();
        keep(conn, keys, campaign, Some(release), kept)?;
    }
    if is_whole {
        campaign::keys::renew_intake(conn, keys, campaign)?;
    } else {
        tracing::error!(
            "campaign {campaign}: some of what was handed in does not open and is not counted: candour doctor says more"
        );
    }
    let imported = store::assign(conn, campaign, release)?;
    Ok(u64::try_from(counted + imported).unwrap_or(u64::MAX))
}

/// All that releases have counted so far, in the order of their random ids.
pub fn counted(conn: &mut Conn, keys: &Keys, campaign: &CampaignId) -> QueryResult<Vec<Counted>> {
    let key = campaign::keys::responses(conn, keys, campaign)?;
    let opened = |row: store::ResponseRow| {
        let Kept { mode, answers } = sealing::open_response(&key, campaign, &row.id, &row.sealed)?;
        let release = row.release.and_then(|number| u32::try_from(number).ok()).unwrap_or_default();
        Ok(Counted { release, mode, answers })
    };
    store::counted(conn, campaign)?.into_iter().map(opened).collect()
}

/// All texts that releases have counted so far, in the order of their random ids.
pub fn comments(conn: &mut Conn, keys: &Keys, campaign: &CampaignId) -> QueryResult<Vec<Comment>> {
    let key = campaign::keys::responses(conn, keys, campaign)?;
    let opened = |(id, sealed): (CommentId, Vec<u8>)| {
        let Text { question, text } = sealing::open_comment(&key, campaign, &id, &sealed)?;
        Ok(Comment { question, text })
    };
    store::counted_comments(conn, campaign)?.into_iter().map(opened).collect()
}

/// Seals what these campaigns have from before there were seals.
pub fn seal_plain(conn: &mut Conn, keys: &Keys, campaigns: &[CampaignId]) -> QueryResult<()> {
    for campaign in campaigns {
        let key = campaign::keys::responses(conn, keys, campaign)?;
        for (id, plain) in store::responses(conn, campaign)?.into_iter().filter(|(_, row)| sealing::is_plain(row)) {
            let kept = sealing::open_response(&key, campaign, &id, &plain)?;
            store::set_response(conn, campaign, &id, &sealing::seal_response(&key, campaign, &id, &kept)?)?;
        }
        for (id, plain) in store::comments(conn, campaign)?.into_iter().filter(|(_, row)| sealing::is_plain(row)) {
            let text = sealing::open_comment(&key, campaign, &id, &plain)?;
            store::set_comment(conn, campaign, &id, &sealing::seal_comment(&key, campaign, &id, &text)?)?;
        }
    }
    Ok(())
}

/// Writes responses and comments apart from each other, each in the order of their
/// new random ids.
fn keep(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &CampaignId,
    release: Option<u32>,
    people: Vec<Kept>,
) -> QueryResult<()> {
    let key = campaign::keys::responses(conn, keys, campaign)?;
    let (mut responses, mut comments) = (Vec::with_capacity(people.len()), Vec::new());
    for mut kept in people {
        for text in take_texts(&mut kept.answers) {
            let id = CommentId::random();
            comments.push((id.clone(), sealing::seal_comment(&key, campaign, &id, &text)?));
        }
        let id = ResponseId::random();
        responses.push((id.clone(), sealing::seal_response(&key, campaign, &id, &kept)?));
    }
    responses.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    comments.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    store::insert(conn, campaign, release, &responses, &comments)
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

/// Takes the texts out: what is left holds no words of the person's own.
fn take_texts(answers: &mut Answers) -> Vec<Text> {
    let texts = answers.extract_if(.., |_, answer| matches!(answer, Answer::Text(_)));
    texts
        .filter_map(|(question, answer)| match answer {
            Answer::Text(text) => Some(Text { question, text }),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
