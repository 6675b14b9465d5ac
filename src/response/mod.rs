//! Answers at rest: one person's answers without their texts, and the texts
//! apart from them and from each other. Nothing of who, when or in what order.

pub mod import;
pub mod store;

pub use store::Counted;

use crate::campaign::Campaign;
use crate::db::Conn;
use crate::id::CampaignId;
use crate::secret::Keys;
use crate::survey::{Answer, Answers, Code, Survey, journey};
use crate::ticket::{self, SpendError, Ticket};

/// How the answers were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
/// answers are kept.
pub fn hand_in(
    conn: &mut Conn,
    keys: &Keys,
    campaign: &Campaign,
    survey: &Survey,
    ticket: &Ticket,
    mode: Mode,
    answers: &Answers,
) -> Result<(), HandInError> {
    ticket::spend(conn, keys, &campaign.id, ticket).map_err(|e| match e {
        SpendError::AlreadySpent => HandInError::AlreadySpent,
        SpendError::Database(e) => HandInError::Database(e),
    })?;
    Ok(record(conn, &campaign.id, mode, survey, answers)?)
}

/// Keeps one person's answers.
pub fn record(
    conn: &mut Conn,
    campaign: &CampaignId,
    mode: Mode,
    survey: &Survey,
    answers: &Answers,
) -> diesel::QueryResult<()> {
    record_all(conn, campaign, mode, survey, std::slice::from_ref(answers))
}

/// Keeps many people's answers; nothing says in which order they were given.
///
/// Answers to what the survey did not come to ask are left out. Answers that do
/// not fit the survey are a fault of the caller, who is to have checked them:
/// an error, and nothing is kept.
pub fn record_all(
    conn: &mut Conn,
    campaign: &CampaignId,
    mode: Mode,
    survey: &Survey,
    people: &[Answers],
) -> diesel::QueryResult<()> {
    let mut responses = Vec::with_capacity(people.len());
    let mut comments = Vec::new();
    for answers in people {
        check(survey, answers).map_err(|misfit| diesel::result::Error::SerializationError(Box::new(misfit)))?;
        let mut kept = journey::prune(survey, answers);
        comments.extend(take_texts(&mut kept));
        responses.push(kept);
    }
    store::insert(conn, campaign, mode, &responses, &comments)
}

fn check(survey: &Survey, answers: &Answers) -> Result<(), Misfit> {
    let fits = |question: &str, answer| survey.question(question).is_some_and(|q| journey::admits(q, answer));
    match answers.iter().find(|(question, answer)| !fits(question.as_str(), answer)) {
        Some((question, _)) => Err(Misfit { question: question.clone() }),
        None => Ok(()),
    }
}

/// Takes the texts out: what is left holds no words of the person's own.
fn take_texts(answers: &mut Answers) -> Vec<store::NewComment> {
    let texts = answers.extract_if(.., |_, answer| matches!(answer, Answer::Text(_)));
    texts
        .filter_map(|(question, answer)| match answer {
            Answer::Text(text) => Some(store::NewComment { question, text }),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
